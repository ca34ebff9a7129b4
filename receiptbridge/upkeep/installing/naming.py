"""The step `printer`: which profile the printer has, by what it says of itself."""

from __future__ import annotations

from receiptbridge.errors import LinkError
from receiptbridge.links.address import parse_address
from receiptbridge.profiles.load import load_printer, printer_names
from receiptbridge.upkeep.identify import Identity, ask_how, ask_who, identity_of_1284, match
from receiptbridge.upkeep.installing.visit import Stopped, Visit, again
from receiptbridge.upkeep.talking import talking
from receiptbridge.words import _

FAMILIES = ("generic-80", "generic-58", "_default", "_safe")


def printer(visit: Visit) -> None:
    """Name the printer's profile by its IEEE 1284 id, its answers to GS I, and whether it tells how it is."""
    identity = identity_of_1284(visit.known.facts.get("printer_id", ""))
    if visit.lane_runs:
        visit.person.tell(_("Lane {lane} is running: the printer is not asked.").format(lane=visit.lane))
    elif not match(identity).sure:
        identity = _asked(visit)
    found = match(identity)
    visit.person.tell(_("The printer: {why}.").format(why=found.why))
    likely = [found.profile, *found.others, *(name for name in FAMILIES if name != found.profile)]
    offered = {name: _described(name) for name in likely}
    name = found.profile
    if not found.sure or visit.person.given("printer.profile"):
        question = _(
            "Which printer is it? The type plate below says so (any of: receiptbridge profiles list)."
        )
        name = visit.person.choose("printer.profile", question, offered, other=True)
    load_printer(name)  # a name that is none is told with those there are
    visit.learn(printer_profile=name)
    visit.person.tell(_("Printer profile: {name}.").format(name=name))


def _asked(visit: Visit) -> Identity:
    address = parse_address(visit.fact("printer"))
    try:
        with talking(address) as talk:
            identity = ask_who(talk)
            known = ask_how(talk) if identity.status else None
    except LinkError as fault:
        raise Stopped(str(fault), *filter(None, [fault.hint]), again("printer")) from fault
    for is_so, words in (
        (known and known.paper_out, _("It says that it has no paper.")),
        (known and known.cover_open, _("It says that its cover is open.")),
        (known and known.error, _("It says that it has an error: the cutter, or its head is too hot.")),
    ):
        if is_so:
            visit.person.tell(words)
    return identity


def _described(name: str) -> str:
    if name not in printer_names() and not name.startswith("_"):
        return ""
    profile = load_printer(name)
    what = " ".join(filter(None, (profile.vendor, profile.model))) or _("not listed")
    return _("{what}, {dots} dots a line").format(what=what, dots=profile.dots_per_line)
