"""What people type: codes at the page for them, phone numbers, amounts; and how often they may."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from service_rig import SignedBox

from member_service import claim_token, money, phone, typed_code
from member_service.errors import ApiError
from member_service.limits import MAX_ADDRESSES, WRONG_GUESSES, WRONG_GUESSES_REFILL_S, WrongGuesses
from member_service.phone import PhoneError
from member_service.render import amount


def code_of(box: SignedBox, number: int) -> str:
    return typed_code.grouped(typed_code.of_digest(claim_token.digest(box.raw_token(number))))


def test_a_typed_code_leads_to_its_claim_page_once_the_sale_is_synced(box: SignedBox) -> None:
    code = code_of(box, 1).lower()
    assert box.rig.http.post("/", data={"code": code}).status_code == 404
    box.deliver(box.sale(1))
    answer = box.rig.http.post("/?lang=en", data={"code": f" {code} "})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/C/{box.token(1)}?lang=en")


def test_a_code_that_does_not_check_is_explained_and_costs_no_guess(box: SignedBox) -> None:
    code = code_of(box, 1)
    wrong = ("0" if code[0] != "0" else "1") + code[1:]
    for _ in range(WRONG_GUESSES + 5):
        answer = box.rig.http.post("/?lang=en", data={"code": wrong})
        assert answer.status_code == 422
    assert "does not add up" in answer.text


def test_guessing_codes_is_slowed_down(box: SignedBox) -> None:
    answers = [box.rig.http.post("/", data={"code": code_of(box, n)}) for n in range(WRONG_GUESSES + 1)]
    assert [answer.status_code for answer in answers] == [404] * WRONG_GUESSES + [429]
    assert int(answers[-1].headers["Retry-After"]) >= 1


def test_guesses_come_back_with_time() -> None:
    now = 1000.0
    guesses = WrongGuesses(lambda: now)
    for _ in range(WRONG_GUESSES):
        guesses.check("192.0.2.1")
        guesses.count("192.0.2.1")
    with pytest.raises(ApiError) as refusal:
        guesses.check("192.0.2.1")
    guesses.check("192.0.2.2")
    assert refusal.value.retry_after is not None
    now += refusal.value.retry_after
    guesses.check("192.0.2.1")
    now += WRONG_GUESSES * WRONG_GUESSES_REFILL_S
    for _ in range(WRONG_GUESSES):
        guesses.check("192.0.2.1")
        guesses.count("192.0.2.1")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8::1", "2001:db8::ffff", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
    ],
)
def test_the_addresses_of_one_customer_share_their_guesses(one: str, other: str, same: bool) -> None:
    guesses = WrongGuesses(lambda: 1000.0)
    for _ in range(WRONG_GUESSES):
        guesses.count(one)
    if same:
        with pytest.raises(ApiError):
            guesses.check(other)
    else:
        guesses.check(other)


def test_the_memory_of_guesses_is_bounded() -> None:
    guesses = WrongGuesses(lambda: 1000.0)
    for n in range(MAX_ADDRESSES + 50):
        guesses.count(f"10.{n >> 16}.{n >> 8 & 255}.{n & 255}")
    assert len(guesses._full_again) == MAX_ADDRESSES


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("13800138000", "+8613800138000"),
        (" 138 0013-8000 ", "+8613800138000"),
        ("１３８００１３８０００", "+8613800138000"),
        ("+86 138 0013 8000", "+8613800138000"),
        ("008613800138000", "+8613800138000"),
        ("8613800138000", "+8613800138000"),
        ("+44 (20) 7946-0018", "+442079460018"),
        ("0044 20 7946 0018", "+442079460018"),
        ("+1.202.555.0173", "+12025550173"),
        ("+852 5123 4567", "+85251234567"),
    ],
)
def test_a_phone_number_is_kept_as_e164(typed: str, number: str) -> None:
    assert phone.to_e164(typed) == number


@pytest.mark.parametrize(
    "typed",
    [
        *("", "1380013800", "138001380000", "12800138000", "+861012345678", "02079460018"),
        *("+12", "+0123456789", "+1234567890123456", "phone", "138-abc", "+" + "1" * 50, "１３８" * 20),
    ],
)
def test_what_is_no_phone_number_is_refused(typed: str) -> None:
    with pytest.raises(PhoneError):
        phone.to_e164(typed)


@given(st.text(max_size=60))
def test_no_text_is_taken_for_anything_but_e164(typed: str) -> None:
    try:
        number = phone.to_e164(typed)
    except PhoneError:
        return
    assert number.isascii()
    assert number[0] == "+"
    assert number[1:].isdigit()
    assert 8 <= len(number) <= 16
    assert phone.to_e164(number) == number


@given(st.integers(0, 2**40 - 1), st.sampled_from(sorted(money.BY_CODE)))
def test_an_amount_is_written_exactly(minor: int, code: str) -> None:
    written = money.format_minor(minor, code)
    exponent = money.BY_CODE[code].exponent
    assert int(written.replace(",", "").replace(".", "")) == minor
    assert len(written.partition(".")[2]) == exponent


def test_amounts_look_as_shoppers_write_them() -> None:
    assert amount(6367, "CNY") == "¥63.67"
    assert amount(500, "JPY") == "JPY 500"
    assert amount(1_234_567, "KWD") == "KWD 1,234.567"
