"""A technician who knows nothing of the box: does what `setup` says, at a simulated counter, and answers by looking.

What he may know is what a person at the counter sees: which cable he plugged where, what the paper looks like, whether
the drawer sprang open, and the total on a receipt in his hand. Of two ways that the tool offers he takes the first.
"""

from __future__ import annotations

import contextlib
import re
import shlex
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from counter_rig import SerialPrinter, SerialTill
from PIL import Image, ImageDraw

from hardware_sim.printer import VirtualPrinter
from hardware_sim.uart import Frame

CUT = b"\x1dVB\x00"
BEGIN = b"\x1b@\x1da\x0f"  # as many tills: reset, and report changes by itself
REPORT_LINES = 200
PICTURE_DOTS, ROW_DOTS = 144, 12

Action = Callable[["Counter", "re.Match[str]"], None]


@dataclass
class Sale:
    number: int
    total: str

    def rows(self) -> list[str]:
        """A layout whose word for the total nobody knows."""
        a, b = "3.20", f"{float(self.total) - 3.20:.2f}"
        return [
            "CORNER SHOP", f"No. {self.number}", "-" * 40,
            f"{'Bread':<30}{a:>10}", f"{'Coffee beans':<30}{b:>10}", "-" * 40,
            f"{'GROSH':<30}{self.total:>10}", "Thank you",
        ]  # fmt: skip


@dataclass
class Counter:
    """Till and printer, as one who stands before them can handle them. The till's three faults are hidden in it."""

    till: SerialTill
    printer: SerialPrinter
    prints_text: bool = False
    sales: list[Sale] = field(default_factory=list)
    lanes: list[subprocess.Popen[bytes]] = field(default_factory=list)
    printing: list[threading.Thread] = field(default_factory=list)
    enough: threading.Event = field(default_factory=threading.Event)
    last_receipt: bytes = b""
    pulses: int = 0

    # ---- the till

    def sell(self, *, drawer: bool = False) -> None:
        number = len(self.sales) + 1
        self.sales.append(Sale(number, f"{7 + number * 4.35:.2f}"))
        with self.printer.at() as printer:
            self.pulses = len(printer.machine.drawer_pulses)
        self.start(self.job(self.sales[-1].rows()) + (b"\x1bp\x00\x19\xfa" if drawer else b""))

    def job(self, rows: list[str]) -> bytes:
        if self.prints_text:
            return BEGIN + "".join(row + "\n" for row in rows).encode() + CUT
        return BEGIN + picture(rows) + CUT

    def report(self) -> None:
        self.start(
            BEGIN + b"".join(b"%03d Department %d  %d.00\n" % (n, n, n) for n in range(REPORT_LINES)) + CUT
        )

    def start(self, job: bytes) -> None:
        """Tills print while their cashier goes on."""
        self.finish()
        self.last_receipt = job
        self.printing.append(threading.Thread(target=self.till.print, args=(job,)))
        self.printing[-1].start()

    def print_until_enough(self) -> None:
        def again() -> None:
            while not self.enough.is_set():
                self.till.print(self.job(Sale(0, "11.00").rows()))

        self.enough.clear()
        self.printing.append(threading.Thread(target=again))
        self.printing[-1].start()

    def finish(self) -> None:
        self.enough.set()
        while self.printing:
            self.printing.pop().join()

    # ---- what a person sees

    def looks_as_without_a_box(self) -> bool:
        """Whether the last paper is to the dot what the till's bytes print on a printer of their own."""
        alone = VirtualPrinter(self.printer.printer.model)
        self.finish()
        alone.receive(self.last_receipt)
        with self.printer.at() as printer:
            return bool(printer.papers) and printer.papers[-1].tobytes() == alone.papers[-1].tobytes()

    def drawer_opened(self) -> bool:
        with self.printer.at() as printer:
            return len(printer.machine.drawer_pulses) > self.pulses

    def last_paper(self) -> Image.Image:
        with self.printer.at() as printer:
            return printer.papers[-1]

    # ---- the box

    def start_lane(self, command: str) -> None:
        program, *words = shlex.split(command)
        assert program == "receiptbridge"
        self.lanes.append(
            subprocess.Popen([sys.executable, "-m", "receiptbridge", *words], stderr=subprocess.DEVNULL)
        )

    def stop_lane(self) -> None:
        while self.lanes:
            lane = self.lanes.pop()
            lane.terminate()
            lane.wait()


@contextlib.contextmanager
def at_work(counter: Counter) -> Iterator[Counter]:
    try:
        with counter.printer.running():
            yield counter
    finally:
        counter.till.flow = "none"  # a till that waits for ever would hold the test up
        counter.till.stopped = False
        counter.finish()
        counter.stop_lane()


