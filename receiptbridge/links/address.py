"""Link addresses as a technician writes them: `tcp-listen://0.0.0.0:9100`, `pty:/run/receiptbridge/till-1`.

The scheme says what kind of link it is; the rest is that kind's own, and what stands behind a `?` refines it:
how a serial line is set, who may connect. Addresses are checked when the configuration is read, so that a typing
error is found before a port is opened.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import Final, Literal

from receiptbridge.links.line import LineSettings, line_settings
from receiptbridge.links.usb_find import UsbName, parse_name
from receiptbridge.words import _

Scheme = Literal["tcp-listen", "tcp", "pty", "file", "serial", "usb", "usb-path", "gadget"]

REGISTER_SIDE: frozenset[str] = frozenset({"tcp-listen", "pty", "serial", "gadget"})
PRINTER_SIDE: frozenset[str] = frozenset({"tcp", "pty", "file", "serial", "usb", "usb-path"})

# RFC 1123, section 2.1, and the underscore that many shops' printers have in their names.
_NAME: Final = re.compile(r"(?=.{1,253}$)[A-Za-z0-9_-]{1,63}(\.[A-Za-z0-9_-]{1,63})*\.?")

# Of struct ifreq: 15 characters and a NUL (netdevice(7)).
INTERFACE_NAME_MOST = 15


@dataclass(frozen=True, slots=True)
class Address:
    """`host` and `port` for TCP, `path` for everything that is a file, `line` for serial lines, `usb` for USB printers.

    A listening address may be bound to an `interface`, and may serve only the networks in `allow`.
    """

    scheme: Scheme
    host: str = ""
    port: int = 0
    path: str = ""
    line: LineSettings | None = None
    usb: UsbName | None = None
    interface: str = ""
    allow: tuple[str, ...] = ()

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
        if self.usb is not None:
            return str(self.usb)
        return f"{self.scheme}:{self.path}" if self.path else f"{self.scheme}://{self.host}:{self.port}"


def parse_address(text: str) -> Address:
    """Read a link address. Raises `ValueError` that says what is allowed."""
    named, _mark, query = text.partition("?")
    scheme, colon, rest = named.partition(":")
    try:
        options = _options(query)
        match scheme if colon else "":
            case "tcp-listen":
                return _listening(*_host_and_port(scheme, rest, text), options)
            case "tcp":
                host, port = _host_and_port(scheme, rest, text)
                return _bare(Address("tcp", host=host, port=port), options)
            case "serial" if rest.startswith("/"):
                return Address("serial", path=rest, line=line_settings(options))
            case "usb" | "usb-path" as scheme:
                return _bare(Address(scheme, usb=parse_name(scheme, rest)), options)
            case "pty" | "file" | "gadget" as scheme if rest.startswith("/"):
                return _bare(Address(scheme, path=rest), options)
    except ValueError as fault:
        raise ValueError(f"{text!r}: {fault}") from None
    if scheme in _EXAMPLES:
        raise ValueError(
            _("{text!r}: give the whole path, as in {example}").format(text=text, example=_EXAMPLES[scheme])
        )
    raise ValueError(
        _("{text!r} is no link address; known are tcp-listen://HOST:PORT, tcp://HOST:PORT, {known}").format(
            text=text, known=", ".join(_EXAMPLES.values())
        )
    )


_EXAMPLES = {
    "serial": "serial:/dev/serial/by-path/X?baud=38400",
    "pty": "pty:/run/receiptbridge/till-1",
    "file": "file:/dev/usb/lp0",
    "usb": "usb:04b8:0202",
    "usb-path": "usb-path:1-1.2",
    "gadget": "gadget:/dev/g_printer0",
}


def _options(query: str) -> dict[str, str]:
    pairs = [piece.partition("=") for piece in query.split("&") if piece]
    if twice := [key for key, _equals, _value in pairs if [other for other, *_rest in pairs].count(key) > 1]:
        raise ValueError(_("{key!r} is said twice").format(key=twice[0]))
    return {key: value for key, _equals, value in pairs}


def _bare(address: Address, options: dict[str, str]) -> Address:
    if options:
        raise ValueError(
            _("{key!r} has no meaning for {scheme}").format(key=next(iter(options)), scheme=address.scheme)
        )
    return address


def _host_and_port(scheme: str, rest: str, text: str) -> tuple[str, int]:
    host, _colon, port = rest.removeprefix("//").rpartition(":")
    if not rest.startswith("//") or not host or not port.isdecimal() or not 0 <= int(port) <= 65535:
        raise ValueError(
            _("write {scheme}://HOST:PORT, as in {scheme}://192.168.1.50:9100").format(scheme=scheme)
        )
    host = host.strip("[]")
    if not _NAME.fullmatch(host) and not _is_number(host):
        raise ValueError(_("{host!r} is neither an address nor the name of a machine").format(host=host))
    return host, int(port)


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _listening(host: str, port: int, options: dict[str, str]) -> Address:
    if unknown := options.keys() - {"interface", "allow"}:
        raise ValueError(
            _("{key!r} has no meaning for tcp-listen; known are interface, allow").format(key=min(unknown))
        )
    interface = options.get("interface", "")
    if len(interface) > INTERFACE_NAME_MOST or "/" in interface:
        raise ValueError(
            _("interface={interface}: no name of a network interface").format(interface=interface)
        )
    allow = tuple(network for network in options.get("allow", "").split(",") if network)
    for network in allow:
        ipaddress.ip_network(network)
    if "allow" in options and not allow:
        raise ValueError(_("allow= names nobody; write addresses or networks, as in allow=192.168.1.0/24"))
    return Address("tcp-listen", host=host, port=port, interface=interface, allow=allow)
