"""Plays the scenarios of `hardware_sim/scenarios` on a running lane: real sockets, ptys, and a line that garbles."""

from __future__ import annotations

import asyncio
import contextlib
import re
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from captures import CUT, chinese_sale
from failing_disks import fill, small_file_system
from lane_driver import PREFIX, rules
from lane_rig import Book, Rig, accept, listening, receive, receive_all, reset, running, tcp_rig
from serial_rig import UartEar, cable

from hardware_sim.uart import Frame, Wave, data_of
from hardware_sim.uart import receive as hear
from receiptbridge.bridge.events import StoreSale
from receiptbridge.claim.token import ClaimFields, decode, unspell
from receiptbridge.clock import Moment
from receiptbridge.identity import adopt_key, make_key
from receiptbridge.issuer import Issuer
from receiptbridge.journal import FILE_NAME, Journal
from receiptbridge.links.detect import detect
from receiptbridge.links.doors import SerialDoor
from receiptbridge.links.line import LineSettings
from receiptbridge.links.tcp import SOCKET_BUFFER
from receiptbridge.profiles.load import load_grammar

SALE = chinese_sale()
TOTAL = 6367
PATIENCE = 60.0  # seconds for a whole scenario: some print hundreds of receipts, on machines that do other things too
_TOKEN = re.compile(re.escape(PREFIX).encode() + rb"([A-Z2-7]{144})")


@dataclass
class Outcome:
    """What happened: `sent` to the box and `papers` that came of it, job by job, and whatever else there is to tell."""

    sent: list[bytes] = field(default_factory=list)
    papers: list[bytes] = field(default_factory=list)
    rows: Sequence[StoreSale] = ()
    totals: frozenset[int] = frozenset({TOTAL})
    next_sale: bytes = b""
    told: list[bool] = field(default_factory=list)
    refused: bool = False
    swallowed: int = 0
    held_most: int = 0
    till: LineSettings | None = None
    found: LineSettings | None = None


def codes(papers: Sequence[bytes]) -> list[ClaimFields]:
    """The claims in native symbols among what a printer got."""
    return [decode(unspell(found.decode())) for paper in papers for found in _TOKEN.findall(paper)]


def job_of(number: int) -> bytes:
    """A sale of its own: its total is 10.00 and its number in cents."""
    return chinese_sale(f"{10 + number / 100:.2f}", f"2026{number:08}")


async def _print(rig: Rig, listener: socket.socket, job: bytes) -> bytes:
    """Print a job as a register does; what the printer got."""
    _, writer = await rig.register()
    writer.write(job)
    writer.write_eof()
    paper = await _next_job(listener)
    writer.close()
    return paper


async def _next_job(listener: socket.socket) -> bytes:
    while True:
        printer = await accept(listener)
        with printer:
            if paper := await receive_all(printer):
                return paper  # else the lane looked whether the printer is back


@asynccontextmanager
async def _counter(store: Book | Issuer | None = None) -> AsyncIterator[tuple[Rig, socket.socket]]:
    """A lane to a printer of this country, which takes symbols and characters as they are."""
    async with (
        tcp_rig(book=store, lane_rules=rules(printer="xprinter-xp-80"), patience=PATIENCE) as rig,
        listening(rig.printer_port, receive_buffer=SOCKET_BUFFER) as listener,
    ):
        yield rig, listener


# ---- lines ------------------------------------------------------------------------------------------------


async def wrong_baud(folder: Path, *, till_baud: int, box_baud: int) -> Outcome:
    heard = data_of(
        [one for _, one in hear(Wave().idle(0.01).send(SALE * 3, Frame(till_baud)), Frame(box_baud))]
    )
    with cable(folder / "till") as till, cable(folder / "printer") as printer:
        settings, book = LineSettings(box_baud), Book()
        doors = (
            SerialDoor(str(till.path), settings, "register"),
            SerialDoor(str(printer.path), settings, "printer"),
        )
        async with running(*doors, book=book):
            await till.opened()
            await printer.opened()
            till.write(heard)
            paper = await printer.read(len(heard))
    found = detect(UartEar(SALE, Frame(till_baud)), load_grammar("escpos")).settings
    return Outcome([heard], [paper], book.sales, till=LineSettings(till_baud), found=found)


