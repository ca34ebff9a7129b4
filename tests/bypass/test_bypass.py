"""The program that stands in for a lane: its own process, real sockets and terminals, nothing of receiptbridge."""

from __future__ import annotations

import ast
import contextlib
import os
import select
import socket
import subprocess
import sys
import termios
import time
import tty
from collections.abc import Iterator
from pathlib import Path

import pytest
from box_rig import connected
from captures import captures
from lane_rig import PATIENCE, free_port

import receiptbridge_bypass
from receiptbridge_bypass.opening import checked, may_print

ROOT = Path(__file__).parents[2]
FILES = sorted(Path(receiptbridge_bypass.__file__).parent.glob("*.py"))
JOBS = b"".join(capture.data for capture in captures()[:40])


@contextlib.contextmanager
def bypass(
    folder: Path, register: str, printer: str, *, config: str | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A bypass as systemd starts it; where `config` is wrong, the addresses are in the last good copy."""
    good = f'[[lane]]\nname = "till-1"\nregister = "{register}"\nprinter = "{printer}"\n'
    (folder / "config.toml").write_text(config or good)
    if config:
        (folder / "last-good.toml").write_text(good)
    process = subprocess.Popen(
        [sys.executable, "-S", "-m", "receiptbridge_bypass", "till-1"],
        env={
            "PYTHONPATH": str(ROOT),
            "RECEIPTBRIDGE_CONFIG": str(folder / "config.toml"),
            "STATE_DIRECTORY": str(folder),
        },
        stderr=subprocess.PIPE,
    )
    try:
        yield process
    finally:
        process.terminate()
        assert process.stderr
        process.stderr.close()
        assert process.wait(PATIENCE) == 0


@contextlib.contextmanager
def printer_port() -> Iterator[tuple[socket.socket, int]]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(PATIENCE)
        yield listener, listener.getsockname()[1]


def read_all(connection: socket.socket) -> bytes:
    connection.settimeout(PATIENCE)
    return b"".join(iter(lambda: connection.recv(65536), b""))


def send_job(port: int, listener: socket.socket, job: bytes) -> bytes:
    """What the printer got of a job that a register sent and then hung up."""
    with connected(port) as register:
        printer, _ = listener.accept()
        with printer:
            register.sendall(job)
            register.shutdown(socket.SHUT_WR)
            got = read_all(printer)
        assert read_all(register) == b""
    return got


def test_jobs_pass_whole_one_after_the_other_and_both_sides_close(tmp_path: Path):
    port = free_port()
    with (
        printer_port() as (listener, printer),
        bypass(tmp_path, f"tcp-listen://127.0.0.1:{port}", f"tcp://127.0.0.1:{printer}"),
    ):
        assert [send_job(port, listener, job) for job in (b"one", b"two")] == [b"one", b"two"]


def test_the_printer_is_heard(tmp_path: Path):
    port = free_port()
    with (
        printer_port() as (listener, printer_at),
        bypass(tmp_path, f"tcp-listen://127.0.0.1:{port}", f"tcp://127.0.0.1:{printer_at}"),
        connected(port) as register,
    ):
        printer, _ = listener.accept()
        with printer:
            register.sendall(b"\x10\x04\x01")
            assert printer.recv(3) == b"\x10\x04\x01"
            printer.sendall(b"\x16")
            assert register.recv(1) == b"\x16"


def test_a_register_is_reset_while_the_printer_refuses_and_served_when_it_is_there(tmp_path: Path):
    port, printer_at = free_port(), free_port()
    with bypass(tmp_path, f"tcp-listen://127.0.0.1:{port}", f"tcp://127.0.0.1:{printer_at}"):
        with pytest.raises(ConnectionResetError), connected(port) as refused:
            refused.recv(1)
        with socket.create_server(("127.0.0.1", printer_at)) as listener:
            listener.settimeout(PATIENCE)
            assert send_job(port, listener, b"after") == b"after"


@pytest.mark.parametrize(
    "config",
    [
        "[[lane]\n",
        '[[lane]]\nname = "till-9"\n',
        '[[lane]]\nname = "till-1"\nregister = "tpc:x"\nprinter = 3\n',
    ],
)
def test_a_configuration_that_is_wrong_gives_way_to_the_last_good_one(tmp_path: Path, config: str):
    port = free_port()
    with (
        printer_port() as (listener, printer),
        bypass(tmp_path, f"tcp-listen://127.0.0.1:{port}", f"tcp://127.0.0.1:{printer}", config=config),
    ):
        assert send_job(port, listener, b"job") == b"job"


def test_without_any_address_it_says_so_in_one_line(tmp_path: Path):
    done = subprocess.run(
        [sys.executable, "-S", "-m", "receiptbridge_bypass", "till-1"],
        env={"PYTHONPATH": str(ROOT), "STATE_DIRECTORY": str(tmp_path), "RECEIPTBRIDGE_CONFIG": "/none"},
        capture_output=True, text=True, timeout=PATIENCE,
    )  # fmt: skip
    assert done.returncode == 1
    assert "does not know what to connect" in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr


def test_forty_receipts_pass_between_terminals_unchanged_and_replies_come_back(tmp_path: Path):
    own, printer = os.openpty()
    tty.setraw(printer)
    till = tmp_path / "till"
    with bypass(tmp_path, f"pty:{till}", f"file:{os.ttyname(printer)}") as process:
        assert process.stderr
        process.stderr.readline()
        while not till.is_symlink():
            assert process.poll() is None
        register = os.open(till, os.O_RDWR | os.O_NOCTTY)
        assert exchange(register, own, JOBS) == JOBS
        assert exchange(own, register, b"\x16\x12\r\n\x03") == b"\x16\x12\r\n\x03"
        os.close(register)
    os.close(own)
    os.close(printer)


def test_a_device_stays_open_between_the_jobs_of_a_network_till_and_is_opened_anew_when_it_was_gone(
    tmp_path: Path,
):
    """Closed at a job's end, usblp would take back what the printer has not taken yet."""
    port, device = free_port(), tmp_path / "lp0"
    with contextlib.ExitStack() as plugged:
        own = plug_in(device, plugged)
        with bypass(tmp_path, f"tcp-listen://127.0.0.1:{port}", f"file:{device}") as process:
            for job in (b"one", b"two"):
                send_to_device(port, job)
                assert os.read(own, 16) == job
                os.write(own, b"\x12")  # too late to be an answer
            assert str(device.readlink()) in open_files(process.pid)
            plugged.close()
            own = plug_in(device, plugged)
            send_to_device(port, b"three")
            assert os.read(own, 16) == b"three"


def plug_in(device: Path, plugged: contextlib.ExitStack) -> int:
    """A terminal that plays a printer by that name; the end by which it hears."""
    own, other = os.openpty()
    plugged.callback(os.close, own)
    plugged.callback(os.close, other)
    tty.setraw(other)
    device.unlink(missing_ok=True)
    device.symlink_to(os.ttyname(other))
    return own


def send_to_device(port: int, job: bytes) -> None:
    with connected(port) as register:
        register.sendall(job)
        register.shutdown(socket.SHUT_WR)
        assert read_all(register) == b""


def open_files(process: int) -> list[str]:
    return [os.readlink(file) for file in Path(f"/proc/{process}/fd").iterdir()]


def exchange(sender: int, receiver: int, data: bytes) -> bytes:
    """Send while the other end is read; what arrived."""
    got, left = b"", data
    while len(got) < len(data):
        readable, writable, _ = select.select([receiver], [sender] if left else [], [], PATIENCE)
        assert readable or writable, f"{len(got)} of {len(data)} bytes arrived"
        if writable:
            left = left[os.write(sender, left[:256]) :]
        if readable:
            got += os.read(receiver, 4096)
    return got


def test_a_slow_printer_holds_the_register_back(tmp_path: Path):
    port = free_port()
    with (
        printer_port() as (listener, printer_at),
        bypass(tmp_path, f"tcp-listen://127.0.0.1:{port}", f"tcp://127.0.0.1:{printer_at}"),
        connected(port) as register,
    ):
        register.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 8192)
        printer, _ = listener.accept()
        with printer:
            sent = 0
            while select.select([], [register], [], 1.0)[1]:
                sent += register.send(bytes(4096))
                assert sent < 8_000_000, "the bypass swallows without end"


