"""Indonesian, in ASCII."""

from __future__ import annotations

from receiptbridge.claim.wordings.model import Texts

TEXTS = Texts(
    title="POIN ANGGOTA",
    points_forms=("{number} poin", "{number} poin"),
    by_date="sebelum {date}",
    within_days="dalam 7 hari",
    other_unit="{number} {currency}",
    decimal_mark=",",
    parts={
        "sale": ("Belanja ini {amount}  dapat {points}", "Belanja ini {amount}\ndapat {points}"),
        "scan": ("Pindai untuk bergabung dan klaim {until}", "Pindai untuk klaim\n{until}"),
        "typed": ("atau ketik {code} di {host}", "atau ketik {code}"),
        "join": ("Bergabung dan klaim {until}", "Klaim {until}"),
        "typed_alone": ("ketik {code} di {host}", "{host}\nkode {code}"),
        "short": ("Anggota: {points} {until}", "{points}\n{until}"),
        "scan_or_type": ("Pindai atau ketik {code}",),
    },
)