async def noise(folder: Path, *, receipts: int, spikes: int) -> Outcome:
    outcome, frame = Outcome(), Frame(9600)
    async with _counter() as (rig, listener):
        for seed in range(receipts):
            wave = Wave().idle(0.01).send(SALE, frame).idle(0.01).noise(seed, spikes, frame.bit)
            outcome.sent.append(data_of([one for _, one in hear(wave, frame)]))
            outcome.papers.append(await _print(rig, listener, outcome.sent[-1]))
        outcome.next_sale = await _sale_behind(rig, listener)
        outcome.rows = rig.book.sales
    return outcome


async def _sale_behind(rig: Rig, listener: socket.socket) -> bytes:
    """A whole sale; behind a job that broke off in mid-command one job passes unread."""
    await _print(rig, listener, b"\x1b@")
    return await _print(rig, listener, SALE)


# ---- who does not stop, who does not read -----------------------------------------------------------------


async def register_never_stops(folder: Path, *, kilobytes: int) -> Outcome:
    outcome = Outcome(sent=[b"Item        1.00\n" * (kilobytes * 64)])
    async with _counter() as (rig, listener):
        _, writer = await rig.register()
        printer = await accept(listener)
        printing = asyncio.ensure_future(receive_all(printer))
        for at in range(0, len(outcome.sent[0]), 4096):
            writer.write(outcome.sent[0][at : at + 4096])
            await writer.drain()
            outcome.held_most = max(outcome.held_most, rig.lane.session.held)
        writer.write_eof()
        outcome.papers.append(await printing)
        printer.close()
        writer.close()
    return outcome


async def printer_never_reads(folder: Path, *, kilobytes: int) -> Outcome:
    job = SALE.removesuffix(CUT) + b"x" * (kilobytes * 1024) + CUT
    outcome = Outcome(sent=[job])
    async with _counter() as (rig, listener):
        with await rig.connect(send_buffer=SOCKET_BUFFER) as register:
            printer = await accept(listener)
            outcome.swallowed = await _push(register, job)
            printing = asyncio.ensure_future(receive_all(printer))
            await asyncio.get_running_loop().sock_sendall(register, job[outcome.swallowed :])
            register.shutdown(socket.SHUT_WR)
            outcome.papers.append(await printing)
            printer.close()
    return outcome


async def _push(register: socket.socket, job: bytes) -> int:
    """Send until nothing was taken for a while; how much went."""
    loop, went = asyncio.get_running_loop(), 0
    taken = asyncio.Event()
    loop.add_writer(register, taken.set)
    with contextlib.suppress(TimeoutError):
        while went < len(job):
            async with asyncio.timeout(0.5):
                await taken.wait()
            taken.clear()
            with contextlib.suppress(BlockingIOError):
                went += register.send(job[went : went + 1024])
    loop.remove_writer(register)
    return went


# ---- cables and power -------------------------------------------------------------------------------------


async def cable_pulled_at_every_point(folder: Path, *, step: int) -> Outcome:
    outcome = Outcome(sent=[SALE[:at] for at in range(13, len(SALE) - len(CUT), step)])
    async with _counter() as (rig, listener):
        for sent in outcome.sent:
            outcome.papers.append(await _print(rig, listener, sent))
        outcome.next_sale = await _sale_behind(rig, listener)
        outcome.rows = rig.book.sales[:-1]
    return outcome


async def printer_lost_at_every_point(folder: Path, *, step: int) -> Outcome:
    outcome = Outcome()
    async with _counter() as (rig, listener):
        for at in range(1, len(SALE) - len(CUT), step):
            await _lose_printer(rig, listener, outcome, at)
        outcome.next_sale = await _print(rig, listener, SALE)
    return outcome


