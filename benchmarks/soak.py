"""Three days of a counter in minutes: memory must stay flat, and no descriptor may leak.

python -m benchmarks soak [--hours 72]: the box's own process, a till that polls, sells, hangs up and comes
back, and a printer that now and then is switched off. Looks at /proc/PID once an hour of the counter's time.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import socket
import struct
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.process import _box, _connected
from benchmarks.table import Row, table
from receiptbridge.identity import adopt_key, make_key

HOURS = 72
# An hour of a busy counter: a sale every minute and a half, a question every ten seconds between two of them.
SALES_AN_HOUR = 40
POLLS_A_SALE = 9
# The printer is switched off and on once in four hours, and the till's program is started again as often.
TROUBLE_EVERY = 4

# What may be resident more at the end than after the first eighth: the allocator's own pieces, nothing by the hour.
GROWTH_MOST_KB = 2048
STATUS, ANSWER = b"\x10\x04\x01", b"\x16"
CAPTURE = Path(__file__).parents[1] / "hardware_sim" / "captures" / "corpus" / "d0001.bin"
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the box has at the end of an hour."""

    hour: int
    resident_kb: int
    descriptors: int
    threads: int


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks soak", description=__doc__)
    parser.add_argument("--hours", type=int, default=HOURS)
    readings = soak(parser.parse_args(arguments).hours)
    shown = readings[:: max(1, len(readings) // 12)]
    print(table(f"{len(readings)} hours of a counter", [_row(reading) for reading in shown]))
    settled, last = readings[len(readings) // 8], readings[-1]
    grown = last.resident_kb - settled.resident_kb
    print(
        f"memory since hour {settled.hour}: {grown:+d} kB; descriptors: {last.descriptors - settled.descriptors:+d}"
    )
    if grown > GROWTH_MOST_KB or last.descriptors > settled.descriptors:
        raise SystemExit("it grows")


def soak(hours: int) -> list[Reading]:
    """Play so many hours, as fast as the box takes them."""
    with tempfile.TemporaryDirectory() as state, socket.socket() as printer:
        folder = Path(state)
        adopt_key(folder, make_key(folder), bytes(range(6)), "000102030405:1")
        printer.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        printer.bind(("127.0.0.1", 0))
        printer.listen(8)
        device = _Device(printer)
        with _box(folder, printer) as (register, process), device.running():
            readings = []
            for hour in range(hours):
                _hour(register, device, trouble=hour % TROUBLE_EVERY == 0)
                readings.append(_look(process, hour))
            return readings


class _Device:
    """A printer that answers every question, and breaks off when it is told to."""

    def __init__(self, listener: socket.socket) -> None:
        self._listener = listener
        self._connection: socket.socket | None = None

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        threading.Thread(target=self._serve, daemon=True).start()
        yield

    def break_off(self) -> None:
        """As a printer that loses its power: the connection is reset."""
        if self._connection is not None:
            self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
            self._connection.shutdown(socket.SHUT_RD)

    def _serve(self) -> None:
        while True:
            with contextlib.suppress(OSError):
                connection, _ = self._listener.accept()
                with connection:
                    self._connection = connection
                    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    self._answer(connection)

    def _answer(self, connection: socket.socket) -> None:
        tail = b""
        while data := connection.recv(65536):
            tail += data
            if asked := tail.count(STATUS):
                connection.sendall(ANSWER * asked)
                tail = tail.rpartition(STATUS)[2]
            tail = tail[-2:]


def _hour(register: int, device: _Device, *, trouble: bool) -> None:
    """One connection that is kept; with trouble, the printer breaks off in the middle and the till comes back."""
    sale = CAPTURE.read_bytes()
    with _connected(register) as till:
        _sell(till, sale, SALES_AN_HOUR // 2)
        if trouble:
            till.sendall(sale[: len(sale) // 2])
            device.break_off()
            with contextlib.suppress(OSError):
                while till.recv(4096):
                    pass
    with _connected(register) as till:
        _sell(till, sale, SALES_AN_HOUR - SALES_AN_HOUR // 2)


def _sell(till: socket.socket, sale: bytes, sales: int) -> None:
    till.settimeout(30)
    for _ in range(sales):
        for _ in range(POLLS_A_SALE):
            till.sendall(STATUS)
            till.recv(1)
        till.sendall(sale + STATUS)
        till.recv(1)


def _look(process: subprocess.Popen[bytes], hour: int) -> Reading:
    folder = Path(f"/proc/{process.pid}")
    status = dict(line.split(":", 1) for line in (folder / "status").read_text().splitlines() if ":" in line)
    resident, threads = (int(status[key].split()[0]) for key in ("VmRSS", "Threads"))
    return Reading(hour, resident, len(os.listdir(folder / "fd")), threads)


def _row(reading: Reading) -> Row:
    return {
        "hour": str(reading.hour),
        "resident, MB": f"{reading.resident_kb / 1024:.1f}",
        "descriptors": str(reading.descriptors),
        "threads": str(reading.threads),
    }
