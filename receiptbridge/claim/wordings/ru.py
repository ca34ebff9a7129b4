"""Russian."""

from __future__ import annotations

from receiptbridge.claim.wordings.model import Texts

TEXTS = Texts(
    title="БОНУСНЫЕ БАЛЛЫ",
    points_forms=("баллы: {number}", "баллы: {number}"),
    by_date="до {date}",
    within_days="за 7 дней",
    other_unit="{number} {currency}",
    decimal_mark=",",
    parts={
        "sale": ("Покупка {amount}  {points}", "Покупка {amount}\n{points}"),
        "scan": ("Сканируйте, вступите и получите {until}", "Сканируйте и получите\n{until}"),
        "typed": ("или введите {code} на {host}", "или введите {code}"),
        "join": ("Вступите и получите {until}", "Вступите {until}"),
        "typed_alone": ("введите {code} на {host}", "{host}\nкод {code}"),
        "short": ("Участникам {points} {until}", "{points} {until}"),
        "scan_or_type": ("Сканируйте или введите {code}", "Скан или код {code}"),
    },
)
