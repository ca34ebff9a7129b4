"""Bringing a printer to a wanted state, and putting back exactly what that changed.

The answer is proved before it is given: the commands are applied to a copy of the state, and unless the
copy ends as the state began, nothing may be inserted (`CannotRestore`). ESC @ is never among them, nor
anything that makes the printer answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from receiptbridge.errors import ReceiptBridgeError
from receiptbridge.escpos import symbols
from receiptbridge.escpos.builders import BUILDERS
from receiptbridge.escpos.fields import Value
from receiptbridge.escpos.reader import Reader
from receiptbridge.escpos.state import PrinterState

_ROUNDS: Final = 2
"""Putting one field back may touch a field that it overlaps with (FS ! and FS -): once more settles it."""

_OVERLAPPING: Final = frozenset(
    {
        "font", "underline", "width_mag", "height_mag", "kanji_print_mode", "kanji_quad", "kanji_underline",
    }
)  # fmt: skip
_STYLES: Final = frozenset(
    {b"\x1b!", b"\x1bM", b"\x1bE", b"\x1bF", b"\x1bG", b"\x1b-", b"\x1d!", b"\x1c!", b"\x1cW", b"\x1c-"}
)
_PLAIN_STYLE: Final = (b"\x1b!\x00", b"\x1bG\x00", b"\x1d!\x00")
_PLAIN_KANJI_STYLE: Final = b"\x1c!\x00"

_QR: Final = b"1"
_QR_STORE: Final = b"\x1d(k1P"
"""Under this `PrinterState` remembers what the register stored: GS ( k, cn 49, fn 80."""
_QR_SETTINGS: Final[Mapping[bytes, bytes]] = {
    b"A": b"\x1d(k\x04\x001A2\x00",
    b"C": b"\x1d(k\x03\x001C\x03",
    b"E": b"\x1d(k\x03\x001E0",
}
"""GS ( k 165, 167, 169 as after power-on (Epson): model 2, module of 3 dots, level L."""


class CannotRestore(ReceiptBridgeError):
    """The printer's state could not be put back, so nothing may be inserted here."""


def bracket(state: PrinterState, wanted: Mapping[str, Value]) -> tuple[bytes, bytes]:
    """The bytes that bring the printer to `wanted`, and those that put back exactly what these changed.

    Both are for an empty line. `wanted` are fields of the grammar's [[state_field]] tables; those that hold
    already cost no bytes. Raises CannotRestore where a field is unknown, or its value is nothing that a
    command can set (a default that only the model knows).
    """
    begun, twin = _settings(state), on_empty_line(state)
    if unknown := sorted(state.undecoded & wanted.keys()):
        raise CannotRestore(f"a command of the printer's maker set {', '.join(unknown)}")
    before = _bring(twin, {name: value for name, value in wanted.items() if begun.get(name) != value})
    _require(_settings(twin), wanted)
    restyle = bool(_differ(begun, _settings(twin)) & _OVERLAPPING)
    after = _brought_back(twin, state, restyle=restyle)
    _require_understood(before + after, state)
    return b"".join(before), b"".join(after)


def on_empty_line(state: PrinterState) -> PrinterState:
    """A copy to try commands on, as it is where something may be inserted."""
    twin = state.copy()
    twin.line_open = False
    return twin


def put_back(state: PrinterState, changed: PrinterState, sent: Iterable[bytes]) -> bytes:
    """The bytes, for an empty line, that bring a printer from `changed`, where `sent` brought it, back to `state`.

    Raises CannotRestore where a command of the maker's own was the last to set something.
    """
    if unknown := sorted(changed.undecoded - state.undecoded):
        raise CannotRestore(f"a command of the printer's maker sets {', '.join(unknown)}")
    restyle = any(raw[:2] in _STYLES for raw in sent)
    after = _brought_back(changed, state, restyle=restyle)
    _require_understood(after, state)
    return b"".join(after)


def put_back_store(state: PrinterState) -> bytes | None:
    """What puts the printer's symbol store back after a native QR symbol, None where nothing can.

    The register's stored symbol is stored again, but an empty store cannot be emptied again: a register that
    uses symbols and prints from an empty store would then print our symbol where it printed nothing. What a
    register stored by Star's commands is not followed.
    """
    empty = state.said(_QR_STORE) is None
    if state.grammar.dialect != "escpos" or (empty and state.symbols_used) or state.symbol_printed_unstored:
        return None
    try:
        return put_back_qr(state)
    except CannotRestore:
        return None


def _brought_back(twin: PrinterState, state: PrinterState, *, restyle: bool) -> list[bytes]:
    """The commands that give the twin the settings of `state`, applied to it."""
    begun, after = _settings(state), _restyle(twin, state) if restyle else []
    for _ in range(_ROUNDS):
        now = _settings(twin)
        after += _bring(twin, {name: value for name, value in begun.items() if now[name] != value})
    _require(_settings(twin), begun)
    return after


def _restyle(twin: PrinterState, state: PrinterState) -> list[bytes]:
    """Plain characters, then the register's own style commands again in their order; applied to the twin.

    By which of them two-byte characters are meant differs between makers (ESC ! on some, GS ! on all), so a
    style that was put together from single fields would fit one kind of characters only.
    """
    if state.grammar.dialect != "escpos":
        return []
    plain = _PLAIN_STYLE if state.printer.two_byte == "none" else (*_PLAIN_STYLE, _PLAIN_KANJI_STYLE)
    commands = [*plain, *(raw for raw in state.prelude() if raw[:2] in _STYLES)]
    twin.apply(commands)
    return commands


def _differ(one: Mapping[str, Value], other: Mapping[str, Value]) -> set[str]:
    return {name for name in one if one[name] != other[name]}


def put_back_qr(state: PrinterState) -> bytes:
    """The bytes that, after a native QR symbol, give its settings and its store their old content.

    An empty store cannot be emptied again: ask `state.symbol_printed_unstored` first. Raises CannotRestore
    where the register's stored symbol was too long to be kept.
    """
    key = b"\x1d(k" + _QR
    settings = [state.said(key + function) or default for function, default in _QR_SETTINGS.items()]
    store = state.said(key + symbols.STORE) or b""
    if store and len(store) < 5 + int.from_bytes(store[3:5], "little"):
        raise CannotRestore("the symbol that the register stored in the printer is too long to be sent again")
    return b"".join(settings) + store


def _settings(state: PrinterState) -> dict[str, Value]:
    """The fields without the line's own: an insertion starts and ends on an empty line."""
    values = state.values()
    del values["line_start"]
    return values


def _require(values: Mapping[str, Value], required: Mapping[str, Value]) -> None:
    """CannotRestore unless the values are as required."""
    failed = sorted(name for name, value in required.items() if values.get(name) != value)
    if failed:
        raise CannotRestore(f"no command sets {', '.join(failed)} to what is needed")


def _require_understood(commands: list[bytes], state: PrinterState) -> None:
    """CannotRestore where this printer's dialect takes one of the commands for another one."""
    reader, read = Reader(state.grammar), []
    reader.feed(b"".join(commands))
    while (batch := reader.pull()) is not None:
        read += batch.tokens
    if read != commands or any(state.grammar.entry(raw).category != "state" for raw in read):
        raise CannotRestore("the printer's maker gave these commands another meaning")


def _bring(state: PrinterState, changes: Mapping[str, Value]) -> list[bytes]:
    """Commands that set these fields, applied to the state as well."""
    target = {**state.values(), **changes}
    commands: list[bytes] = []
    for names, build in BUILDERS[state.grammar.dialect]:
        if changes.keys() & set(names):
            commands += build(target, state)
    state.apply(commands)
    return commands
