"""python -m benchmarks [NAME ...]: all measurements, or the named ones; tables on standard output."""

from __future__ import annotations

import sys

from benchmarks import cut, latency, process, reading

MEASUREMENTS = {"reading": reading.main, "latency": latency.main, "cut": cut.main, "process": process.main}


def main(names: list[str]) -> None:
    if unknown := [name for name in names if name not in MEASUREMENTS]:
        sys.exit(f"no measurement {unknown[0]!r}; there are {', '.join(MEASUREMENTS)}")
    for name in names or MEASUREMENTS:
        MEASUREMENTS[name]()


main(sys.argv[1:])
