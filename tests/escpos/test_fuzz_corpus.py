"""Everything that fuzzing kept, tried again: a failure once found stays found."""

from __future__ import annotations

import pytest

from fuzz import lane, reading
from fuzz.inputs import CORPUS

INPUTS = sorted(CORPUS.glob("*.bin"))
LARGEST_CORPUS = 300_000


@pytest.mark.parametrize("file", INPUTS, ids=lambda file: file.stem)
@pytest.mark.parametrize("target", [reading, lane], ids=["reading", "lane"])
def test_a_saved_input_breaks_no_law(target, file):
    target.check(file.read_bytes())


def test_the_saved_corpus_stays_small():
    assert INPUTS
    assert sum(file.stat().st_size for file in INPUTS) < LARGEST_CORPUS
