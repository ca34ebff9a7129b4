"""English, in the ASCII characters that ESC R replaces nowhere."""

from __future__ import annotations

from receiptbridge.claim.wordings.model import Texts

TEXTS = Texts(
    title="MEMBER POINTS",
    points_forms=("{number} point", "{number} points"),
    by_date="by {date}",
    within_days="within 7 days",
    parts={
        "sale": ("This sale {amount}  earns {points}", "This sale {amount}\nearns {points}"),
        "scan": ("Scan to join and claim {until}", "Scan to claim {until}"),
        "typed": ("or type {code} at {host}", "or type {code}"),
        "join": ("Join and claim {until}", "Claim {until}"),
        "typed_alone": ("at {host} with code {code}", "{host}\ncode {code}"),
        "short": ("Members earn {points}, claim {until}", "{points} {until}"),
        "scan_or_type": ("Scan to join or type {code}", "Scan or type {code}"),
    },
)