def test_what_was_received_before_the_stop_still_reaches_the_printer(tmp_path: Path):
    port = free_port()
    with printer_port() as (listener, printer_at):
        with (
            bypass(tmp_path, f"tcp-listen://127.0.0.1:{port}", f"tcp://127.0.0.1:{printer_at}"),
            connected(port) as register,
        ):
            printer, _ = listener.accept()
            register.sendall(b"last words")
            assert select.select([printer], [], [], PATIENCE)[0]
        with printer:
            assert read_all(printer) == b"last words"


def test_a_register_that_the_lane_would_not_serve_is_reset_and_the_next_is_served(tmp_path: Path):
    port = free_port()
    with (
        printer_port() as (listener, printer),
        bypass(
            tmp_path, f"tcp-listen://0.0.0.0:{port}?allow=127.0.0.2,10.0.0.0/8", f"tcp://127.0.0.1:{printer}"
        ),
    ):
        with pytest.raises(ConnectionResetError), connected(port) as stranger:
            stranger.recv(1)
        with socket.create_connection(("127.0.0.1", port), PATIENCE, ("127.0.0.2", 0)) as register:
            register.sendall(b"mine")
            connection, _ = listener.accept()
            with connection:
                assert connection.recv(4) == b"mine"


@pytest.mark.parametrize(
    ("peer", "allow", "may"),
    [
        ("192.168.1.7", "", True),
        ("192.168.1.7", "?allow=192.168.1.7", True),
        ("192.168.1.7", "?interface=eth0&allow=10.0.0.1,192.168.1.0/24", True),
        ("::ffff:192.168.1.7", "?allow=192.168.1.0/24", True),
        ("192.168.2.7", "?allow=192.168.1.0/24", False),
        ("fe80::1%eth0", "?allow=192.168.1.0/24", False),
        ("fe80::1%eth0", "?allow=fe80::/10", True),
    ],
)
def test_who_may_print_is_read_off_the_lanes_address(peer: str, allow: str, may: bool):
    assert may_print(peer, f"tcp-listen://0.0.0.0:9100{allow}") is may


