"""Latency through the box, side by side with socat: a status round trip, a drawer kick, and a chunk of text.

All relays run at the same time between the same two ends, and the rounds go to them in turn, so that whatever
else the machine does falls on all alike. The bare asyncio relay (TCP only) shows how much of the distance to
socat is Python's event loop, and how much the box itself.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import termios
import threading
import time
import tty
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.table import Row, table

ROUNDS = 2000
WARM_UP = 200
SETTLED_AFTER = 1.5  # seconds: the box has read its words and opened its journal by then
STATUS = b"\x10\x04\x01"
ANSWER = b"\x16"
# The drawer opens when these bytes arrive; the answer to the question behind them tells when they have.
KICK = b"\x1bp\x00\x19\xfa" + STATUS
# A receipt's text line by line, ended by the question whose answer shows that all of it has arrived.
TEXT = b"\x1b@" + b"Red apples 1kg       2     5.90    11.80\n" * 24 + STATUS

_CONFIG = """
state_dir = "{state}"
[[lane]]
name = "bench"
mode = "print"
register = "{register}"
printer = "{printer}"
"""

End = tuple[Callable[[bytes], object], Callable[[int], bytes]]


def main() -> None:
    if shutil.which("socat") is None:
        print("latency: socat is not installed (apt install socat)", file=sys.stderr)
        return
    rows = [row for rig in (tcp, pty, serial) for row in _rig_rows(rig)]
    print(table("Latency through the box and through socat, microseconds", rows))


def _rig_rows(rig: Callable[[Path], contextlib.AbstractContextManager[dict[str, End]]]) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder, rig(Path(folder)) as ends:
        time.sleep(SETTLED_AFTER)
        for what, question in (("status", STATUS), ("drawer kick", KICK), (f"text, {len(TEXT)} bytes", TEXT)):
            times = _in_turn(ends, question)
            for share in (50, 99):
                figures = {name: _percentile(values, share) for name, values in times.items()}
                yield {
                    "link": rig.__name__,
                    "what": what,
                    "": f"p{share}",
                    "box": f"{figures['box']:.0f}",
                    "socat": f"{figures['socat']:.0f}",
                    "bare asyncio": f"{figures['bare']:.0f}" if "bare" in figures else "",
                    "box / socat": f"{figures['box'] / figures['socat']:.2f}",
                    "budget": "2.00",
                }


def _in_turn(ends: dict[str, End], question: bytes) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {name: [] for name in ends}
    for round_ in range(WARM_UP + ROUNDS):
        for name, (send, receive) in ends.items():
            began = time.perf_counter()
            send(question)
            receive(1)
            if round_ >= WARM_UP:
                times[name].append((time.perf_counter() - began) * 1e6)
    return times


def _percentile(values: list[float], share: int) -> float:
    return sorted(values)[min(len(values) - 1, len(values) * share // 100)]


@contextlib.contextmanager
def tcp(folder: Path) -> Iterator[dict[str, End]]:
    """Both relays between TCP sockets, each with an answering printer behind it."""
    with contextlib.ExitStack() as held:
        ends = {}
        for name, start in (("box", _start_box), ("socat", _start_socat), ("bare", _start_bare)):
            register, printer = _free_port(), _free_port()
            held.enter_context(_answering_socket(printer))
            addresses = f"tcp-listen://127.0.0.1:{register}", f"tcp://127.0.0.1:{printer}"
            held.enter_context(start(folder / name, *addresses))
            connection = held.enter_context(_connected(register))
            ends[name] = (connection.sendall, connection.recv)
        yield ends


@contextlib.contextmanager
def pty(folder: Path) -> Iterator[dict[str, End]]:
    """Both relays between pseudo-terminals."""
    with contextlib.ExitStack() as held:
        ends = {}
        for name, start in (("box", _start_box), ("socat", _start_socat)):
            register, printer = folder / f"{name}-register", folder / f"{name}-printer"
            held.enter_context(start(folder / name, f"pty:{register}", f"pty:{printer}"))
            _answer_on(_terminal(printer))
            ours = _terminal(register)
            ends[name] = (_writer(ours), _reader(ours))
        _begin_a_job(ends)
        yield ends


@contextlib.contextmanager
def serial(folder: Path) -> Iterator[dict[str, End]]:
    """Both relays on serial ports, which are pseudo-terminals of ours."""
    with contextlib.ExitStack() as held:
        ends = {}
        for name, start in (("box", _start_box), ("socat", _start_socat)):
            (till, register), (device, printer) = os.openpty(), os.openpty()
            for terminal in (register, printer):
                tty.setraw(terminal)
            addresses = [f"serial:{os.ttyname(terminal)}?baud=115200" for terminal in (register, printer)]
            held.enter_context(start(folder / name, *addresses))
            while name == "box" and not termios.tcgetattr(printer)[0] & termios.IGNBRK:
                time.sleep(0.02)  # opening a port throws away what came before
            _answer_on(device)
            ends[name] = (_writer(till), _reader(till))
        _begin_a_job(ends)
        yield ends


def _begin_a_job(ends: dict[str, End]) -> None:
    """A line is read by the box from the first ESC @ after a second of silence on."""
    time.sleep(1.2)
    for send, receive in ends.values():
        send(b"\x1b@" + STATUS)
        receive(1)


def _writer(descriptor: int) -> Callable[[bytes], object]:
    return lambda data: os.write(descriptor, data)


def _reader(descriptor: int) -> Callable[[int], bytes]:
    return lambda count: os.read(descriptor, count)


@contextlib.contextmanager
def _start_box(folder: Path, register: str, printer: str) -> Iterator[None]:
    folder.mkdir()
    config = folder / "config.toml"
    config.write_text(_CONFIG.format(state=folder, register=register, printer=printer))
    with _process(sys.executable, "-m", "receiptbridge", "run", "--config", str(config)):
        yield


@contextlib.contextmanager
def _start_socat(folder: Path, register: str, printer: str) -> Iterator[None]:
    with _process("socat", _for_socat(register), _for_socat(printer)):
        yield


@contextlib.contextmanager
def _start_bare(folder: Path, register: str, printer: str) -> Iterator[None]:
    ports = (address.rpartition(":")[2] for address in (register, printer))
    with _process(sys.executable, "-m", "benchmarks.bare_relay", *ports):
        yield


def _for_socat(address: str) -> str:
    if address.startswith("pty:"):
        return f"PTY,link={address.removeprefix('pty:')},raw,echo=0"
    if address.startswith("serial:"):
        return f"OPEN:{address.removeprefix('serial:').partition('?')[0]},raw,echo=0"
    kind, _, where = address.partition("://")
    if kind == "tcp-listen":
        host, _, port = where.rpartition(":")
        return f"TCP-LISTEN:{port},bind={host},reuseaddr,nodelay"
    return f"TCP:{where},nodelay"


@contextlib.contextmanager
def _process(*command: str) -> Iterator[None]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


@contextlib.contextmanager
def _answering_socket(port: int) -> Iterator[None]:
    """A printer that answers each status question with one byte."""
    with socket.create_server(("127.0.0.1", port)) as listener:
        threading.Thread(target=_accept_and_answer, args=(listener,), daemon=True).start()
        yield


def _accept_and_answer(listener: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while True:
            connection, _ = listener.accept()
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            _answer(connection.recv, connection.sendall)


def _answer_on(descriptor: int) -> None:
    threading.Thread(target=_answer, args=(_reader(descriptor), _writer(descriptor)), daemon=True).start()


def _answer(receive: Callable[[int], bytes], send: Callable[[bytes], object]) -> None:
    tail = b""
    with contextlib.suppress(OSError):
        while data := receive(4096):
            tail += data
            for _ in range(tail.count(STATUS)):
                send(ANSWER)
            tail = tail[-2:] if STATUS not in tail else tail.rpartition(STATUS)[2]


@contextlib.contextmanager
def _connected(port: int) -> Iterator[socket.socket]:
    with socket.socket() as connection:
        while connection.connect_ex(("127.0.0.1", port)):
            time.sleep(0.02)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        yield connection


def _terminal(path: Path) -> int:
    while not path.exists():
        time.sleep(0.02)
    descriptor = os.open(path, os.O_RDWR | os.O_NOCTTY)
    tty.setraw(descriptor)
    return descriptor


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
