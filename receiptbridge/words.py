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


def why(fault: OSError) -> str:
    """What the system says of it: "Permission denied"."""
    return _(fault.strerror or str(fault))


def N_(text: str) -> str:
    """`text` itself: marks for the catalogue what is looked up with `_` when it is shown."""
    return text


SYSTEM_WORDS: Final = (
    N_("Address already in use"), N_("Cannot assign requested address"), N_("Connection refused"),
    N_("Connection reset by peer"), N_("Connection timed out"), N_("Device or resource busy"), N_("File exists"),
    N_("Host is down"), N_("Input/output error"), N_("Is a directory"), N_("Name or service not known"),
    N_("Network is unreachable"), N_("No route to host"), N_("No space left on device"), N_("No such device"),
    N_("No such device or address"), N_("No such file or directory"), N_("Not a directory"),
    N_("Operation not permitted"), N_("Permission denied"), N_("Read-only file system"),
    N_("Temporary failure in name resolution"), N_("Transport endpoint is not connected"),
)  # fmt: skip
"""What Linux says most often (errno(3), gai_strerror(3)), always in English unless a program sets its locale."""
