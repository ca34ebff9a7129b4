"""Which commands the printer answers, and in which form.

Answers carry no names: a form is told by its fixed bits (`answers`), and of several open questions the
oldest of that form is the one that was answered.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from enum import Enum, auto
from typing import Final, Literal, NamedTuple

Dialect = Literal["escpos", "star"]

OUTSTANDING_QUESTIONS: Final = 64
"""So many questions of a form are remembered while their answers are out; printers buffer fewer."""


class Form(Enum):
    """What an answer looks like."""

    REAL_TIME = auto()  # DLE EOT: 0xx1xx10
    BYTE = auto()  # GS r, GS I short, ESC u, ESC v: 0xx0xxxx; Star ENQ and EOT: any byte
    ASB = auto()  # automatic status, of four bytes or Star's
    TEXT = auto()  # 5F text NUL
    INFO = auto()  # 3D id text NUL
    BLOCK = auto()  # 37 id data NUL, 35 .. NUL
    POWER = auto()  # 3B 31 NUL: the printer was switched on; 3B 30 NUL: it goes off
    ECHO = auto()  # Star ESC GS ETX: eight bytes


class Question(NamedTuple):
    """`topic` is what the answer's bits depend on. `number` counts all questions, in order."""

    form: Form
    topic: int | None
    by_box: bool
    number: int


def asked_by(token: bytes, dialect: Dialect) -> tuple[Form, int | None] | None:
    """The form of answer that a command asks for, and its topic; None for a command that is not answered."""
    asks = _QUESTIONS[dialect].get(token[:2])
    return asks(token) if asks is not None else None


class OpenQuestions:
    """Questions whose answers are out."""

    def __init__(self) -> None:
        self._open: dict[Form, deque[Question]] = {form: deque(maxlen=OUTSTANDING_QUESTIONS) for form in Form}
        self._count = 0

    def __len__(self) -> int:
        return sum(map(len, self._open.values()))

    def add(self, tokens: Iterable[bytes], dialect: Dialect, *, by_box: bool) -> None:
        """Remember the questions among some commands."""
        table = _QUESTIONS[dialect]
        for token in [token for token in tokens if token[:2] in table]:
            if (asked := asked_by(token, dialect)) is not None:
                self._count += 1
                self._open[asked[0]].append(Question(*asked, by_box, self._count))

    def answered(self, form: Form) -> Question | None:
        """The question that an answer of this form belongs to; it is no longer open.

        Real-time answers never come later than the answer to a question asked after them: such ones are lost.
        """
        waiting = self._open[form]
        if not waiting:
            return None
        question, real_time = waiting.popleft(), self._open[Form.REAL_TIME]
        while form is not Form.REAL_TIME and real_time and real_time[0].number < question.number:
            real_time.popleft()
        return question

    def forget(self) -> None:
        """Whatever is open will not be answered any more."""
        for waiting in self._open.values():
            waiting.clear()


# ---- commands -----------------------------------------------------------------------------------------

_Asked = Callable[[bytes], "tuple[Form, int | None] | None"]


def _always(form: Form, topic: int | None = None) -> _Asked:
    return lambda token: (form, topic)


def _numbered(form: Form) -> _Asked:
    """The last argument, as number or digit, says what is asked."""
    return lambda token: (form, token[2] - 48 if 48 <= token[2] <= 57 else token[2])


def _printer_id(token: bytes) -> tuple[Form, int | None]:
    """GS I n."""
    n = token[2]
    if n in (33, 35, 36, 96, 110):
        return Form.INFO, n
    return (Form.BYTE, None) if n in (1, 2, 3, 49, 50, 51) else (Form.TEXT, n)


def _star_document_counter(token: bytes) -> tuple[Form, int | None] | None:
    """ESC GS ETX 0 and 1 are echoed with the counter; the rest of ESC GS is not answered."""
    return (Form.ECHO, None) if token[2:3] == b"\x03" and token[3:4] in _COUNTER_IS_SENT else None


_COUNTER_IS_SENT: Final = (b"\x00", b"0", b"\x01", b"1")

PAPER: Final = 1
"""Topic of GS r 1 and ESC v: the paper sensors."""

_QUESTIONS: Final[Mapping[Dialect, Mapping[bytes, _Asked]]] = {
    "escpos": {
        b"\x10\x04": lambda token: (Form.REAL_TIME, token[2]),
        b"\x1dr": _numbered(Form.BYTE),
        b"\x1dI": _printer_id,
        b"\x1bu": _always(Form.BYTE),
        b"\x1bv": _always(Form.BYTE, PAPER),
        b"\x1dg": lambda token: (Form.TEXT, None) if token[2:3] == b"2" else None,
    },
    "star": {
        b"\x04": _always(Form.BYTE),
        b"\x05": _always(Form.BYTE),
        b"\x17": _always(Form.ASB),
        b"\x1b\x06": _always(Form.ASB),
        b"\x1b\x1d": _star_document_counter,
    },
}
"""Blocks (37 ..) are told apart by their own id; nobody needs to know who asked for them."""
