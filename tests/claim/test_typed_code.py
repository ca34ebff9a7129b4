"""The typed code: its vectors, and what its check character is claimed to catch."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receiptbridge.claim.code import ALPHABET, normalise, typed_code
from receiptbridge.errors import TokenError

VECTORS = json.loads((Path(__file__).parents[2] / "docs" / "claim-token-vectors.json").read_text())
REFUSALS = {"length": "has 10 characters", "alphabet": "only digits and letters", "check": "does not check"}

any_code = st.binary(min_size=90, max_size=90).map(typed_code)


def is_refused(typed: str) -> bool:
    try:
        normalise(typed)
    except TokenError:
        return True
    return False


@given(any_code)
def test_a_code_is_its_own_normal_form(code: str) -> None:
    assert [len(group) for group in code.split("-")] == [4, 4, 2]
    assert normalise(code) == code


@given(any_code)
def test_every_single_wrong_character_is_caught(code: str) -> None:
    plain = code.replace("-", "")
    for at, character in itertools.product(range(10), ALPHABET):
        if character != plain[at]:
            assert is_refused(plain[:at] + character + plain[at + 1 :])


@given(any_code)
def test_every_exchange_of_two_characters_is_caught(code: str) -> None:
    plain = code.replace("-", "")
    for one, other in itertools.combinations(range(10), 2):
        if plain[one] != plain[other]:
            swapped = list(plain)
            swapped[one], swapped[other] = plain[other], plain[one]
            assert is_refused("".join(swapped))


@given(any_code, st.lists(st.tuples(st.integers(0, 12), st.sampled_from(" -–—")), max_size=20), st.booleans())
def test_a_code_may_be_typed_in_small_letters_and_any_groups(
    code: str, separators: list[tuple[int, str]], small: bool
) -> None:
    typed = list(code.lower() if small else code)
    for at, separator in separators:
        typed.insert(at, separator)
    assert normalise("".join(typed)) == code


@given(st.text())
def test_whatever_is_typed_is_either_a_code_or_refused(typed: str) -> None:
    assert is_refused(typed) or normalise(normalise(typed)) == normalise(typed)


@pytest.mark.parametrize("case", VECTORS["good_tokens"], ids=lambda case: case["name"])
def test_the_code_of_a_vector_is_as_documented(case: dict[str, str]) -> None:
    assert typed_code(bytes.fromhex(case["token"])) == case["typed_code"]


@pytest.mark.parametrize("case", VECTORS["typed_codes"], ids=lambda case: case["name"])
def test_a_typed_vector_is_read_as_its_code(case: dict[str, str]) -> None:
    assert normalise(case["typed"]) == case["code"]


@pytest.mark.parametrize("case", VECTORS["bad_codes"], ids=lambda case: case["name"])
def test_a_bad_code_is_refused_for_its_reason(case: dict[str, str]) -> None:
    with pytest.raises(TokenError, match=REFUSALS[case["reason"]]):
        normalise(case["typed"])
