"""What a session is before it understands anything: bytes in and out in order, a state, and what is to be done."""

from __future__ import annotations

from receiptbridge.bridge.events import Action, Report, ReportName, ToPrinter
from receiptbridge.bridge.flow import Flow
from receiptbridge.bridge.states import TRANSITIONS, Cause, State


class Forwarding:
    """The register's bytes by their offset (`flow`), and the actions that the event in hand has asked for so far."""

    def __init__(self) -> None:
        self._flow = Flow()
        self._actions: list[Action] = []
        self.state = State.PASSTHROUGH

    @property
    def receipt_under_way(self) -> bool:
        """As far as the register's bytes have been read."""
        return self.state in (State.RECEIPT, State.HOLDING_CUT)

    @property
    def held(self) -> int:
        """Register bytes inside the core: at most `holding.HELD_MOST` and one read."""
        return self._flow.held

    def _release(self, upto: int) -> None:
        if going := self._flow.release(upto):
            self._actions.append(ToPrinter(going))

    def _release_all(self) -> None:
        if going := self._flow.release_all():
            self._actions.append(ToPrinter(going))

    def _go(self, cause: Cause) -> None:
        self.state = TRANSITIONS[self.state, cause]

    def _report(self, name: ReportName, detail: str = "") -> None:
        self._actions.append(Report(name, detail))
