"""Streams of printer commands for properties: every opening of a grammar, with whatever behind it."""

from __future__ import annotations

from itertools import groupby, pairwise

from hypothesis import strategies as st

from receiptbridge.escpos.grammar import Grammar
from receiptbridge.escpos.reader import Reader

_TEXT = st.sampled_from([b"Total 12.50", "合计".encode("gb18030"), b"a", b"b\x05\x00kkkkk", b"\n", b"\r\n"])


def streams(grammar: Grammar) -> st.SearchStrategy[bytes]:
    """Bytes in which every command of the grammar occurs, whole and cut off, among text and noise."""
    openings = sorted(entry.opening for entry in grammar.entries)
    command = st.builds(bytes.__add__, st.sampled_from(openings), st.binary(max_size=9))
    small = st.builds(bytes.__add__, st.sampled_from(openings), st.lists(_SMALL, max_size=9).map(bytes))
    return st.lists(st.one_of(command, small, _TEXT, st.binary(max_size=4)), max_size=25).map(b"".join)


_SMALL = st.sampled_from([0, 1, 2, 3, 8, 48, 49, 50, 65, 97])


def cuts(data: bytes) -> st.SearchStrategy[list[bytes]]:
    """Ways in which these bytes may arrive."""
    places = st.lists(st.integers(0, len(data)), max_size=12).map(
        lambda found: sorted({0, *found, len(data)})
    )
    return places.map(lambda at: [data[start:end] for start, end in pairwise(at)])


def read(grammar: Grammar, pieces: list[bytes]) -> tuple[Reader, list[bytes], list[tuple[int, int, str]]]:
    """Read the pieces; the reader, its tokens with text runs joined, and (start, end, mark) of every mark."""
    reader, tokens, marks = Reader(grammar), [], []
    for piece in pieces:
        reader.feed(piece)
        while (batch := reader.pull()) is not None:
            tokens += batch.tokens
            marks += [(batch.end - len(batch.tokens[-1]), batch.end, batch.mark)] if batch.mark else []
    return reader, joined(tokens), marks


def joined(tokens: list[bytes]) -> list[bytes]:
    """Tokens with neighbouring pieces of text made one."""
    runs = groupby(tokens, key=b" ".__le__)
    return [token for text, run in runs for token in ([b"".join(run)] if text else run)]
