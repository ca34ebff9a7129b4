"""python -m benchmarks [NAME ...]: all measurements, or the named ones; tables on standard output.

python -m benchmarks TRIAL [OPTION ...]: one of the long trials, which search for a promise that is not kept; each
tells its options with --help.
"""

from __future__ import annotations

import sys

from benchmarks import crashloop, cut, journal, latency, powercut, process, reading, receipts, simulate, soak

MEASUREMENTS = {
    "reading": reading.main,
    "receipt": receipts.main,
    "latency": latency.main,
    "cut": cut.main,
    "process": process.main,
    "journal": journal.main,
    "drain": journal.drain,
}


TRIALS = {
    "powercut": powercut.main,
    "simulate": simulate.main,
    "crashloop": crashloop.main,
    "soak": soak.main,
}


def main(names: list[str]) -> None:
    if names and names[0] in TRIALS:
        TRIALS[names[0]](names[1:])
        return
    if unknown := [name for name in names if name not in MEASUREMENTS]:
        sys.exit(f"no measurement {unknown[0]!r}; there are {', '.join((*MEASUREMENTS, *TRIALS))}")
    for name in names or MEASUREMENTS:
        MEASUREMENTS[name]()


main(sys.argv[1:])
