"""What people read is English in the code, and looked up in a catalogue of the language that they set (`LANG`).

`_("no lane {lane} runs").format(lane=name)`: the words first and the facts after, so that a catalogue can hold them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

DOMAIN: Final = "receiptbridge"
CATALOGUES: Final = Path(__file__).parent / "locale"


def _(text: str) -> str:
    """`text` in the language of `LANGUAGE`, `LC_ALL`, `LC_MESSAGES` or `LANG`; as it is where no catalogue has it."""
    return _lookup()(text) if text else ""


@cache
def _lookup() -> Callable[[str], str]:
    import gettext  # a lane that logs in English has no use for it before its first message

    return gettext.translation(DOMAIN, CATALOGUES, fallback=True).gettext


def N_(text: str) -> str:
    """`text` itself: marks for the catalogue what is looked up with `_` when it is shown."""
    return text
