"""A running box: its own process, real sockets, a journal on disk. The test plays register and printer."""

from __future__ import annotations

import contextlib
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from lane_driver import PREFIX
from lane_rig import PATIENCE, free_port

from receiptbridge.identity import adopt_key, make_key

PRINTER = "xprinter-xp-80"

CONFIG = """
state_dir = "{state}"
[service]
url = "http://127.0.0.1:9"
claim_prefix = "{prefix}"
[points]
currency = "{currency}"
minor_per_point = 1
[[lane]]
name = "till-1"
mode = "print"
register = "tcp-listen://127.0.0.1:{register}"
printer = "tcp://127.0.0.1:{printer}"
printer_profile = "{profile}"
"""


@dataclass
class Box:
    """`receiptbridge run` with its state on disk, and the listening socket that plays its printer."""

    state: Path
    register: int
    printer: socket.socket
    public_key: Ed25519PublicKey
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "receiptbridge", "run", "--config", str(self.state / "config.toml")]
        with (self.state / "log").open("ab") as log:
            self.process = subprocess.Popen(command, stderr=log)

    def stop(self, signal_: signal.Signals = signal.SIGTERM) -> None:
        if self.process is not None:
            self.process.send_signal(signal_)
            self.process.wait()
            self.process = None

    def job(self, data: bytes) -> bytes:
        """Send a job as a register does; what the printer got."""
        with contextlib.ExitStack() as held:
            register = held.enter_context(connected(self.register))
            register.sendall(data)
            register.shutdown(socket.SHUT_WR)
            connection, _ = self.printer.accept()
            with connection:
                got = b"".join(iter(lambda: connection.recv(65536), b""))
            assert register.recv(1) == b""
            return got


@contextlib.contextmanager
def start_box(state: Path, currency: str) -> Iterator[Box]:
    """A box that is enrolled and runs until the end of the block."""
    key = make_key(state)
    adopt_key(state, key, bytes.fromhex("0123456789ab"), "0123456789ab:1")
    with socket.create_server(("127.0.0.1", 0)) as printer:
        printer.settimeout(PATIENCE)
        box = Box(state, free_port(), printer, key.private_key.public_key())
        (state / "config.toml").write_text(
            CONFIG.format(
                state=state, prefix=PREFIX, currency=currency, register=box.register,
                printer=printer.getsockname()[1], profile=PRINTER,
            )
        )  # fmt: skip
        box.start()
        try:
            yield box
        finally:
            box.stop()


def connected(port: int) -> socket.socket:
    """A connection to a box that may still be starting."""
    for _ in range(500):
        with contextlib.suppress(ConnectionRefusedError):
            return socket.create_connection(("127.0.0.1", port), timeout=10)
        time.sleep(0.02)
    raise AssertionError("the box does not listen")
