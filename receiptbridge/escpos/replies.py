"""What the printer sends back: how it says the printer is, and to whose question.

Rules of this room:
- The register gets every byte but the answers to what the box itself asked, in the moment in which it comes:
  nothing is ever kept back until more is known.
- An answer belongs to the oldest open question of its form. The box asks only when nothing is open
  (`may_ask`), so that this rule is all there is to know.
- Flow control is nobody's answer: it always goes to the register.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final, NamedTuple

from receiptbridge.escpos import condition as says
from receiptbridge.escpos.answers import FLOW_CONTROL, Answers
from receiptbridge.escpos.condition import Known, PrinterCondition
from receiptbridge.escpos.questions import PAPER, Dialect, Form, OpenQuestions, Question

__all__ = ["Heard", "PrinterCondition", "ReplyReader"]


class Heard(NamedTuple):
    """What the register is to get, how the printer is now, and whether it told that it was switched on."""

    to_register: bytes
    condition: PrinterCondition
    switched_on: bool


class ReplyReader:
    """Follows one printer's answers: `asked` and `box_asked` say what it was asked, `hear` what it says."""

    def __init__(self, dialect: Dialect = "escpos") -> None:
        self._dialect = dialect
        self._known = Known()
        self._answers = Answers(dialect)
        self._questions = OpenQuestions()
        self._question: Question | None = None
        self._switched_on = False
        self.tells_unasked = False

    @property
    def condition(self) -> PrinterCondition:
        """The worst of what is known. Where `tells_unasked` (GS a), it is so without asking."""
        return self._known.condition

    @property
    def may_ask(self) -> bool:
        """Whether the answer to a question of the box could be taken for nothing else."""
        return not self._questions and not self._answers.under_way

    def asked(self, tokens: Iterable[bytes]) -> None:
        """The register's commands on their way: the questions among them say what answers mean."""
        self._questions.add(tokens, self._dialect, by_box=False)

    def box_asked(self, tokens: Iterable[bytes]) -> None:
        """The box's own questions, which it sent while `may_ask` held. Their answers go to no register."""
        self._questions.add(tokens, self._dialect, by_box=True)

    def give_up(self) -> None:
        """What was asked so far will not be answered: the lane was quiet for longer than printers take."""
        self._questions.forget()

    def feed(self, data: bytes) -> PrinterCondition:
        """Read what the printer sent; its condition now. For a box that asks nothing by itself."""
        return self.hear(data).condition

    def hear(self, data: bytes) -> Heard:
        """Read what the printer sent."""
        self._switched_on = False
        to_register = bytes(byte for byte in data if not self._is_for_box(byte))
        return Heard(to_register, self.condition, self._switched_on)

    def _is_for_box(self, byte: int) -> bool:
        """Read one byte; whether it belongs to an answer that the box asked for."""
        if byte in FLOW_CONTROL:
            return False
        if self._answers.take(byte):
            form = self._answers.form
            self._question = self._questions.answered(form) if form is not None else None
        for_box = self._question is not None and self._question.by_box
        if not self._answers.under_way:
            self._understand(bytes(self._answers.bytes))
        return for_box

    def _understand(self, answer: bytes) -> None:
        topic = self._question.topic if self._question is not None else None
        match self._answers.form:
            case Form.REAL_TIME:
                says.real_time_status(self._known, topic, answer)
            case Form.ASB:
                self.tells_unasked = True
                _AUTOMATIC[self._dialect](self._known, answer)
            case Form.BYTE if topic == PAPER and self._dialect == "escpos":
                says.paper_status(self._known, answer)
            case Form.POWER if answer == _GOING_OFF:
                self._known.offline = True
            case Form.POWER if answer == _SWITCHED_ON:
                self._known, self._switched_on, self.tells_unasked = Known(), True, False
                self._questions.forget()


_SWITCHED_ON: Final = b"\x3b\x31\x00"
_GOING_OFF: Final = b"\x3b\x30\x00"
_AUTOMATIC: Final[Mapping[Dialect, Callable[[Known, bytes], None]]] = {
    "escpos": says.automatic_status,
    "star": says.star_status,
}
