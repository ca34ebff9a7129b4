"""Reset, selection, drawer, panel, macros' definition, and questions about the printer."""

from __future__ import annotations

from .machine import Handler, Machine
from .status import automatic_status, drawer_status, paper_status

_FIRMWARE = "1.00 SIM"
_SERIAL = "SIM0000001"
_AUTO_CUTTER, _TWO_BYTE = 0x02, 0x01


def _reset(m: Machine, _data: bytes) -> None:
    m.reset()


def _select(m: Machine, data: bytes) -> None:
    """ESC = n: bit 0 the printer, bit 1 the customer display."""
    m.selected = bool(data[0] & 1)


def _pulse(m: Machine, data: bytes) -> None:
    """ESC p m t1 t2"""
    if data[0] & 0x0F < 2:
        m.drawer_pulses.append((data[0] & 0x0F, data[1], data[2]))


def _status_back(m: Machine, data: bytes) -> None:
    """GS a n: what to report by itself; any report asked for is sent once at once."""
    m.status_back = data[0]
    if data[0]:
        m.replies += automatic_status(m.conditions)


def _status(m: Machine, data: bytes) -> None:
    """GS r n"""
    if data[0] in (1, 49):
        m.replies += paper_status(m.conditions)
    elif data[0] in (2, 50):
        m.replies += drawer_status(m.conditions)


def _old_paper_status(m: Machine, _data: bytes) -> None:
    m.replies += paper_status(m.conditions)


def _old_drawer_status(m: Machine, _data: bytes) -> None:
    m.replies += drawer_status(m.conditions)


def _identify(m: Machine, data: bytes) -> None:
    """GS I n: one byte for 1 to 3, a block "_" text NUL from 65 on."""
    model, n = m.model, data[0]
    kind = (_AUTO_CUTTER if model.cutter else 0) | (_TWO_BYTE if model.two_byte else 0)
    codes = {1: model.identity, 49: model.identity, 2: kind, 50: kind, 3: 0x01, 51: 0x01}
    texts = {
        65: _FIRMWARE,
        66: model.maker,
        67: model.product,
        68: _SERIAL,
        69: (model.two_byte or "").upper(),
    }
    if n in codes:
        m.replies.append(codes[n])
    elif n in texts and model.answers_identity:
        m.replies += b"_" + texts[n].encode("ascii") + b"\0"


def _process_id(m: Machine, data: bytes) -> None:
    """GS ( H pL pH 48 48 d1 d2 d3 d4: answered when all before it is printed."""
    if data[2:4] == b"00" and len(data) >= 8:
        m.replies += b'7"' + data[4:8] + b"\0"


def _real_time_switch(m: Machine, data: bytes) -> None:
    """GS ( D pL pH 20 [a b]...: whether DLE DC4 functions 1 and 2 are obeyed."""
    if data[2:3] == b"\x14":
        switches = dict(zip(data[3::2], data[4::2], strict=False))
        m.pulses_by_real_time = switches.get(1, int(m.pulses_by_real_time)) in (1, 49)


def _panel(m: Machine, data: bytes) -> None:
    """ESC c 5 n: panel buttons off with bit 0 set. ESC c 3 and 4 choose paper sensors."""
    if data[0] == ord("5"):
        m.settings.panel_buttons = not data[1] & 1


HANDLERS: dict[str, Handler] = {
    "ESC @": _reset, "ESC =": _select, "ESC p": _pulse, "GS a": _status_back, "GS r": _status,
    "ESC v": _old_paper_status, "ESC u": _old_drawer_status, "GS I": _identify, "GS ( H": _process_id,
    "GS ( D": _real_time_switch, "ESC c": _panel,
}  # fmt: skip
