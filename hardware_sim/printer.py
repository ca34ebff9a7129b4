"""The virtual printer: bytes in, replies out, paper."""

from __future__ import annotations

from typing import Any

from PIL import Image

from . import graphics, text
from .commands import TEXT, UNKNOWN, Command, Framer
from .drive import Drive, FlowControl
from .language import language
from .machine import Machine
from .models import DEFAULT_MODEL, Model, find_model
from .paper import Paper
from .realtime import RealTimeScanner
from .status import Conditions, automatic_status, concerns, real_time_status

# TM-T88V with the larger of its two buffers switched on; an offline printer takes no more than this.
RECEIVE_BUFFER = 4096
MACRO_LIMIT = 2048  # bytes; the rest of a longer definition is not kept

_WHEN_DESELECTED = {"ESC ="}


class VirtualPrinter:
    """A printer of the given model. `receive` takes what the register sends and returns what it answers.

    `papers` are the pieces that were cut off; `tear_off` gives what still hangs out. Offline (paper out,
    cover open) it only fills its receive buffer, `room` says how far, and answers real-time commands; the
    methods that change its condition return what it sends by itself. With `millimetres_per_second` paper
    takes time, which `advance` lets pass; with `xonxoff` it tells its sender when the buffer fills up.
    """

    def __init__(
        self,
        model: str | Model = DEFAULT_MODEL,
        *,
        millimetres_per_second: float | None = None,
        xonxoff: bool = False,
    ) -> None:
        self.model = find_model(model) if isinstance(model, str) else model
        self.machine = Machine(self.model, Paper(self.model.dots, self.model.head_to_cutter))
        self.machine.conditions.drawer_signal_high = self.model.drawer_signal_high
        self.overrun = 0  # bytes lost because nobody minded `room`
        self.unknown = 0  # commands taken that no manual knows
        self._roll_end: int | None = None
        self._framer = Framer(language(self.machine)[0])
        self._scanner = RealTimeScanner()
        self._macro: bytearray | None = None  # being recorded
        self._after_raster = False
        self._drive = Drive(millimetres_per_second)
        self._flow = FlowControl(xonxoff)

    # -- bytes ------------------------------------------------------------------------------------------

    @property
    def room(self) -> int:
        """How many bytes the receive buffer still takes."""
        return RECEIVE_BUFFER - (len(self._framer) if self._waits else 0)

    @property
    def takes_time(self) -> bool:
        return self._drive.millimetres_per_second is not None

    @property
    def busy(self) -> bool:
        """Whether the paper is still moving for what was taken off the buffer."""
        return self._drive.busy

    @property
    def _waits(self) -> bool:
        return self.machine.conditions.offline or self._drive.busy

    def advance(self, seconds: float) -> bytes:
        """Let time pass; the answer is what the printer sends back meanwhile."""
        while seconds > 0 and not self.offline:
            seconds = self._drive.run(seconds)
            self._work()
            if not self._drive.busy:
                break
        return self._sent()

    def receive(self, data: bytes) -> bytes:
        """Take bytes from the register; the answer is what the printer sends back meanwhile, in order."""
        start = 0
        for end, command in self._scanner.feed(data) if self.model.dialect == "escpos" else ():
            self._buffer(data[start:end])
            start = end
            self._real_time(command)
        self._buffer(data[start:])
        return self._sent()

    def _buffer(self, data: bytes) -> None:
        if self._waits:
            taken = data[: max(0, self.room)]
            self.overrun += len(data) - len(taken)
            self._framer.feed(taken)
            return
        self._framer.feed(data)
        self._work()

    def _work(self) -> None:
        """Take commands off the buffer until it is empty, the paper moves, or the printer goes offline."""
        while not self._waits:
            command = self._framer.next()
            if command is None:
                return
            before = self.head
            self._obey(command)
            self._drive.moved(self.model.mm(self.head - before))
            if self._roll_end is not None and self.head >= self._roll_end:
                self._sense(paper_out=True)

    def _sent(self) -> bytes:
        replies = bytes(self.machine.replies) + self._flow.says(self.room)
        self.machine.replies.clear()
        return replies

    # -- commands ---------------------------------------------------------------------------------------

    def _obey(self, command: Command) -> None:
        if self._passes_by(command):
            return
        if command.name != TEXT:
            text.finish_text(self.machine)
        if command.name == "GS :":
            self._define_macro()
        elif command.name == "GS ^":
            self._run_macro(command.data)
        else:
            self._record(command.raw)
            self._execute(command)

    def _passes_by(self, command: Command) -> bool:
        """Whether this model, or a printer that is deselected, does nothing about a command."""
        eaten = self._after_raster and command.name == "LF"
        self._after_raster = self.model.eats_lf_after_raster and command.name == "GS v"
        deselected = not self.machine.selected and command.name not in _WHEN_DESELECTED
        return eaten or deselected or command.name in self.model.ignores

    def _execute(self, command: Command) -> None:
        handler = language(self.machine)[1].get(command.name)
        if handler is not None:
            handler(self.machine, command.data)
            self._framer.table = language(self.machine)[0]
        elif command.name == UNKNOWN:
            self.unknown += 1

    def _define_macro(self) -> None:
        """GS : starts and ends the definition, while which the printer prints as ever."""
        if self._macro is None:
            self._macro = bytearray()
        else:
            self.machine.memory.macro, self._macro = bytes(self._macro), None

    def _record(self, raw: bytes) -> None:
        if self._macro is not None:
            self._macro += raw[: MACRO_LIMIT - len(self._macro)]

    def _run_macro(self, data: bytes) -> None:
        """GS ^ r t m: r times, the waits between left out. Inside a definition it throws that away."""
        if self._macro is not None:
            self._macro, self.machine.memory.macro = None, b""
            return
        framer = Framer(language(self.machine)[0])
        for _ in range(data[0]):
            framer.feed(self.machine.memory.macro)
            while command := framer.next():
                self._execute(command)

    def _real_time(self, command: bytes) -> None:
        m = self.machine
        kind, function = command[1], command[2]
        if kind == 0x04:
            m.replies += real_time_status(m.conditions, function)
        elif kind == 0x05 and function in (1, 2) and m.conditions.cutter_error:
            if function == 2:
                self._framer.clear()
                m.clear_print_buffer()
            self._change(cutter_error=False)
        elif command[1:3] == b"\x14\x01" and m.pulses_by_real_time and command[3] < 2:
            m.drawer_pulses.append((command[3], command[4] * 50, command[4] * 50))
        elif command[1:3] == b"\x14\x08":
            self._framer.clear()
            m.clear_print_buffer()

    # -- conditions -------------------------------------------------------------------------------------

    @property
    def conditions(self) -> Conditions:
        return self.machine.conditions

    @property
    def offline(self) -> bool:
        return self.machine.conditions.offline

    def set_paper_out(self, out: bool = True) -> bytes:
        return self._change(paper_out=out)

    def load_roll(self, millimetres: float) -> bytes:
        """A roll of that length is put in; when it has been used up, the paper is out in mid-receipt."""
        self._roll_end = self.head + round(millimetres * self.model.dpi / 25.4)
        return self._change(paper_out=False)

    def set_paper_near_end(self, near: bool = True) -> bytes:
        return self._change(paper_near_end=near)

    def open_cover(self) -> bytes:
        return self._change(cover_open=True)

    def close_cover(self) -> bytes:
        return self._change(cover_open=False)

    def set_offline(self, offline: bool = True) -> bytes:
        return self._change(switched_offline=offline)

    def jam_cutter(self) -> bytes:
        """A recoverable error, until DLE ENQ 1 or 2."""
        return self._change(cutter_error=True)

    def set_drawer(self, signal_high: bool) -> bytes:
        return self._change(drawer_signal_high=signal_high)

    def _change(self, **sensors: bool) -> bytes:
        """Sensors change; what waited in the buffer goes on when that brings the printer online again."""
        self._sense(**sensors)
        self._work()
        return self._sent()

    def _sense(self, **sensors: bool) -> None:
        m = self.machine
        before = automatic_status(m.conditions)
        for name, value in sensors.items():
            setattr(m.conditions, name, value)
        after = automatic_status(m.conditions)
        if concerns(m.status_back, before, after):
            m.replies += after

    def power_cycle(self) -> None:
        """Off and on: everything volatile is gone, the paper and the non-volatile memory stay."""
        old, conditions = self.machine, self.machine.conditions
        self.machine = Machine(self.model, old.paper, conditions=conditions)
        self.machine.memory.nv_pictures = old.memory.nv_pictures
        self.machine.memory.graphics = {k: v for k, v in old.memory.graphics.items() if k[0] == graphics.NV}
        self._framer.clear()
        self._scanner = RealTimeScanner()
        self._macro = None

    # -- paper ------------------------------------------------------------------------------------------

    @property
    def papers(self) -> list[Image.Image]:
        """The pieces cut off so far, first to last, mode '1' with black ink on white."""
        return self.machine.paper.pieces

    @property
    def paper_count(self) -> int:
        return self.machine.paper.piece_count

    def paper(self, index: int) -> Image.Image:
        """One piece of `papers`, without drawing the others."""
        return self.machine.paper.piece(index)

    def tear_off(self) -> Image.Image | None:
        """What hangs out of the printer below the last cut, or None when nothing is printed on it."""
        return self.machine.paper.rest()

    def strip_image(self) -> Image.Image:
        """The whole strip as if nothing had been cut."""
        return self.machine.paper.strip()

    @property
    def cut_marks(self) -> list[int]:
        """Where on `strip_image` the cuts are, in dots from its top."""
        return list(self.machine.paper.cuts)

    @property
    def head(self) -> int:
        """Where on `strip_image` the next line will be printed."""
        return self.machine.paper.head

    # -- for tests --------------------------------------------------------------------------------------

    @property
    def settings(self) -> dict[str, Any]:
        """All that decides how coming bytes are printed, to be compared before and after."""
        m = self.machine
        return m.settings.as_dict() | {
            "line_open": m.line.open,
            "x": m.line.x,
            "page_mode": m.page is not None,
            "selected": m.selected,
            "status_back": m.status_back,
            "recording_macro": self._macro is not None,
            "macro": m.memory.macro,
            "stored_symbols": dict(m.memory.symbols),
            "user_characters_defined": sorted(m.memory.characters),
        }
