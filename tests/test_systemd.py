"""What a lane and systemd say to each other; the test is systemd."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from box_rig import CONFIG, PRINTER
from lane_driver import PREFIX
from lane_rig import PATIENCE, free_port

from receiptbridge import systemd
from receiptbridge.identity import KEYS_FOLDER, adopt_key, identity_path, make_key
from receiptbridge.journal import FILE_NAME
from receiptbridge.links.pty import PtyLink
from receiptbridge.logs import JournalFormatter


@pytest.fixture
def manager(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel:
        channel.bind(str(tmp_path / "notify"))
        channel.settimeout(PATIENCE)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        yield channel


def test_without_systemd_nothing_is_said_and_nothing_kept(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    systemd.notify("READY=1")
    systemd.keep("till", 0)
    assert systemd.kept("till") is None
    asyncio.run(systemd.keep_told(lambda: "fine"))


def test_a_manager_that_is_gone_or_does_not_listen_costs_nothing(
    manager: socket.socket, monkeypatch: pytest.MonkeyPatch
):
    for _ in range(2000):
        systemd.notify("WATCHDOG=1")
    monkeypatch.setenv("NOTIFY_SOCKET", "/nowhere/at/all")
    systemd.notify("WATCHDOG=1")


def test_a_lane_says_that_it_is_up_and_then_that_it_turns_faster_than_it_must(
    manager: socket.socket, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("WATCHDOG_USEC", "40000")

    async def scenario() -> list[bytes]:
        told = asyncio.create_task(systemd.keep_told(lambda: "till-1: IDLE"))
        heard = [await asyncio.to_thread(manager.recv, 4096) for _ in range(3)]
        told.cancel()
        return heard

    assert asyncio.run(scenario()) == [
        b"READY=1\nSTATUS=till-1: IDLE",
        b"WATCHDOG=1\nSTATUS=till-1: IDLE",
        b"WATCHDOG=1\nSTATUS=till-1: IDLE",
    ]


def test_a_watchdog_for_another_process_sets_no_pace(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("WATCHDOG_USEC", "40000")
    monkeypatch.setenv("WATCHDOG_PID", "1")
    assert systemd._pace() == systemd.STATUS_SECONDS


def test_a_terminal_is_handed_over_to_be_kept(manager: socket.socket, tmp_path: Path):
    link = PtyLink(tmp_path / "a:b")
    said, descriptors, _, _ = socket.recv_fds(manager, 4096, 4)
    assert said.decode() == f"FDSTORE=1\nFDPOLL=0\nFDNAME={tmp_path}/a-b"
    assert len(descriptors) == 1
    os.close(descriptors[0])
    link.close()


_AFTER_A_RESTART = """
import os, sys
from pathlib import Path
os.dup2(int(sys.argv[2]), 4)
os.environ["LISTEN_PID"] = str(os.getpid())
from receiptbridge.identity import KEYS_FOLDER, adopt_key, identity_path, make_key
from receiptbridge.journal import FILE_NAME
from receiptbridge.links.pty import PtyLink
link = PtyLink(Path(sys.argv[1]))
link.write(b"still here")
"""


def test_a_register_that_has_the_terminal_open_does_not_notice_a_restart(tmp_path: Path):
    """The descriptor of an unrelated unit comes first: only the name tells them apart."""
    own, other = os.openpty()
    register = os.open(os.ttyname(other), os.O_RDWR | os.O_NOCTTY)
    os.close(other)
    path = tmp_path / "till"
    subprocess.run(
        [sys.executable, "-c", _AFTER_A_RESTART, path, str(own)],
        pass_fds=[own],
        env={**os.environ, "LISTEN_FDS": "2", "LISTEN_FDNAMES": f"another:{path}"},
        check=True,
    )
    assert os.read(register, 100) == b"still here"
    os.close(register)
    os.close(own)


def test_the_journal_gets_the_priority_of_every_line():
    record = logging.LogRecord("lane", logging.WARNING, "", 0, "one\n%s", ("two",), None)
    assert JournalFormatter().format(record) == "<4>lane: one\n<4>two"


def no_place_for_a_journal(folder: Path) -> Path:
    (folder / "file").touch()
    return folder / "file" / "state"


def no_key(folder: Path) -> Path:
    adopt_key(folder, make_key(folder), bytes(6), "k:1")
    for key in (folder / KEYS_FOLDER).glob("*.pem"):
        key.unlink()
    return folder


def a_key_that_others_may_read(folder: Path) -> Path:
    adopt_key(folder, make_key(folder), bytes(6), "k:1")
    for key in (folder / KEYS_FOLDER).glob("*.pem"):
        key.chmod(0o644)
    return folder


def no_identity_that_can_be_read(folder: Path) -> Path:
    (folder / KEYS_FOLDER).mkdir()
    identity_path(folder).write_text("{")
    return folder


def a_journal_that_is_none(folder: Path) -> Path:
    (folder / FILE_NAME).write_bytes(b"no database" * 1000)
    return folder


@pytest.mark.parametrize(
    "without",
    [
        no_place_for_a_journal,
        no_key,
        a_key_that_others_may_read,
        no_identity_that_can_be_read,
        a_journal_that_is_none,
    ],
)
def test_nothing_that_is_missing_keeps_a_lane_from_starting(
    manager: socket.socket, tmp_path: Path, without: Callable[[Path], Path]
):
    """The service is at a port where nobody is, too."""
    config = tmp_path / "config.toml"
    config.write_text(
        CONFIG.format(
            state=without(tmp_path), prefix=PREFIX, currency="CNY", register=free_port(), printer=free_port(),
            profile=PRINTER,
        )
    )  # fmt: skip
    lane = subprocess.Popen(
        [sys.executable, "-m", "receiptbridge", "run", "--config", config], stderr=subprocess.DEVNULL
    )
    try:
        assert manager.recv(4096) == b"READY=1\nSTATUS=till-1: PASSTHROUGH, printer UNKNOWN"
    finally:
        lane.send_signal(signal.SIGTERM)
        assert lane.wait(PATIENCE) == 0


def test_a_lane_leaves_a_copy_of_its_good_configuration_for_the_bypass(
    manager: socket.socket, tmp_path: Path
):
    config = tmp_path / "config.toml"
    text = CONFIG.format(
        state=tmp_path,
        prefix=PREFIX,
        currency="CNY",
        register=free_port(),
        printer=free_port(),
        profile=PRINTER,
    )
    config.write_text(text)
    lane = subprocess.Popen(
        [sys.executable, "-m", "receiptbridge", "run", "--config", config], stderr=subprocess.DEVNULL
    )
    try:
        manager.recv(4096)
        assert (tmp_path / "last-good.toml").read_text() == text
    finally:
        lane.terminate()
        lane.wait(PATIENCE)
