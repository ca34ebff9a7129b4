"""What a forger may try with a token, one row each: none of it makes a sale, an accrual, or a claim page.

The rows of docs/threat-model.md name these tests.
"""

from __future__ import annotations

import base64
import itertools
import struct
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st
from service_rig import DOMAIN, NOW, ServiceRig, SignedBox, running_service
from sqlalchemy import func, select

from member_service import claim_token as service_token
from member_service.store.tables import Accrual
from receiptbridge.claim import token as box_token
from receiptbridge.errors import TokenError

NUMBERS = itertools.count(1)
GROUP_ORDER = 2**252 + 27742317777372353535851937790883648493
FIELDS = struct.Struct(">B6s5sI5sHHB")


@pytest.fixture(scope="module")
def rig(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServiceRig]:
    with running_service(tmp_path_factory.mktemp("forgeries")) as running:
        yield running


@pytest.fixture(scope="module")
def box(rig: ServiceRig) -> SignedBox:
    return rig.enrol()


@pytest.fixture(scope="module")
def other(rig: ServiceRig) -> SignedBox:
    return rig.enrol(merchant="Other Shop")


def spelt(raw: bytes) -> str:
    return base64.b32encode(raw).decode()


def signed(box: SignedBox, fields: bytes, domain: bytes = DOMAIN) -> bytes:
    return fields + box.key.sign(domain + fields)


def with_amount_of_a_longer_field(raw: bytes) -> bytes:
    return raw[:16] + b"\x01" + raw[16:]


def with_a_larger_s(raw: bytes) -> bytes:
    """The same signature with the group order added to S: what RFC 8032 has readers refuse."""
    s = int.from_bytes(raw[-32:], "little") + GROUP_ORDER
    return raw[:-32] + s.to_bytes(32, "little")


def swapped(raw: bytes, one: slice, other: slice) -> bytes:
    """Two fields of one length in each other's place."""
    altered = bytearray(raw)
    altered[one], altered[other] = raw[other], raw[one]
    return bytes(altered)


ALTERED: dict[str, Callable[[bytes], bytes]] = {
    "number and amount swapped": lambda raw: swapped(raw, slice(7, 12), slice(16, 21)),
    "currency and rule swapped": lambda raw: swapped(raw, slice(21, 23), slice(23, 25)),
    "the halves of the signature swapped": lambda raw: swapped(raw, slice(26, 58), slice(58, 90)),
    "ten times the amount": lambda raw: raw[:16] + (63670).to_bytes(5, "big") + raw[21:],
    "a longer amount": with_amount_of_a_longer_field,
    "version 0": lambda raw: b"\x00" + raw[1:],
    "version 2": lambda raw: b"\x02" + raw[1:],
    "a flag more": lambda raw: raw[:25] + b"\x80" + raw[26:],
    "no signature": lambda raw: raw[:26],
    "a signature of zeros": lambda raw: raw[:26] + bytes(64),
    "S beyond the group order": with_a_larger_s,
    "twice the signature": lambda raw: raw + raw[26:],
}


def refused(box: SignedBox, number: int, spelling: str) -> None:
    """By scan, by claim and by delivery; and nothing is there afterwards."""
    before = accruals(box.rig)
    path = f"/C/{spelling}"
    assert box.rig.page(path).status_code == 404
    assert box.rig.claim(spelling).status_code == 404
    (result,) = box.deliver(box.sale(number, token=spelling))
    assert result["status"] == "rejected"
    assert accruals(box.rig) == before


def accruals(rig: ServiceRig) -> int:
    with rig.database.read() as session:
        return session.scalar(select(func.count()).select_from(Accrual)) or 0


@pytest.mark.parametrize("attempt", ALTERED)
def test_an_altered_token_is_refused_everywhere(box: SignedBox, attempt: str) -> None:
    number = next(NUMBERS)
    refused(box, number, spelt(ALTERED[attempt](box.raw_token(number))))


def test_a_token_by_another_boxs_key_under_this_boxs_id_is_refused(box: SignedBox, other: SignedBox) -> None:
    number = next(NUMBERS)
    refused(box, number, replace(other, box_id=box.box_id).token(number))


def test_a_token_by_a_key_of_nobody_is_refused(box: SignedBox) -> None:
    number = next(NUMBERS)
    refused(box, number, replace(box, key=Ed25519PrivateKey.generate()).token(number))


