"""The box as a bridge between switch and printer: the till speaks to the printer's own address, and notices nothing."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from captures import chinese_sale
from lane_rig import PATIENCE
from net_rig import BOX, PRINTER, TILL, Machines, bridged, why_not
from typer.testing import CliRunner

from receiptbridge.cli import build_app
from receiptbridge.links.address import parse_address
from receiptbridge.links.in_series import in_series

RAW, SNMP, ENPC = 9100, 161, 3289
SALE = chinese_sale()
CONFIG = f"""
state_dir = "{{state}}"
[[lane]]
name = "till-1"
register = "tcp-listen://0.0.0.0:{RAW}?interface=br0"
printer = "tcp://{PRINTER}:{RAW}"
"""

needs_namespaces = pytest.mark.skipif(bool(why_not()), reason=why_not() or "can be")


def in_series_command(machines: Machines, action: str, config: Path) -> None:
    machines.run(
        machines.box,
        sys.executable,
        "-m",
        "receiptbridge",
        "in-series",
        action,
        "till-1",
        "--config",
        str(config),
    )


@contextlib.contextmanager
def lane(machines: Machines, config: Path) -> Iterator[None]:
    command = [sys.executable, "-m", "receiptbridge", "run", "--config", str(config)]
    process = subprocess.Popen(["ip", "netns", "exec", machines.box, *command], stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def connected(machines: Machines) -> socket.socket:
    """A till's connection to the printer's address, as soon as somebody listens there."""
    for _ in range(int(PATIENCE / 0.02)):
        with contextlib.suppress(ConnectionRefusedError):
            return machines.connect(machines.till, PRINTER, RAW, PATIENCE)
        time.sleep(0.02)
    raise AssertionError("nobody listens at the printer's address")


def print_job(till: socket.socket, printer: socket.socket) -> str:
    """A job with a question behind it; from where the printer was connected to."""
    job = SALE + b"\x10\x04\x01"
    with till:
        till.sendall(job)
        while True:
            connection, (peer, _) = printer.accept()
            with connection:
                connection.settimeout(PATIENCE)
                got = connection.recv(len(job), socket.MSG_WAITALL)
                if not got:  # the lane looked whether the printer is back
                    continue
                assert got == job
                connection.sendall(b"\x16")
                assert till.recv(1) == b"\x16"
                return str(peer)


@needs_namespaces
def test_printing_goes_through_the_lane_everything_else_passes_and_bypass_is_taking_the_rules_away(
    tmp_path: Path,
):
    config = tmp_path / "config.toml"
    config.write_text(CONFIG.format(state=tmp_path))
    with bridged() as machines, lane(machines, config):
        in_series_command(machines, "on", config)
        with machines.listen(machines.printer, RAW, PATIENCE) as printer:
            assert print_job(connected(machines), printer) == BOX
            assert [asked_by(machines, port) for port in (SNMP, ENPC)] == [TILL, TILL]
        with pytest.raises(ConnectionResetError), connected(machines) as till:
            till.recv(1)  # the printer is switched off; the reset may come while we still connect
        with pytest.raises(ConnectionRefusedError):
            machines.connect(machines.till, PRINTER, RAW, PATIENCE)
        with machines.listen(machines.printer, RAW, PATIENCE) as printer:
            in_series_command(machines, "off", config)
            assert print_job(connected(machines), printer) == TILL


def asked_by(machines: Machines, port: int) -> str:
    with (
        machines.datagrams(machines.printer, port, PATIENCE) as printer,
        machines.datagrams(machines.till, 0, PATIENCE) as till,
    ):
        till.sendto(b"?", (PRINTER, port))
        _, (peer, sender) = printer.recvfrom(16)
        printer.sendto(b"!", (peer, sender))
        assert till.recvfrom(16) == (b"!", (PRINTER, port))
        return str(peer)


def test_the_rules_name_one_printer_one_port_and_one_bridge():
    series = in_series(
        "till-1",
        parse_address("tcp-listen://0.0.0.0:9101?interface=br0"),
        parse_address("tcp://10.0.0.9:9100"),
    )
    rules = series.rules("02:00:00:00:00:01", ["eth0", "eth1"])
    assert (
        'iifname { "eth0", "eth1" } ip daddr 10.0.0.9 tcp dport 9100 ether daddr set 02:00:00:00:00:01'
        in rules
    )
    assert "redirect to :9101" in rules
    assert rules.startswith(series.forget())


@pytest.mark.parametrize(
    ("register", "printer", "says"),
    [
        ("tcp-listen://0.0.0.0:9100", "tcp://10.0.0.9:9100", "register must name the bridge"),
        ("pty:/run/x", "tcp://10.0.0.9:9100", "register must name the bridge"),
        ("tcp-listen://0.0.0.0:9100?interface=br0", "file:/dev/usb/lp0", "printer must be a network printer"),
        ("tcp-listen://0.0.0.0:9100?interface=br0", "tcp://printer.lan:9100", "by its IPv4 address"),
    ],
)
def test_a_lane_that_is_not_in_series_says_what_is_missing(register: str, printer: str, says: str):
    with pytest.raises(ValueError, match=says):
        in_series("till-1", parse_address(register), parse_address(printer))


@pytest.mark.parametrize(
    ("interface", "says"), [("br-nowhere", "no interface 'br-nowhere'"), ("lo", "'lo' is no bridge")]
)
def test_a_bridge_that_is_none_is_named(tmp_path: Path, interface: str, says: str):
    config = tmp_path / "config.toml"
    config.write_text(CONFIG.format(state=tmp_path).replace("br0", interface))
    done = CliRunner().invoke(
        build_app(["in-series"]), ["in-series", "show", "till-1", "--config", str(config)]
    )
    assert says in str(done.exception)
