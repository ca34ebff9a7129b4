"""Italian."""

from __future__ import annotations

from receiptbridge.claim.wordings.model import Texts

TEXTS = Texts(
    title="PUNTI SOCIO",
    points_forms=("{number} punto", "{number} punti"),
    by_date="entro il {date}",
    within_days="entro 7 giorni",
    other_unit="{number} {currency}",
    decimal_mark=",",
    parts={
        "sale": ("Questa spesa {amount}  vale {points}", "Questa spesa {amount}\nvale {points}"),
        "scan": ("Inquadra il codice, iscriviti e ricevili {until}", "Inquadra e iscriviti\n{until}"),
        "typed": ("o digita {code} su {host}", "o digita {code}"),
        "join": ("Iscriviti e ricevili {until}", "Iscriviti\n{until}"),
        "typed_alone": ("digita {code} su {host}", "{host}\ncodice {code}"),
        "short": ("Per i soci più vantaggi: {points} {until}", "{points}\n{until}"),
        "scan_or_type": ("Inquadra o digita {code}",),
    },
)
