"""Which printer it is: by its IEEE 1284 id, by what it answers to GS I, and by whether it tells how it is (DLE EOT).

Names are matched with the `ids` of the printer profiles: data, so that a new printer is one more file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from receiptbridge.escpos.condition import Known, real_time_status
from receiptbridge.profiles.load import load_printer, printer_names
from receiptbridge.profiles.model import PrinterProfile, TwoByteCharset
from receiptbridge.upkeep.talking import Talk
from receiptbridge.words import _

# GS I n: 66 maker, 67 model, 69 the two-byte font; answered "_" text NUL.
_MAKER, _MODEL, _FONT = 66, 67, 69
_RESET: Final = b"\x1b@"
"""Printers that do not know GS I may have taken its letter for text: this throws it away before it is printed."""

_REAL_TIME_MASK, _REAL_TIME = 0x93, 0x12  # fixed bits of every answer to DLE EOT
_STATUS: Final = (1, 2, 4)  # printer, why it is offline, paper

_FONTS: Final[Mapping[str, TwoByteCharset]] = {
    "GB": "gb18030", "CHINA": "gb18030", "BIG": "big5", "TAIWAN": "big5", "JAPAN": "shift_jis", "KANJI": "shift_jis",
    "SHIFT": "shift_jis", "KOREA": "cp949", "KS": "cp949", "949": "cp949",
}  # fmt: skip
"""What GS I 69 calls a font ("CHINA GB18030", "KANJI JAPANESE"), by a part of it."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What a printer says of itself; empty where it does not."""

    maker: str = ""
    model: str = ""
    font: str = ""
    status: tuple[int, ...] = ()
    """Which n of DLE EOT n it answered."""

    @property
    def answers(self) -> bool:
        return bool(self.maker or self.model or self.font or self.status)

    @property
    def name(self) -> str:
        return " ".join(filter(None, (self.maker, self.model)))


@dataclass(frozen=True, slots=True)
class Match:
    """The profile for a printer, why, and what else it might be (best first)."""

    profile: str
    sure: bool
    why: str
    others: tuple[str, ...] = field(default=())


def ask_who(talk: Talk) -> Identity:
    """Ask a printer that prints nothing now. Raises `LinkError` where the link breaks."""
    status = tuple(n for n in _STATUS if _status_byte(talk, n) is not None)
    maker, model, font = (_text(talk, n) for n in (_MAKER, _MODEL, _FONT))
    talk.send(_RESET, 0.5)
    return Identity(maker, model, font, status)


def ask_how(talk: Talk) -> Known:
    """How the printer is now; what it does not answer stays None."""
    known = Known()
    for n in _STATUS:
        byte = _status_byte(talk, n)
        if byte is not None:
            real_time_status(known, n, bytes([byte]))
    return known


def answers_in_real_time(talk: Talk) -> bool:
    """Whether DLE EOT 1 is answered: somebody there hears us, at these settings of the line."""
    return _status_byte(talk, 1) is not None


def identity_of_1284(device_id: str) -> Identity:
    """From "MFG:EPSON;CMD:ESC/POS;MDL:TM-T88V;CLS:PRINTER;"."""
    pairs = (part.partition(":") for part in device_id.split(";"))
    said = {key.strip().upper(): value.strip() for key, _, value in pairs}
    maker = said.get("MFG") or said.get("MANUFACTURER", "")
    return Identity(maker, said.get("MDL") or said.get("MODEL", ""))


def match(identity: Identity, profiles: Iterable[PrinterProfile] | None = None) -> Match:
    """The profile of a printer that says so of itself."""
    known = list(profiles) if profiles is not None else [load_printer(name) for name in printer_names()]
    named = _named(identity.name, known)
    if not named:
        return _unnamed(identity)
    charset = next((c for word, c in _FONTS.items() if word in identity.font.upper()), "none")
    best = next((one for one in named if one.two_byte == charset), None)
    best = best or next((one for one in named if one.two_byte == "none"), named[0])
    others = tuple(one.name for one in named if one is not best)
    return Match(best.name, True, _("it calls itself {name}").format(name=identity.name), others)


def _named(name: str, profiles: Iterable[PrinterProfile]) -> list[PrinterProfile]:
    """The profiles with the longest name that is part of what the printer calls itself."""
    said = _letters(name)
    hits = [
        (len(_letters(own)), profile)
        for profile in profiles
        for own in profile.ids
        if _letters(own) and _letters(own) in said
    ]
    longest = max((length for length, _ in hits), default=0)
    return list({profile.name: profile for length, profile in hits if length == longest}.values())


def _unnamed(identity: Identity) -> Match:
    if identity.name:
        why = _("it calls itself {name}, which no profile knows").format(name=identity.name)
        return Match("generic-80", False, why)
    if identity.status:
        return Match("generic-80", False, _("it tells how it is, and not what it is called, as most clones"))
    return Match("_default", False, _("it says nothing"))


def _letters(text: str) -> str:
    return re.sub(r"[^A-Z0-9+]", "", text.upper())


def _status_byte(talk: Talk, n: int) -> int | None:
    heard = talk.ask(b"\x10\x04" + bytes([n]), lambda heard: _last_status(heard) is not None)
    return _last_status(heard)


def _last_status(heard: bytes) -> int | None:
    found = [byte for byte in heard if byte & _REAL_TIME_MASK == _REAL_TIME]
    return found[-1] if found else None


def _text(talk: Talk, n: int) -> str:
    heard = talk.ask(b"\x1dI" + bytes([n]), lambda heard: b"\0" in heard)
    said = re.search(rb"_([^\0]*)\0", heard)
    return said[1].decode("ascii", "replace").strip() if said else ""
