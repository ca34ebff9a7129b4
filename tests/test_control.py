"""The lane's control socket, asked as the command line asks it: JSON lines over a real Unix socket."""

from __future__ import annotations

import asyncio
import json
import socket
import stat
from base64 import b64decode, b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from captures import CUT, chinese_sale
from lane_rig import Rig, accept, listening, receive, receive_all, tcp_rig
from paper_tools import less_blocks

from receiptbridge import daemon
from receiptbridge.control import ASKERS_MOST, REQUEST_MOST, Control

SALE = chinese_sale()
PAGE = b"TEST PAGE\n" + CUT
LONG_PAGE = b"".join(b"line %d of a long page\n" % n for n in range(2000)) + CUT


class Asker:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def ask(self, line: bytes | dict[str, Any]) -> dict[str, Any]:
        self._writer.write(line if isinstance(line, bytes) else json.dumps(line).encode() + b"\n")
        return await self.hear()

    async def hear(self) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(await self._reader.readline())
        return answer

    async def ended(self) -> bool:
        return await self._reader.read() == b""

    async def hang_up(self) -> None:
        self._writer.close()
        await self._writer.wait_closed()


@asynccontextmanager
async def controlled(rig: Rig, folder: Path) -> AsyncIterator[Path]:
    serving = asyncio.create_task(Control(rig.lane, folder).serve())
    path = folder / "till-1.sock"
    while not serving.done():
        with suppress(OSError):
            await Asker(*await asyncio.open_unix_connection(path)).hang_up()
            break
        await asyncio.sleep(0)
    try:
        yield path
    finally:
        serving.cancel()
        with suppress(asyncio.CancelledError):
            await serving


@asynccontextmanager
async def asking(path: Path) -> AsyncIterator[Asker]:
    asker = Asker(*await asyncio.open_unix_connection(path))
    try:
        yield asker
    finally:
        await asker.hang_up()


async def print_sale(rig: Rig, data: bytes = SALE) -> bytes:
    """One job through the lane; what the printer got."""
    loop = asyncio.get_running_loop()
    async with listening(rig.printer_port) as listener:
        register = await rig.connect()
        with register, await accept(listener) as printer:
            await loop.sock_sendall(register, data)
            got = b""
            while not got.endswith(data[-3:]):
                got += await loop.sock_recv(printer, 65536)
            return got


def run(test: Any, folder: Path) -> None:
    async def play() -> None:
        async with tcp_rig() as rig, controlled(rig, folder) as path:
            await test(rig, path)

    asyncio.run(play())


def test_only_the_owner_and_his_group_may_ask(tmp_path: Path) -> None:
    async def test(_rig: Rig, path: Path) -> None:
        assert stat.S_IMODE(path.stat().st_mode) == 0o660

    run(test, tmp_path)


def test_status_tells_the_state_and_the_last_receipt(tmp_path: Path) -> None:
    async def test(rig: Rig, path: Path) -> None:
        async with asking(path) as asker:
            before = await asker.ask({"id": 1, "op": "status"})
            assert (before["id"], before["ok"], before["last_receipt"]) == (1, True, None)
            await print_sale(rig)
            after = await asker.ask({"id": 2, "op": "status"})
        assert after["last_receipt"]["total"] == "63.67"
        assert after["counters"]["block_printed"] == 1
        assert after["lane"] == "till-1"

    run(test, tmp_path)


def test_watch_tells_each_receipt_and_what_became_of_its_code(tmp_path: Path) -> None:
    async def test(rig: Rig, path: Path) -> None:
        async with asking(path) as asker:
            assert (await asker.ask({"id": "w", "op": "watch"}))["ok"]
            await print_sale(rig)
            told: list[dict[str, Any]] = []
            while not told or told[-1].get("outcome") != "released":
                told.append(await asker.hear())
        [(receipt, text)] = [(line["receipt"], line["text"]) for line in told if line["what"] == "receipt"]
        assert any("63.67" in line for line in text)
        assert (receipt["kind"], receipt["total"], receipt["points"]) == ("sale", "63.67", 63)
        assert {line["id"] for line in told} == {"w"}
        assert [line["outcome"] for line in told if line["what"] == "code"] == ["releasing", "released"]

    run(test, tmp_path)


def test_who_watches_is_told_the_evidence_which_costs_the_lane_nothing_afterwards(tmp_path: Path) -> None:
    async def test(rig: Rig, path: Path) -> None:
        async with asking(path) as asker:
            await asker.ask({"id": 1, "op": "watch"})
            rig.lane.go_by(rig.lane.rules)  # as where a configuration is taken over meanwhile
            await print_sale(rig)
            told = await asker.hear()
            while told["what"] != "receipt":
                told = await asker.hear()
        marks = [
            (told["text"][line][start:end], part) for line, start, end, part in told["explanation"]["marks"]
        ]
        assert ("63.67", "total") in marks
        while rig.lane.session.rules.explained:
            await asyncio.sleep(0)

    run(test, tmp_path)


