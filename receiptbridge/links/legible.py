"""What was heard on a serial line, judged: does it read as ESC/POS, and if not, what is set wrong.

Pure: bytes and how many of them the port called flawed go in, a verdict comes out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from receiptbridge.escpos.grammar import Grammar
from receiptbridge.escpos.reader import Reader
from receiptbridge.links.line import LineSettings, Parity
from receiptbridge.words import N_, _

# So much of what was heard must be text or known commands: registers' own streams have 0.98 and more, random bytes 0.9.
READABLE_SHARE: Final = 0.96

# Fewer bytes prove nothing.
LEAST: Final = 32

# A port that is set right has no errors; a few are a bad cable, more are the wrong speed or format.
FLAWED_SHARE: Final = 0.04

# So many different bytes that all have even (or odd) parity, or all their eighth bit, are not so by chance.
DIFFERENT_LEAST: Final = 10


@dataclass(frozen=True, slots=True)
class Heard:
    """Bytes that came in while the port was set so; `flaws` has a 1 for each that had a framing or parity error."""

    settings: LineSettings
    data: bytes = b""
    flaws: bytes = b""

    def __add__(self, more: Heard) -> Heard:
        return Heard(self.settings, self.data + more.data, self.flaws + more.flaws)

    def latest(self, most: int) -> Heard:
        return Heard(self.settings, self.data[-most:], self.flaws[-most:])

    @property
    def settled(self) -> bytes:
        """The later half: a port that is opened amid bytes that follow one another without a pause takes data bits
        for start bits until it finds its feet."""
        return self.data[len(self.data) // 2 :]

    @property
    def flawed_share(self) -> float:
        settled = self.flaws[len(self.data) // 2 :]
        return sum(settled) / len(settled) if settled else 0.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """The settings that what was heard speaks for, and how much of it reads as ESC/POS under them (0 to 1)."""

    settings: LineSettings
    readable: float
    flawed: float
    text: bytes

    @property
    def good(self) -> bool:
        return (
            len(self.text) >= LEAST
            and is_varied(self.text)
            and self.readable >= READABLE_SHARE
            and self.flawed <= FLAWED_SHARE
        )


def judge(heard: Heard, grammar: Grammar) -> Verdict:
    """What was heard as it is, or with its eighth bit taken for parity where it is one."""
    settings, data = heard.settings, heard.settled
    seven = seven_bits(data) if (settings.bits, settings.parity) == (8, "N") else None
    if seven is not None:
        settings, data = replace(settings, bits=7, parity=seven), bytes(byte & 0x7F for byte in data)
    return Verdict(settings, readable_share(data, grammar), heard.flawed_share, data)


def is_varied(data: bytes) -> bool:
    """Whether bytes can prove a parity at all: the white of a picture is noughts with and without one."""
    return len(set(data)) >= DIFFERENT_LEAST


def seven_bits(data: bytes) -> Parity | None:
    """The parity of seven-bit characters heard as eight; None where these are eight bits for all that is known."""
    if not is_varied(data) or not any(byte & 0x80 for byte in data):
        return None
    if all(byte & 0x80 for byte in data):
        return "M"
    odd = sum(byte.bit_count() & 1 for byte in data)
    if odd == 0:
        return "E"
    return "O" if odd == len(data) else None


def readable_share(data: bytes, grammar: Grammar) -> float:
    """How much of the bytes is text of whatever charset, or commands that the grammar knows."""
    reader = Reader(grammar)
    reader.feed(data)
    while reader.pull() is not None:
        pass
    return max(0.0, 1 - reader.unknown * _UNKNOWN_BYTES / len(data)) if data else 0.0


# ESC, FS or GS and its letter; also what one control byte costs that no printer obeys.
_UNKNOWN_BYTES: Final = 2


# ---- symptoms ----------------------------------------------------------------------------------------


def symptoms(heard: Heard) -> list[str]:
    """What a technician sees in what was heard, and what it means; empty where nothing is wrong."""
    return [_(words) for sign, words in _SYMPTOMS if sign(heard, heard.settled)]


def _framing(heard: Heard, _data: bytes) -> bool:
    return heard.settings.parity == "N" and heard.flawed_share > FLAWED_SHARE


def _wrong_parity(heard: Heard, _data: bytes) -> bool:
    return heard.settings.parity != "N" and heard.flawed_share > FLAWED_SHARE


def _all_alike(_heard: Heard, data: bytes) -> bool:
    [(byte, count)] = Counter(data).most_common(1) if data else [(0, 0)]
    return count > 0.9 * len(data) > 0 and 0x20 <= byte < 0x7F


def _high_bit_set(_heard: Heard, data: bytes) -> bool:
    return bool(data) and seven_bits(data) == "M"


def _parity_above(_heard: Heard, data: bytes) -> bool:
    return seven_bits(data) in ("E", "O")


def sender_is_slower(heard: Heard, data: bytes) -> bool:
    """Whether hardly anything came but what a slower sender's bits look like, with errors."""
    stretched = sum(byte in _STRETCHED for byte in data)
    return stretched > 0.7 * len(data) and heard.flawed_share > FLAWED_SHARE


# Low for a while, then high: a start bit and what follows of a slower sender.
_STRETCHED: Final = frozenset((0xFF << low) & 0xFF for low in range(9))

_SYMPTOMS: Final[Sequence[tuple[Callable[[Heard, bytes], bool], str]]] = (
    (
        _framing,
        N_("many bytes have no stop bit (framing errors): the speed is wrong, or there is a parity bit"),
    ),
    (_wrong_parity, N_("many bytes fail the parity: even for odd, none at all, or the wrong speed")),
    (
        _all_alike,
        N_("nearly every byte is the same character, as '@': parity or the number of bits is wrong"),
    ),
    (_high_bit_set, N_("0xC1 where 0x41 ('A') is meant: seven bits are heard as eight")),
    (_parity_above, N_("the eighth bit is the parity of the other seven: seven bits are heard as eight")),
    (
        sender_is_slower,
        N_("hardly anything but 00, 80, E0, F8, FF: the sender is slower than the port is set"),
    ),
)
