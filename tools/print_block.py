"""Prints a profile's block on the virtual printer, to be looked at: python tools/print_block.py PROFILE"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import get_args

from hardware_sim.models import DEFAULT_MODEL, MODELS
from hardware_sim.printer import VirtualPrinter
from hardware_sim.render import with_margins
from receiptbridge.claim.block import BlockContent, BlockStyle, block_millimetres, line_budget, render_block
from receiptbridge.claim.layout import TEMPLATES
from receiptbridge.claim.texts import Language
from receiptbridge.escpos.state import PrinterState
from receiptbridge.profiles.load import load_grammar, load_printer, printer_names

ADDRESS = "HTTPS://M.EXAMPLE.COM/C/" + "A2B3C4D5E6F7" * 12


def main() -> None:
    """Says how many bytes and millimetres the block takes, and writes its picture."""
    args = _parser().parse_args()
    printer = load_printer(args.profile)
    grammar = load_grammar(printer.dialect, printer.grammar_profiles)
    content = BlockContent(args.language, 6367, "CNY", 6, ADDRESS, "D96X-P8X5-6S", "2026-11-29")
    budget, style, state = line_budget(args.baud), BlockStyle(args.template), PrinterState(grammar, printer)
    block = render_block(content, printer, state, cut_feeds=False, max_bytes=budget, style=style)
    height = block_millimetres(content, printer, grammar, cut_feeds=False, max_bytes=budget, style=style)
    paper = VirtualPrinter(args.model or (args.profile if args.profile in MODELS else DEFAULT_MODEL))
    paper.receive(b"The last line of a receipt\n" + block)
    with_margins(paper.strip_image(), paper.model.dpi).save(args.out)
    print(
        f"{len(block)} bytes, {height:.0f} mm on a {printer.name}; printed by a {paper.model.name}: {args.out}"
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("profile", choices=[*printer_names(), "_default", "_safe"], metavar="PROFILE")
    parser.add_argument("--model", choices=sorted(MODELS), metavar="MODEL", help="the printer that is there")
    parser.add_argument("--language", choices=get_args(Language), default="zh")
    parser.add_argument("--template", choices=list(TEMPLATES), default="full")
    parser.add_argument("--baud", type=int, help="speed of a serial line, which bounds the block")
    parser.add_argument("--out", type=Path, default=Path("block.png"))
    return parser


if __name__ == "__main__":
    main()