def test_capture_tells_every_byte_where_it_crosses_the_box(tmp_path: Path) -> None:
    async def test(rig: Rig, path: Path) -> None:
        async with asking(path) as asker:
            await asker.ask({"id": 1, "op": "capture"})
            got = await print_sale(rig)
            happened: list[tuple[str, bool]] = []
            crossed: dict[str, bytes] = {"from_register": b"", "to_printer": b""}
            while crossed["to_printer"] != got:
                line = await asker.hear()
                if line["what"] in crossed:
                    crossed[line["what"]] += b64decode(line["data"])
                happened.append((line["what"], line.get("block", False)))
        assert crossed["from_register"] == SALE
        assert happened[:2] == [("printer_came", False), ("register_came", False)]
        assert happened.count(("to_printer", True)) == happened.count(("receipt_ended", False)) == 1

    run(test, tmp_path)


def test_an_asker_who_does_not_listen_is_told_what_he_missed_and_delays_nobody(tmp_path: Path) -> None:
    async def test(rig: Rig, path: Path) -> None:
        async with asking(path) as asker:
            await asker.ask({"id": 1, "op": "capture"})
            picture = (
                b"\x1dv0\0" + (72).to_bytes(2, "little") + (16000).to_bytes(2, "little") + bytes(72 * 16000)
            )
            await print_sale(rig, picture + b"end of all")
            heard = await asker.ask({"id": 2, "op": "status"})
            missed = heard.get("missed", 0)
            while heard["id"] != 2:
                heard = await asker.hear()
                missed += heard.get("missed", 0)
        assert missed > 0

    run(test, tmp_path)


def test_the_bypass_is_switched_by_the_socket(tmp_path: Path) -> None:
    async def test(rig: Rig, path: Path) -> None:
        async with asking(path) as asker:
            assert (await asker.ask({"id": 1, "op": "bypass", "on": True}))["bypassed"]
            assert await print_sale(rig) == SALE
            status = await asker.ask({"id": 2, "op": "status"})
        assert status["bypassed"]
        assert not rig.book.sales

    run(test, tmp_path)


@pytest.mark.parametrize(
    "question",
    [
        b"{}",
        b"[]",
        b"7",
        b"\xff\xfe",
        b'{"op": "reboot"}',
        b'{"op": ["status"]}',
        b'{"op": "bypass", "on": 1}',
    ],
)
def test_a_question_that_is_none_is_answered_and_the_connection_stays(
    tmp_path: Path, question: bytes
) -> None:
    async def test(_rig: Rig, path: Path) -> None:
        async with asking(path) as asker:
            assert (await asker.ask(question + b"\n"))["ok"] is False
            assert (await asker.ask({"op": "status"}))["ok"] is True

    run(test, tmp_path)


def test_a_question_without_end_is_cut_off(tmp_path: Path) -> None:
    async def test(_rig: Rig, path: Path) -> None:
        async with asking(path) as asker:
            answer = await asker.ask(b"x" * (REQUEST_MOST + 1))
            assert str(REQUEST_MOST) in answer["error"]
            assert await asker.ended()

    run(test, tmp_path)


def test_no_more_than_the_bound_may_ask_at_a_time(tmp_path: Path) -> None:
    async def test(_rig: Rig, path: Path) -> None:
        askers = [Asker(*await asyncio.open_unix_connection(path)) for _ in range(ASKERS_MOST)]
        for asker in askers:
            assert (await asker.ask({"op": "status"}))["ok"]
        async with asking(path) as one_more:
            assert (await one_more.hear())["ok"] is False
        for asker in askers:
            await asker.hang_up()

    run(test, tmp_path)


def test_a_lane_whose_asker_has_gone_prints_on(tmp_path: Path) -> None:
    async def test(rig: Rig, path: Path) -> None:
        async with asking(path) as asker:
            await asker.ask({"op": "capture"})
        assert SALE[:20] in await print_sale(rig)
        assert len(rig.lane.observers) == 1  # the socket's own

    run(test, tmp_path)


def test_the_socket_that_a_killed_lane_left_is_taken_over_and_a_living_ones_is_not(tmp_path: Path) -> None:
    async def test(rig: Rig, path: Path) -> None:
        second = Control(rig.lane, tmp_path)
        await second.serve()  # gives up at once
        async with asking(path) as asker:
            assert (await asker.ask({"op": "status"}))["ok"]

    with socket.socket(socket.AF_UNIX) as left_behind:
        left_behind.bind(str(tmp_path / "till-1.sock"))
    run(test, tmp_path)


def test_a_box_whose_state_folder_is_not_there_yet_is_asked_all_the_same(tmp_path: Path) -> None:
    async def test(_rig: Rig, path: Path) -> None:
        async with asking(path) as asker:
            assert (await asker.ask({"op": "status"}))["ok"]
        assert stat.S_IMODE(path.parent.stat().st_mode) & 0o007 == 0

    run(test, tmp_path / "not" / "there")


def test_a_folder_that_cannot_be_written_costs_the_socket_and_not_the_lane(tmp_path: Path) -> None:
    async def play() -> None:
        async with tcp_rig() as rig:
            (tmp_path / "file").touch()
            await Control(rig.lane, tmp_path / "file" / "folder").serve()
            assert SALE[:20] in await print_sale(rig)

    asyncio.run(play())


