"""Three machines in network namespaces: a till, the box as a bridge of two ports, a printer."""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator

_CLONE_NEWNET = 0x40000000
_libc = ctypes.CDLL(None, use_errno=True)

TILL, BOX, PRINTER = "10.90.0.1", "10.90.0.3", "10.90.0.2"


def why_not() -> str:
    """Why there can be no namespaces here, or nothing."""
    if os.geteuid() != 0:
        return "network namespaces want root"
    if missing := [tool for tool in ("ip", "nft") if shutil.which(tool) is None]:
        return f"{' and '.join(missing)} not installed (apt install iproute2 nftables)"
    name = f"rb-probe-{os.getpid()}"
    if subprocess.run(["ip", "netns", "add", name], capture_output=True).returncode:
        return "this kernel or container allows no network namespaces"
    works = subprocess.run(
        ["ip", "netns", "exec", name, "nft", "add", "table", "bridge", "probe"], capture_output=True
    )
    subprocess.run(["ip", "netns", "del", name], check=True)
    return "this kernel has no nftables for bridges" if works.returncode else ""


class Machines:
    """Names of the namespaces, and sockets in them."""

    def __init__(self) -> None:
        self.till, self.box, self.printer = (f"rb-{os.getpid()}-{name}" for name in ("till", "box", "prn"))

    def run(self, machine: str, *command: str) -> None:
        subprocess.run(["ip", "netns", "exec", machine, *command], check=True, capture_output=True)

    @contextlib.contextmanager
    def inside(self, machine: str) -> Iterator[None]:
        """Sockets made in here are that machine's for good."""
        with open("/proc/self/ns/net") as home, open(f"/run/netns/{machine}") as away:
            _enter(away.fileno())
            try:
                yield
            finally:
                _enter(home.fileno())

    def connect(self, machine: str, host: str, port: int, patience: float) -> socket.socket:
        with self.inside(machine):
            return socket.create_connection((host, port), timeout=patience)

    def listen(self, machine: str, port: int, patience: float) -> socket.socket:
        with self.inside(machine):
            listener = socket.create_server(("0.0.0.0", port))
        listener.settimeout(patience)
        return listener

    def datagrams(self, machine: str, port: int, patience: float) -> socket.socket:
        with self.inside(machine):
            channel = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        channel.bind(("0.0.0.0", port))
        channel.settimeout(patience)
        return channel

    def cut(self, machine: str) -> None:
        """Pull the cable of till or printer."""
        _ip("-n", machine, "link", "set", "net0", "down")


def _enter(descriptor: int) -> None:
    if _libc.setns(descriptor, _CLONE_NEWNET):
        raise OSError(ctypes.get_errno(), "setns")


@contextlib.contextmanager
def bridged() -> Iterator[Machines]:
    """Till and printer on the two ports of the box's bridge br0, all in one network."""
    machines = Machines()
    try:
        for name in (machines.till, machines.box, machines.printer):
            _ip("netns", "add", name)
            _ip("-n", name, "link", "set", "lo", "up")
        _ip("-n", machines.box, "link", "add", "br0", "type", "bridge")
        for port, machine, address in (("eth0", machines.till, TILL), ("eth1", machines.printer, PRINTER)):
            _ip(
                "link",
                "add",
                "net0",
                "netns",
                machine,
                "type",
                "veth",
                "peer",
                "name",
                port,
                "netns",
                machines.box,
            )
            _ip("-n", machines.box, "link", "set", port, "master", "br0", "up")
            _ip("-n", machine, "addr", "add", f"{address}/24", "dev", "net0")
            _ip("-n", machine, "link", "set", "net0", "up")
        _ip("-n", machines.box, "addr", "add", f"{BOX}/24", "dev", "br0")
        _ip("-n", machines.box, "link", "set", "br0", "up")
        yield machines
    finally:
        for name in (machines.till, machines.box, machines.printer):
            subprocess.run(["ip", "netns", "del", name], capture_output=True)


def _ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True, capture_output=True)
