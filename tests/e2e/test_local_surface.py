"""What others on the box and on its network get to see of it: the lanes' ports, and nothing secret."""

from __future__ import annotations

import base64
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from box_rig import Box, start_box
from captures import chinese_sale
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from real_service import RealService, real_service

LISTENING = "0A"  # proc(5), /proc/net/tcp


@pytest.fixture(scope="module")
def member_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealService]:
    with real_service(tmp_path_factory.mktemp("service")) as running:
        yield running


def open_ports(pid: int) -> set[int]:
    """Ports on which a process can be reached over the network: TCP that listens, UDP that is bound."""
    links = (os.readlink(link) for link in Path(f"/proc/{pid}/fd").iterdir())
    sockets = {
        link.removeprefix("socket:[").removesuffix("]") for link in links if link.startswith("socket:[")
    }
    found = set()
    for table in ("tcp", "tcp6", "udp", "udp6"):
        path = Path(f"/proc/{pid}/net/{table}")
        for line in path.read_text().splitlines()[1:] if path.exists() else ():
            fields = line.split()
            if fields[9] in sockets and (fields[3] == LISTENING or table.startswith("udp")):
                found.add(int(fields[1].rpartition(":")[2], 16))
    return found


def secrets_of(state: Path) -> set[bytes]:
    """Every private key as it might be written: PEM, base64, hexadecimal, raw."""
    found: set[bytes] = set()
    for path in (state / "keys").glob("*.pem"):
        pem = path.read_bytes()
        raw = load_pem_private_key(pem, None).private_bytes_raw()  # type: ignore[union-attr]
        found |= {pem.splitlines()[1], raw, raw.hex().encode(), base64.b64encode(raw).rstrip(b"=")}
    assert found
    return found


def seen_of(pid: int) -> bytes:
    """What `ps` shows to everybody."""
    return Path(f"/proc/{pid}/cmdline").read_bytes() + Path(f"/proc/{pid}/environ").read_bytes()


def test_nothing_listens_but_the_lanes_and_nobody_else_may_ask_the_control_socket(tmp_path: Path) -> None:
    with start_box(tmp_path, "CNY") as box:
        box.job(chinese_sale())
        assert box.process is not None
        assert open_ports(box.process.pid) == {box.register}
        (control,) = tmp_path.rglob("*.sock")
        assert not stat.S_IMODE(control.stat().st_mode) & stat.S_IRWXO


def test_no_key_and_no_enrolment_code_is_in_logs_processes_or_anything_but_the_keys(
    tmp_path: Path, member_service: RealService
) -> None:
    code = member_service.enrolment_code()
    with start_box(tmp_path, "CNY") as box:
        config = tmp_path / "config.toml"
        config.write_text(config.read_text().replace("http://127.0.0.1:9", member_service.url))
        said, shown = enrol_and_sync(box, config, code)
        box.job(chinese_sale())
        assert box.process is not None
        shown += seen_of(box.process.pid)
    secrets = secrets_of(tmp_path) | {code.encode(), code.replace("-", "").encode()}
    kept = b"".join(
        path.read_bytes() for path in tmp_path.rglob("*") if path.is_file() and path.parent.name != "keys"
    )
    for where, text in {"processes": shown, "logs": said, "state": kept}.items():
        assert not [secret for secret in secrets if secret in text], where


def enrol_and_sync(box: Box, config: Path, code: str) -> tuple[bytes, bytes]:
    """What enrolment, rotation and sync say, and what `ps` shows of them."""

    def command(*arguments: str) -> subprocess.Popen[bytes]:
        line = [sys.executable, "-m", "receiptbridge", *arguments, "--config", str(config)]
        pipe = subprocess.PIPE
        return subprocess.Popen(line, stdin=pipe, stdout=pipe, stderr=subprocess.STDOUT)

    with command("enrol") as enrolling:
        shown = seen_of(enrolling.pid)
        said, _ = enrolling.communicate(f"{code}\n".encode(), timeout=60)
    assert enrolling.returncode == 0, said
    with command("enrol") as again:  # the code is used: what goes wrong is told without it
        said += again.communicate(f"{code}\n".encode(), timeout=60)[0]
    with command("keys", "rotate") as rotating:
        said += rotating.communicate(timeout=60)[0]
    assert rotating.returncode == 0, said
    with command("sync", "--once") as syncing:
        said += syncing.communicate(timeout=60)[0]
    box.stop(signal.SIGTERM)
    box.start()
    return said, shown
