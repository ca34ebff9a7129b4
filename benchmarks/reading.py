"""How fast the register's bytes are read and the printer's state is kept, in 4 kB reads on one core.

Times are processor time, best of several rounds, so that another load on the machine does not count. The
profile says where the time goes; it is the profiler's, which charges many small calls more than they cost.
"""

from __future__ import annotations

import cProfile
import json
import pstats
import resource
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from benchmarks.table import Row, table
from receiptbridge.escpos.reader import Reader
from receiptbridge.escpos.replies import ReplyReader
from receiptbridge.escpos.state import PrinterState
from receiptbridge.profiles.load import load_grammar, load_printer

CORPUS = Path(__file__).parents[1] / "hardware_sim" / "captures" / "corpus"
READ_BYTES = 4096
ROUNDS = 7
REPEATS = 20
LINES = 20_000
GIGABYTE = 1_000_000_000
PROFILED_FUNCTIONS = 8

LINE = b"Red apples 1kg, class II      2    5.90    11.80"
LONG_LINE = LINE * 40
CHINESE_LINE = "散装鸡蛋（红壳）      3   11.36    34.08".encode("gb18030")
PIXELS = bytes(range(256)) * 562 + bytes(128)  # 72 bytes by 2,000 rows
RASTER = b"\x1dv0\x00\x48\x00\xd0\x07" + PIXELS
STRIPE = b"\x1b*\x21\x40\x02" + PIXELS[: 576 * 3] + b"\n"
ENDLESS = b"\x1d8L\xff\xff\xff\xff0p"  # a picture that announces 4 GB

COMMANDS, MEGABYTES = "commands a second", "MB a second"


@dataclass(frozen=True, slots=True)
class Measured:
    commands: int
    size: int
    seconds: float


def main() -> None:
    streams = {
        "text streams of the corpus": (_corpus() * REPEATS, COMMANDS, 1_000_000),
        "receipt lines": (b"\x1b@" + (LINE + b"\n") * LINES, MEGABYTES, 16),
        "lines of 2 kB": (b"\x1b@" + (LONG_LINE + b"\n") * (LINES // 40), MEGABYTES, 16),
        "Chinese lines": (b"\x1b@\x1c&" + (CHINESE_LINE + b"\n") * LINES, MEGABYTES, 16),
        "pictures in stripes of 24 dots (ESC *)": (STRIPE * 4000, MEGABYTES, 200),
        "raster pictures (GS v 0)": (RASTER * 64, MEGABYTES, 200),
    }
    rows = [_row(name, data, unit, budget) for name, (data, unit, budget) in streams.items()]
    print(table(f"Reading in {READ_BYTES // 1024} kB reads, per second of one core", rows))
    print(table("One gigabyte", [_gigabyte(name, *how) for name, how in _ENDLESS.items()]))
    print(
        table("Where the time goes, on the text streams of the corpus", list(_profile(_corpus() * REPEATS)))
    )


_ENDLESS = {
    "raster pictures (GS v 0)": (RASTER, RASTER),
    "one picture that announces 4 GB (GS 8 L)": (ENDLESS, PIXELS),
    "a barcode without an end (GS k)": (b"\x1dk\x04", b"\x55" * READ_BYTES),
}
"""What comes first, and what comes again and again."""


def _row(name: str, data: bytes, unit: str, budget: int) -> Row:
    reading = min((_read(_pieces(data), False) for _ in range(ROUNDS)), key=lambda m: m.seconds)
    both = min((_read(_pieces(data), True) for _ in range(ROUNDS)), key=lambda m: m.seconds)
    return {
        "what": name,
        COMMANDS: f"{both.commands / both.seconds:,.0f}",
        MEGABYTES: f"{both.size / both.seconds / 1e6:,.1f}",
        "budget": f"{budget:,} {unit}",
        "of it reading": f"{reading.seconds / both.seconds:.0%}",
    }


def _gigabyte(name: str, first: bytes, again: bytes) -> Row:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    measured = _read(_again_and_again(first, again), True)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    return {
        "what": name,
        MEGABYTES: f"{measured.size / measured.seconds / 1e6:,.0f}",
        "MB of memory more": f"{grown / 1024:.1f}",
        "budget": f"200 {MEGABYTES}, no growth",
    }


def _read(pieces: Iterable[bytes], keep_state: bool) -> Measured:
    grammar = load_grammar("escpos")
    reader, state = Reader(grammar), PrinterState(grammar, load_printer("generic-80"))
    began = time.process_time()
    for piece in pieces:
        reader.feed(piece)
        while (batch := reader.pull()) is not None:
            if keep_state:
                state.apply(batch.tokens)
    return Measured(reader.commands, reader.received, time.process_time() - began)


def _profile(data: bytes) -> Iterator[Row]:
    """The functions that take most, with reading, state and attribution of answers together."""
    profiler = cProfile.Profile()
    profiler.enable()
    _read_as_a_lane_does(_pieces(data))
    profiler.disable()
    stats = pstats.Stats(profiler)
    # typeshed leaves the table out that the class is made of; its own view of it loses the files
    own = {function: row[2] for function, row in stats.stats.items()}  # type: ignore[attr-defined]
    whole = sum(own.values())
    for function in sorted(own, key=own.__getitem__, reverse=True)[:PROFILED_FUNCTIONS]:
        file, _, name = function
        yield {"function": f"{Path(file).stem}: {name}", "share": f"{own[function] / whole:.0%}"}


def _read_as_a_lane_does(pieces: Iterable[bytes]) -> None:
    grammar = load_grammar("escpos")
    reader, state = Reader(grammar), PrinterState(grammar, load_printer("generic-80"))
    replies = ReplyReader()
    for piece in pieces:
        reader.feed(piece)
        while (batch := reader.pull()) is not None:
            state.apply(batch.tokens)
            replies.asked(batch.tokens)


def _corpus() -> bytes:
    """All ESC/POS text streams, one behind the other."""
    streams = []
    for file in sorted(CORPUS.glob("*.bin")):
        truth = json.loads(file.with_suffix(".json").read_text("utf-8"))
        if truth["protocol"] == "escpos" and truth["transport"] == "text":
            streams.append(file.read_bytes())
    return b"".join(streams)


def _pieces(data: bytes) -> list[bytes]:
    return [data[at : at + READ_BYTES] for at in range(0, len(data), READ_BYTES)]


def _again_and_again(first: bytes, again: bytes) -> Iterator[bytes]:
    """A gigabyte in reads, of which never more than one repetition is in memory."""
    yield from _pieces(first)
    repeated = _pieces(again)
    yield from islice(cycle(repeated), GIGABYTE * len(repeated) // len(again))


if __name__ == "__main__":
    main()
