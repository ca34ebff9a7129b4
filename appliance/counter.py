"""A counter whose power is cut: a guest with a lane and nothing else, killed the moment a code is on paper.

What its lane had on disk by then is in the log of the disk's writes (`write_log`); what was promised is on paper.
"""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from captures import CUT, chinese_sale

from appliance import write_log
from appliance.guest import BOOT_MOST, BY_ITS_INSTRUCTIONS, MACHINE, Port, wait_for
from appliance.image import Images
from receiptbridge.claim.token import decode, unspell
from receiptbridge.errors import ReceiptBridgeError
from receiptbridge.journal import FILE_NAME, Journal, SaleRecord
from receiptbridge.receipt.model import Kind, ReceiptReading

PORTS = ("register", "printer")
KERNEL = "console=ttyS0 root=/dev/vda ro mitigations=off init=/opt/counter_init.sh"
LOG_MOST = 1 << 30  # bytes; sparse
PHOTOGRAPH_MOST = 120.0  # seconds
SALE_MOST = 60.0  # seconds for a receipt, emulated and on a busy machine
SALES_MOST = 60  # in a life, with and without a code: emulated, some commits take longer than a cut waits
SEEN_AS_A_PAUSE = 2.0  # a line leaves PASSTHROUGH by ESC @ after a second of its own without register bytes
_CODE = re.compile(rb"/C/([A-Z2-7]{144}).*?\x1d\(k\x03\x001Q0", re.DOTALL)  # with the command that prints it

CONFIG = """\
state_dir = "/data/state"
[service]
url = "https://members.invalid"
claim_prefix = "HTTPS://M.EXAMPLE.COM/C/"
[points]
currency = "CNY"
minor_per_point = 1
[[lane]]
name = "till-1"
mode = "print"
register = "gadget:/run/ports/register"
printer = "file:/run/ports/printer"
printer_profile = "xprinter-xp-80"
"""


@dataclass(frozen=True)
class Code:
    """A code on paper, and how many entries the log had when it was seen there."""

    token: bytes
    logged: int

    @property
    def number(self) -> int:
        return decode(self.token).number


@dataclass(frozen=True)
class Photograph:
    """The memory of a counter that has booted and is about to switch on its lane, which takes most of a minute once
    and not again for every cut. Its disk is not mounted yet."""

    images: Images
    memory: Path


def photograph(images: Images, work: Path) -> Photograph:
    memory, disk = work / "memory", work / "booting.img"
    write_log.copy(images.data, disk)
    with _running(images, disk, work / "booting.log", ["-monitor", f"unix:{work}/monitor.sock,server=on,wait=off"]) as (
        guest, register, _,
    ):  # fmt: skip
        assert register.read(1, BOOT_MOST) == b"!", f"it did not boot: see {work}/booting.console"
        with contextlib.closing(Port(wait_for(work / "monitor.sock", guest))) as monitor:
            monitor.read_until(b"(qemu) ")
            monitor.write(f'migrate "exec:cat > {memory}"\n'.encode())
            monitor.read_until(b"\n")
            assert monitor.read_until(b"(qemu) ", PHOTOGRAPH_MOST).endswith(b"(qemu) "), (
                "no photograph was taken"
            )
    return Photograph(images, memory)


def live(
    counter: Photograph, disk: Path, log: Path, *, codes: int, name: str, synchronous: str = "FULL"
) -> list[Code]:
    """Switch the counter on, sell until so many codes are on paper, and cut its power right then."""
    seen: list[Code] = []
    incoming = ["-incoming", f"exec:cat {counter.memory}"]
    with _running(counter.images, disk, log, incoming) as (guest, register, printer):
        register.write(synchronous[:1].encode())
        assert printer.read(1, BOOT_MOST) == b"!", f"it did not wake up: see {_console(log)}"
        register.write(chinese_sale(number=f"{name}00"))
        assert printer.read_until(CUT, BOOT_MOST).endswith(CUT), f"no paper: see {_console(log)}"
        for sale in range(1, SALES_MOST):
            time.sleep(SEEN_AS_A_PAUSE)
            printer.drain()
            register.write(chinese_sale(number=f"{name}{sale:02}"))
            code = _printed(printer)
            if code and len(seen) == codes - 1:
                guest.kill()
            if code:
                seen.append(Code(unspell(code[1].decode()), write_log.length(log)))
            if len(seen) == codes:
                return seen
    raise AssertionError(f"{len(seen)} codes from {SALES_MOST} sales: see {_console(log)}")


