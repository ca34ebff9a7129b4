"""A configuration file that is taken over by the lane that runs: whole, between two receipts, or not at all."""

from __future__ import annotations

import asyncio
import itertools
import json
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from box_rig import CONFIG
from captures import CUT, chinese_sale
from lane_driver import PREFIX
from lane_rig import PATIENCE, accept, connect_to, free_port, listening, receive, receive_all

from receiptbridge import assemble, daemon
from receiptbridge.config import LAST_GOOD, load_config
from receiptbridge.errors import ReceiptBridgeError
from receiptbridge.identity import adopt_key, make_key
from receiptbridge.upkeep.lanes import ask

SALE = chinese_sale()
CODE = PREFIX.encode()


@dataclass
class Counter:
    """A lane that runs from its file; the test plays register and printer, and edits the file."""

    file: Path
    register: int
    listener: socket.socket
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(120260868256))

    def edit(self, old: str, new: str) -> None:
        text = self.file.read_text()
        assert old in text
        self.file.write_text(text.replace(old, new))

    async def asked(self, op: str, **facts: Any) -> dict[str, Any]:
        return await asyncio.to_thread(ask, "till-1", self.file.parent, op, **facts)

    async def job(self) -> bytes:
        with await connect_to(self.register) as register:
            await asyncio.get_running_loop().sock_sendall(
                register, chinese_sale(number=str(next(self.numbers)))
            )
            register.shutdown(socket.SHUT_WR)
            with await accept(self.listener) as printer:
                return await receive_all(printer)

    async def job_with_code(self) -> bytes:
        """The first commits of a busy machine can be too late for their paper."""
        while CODE not in (got := await self.job()):
            pass
        return got


@asynccontextmanager
async def counter(state: Path) -> AsyncIterator[Counter]:
    adopt_key(state, make_key(state), bytes(range(6)), "000102030405:1")
    register, printer = free_port(), free_port()
    text = CONFIG.format(
        state=state,
        prefix=PREFIX,
        currency="CNY",
        register=register,
        printer=printer,
        profile="xprinter-xp-80",
    )
    file = state / "config.toml"
    file.write_text(text.replace('mode = "print"', 'mode = "observe"'))
    config = load_config(file)
    running = asyncio.create_task(assemble.run_lanes(config, config.lane, file))
    try:
        async with asyncio.timeout(PATIENCE * 3), listening(printer) as listener:
            (await connect_to(register)).close()
            (await accept(listener)).close()
            yield Counter(file, register, listener)
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


def play(state: Path, test: Any) -> None:
    async def whole() -> None:
        async with counter(state) as at:
            await test(at)

    asyncio.run(whole())


def test_another_mode_is_taken_over_without_a_restart_and_kept_as_the_last_good_file(tmp_path: Path) -> None:
    async def test(at: Counter) -> None:
        assert CODE not in await at.job()
        at.edit("observe", "print")
        assert (await at.asked("reload"))["changed"] == ["mode"]
        assert CODE in await at.job_with_code()
        assert (await at.asked("reload"))["changed"] == []
        assert (tmp_path / LAST_GOOD).read_text() == at.file.read_text()

    play(tmp_path, test)


def test_profiles_block_and_points_are_taken_over_and_named(tmp_path: Path) -> None:
    async def test(at: Counter) -> None:
        at.edit('"xprinter-xp-80"', '"xprinter-xp-q200"\nblock = "compact"')
        at.edit("minor_per_point = 1", "minor_per_point = 2")
        assert (await at.asked("reload"))["changed"] == ["block", "points", "printer_profile"]
        at.edit("observe", "print")
        await at.asked("reload")
        assert CODE in await at.job_with_code()

    play(tmp_path, test)


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('printer = "tcp://127', 'printer = "tcp://128', "printer"),
        ('register = "tcp-listen://127.0.0.1', 'register = "tcp-listen://127.0.0.2', "register"),
        ('state_dir = "', 'state_dir = "/tmp', "state_dir"),
        ('mode = "observe"', 'mode = "observe"\nrelay = "/dev/gpiochip0:17"', "relay"),
        ('"xprinter-xp-80"', '"star-tsp100"', "printer_profile"),
    ],
)
def test_what_closes_a_link_needs_a_restart_and_nothing_else_of_the_file_is_taken_over(
    tmp_path: Path, old: str, new: str, key: str
) -> None:
    async def test(at: Counter) -> None:
        at.edit(old, new)
        at.edit("minor_per_point = 1", "minor_per_point = 2")
        with pytest.raises(ReceiptBridgeError, match=f"{key} is another: that needs a restart") as refused:
            await at.asked("reload")
        assert "systemctl restart receiptbridge@till-1" in refused.value.hint
        assert (await at.asked("status"))["mode"] == "observe"
        assert await at.job() == SALE

    play(tmp_path, test)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("observe", "dream", "mode"),
        ("[service]", "[service", "not valid TOML"),
        ("xprinter-xp-80", "no-such-printer", "no printer profile"),
        ("till-1", "till-2", "no lane 'till-1'"),
    ],
)
def test_a_faulty_file_is_refused_with_its_fault_and_the_lane_goes_on_as_before(
    tmp_path: Path, old: str, new: str, fault: str
) -> None:
    async def test(at: Counter) -> None:
        at.edit(old, new)
        with pytest.raises(ReceiptBridgeError, match=fault):
            await at.asked("reload")
        assert await at.job() == SALE

    play(tmp_path, test)


def test_a_receipt_under_way_is_finished_first(tmp_path: Path) -> None:
    async def test(at: Counter) -> None:
        loop = asyncio.get_running_loop()
        with await connect_to(at.register) as register, await accept(at.listener) as printer:
            await loop.sock_sendall(register, SALE.removesuffix(CUT))
            await receive(printer, len(SALE) - len(CUT))
            at.edit("observe", "print")
            reloading = asyncio.create_task(at.asked("reload", within=PATIENCE))
            await at.asked("status")
            assert not reloading.done()
            await loop.sock_sendall(register, CUT)
            assert await receive(printer, len(CUT)) == CUT  # observed still
            assert (await reloading)["changed"] == ["mode"]

    play(tmp_path, test)


def test_a_receipt_without_an_end_is_not_waited_for_beyond_the_bound(
    tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.setattr(daemon, "IDLE_WAIT_MOST", 0.2)

    async def test(at: Counter) -> None:
        with await connect_to(at.register) as register, await accept(at.listener) as printer:
            await asyncio.get_running_loop().sock_sendall(register, SALE.removesuffix(CUT))
            await receive(printer, len(SALE) - len(CUT))
            with pytest.raises(ReceiptBridgeError, match="a receipt is under way"):
                await at.asked("reload")

    play(tmp_path, test)


def test_what_the_socket_refuses_has_a_code_for_programs(tmp_path: Path) -> None:
    async def test(at: Counter) -> None:
        at.edit("observe", "dream")
        reader, writer = await asyncio.open_unix_connection(tmp_path / "till-1.sock")
        writer.write(b'{"id": 1, "op": "reload"}\n')
        answer = json.loads(await reader.readline())
        writer.close()
        assert (answer["ok"], answer["code"]) == (False, "config")

    play(tmp_path, test)
