"""Pages of the box's own between the register's receipts: a technician's test, a slip.

Rules of this file:
- A page goes whole, in one action, or not at all: no byte of the register can come between.
- It begins on an empty line with plain characters, left aligned. Whatever it sets is put back as the register had it.
- What would outlast it is refused before a byte of it goes: half a command, an open line, a question (the register
  would get the answer), a reset, a macro, page mode, what is stored in the printer.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from receiptbridge.bridge.events import Action, AnswerPage, PageAsked, Report, ToPrinter
from receiptbridge.bridge.jobs import NOT_READY, QUIET_BEFORE_JOB
from receiptbridge.bridge.rules import LaneRules
from receiptbridge.bridge.states import State
from receiptbridge.bridge.understanding import Understanding
from receiptbridge.claim.style import plain_and_styled, plain_fields
from receiptbridge.escpos.grammar import Grammar
from receiptbridge.escpos.questions import asked_by
from receiptbridge.escpos.reader import Reader
from receiptbridge.escpos.replies import PrinterCondition
from receiptbridge.escpos.restore import CannotRestore, bracket, on_empty_line, put_back, put_back_store
from receiptbridge.escpos.state import PrinterState

PAGE_MOST: Final = 64 * 1024
"""Bytes: a test page with three codes as pictures has 40 kB, a slip 2 kB; the lane keeps as many in memory."""

PAGE_BLOCKS: Final = 10
"""Where the line is slow a page may take as long as ten blocks, 20 s: so long a register can have to wait for it."""

QUIET_WHERE_UNREAD: Final = 10.0
"""Seconds without register bytes where they are not read, so that only silence tells that no receipt is under way."""

_CATEGORIES: Final = frozenset({"text", "print-feed", "state", "graphics", "barcode", "cut", "drawer"})
_MARKS: Final = frozenset({None, "cut", "form-feed"})
_SYMBOL: Final = b"\x1d(k"
_QR: Final = b"1"


class Moment(NamedTuple):
    """What a page depends on. `quiet`: seconds without the register. `never`: why this lane prints nothing of its
    own, whatever the moment."""

    state: State
    understood: Understanding
    condition: PrinterCondition
    quiet: float
    never: str | None


def answer_page(asked: PageAsked, rules: LaneRules, moment: Moment) -> list[Action]:
    """The page on its way to the printer, or why it is not."""
    unread = moment.state is State.PASSTHROUGH
    if moment.never is None and (wait := _why_wait(asked, moment, unread)):
        return [AnswerPage(wait, for_now=True)]
    try:
        if moment.never is not None:
            raise CannotRestore(moment.never)
        state = PrinterState(rules.grammar, rules.printer) if unread else moment.understood.state
        page = render_page(asked.data, rules, state)
    except CannotRestore as refused:
        return [AnswerPage(str(refused)), Report("page_refused", str(refused))]
    return [AnswerPage(None), ToPrinter(page), Report("page_printed", f"{len(page)} bytes")]


def _why_wait(asked: PageAsked, moment: Moment, unread: bool) -> str | None:
    """Why this is not the moment, though another may be."""
    if moment.condition in NOT_READY:
        return f"the printer is {moment.condition.name}"
    if unread and not (asked.alone or asked.anyway):
        return "what state the printer is in is not known before the next job"
    if not asked.alone and moment.quiet < (QUIET_WHERE_UNREAD if unread else QUIET_BEFORE_JOB):
        return "the register is printing"
    if unread:
        return None
    if moment.state is not State.IDLE or moment.understood.in_mid_command:
        return "a receipt is under way"
    return moment.understood.state.why_not_insertable()


def render_page(data: bytes, rules: LaneRules, state: PrinterState) -> bytes:
    """All bytes to print: the page, with what makes the printer plain before it and puts it back behind it.

    Raises CannotRestore for a page that may not be printed, or not here.
    """
    most = PAGE_MOST if rules.block_bytes is None else min(PAGE_MOST, rules.block_bytes * PAGE_BLOCKS)
    if len(data) > most:
        raise CannotRestore(f"the page has {len(data)} bytes, at most {most} may go to this printer")
    tokens = _tokens(data, rules.grammar)
    plain = {**plain_fields(state, rules.printer), "justify": 0}
    before = bracket(state, plain)[0] + plain_and_styled(state, rules.printer)[0]
    settings = [raw for raw in tokens if not raw.startswith(_SYMBOL)]  # of the symbols takes care `_store`
    sent = [*_tokens(before, rules.grammar), *settings]
    printed = on_empty_line(state)
    printed.apply(sent)
    if printed.line_open:
        raise CannotRestore("the last line of the page is not ended")
    return before + data + put_back(state, printed, sent) + _store(tokens, state)


def _tokens(data: bytes, grammar: Grammar) -> list[bytes]:
    reader, tokens = Reader(grammar), []
    reader.feed(data)
    while (batch := reader.pull()) is not None:
        if batch.mark not in _MARKS:
            raise CannotRestore(f"the page may not hold {_name(batch.tokens[-1], grammar)}")
        tokens += batch.tokens
    if reader.in_mid_command:
        raise CannotRestore("the page ends in the middle of a command")
    for raw in tokens:
        entry = grammar.entry(raw)
        if entry.category not in _CATEGORIES or asked_by(raw, grammar.dialect):
            raise CannotRestore(f"the page may not hold {_name(raw, grammar)}")
    return tokens


def _name(raw: bytes, grammar: Grammar) -> str:
    return f"{grammar.entry(raw).mnemonic} ({raw[:8].hex(' ').upper()})"


def _store(tokens: list[bytes], state: PrinterState) -> bytes:
    """What puts the printer's store of symbols back, where the page used it."""
    used = {raw[5:6] for raw in tokens if raw.startswith(_SYMBOL)}
    if not used:
        return b""
    store = put_back_store(state) if used == {_QR} else None
    if store is None:
        raise CannotRestore(
            "the printer's store of symbols could not be put back; send the code as a picture"
        )
    return store
