"""The token against its document's vectors, and against what nobody thought of."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from receiptbridge.claim import token as claims
from receiptbridge.claim.token import ClaimFields
from receiptbridge.errors import TokenError

DOCS = Path(__file__).parents[2] / "docs"
VECTORS = json.loads((DOCS / "claim-token-vectors.json").read_text())
REFUSALS = {
    "length": r"has \d+ (characters|bytes), this",
    "alphabet": "A to Z and 2 to 7",
    "version": "of version",
}


def cases(name: str) -> Any:
    return pytest.mark.parametrize("case", VECTORS[name], ids=lambda case: case["name"])


def fields_of(case: dict[str, Any]) -> ClaimFields:
    return ClaimFields(**{**case["fields"], "box_id": bytes.fromhex(case["fields"]["box_id"])})


def unsigned(bits: int) -> st.SearchStrategy[int]:
    return st.integers(0, 2**bits - 1)


any_fields = st.builds(
    ClaimFields,
    box_id=st.binary(min_size=6, max_size=6),
    number=unsigned(40),
    time=unsigned(32),
    amount=unsigned(40),
    currency=unsigned(16),
    rule=unsigned(16),
    flags=unsigned(8),
)
any_token = st.binary(min_size=90, max_size=90)


@given(any_fields, st.binary(min_size=64, max_size=64))
def test_every_sale_comes_back_from_its_token_as_it_went_in(fields: ClaimFields, mark: bytes) -> None:
    token = claims.encode(fields, lambda data: mark)
    assert len(token) == 90
    assert claims.decode(token) == fields
    assert claims.signature(token) == mark


@given(any_token)
def test_every_token_has_one_spelling_of_144_characters(token: bytes) -> None:
    spelling = claims.spell(token)
    assert len(spelling) == 144
    assert claims.unspell(spelling) == token


@given(
    st.one_of(st.text(), st.text("ABC234=abc \n", min_size=144, max_size=144), any_token.map(claims.spell))
)
def test_whatever_is_unspelt_is_spelt_the_same_again(text: str) -> None:
    """No two texts are one token: the spelling that is accepted is the spelling that would be printed."""
    try:
        token = claims.unspell(text)
    except TokenError:
        return
    assert claims.spell(token) == text


@given(any_token, st.integers(0, 143), st.characters())
def test_a_character_that_base32_lacks_is_refused_anywhere(token: bytes, at: int, character: str) -> None:
    spelling = claims.spell(token)
    altered = spelling[:at] + character + spelling[at + 1 :]
    if character in "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567":
        assert claims.spell(claims.unspell(altered)) == altered
    else:
        with pytest.raises(TokenError, match="A to Z and 2 to 7"):
            claims.unspell(altered)


@cases("good_tokens")
def test_a_vector_is_made_byte_for_byte(case: dict[str, Any]) -> None:
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(case["private_key"]))
    token = claims.encode(fields_of(case), key.sign)
    assert token.hex() == case["token"]
    assert claims.spell(token) == case["spelling"]
    assert claims.signed_bytes(token).hex() == case["signed_bytes"]


@cases("good_tokens")
def test_a_vector_is_read_and_verifies(case: dict[str, Any]) -> None:
    token = claims.unspell(case["spelling"])
    assert claims.decode(token) == fields_of(case)
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(case["public_key"]))
    key.verify(claims.signature(token), claims.signed_bytes(token))


@cases("bad_spellings")
def test_a_bad_spelling_is_refused_for_its_reason(case: dict[str, Any]) -> None:
    with pytest.raises(TokenError, match=REFUSALS[case["reason"]]):
        claims.unspell(case["spelling"])


@cases("bad_tokens")
def test_a_bad_token_is_refused_for_its_reason(case: dict[str, Any]) -> None:
    token = bytes.fromhex(case["token"])
    if case["reason"] == "signature":
        claims.decode(token)  # nothing else is wrong with it
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(case["public_key"]))
        with pytest.raises(InvalidSignature):
            key.verify(claims.signature(token), claims.signed_bytes(token))
    else:
        with pytest.raises(TokenError, match=REFUSALS[case["reason"]]):
            claims.decode(token)


def test_padding_that_b32decode_would_take_is_refused() -> None:
    """The reason for the pattern: six characters of padding make a shorter token, without an error."""
    padded = VECTORS["good_tokens"][0]["spelling"][:138] + "======"
    assert len(base64.b32decode(padded)) == 86
    with pytest.raises(TokenError):
        claims.unspell(padded)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("number", 2**40),
        ("number", -1),
        ("time", 2**32),
        ("amount", 2**40),
        ("amount", -1),
        ("currency", 2**16),
        ("rule", 2**16),
        ("flags", 2**8),
    ],
)
def test_a_field_out_of_range_is_refused_by_its_name(field: str, value: int) -> None:
    fields = {"box_id": bytes(6), "number": 1, "time": 1, "amount": 1, "currency": 156, "rule": 1, "flags": 0}
    with pytest.raises(TokenError, match=rf"^{field} {value} does not fit"):
        claims.encode(ClaimFields(**{**fields, field: value}), lambda data: bytes(64))


@given(st.binary(max_size=20).filter(lambda box_id: len(box_id) != 6))
def test_a_box_id_of_another_length_is_refused(box_id: bytes) -> None:
    with pytest.raises(TokenError, match="box id"):
        claims.encode(ClaimFields(box_id, 1, 1, 1, 156, 1), lambda data: bytes(64))


def test_a_signer_that_gives_no_signature_is_refused() -> None:
    with pytest.raises(TokenError, match="64 bytes, this one 63"):
        claims.encode(ClaimFields(bytes(6), 1, 1, 1, 156, 1), lambda data: bytes(63))
