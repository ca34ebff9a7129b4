"""`python3 -m receiptbridge_bypass LANE`: until SIGTERM.

Of the configuration it reads two keys of its lane; where it cannot, of the copy that the lane kept when it last
started (`last-good.toml` in the state directory).
"""

from __future__ import annotations

import os
import select
import signal
import socket
import sys
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

from receiptbridge_bypass.copying import GLANCE, copy
from receiptbridge_bypass.ends import End
from receiptbridge_bypass.opening import checked, connected, listen, may_print, open_link

CONFIG = Path(os.environ.get("RECEIPTBRIDGE_CONFIG", "/etc/receiptbridge/config.toml"))
LAST_GOOD = Path(os.environ.get("STATE_DIRECTORY", "/var/lib/receiptbridge"), "last-good.toml")
RETRY = 0.25  # a printer that was switched on is found at once

_stopping = False


def registers(address: str) -> Iterator[End]:
    """One register after the other where they connect; on a line the only one, again when it was gone."""
    listener = None
    while not _stopping:
        try:
            if not address.startswith("tcp-listen:"):
                yield open_link(address, to_register=True)
                continue
            listener = listener or listen(address)
            if select.select([listener], [], [], GLANCE)[0]:
                connection, (peer, *_) = listener.accept()
                if may_print(peer, address):
                    yield connected(connection)
                else:
                    refuse(connection, peer)
        except OSError as fault:
            rest(f"{address}: {fault}")


def refuse(connection: socket.socket, peer: str) -> None:
    """Who may not print by the lane may not by its bypass."""
    print(f"<4>{peer} is not among the addresses that may print: refused", file=sys.stderr, flush=True)
    connected(connection).close(reset=True)


def serve(register: End, printer_address: str, printer: End | None) -> End | None:
    """One register until it is gone, through as many printers as that takes; a connection through one.

    Takes and gives back the printer that stays open: closed at a job's end, usblp would take back what is not printed.
    """
    broke: End | None = None
    while broke is not register and not _stopping:
        try:
            printer = printer or open_link(printer_address)
        except OSError as fault:
            rest(f"{printer_address}: {fault}")
            broke = broke if register.socket is None else register
            continue
        broke = copy(register, printer, lambda: _stopping)
        if broke is printer or printer.socket is not None:
            printer.close()
            printer = None
        if register.socket is not None:
            break
    register.close(reset=broke is not None)
    return printer


def rest(why: str) -> None:
    print(f"<4>{why}; tried again", file=sys.stderr, flush=True)
    time.sleep(RETRY)


def addresses(lane: str) -> tuple[str, str]:
    """Of the register and of the printer. Raises what keeps both files from being read."""
    try:
        return addresses_in(CONFIG, lane)
    except (OSError, ValueError, LookupError, TypeError) as fault:
        print(f"<4>{CONFIG}: {fault!r}; using {LAST_GOOD}", file=sys.stderr, flush=True)
        return addresses_in(LAST_GOOD, lane)


def addresses_in(path: Path, lane: str) -> tuple[str, str]:
    for section in tomllib.loads(path.read_text(encoding="utf-8"))["lane"]:
        if section["name"] == lane:
            return checked(section["register"]), checked(section["printer"])
    raise LookupError(f"no lane {lane!r} there")


def stop(*_: object) -> None:
    global _stopping
    _stopping = True


def main() -> None:
    """The bypass of the lane that the command line names."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    if len(sys.argv) != 2:
        sys.exit("usage: receiptbridge-bypass LANE")
    try:
        register_address, printer_address = addresses(sys.argv[1])
    except (OSError, ValueError, LookupError, TypeError) as fault:
        sys.exit(f"{LAST_GOOD}: {fault!r}; the bypass does not know what to connect")
    print(f"<5>bypass: {register_address} to {printer_address}", file=sys.stderr, flush=True)
    printer: End | None = None
    for register in registers(register_address):
        if printer is not None and not printer.still_there():
            printer.close()
            printer = None
        printer = serve(register, printer_address, printer)
    if printer is not None:
        printer.let_finish()
        printer.close()


if __name__ == "__main__":
    main()
