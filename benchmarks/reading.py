"""How fast the register's bytes are read and the printer's state is kept, in 4 kB reads on one core.

Times are processor time, best of several rounds, so that another load on the machine does not count.
"""

from __future__ import annotations

import json
import resource
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.table import Row, table
from receiptbridge.escpos.reader import Reader
from receiptbridge.escpos.state import PrinterState
from receiptbridge.profiles.load import load_grammar, load_printer

CORPUS = Path(__file__).parents[1] / "hardware_sim" / "captures" / "corpus"
READ_BYTES = 4096
ROUNDS = 7
REPEATS = 20
IMAGE_BYTES = 256_000_000
IMAGE = b"\x1dv0\x00\x48\x00\xd0\x07" + bytes(range(256)) * 562 + bytes(128)  # 72 bytes by 2,000 rows
IMAGES = 64
LINE = b"Red apples 1kg, class II      2    5.90    11.80"
CHINESE_LINE = "散装鸡蛋（红壳）      3   11.36    34.08".encode("gb18030")

COMMANDS, MEGABYTES = "commands a second", "MB a second"


@dataclass(frozen=True, slots=True)
class Measured:
    commands: int
    size: int
    seconds: float


def main() -> None:
    texts = {
        "text streams of the corpus": (_corpus() * REPEATS, COMMANDS, 1_000_000),
        "long lines": (b"\x1b@" + (LINE + b"\n") * 20_000, MEGABYTES, 16),
        "Chinese lines": (b"\x1b@\x1c&" + (CHINESE_LINE + b"\n") * 20_000, MEGABYTES, 16),
    }
    rows = [_row(name, data, unit, budget) for name, (data, unit, budget) in texts.items()]
    print(table(f"Reading in {READ_BYTES // 1024} kB reads, per second of one core", [*rows, _image_row()]))


def _row(name: str, data: bytes, unit: str, budget: int) -> Row:
    reading = min((_read(_pieces(data), False) for _ in range(ROUNDS)), key=lambda m: m.seconds)
    both = min((_read(_pieces(data), True) for _ in range(ROUNDS)), key=lambda m: m.seconds)
    return _cells(name, both, f"{budget:,} {unit}", f"{reading.seconds / both.seconds:.0%}")


def _image_row() -> Row:
    pieces = _pieces(IMAGE * IMAGES)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    measured = _read(_again_and_again(pieces), True)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    return _cells(f"images, {grown / 1024:.1f} MB memory growth", measured, f"200 {MEGABYTES}, no growth", "")


def _cells(name: str, measured: Measured, budget: str, reading: str) -> Row:
    return {
        "what": name,
        COMMANDS: f"{measured.commands / measured.seconds:,.0f}",
        MEGABYTES: f"{measured.size / measured.seconds / 1e6:,.1f}",
        "budget": budget,
        "of it reading": reading,
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


def _again_and_again(pieces: list[bytes]) -> Iterator[bytes]:
    size = 0
    while size < IMAGE_BYTES:
        yield from pieces
        size += sum(map(len, pieces))


if __name__ == "__main__":
    main()
