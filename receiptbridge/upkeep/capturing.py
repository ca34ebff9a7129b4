"""Takes down what crosses a running lane, until a bound is reached; the lane tells it over its control socket.

Rules of this file:
- Bounded in bytes and in time, whatever the lane does.
- Of a masked capture nothing unmasked is ever on a disk: it is kept in memory until it ends, and masked then.
- The box's own blocks carry claim codes, which are worth points: a masked capture leaves them out.
"""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, Final, Literal, NamedTuple

from receiptbridge import __version__
from receiptbridge.config import LaneConfig
from receiptbridge.escpos.grammar import Grammar
from receiptbridge.links.address import parse_address
from receiptbridge.profiles.load import load_grammar, load_printer, load_register
from receiptbridge.profiles.model import PrinterProfile, RegisterProfile
from receiptbridge.receipt.masked_stream import mask_stream, receipt_ends
from receiptbridge.upkeep.capture_file import Capture, Crossing, header_line, jobs
from receiptbridge.upkeep.lanes import Told, listen
from receiptbridge.words import N_

Why = Literal["receipts", "time", "bytes", "stopped", "the lane ended"]
WHYS: Final = (N_("receipts"), N_("time"), N_("bytes"), N_("stopped"), N_("the lane ended"))
_STREAMS: Final = ("from_register", "to_printer", "from_printer", "to_register")
_MASKED: Final = ("from_register", "to_printer")
"""What a printer answers is states and its type: nothing of a person."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """When to end: receipts (None: any number), seconds, bytes."""

    receipts: int | None
    seconds: float
    most: int


@dataclass(slots=True)
class Taken:
    """What was taken down."""

    why: Why = "the lane ended"
    seconds: float = 0.0
    receipts: int = 0
    missed: int = 0
    sizes: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_STREAMS, 0))
    masked: dict[str, int] = field(default_factory=dict)

    @property
    def bytes(self) -> int:
        return sum(self.sizes.values())

    def count(self, crossing: Crossing) -> None:
        self.receipts += crossing.where == "receipt_ended"
        self.missed += crossing.missed
        self.seconds = crossing.at
        if crossing.where in self.sizes:
            self.sizes[crossing.where] += len(crossing.data)


def capture(
    lane: LaneConfig,
    state_dir: Path,
    file: BinaryIO,
    bounds: Bounds,
    *,
    currency: str | None = None,
    masked: bool = False,
    tell: Callable[[Taken], None] = lambda taken: None,
) -> Taken:
    """Take down what crosses `lane` into `file`; what that was.

    `tell` hears when the lane has answered and after each crossing. KeyboardInterrupt ends it as any bound
    does. Raises what `lanes.listen` raises.
    """
    file.write(header_line(_header(lane, currency, masked)))
    taken = Taken()
    kept: list[Crossing] = []
    told = listen(lane.name, state_dir, "capture", seconds=bounds.seconds)
    tell(taken)
    try:
        for crossing in _followed(told, bounds, taken):
            taken.count(crossing)
            tell(taken)
            if masked:
                kept.append(crossing)
            else:
                file.write(crossing.line())
                file.flush()
    except KeyboardInterrupt:
        taken.why = "stopped"
    if masked:
        file.writelines(crossing.line() for crossing in mask(kept, lane, currency, taken))
    file.write(json.dumps({"at": taken.seconds, "end": _end(taken)}).encode() + b"\n")
    return taken


def _followed(told: Iterator[Told], bounds: Bounds, taken: Taken) -> Iterator[Crossing]:
    """What the lane tells, up to a bound; `taken.why` says which."""
    try:
        for said in told:
            yield _crossing(said)
            if taken.receipts == bounds.receipts:
                taken.why = "receipts"
                return
            if taken.bytes >= bounds.most:
                taken.why = "bytes"
                return
    except TimeoutError:
        taken.why = "time"


def _crossing(said: Told) -> Crossing:
    return Crossing(
        said["at"],
        said["what"],
        b64decode(said.get("data", "")),
        said.get("block", False),
        missed=said.get("missed", 0),
    )


def _header(lane: LaneConfig, currency: str | None, masked: bool) -> dict[str, Any]:
    return {
        "software": __version__,
        "lane": lane.name,
        "began": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "printer_profile": lane.printer_profile,
        "register_profile": lane.register_profile,
        "currency": currency,
        "connections": parse_address(lane.register_).scheme == "tcp-listen",
        "masked": masked,
    }


def _end(taken: Taken) -> dict[str, Any]:
    return {
        "why": taken.why,
        "receipts": taken.receipts,
        "missed": taken.missed,
        "bytes": taken.sizes,
        **({"masked": taken.masked} if taken.masked else {}),
    }


# ---- masked


def mask(
    crossings: Sequence[Crossing], lane: LaneConfig, currency: str | None, taken: Taken
) -> list[Crossing]:
    """The same with what is personal masked, every piece as long as it was, and without the box's blocks."""
    masked = list(crossings)
    how = reading_by(lane.printer_profile, lane.register_profile)
    for stream in _MASKED:
        for places in _jobs_of(crossings, stream):
            data = b"".join(crossings[place].data for place in places)
            found = mask_stream(
                data, grammar=how.grammar, printer=how.printer, register=how.register, currency=currency
            )
            at = 0
            for place in places:
                size = len(crossings[place].data)
                masked[place] = replace(crossings[place], data=found.data[at : at + size])
                at += size
            if stream == "from_register":
                for name in ("characters", "pictures", "symbols"):
                    taken.masked[name] = taken.masked.get(name, 0) + getattr(found, name)
    return [replace(one, data=b"", left_out=len(one.data)) if one.block else one for one in masked]


def _jobs_of(crossings: Sequence[Crossing], stream: str) -> Iterator[list[int]]:
    """The places of one stream's bytes, without the box's own, in one list for each connection of the register."""
    places: list[int] = []
    for place, crossing in enumerate(crossings):
        if crossing.where == "register_came" or crossing.missed:
            yield places
            places = []
        if crossing.where == stream and not crossing.block:
            places.append(place)
    yield places


# ---- jobs


class How(NamedTuple):
    """What a stream is read by."""

    grammar: Grammar
    printer: PrinterProfile
    register: RegisterProfile


def reading_by(printer_profile: str, register_profile: str) -> How:
    """Raises `ConfigError` for profiles that are not there."""
    printer = load_printer(printer_profile)
    dialect = "star" if printer.dialect.startswith("star") else "escpos"
    grammar = load_grammar(dialect, printer.grammar_profiles, printer.unknown_commands)
    return How(grammar, printer, load_register(register_profile))


def job_bytes(capture: Capture) -> list[bytes]:
    """What the register sent: each connection's bytes, or on a line without connections each receipt's."""
    found = jobs(capture.crossings)
    if capture.header.get("connections"):
        return found
    how = reading_by(str(capture.header["printer_profile"]), str(capture.header["register_profile"]))
    return [receipt for job in found for receipt in _receipts(job, how)]


def _receipts(job: bytes, how: How) -> Iterator[bytes]:
    begin = 0
    for end in receipt_ends(job, how.grammar, how.printer):
        yield job[begin:end]
        begin = end
