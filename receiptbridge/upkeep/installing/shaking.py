"""The step `handshake`: how the printer says that it is busy, and what makes the till stop."""

from __future__ import annotations

import termios
import time
from dataclasses import replace
from typing import Final

from receiptbridge.links.address import Address, parse_address
from receiptbridge.links.handshake import ModemLines
from receiptbridge.links.line import Flow, LineSettings
from receiptbridge.upkeep.handshaking import (
    LINES,
    OBEYS,
    UNCLEAR,
    Busy,
    LongPrint,
    flows_to_try,
    port_without_handshake,
    try_to_stop,
)
from receiptbridge.upkeep.identify import ask_how
from receiptbridge.upkeep.installing.visit import PATIENCE, Stopped, Visit, again, truth
from receiptbridge.upkeep.installing.wiring import with_line
from receiptbridge.upkeep.talking import Talk
from receiptbridge.words import _

SPOKEN: Final[dict[Flow, str]] = {
    "xonxoff": "XON/XOFF", "rtscts": "RTS/CTS", "dsrdtr": "DTR/DSR", "none": "none",
}  # fmt: skip

REST_MOST: Final = 60.0
"""Seconds for the rest of the long print: half a kilobyte at 1200 baud, and somebody who shuts a cover."""

SILENT: Final = 0.4
"""Seconds without a byte, after which a till has nothing more to send: longer than between two lines."""

TRIES: Final = 3
"""Receipts for each way to stop a till: a short one may be over before it was told."""


def handshake(visit: Visit) -> None:
    """Find both handshakes by a long print and by stopping the till, and say which is wrong."""
    register, printer = parse_address(visit.fact("register")), parse_address(visit.fact("printer"))
    if register.line is None and printer.line is None:
        visit.person.tell(_("No serial line here: the links hold each other back by themselves."))
        return
    if visit.lane_runs:
        raise Stopped(
            _("lane {lane} is running and has the ports").format(lane=visit.lane),
            _("Stop it between two customers: sudo systemctl stop receiptbridge@{lane}").format(
                lane=visit.lane
            ),
            again("handshake"),
        )
    printers: Flow | None = None
    if printer.line is not None:
        printers = _printers_flow(visit, printer, printer.line)
        visit.learn(printer=with_line(printer, replace(printer.line, flow=printers)))
    if register.line is not None:
        flow = _tills_flow(visit, register, register.line, printers if printers != "none" else None)
        visit.learn(register=with_line(register, replace(register.line, flow=flow)))


# ---- the printer


def _printers_flow(visit: Visit, printer: Address, settings: LineSettings) -> Flow:
    with port_without_handshake(printer.path, settings) as (link, lines):
        talk = Talk(link)
        cover = _cover(visit, talk, is_open=True)
        job = LongPrint(talk, lines)
        visit.person.tell(_("Sending a long print, to see how the printer says that it is busy ..."))
        busy = job.fill(settings)
        visit.person.tell(busy_in_words(busy))
        if cover:
            _cover(visit, talk, is_open=False)
        whole = job.finish(settings, REST_MOST)
    if not whole:
        raise Stopped(
            _("the printer takes nothing any more"),
            _("Is its cover shut, and has it paper?"),
            again("handshake"),
        )
    question = _("The paper has numbered lines. Do they go from 0001 to {last:04} without a gap?").format(
        last=LINES
    )
    if visit.yes("handshake.paper", question) == "yes":
        return busy.flow or "none"
    raise Stopped(*_why_lost(busy))


def _cover(visit: Visit, talk: Talk, *, is_open: bool) -> bool:
    """Have the cover opened or shut; whether that was seen, or told by whoever did it."""
    task = _("Open the printer's cover, and leave it open.") if is_open else _("Shut the printer's cover.")
    if ask_how(talk).offline is None:  # it tells nothing: then the person does
        visit.person.do(task)
        return visit.yes("handshake.cover", _("Done?")) == "yes"
    seen = visit.wait(task, truth(lambda: bool(ask_how(talk).offline) == is_open))
    if seen is None and is_open:
        raise Stopped(_("the cover was not seen to open"), again("handshake"))
    return True


