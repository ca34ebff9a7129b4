"""The file of a capture: what crossed a lane, when, in both directions. docs/captures.md has the format.

A capture holds what was printed for people: it is made readable for its owner only.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

from receiptbridge.errors import ReceiptBridgeError, UsageError
from receiptbridge.words import _

VERSION: Final = 1
MARK: Final = "receiptbridge_capture"
"""The key that tells a capture from any other file of JSON lines; its value is the format's version."""

LONGEST_LINE: Final = 8 << 20
"""A line is what one read brought, some 100 kB at most; a file with longer ones was not made by us."""

WHERE: Final = frozenset({
    "from_register", "to_printer", "from_printer", "to_register", "register_came", "register_left", "printer_came",
    "printer_left", "receipt_ended",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Crossing:
    """Something that crossed the box, or happened, `at` seconds after the capture began.

    `block`: the box's own, with a claim code. `left_out`: bytes that were here and are not in the file.
    `missed`: lines before this one that the lane dropped, because nobody took them in time.
    """

    at: float
    where: str
    data: bytes = b""
    block: bool = False
    left_out: int = 0
    missed: int = 0

    def line(self) -> bytes:
        said: dict[str, Any] = {"at": self.at, "where": self.where}
        if self.data:
            said["data"] = b64encode(self.data).decode()
        said |= {name: value for name in ("block", "left_out", "missed") if (value := getattr(self, name))}
        return json.dumps(said).encode() + b"\n"


@dataclass(frozen=True, slots=True)
class Capture:
    """A capture as read: its header, and what crossed."""

    header: dict[str, Any]
    crossings: Sequence[Crossing]


def header_line(header: dict[str, Any]) -> bytes:
    return json.dumps({MARK: VERSION, **header}, ensure_ascii=False).encode() + b"\n"


def read_capture_file(path: Path) -> Capture | None:
    """The capture in a file; None where it is none, but perhaps the bytes of a register as they were sent.

    Raises `ReceiptBridgeError` where it cannot be read, is of a later version, or is damaged.
    """
    try:
        with path.open("rb") as file:
            first = file.readline(LONGEST_LINE)
            if not first.startswith(b"{") or MARK.encode() not in first:
                return None
            header = json.loads(first)
            if header.get(MARK) != VERSION:
                raise ReceiptBridgeError(
                    _("{file}: a capture of version {version}, this software reads {known}").format(
                        file=path, version=header.get(MARK), known=VERSION
                    ),
                    hint=_("Replay it with the software that made it, or a newer one."),
                )
            return Capture(header, tuple(_crossings(file)))
    except OSError as fault:
        raise UsageError(
            f"{path}: {_(fault.strerror or str(fault))}",
            hint=_("Give a capture, or the bytes of a register (.bin)."),
        ) from None
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        raise ReceiptBridgeError(
            _("{file}: damaged, or not a capture").format(file=path),
            hint=_("Capture once more: receiptbridge capture LANE"),
        ) from None


def _crossings(file: IO[bytes]) -> Iterator[Crossing]:
    while line := file.readline(LONGEST_LINE):
        said = json.loads(line)
        if said.get("where") in WHERE:  # the end's own line has none; later versions may say more
            yield Crossing(
                float(said["at"]),
                str(said["where"]),
                b64decode(said.get("data", ""), validate=True),
                bool(said.get("block")),
                int(said.get("left_out", 0)),
                int(said.get("missed", 0)),
            )


def jobs(crossings: Iterable[Crossing]) -> list[bytes]:
    """What the register sent, a connection at a time; of a line without connections all of it."""
    found: list[bytearray] = []
    begun = False
    for crossing in crossings:
        if crossing.where == "register_came":
            begun = False
        elif crossing.where == "from_register":
            if not begun:
                found.append(bytearray())
            begun = True
            found[-1] += crossing.data
    return [bytes(job) for job in found]
