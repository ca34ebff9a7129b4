"""The guest: booted, asked to run commands, and played register and printer to."""

from __future__ import annotations

import contextlib
import json
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from appliance.image import Images

BOOT_MOST = 900.0  # seconds of the host, under software emulation on a busy machine
ANSWER_MOST = 1800.0  # one command in the guest; an upgrade compiles all Python that there is in the package
PORTS = ("agent", "register", "printer")
LINES = ("till-s-register", "till-s-printer")  # FTDI adapters
UART = "uart"  # a 16550; its socket speaks Telnet, in which a break can be said
MACHINE = ("-cpu", "max", "-m", "768", "-display", "none", "-nodefaults")
# The guest's clock goes by the instructions it has executed, 2 ns each: however busy the host is, the guest is a box of
# 500 million instructions a second, and what it has 250 ms for it does in 250 ms of its own.
BY_ITS_INSTRUCTIONS = ("-accel", "tcg,thread=single", "-icount", "shift=1,sleep=on")


class Port:
    """The host's end of one of the guest's ports."""

    def __init__(self, path: Path) -> None:
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.connect(str(path))

    def write(self, data: bytes) -> None:
        self._socket.sendall(data)

    def read(self, count: int, within: float = 60.0) -> bytes:
        """Up to `count` bytes: fewer when nothing more came for so long."""
        got = b""
        self._socket.settimeout(within)
        with contextlib.suppress(TimeoutError):
            while len(got) < count and (piece := self._socket.recv(65536)):
                got += piece
        return got

    def read_until(self, mark: bytes, within: float = 60.0) -> bytes:
        """Everything up to and with `mark`; what there was where it does not come."""
        got = b""
        until = time.monotonic() + within
        while mark not in got and (left := until - time.monotonic()) > 0:
            self._socket.settimeout(left)
            with contextlib.suppress(TimeoutError):
                got += self._socket.recv(65536)
        return got

    def drain(self) -> bytes:
        return self.read(1 << 30, within=0.5)

    def close(self) -> None:
        self._socket.close()


@dataclass(frozen=True)
class Answer:
    code: int
    said: str
    wrong: str


class Guest:
    """A running machine. `work` is where its sockets and its console's log are."""

    def __init__(self, images: Images, work: Path) -> None:
        self._work = work
        for name in (*PORTS, *LINES, UART):
            (work / f"{name}.sock").unlink(missing_ok=True)
        started = time.monotonic()
        self._process = subprocess.Popen(self._command(images), stdin=subprocess.DEVNULL)
        self.ports: dict[str, Port] = {}
        try:
            for name in (*PORTS, *LINES, UART):
                self.ports[name] = Port(wait_for(work / f"{name}.sock", self._process))
            self.run("true", within=BOOT_MOST)
        except BaseException:
            self.stop()
            raise
        self.boot_seconds = time.monotonic() - started

    def run(self, command: str, within: float = ANSWER_MOST) -> Answer:
        """Run a shell command as root. Raises `AssertionError` when no answer comes."""
        agent = self.ports["agent"]
        agent.write(json.dumps(command).encode() + b"\n")
        answer = agent.read_until(b"\n", within)
        assert answer.endswith(b"\n"), (
            f"no answer from the guest to {command!r}; see {self._work}/console.log"
        )
        return Answer(**json.loads(answer))

    def ask(self, command: str) -> str:
        """What a command says; it must succeed."""
        answer = self.run(command)
        assert answer.code == 0, f"{command!r} failed: {answer.said}{answer.wrong}"
        return answer.said.strip()

    def show(self, unit: str, what: str) -> str:
        """One property of a unit."""
        return self.ask(f"systemctl show --property={what} --value {unit}")

    def wait_for(self, unit: str, state: str, within: float = 600.0) -> None:
        """Until a unit is in an active state."""
        until = time.monotonic() + within
        while (now := self.show(unit, "ActiveState")) != state:
            assert time.monotonic() < until, (
                f"{unit} is {now}: {self.run(f'journalctl -u {unit} -n 20').said}"
            )

    def rest(self, seconds: float) -> None:
        """Let so much of the guest's own time pass."""
        self.ask(f"sleep {seconds}")

    def seconds(self) -> float:
        """The guest's own monotonic clock, which systemd's timestamps go by."""
        return float(self.ask("cat /proc/uptime").split()[0])

    def stop(self) -> None:
        for port in self.ports.values():
            port.close()
        self._process.kill()
        self._process.wait()

    def _command(self, images: Images) -> list[str]:
        command = [
            "qemu-system-x86_64",
            *MACHINE,
            *BY_ITS_INSTRUCTIONS,
            "-kernel",
            str(images.kernel),
            "-initrd",
            str(images.initrd),
        ]
        command += ["-append", "console=ttyS0 root=/dev/vda ro mitigations=off"]
        command += ["-serial", f"file:{self._work}/console.log"]
        command += ["-drive", f"file={images.root},format=raw,if=virtio,snapshot=on"]
        command += ["-drive", f"file={images.data},format=raw,if=virtio,cache=none"]
        command += ["-device", "virtio-serial-pci,addr=4", "-device", "qemu-xhci,addr=3"]
        for name in (*PORTS, *LINES):
            command += ["-chardev", f"socket,id={name},path={self._work}/{name}.sock,server=on,wait=off"]
        command += [
            "-chardev",
            f"socket,id={UART},path={self._work}/{UART}.sock,server=on,wait=off,telnet=on",
        ]
        command += ["-device", f"pci-serial,chardev={UART},addr=7"]
        for name in PORTS:
            command += ["-device", f"virtserialport,chardev={name},name={name}"]
        for name in LINES:
            command += ["-device", f"usb-serial,chardev={name},always-plugged=on"]
        return command


def wait_for(path: Path, guest: subprocess.Popen[bytes]) -> Path:
    """Until the guest has made its socket there."""
    while not path.exists():
        assert guest.poll() is None, "qemu did not start"
        time.sleep(0.05)
    return path
