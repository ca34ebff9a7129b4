"""python -m hardware_sim printer | register | wire | render"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import signal
import sys
from pathlib import Path

from .models import DEFAULT_MODEL, MODELS, find_model
from .printer import VirtualPrinter
from .register import Pace, PrinterNotReady, over_pty, over_tcp
from .render import render, with_margins
from .server import Output, PrinterServer, Trouble
from .wire import Ending, Faults, Wire


def _address(text: str) -> tuple[str, int]:
    host, colon, port = text.rpartition(":")
    if not colon or not port.isdigit():
        raise argparse.ArgumentTypeError(f"{text!r} is not HOST:PORT")
    return host or "127.0.0.1", int(port)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hardware_sim", description="Simulated receipt printers and registers."
    )
    commands = parser.add_subparsers(dest="command", required=True)

    printer = commands.add_parser("printer", help="a printer on a port or pty; every cut paper becomes a PNG")
    _where(printer, "--listen")
    _model(printer)
    printer.add_argument("--out", type=Path, required=True, help="folder for paper-NNNN.png and received.bin")
    printer.add_argument("--slow", type=int, metavar="BYTES_PER_SECOND")
    printer.add_argument("--speed", type=float, metavar="MM_PER_SECOND", help="how fast its paper moves")
    printer.add_argument("--xonxoff", action="store_true", help="say XOFF when the receive buffer fills up")
    printer.add_argument(
        "--reset-after", type=int, metavar="BYTES", help="reset each connection after so many bytes"
    )
    printer.add_argument("--paper-out", action="store_true", help="start without paper")

    register = commands.add_parser("register", help="play captured jobs to a printer")
    _where(register, "--connect")
    register.add_argument("files", type=Path, nargs="+", metavar="FILE")
    register.add_argument("--chunk", type=int, default=4096, metavar="BYTES")
    register.add_argument("--pause", type=float, default=0, metavar="MS", help="after every chunk")
    register.add_argument(
        "--linger", type=float, default=500, metavar="MS", help="listen for replies at the end"
    )
    register.add_argument("--ask-first", action="store_true", help="ask for status and wait before every job")

    wire = commands.add_parser("wire", help="a faulty wire between a register and a printer")
    wire.add_argument("--listen", type=_address, required=True, metavar="HOST:PORT")
    wire.add_argument("--connect", type=_address, required=True, metavar="HOST:PORT")
    wire.add_argument("--delay", type=float, default=0, metavar="MS")
    wire.add_argument("--chop", type=int, metavar="BYTES")
    wire.add_argument("--break-after", type=int, metavar="BYTES")
    wire.add_argument("--ending", choices=[ending.value for ending in Ending], default="close")
    wire.add_argument("--duplicate", type=int, nargs=2, metavar=("START", "END"))

    pictures = commands.add_parser("render", help="captured jobs to pictures of the paper")
    pictures.add_argument("files", type=Path, nargs="+", metavar="FILE")
    pictures.add_argument("--out", type=Path, required=True, help="folder for the PNGs")
    _model(pictures)
    return parser


def _where(parser: argparse.ArgumentParser, tcp: str) -> None:
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument(tcp, dest="address", type=_address, metavar="HOST:PORT")
    where.add_argument("--pty", type=Path, metavar="PATH")


def _model(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--model", choices=sorted(MODELS), default=DEFAULT_MODEL)


def _say(text: object) -> None:
    print(text, flush=True)


async def _until_stopped() -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    await stopped.wait()


async def _printer(args: argparse.Namespace) -> int:
    printer = VirtualPrinter(args.model, millimetres_per_second=args.speed, xonxoff=args.xonxoff)
    printer.set_paper_out(args.paper_out)
    output = Output(args.out, on_paper=_say)
    server = PrinterServer(printer, output, Trouble(args.slow, args.reset_after))
    line: contextlib.AbstractAsyncContextManager[object] = (
        server.pty(args.pty) if args.pty else server.tcp(*args.address)
    )
    async with line as where:
        _say(f"{printer.model.name} listening on {where}")
        await _until_stopped()
    output.finish(printer)
    return 0


async def _register(args: argparse.Namespace) -> int:
    pace = Pace(args.chunk, args.pause / 1000, args.ask_first)
    line = over_pty(args.pty, pace) if args.pty else over_tcp(args.address[0], args.address[1], pace)
    async with line as register:
        for file in args.files:
            await register.play(file.read_bytes())
        with contextlib.suppress(TimeoutError, ConnectionError):
            await asyncio.wait_for(register.wait_for_replies(sys.maxsize), args.linger / 1000)
    if register.replies:
        _say(f"replies: {register.replies.hex(' ')}")
    return 0


async def _wire(args: argparse.Namespace) -> int:
    duplicate = tuple(args.duplicate) if args.duplicate else None
    faults = Faults(args.delay / 1000, args.chop, args.break_after, Ending(args.ending), duplicate)
    async with Wire(*args.connect, up=faults).listen(*args.listen) as port:
        _say(f"listening on {port}")
        await _until_stopped()
    return 0


async def _render(args: argparse.Namespace) -> int:
    args.out.mkdir(parents=True, exist_ok=True)
    for file in args.files:
        for number, piece in enumerate(render(file.read_bytes(), args.model), 1):
            path = args.out / f"{file.stem}-{number}.png"
            with_margins(piece, find_model(args.model).dpi).save(path)
            _say(path)
    return 0


def main() -> int:
    args = _parser().parse_args()
    run = {"printer": _printer, "register": _register, "wire": _wire, "render": _render}[args.command]
    try:
        return asyncio.run(run(args))
    except (OSError, PrinterNotReady) as error:
        print(f"hardware_sim {args.command}: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
