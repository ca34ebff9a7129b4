"""Finds how a register's serial line is set, by listening while it prints: speed, bits and parity.

No question is asked of the register: it prints what it likes, again and again if it must. Each try listens with other
settings, `legible` judges what was heard, and the settings under which it reads as ESC/POS without errors are it.
Nothing in here owns a port: `Ear` is asked to listen, `serial_ear` listens on a real one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Protocol

from receiptbridge.escpos.grammar import Grammar
from receiptbridge.links.legible import FLAWED_SHARE, LEAST, Heard, Verdict, judge, sender_is_slower, symptoms
from receiptbridge.links.line import SPEEDS, LineSettings, Parity
from receiptbridge.words import N_, _

# So many bytes tell promising settings from wrong ones: with wrong ones every second byte is flawed ...
ENOUGH: Final = 64
PROMISING: Final = 0.35

# ... and so many more are listened to before settings are called found: a few lines of a receipt.
TO_BE_SURE: Final = 192

# So often where there are no errors: the white above the first line of a picture tells nothing, and what was joined in
# the middle of one reads as commands that there are not.
TURNS: Final = 12

# Formats in the order in which they occur in shops; seven bits with a parity show when heard as eight without.
FORMATS: Final[tuple[tuple[int, Parity], ...]] = ((8, "N"), (8, "E"), (8, "O"), (7, "N"))


class Ear(Protocol):
    @property
    def over(self) -> bool:
        """Whether the listener's patience is over."""

    def listen(self, settings: LineSettings, most: int) -> Heard:
        """What comes in with these settings: from the next byte on `most` bytes, or up to the next silence.

        Nothing where patience was over before. Raises `LinkError`.
        """


@dataclass(frozen=True, slots=True)
class Try:
    """One try, to be shown while it goes on. `saw`: its symptoms."""

    heard: Heard
    verdict: Verdict
    saw: list[str]


@dataclass(frozen=True, slots=True)
class Finding:
    """`settings` is None where none were found; `why` says what speaks for them, or what was seen instead."""

    settings: LineSettings | None
    why: list[str]
    sample: bytes


def to_try() -> Iterator[LineSettings]:
    """Every speed in the commonest format, then in the next."""
    for bits, parity in FORMATS:
        for speed in SPEEDS:
            yield LineSettings(speed, bits, parity)


def detect(ear: Ear, grammar: Grammar, tell: Callable[[Try], None] = lambda _: None) -> Finding:
    """Listen with one setting after the other, over and over, until what is heard reads as ESC/POS."""
    search = _Search(ear, grammar)
    while not ear.over:
        for settings in to_try():
            if search.too_fast(settings):
                continue
            tried = search.attempt(settings)
            if tried.heard.data:
                tell(tried)
            if tried.verdict.good:
                return _found(tried)
            if ear.over:
                break
    return _not_found(search.closest)


class _Search:
    """What was heard so far with each setting: short jobs add up."""

    def __init__(self, ear: Ear, grammar: Grammar) -> None:
        self._ear = ear
        self._grammar = grammar
        self._heard: dict[LineSettings, Heard] = {}
        self._ceiling = max(SPEEDS) + 1
        self.closest: Try | None = None

    def too_fast(self, settings: LineSettings) -> bool:
        """Whether the till was heard to be slower than that."""
        return settings.baud >= self._ceiling

    def attempt(self, settings: LineSettings) -> Try:
        heard = self._heard.get(settings, Heard(settings)) + self._ear.listen(settings, ENOUGH)
        for _turn in range(TURNS if heard.flawed_share < PROMISING else 0):
            more = self._ear.listen(settings, TO_BE_SURE)
            heard += more
            if (
                judge(heard, self._grammar).good
                or heard.flawed_share > FLAWED_SHARE
                or len(more.data) < TO_BE_SURE
            ):
                break
        self._heard[settings] = heard.latest(ENOUGH + TO_BE_SURE)
        if len(heard.settled) >= LEAST and sender_is_slower(heard, heard.settled):
            self._ceiling = settings.baud
        tried = Try(heard, judge(heard, self._grammar), symptoms(heard))
        if heard.data and (self.closest is None or _rank(tried) > _rank(self.closest)):
            self.closest = tried
        return tried


def _rank(tried: Try) -> float:
    return tried.verdict.readable - tried.verdict.flawed


def _found(tried: Try) -> Finding:
    verdict = tried.verdict
    share = _("{share:.0%} of {count} bytes read as ESC/POS with {settings}").format(
        share=verdict.readable, count=len(verdict.text), settings=verdict.settings
    )
    told = tried.saw if verdict.settings != tried.heard.settings else []
    return Finding(verdict.settings, [share, *told], verdict.text)


def _not_found(best: Try | None) -> Finding:
    if best is None:
        return Finding(None, [_(why) for why in _SILENCE], b"")
    tried = _("closest was {settings}: {share:.0%} read as ESC/POS").format(
        settings=best.heard.settings, share=best.verdict.readable
    )
    saw = best.saw or [
        _("the bytes came without errors: this line may be set right and carry something else")
    ]
    return Finding(None, [tried, *saw], best.heard.data)


_SILENCE: Final = (
    N_("nothing was heard: print a receipt at the till while this listens"),
    N_("if it printed: is the cable crossed where it must not be (TxD to TxD), or in another port"),
    N_("a till that waits for DSR or CTS sends nothing while these wires are not connected"),
)
