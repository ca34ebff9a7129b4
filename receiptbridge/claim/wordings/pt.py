"""Portuguese."""

from __future__ import annotations

from receiptbridge.claim.wordings.model import Texts

TEXTS = Texts(
    title="PONTOS DE MEMBRO",
    points_forms=("{number} ponto", "{number} pontos"),
    by_date="até {date}",
    within_days="em 7 dias",
    other_unit="{number} {currency}",
    decimal_mark=",",
    parts={
        "sale": ("Esta compra {amount}  vale {points}", "Esta compra {amount}\nvale {points}"),
        "scan": ("Leia o código, adira e receba-os {until}", "Leia o código e adira\n{until}"),
        "typed": ("ou digite {code} em {host}", "ou digite {code}"),
        "join": ("Adira e receba-os {until}", "Adira {until}"),
        "typed_alone": ("digite {code} em {host}", "{host}\ncódigo {code}"),
        "short": ("Membros: {points} {until}", "{points} {until}"),
        "scan_or_type": ("Leia o código ou digite {code}", "Leia ou digite {code}"),
    },
)
