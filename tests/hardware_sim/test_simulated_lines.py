"""The simulated register, wire and printer on real sockets and pseudo-terminals."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from hardware_sim.printer import RECEIVE_BUFFER, VirtualPrinter
from hardware_sim.register import Pace, PrinterNotReady, over_pty, over_tcp
from hardware_sim.render import render, with_margins
from hardware_sim.server import Output, PrinterServer, Trouble
from hardware_sim.wire import Ending, Faults, Wire

_CORPUS = Path(__file__).parents[2] / "hardware_sim" / "captures" / "corpus"
_JOB = (_CORPUS / "d0001.bin").read_bytes()
_MODEL = "xprinter-xp-80"
_MARK = b"\x1dr\x01"  # answered when everything before it has been printed
_PATIENCE = 20.0


def _run(test: Coroutine[Any, Any, None]) -> None:
    asyncio.run(asyncio.wait_for(test, _PATIENCE))


def _server(trouble: Trouble | None = None, output: Output | None = None) -> PrinterServer:
    return PrinterServer(VirtualPrinter(_MODEL), output, trouble)


def _assert_job_printed(server: PrinterServer) -> None:
    assert [piece.tobytes() for piece in server.printer.papers] == [
        piece.tobytes() for piece in render(_JOB, _MODEL)
    ]


def test_a_job_over_tcp_prints_what_it_prints_in_memory() -> None:
    async def test() -> None:
        server = _server()
        async with (
            server.tcp() as port,
            over_tcp("127.0.0.1", port, Pace(chunk=7, ask_first=True)) as register,
        ):
            await register.play(_JOB + _MARK)
            await register.wait_for_replies(2)
        _assert_job_printed(server)

    _run(test())


def test_a_job_over_a_pty_prints_what_it_prints_in_memory(tmp_path: Path) -> None:
    async def test() -> None:
        server = _server()
        async with server.pty(tmp_path / "till-1") as path, over_pty(path, Pace(ask_first=True)) as register:
            await register.play(_JOB + _MARK)
            await register.wait_for_replies(2)
        _assert_job_printed(server)
        assert not (tmp_path / "till-1").is_symlink()

    _run(test())


def test_every_cut_paper_becomes_a_png_and_every_byte_is_kept(tmp_path: Path) -> None:
    async def test() -> None:
        server = _server(output=Output(tmp_path / "out"))
        async with server.tcp() as port, over_tcp("127.0.0.1", port) as register:
            await register.play(_JOB + _JOB + _MARK)
            await register.wait_for_replies(1)
        server.output.finish(server.printer)

    _run(test())
    out = tmp_path / "out"
    assert sorted(path.name for path in out.iterdir()) == ["paper-0001.png", "paper-0002.png", "received.bin"]
    assert (out / "received.bin").read_bytes() == _JOB + _JOB + _MARK
    with Image.open(out / "paper-0001.png") as saved:
        assert saved.tobytes() == with_margins(render(_JOB, _MODEL)[0], 203).tobytes()


def test_a_second_connection_waits_until_the_first_is_gone() -> None:
    async def test() -> None:
        server = _server()
        async with server.tcp() as port, AsyncExitStack() as connection:
            first = await connection.enter_async_context(over_tcp("127.0.0.1", port))
            await first.ask()
            async with over_tcp("127.0.0.1", port) as second:
                await second.play(_MARK)
                await first.ask()
                assert not second.replies
                await connection.aclose()
                await second.wait_for_replies(1)

    _run(test())


def test_an_offline_printer_pushes_back_on_its_sender_and_goes_on_when_it_is_closed() -> None:
    async def test() -> None:
        server = _server()
        server.printer.open_cover()
        size = 8 << 20
        job = b"\x1d8L" + size.to_bytes(4, "little") + bytes(size)
        async with server.tcp() as port, over_tcp("127.0.0.1", port) as register:
            playing = asyncio.create_task(register.play(job + _MARK))
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(asyncio.shield(playing), 0.3)
            assert server.received == RECEIVE_BUFFER
            server.say(server.printer.close_cover())
            await playing
            await register.wait_for_replies(1)
        assert server.printer.overrun == 0

    _run(test())


def test_a_register_that_asks_first_gives_up_on_an_offline_printer() -> None:
    async def test() -> None:
        server = _server()
        server.printer.set_paper_out()
        async with server.tcp() as port, over_tcp("127.0.0.1", port, Pace(ask_first=True)) as register:
            with pytest.raises(PrinterNotReady, match="offline"):
                await register.play(_JOB)
        assert server.printer.tear_off() is None

    _run(test())


def test_a_printer_that_resets_in_mid_job_is_seen_as_such() -> None:
    async def test() -> None:
        server = _server(Trouble(reset_after=100))
        async with server.tcp() as port, over_tcp("127.0.0.1", port, Pace(chunk=50)) as register:
            await register.play(_JOB[:100])
            with pytest.raises(ConnectionError):
                await register.wait_for_replies(1)

    _run(test())


def test_a_chopping_wire_changes_nothing_but_the_pieces() -> None:
    async def test() -> None:
        server = _server()
        async with (
            server.tcp() as port,
            Wire("127.0.0.1", port, up=Faults(chop=3)).listen() as wire,
            over_tcp("127.0.0.1", wire) as register,
        ):
            await register.play(_JOB + _MARK)
            await register.wait_for_replies(1)
        _assert_job_printed(server)

    _run(test())


@pytest.mark.parametrize("ending", [Ending.CLOSE, Ending.RESET])
def test_a_breaking_wire_lets_exactly_so_many_bytes_through(ending: Ending) -> None:
    async def test() -> None:
        server = _server()
        faults = Faults(break_after=123, ending=ending)
        async with (
            server.tcp() as port,
            Wire("127.0.0.1", port, up=faults).listen() as wire,
            over_tcp("127.0.0.1", wire) as register,
        ):
            await register.play(_JOB[:200])
            with pytest.raises(ConnectionError):
                await register.wait_for_replies(1)
        assert server.received <= 123
        if ending is Ending.CLOSE:
            assert server.received == 123

    _run(test())


def test_a_half_open_wire_closes_nothing_and_carries_nothing() -> None:
    async def test() -> None:
        server = _server()
        faults = Faults(break_after=1, ending=Ending.HALF_OPEN)
        async with (
            server.tcp() as port,
            Wire("127.0.0.1", port, up=faults).listen() as wire,
            over_tcp("127.0.0.1", wire) as register,
        ):
            await register.play(_MARK)
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(register.wait_for_replies(1), 0.3)
            assert not register.closed

    _run(test())


def test_a_stuttering_wire_repeats_the_bytes_it_was_told_to() -> None:
    async def test() -> None:
        server = _server()
        async with (
            server.tcp() as port,
            Wire("127.0.0.1", port, up=Faults(duplicate=(0, 3))).listen() as wire,
            over_tcp("127.0.0.1", wire) as register,
        ):
            await register.play(_MARK)
            await register.wait_for_replies(2)

    _run(test())


def test_the_wire_refuses_when_the_printer_does() -> None:
    async def test() -> None:
        async with Wire("127.0.0.1", 1).listen() as wire, over_tcp("127.0.0.1", wire) as register:
            with pytest.raises(ConnectionError):
                await register.wait_for_replies(1)

    _run(test())


def test_the_command_line_renders_a_capture(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hardware_sim", "render", "--model", _MODEL, "--out", str(tmp_path)]
    done = subprocess.run([*command, str(_CORPUS / "d0001.bin")], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(tmp_path / "d0001-1.png")]
    assert os.listdir(tmp_path) == ["d0001-1.png"]


def test_the_command_line_says_what_is_wrong_with_an_address(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hardware_sim", "register", "--connect", "nowhere", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 2
    assert "'nowhere' is not HOST:PORT" in done.stderr