def busy_in_words(busy: Busy) -> str:
    if busy.flow is not None:
        words = _("The printer said that it is busy by {handshake}, after {count} bytes.")
        return words.format(handshake=SPOKEN[busy.flow], count=busy.after)
    words = _("The printer took {count} bytes with its cover open and never said that it is busy.")
    return words.format(count=busy.after)


def _why_lost(busy: Busy) -> tuple[str, ...]:
    if busy.flow is not None:
        what = _("the printer says by {handshake} that it is busy, and loses bytes all the same")
        to_do = [_("Is the paper jammed? If not, set the speed of printer and till one step lower.")]
    elif busy.has_wires:
        what = _("the printer loses what comes while it is busy: it says so neither by XOFF nor by a wire")
        to_do = [
            _("Set the printer's switches to DTR/DSR (the self-test page shows them), or to XON/XOFF."),
            _(
                "If they are: the cable lacks the wires for it. Take one with all wires, crossed (null modem)."
            ),
        ]
    else:
        what = _("the printer loses what comes while it is busy, and this port has no wires to hear it by")
        to_do = [
            _(
                "Set the printer's switches to XON/XOFF, or take an adapter with all modem lines (FTDI chips have)."
            ),
        ]
    return what, *to_do, again("handshake")


# ---- the till


def _tills_flow(visit: Visit, register: Address, settings: LineSettings, printers: Flow | None) -> Flow:
    if (given := visit.person.given("handshake.till")) and given in SPOKEN:
        return given
    with port_without_handshake(register.path, settings) as (link, lines):
        talk = Talk(link)
        can = [flow for flow in flows_to_try(printers) if _can_say(lines, flow)]
        while True:
            for flow in can:
                if _verdict(visit, talk, lines, flow) == OBEYS:
                    visit.person.tell(_("The till stops by {handshake}.").format(handshake=SPOKEN[flow]))
                    return flow
            tried = ", ".join(SPOKEN[flow] for flow in can)
            words = _(
                "The till stops by nothing that this port can say ({tried}): it loses lines at a busy printer."
            )
            visit.person.tell(words.format(tried=tried))
            if not _set_till(visit, printers if printers in can else can[0]):
                return "none"


def _can_say(lines: ModemLines, flow: Flow) -> bool:
    try:
        return flow == "xonxoff" or lines.raised(termios.TIOCM_CTS) is not None
    except OSError:
        return False


def _set_till(visit: Visit, wanted: Flow) -> bool:
    spoken = SPOKEN[wanted]
    change = _("set the till's handshake to {handshake}, and try again").format(handshake=spoken)
    leave = _("leave it: its receipts are short, or it cannot be set")
    if visit.person.choose("handshake.till", _("What now?"), {"change": change, "none": leave}) == "none":
        return False
    visit.have_set(
        "handshake.set",
        _("At the till, set the handshake (flow control) of the printer's port to {handshake}.").format(
            handshake=spoken
        ),
    )
    return True


def _until_silent(talk: Talk) -> None:
    """The end of what it was printing is no answer to the next try."""
    until = time.monotonic() + PATIENCE
    while talk.hear(SILENT, bool) and time.monotonic() < until:
        continue


def _verdict(visit: Visit, talk: Talk, lines: ModemLines, flow: Flow) -> str:
    """What the till does when it is told to stop in this way."""
    for _try in range(TRIES):
        _until_silent(talk)
        visit.person.do(_("Print a receipt at the till, a long one if you can. (The paper stays empty.)"))
        if not talk.hear(PATIENCE, bool):
            raise Stopped(
                _("nothing came from the till"),
                _(
                    "Does it wait for something? A till that is set to DTR/DSR sends nothing while that wire is open."
                ),
                again("handshake"),
            )
        verdict = try_to_stop(talk, lines, flow).verdict
        visit.person.tell(f"  {SPOKEN[flow]}: {_(verdict)}")
        if verdict != UNCLEAR:
            return verdict
    return UNCLEAR
