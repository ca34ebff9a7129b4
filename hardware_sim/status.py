"""What goes wrong with a printer, and the status bytes that say so (TM-T88V's layout)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Conditions:
    """The sensors and the operator's hand."""

    paper_out: bool = False
    paper_near_end: bool = False
    cover_open: bool = False
    switched_offline: bool = False  # by the printer itself: head too hot, say
    cutter_error: bool = False  # recoverable: DLE ENQ
    feed_button: bool = False
    drawer_signal_high: bool = True

    @property
    def error(self) -> bool:
        return self.cutter_error

    @property
    def offline(self) -> bool:
        return self.paper_out or self.cover_open or self.switched_offline or self.error


def _bits(base: int, **weights: tuple[bool, int]) -> int:
    return base | sum(weight for on, weight in weights.values() if on)


def real_time_status(c: Conditions, n: int) -> bytes:
    """Answer to DLE EOT n: 1 printer, 2 cause of offline, 3 cause of error, 4 paper; others stay silent."""
    high = (c.drawer_signal_high, 0x04)
    answers = {
        1: _bits(0x12, drawer=high, offline=(c.offline, 0x08), button=(c.feed_button, 0x40)),
        2: _bits(0x12, cover=(c.cover_open, 0x04), button=(c.feed_button, 0x08), paper=(c.paper_out, 0x20),
                 error=(c.error, 0x40)),
        3: _bits(0x12, cutter=(c.cutter_error, 0x08)),
        4: _bits(0x12, near_end=(c.paper_near_end or c.paper_out, 0x0C), end=(c.paper_out, 0x60)),
    }  # fmt: skip
    return bytes([answers[n]]) if n in answers else b""


def paper_status(c: Conditions) -> bytes:
    """Answer to GS r 1 and ESC v."""
    return bytes([_bits(0, near_end=(c.paper_near_end or c.paper_out, 0x03), end=(c.paper_out, 0x0C))])


def drawer_status(c: Conditions) -> bytes:
    """Answer to GS r 2 and ESC u."""
    return bytes([int(c.drawer_signal_high)])


def automatic_status(c: Conditions) -> bytes:
    """The four bytes of Automatic Status Back (GS a)."""
    return bytes([
        _bits(0x10, drawer=(c.drawer_signal_high, 0x04), offline=(c.offline, 0x08),
              cover=(c.cover_open, 0x20), button=(c.feed_button, 0x40)),
        _bits(0, cutter=(c.cutter_error, 0x08)),
        _bits(0, near_end=(c.paper_near_end or c.paper_out, 0x03), end=(c.paper_out, 0x0C)),
        0x0F,
    ])  # fmt: skip


# GS a n: which bits of which report byte each bit of n watches (drawer, online, error, paper).
_WATCHED = {1: (0, 0x04), 2: (0, 0x28), 4: (1, 0xFF), 8: (2, 0xFF)}


def concerns(watch: int, before: bytes, after: bytes) -> bool:
    """Whether the change from one report to another is one that GS a asked to hear of."""
    changed = [old ^ new for old, new in zip(before, after, strict=True)]
    return any(changed[at] & mask for bit, (at, mask) in _WATCHED.items() if watch & bit)
