"""The box in series on Ethernet: a bridge of two ports, from which only the printing to one printer is taken out.

Tills address the printer's own IP, and ask it by SNMP and ENPC too. All of that crosses the bridge untouched, but TCP
to the printer's raw port: such a frame is readdressed to the bridge itself (as `ebtables -j redirect` did), and then
its port to the lane's (nft's redirect). The lane reaches the printer from the box's own address, which these rules do
not touch; its answers leave as the printer's. Taking the tables away is the bypass: the till then prints directly.

Pure: rules as text for `nft -f -`, applied by root and never by a lane. Wants Linux 4.18 or newer and no br_netfilter.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass

from receiptbridge.links.address import Address
from receiptbridge.words import _


@dataclass(frozen=True, slots=True)
class InSeries:
    """What one lane takes out of its bridge. `lane` is the lane's name, which names the tables."""

    lane: str
    bridge: str
    printer: str
    printer_port: int
    lane_port: int

    @property
    def table(self) -> str:
        return f"receiptbridge-{self.lane}"

    def rules(self, bridge_mac: str, ports: Sequence[str]) -> str:
        """The rules, all or none of which `nft -f -` puts into effect. Rules that are there already are replaced.

        `ports` are the interfaces that the bridge joins.
        """
        return _RULES.format(
            forget=self.forget(), table=self.table, bridge=self.bridge, mac=bridge_mac,
            ports=", ".join(f'"{port}"' for port in ports),
            printer=self.printer, printer_port=self.printer_port, lane_port=self.lane_port,
        )  # fmt: skip

    def forget(self) -> str:
        """Takes the rules away, whether they are there or not."""
        return "".join(
            f"table {family} {self.table}\ndelete table {family} {self.table}\n"
            for family in ("bridge", "ip")
        )


_RULES = """{forget}table bridge {table} {{
    chain prerouting {{
        type filter hook prerouting priority dstnat; policy accept;
        iifname {{ {ports} }} ip daddr {printer} tcp dport {printer_port} \
ether daddr set {mac} meta pkttype set host
    }}
}}
table ip {table} {{
    chain prerouting {{
        type nat hook prerouting priority dstnat; policy accept;
        iifname "{bridge}" ip daddr {printer} tcp dport {printer_port} redirect to :{lane_port}
    }}
}}
"""


def in_series(lane: str, register: Address, printer: Address) -> InSeries:
    """What a lane's two addresses mean for a bridge. Raises `ValueError` that says what is missing."""
    if register.scheme != "tcp-listen" or not register.interface:
        raise ValueError(
            _(
                "register must name the bridge, as in tcp-listen://0.0.0.0:9100?interface=br0, not "
                "{register}{interface}"
            ).format(
                register=register, interface="?interface=" + register.interface if register.interface else ""
            )
        )
    if printer.scheme != "tcp":
        raise ValueError(
            _("printer must be a network printer, as in tcp://192.168.1.50:9100, not {printer}").format(
                printer=printer
            )
        )
    try:
        address = ipaddress.IPv4Address(printer.host)
    except ValueError:
        raise ValueError(
            _("printer must be given by its IPv4 address, not as {host}").format(host=printer.host)
        ) from None
    return InSeries(lane, register.interface, str(address), printer.port, register.port)
