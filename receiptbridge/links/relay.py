"""A relay that puts the box into the line between register and printer for as long as a lane runs.

Pulled in, the box is in series; fallen, register and printer are wired straight through. The kernel lets go of the
line when the process that asked for it is gone, however it went: then the relay falls, if its board holds its input
down by a resistor. `gpiod` is imported only where a relay is configured.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple, Protocol

from receiptbridge.errors import LinkError
from receiptbridge.words import _

_ADDRESS = re.compile(r"(/dev/gpiochip[0-9]{1,3}):([0-9]{1,3})(:low)?")


class RelayAddress(NamedTuple):
    """A line of a GPIO chip; `active_low` where the board pulls in at 0 V."""

    chip: str
    line: int
    active_low: bool

    def __str__(self) -> str:
        return f"{self.chip}:{self.line}{':low' if self.active_low else ''}"


class Relay(Protocol):
    def fall(self) -> None:
        """Straight through again."""


def parse_relay(text: str) -> RelayAddress:
    """Read `/dev/gpiochip0:17`. Raises `ValueError` that says what is allowed."""
    found = _ADDRESS.fullmatch(text)
    if found is None:
        raise ValueError(
            _(
                "{text!r} is no relay; write /dev/gpiochip0:17, or /dev/gpiochip0:17:low where 0 V pulls it in"
            ).format(text=text)
        )
    return RelayAddress(found[1], int(found[2]), active_low=found[3] is not None)


def pull_in(address: RelayAddress) -> Relay:
    """Put the box into the line. Raises `LinkError`: then it stays outside."""
    try:
        import gpiod
        from gpiod.line import Direction, Value
    except ImportError:
        raise LinkError(
            _("{address}: no relay without gpiod").format(address=address),
            hint=_("Run: pip install 'receiptbridge[gpio]'"),
        ) from None
    wanted = gpiod.LineSettings(
        direction=Direction.OUTPUT, output_value=Value.ACTIVE, active_low=address.active_low
    )
    try:
        request = gpiod.request_lines(address.chip, consumer="receiptbridge", config={address.line: wanted})
    except (OSError, ValueError) as fault:
        raise LinkError(
            _("{address}: the relay cannot be pulled in: {fault}").format(address=address, fault=fault),
            hint=_(
                "Is that the chip and the line (gpioinfo), and may this user open it (group receiptbridge)?"
            ),
        ) from fault
    return _GpioRelay(request, address.line, Value.INACTIVE)


class _GpioRelay:
    def __init__(self, request: _LineRequest, line: int, fallen: Any) -> None:
        self._request, self._line, self._fallen = request, line, fallen

    def fall(self) -> None:
        # Driven down first: some chips keep what a line was when nobody holds it any more.
        try:
            self._request.set_value(self._line, self._fallen)
        finally:
            self._request.release()


class _LineRequest(Protocol):
    def set_value(self, line: int, value: Any) -> None: ...
    def release(self) -> None: ...
