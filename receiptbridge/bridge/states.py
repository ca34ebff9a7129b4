"""The states of a session and the one table of its transitions. The picture in `docs/` is drawn from it."""

from __future__ import annotations

from enum import Enum
from typing import Final


class State(Enum):
    IDLE = "nothing printed since the last cut"
    RECEIPT = "a receipt is under way"
    HOLDING_CUT = "the cut waits for the journal; register bytes behind it wait too"
    PASSTHROUGH = "bytes flow; nothing is read, nothing inserted"


PASSTHROUGH: Final = State.PASSTHROUGH
"""Asked of every read, and a member looked up by its enumeration takes ten times as long."""


class Cause(Enum):
    PRINTED = "something was printed"
    CUT_WITHOUT_CODE = "cut, no code due"
    CUT_HELD = "cut, a code is due"
    CODE_PRINTED = "sale stored: block and cut go"
    CUT_LET_GO = "store failed, bound reached or printer lost: the cut goes alone"
    JOB_ENDED = "the register hung up"
    LOST_TRACK = "fault in the core, or a stream that is not ours to read"
    FRESH_START = "new connection, or ESC @ after a pause"


TRANSITIONS: dict[tuple[State, Cause], State] = {
    (State.IDLE, Cause.PRINTED): State.RECEIPT,
    (State.RECEIPT, Cause.CUT_WITHOUT_CODE): State.IDLE,
    (State.RECEIPT, Cause.CUT_HELD): State.HOLDING_CUT,
    (State.RECEIPT, Cause.JOB_ENDED): State.IDLE,
    (State.HOLDING_CUT, Cause.CODE_PRINTED): State.IDLE,
    (State.HOLDING_CUT, Cause.CUT_LET_GO): State.IDLE,
    (State.PASSTHROUGH, Cause.FRESH_START): State.IDLE,
    **{(state, Cause.LOST_TRACK): State.PASSTHROUGH for state in State},
}


def picture() -> str:
    """The table as a Mermaid state diagram, one line a transition."""
    arrows = [
        f"    {before.name} --> {after.name}: {cause.value}" for (before, cause), after in TRANSITIONS.items()
    ]
    return "\n".join(["stateDiagram-v2", "    [*] --> PASSTHROUGH", *arrows])
