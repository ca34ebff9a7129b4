"""Arabic: letters join, and lines run leftwards."""

from __future__ import annotations

from receiptbridge.claim.wordings.model import Texts

TEXTS = Texts(
    title="نقاط العضوية",
    points_forms=("{number} نقطة", "{number} نقطة"),
    by_date="قبل {date}",
    within_days="خلال 7 أيام",
    other_unit="{number} {currency}",
    only_as_picture=True,
    parts={
        "sale": ("هذه الفاتورة {amount} تمنحك {points}", "هذه الفاتورة {amount}\nتمنحك {points}"),
        "scan": ("امسح الرمز للانضمام واستلامها {until}", "امسح الرمز لاستلامها\n{until}"),
        "typed": ("أو اكتب {code} في {host}", "أو اكتب {code}"),
        "join": ("انضم واستلمها {until}", "انضم {until}"),
        "typed_alone": ("اكتب {code} في {host}", "{host}\nاكتب {code}"),
        "short": ("للأعضاء {points} {until}", "{points}\n{until}"),
        "scan_or_type": ("امسح أو اكتب {code}",),
    },
)
