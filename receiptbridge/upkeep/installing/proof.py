"""The step `proof`: everything that the counter did before, it does with the box in between.

What can be seen is seen: the bytes as the running lane tells them, and how the printer says it is. What only a person
sees, the person is asked: the paper, the drawer, the blade.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from receiptbridge.profiles.load import load_printer
from receiptbridge.upkeep.installing.lesson import keep_receipts
from receiptbridge.upkeep.installing.visit import PATIENCE, Stopped, Visit, again, truth, watch_for
from receiptbridge.upkeep.lanes import ask
from receiptbridge.upkeep.recording import Passed, Recording, recording
from receiptbridge.words import _

SETTLE: Final = 1.5
"""Seconds without a byte after which what the till printed is over."""

HELD_BACK: Final = 1.0
"""Seconds without a byte in the middle of a long paper: longer than a till stops to think."""

COVER_FOR: Final = 5.0
"""Seconds for which the cover stays open in the long print: longer than any buffer lasts at 9600 baud."""

TELLS_MOST: Final = 45.0
"""Seconds in which a lane that asks an idle printer knows how it is (it asks every thirty)."""

CONDITIONS: Final = {"paper-out": ("PAPER_OUT",), "cover": ("COVER_OPEN", "OFFLINE")}


def proof(visit: Visit) -> None:
    """Prove that print, drawer, cut, paper out, cover and a long print pass through the box as they did without it."""
    with recording(visit.lane, visit.state_dir) as passed:
        for name, check in CHECKS.items():
            if visit.known.facts.get(f"proof.{name}") in (None, "no"):
                visit.learn(**{f"proof.{name}": check(visit, passed)})


def _print(visit: Visit, passed: Recording) -> str:
    receipt = _receipt(visit, passed, _("Print a receipt at the till."))
    keep_receipts(visit, receipt.from_register)
    question = _("Does the paper look as it did before the box came?")
    return _answer(
        visit, "print", question, _("The till's bytes went on unchanged, so it is the printer's line.")
    )


def _drawer(visit: Visit, passed: Recording) -> str:
    receipt = _receipt(
        visit, passed, _("Pay in cash at the till, so that the drawer opens; print the receipt.")
    )
    keep_receipts(visit, receipt.from_register)
    if not _has_pulse(receipt.from_register):
        visit.person.tell(_("The till sent no pulse for the drawer with it."))
    question = _("Did the drawer open? (skip: there is none)")
    return _answer(visit, "drawer", question, _("Is the drawer's cable in the printer?"), may_skip=True)


def _cut(visit: Visit, passed: Recording) -> str:
    receipt = _receipt(visit, passed, _("Print another receipt."))
    keep_receipts(visit, receipt.from_register)
    if not receipt.receipts:
        visit.person.tell(_("The till sent no cut: its receipts end in another way (docs/add-a-printer.md)."))
    question = _("Was the paper cut, behind the receipt's last line? (skip: it has no cutter)")
    return _answer(visit, "cut", question, _("Is the printer's profile the right one?"), may_skip=True)


def _paper_out(visit: Visit, passed: Recording) -> str:
    _condition(visit, "paper-out", _("Take the paper out of the printer."), _("Put the paper back in."))
    return "yes"


def _cover(visit: Visit, passed: Recording) -> str:
    _condition(visit, "cover", _("Open the printer's cover."), _("Shut the printer's cover."))
    return "yes"


def _long(visit: Visit, passed: Recording) -> str:
    """The cover is opened while the till prints: what it sends meanwhile has to wait somewhere, and nothing be lost."""
    passed.mark()
    visit.person.do(
        _("Print the longest paper that the till has (a report), and open the cover while it prints.")
    )
    if watch_for(truth(lambda: bool(passed.passed().from_register)), PATIENCE) is None:
        raise Stopped(_("nothing came from the till"), again("proof"))
    watch_for(truth(lambda: _is_so(visit, "cover")), COVER_FOR)
    if passed.still(HELD_BACK, COVER_FOR):
        visit.person.tell(_("The till is held back while the cover is open."))
    visit.person.do(_("Shut the cover again."))
    passed.still(SETTLE, PATIENCE)
    _check_unchanged(passed.passed())
    question = _("Is the long paper whole, without a missing or garbled line?")
    return _answer(
        visit,
        "long",
        question,
        _("Missing lines mean a wrong handshake: receiptbridge setup --step handshake"),
    )


CHECKS: Final[Mapping[str, Callable[[Visit, Recording], str]]] = {
    "print": _print, "drawer": _drawer, "cut": _cut, "paper-out": _paper_out, "cover": _cover, "long": _long,
}  # fmt: skip


# ---- what is seen


def _receipt(visit: Visit, passed: Recording, task: str) -> Passed:
    """What the till prints next, whole."""
    passed.mark()
    if visit.wait(task, truth(lambda: bool(passed.passed().from_register))) is None:
        raise Stopped(
            _("nothing came from the till"),
            _(
                "Is it plugged into the box, and set as it was for the printer? receiptbridge setup --step line"
            ),
            again("proof"),
        )
    passed.still(SETTLE, PATIENCE)
    _check_unchanged(receipt := passed.passed())
    return receipt


def _check_unchanged(receipt: Passed) -> None:
    if not receipt.unchanged:
        raise Stopped(
            _("the printer did not get what the till sent ({sent} bytes, {got} of them went on)").format(
                sent=len(receipt.from_register), got=len(receipt.to_printer)
            ),
            _("Is the printer switched on, with paper, its cover shut?"),
            again("proof"),
        )


def _has_pulse(data: bytes) -> bool:
    """ESC p and DLE DC4 1."""
    return b"\x1bp" in data or b"\x10\x14\x01" in data


def _condition(visit: Visit, name: str, task: str, undo: str) -> None:
    """Something is done to the printer: seen in what it says, or where it says nothing told by who did it."""
    if not _tells(visit):
        visit.person.do(task)
        visit.yes(f"proof.{name}.done", _("Done?"))
        visit.person.do(undo)
        return
    seen = visit.wait(task, truth(lambda: _is_so(visit, name)), TELLS_MOST)
    if seen is None:
        visit.person.tell(_("The printer did not say so; the till may not hear of it either."))
    else:
        visit.person.tell(_("The printer says so: {condition}.").format(condition=_how(visit)))
    visit.wait(undo, truth(lambda: not _is_so(visit, name)), TELLS_MOST)


def _tells(visit: Visit) -> bool:
    return (
        _how(visit) != "UNKNOWN"
        or load_printer(visit.config.find_lane(visit.lane).printer_profile).ask_when_idle
    )


def _how(visit: Visit) -> str:
    return str(ask(visit.lane, visit.state_dir, "status")["printer"])


def _is_so(visit: Visit, name: str) -> bool:
    return _how(visit) in CONDITIONS[name]


def _answer(visit: Visit, name: str, question: str, if_not: str, *, may_skip: bool = False) -> str:
    more = (("skip", _("does not apply")),) if may_skip else ()
    answer = visit.yes(f"proof.{name}", question, *more)
    if answer == "no":
        visit.learn(**{f"proof.{name}": "no"})
        raise Stopped(_("it does not pass: {check}").format(check=name), if_not, again("proof"))
    return answer
