"""The screen of `receiptbridge watch`: receipts below each other, the newest last, over SSH at 80x24 as well."""

from __future__ import annotations

from collections import deque
from pathlib import Path
from typing import Final

from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Footer, Static

from receiptbridge.cli.passed_paper import shown
from receiptbridge.errors import ReceiptBridgeError
from receiptbridge.upkeep.watching import LANE_AWAY, LANE_HERE, Passed, Tape, Told, watch_lane
from receiptbridge.words import _

KEPT: Final = 100
"""Receipts to scroll back through: an hour of a busy till, some 2 MB."""

_SCROLL_BAR: Final = 2
_KNOWN_KEYS: Final = ("up,k", "down,j")
"""That need no place in a line of 80 columns."""


class WatchScreen(App[ReceiptBridgeError]):
    """Receipts of these lanes as they pass. Ends with a fault where a lane may not be asked."""

    ENABLE_COMMAND_PALETTE = False
    CSS = """
    #lanes { height: 1; background: $panel; text-style: bold; }
    #paper { height: 1fr; }
    .receipt { height: auto; margin-bottom: 1; }
    """

    def __init__(self, lanes: list[str], state_dir: Path) -> None:
        super().__init__()
        self._lanes = dict.fromkeys(lanes, LANE_AWAY)
        self._state_dir = state_dir
        self._tape = Tape()
        self._widgets: deque[tuple[Passed, Static]] = deque()
        self._waiting: deque[Passed] = deque(maxlen=KEPT)
        self._paused = False
        self._count = 0
        for keys, action, words in (
            ("q", "quit", _("quit")),
            ("p,space", "pause", _("pause")),
            ("up,k", "go('scroll_up')", _("up")),
            ("down,j", "go('scroll_down')", _("down")),
            ("pageup,b", "go('scroll_page_up')", _("page up")),
            ("pagedown,f", "go('scroll_page_down')", _("page down")),
            ("home,g", "go('scroll_home')", _("first")),
            ("end,G", "go('scroll_end')", _("newest")),
        ):
            self.bind(keys, action, description=words, show=keys not in _KNOWN_KEYS)

    def compose(self) -> ComposeResult:
        yield Static(id="lanes", markup=False)
        yield VerticalScroll(
            Static(_("Waiting for the first receipt ..."), id="none"), id="paper", can_focus=False
        )
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self._tell_lanes()
        for lane in self._lanes:
            self.run_worker(self._follow(lane), exit_on_error=True)

    async def _follow(self, lane: str) -> None:
        try:
            async for told in watch_lane(lane, self._state_dir):
                self.hear(lane, told)
        except ReceiptBridgeError as fault:
            self.exit(fault)

    def hear(self, lane: str, told: Told) -> None:
        """Something that a lane told."""
        if told["what"] in (LANE_HERE, LANE_AWAY):
            self._lanes[lane] = told["what"]
            self._tell_lanes()
        elif (passed := self._tape.hear(lane, told)) is not None:
            if told["what"] == "receipt":
                self._count += 1
                self._waiting.append(passed) if self._paused else self._put(passed)
                self._tell_lanes()
            else:
                self._draw(passed)

    def action_pause(self) -> None:
        self._paused = not self._paused
        while not self._paused and self._waiting:
            self._put(self._waiting.popleft())
        self._tell_lanes()

    def action_go(self, how: str) -> None:
        getattr(self._paper, how)(animate=False)

    def on_resize(self) -> None:
        self.call_after_refresh(self._draw_all)  # when the width of everything is known

    def _draw_all(self) -> None:
        for passed, widget in self._widgets:
            widget.update(shown(passed, self._columns))

    @property
    def _paper(self) -> VerticalScroll:
        return self.query_one("#paper", VerticalScroll)

    @property
    def _columns(self) -> int:
        return max(1, self.size.width - _SCROLL_BAR)

    def _put(self, passed: Passed) -> None:
        """Below the others; scrolled to where one looked at the newest already."""
        for nothing in self.query("#none"):
            nothing.remove()
        at_the_end = self._paper.is_vertical_scroll_end
        widget = Static(shown(passed, self._columns), classes="receipt", markup=False)
        self._widgets.append((passed, widget))
        self._paper.mount(widget)
        if len(self._widgets) > KEPT:
            self._widgets.popleft()[1].remove()
        if at_the_end:
            self.call_after_refresh(self._paper.scroll_end, animate=False)

    def _draw(self, changed: Passed) -> None:
        for passed, widget in self._widgets:
            if passed is changed:
                widget.update(shown(passed, self._columns))

    def _tell_lanes(self) -> None:
        lanes = ", ".join(
            lane if here == LANE_HERE else _("{lane} (not running)").format(lane=lane)
            for lane, here in self._lanes.items()
        )
        told = _("{lanes}: {count} receipts").format(lanes=lanes, count=self._count)
        if self._paused:
            told += _(", paused, {waiting} waiting").format(waiting=len(self._waiting))
        self.query_one("#lanes", Static).update(told)
