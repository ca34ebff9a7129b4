"""python -m hardware_sim.receipts --seed N --count M --out DIR: receipts with their truths"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from .generate import generate


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m hardware_sim.receipts",
        description="Receipts of many countries' registers with their truths, in the form of the captures.",
    )
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same bytes")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument(
        "--paper", default="", help="only papers whose name begins like this: de, en-us-diner"
    )
    parser.add_argument(
        "--baskets", action="store_true", help="sell real supermarket baskets, and nothing else"
    )
    parser.add_argument(
        "--spoiled", action="store_true", help="lose rows, or print them with words of no language"
    )
    return parser


def main() -> int:
    args = _parser().parse_args()
    try:
        args.out.mkdir(parents=True, exist_ok=True)
        for made in generate(args.seed, args.count, only=args.paper, real=args.baskets, spoiled=args.spoiled):
            (args.out / f"{made.id}.bin").write_bytes(made.data)
            text = json.dumps(made.truth, ensure_ascii=False, indent=1)
            (args.out / f"{made.id}.json").write_text(text, encoding="utf-8")
    except (OSError, ValueError) as error:
        print(f"hardware_sim.receipts: {error}", file=sys.stderr)
        return 1
    print(f"{args.count} receipts in {args.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