# ---- pages of the box's own, and a configuration taken over


def asked_to_print(page: bytes, **more: Any) -> dict[str, Any]:
    return {"id": 9, "op": "print", "data": b64encode(page).decode(), **more}


def test_a_page_is_printed_on_a_connection_of_its_own_where_no_register_is_connected(tmp_path: Path) -> None:
    async def test(rig: Rig, path: Path) -> None:
        async with asking(path) as asker, listening(rig.printer_port) as listener:
            asking_for_it = asyncio.create_task(asker.ask(asked_to_print(PAGE)))
            with await accept(listener) as printer:
                got = await receive_all(printer)
            answer = await asking_for_it
        assert (answer["id"], answer["ok"], answer["printed"]) == (9, True, len(PAGE))
        assert PAGE in got

    run(test, tmp_path)


def test_a_register_that_comes_while_a_page_is_printed_waits_and_loses_nothing(tmp_path: Path) -> None:
    async def test(rig: Rig, path: Path) -> None:
        loop = asyncio.get_running_loop()
        async with asking(path) as asker, listening(rig.printer_port, receive_buffer=4096) as listener:
            asking_for_it = asyncio.create_task(asker.ask(asked_to_print(LONG_PAGE)))
            with await accept(listener) as printer, await rig.connect() as register:
                await loop.sock_sendall(register, SALE)
                register.shutdown(socket.SHUT_WR)
                assert LONG_PAGE in await receive_all(printer)
                printer.close()
                with await accept(listener) as again:
                    job = await receive_all(again)
            assert (await asking_for_it)["ok"]
        assert less_blocks(SALE, job) == SALE

    run(test, tmp_path)


def test_a_page_between_two_receipts_of_one_connection_goes_by_the_same_wire(tmp_path: Path) -> None:
    async def test(rig: Rig, path: Path) -> None:
        loop = asyncio.get_running_loop()
        async with asking(path) as asker, listening(rig.printer_port, receive_buffer=4096) as listener:
            with await rig.connect() as register, await accept(listener) as printer:
                await loop.sock_sendall(register, SALE.removesuffix(CUT))
                asking_for_it = asyncio.create_task(asker.ask(asked_to_print(LONG_PAGE)))
                got = await receive(printer, len(SALE) - len(CUT))
                assert not asking_for_it.done()
                await loop.sock_sendall(register, CUT)
                while LONG_PAGE[:100] not in got:
                    got += await loop.sock_recv(printer, 4096)
                await loop.sock_sendall(register, SALE)
                register.shutdown(socket.SHUT_WR)
                got += await receive_all(printer)
            assert (await asking_for_it)["ok"]
        before, page, after = got.partition(LONG_PAGE)
        assert page
        assert [less_blocks(SALE, job) for job in (before[: before.rindex(CUT) + len(CUT)],)] == [SALE]
        assert less_blocks(SALE, after[after.index(SALE[:8]) :]) == SALE

    run(test, tmp_path)


def test_a_page_that_may_not_be_printed_is_refused_with_a_reason_and_the_lane_prints_on(
    tmp_path: Path,
) -> None:
    async def test(rig: Rig, path: Path) -> None:
        async with asking(path) as asker:
            for question, code in [
                ({"op": "print"}, "refused"),
                ({"op": "print", "data": "no base64!"}, "refused"),
                (asked_to_print(PAGE), "printer"),  # nobody listens
            ]:
                answer = await asker.ask(question)
                assert (answer["ok"], answer["code"]) == (False, code)
            async with listening(rig.printer_port) as listener:
                asking_for_it = asyncio.create_task(asker.ask(asked_to_print(b"\x1b@reset\n")))
                with await accept(listener) as printer:
                    assert await receive_all(printer) == b""
                answer = await asking_for_it
            assert "ESC @" in answer["error"]
            assert SALE[:20] in await print_sale(rig)

    run(test, tmp_path)


def test_what_must_wait_longer_than_the_bound_is_refused_as_busy(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(daemon, "IDLE_WAIT_MOST", 0.2)

    async def test(rig: Rig, path: Path) -> None:
        loop = asyncio.get_running_loop()
        async with asking(path) as asker, listening(rig.printer_port) as listener:
            with await rig.connect() as register, await accept(listener) as printer:
                await loop.sock_sendall(register, SALE.removesuffix(CUT))
                await receive(printer, len(SALE) - len(CUT))
                answer = await asker.ask(asked_to_print(PAGE))
                assert (answer["ok"], answer["code"]) == (False, "busy")
                await loop.sock_sendall(register, CUT)
                register.shutdown(socket.SHUT_WR)
                assert PAGE not in await receive_all(printer)

    run(test, tmp_path)


def test_a_lane_without_a_configuration_file_says_so_when_it_is_to_read_it(tmp_path: Path) -> None:
    async def test(_rig: Rig, path: Path) -> None:
        async with asking(path) as asker:
            answer = await asker.ask({"id": 1, "op": "reload"})
            assert (answer["ok"], answer["code"]) == (False, "restart_needed")

    run(test, tmp_path)
