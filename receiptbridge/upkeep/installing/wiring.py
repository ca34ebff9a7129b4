"""The steps `ports` and `line`: where till and printer are plugged in, and how their serial lines are set."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from receiptbridge.errors import UsageError
from receiptbridge.links.address import Address, parse_address
from receiptbridge.links.detect import Finding, Try, detect, to_try
from receiptbridge.links.legible import LEAST, Heard, Verdict, judge, symptoms
from receiptbridge.links.line import SPEEDS, LineSettings, Parity
from receiptbridge.links.serial_ear import SerialEar
from receiptbridge.links.serial_port import PortRefuses, open_port
from receiptbridge.profiles.load import load_grammar
from receiptbridge.upkeep.finding import LISTEN, Found, Unplugging, find_all
from receiptbridge.upkeep.identify import answers_in_real_time
from receiptbridge.upkeep.installing.visit import Stopped, Visit, again
from receiptbridge.upkeep.recording import recording
from receiptbridge.upkeep.scanning import hosts_around, network_printers, own_networks
from receiptbridge.upkeep.talking import talking
from receiptbridge.words import _

LISTEN_MOST: Final = 180.0
"""Seconds of listening: a till prints some twenty receipts in that time, and two or three are needed."""

WHICH: Final = "which"  # the choice of who does not know the port
SCAN: Final = "scan"

# ---- ports


def ports(visit: Visit) -> None:
    """Find what is plugged in, and ask which is the till's and which the printer's."""
    there = find_all(visit.usb_backend)
    for one in there:
        visit.person.tell(f"{one.address}: {one.description}")
    if not there:
        visit.person.tell(_("Nothing is plugged in: no serial port, no USB printer."))
    visit.learn(register=_register(visit, there))
    visit.learn(printer=_printer(visit, there))


def _register(visit: Visit, there: Sequence[Found]) -> str:
    offered = {one.address: one.description for one in there if one.kind in ("serial", "gadget")}
    offered[LISTEN] = _("the network: the till is given this box's address for its printer")
    question = _("Where is the till plugged in?")
    return _choose(visit, "ports.register", question, offered, "register", _("the till"))


def _printer(visit: Visit, there: Sequence[Found]) -> str:
    taken = visit.fact("register").partition("?")[0]
    offered = {
        one.address: f"{one.description} {one.device_id}".strip()
        for one in there
        if one.address != taken and one.kind != "gadget"
    }
    ids = {one.address: one.device_id for one in there}
    offered[SCAN] = _("look for printers on the network (port 9100)")
    question = _("Where is the printer plugged in?")
    address = _choose(visit, "ports.printer", question, offered, "printer", _("the printer"))
    if address == SCAN:
        address = _scan(visit)
    visit.learn(printer_id=ids.get(address, ""))
    return address


def _choose(visit: Visit, key: str, question: str, offered: dict[str, str], side: str, thing: str) -> str:
    if sum(address.startswith("serial:") or "usb" in address for address in offered) > 1:
        offered[WHICH] = _("I do not know: unplug it and plug it in again")
    chosen = visit.person.choose(key, question, offered, other=True)
    if chosen == WHICH:
        chosen = _which(visit, thing)
    if chosen != SCAN:
        _check(chosen, side)
    return chosen


def _check(text: str, side: str) -> None:
    try:
        address = parse_address(text)
    except ValueError as fault:
        raise UsageError(str(fault)) from None
    if side == "register" and not address.may_be_register:
        what = _("{address}: no till can be there").format(address=text)
    elif side == "printer" and not address.may_be_printer:
        what = _("{address}: no printer can be there").format(address=text)
    else:
        return
    raise UsageError(what, hint=_("docs/links.md lists the addresses of both sides."))


def _which(visit: Visit, thing: str) -> str:
    unplugging = Unplugging(lambda: find_all(visit.usb_backend))
    gone = visit.wait(_("Unplug the cable of {thing} from the box.").format(thing=thing), unplugging.gone)
    back = visit.wait(_("Plug it in again."), unplugging.back) if gone else None
    if back is None:
        raise Stopped(
            _("nothing was seen to go and come back"),
            _("Is it a USB cable or adapter? A plug that is pulled from the adapter itself is not seen."),
            again("ports"),
        )
    visit.person.tell(_("That is {address}.").format(address=back.address))
    return back.address


def _scan(visit: Visit) -> str:
    """Look for printers on the network, and ask which."""
    served = [parse_address(lane.printer).host for lane in visit.config.lane]
    hosts = [host for address in own_networks() for host in hosts_around(address)]
    visit.person.tell(_("Looking at {count} addresses ...").format(count=len(hosts)))
    found = network_printers(hosts, served)
    if not found:
        raise Stopped(
            _("nobody in the box's network listens on port 9100"),
            _("Print the printer's self-test page (hold FEED while switching on): it shows its address."),
            _("Then: {command}").format(
                command="receiptbridge setup --step ports --answer ports.printer=tcp://ADDRESS:9100"
            ),
        )
    offered = {one.address: one.description for one in found}
    return visit.person.choose("ports.network", _("Which of these is the printer?"), offered, other=True)


# ---- line


def line(visit: Visit) -> None:
    """Find how the serial lines are set: the till's by listening, the printer's by asking it."""
    if visit.lane_runs:
        _ask_lane(visit)
        return
    register = parse_address(visit.fact("register"))
    if register.line is not None:
        settings = _tills_settings(visit, register)
        visit.learn(register=with_line(register, replace(settings, flow=register.line.flow)))
    printer = parse_address(visit.fact("printer"))
    if printer.line is not None:
        settings = _printers_settings(visit, printer)
        visit.learn(printer=with_line(printer, replace(settings, flow=printer.line.flow)))
    if register.line is None and printer.line is None:
        visit.person.tell(_("No serial line here: nothing has to be set."))


def with_line(address: Address, settings: LineSettings) -> str:
    return f"serial:{address.path}?{settings.query}"


def _tills_settings(visit: Visit, register: Address) -> LineSettings:
    if said := visit.person.given("line.register"):
        return parse_settings(said)
    while True:
        settings = _heard(visit, register)
        if settings.bits == 8:
            return settings
        visit.person.tell(
            _(
                "The till sends seven bits a character ({settings}). Chinese, pictures and codes need eight."
            ).format(settings=settings)
        )
        eight = LineSettings(settings.baud)
        what = _("What now?")
        change = _("set the till to eight bits, no parity ({settings}), and listen again").format(
            settings=eight
        )
        keep = _("keep seven bits: the till cannot be set otherwise")
        if visit.person.choose("line.seven-bits", what, {"change": change, "keep": keep}) == "keep":
            open_port(register.path, settings).close()  # an adapter that cannot must be known now
            return settings
        visit.have_set(
            "line.set",
            _("At the till, set the printer's port to 8 data bits, no parity ({settings}).").format(
                settings=eight
            ),
        )


def _heard(visit: Visit, register: Address) -> LineSettings:
    visit.person.do(_("Print a receipt at the till, and again until this is done. (The paper stays empty.)"))
    with SerialEar(register.path, LISTEN_MOST) as ear:
        finding = detect(ear, load_grammar("escpos"), lambda tried: visit.person.tell(try_in_words(tried)))
    return _settings_or_stop(finding)


def try_in_words(tried: Try) -> str:
    good = _("reads as ESC/POS") if tried.verdict.good else _("too little was heard")
    saw = "; ".join(_(words) for words in tried.saw) or good
    return _("  {settings}: {count} bytes, {saw}").format(
        settings=tried.heard.settings, count=len(tried.heard.data), saw=saw
    )


def _settings_or_stop(finding: Finding) -> LineSettings:
    if finding.settings is None:
        raise Stopped(
            _("what the till sends cannot be read"),
            *(_(why) for why in finding.why),
            again("line"),
        )
    return finding.settings


def _printers_settings(visit: Visit, printer: Address) -> LineSettings:
    if said := visit.person.given("line.printer"):
        return parse_settings(said)
    till = parse_address(visit.fact("register")).line
    first = [LineSettings(till.baud, till.bits, till.parity)] if till else []
    for settings in [*first, *(one for one in to_try() if one not in first)]:
        if _answers_at(visit, printer, settings):
            visit.person.tell(_("The printer answers at {settings}.").format(settings=settings))
            return settings
    raise Stopped(
        _("the printer answers at no speed"),
        _(
            "Is it switched on, with paper, its cover shut, and is the cable between box and printer a null modem?"
        ),
        _(
            "Its self-test page shows how it is set (hold FEED while switching on). If it never answers, say so:"
        ),
        again("line", "line.printer='9600 8N1'"),
    )


def _answers_at(visit: Visit, printer: Address, settings: LineSettings) -> bool:
    try:
        with talking(replace(printer, line=settings)) as talk:
            return answers_in_real_time(talk)
    except PortRefuses:
        return False


def _ask_lane(visit: Visit) -> None:
    """Where the lane runs, it has the ports: what comes in by them says whether they are set right."""
    lane = visit.config.find_lane(visit.lane)
    settings = parse_address(lane.register_).line or LineSettings()
    grammar = load_grammar("escpos")
    with recording(visit.lane, visit.state_dir) as heard:

        def verdict() -> Verdict | None:
            found = judge(Heard(settings, heard.passed().from_register), grammar)
            return found if len(found.text) >= LEAST else None

        task = _("Print a receipt at the till: lane {lane} is running, and tells what comes.")
        found = visit.wait(task.format(lane=visit.lane), verdict)
    if found is None or not found.good or found.settings.bits != settings.bits:
        raise Stopped(
            _("what comes from the till at {settings} does not read as ESC/POS").format(settings=settings),
            *(_(words) for words in (symptoms(Heard(settings, found.text)) if found else ())),
            _("Stop the lane between two customers: sudo systemctl stop receiptbridge@{lane}").format(
                lane=visit.lane
            ),
            again("line"),
        )
    visit.person.tell(_("The till's line is set right: {settings}.").format(settings=settings))


_SETTINGS: Final = re.compile(r"(\d+) ([78])([NEOMS])([12])")


def parse_settings(text: str) -> LineSettings:
    """`38400 8N1`. Raises `UsageError`."""
    found = _SETTINGS.fullmatch(text.strip().upper())
    if found is None or int(found[1]) not in SPEEDS:
        raise UsageError(
            _("{text!r} are no settings of a line").format(text=text), hint=_("Write them as 38400 8N1.")
        )
    parity: Parity = found[3]  # type: ignore[assignment]  # the expression allows no other letters
    return LineSettings(int(found[1]), int(found[2]), parity, int(found[4]))