def test_a_token_of_a_box_that_was_never_enrolled_is_refused(box: SignedBox) -> None:
    nobody = replace(box, box_id=bytes(6), key=Ed25519PrivateKey.generate())
    refused(box, next(NUMBERS), nobody.token(1))


def test_a_signature_that_was_made_for_something_else_is_refused(box: SignedBox) -> None:
    """A key signs requests and rotations too; neither of them is a token."""
    number = next(NUMBERS)
    fields = box.raw_token(number)[:26]
    for domain in (b"", b"receiptbridge-claim-v0\0", b"receiptbridge-next-key-v1\0"):
        refused(box, number, spelt(signed(box, fields, domain)))


def test_a_genuine_token_is_no_other_boxs_sale(box: SignedBox, other: SignedBox) -> None:
    """A replay on another merchant: delivered by his box it is refused, and a scan is the first merchant's."""
    number = next(NUMBERS)
    token = box.token(number)
    (result,) = other.deliver(other.sale(number, token=token))
    assert (result["status"], result["code"]) == ("rejected", "token_box")
    assert "Corner Shop" in box.rig.claim(token).text
    assert "Other Shop" not in box.rig.page(f"/C/{token}").text


def test_a_genuine_token_with_another_number_or_amount_than_its_item_is_refused(box: SignedBox) -> None:
    number = next(NUMBERS)
    token = box.token(number)
    for item, code in (
        (box.sale(number + 1_000_000, token=token), "token_number"),
        (box.sale(number, 63670, token=token), "token_amount"),
    ):
        assert box.deliver(item)[0]["code"] == code


@pytest.mark.parametrize(
    "write",
    [
        str.lower,
        lambda spelling: spelling + "=",
        lambda spelling: spelling[:-2] + "==",
        lambda spelling: " " + spelling,
        lambda spelling: spelling[:72] + "\n" + spelling[72:],
        lambda spelling: spelling.replace("A", "\uff21"),
        lambda spelling: spelling.replace("I", "1").replace("O", "0"),
        lambda spelling: spelling + spelling,
    ],
)
def test_a_token_in_another_spelling_is_refused(box: SignedBox, write: Callable[[str], str]) -> None:
    number, spelling = next(NUMBERS), ""
    while not set("AIO") <= set(spelling):
        spelling = box.token(number := next(NUMBERS))
    with pytest.raises((service_token.TokenError, TokenError)):
        service_token.from_spelling(write(spelling))
    with pytest.raises(TokenError):
        box_token.unspell(write(spelling))
    (result,) = box.deliver(box.sale(number, token=write(spelling)))
    assert result["status"] == "rejected"


@settings(max_examples=300, deadline=None)
@given(at=st.integers(0, 89), mask=st.integers(1, 255))
def test_no_byte_can_be_altered_whichever_package_reads_it(at: int, mask: int) -> None:
    raw = VECTOR
    altered = bytearray(raw)
    altered[at] ^= mask
    assert not read_by_service(bytes(altered))
    assert not read_by_box(bytes(altered))
    assert read_by_service(raw)
    assert read_by_box(raw)


@settings(max_examples=300, deadline=None)
@given(raw=st.binary(max_size=200) | st.binary(min_size=90, max_size=90))
def test_no_bytes_out_of_the_blue_are_a_token_or_raise_anything_else(raw: bytes) -> None:
    assert not read_by_service(raw)
    assert not read_by_box(raw)


KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
_FIELDS = FIELDS.pack(1, b"\1\2\3\4\5\6", (7).to_bytes(5, "big"), NOW, (6367).to_bytes(5, "big"), 156, 1, 0)
VECTOR = _FIELDS + KEY.sign(DOMAIN + _FIELDS)


def read_by_service(raw: bytes) -> bool:
    try:
        token = service_token.from_bytes(raw)
    except service_token.TokenError:
        return False
    return token.is_signed_by([KEY.public_key().public_bytes_raw()])


def read_by_box(raw: bytes) -> bool:
    try:
        box_token.decode(raw)
        KEY.public_key().verify(box_token.signature(raw), box_token.signed_bytes(raw))
    except (TokenError, InvalidSignature):
        return False
    return True
