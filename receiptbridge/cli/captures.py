"""Captured streams as commands take them: their bytes, and the grammar and printer to read them by."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Final

from receiptbridge.errors import ReceiptBridgeError, UsageError
from receiptbridge.escpos.grammar import Grammar
from receiptbridge.escpos.reader import Reader
from receiptbridge.profiles.load import load_grammar, load_printer
from receiptbridge.profiles.model import PrinterProfile, UnknownCommands
from receiptbridge.words import _, why


class DialectChoice(StrEnum):
    """What `--dialect` takes."""

    ESCPOS = "escpos"
    STAR_LINE = "star-line"
    STAR_PRNT = "star-prnt"
    AUTO = "auto"


DEFAULT_PRINTERS: Final[Mapping[str, str]] = {"escpos": "generic-80", "star": "star-tsp650"}
"""Printer profiles by grammar, for captures of which nobody says what printer they were for."""

_CAPTURE: Final = b'{"receiptbridge_capture"'
"""How files begin that `receiptbridge capture` writes."""

_GUESSED: Final = ("escpos", "star")
"""Dialects that `auto` tries; the first one where a capture makes as much sense in both."""


def read_capture(file: Path) -> bytes:
    """The bytes of a captured stream; of a file that `capture` wrote, what the register sent.

    Raises `ReceiptBridgeError` where there are none.
    """
    try:
        data = file.read_bytes()
    except OSError as error:
        raise UsageError(
            f"{file}: {why(error)}", hint=_("Captured bytes are wanted in each FILE.")
        ) from error
    if not data:
        raise ReceiptBridgeError(
            _("{file}: the file is empty").format(file=file), hint=_("Nothing was captured.")
        )
    return _from_register(file) if data.startswith(_CAPTURE) else data


def _from_register(file: Path) -> bytes:
    from receiptbridge.upkeep.capture_file import jobs, read_capture_file

    capture = read_capture_file(file)
    return b"".join(jobs(capture.crossings)) if capture else b""


def _vendor(printer: PrinterProfile | None) -> tuple[Collection[str], UnknownCommands]:
    """What a printer's profile adds to the grammar of its dialect."""
    return (printer.grammar_profiles, printer.unknown_commands) if printer else ((), "take-two")


def understand(data: bytes, dialect: DialectChoice, profile: str | None) -> tuple[Grammar, PrinterProfile]:
    """The grammar and the printer profile to read `data` by; what is not said is told from the bytes."""
    printer = load_printer(profile) if profile is not None else None
    if dialect is not DialectChoice.AUTO:
        grammar = load_grammar(dialect.value, *_vendor(printer))
    elif printer is not None and printer.dialect != "opaque":
        grammar = load_grammar(printer.dialect, *_vendor(printer))
    else:
        grammar = min(map(load_grammar, _GUESSED), key=lambda grammar: _unknown_commands(data, grammar))
    return grammar, printer or load_printer(DEFAULT_PRINTERS[grammar.dialect])


def _unknown_commands(data: bytes, grammar: Grammar) -> int:
    reader = Reader(grammar)
    reader.feed(data)
    while reader.pull() is not None:
        pass
    return reader.unknown
