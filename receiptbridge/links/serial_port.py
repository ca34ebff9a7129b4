"""A serial line, by pyserial: opened so that nothing resets, raw, and with a flow control that works.

pyserial is imported when a port is opened and not before: a lane without serial lines need not know it.
"""

from __future__ import annotations

import contextlib
import errno
import termios
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from receiptbridge.errors import LinkError
from receiptbridge.links import handshake
from receiptbridge.links.handshake import KernelLines, ModemLines, Side
from receiptbridge.links.line import LineSettings
from receiptbridge.links.link import Link
from receiptbridge.links.ports import stable_names, usb_adapters, why_ambiguous
from receiptbridge.words import N_, _, why

if TYPE_CHECKING:
    from serial import Serial


class PortRefuses(LinkError):
    """The port is there, and cannot be set so."""


class SerialLink(Link):
    """An open port; `broken` once it was lost. `lines` are its modem lines where they are not the kernel's."""

    def __init__(
        self, port: Serial, settings: LineSettings, side: Side, lines: ModemLines | None = None
    ) -> None:
        self._port = port
        self._descriptor = port.fileno()
        self._lines = lines or KernelLines(self._descriptor)
        # Of a printer little comes, and some take a line that falls for a reset: towards it they stay up.
        self._our_line = handshake.OUR_LINE.get(settings.flow) if side == "register" else None
        self._says_xoff = settings.flow == "xonxoff" and side == "register"
        self._watches_dsr = settings.flow == "dsrdtr"
        self.write_pause = handshake.look_after(settings) if self._watches_dsr else 0.0
        self._errors_before = handshake.error_counts(self._descriptor)
        self.broken = False
        super().__init__(self._descriptor, f"{side} {port.port}")

    def read(self, most: int) -> bytes | None:
        try:
            data = super().read(most)
        except LinkError:
            self.broken = True
            raise
        self.broken = self.broken or data == b""
        return data

    def write(self, data: bytes | bytearray | memoryview) -> int:
        try:
            return super().write(memoryview(data)[: self._room()] if self._watches_dsr else data)
        except LinkError:
            self.broken = True
            raise

    def _room(self) -> int:
        """How many bytes may go before DSR is looked at again."""
        try:
            ready = self._lines.raised(termios.TIOCM_DSR)
        except OSError as fault:
            raise LinkError(
                _("{name}: its lines cannot be read: {reason}").format(name=self.name, reason=why(fault))
            ) from fault
        return max(0, handshake.IN_FLIGHT_MOST - (self.unacknowledged() or 0)) if ready else 0

    def hold_back(self, wanted: bool) -> None:
        if self._our_line is not None:
            with contextlib.suppress(OSError):  # a port that is gone holds its register back by itself
                self._lines.put(self._our_line, not wanted)
        elif self._says_xoff:
            handshake.say_by_characters(self._descriptor, stop=wanted)

    def line_errors(self) -> Mapping[str, int]:
        before = self._errors_before
        return {
            name: count - before[name] for name, count in handshake.error_counts(self._descriptor).items()
        }

    def close(self) -> None:
        """A job's end. The port stays open for the next: what it has still to send it sends."""

    def reset(self) -> None:
        self.broken = True

    def give_back(self) -> None:
        """Close the port."""
        self.broken = True
        with contextlib.suppress(OSError):
            self._port.close()


def open_serial(path: str, settings: LineSettings, side: Side, lines: ModemLines | None = None) -> SerialLink:
    """Open a port for good: nobody else may have it. Raises `LinkError`, also for a name that is ambiguous."""
    port = open_port(path, settings)
    try:
        handshake.make_raw(port.fileno(), side, settings.flow)
        if settings.flow in handshake.OUR_LINE:
            (lines or KernelLines(port.fileno())).raised(termios.TIOCM_DSR)
    except (OSError, termios.error) as fault:
        port.close()
        raise LinkError(
            _("{path}: this port has no lines for flow={flow}: {fault}").format(
                path=path, flow=settings.flow, fault=fault.args[-1]
            ),
            hint=_("Use a port that has them, or flow=xonxoff or flow=none, as the other side is set."),
        ) from fault
    return SerialLink(port, settings, side, lines)


def open_port(path: str, settings: LineSettings) -> Serial:
    """The bare port by pyserial, locked, its lines up. Raises `LinkError`, also for a name that is ambiguous."""
    import serial

    if why := why_ambiguous(path, usb_adapters()):
        raise LinkError(f"{path}: {why}.", hint=_("Put that name into the lane's address."))
    port = serial.Serial()
    port.port, port.baudrate, port.bytesize = path, settings.baud, settings.bits
    port.parity, port.stopbits = settings.parity, settings.stop
    port.rtscts = settings.flow == "rtscts"
    port.exclusive = True
    port.dtr = port.rts = (
        True  # before it is opened: a line that falls and rises again is a reset to some printers
    )
    try:
        port.open()
        refused = not has_format(port.fileno(), settings)
    except termios.error:  # pyserial lets it through
        refused = True
    except (serial.SerialException, OSError, ValueError) as fault:
        number = getattr(fault, "errno", None)
        raise LinkError(
            _("{path}: cannot be opened: {reason}").format(
                path=path, reason=_(_WORDS.get(number, str(fault)))
            ),
            hint=_hint(number),
        ) from fault
    if refused:
        port.close()
        raise PortRefuses(
            _("{path}: this port cannot be set to {settings}").format(path=path, settings=settings),
            hint=_(
                "Take an adapter that can (FTDI chips do), or set the other side to eight bits without parity."
            ),
        )
    return port


def has_format(descriptor: int, settings: LineSettings) -> bool:
    """Whether the port took bits and parity: tcsetattr(3) succeeds if it could do any of what was asked."""
    flags = termios.tcgetattr(descriptor)[2]
    bits = termios.CS7 if settings.bits == 7 else termios.CS8
    return flags & termios.CSIZE == bits and bool(flags & termios.PARENB) == (settings.parity != "N")


_WORDS: Final[Mapping[int | None, str]] = {
    errno.ENOENT: N_("there is no such port"),
    errno.EACCES: N_("this user may not"),
    errno.EAGAIN: N_("another program has it"),
    errno.EBUSY: N_("another program has it"),
}


def _hint(number: int | None) -> str:
    match number:
        case errno.ENOENT:
            there = ", ".join(stable_names())
            if there:
                return _("Ports there: {ports}.").format(ports=there)
            return _("No USB adapter is plugged in; is the cable in place?")
        case errno.EACCES:
            return _("Add the user to the group that the device belongs to (dialout): ls -l shows it.")
        case errno.EAGAIN | errno.EBUSY:
            return _("One port serves one lane; who has it is shown by: fuser -v PORT")
    return _("Does the adapter know this speed, these bits and this parity?")