@pytest.mark.parametrize(
    "address",
    [
        "tcp-listen://0.0.0.0:9100?allow=printer",
        "tpc://1.2.3.4:9100",
        "tcp://1.2.3.4:99999",
        "tcp://1.2.3.4:x",
        "",
    ],
)
def test_an_address_that_cannot_be_meant_is_no_address(address: str):
    with pytest.raises(ValueError, match=r"no address|invalid literal|IPv4 or IPv6"):
        checked(address)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_it_stands_on_the_standard_library_alone(file: Path):
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        names = (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        )  # fmt: skip
        for name in names:
            assert name.split(".")[0] in sys.stdlib_module_names | {"receiptbridge_bypass"}


def test_serial_lines_are_set_as_their_addresses_say_and_pass_every_byte(tmp_path: Path):
    """Pseudo-terminals keep settings, though they have no line."""
    (till, register), (paper, printer) = os.openpty(), os.openpty()
    with bypass(
        tmp_path,
        f"serial:{os.ttyname(register)}?baud=38400&bits=8&parity=N&stop=1&flow=none",
        f"serial:{os.ttyname(printer)}?baud=115200&stop=2&flow=none",
    ) as process:
        assert process.stderr
        process.stderr.readline()
        wait_for_speed(register, termios.B38400)
        wait_for_speed(printer, termios.B115200)
        every = bytes(range(256)) * 4
        assert exchange(till, paper, every) == every
        assert exchange(paper, till, every) == every
        assert termios.tcgetattr(printer)[2] & termios.CSTOPB
    for descriptor in (till, register, paper, printer):
        os.close(descriptor)


def test_a_register_with_xonxoff_is_let_go_on_and_its_bytes_are_data(tmp_path: Path):
    (till, register), (paper, printer) = os.openpty(), os.openpty()
    with bypass(
        tmp_path,
        f"serial:{os.ttyname(register)}?baud=38400&flow=xonxoff",
        f"serial:{os.ttyname(printer)}?baud=38400&flow=xonxoff",
    ):
        wait_for_speed(printer, termios.B38400)
        assert os.read(till, 1) == b"\x11"
        every = bytes(range(256)) * 4
        assert exchange(till, paper, every) == every
    for descriptor in (till, register, paper, printer):
        os.close(descriptor)


def wait_for_speed(descriptor: int, speed: int) -> None:
    until = time.monotonic() + PATIENCE
    while termios.tcgetattr(descriptor)[4] != speed:
        assert time.monotonic() < until
        time.sleep(0.01)
