"""The inline process as a whole: how soon it forwards its first byte, and what it keeps resident."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.table import Row, table
from receiptbridge.identity import adopt_key, make_key

STARTS = 5
RECEIPTS = 10_000
JOBS_A_CONNECTION = 50
CAPTURE = Path(__file__).parents[1] / "hardware_sim" / "captures" / "corpus" / "d0001.bin"
NUMBER = b"120260868256"  # of the captured receipt: the same one twice would be a reprint

_CONFIG = """
state_dir = "{state}"
[service]
claim_prefix = "HTTPS://M.EXAMPLE.COM/C/"
[[lane]]
name = "bench"
mode = "print"
register = "tcp-listen://127.0.0.1:{register}"
printer = "tcp://127.0.0.1:{printer}"
printer_profile = "xprinter-xp-80"
"""


def main() -> None:
    print(table("The inline process", [_starting(), *_resident()]))


def _starting() -> Row:
    times = []
    for _ in range(STARTS):
        with tempfile.TemporaryDirectory() as state, socket.create_server(("127.0.0.1", 0)) as printer:
            began = time.perf_counter()
            with _box(Path(state), printer) as (register, _), _connected(register) as till:
                till.sendall(b"x")
                connection, _ = printer.accept()
                with connection:
                    connection.recv(1)
                times.append(time.perf_counter() - began)
    return _figure("first byte forwarded after start, s", f"{sorted(times)[STARTS // 2]:.2f}", "0.50")


def _resident() -> list[Row]:
    job, figures = CAPTURE.read_bytes(), []
    with tempfile.TemporaryDirectory() as state, socket.create_server(("127.0.0.1", 0)) as printer:
        folder = Path(state)
        adopt_key(folder, make_key(folder), bytes(range(6)), "000102030405:1")
        with _box(folder, printer) as (register, process):
            for done in range(0, RECEIPTS, JOBS_A_CONNECTION):
                _play(register, printer, job, done)
                if not done:
                    figures.append(_resident_of(process, JOBS_A_CONNECTION))
            figures.append(_resident_of(process, RECEIPTS))
    return figures


def _play(register: int, printer: socket.socket, job: bytes, first: int) -> None:
    with _connected(register) as till:
        connection, _ = printer.accept()
        with connection:
            connection.settimeout(10)
            for number in range(first, first + JOBS_A_CONNECTION):
                till.sendall(job.replace(NUMBER, b"%012d" % number))
                _until_cut(connection)
            till.shutdown(socket.SHUT_WR)
            while connection.recv(65536):
                pass


def _until_cut(connection: socket.socket) -> None:
    got = b""
    while not got.endswith((b"\x1dV\x00", b"\x1dV\x01", b"\x1dVB\x00", b"\x1bi", b"\x1bm")):
        got += connection.recv(65536)


def _resident_of(process: subprocess.Popen[bytes], receipts: int) -> Row:
    status = Path(f"/proc/{process.pid}/status").read_text()
    kilobytes = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
    return _figure(f"resident after {receipts} receipts, MB", f"{kilobytes / 1024:.1f}", "64")


def _figure(what: str, measured: str, budget: str) -> Row:
    return {"what": what, "measured": measured, "budget": budget}


@contextlib.contextmanager
def _box(state: Path, printer: socket.socket) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        register = int(probe.getsockname()[1])
    config = state / "config.toml"
    config.write_text(_CONFIG.format(state=state, register=register, printer=printer.getsockname()[1]))
    command = [sys.executable, "-m", "receiptbridge", "run", "--config", str(config)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        yield register, process
    finally:
        process.terminate()
        process.wait()


def _connected(port: int) -> socket.socket:
    while True:
        with contextlib.suppress(ConnectionRefusedError):
            return socket.create_connection(("127.0.0.1", port))
        time.sleep(0.005)
