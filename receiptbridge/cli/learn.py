"""`receiptbridge learn FILE=TOTAL...`: a register's profile from samples of its receipts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer

from receiptbridge.cli.captures import DialectChoice, read_capture, understand
from receiptbridge.errors import ReceiptBridgeError, UsageError
from receiptbridge.escpos.grammar import Grammar
from receiptbridge.money import currency as known_currency
from receiptbridge.profiles.load import load_register, own_root, printer_names, register_names
from receiptbridge.profiles.model import PrinterProfile, RegisterProfile
from receiptbridge.receipt import learning
from receiptbridge.receipt.carriers import Sample
from receiptbridge.receipt.collect import Collected, split
from receiptbridge.receipt.model import Kind, ReceiptReading
from receiptbridge.receipt.page import read_page
from receiptbridge.receipt.read import read_receipt
from receiptbridge.stored_words import said
from receiptbridge.upkeep.register_files import as_toml
from receiptbridge.words import N_, _, why


class _Stream(NamedTuple):
    """A sample's receipts, and what they are read by."""

    receipts: tuple[Collected, ...]
    grammar: Grammar
    printer: PrinterProfile


def learn(
    pairs: Annotated[
        list[str] | None,
        typer.Argument(metavar="FILE=TOTAL...", help="Captured sales and what each came to."),
    ] = None,
    name: Annotated[str, typer.Option(help="What the profile is called.")] = "my-register",
    samples: Annotated[
        Path | None, typer.Option(metavar="LIST", help="A text file of FILE=TOTAL lines.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="TOML", help="Write it here, not to the box's profiles.")
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Write over a profile that is there.")] = False,
    only_paid: Annotated[
        bool, typer.Option("--only-paid", help="The register prints no bill before it is paid.")
    ] = False,
    currency: Annotated[str | None, typer.Option(help="Its currency, as CNY or EUR.")] = None,
    printer_profile: Annotated[
        str | None, typer.Option(help="What the bytes were sent to.", autocompletion=printer_names)
    ] = None,
    register_profile: Annotated[
        str, typer.Option(help="The profile to start from.", autocompletion=register_names)
    ] = "generic",
    dialect: Annotated[DialectChoice, typer.Option(help="The command language.")] = DialectChoice.AUTO,
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """Make a register's profile from three or more sales whose totals you know.

    Example: receiptbridge learn --name corner-shop a.bin=12.50 b.bin=33.00 c.bin=8.20
    """
    given = [*(pairs or []), *_listed(samples)]
    base = _base(load_register(register_profile), only_paid, currency)
    streams = {file: _stream(file, dialect, printer_profile) for file in (_file(pair) for pair in given)}
    known = [_sample(pair, streams, base) for pair in given]

    def read(sample: Sample, profile: RegisterProfile) -> list[ReceiptReading]:
        return _readings(streams[Path(sample.name)], profile)

    lesson = learning.learn(known, base, read)
    shown = [(s, learning.main_reading(read(s, lesson.profile or base))) for s in known]
    place = None
    if lesson.profile is not None:
        text = as_toml(lesson.profile, register_profile, name, [sample.name for sample in known])
        place = _write(out or own_root() / "registers" / f"{_checked(name)}.toml", text, replace)
    _tell(lesson, shown, place, as_json)


# ---- what is given


def _listed(path: Path | None) -> list[str]:
    """The pairs of a list; its files are beside it."""
    if path is None:
        return []
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as fault:
        raise UsageError(
            f"{path}: {why(fault) if isinstance(fault, OSError) else fault}",
            hint=_("--samples wants a text file of FILE=TOTAL lines."),
        ) from None
    wanted = (line.strip() for line in lines)
    return [str(path.parent / line) for line in wanted if line and not line.startswith("#")]


def _file(pair: str) -> Path:
    return Path(pair.rpartition("=")[0])


def _total(pair: str) -> Decimal:
    file, _equals, total = pair.rpartition("=")
    try:
        amount = Decimal(total)
        if file and amount.is_finite() and amount >= 0:
            return amount
    except InvalidOperation:
        pass
    raise UsageError(
        _("{pair!r} is no FILE=TOTAL").format(pair=pair),
        hint=_("Write the total as 12.50, without currency and thousands marks."),
    )


def _stream(file: Path, dialect: DialectChoice, printer_profile: str | None) -> _Stream:
    data = read_capture(file)
    grammar, printer = understand(data, dialect, printer_profile)
    return _Stream(tuple(split(data, grammar, printer)), grammar, printer)


def _sample(pair: str, streams: Mapping[Path, _Stream], base: RegisterProfile) -> Sample:
    file = _file(pair)
    stream = streams[file]
    pages = (read_page(r, stream.grammar, stream.printer, base.charset) for r in stream.receipts)
    lines = tuple(tuple((line.text, line.large) for line in page.lines) for page in pages)
    return Sample(str(file), file.read_bytes(), lines, _total(pair))


def _base(register: RegisterProfile, only_paid: bool, currency: str | None) -> RegisterProfile:
    changed: dict[str, Any] = {}
    if only_paid:
        changed["only_paid_sales"] = True
    if currency is not None:
        try:
            changed["currency"] = known_currency(currency.upper()).code
        except (ReceiptBridgeError, ValueError) as fault:
            raise UsageError(
                _("--currency {currency}: {fault}").format(currency=currency, fault=fault)
            ) from None
    return register.but(**changed)


def _readings(stream: _Stream, register: RegisterProfile) -> list[ReceiptReading]:
    readings = [
        read_receipt(
            receipt, grammar=stream.grammar, printer=stream.printer, register=register, currency=None
        )
        for receipt in stream.receipts
    ]
    return readings or [ReceiptReading(Kind.OTHER, reason="nothing is printed")]


# ---- the profile


def _checked(name: str) -> str:
    if name.replace("-", "").replace("_", "").isalnum():
        return name
    raise UsageError(
        _("--name {name!r} is no name").format(name=name), hint=_("Use letters, digits, - and _.")
    )


def _write(path: Path, text: str, replace: bool) -> Path:
    if path.exists() and not replace:
        raise ReceiptBridgeError(
            _("{path} is there already").format(path=path), hint=_("--replace writes over it.")
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    except OSError as fault:
        raise ReceiptBridgeError(
            f"{path}: {why(fault)}", hint=_("Write it elsewhere with --out, or call learn as root.")
        ) from None
    return path


# ---- what is told


def _tell(
    lesson: learning.Lesson,
    shown: Sequence[tuple[Sample, ReceiptReading]],
    place: Path | None,
    as_json: bool,
) -> None:
    if as_json:
        record = {
            "written": str(place) if place else None,
            "reason": lesson.reason,
            "samples": [dict(zip(_COLUMNS, _row(*pair), strict=True)) for pair in shown],
        }
        typer.echo(json.dumps(record, ensure_ascii=False))
    else:
        _show(shown, lesson.profile is not None)
    if place is None:
        hint = _("Nothing was written. docs/add-a-register.md shows how to write a profile by hand.")
        raise ReceiptBridgeError(
            _("no profile reads these samples: {reason}").format(reason=said(lesson.reason or "")), hint=hint
        )
    if not as_json:
        own = place.parent == own_root() / "registers"
        named = place.stem if own else str(place.absolute())
        typer.echo(
            _('Written to {place}. Name it in the lane: register_profile = "{named}"').format(
                place=place, named=named
            )
        )


_COLUMNS = (N_("sample"), N_("known"), N_("read"), N_("kind"), N_("paid by"), N_("number"), N_("printed at"))


def _row(sample: Sample, reading: ReceiptReading) -> tuple[str, ...]:
    total = learning.amount_of(reading)
    methods = ", ".join(payment.method.value for payment in reading.payments)
    read = "none" if total is None else str(total)
    printed = (reading.receipt_no or "", reading.datetime or "")
    return (Path(sample.name).name, str(sample.total), read, reading.kind.value, methods, *printed)


def _show(shown: Sequence[tuple[Sample, ReceiptReading]], learnt: bool) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(
        title=_("Read with the profile") if learnt else _("Read without a profile"), title_justify="left"
    )
    for column in _COLUMNS:
        table.add_column(
            _(column), justify="right" if column in ("known", "read") else "left", overflow="fold"
        )
    for sample, reading in shown:
        right = learning.amount_of(reading) == sample.total
        table.add_row(*map(_said, _row(sample, reading)), style=None if right else "red")
    Console(highlight=False).print(table)


def _said(cell: str) -> str:
    """A kind, or the ways of paying, in the reader's language; JSON has them as they are."""
    return ", ".join(map(said, cell.split(", ")))
