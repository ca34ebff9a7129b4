"""Papers as no reader expects them: rows that are missing, or whose labels are words of no language.

However little such a paper says, what it says must not be read wrongly: what was paid is still what it was.
"""

from __future__ import annotations

import random
import re
from typing import Final

_HEAD: Final = re.compile(r"((?:@pay |@tax |\?!?\w+ |[\^>]?[*!] )*)")
_WORDS: Final = ("Zorbl", "Kxq 2", "***", "--", "ART 12", "Wumm:")


def spoil(rng: random.Random, rows: str) -> str:
    """One or two of the rows below the items lost, unreadable, or in each other's place."""
    kept = rows.split("\n")
    places = [at for at, row in enumerate(kept) if "|" in row and "{" in row and not row.startswith("@item")]
    if not places:
        return rows
    one, other = rng.choice(places), rng.choice(places)
    match rng.choice(("lose", "lose both", "rename", "rename both", "exchange")):
        case "lose":
            del kept[one]
        case "lose both":
            kept = [row for at, row in enumerate(kept) if at not in (one, other)]
        case "rename":
            kept[one] = _renamed(rng, kept[one])
        case "rename both":
            kept[one], kept[other] = _renamed(rng, kept[one]), _renamed(rng, kept[other])
        case "exchange":
            kept[one], kept[other] = kept[other], kept[one]
    return "\n".join(kept)


def _renamed(rng: random.Random, row: str) -> str:
    label, _, rest = row.partition("|")
    head = _HEAD.match(label)
    assert head is not None
    return f"{head[1]}{rng.choice(_WORDS)} |{rest}"
