"""python -m hardware_sim.score PREDICTIONS.jsonl [--corpus DIR] [--by lang,form,...] [--errors N]
[--write README.md --section NAME]

Scores what was read off receipts against labelled captures. One prediction a line, as `receiptbridge inspect
--json` prints them: {"id", "kind", "total", "currency", "payments", "receipt_no", "datetime"} or, for a job of
several receipts, {"id", "receipts": [{...}, ...]} in printed order. A total of null abstains; a capture without
a line counts as all null.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from . import markdown, text
from .corpus import CORPUS, GROUPS, load_corpus, load_predictions, score


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m hardware_sim.score", description="Score readings of captures."
    )
    parser.add_argument("predictions", type=Path)
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="folder of captures with their truths")
    parser.add_argument("--by", default="lang,form", help=f"comma list of {', '.join(GROUPS)}")
    parser.add_argument("--errors", type=int, default=20, help="how many mistakes to list")
    parser.add_argument("--markdown", action="store_true", help="also print the table as Markdown")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the Markdown between its markers")
    parser.add_argument("--section", default="captures", help="which markers: <!-- score: SECTION -->")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    parser = _parser()
    options = parser.parse_args(arguments)
    by = [name for name in options.by.split(",") if name]
    if unknown := [name for name in by if name not in GROUPS]:
        parser.error(f"--by {unknown[0]}: allowed are {', '.join(GROUPS)}")
    try:
        scored = score(load_corpus(options.corpus), load_predictions(options.predictions))
    except (OSError, ValueError, KeyError) as error:
        parser.error(f"cannot read the predictions or the corpus: {error}")
    print(text.table(scored, by, options.errors))
    if options.markdown:
        print(f"\n{markdown.table(scored)}")
    if options.write:
        try:
            _write(options.write, options.section, markdown.table(scored))
        except (OSError, ValueError) as error:
            parser.error(f"cannot write {options.write}: {error}")
    return 0


def _write(file: Path, section: str, table: str) -> None:
    document = markdown.between_markers(file.read_text(encoding="utf-8"), section, table)
    file.write_text(document, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
