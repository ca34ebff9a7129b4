"""`python -m fuzz [--target reading|lane] [--seconds N]`: search for inputs that break a law (needs atheris).

New inputs worth keeping go to a scratch folder; a failing input is written there as `crash-*`. Copy what is
to stay into `fuzz/corpus/`, where the test suite replays it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from importlib import import_module
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

import atheris

from fuzz.inputs import CORPUS

TARGETS = ("reading", "lane")
LONGEST_INPUT = 4096
"""More than one receipt of text; mutations of longer inputs find nothing new and cost time."""
SLOWEST_SECONDS = 20


def main() -> None:
    arguments = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    arguments.add_argument("--target", choices=TARGETS, default="reading")
    arguments.add_argument("--seconds", type=int, default=60)
    arguments.add_argument("--scratch", type=Path, default=Path(tempfile.gettempdir()) / "receiptbridge-fuzz")
    chosen = arguments.parse_args()
    found = chosen.scratch / chosen.target
    found.mkdir(parents=True, exist_ok=True)
    options = [
        f"-max_total_time={chosen.seconds}", f"-max_len={LONGEST_INPUT}", f"-timeout={SLOWEST_SECONDS}",
        f"-artifact_prefix={found}/", str(found), str(CORPUS),
    ]  # fmt: skip
    with atheris.instrument_imports(include=["receiptbridge"]):
        target = import_module(f"fuzz.{chosen.target}")
    atheris.Setup([sys.argv[0], *options], target.check)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
