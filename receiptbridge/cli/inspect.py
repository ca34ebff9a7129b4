"""`receiptbridge inspect FILE...`: captured streams without a box, read as the box reads them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from receiptbridge.cli.captures import DialectChoice, read_capture, understand
from receiptbridge.errors import ReceiptBridgeError, UsageError
from receiptbridge.escpos.grammar import Grammar
from receiptbridge.profiles.load import load_register, printer_names, register_names
from receiptbridge.profiles.model import PrinterProfile, RegisterProfile
from receiptbridge.receipt.collect import split
from receiptbridge.receipt.masking import masked
from receiptbridge.receipt.model import Kind, ReceiptReading
from receiptbridge.receipt.read import read_receipt
from receiptbridge.receipt.record import as_record
from receiptbridge.stored_words import said
from receiptbridge.words import _, why


def inspect(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Captured bytes, register to printer.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="One line of JSON per file.")] = False,
    png: Annotated[
        Path | None, typer.Option(metavar="OUT", help="Also draw the paper (of one file).")
    ] = None,
    printer_profile: Annotated[
        str | None, typer.Option(help="What the bytes were sent to.", autocompletion=printer_names)
    ] = None,
    register_profile: Annotated[
        str, typer.Option(help="What sent them.", autocompletion=register_names)
    ] = "generic",
    dialect: Annotated[DialectChoice, typer.Option(help="The command language.")] = DialectChoice.AUTO,
) -> None:
    """Read captured streams without a box: what the box would see.

    Example: receiptbridge inspect --json capture.bin
    """
    if png is not None and len(files) > 1:
        raise UsageError(_("--png draws one capture at a time"), hint=_("Call inspect once for each FILE."))
    register = load_register(register_profile)
    faults: list[ReceiptBridgeError] = []
    for file in files:
        try:
            data = read_capture(file)
            grammar, printer = understand(data, dialect, printer_profile)
            _show(file, _receipts(data, grammar, printer, register), as_json)
            if png is not None:
                draw_paper(data, grammar.dialect, png)
        except ReceiptBridgeError as fault:
            faults.append(fault)
    _fail(faults)


def _receipts(
    data: bytes, grammar: Grammar, printer: PrinterProfile, register: RegisterProfile
) -> list[ReceiptReading]:
    """The readings of all receipts in a stream; of a stream that prints nothing, one that says so."""
    readings = [
        masked(
            read_receipt(
                receipt, grammar=grammar, printer=printer, register=register, currency=None, explained=True
            )
        )
        for receipt in split(data, grammar, printer)
    ]
    return readings or [ReceiptReading(Kind.OTHER, reason="nothing is printed")]


# ---- for programs


def _file_record(file: Path, readings: Sequence[ReceiptReading]) -> dict[str, Any]:
    """The main receipt of a file (its first sale, else its first receipt), and all of them."""
    main = next((reading for reading in readings if reading.kind is Kind.SALE), readings[0])
    receipts = [as_record(reading) for reading in readings]
    return {"id": file.stem, **as_record(main), "receipts": receipts, "text": list(main.text)}


# ---- for people


def _show(file: Path, readings: Sequence[ReceiptReading], as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(_file_record(file, readings), ensure_ascii=False))
        return
    from rich.console import Console

    from receiptbridge.cli.paper_text import facts, framed, reasons

    console = Console(highlight=False)
    for number, reading in enumerate(readings, start=1):
        several = _("{file}, receipt {number} of {count}").format(
            file=file.name, number=number, count=len(readings)
        )
        console.print(framed(reading.text, reading.explanation, file.name if len(readings) == 1 else several))
        why = [
            ("" if number else _("evidence"), ground)
            for number, ground in enumerate(reasons(reading.explanation))
        ]
        console.print(facts([*reading_facts(reading), *why]))
        console.print()


def reading_facts(reading: ReceiptReading) -> list[tuple[str, str]]:
    """What was understood, as lines of a name and a value; what was not is left out."""
    record = as_record(reading)
    currency = reading.currency or ""
    payments = [f"{said(p['method'])} {p['amount'] or ''}".strip() for p in record["payments"]]
    found = {
        _("kind"): said(record["kind"]),
        _("total"): f"{record['total']} {currency}".strip() if record["total"] else _none(reading),
        _("paid by"): ", ".join(payments),
        _("number"): record["receipt_no"],
        _("printed at"): record["datetime"],
        _("tax"): record["tax"],
        _("refers to"): reading.refers_to and reading.refers_to.receipt_no,
        _("confidence"): f"{reading.confidence:.0%}" if record["total"] else None,
    }
    return [(name, str(value)) for name, value in found.items() if value]


def _none(reading: ReceiptReading) -> str:
    return _("none: {reason}").format(reason=said(reading.reason or ""))


def draw_paper(data: bytes, dialect: str, out: Path, banner: str = "") -> None:
    """Write the paper as PNG; further pieces behind the first cut as OUT-2.png, OUT-3.png ...

    `banner`: what stands above each piece, and is not printed.
    """
    try:
        from hardware_sim.render import render, with_banner, with_margins
    except ImportError as error:
        raise ReceiptBridgeError(
            _("--png needs the simulated printer ({name} is missing)").format(name=error.name),
            hint=_('Install it: pip install "receiptbridge[sim]"'),
        ) from error
    dpi = 203
    pieces = render(data, "star-tsp650" if dialect == "star" else "xprinter-xp-80")
    for number, piece in enumerate(pieces, start=1):
        path = out if number == 1 else out.with_name(f"{out.stem}-{number}{out.suffix}")
        try:
            with_banner(with_margins(piece, dpi), banner).save(path, format="PNG")
        except OSError as error:
            raise ReceiptBridgeError(f"{path}: {why(error)}") from error


def _fail(faults: Sequence[ReceiptBridgeError]) -> None:
    """Say on stderr what went wrong with which file; the last fault is left to the caller of all commands."""
    for fault in faults[:-1]:
        typer.echo(f"receiptbridge: {fault}", err=True)
    if faults:
        raise faults[-1]