async def printer_power_cycled(folder: Path) -> Outcome:
    outcome = Outcome()
    async with tcp_rig(patience=PATIENCE) as rig:
        async with listening(rig.printer_port) as listener:
            await _lose_printer(rig, listener, outcome, len(SALE) // 2, before=listener.close)
        reader, writer = await rig.register()
        outcome.told.append(await _reset_by_peer(reader))
        writer.close()
        try:
            await asyncio.open_connection("127.0.0.1", rig.register_port)
        except ConnectionRefusedError:
            outcome.refused = True
        async with listening(rig.printer_port) as listener:
            outcome.next_sale = await _print(rig, listener, SALE)
    return outcome


async def _lose_printer(
    rig: Rig, listener: socket.socket, outcome: Outcome, at: int, before: Callable[[], None] = lambda: None
) -> None:
    """Print a sale on a printer that is gone after so many bytes."""
    reader, writer = await rig.register()
    writer.write(SALE)
    printer = await accept(listener)
    outcome.sent.append(SALE)
    outcome.papers.append(await receive(printer, at))
    before()
    reset(printer)
    outcome.told.append(await _reset_by_peer(reader))
    writer.close()


async def _reset_by_peer(reader: asyncio.StreamReader) -> bool:
    try:
        return bool(await reader.read())
    except ConnectionResetError:
        return True


async def descriptors_around_trouble() -> tuple[int, int]:
    """How many descriptors are open after a first job, and after many with trouble in them."""
    async with _counter() as (rig, listener):
        counts = []
        for times in (1, 20):
            for at in range(times):
                await _lose_printer(rig, listener, Outcome(), 10 * at + 10)
                await _print(rig, listener, SALE[: 10 * at + 10])
                await _print(rig, listener, SALE)
            counts.append(len(list(Path("/proc/self/fd").iterdir())))
    return counts[0], counts[1]


# ---- many registers, a bad disk, no clock -----------------------------------------------------------------


async def two_registers_one_port(folder: Path, *, sales: int) -> Outcome:
    outcome = Outcome(sent=[job_of(number) for number in range(sales)])
    outcome.totals = frozenset(1000 + number for number in range(sales))
    async with _counter() as (rig, listener):

        async def till(jobs: Sequence[bytes]) -> None:
            for job in jobs:
                reader, writer = await rig.register()
                for at in range(0, len(job), 100):
                    writer.write(job[at : at + 100])
                    await asyncio.sleep(0)
                writer.write_eof()
                await reader.read()  # the printer hangs up when it has the job
                writer.close()

        tills = [asyncio.ensure_future(till(outcome.sent[first::2])) for first in (0, 1)]
        for _ in outcome.sent:
            outcome.papers.append(await _next_job(listener))
        await asyncio.gather(*tills)
    return outcome


async def full_disk(folder: Path, *, sales: int) -> Outcome:
    with small_file_system(folder / "small") as small:
        return await _on_issuer(small, sales, Moment(1_795_340_000.0, good=True), before=lambda: fill(small))


async def clock_1970(folder: Path, *, codes_wanted: int, sales_most: int) -> Outcome:
    return await _on_issuer(folder, sales_most, Moment(86_400.0, good=False), codes_wanted=codes_wanted)


async def _on_issuer(
    folder: Path,
    sales_most: int,
    moment: Moment,
    *,
    before: Callable[[], object] = lambda: None,
    codes_wanted: int = 1 << 30,
) -> Outcome:
    """Sales into a real journal, at that moment. On a slow machine a first commit may be late for its paper."""
    outcome = Outcome(totals=frozenset(1000 + number for number in range(sales_most)))
    identity = adopt_key(folder, make_key(folder), bytes(range(6)), "000102030405:1")
    issuer = Issuer(
        lambda: Journal.open(folder / FILE_NAME), lane="till-1", identity=identity, clock=lambda: moment
    )
    async with _counter(issuer) as (rig, listener):
        rig.lane.disk.do(issuer.prepare)
        await asyncio.get_running_loop().run_in_executor(None, before)
        while len(outcome.sent) < sales_most and len(codes(outcome.papers)) < codes_wanted:
            outcome.sent.append(job_of(len(outcome.sent)))
            outcome.papers.append(await _print(rig, listener, outcome.sent[-1]))
    return outcome


PLAYS: dict[str, Callable[..., Awaitable[Outcome]]] = {
    "wrong-baud": wrong_baud,
    "noise": noise,
    "register-never-stops": register_never_stops,
    "printer-never-reads": printer_never_reads,
    "cable-pulled-at-every-point": cable_pulled_at_every_point,
    "printer-lost-at-every-point": printer_lost_at_every_point,
    "printer-power-cycled": printer_power_cycled,
    "two-registers-one-port": two_registers_one_port,
    "full-disk": full_disk,
    "clock-1970": clock_1970,
}
