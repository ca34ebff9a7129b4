"""Two packages that share no code, and must agree: the box's own client, token and money against the service."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import closing

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st
from service_rig import NOW, ServiceRig

import receiptbridge.money
from member_service import claim_token, earn, money, typed_code
from member_service.earn import ROUNDINGS
from member_service.store import merchants
from receiptbridge.claim import code as box_code
from receiptbridge.claim import token
from receiptbridge.claim.earn import EarnRule
from receiptbridge.cloud.client import ServiceClient
from receiptbridge.config import Config, with_service_settings
from receiptbridge.identity import BoxKey

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


@pytest.fixture
def client(rig: ServiceRig) -> Iterator[ServiceClient]:
    """A box that enrolled with the service by its own client, and whose clock is at 1970."""
    with closing(ServiceClient(rig.url)) as stranger:
        public = base64.b64encode(KEY.public_key().public_bytes_raw()).decode()
        answer = stranger.enrol(rig.add_till(), public, "test")
    key = BoxKey(bytes.fromhex(answer["box_id"]), answer["key_id"], KEY)
    with closing(ServiceClient(rig.url, key, clock=lambda: 0.0)) as enrolled:
        yield enrolled


def test_the_boxs_client_is_understood_whatever_its_clock_says(client: ServiceClient) -> None:
    client.send_heartbeat({"version": "0.1.0", "uptime": 1, "queue": 0, "lanes": [{"name": "till-1"}]})
    assert client.service_time() == NOW


def test_the_boxs_client_gets_settings_once(client: ServiceClient) -> None:
    fetched = client.fetch_settings(None)
    assert fetched is not None
    assert fetched[0]["earn_rule"]["minor_per_point"] == 1000
    assert client.fetch_settings(fetched[1]) is None


def test_what_head_office_sets_is_what_the_box_goes_by(client: ServiceClient, rig: ServiceRig) -> None:
    rig.add_till(minor_per_point=1800, minimum_spend=500, points_cap=20, rounding="nearest")
    rig.database.write(lambda s: merchants.set_payment_policy(s, "Corner Shop", {"wechat": "join"}))
    fetched = client.fetch_settings(None)
    assert fetched is not None
    points = with_service_settings(Config(), fetched[0]).points
    assert points.earn_rule() == EarnRule(1800, 500, 20, "nearest")
    assert (points.rule, points.payments) == (2, {"wechat": "join"})


def test_the_boxs_client_delivers_sales(client: ServiceClient, rig: ServiceRig) -> None:
    item = {"number": 1, "issued_at": NOW, "kind": "sale", "total": 6367, "currency": "CNY"}
    assert [client.send_sales([item])[0]["status"] for _ in range(2)] == ["stored", "duplicate"]


FIELDS = st.builds(
    token.ClaimFields,
    box_id=st.binary(min_size=6, max_size=6),
    number=st.integers(0, 2**40 - 1),
    time=st.integers(0, 2**32 - 1),
    amount=st.integers(0, 2**40 - 1),
    currency=st.integers(0, 999),
    rule=st.integers(0, 2**16 - 1),
    flags=st.integers(0, 255),
)


@given(FIELDS)
def test_the_service_reads_what_the_box_signs(fields: token.ClaimFields) -> None:
    raw = token.encode(fields, KEY.sign)
    read = claim_token.from_spelling(token.spell(raw))
    assert read.is_signed_by([KEY.public_key().public_bytes_raw()])
    assert (bytes.fromhex(read.box_id), read.number, read.time) == (fields.box_id, fields.number, fields.time)
    assert (read.amount, read.currency, read.rule) == (fields.amount, fields.currency, fields.rule)
    assert read.clock_good == (not fields.flags & token.CLOCK_NOT_GOOD)
    assert read.join_only == bool(fields.flags & token.JOIN_ONLY)
    assert typed_code.grouped(typed_code.of_digest(claim_token.digest(raw))) == box_code.typed_code(raw)


RULES = st.builds(
    EarnRule,
    minor_per_point=st.integers(1, 10**6),
    minimum_spend=st.integers(0, 10**6),
    points_cap=st.none() | st.integers(1, 10**6),
    rounding=st.sampled_from(ROUNDINGS),
)


@given(st.integers(-10, 2**40 - 1), RULES)
def test_both_count_the_same_points(amount: int, rule: EarnRule) -> None:
    assert earn.points(amount, rule) == rule.points(amount)


def test_both_know_the_same_currencies() -> None:
    ours = {code: tuple(currency) for code, currency in money.BY_CODE.items()}
    theirs = {
        code: tuple(receiptbridge.money.currency(code)) for code in receiptbridge.money.currency_codes()
    }
    assert ours == theirs
