"""What a fuzzed input means: a choice, a way of arriving, and a stream."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from random import Random
from typing import NamedTuple

CORPUS = Path(__file__).parent / "corpus"
HEADER_BYTES = 2
PLACES = 12
"""A stream is cut at up to so many places; one header value means byte by byte."""
BYTE_BY_BYTE = 255


class Input(NamedTuple):
    """`choice` picks what the target varies, `pieces` are the stream as it arrives."""

    choice: int
    stream: bytes
    pieces: list[bytes]


def parse(data: bytes) -> Input:
    """Split the header off; too short an input is an empty stream."""
    choice, cutting = (data + bytes(HEADER_BYTES))[:HEADER_BYTES]
    stream = data[HEADER_BYTES:]
    return Input(choice, stream, cut(stream, cutting))


def cut(stream: bytes, cutting: int) -> list[bytes]:
    """The stream in pieces: byte by byte, or at places that follow from `cutting`."""
    if cutting == BYTE_BY_BYTE:
        return [stream[at : at + 1] for at in range(len(stream))]
    random = Random(cutting)
    places = {random.randrange(len(stream) + 1) for _ in range(cutting % PLACES)}
    return [stream[start:end] for start, end in pairwise(sorted({0, *places, len(stream)}))]
