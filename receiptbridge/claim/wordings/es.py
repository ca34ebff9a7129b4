"""Spanish."""

from __future__ import annotations

from receiptbridge.claim.wordings.model import Texts

TEXTS = Texts(
    title="PUNTOS DE SOCIO",
    points_forms=("{number} punto", "{number} puntos"),
    by_date="hasta el {date}",
    within_days="en 7 días",
    other_unit="{number} {currency}",
    decimal_mark=",",
    parts={
        "sale": ("Esta compra {amount}  suma {points}", "Esta compra {amount}\nsuma {points}"),
        "scan": ("Escanee, hágase socio y recíbalos {until}", "Escanee y hágase socio\n{until}"),
        "typed": ("o escriba {code} en {host}", "o escriba {code}"),
        "join": ("Hágase socio y recíbalos {until}", "Hágase socio\n{until}"),
        "typed_alone": ("escriba {code} en {host}", "{host}\ncódigo {code}"),
        "short": ("Socios: {points} {until}", "{points}\n{until}"),
        "scan_or_type": ("Escanee o escriba {code}",),
    },
)