@contextlib.contextmanager
def _running(
    images: Images, disk: Path, log: Path, more: list[str]
) -> Iterator[tuple[subprocess.Popen[bytes], Port, Port]]:
    """A guest with an empty log, and the host's ends of its two ports; killed at the end, if it still runs."""
    for name in (*PORTS, "monitor"):
        _socket(log, name).unlink(missing_ok=True)
    log.unlink(missing_ok=True)
    log.touch()
    os.truncate(log, LOG_MOST)
    guest = subprocess.Popen([*_command(images, disk, log), *more], stdin=subprocess.DEVNULL)
    try:
        register, printer = (Port(wait_for(_socket(log, port), guest)) for port in PORTS)
        with contextlib.closing(register), contextlib.closing(printer):
            yield guest, register, printer
    finally:
        guest.kill()
        guest.wait()


def _printed(printer: Port) -> re.Match[bytes] | None:
    """The next receipt's code as soon as it is printed, before the cut; None where it is cut without one."""
    paper, until = b"", time.monotonic() + SALE_MOST
    while not (code := _CODE.search(paper)) and not paper.endswith(CUT):
        assert time.monotonic() < until, f"the receipt does not end: {paper!r}"
        paper += printer.read(1, SALE_MOST)
    return code


def faults_of(disk: Path, codes: list[Code], scratch: Path) -> list[str]:
    """What is wrong with a disk after a power cut: with its file system, with its journal, with what was promised."""
    mended = subprocess.run(["e2fsck", "-f", "-p", disk], capture_output=True, text=True)
    if mended.returncode > 1:  # 1: the log was replayed, and what that leaves was put right without asking
        return [f"file system: {mended.stdout}"]
    if (found := subprocess.run(["e2fsck", "-f", "-n", disk], capture_output=True, text=True)).returncode:
        return [f"file system, after it was mended: {found.stdout}"]
    subprocess.run(["rm", "-rf", scratch], check=True)
    scratch.mkdir()
    subprocess.run(["debugfs", "-R", f"rdump /state {scratch}", disk], check=True, capture_output=True)
    return list(_faults_of_journal(scratch / "state" / FILE_NAME, codes))


def _faults_of_journal(path: Path, codes: list[Code]) -> list[str]:
    """By the journal's own code; and then one more sale is put into it."""
    record = SaleRecord("till-1", "observe", ReceiptReading(Kind.SALE, 6367, "CNY"), clock_good=True)
    try:
        with contextlib.closing(Journal.open(path)) as journal:
            next_number = journal.commit_sale(record, None).number
        with contextlib.closing(sqlite3.connect(path)) as file:
            (whole,) = file.execute("PRAGMA integrity_check").fetchone()
            rows = dict(file.execute("SELECT number, token FROM sale"))
    except (ReceiptBridgeError, sqlite3.Error) as fault:
        return [f"the journal cannot be used: {fault}"]
    faults = [] if whole == "ok" else [f"the journal is damaged: {whole}"]
    faults += [f"sale {code.number} was lost" for code in codes if rows.get(code.number) != code.token]
    if next_number <= max((code.number for code in codes), default=0):
        faults.append(f"number {next_number} was used twice")
    return faults


def _command(images: Images, disk: Path, log: Path) -> list[str]:
    command = ["qemu-system-x86_64", *MACHINE, *BY_ITS_INSTRUCTIONS]
    command += ["-kernel", str(images.kernel), "-initrd", str(images.initrd)]
    command += ["-append", KERNEL]
    command += ["-serial", f"file:{_console(log)}"]
    command += ["-drive", f"file={images.root},format=raw,if=none,id=root,snapshot=on"]
    command += ["-device", "virtio-blk-pci,drive=root,addr=5"]
    for node, path in (("disk", disk), ("log", log)):
        command += ["-blockdev", f"driver=file,node-name={node},filename={path}"]
    command += ["-blockdev", "driver=blklogwrites,node-name=logged,file=disk,log=log,log-sector-size=512"]
    command += ["-device", "virtio-blk-pci,drive=logged,addr=6", "-device", "virtio-serial-pci"]
    for port in PORTS:
        command += ["-chardev", f"socket,id={port},path={_socket(log, port)},server=on,wait=off"]
        command += ["-device", f"virtserialport,chardev={port},name={port}"]
    return command


def _socket(log: Path, port: str) -> Path:
    return log.with_name(f"{port}.sock")


def _console(log: Path) -> Path:
    return log.with_suffix(".console")