def picture(rows: list[str]) -> bytes:
    """The rows as dots, in a band for each, as a driver sends them."""
    jobs = b""
    for row in rows:
        image = Image.new("1", (PICTURE_DOTS, ROW_DOTS), 0)
        ImageDraw.Draw(image).text((0, 0), " ".join(row.split()), fill=1)
        size = (PICTURE_DOTS // 8).to_bytes(2, "little") + ROW_DOTS.to_bytes(2, "little")
        jobs += b"\x1dv0\x00" + size + image.tobytes()
    return jobs


# ---- what the tool may ask for, and how it is done

_SETTINGS = re.compile(r"\((\d+) ([78])([NEO])(\d)\)")


def _set_line(counter: Counter, said: re.Match[str]) -> None:
    counter.finish()
    counter.till.lose()
    found = _SETTINGS.search(said.string)
    assert found is not None
    counter.till.frame = Frame(int(found[1]), int(found[2]), found[3], int(found[4]))


def _set_handshake(counter: Counter, said: re.Match[str]) -> None:
    counter.finish()
    counter.till.flow = {"XON/XOFF": "xonxoff", "DTR/DSR": "dsrdtr", "RTS/CTS": "rtscts"}[said[1]]


def _print_text(counter: Counter, said: re.Match[str]) -> None:
    counter.finish()
    counter.prints_text = True


def _start_anew(counter: Counter, said: re.Match[str]) -> None:
    counter.stop_lane()
    counter.start_lane(said[1])


def _print_and_open(counter: Counter, said: re.Match[str]) -> None:
    counter.report()
    threading.Timer(0.3, counter.printer.open_cover).start()


DEEDS: list[tuple[str, Action]] = [
    (r"Print a receipt at the till, and again until", lambda counter, _: counter.print_until_enough()),
    (r"Print a receipt at the till, a long one", lambda counter, _: counter.report()),
    (r"set the printer's port to 8 data bits", _set_line),
    (r"set the handshake .* to (\S+)\.$", _set_handshake),
    (r"driver or profile to text", _print_text),
    (r"Print the longest paper .* open the cover", _print_and_open),
    (r"Pay in cash", lambda counter, _: counter.sell(drawer=True)),
    (r"Print (a|another) (receipt|sale)", lambda counter, _: counter.sell()),
    (r"Open the printer's cover", lambda counter, _: counter.printer.open_cover()),
    (r"Shut the (printer's )?cover", lambda counter, _: counter.printer.close_cover()),
    (r"Take the paper out", lambda counter, _: counter.printer.take_paper_out()),
    (r"Put the paper back in", lambda counter, _: counter.printer.put_paper_in()),
    (r"Start the lane, and leave it running: (.*)", lambda counter, said: counter.start_lane(said[1])),
    (r"Stop the lane, and start it anew: (.*)", _start_anew),
]


@dataclass
class Technician:
    """`looks`: how each question is answered by looking; a question that is none of them is answered by its first
    choice. `transcript`: all that was said."""

    counter: Counter
    looks: dict[str, Callable[[list[str]], str]]
    transcript: list[str] = field(default_factory=list)

    def follow(self, command: str) -> int:
        """Type a command, do what it says, and then the command that it names; the last one's exit code."""
        for _turn in range(5):
            code, then = self._run(command)
            if code == 0 or then is None:
                return code
            command = then
        return code

    def _run(self, command: str) -> tuple[int, str | None]:
        program, *words = shlex.split(command)
        assert program == "receiptbridge"
        with subprocess.Popen(
            [sys.executable, "-m", "receiptbridge", *words],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        ) as process:  # fmt: skip
            then = self._talk(process)
        return process.returncode, then

    def _talk(self, process: subprocess.Popen[str]) -> str | None:
        """Do and answer what is said, to its end; the first command that it names to go on with."""
        assert process.stdout is not None
        assert process.stdin is not None
        begin, then = len(self.transcript), None
        for line in map(str.rstrip, process.stdout):
            self.transcript.append(line)
            if not line.startswith("  "):
                self.counter.enough.set()
            if found := re.match(r"DO: (.*)", line):
                self._do(found[1])
            elif found := re.search(r"Then: (receiptbridge .*)", line):
                then = then or found[1]
            elif found := re.match(r"Question (\S+):", line):
                answer = self._answer(found[1], self.transcript[begin:])
                process.stdin.write(answer + "\n")
                process.stdin.flush()
                self.transcript.append(f"<- {answer}")
        return then

    def _do(self, task: str) -> None:
        for pattern, deed in DEEDS:
            if said := re.search(pattern, task):
                deed(self.counter, said)
                return
        raise AssertionError(f"nobody would know what to do: {task}")

    def _answer(self, key: str, seen: list[str]) -> str:
        for pattern, look in self.looks.items():
            if re.fullmatch(pattern, key):
                return look(seen)
        return FIRST_CHOICES[key]


FIRST_CHOICES = {
    "line.set": "yes",
    "handshake.set": "yes",
    "learn.set": "yes",
    "line.seven-bits": "change",
    "handshake.till": "change",
    "learn.pictures": "change",
}
