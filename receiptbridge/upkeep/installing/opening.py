"""The last steps, `enrol`, `observe` and `print`: the box is the merchant's, is watched, and prints the first code."""

from __future__ import annotations

from collections import Counter
from typing import Final

from receiptbridge.cloud.enrol import enrol as enrol_box
from receiptbridge.errors import ServiceError
from receiptbridge.identity import Identity
from receiptbridge.stored_words import said
from receiptbridge.upkeep.installing.laning import take_over, write_lane
from receiptbridge.upkeep.installing.visit import Stopped, Visit, again, watch_for
from receiptbridge.upkeep.lanes import Told, ask
from receiptbridge.upkeep.recording import recording
from receiptbridge.upkeep.settings_file import read_text, write_config
from receiptbridge.words import _

CODE_MOST: Final = 10.0
"""Seconds from a receipt to the news of its code: a cut is held for a quarter of one."""


TRIES: Final = 3
A_TRY: Final = 60.0
"""Seconds for a sale. One that comes amid others, before the line was silent for a second, passes unread."""


def enrol(visit: Visit) -> None:
    """Enrol the box where a code is given; without one it observes, and can be enrolled later."""
    if Identity.load(visit.state_dir) is not None:
        visit.person.tell(_("The box is enrolled already."))
        return
    question = _("The one-time code from the head office? (empty: later, with: sudo receiptbridge enrol)")
    code = visit.person.type("enrol.code", question).strip()
    if not code:
        visit.person.tell(_("Not enrolled: the box reads and keeps sales, and prints no codes."))
        return
    url = visit.config.service.url or _ask_url(visit)
    try:
        with visit.as_owner_of(visit.state_dir):
            enrolment = enrol_box(visit.state_dir, url, code)
    except ServiceError as fault:
        raise Stopped(str(fault), *filter(None, [fault.hint]), again("enrol", "enrol.code=CODE")) from fault
    visit.person.tell(
        _("Enrolled as box {box} of {merchant}.").format(
            box=enrolment.identity.box_id.hex(), merchant=enrolment.merchant or _("the merchant")
        )
    )


def _ask_url(visit: Visit) -> str:
    import tomlkit

    url = visit.person.type("enrol.url", _("The address of the member service? (https://...)")).strip()
    text = read_text(visit.config_file)
    document = tomlkit.parse(text)
    document.setdefault("service", tomlkit.table())["url"] = url
    write_config(visit.config_file, tomlkit.dumps(document), instead_of=text)
    return url


def observe(visit: Visit) -> None:
    """Say what was read so far, and ask whether the merchant is content with it."""
    for row in summary(ask(visit.lane, visit.state_dir, "status")):
        visit.person.tell(row)
    visit.person.tell(_("What was read, and what would have been printed: receiptbridge report observe"))
    if visit.known.facts.get("pictures") == "yes":
        raise Stopped(
            _("the till sends pictures, so no code can be printed; the lane goes on observing"),
            _("When the till prints text: {command}").format(command="receiptbridge setup --step learn"),
        )
    if (
        visit.yes("observe.content", _("Is the merchant content, and shall codes be printed from now on?"))
        != "yes"
    ):
        raise Stopped(_("the lane goes on observing"), _("When the merchant is content: receiptbridge setup"))


def summary(status: Told) -> list[str]:
    """What a lane has seen since it runs, in a few rows."""
    counters: Counter[str] = Counter(status.get("counters", {}))
    last = status.get("last_receipt") or {}
    rows = [
        _("Lane {lane}: {mode}, printer {printer}, {count} receipts read since it runs.").format(
            lane=status["lane"],
            mode=status["mode"],
            printer=status["printer"],
            count=counters["receipt_read"],
        )
    ]
    if last:
        total = last.get("total") or _("no total")
        rows.append(_("The last: {kind}, {total}.").format(kind=last.get("kind"), total=total))
    return rows


def print_codes(visit: Visit) -> None:
    """Print mode, and the first code."""
    if visit.config.find_lane(visit.lane).mode != "print":
        write_lane(visit, mode="print")
    take_over(visit)
    with recording(visit.lane, visit.state_dir, "watch") as heard:
        told = None
        for _try in range(TRIES):
            told = told or visit.wait(
                _("Print a sale at the till."), lambda: heard.events("receipt") or None, A_TRY
            )
        if told is None:
            raise Stopped(_("no receipt was read"), _("Is it the till of this lane?"), again("print"))
        code = watch_for(lambda: heard.events("code") or None, CODE_MOST if _due(told[-1]) else 0.5)
    if why := _why_none(told[-1], code):
        raise Stopped(_("no code was printed: {why}").format(why=why), *_what_helps(visit), again("print"))
    if (
        visit.yes(
            "print.scanned", _("Is the code whole, on the right receipt, and does a telephone open it?")
        )
        != "yes"
    ):
        raise Stopped(
            _("the code cannot be scanned"),
            _("Cut off or too near the edge: is the printer's profile the right one? {command}").format(
                command="receiptbridge setup --step printer"
            ),
            _("Too pale or too small: receiptbridge test-print shows three sizes."),
            again("print"),
        )
    visit.person.tell(_("That is the installation. How the box is at any time: receiptbridge status"))


def _due(receipt: Told) -> bool:
    return not receipt["receipt"].get("why_no_code")


def _why_none(receipt: Told, code: list[Told] | None) -> str:
    if why := receipt["receipt"].get("why_no_code"):
        return _(why)
    if not code:
        return _("the lane did not say what became of it")
    return "" if code[-1]["outcome"] == "released" else said(code[-1]["reason"] or code[-1]["outcome"])


def _what_helps(visit: Visit) -> list[str]:
    helps = []
    if Identity.load(visit.state_dir) is None:
        helps.append(_("Enrol the box first: receiptbridge setup --step enrol"))
    return helps
