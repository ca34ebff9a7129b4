"""German."""

from __future__ import annotations

from receiptbridge.claim.wordings.model import Texts

TEXTS = Texts(
    title="MITGLIEDERPUNKTE",
    points_forms=("{number} Punkt", "{number} Punkte"),
    by_date="bis {date}",
    within_days="in 7 Tagen",
    other_unit="{number} {currency}",
    decimal_mark=",",
    parts={
        "sale": ("Dieser Einkauf {amount}  bringt {points}", "Einkauf {amount}\nbringt {points}"),
        "scan": ("Scannen, Mitglied werden, Punkte erhalten {until}", "Scannen und Punkte erhalten\n{until}"),
        "typed": ("oder {code} auf {host} eingeben", "oder {code} eingeben"),
        "join": ("Mitglied werden und Punkte erhalten {until}", "Mitglied werden\n{until}"),
        "typed_alone": ("{code} auf {host} eingeben", "{host}\nCode {code}"),
        "short": ("{points} für Mitglieder {until}", "{points} {until}"),
        "scan_or_type": ("Scannen oder {code} eingeben", "Scannen oder {code}"),
    },
)
