"""Link addresses as a technician writes them: `tcp-listen://0.0.0.0:9100`, `pty:/run/receiptbridge/till-1`.

The scheme says what kind of link it is; the rest is that kind's own. Addresses are checked when the
configuration is read, so that a typing error is found before a port is opened.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Scheme = Literal["tcp-listen", "tcp", "pty", "file"]

REGISTER_SIDE: frozenset[str] = frozenset({"tcp-listen", "pty"})
PRINTER_SIDE: frozenset[str] = frozenset({"tcp", "pty", "file"})


@dataclass(frozen=True, slots=True)
class Address:
    """`host` and `port` for TCP, `path` for everything that is a file."""

    scheme: Scheme
    host: str = ""
    port: int = 0
    path: str = ""

    @property
    def may_be_register(self) -> bool:
        return self.scheme in REGISTER_SIDE

    @property
    def may_be_printer(self) -> bool:
        return self.scheme in PRINTER_SIDE

    @property
    def has_connections(self) -> bool:
        """Whether jobs come as connections (a line without connections has no beginning or end)."""
        return self.scheme == "tcp-listen"

    def __str__(self) -> str:
        return f"{self.scheme}:{self.path}" if self.path else f"{self.scheme}://{self.host}:{self.port}"


def parse_address(text: str) -> Address:
    """Read a link address. Raises `ValueError` that says what is allowed."""
    scheme, colon, rest = text.partition(":")
    match scheme if colon else "":
        case "tcp-listen" | "tcp" as tcp:
            return _tcp(tcp, rest, text)
        case "pty" | "file" as named if rest.startswith("/"):
            return Address(named, path=rest)
        case "pty" | "file":
            raise ValueError(f"{text!r}: give the whole path, as in {scheme}:/run/receiptbridge/till-1")
        case _:
            raise ValueError(
                f"{text!r} is no link address; known are tcp-listen://HOST:PORT, tcp://HOST:PORT, "
                "pty:/PATH, file:/dev/usb/lp0"
            )


def _tcp(scheme: Literal["tcp-listen", "tcp"], rest: str, text: str) -> Address:
    host, _, port = rest.removeprefix("//").rpartition(":")
    if not rest.startswith("//") or not host or not port.isdecimal() or not 0 <= int(port) <= 65535:
        raise ValueError(f"{text!r}: write {scheme}://HOST:PORT, as in {scheme}://192.168.1.50:9100")
    return Address(scheme, host=host.strip("[]"), port=int(port))
