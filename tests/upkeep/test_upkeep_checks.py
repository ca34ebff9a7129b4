"""What `doctor` finds on machines that are played by folders, beside lanes, printers and services that run."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from box_rig import start_box
from cryptography import x509

from receiptbridge.config import Config, parse_config
from receiptbridge.identity import adopt_key, make_key
from receiptbridge.journal import FILE_NAME, Journal
from receiptbridge.upkeep.checks import (
    CHECKS,
    Finding,
    Place,
    all_findings,
    devices,
    installed,
    machine,
    network,
    stored,
)

LANE = """
state_dir = "{state}"
[service]
url = "{url}"
[[lane]]
name = "till-1"
register = "{register}"
printer = "{printer}"
printer_profile = "xprinter-xp-80"
"""


def config(state: Path, **given: str) -> Config:
    facts = {"register": "tcp-listen://0.0.0.0:9100", "printer": "tcp://127.0.0.1:9", "url": ""} | given
    return parse_config(LANE.format(state=state, **facts), "test")


def write(root: Path, **files: str) -> None:
    for name, text in files.items():
        file = root / name.replace("__", "/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)


def put(root: Path, path: str, text: str) -> Path:
    file = root / path.lstrip("/")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return file


def verdicts(check: Callable[[Place], Iterator[Finding]], place: Place) -> list[str]:
    return [finding.verdict for finding in check(place)]


def only(check: Callable[[Place], Iterator[Finding]], place: Place, verdict: str) -> Finding:
    [finding] = [finding for finding in check(place) if finding.verdict == verdict]
    return finding


def test_on_an_empty_machine_every_check_says_something_and_none_fails(tmp_path: Path) -> None:
    place = Place(config=config(tmp_path / "state"), root=tmp_path, run=lambda command: None)
    found = list(all_findings(place))
    assert {code for code, _finding in found} == set(CHECKS)
    assert all(finding.hint for _code, finding in found if finding.verdict in ("bad", "warning"))


# ---- installed


def test_a_wrong_configuration_is_bad_and_says_why(tmp_path: Path) -> None:
    place = Place(fault=("mode = 'dream': must be print or observe", ""))
    [finding] = installed.configuration(place)
    assert (finding.verdict, "mode" in finding.what, bool(finding.hint)) == ("bad", True, True)


def test_a_state_folder_that_everybody_may_read_is_bad(tmp_path: Path) -> None:
    place = Place(config=config(tmp_path))
    tmp_path.chmod(0o750)
    assert verdicts(installed.state_folder, place) == ["good"]
    tmp_path.chmod(0o755)
    assert "chmod" in only(installed.state_folder, place, "bad").hint
    assert verdicts(installed.state_folder, Place(config=config(tmp_path / "none"))) == ["bad"]


def test_a_key_that_others_may_read_is_bad(tmp_path: Path) -> None:
    place = Place(config=config(tmp_path))
    assert verdicts(installed.keys, place) == ["warning"]
    key = make_key(tmp_path)
    adopt_key(tmp_path, key, bytes(6), "000000000000:1")
    assert verdicts(installed.keys, place) == ["good"]
    key.path.chmod(0o640)
    assert "bad" in verdicts(installed.keys, place)


@pytest.mark.parametrize(
    ("active", "enabled", "expected"),
    [("active", "enabled", "good"), ("failed", "enabled", "bad"), ("active", "disabled", "bad")],
)
def test_units_must_run_and_be_enabled(tmp_path: Path, active: str, enabled: str, expected: str) -> None:
    (tmp_path / "run/systemd/system").mkdir(parents=True)

    def systemctl(command: Any) -> str:
        if "bypass" in command[2]:
            return "inactive\n"
        return f"{active if command[1] == 'is-active' else enabled}\n"

    place = Place(config=config(tmp_path), root=tmp_path, run=systemctl)
    assert verdicts(installed.units, place) == [expected]


def test_a_lane_on_its_bypass_is_bad(tmp_path: Path) -> None:
    (tmp_path / "run/systemd/system").mkdir(parents=True)
    place = Place(config=config(tmp_path), root=tmp_path, run=lambda command: "active\n")
    assert "bypass off till-1" in [f.hint.removeprefix("sudo receiptbridge ") for f in installed.units(place)]


# ---- machine


@pytest.mark.parametrize(
    ("life", "before_end", "expected"),
    [("0x01 0x02", "0x01", "good"), ("0x09 0x01", "0x01", "warning"), ("0x0b 0x01", "0x01", "bad"),
     ("0x01 0x01", "0x02", "warning"), ("0x01 0x01", "0x03", "bad"), ("0x00 0x00", "0x00", "unknown")],
)  # fmt: skip
def test_flash_that_is_nearly_worn_is_named_in_time(
    tmp_path: Path, life: str, before_end: str, expected: str
) -> None:
    put(tmp_path, "sys/block/mmcblk0/device/life_time", life)
    put(tmp_path, "sys/block/mmcblk0/device/pre_eol_info", before_end)
    assert verdicts(machine.flash_wear, Place(root=tmp_path)) == [expected]


def test_errors_of_a_file_system_are_bad(tmp_path: Path) -> None:
    count = put(tmp_path, "sys/fs/ext4/mmcblk0p2/errors_count", "0\n")
    assert verdicts(machine.file_systems, Place(root=tmp_path)) == ["good"]
    count.write_text("3\n")
    assert "3 errors" in only(machine.file_systems, Place(root=tmp_path), "bad").what


def test_little_memory_heat_and_weak_power_are_found(tmp_path: Path) -> None:
    place = Place(root=tmp_path)
    put(tmp_path, "proc/meminfo", "MemTotal: 500000 kB\nMemAvailable:   40000 kB\n")
    assert verdicts(machine.memory, place) == ["bad"]
    zone = put(tmp_path, "sys/class/thermal/thermal_zone0/temp", "45000\n")
    assert verdicts(machine.heat_and_power, place) == ["good"]
    zone.write_text("85000\n")
    throttled = put(tmp_path, "sys/devices/platform/soc/soc:firmware/get_throttled", "50000\n")
    assert verdicts(machine.heat_and_power, place) == ["bad", "bad"]
    throttled.write_text("40000\n")
    assert verdicts(machine.heat_and_power, place) == ["bad", "warning"]


def test_room_clock_and_logs_are_told(tmp_path: Path) -> None:
    place = Place(config=config(tmp_path), root=tmp_path)
    assert verdicts(machine.disk_space, place)[0] in ("good", "warning", "bad")
    assert "MB free" in next(machine.disk_space(place)).what
    assert verdicts(machine.logs, place) == ["good"]
    put(tmp_path, "var/log/journal/0/system.journal", "x")
    assert verdicts(machine.logs, place) == ["good"]
    assert next(machine.clock(place)).verdict in ("good", "warning")


# ---- devices


def serial_lane(tmp_path: Path, path: str) -> Place:
    return Place(config=config(tmp_path, printer=f"serial:{path}?baud=9600"), root=tmp_path)


def test_a_serial_port_that_is_not_there_is_bad_and_one_that_is_probed_is_to_be_looked_at(
    tmp_path: Path,
) -> None:
    place = serial_lane(tmp_path, "/dev/serial/by-path/usb-0:1")
    assert verdicts(devices.serial_ports, place) == ["bad"]
    put(tmp_path, "dev/serial/by-path/usb-0:1", "")
    put(tmp_path, "proc/77/comm", "ModemManager\n")
    assert verdicts(devices.serial_ports, place) == ["good", "warning"]


def test_an_adapter_is_told_with_its_firmware_and_one_that_keeps_bytes_is_named(tmp_path: Path) -> None:
    usb = tmp_path / "sys/devices/usb1/1-1"
    for name, text in (("idVendor", "0403"), ("idProduct", "6001"), ("bcdDevice", "0600")):
        put(usb, name, text)
    port = usb / "1-1:1.0/ttyUSB0"
    latency = put(port, "latency_timer", "16\n")
    (tmp_path / "sys/bus/drivers/ftdi_sio").mkdir(parents=True)
    (port / "driver").symlink_to(tmp_path / "sys/bus/drivers/ftdi_sio")
    tty = tmp_path / "sys/class/tty/ttyUSB0"
    tty.mkdir(parents=True)
    (tty / "device").symlink_to(port)
    finding = only(devices.adapters, Place(root=tmp_path), "warning")
    assert "0403:6001, driver ftdi_sio, firmware 0600, keeps bytes for 16 ms" in finding.what
    latency.write_text("1\n")
    assert verdicts(devices.adapters, Place(root=tmp_path)) == ["good"]


def test_a_usb_printer_is_found_by_its_ids_or_its_port(tmp_path: Path) -> None:
    put(tmp_path, "sys/bus/usb/devices/1-1.2/idVendor", "04b8")
    put(tmp_path, "sys/bus/usb/devices/1-1.2/idProduct", "0202")
    for address, expected in (
        ("usb:04b8:0202", "good"), ("usb:04b8:0203", "bad"), ("usb-path:1-1.2", "good"), ("usb-path:1-1.3", "bad"),
    ):  # fmt: skip
        place = Place(config=config(tmp_path, printer=address), root=tmp_path)
        assert verdicts(devices.usb, place) == [expected], address


def test_a_gadget_needs_a_port_that_can_be_a_device(tmp_path: Path) -> None:
    place = Place(config=config(tmp_path, register="gadget:/dev/g_printer0"), root=tmp_path)
    assert "receiptbridge-gadget" in only(devices.usb, place, "bad").hint
    put(tmp_path, "dev/g_printer0", "")
    assert "OTG" in only(devices.usb, place, "bad").hint
    put(tmp_path, "sys/class/udc/fe980000.usb/state", "")
    assert verdicts(devices.usb, place) == ["good"]


def test_whoever_else_holds_a_lanes_device_is_named(tmp_path: Path) -> None:
    device = put(tmp_path, "dev/usb/lp0", "")
    place = Place(config=config(tmp_path, printer="file:/dev/usb/lp0"), root=tmp_path)
    assert "free" in only(devices.holders, place, "good").what
    put(tmp_path, "proc/4711/comm", "cupsd\n")
    (tmp_path / "proc/4711/fd").mkdir()
    (tmp_path / "proc/4711/fd/3").symlink_to(device)
    finding = only(devices.holders, place, "bad")
    assert "held by cupsd (process 4711)" in finding.what
    assert "kill 4711" in finding.hint


# ---- stored


def test_a_damaged_journal_is_bad_and_a_whole_one_good(tmp_path: Path) -> None:
    place = Place(config=config(tmp_path))
    assert verdicts(stored.journal, place) == verdicts(stored.queue, place) == ["unknown"]
    Journal.open(tmp_path / FILE_NAME).close()
    assert verdicts(stored.journal, place) == verdicts(stored.queue, place) == ["good"]
    with (tmp_path / FILE_NAME).open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 4096)
    damaged = [finding for code, finding in all_findings(place) if code == "journal"]
    assert [finding.verdict for finding in damaged] == ["bad"]


# ---- network


def test_a_printer_is_tried_only_where_its_lane_does_not_run(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as printer:
        place = Place(config=config(tmp_path, printer=f"tcp://127.0.0.1:{printer.getsockname()[1]}"))
        assert verdicts(network.printers, place) == ["good"]
    assert "does not answer" in only(network.printers, place, "bad").what


def test_a_running_lane_is_asked_and_its_printer_left_alone(tmp_path: Path) -> None:
    with start_box(tmp_path, "CNY") as box:
        place = Place(config=parse_config((tmp_path / "config.toml").read_text(), "test"))
        until = time.monotonic() + 30
        while (box_says := place.lane_says("till-1")) is None:
            assert time.monotonic() < until
        assert box_says["printer_connected"] is False
        assert verdicts(network.printers, place) == ["unknown"]
        box.printer.settimeout(0.05)
        with pytest.raises(TimeoutError):
            box.printer.accept()


class Service(BaseHTTPRequestHandler):
    status = 200
    date = ""

    def do_GET(self) -> None:
        self.send_response_only(self.status)
        self.send_header("Date", self.date or self.date_time_string())
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def served() -> Iterator[tuple[type[Service], HTTPServer]]:
    handler = type("One", (Service,), {})
    with HTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield handler, server
        server.shutdown()
        thread.join()


def test_the_service_answers_or_it_is_said_why_not(
    served: tuple[type[Service], HTTPServer], tmp_path: Path
) -> None:
    handler, server = served
    place = Place(config=config(tmp_path, url=f"http://127.0.0.1:{server.server_port}"))
    assert verdicts(network.service, place) == ["good"]
    handler.date = "Sun, 06 Nov 1994 08:49:37 GMT"
    assert "clock" in only(network.service, place, "warning").what
    handler.status = 404
    assert "404" in only(network.service, place, "bad").what
    assert verdicts(network.service, Place(config=config(tmp_path))) == ["unknown"]
    for url in ("http://127.0.0.1:9", "https://no-such-name.invalid"):
        assert verdicts(network.service, Place(config=config(tmp_path, url=url))) == ["bad"]


def test_a_certificate_that_nobody_trusts_is_bad(
    served: tuple[type[Service], HTTPServer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _handler, server = served
    certificate = self_signed(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    place = Place(config=config(tmp_path, url=f"https://localhost:{server.server_port}"))
    assert "certificate" in only(network.service, place, "bad").what
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert "ends in 2 days" in only(network.service, place, "warning").what


def self_signed(folder: Path) -> Path:
    """Of localhost, for 3 days from now."""
    import datetime

    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=3))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / "localhost.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return file
