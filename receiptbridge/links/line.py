"""How a serial line is set: speed, bits, parity, stop bits and flow control, as they stand in an address.

`serial:/dev/serial/by-path/X?baud=38400&bits=8&parity=N&stop=1&flow=none|xonxoff|rtscts|dsrdtr`; what is not
said is 9600, 8, N, 1, none: what receipt printers are delivered with. Pure: nothing here opens a port.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, cast, get_args

from receiptbridge.words import _

Parity = Literal["N", "E", "O", "M", "S"]
Flow = Literal["none", "xonxoff", "rtscts", "dsrdtr"]

# The speeds that the manuals of receipt printers name, those in use first: the order in which they are tried.
SPEEDS: Final = (9600, 38400, 19200, 115200, 57600, 4800, 2400, 1200, 230400, 460800, 921600)


@dataclass(frozen=True, slots=True)
class LineSettings:
    """One end of a serial line. `str` gives it as technicians say it: `38400 8N1`."""

    baud: int = 9600
    bits: int = 8
    parity: Parity = "N"
    stop: int = 1
    flow: Flow = "none"

    @property
    def bits_a_byte(self) -> int:
        """Start bit, data, parity if any, stop bits."""
        return 1 + self.bits + (self.parity != "N") + self.stop

    @property
    def bytes_a_second(self) -> float:
        return self.baud / self.bits_a_byte

    @property
    def query(self) -> str:
        """As it stands behind the `?` of an address."""
        return f"baud={self.baud}&bits={self.bits}&parity={self.parity}&stop={self.stop}&flow={self.flow}"

    def __str__(self) -> str:
        return f"{self.baud} {self.bits}{self.parity}{self.stop}"


_ALLOWED: Final[Mapping[str, tuple[str, ...]]] = {
    "baud": tuple(map(str, sorted(SPEEDS))),
    "bits": ("7", "8"),
    "parity": get_args(Parity),
    "stop": ("1", "2"),
    "flow": get_args(Flow),
}


def line_settings(options: Mapping[str, str]) -> LineSettings:
    """The settings that an address names. Raises `ValueError` that says what is allowed."""
    for key, value in options.items():
        if key not in _ALLOWED:
            raise ValueError(
                _("{key!r} is nothing that a serial line has; known are {known}").format(
                    key=key, known=", ".join(_ALLOWED)
                )
            )
        if value not in _ALLOWED[key]:
            raise ValueError(
                _("{key}={value}: allowed are {known}").format(
                    key=key, value=value, known=", ".join(_ALLOWED[key])
                )
            )
    plain = LineSettings()
    return LineSettings(
        baud=int(options.get("baud", plain.baud)),
        bits=int(options.get("bits", plain.bits)),
        parity=cast(Parity, options.get("parity", plain.parity)),
        stop=int(options.get("stop", plain.stop)),
        flow=cast(Flow, options.get("flow", plain.flow)),
    )
