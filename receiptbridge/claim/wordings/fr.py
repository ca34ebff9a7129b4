"""French."""

from __future__ import annotations

from receiptbridge.claim.wordings.model import Texts

TEXTS = Texts(
    title="POINTS DE FIDÉLITÉ",
    points_forms=("{number} point", "{number} points"),
    by_date="avant le {date}",
    within_days="sous 7 jours",
    other_unit="{number} {currency}",
    decimal_mark=",",
    parts={
        "sale": ("Cet achat {amount}  rapporte {points}", "Cet achat {amount}\nrapporte {points}"),
        "scan": ("Scannez pour adhérer et les recevoir {until}", "Scannez pour les recevoir\n{until}"),
        "typed": ("ou tapez {code} sur {host}", "ou tapez {code}"),
        "join": ("Adhérez pour les recevoir {until}", "Adhérez pour les recevoir\n{until}"),
        "typed_alone": ("tapez {code} sur {host}", "{host}\ncode {code}"),
        "short": ("Membres : {points} {until}", "{points}\n{until}"),
        "scan_or_type": ("Scannez ou tapez {code}",),
    },
)
