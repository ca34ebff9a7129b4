"""How long one receipt takes to be read at its cut: the captures, generated receipts, and the worst that may come.

Times are processor time, best of several rounds, warmed up as a lane is before its first receipt.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import Final

from benchmarks.table import Row, table
from hardware_sim.receipts.generate import generate
from receiptbridge.profiles.load import load_grammar, load_printer, load_register
from receiptbridge.receipt.collect import Collected, split
from receiptbridge.receipt.lexicon import warm_up
from receiptbridge.receipt.read import read_receipt

CORPUS: Final = Path(__file__).parents[1] / "hardware_sim" / "captures" / "corpus"
ROUNDS: Final = 5
GENERATED: Final = 400
USUAL_MS: Final = 10
ANY_MS: Final = 200
_GRAMMARS: Final = {name: load_grammar(name) for name in ("escpos", "star")}
_PRINTER, _REGISTER = load_printer("generic-80"), load_register("generic")
_END: Final = b"\n\x1dV\x00"


def main() -> None:
    warm_up()
    rows = [_row(name, dict(streams), USUAL_MS) for name, streams in _USUAL.items()]
    print(table("Reading a usual receipt", [row for row in rows if row]))
    print(
        table(
            "Reading the worst receipts",
            [_row(name, {name: ("escpos", data)}, ANY_MS) for name, data in _WORST.items()],
        )
    )


Streams = Mapping[str, tuple[str, bytes]]
"""Name -> dialect and bytes."""


def _captures() -> Iterator[tuple[str, tuple[str, bytes]]]:
    for file in sorted(CORPUS.glob("*.json")):
        truth = json.loads(file.read_text("utf-8"))
        if truth["transport"] == "text":
            yield truth["id"], (truth["protocol"], file.with_suffix(".bin").read_bytes())


_USUAL: Final = {
    "text captures": _captures(),
    f"{GENERATED} generated receipts": ((made.id, ("escpos", made.data)) for made in generate(1, GENERATED)),
}

_NUMBERS: Final = b"\n".join(b"%d.%02d  %d.%02d" % (n, n % 100, n * 7, n % 90) for n in range(1, 5001))
_LABELLED: Final = "".join(
    f"TOTAL {n}.00\nTAX {n}.01\nSUBTOTAL {n}.07\nCASH {n}.08\n" for n in range(1, 99)
).encode()
_LANGUAGES: Final = "".join(
    f"{a} {b} {n}.00\n"
    for n, (a, b) in enumerate(product(("合计", "小计", "现金", "找零", "优惠", "税额"), repeat=2))
).encode("gb18030")
_WORST: Final = {
    "5,000 lines of items": b"".join(
        b"Red apples 1kg, class II   2   5.90   %d.80\n" % n for n in range(5000)
    )
    + _END,
    "5,000 lines of numbers": _NUMBERS + _END,
    "390 lines of numbers": b"\n".join(_NUMBERS.split(b"\n")[:390]) + _END,
    "390 lines of the same number": b"5.00\n" * 390 + _END,
    "390 labelled lines that contradict": _LABELLED + _END,
    "labels beside labels": _LANGUAGES * 10 + _END,
    "one line of 12,000 characters": b"TOTAL 1.00 " * 1090 + _END,
    "12,000 digits": b"1" * 12_000 + _END,
    "a megabyte of text": b"TOTAL 5.00 CASH 5.00\n" * 50_000 + _END,
}


def _row(name: str, streams: Streams, budget: int) -> Row:
    times = sorted(min(_read(own, dialect) for _ in range(ROUNDS)) for dialect, own in _receipts(streams))
    at = {share: times[min(len(times) - 1, int(len(times) * share))] for share in (0.5, 0.95)}
    return {
        "what": name,
        "receipts": f"{len(times)}",
        "p50": f"{at[0.5]:.1f} ms",
        "p95": f"{at[0.95]:.1f} ms",
        "most": f"{times[-1]:.1f} ms",
        "budget": f"{budget} ms",
    }


def _receipts(streams: Streams) -> Iterator[tuple[str, Collected]]:
    for dialect, data in streams.values():
        for receipt in split(data, _GRAMMARS[dialect], _PRINTER):
            yield dialect, receipt


def _read(receipt: Collected, dialect: str) -> float:
    began = time.process_time()
    read_receipt(receipt, grammar=_GRAMMARS[dialect], printer=_PRINTER, register=_REGISTER, currency=None)
    return 1000 * (time.process_time() - began)


if __name__ == "__main__":
    main()
