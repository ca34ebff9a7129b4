"""Any number of deliveries and scans, in any order, give one sale and one accrual; nothing altered gives any."""

from __future__ import annotations

import base64
import itertools
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from service_rig import NOW, PHONE, ServiceRig, SignedBox, running_service
from sqlalchemy import select

from member_service import claim_token
from member_service.claim_token import TokenError
from member_service.store import claims, sales
from member_service.store.tables import Accrual, Conflict, Sale
from member_service.wire import MAX_SALES, SaleItem

NUMBERS = itertools.count(1)  # every example has a sale of its own


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SignedBox]:
    with running_service(tmp_path_factory.mktemp("laws")) as rig:
        yield rig.enrol()


def found(rig: ServiceRig, table: type[Sale | Accrual | Conflict], number: int) -> int:
    with rig.database.read() as session:
        return len(session.scalars(select(table).filter_by(number=number)).all())


ACTIONS = st.lists(
    st.one_of(st.just(("sync", 0)), st.just(("look", 0)), st.tuples(st.just("claim"), st.integers(0, 3))),
    min_size=1,
    max_size=12,
)


@given(actions=ACTIONS, amount=st.integers(0, 2**40 - 1))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_order_of_deliveries_and_scans_is_one_sale_and_one_accrual(
    box: SignedBox, actions: list[tuple[str, int]], amount: int
) -> None:
    number = next(NUMBERS)
    database = box.rig.database
    item = SaleItem.model_validate(box.sale(number, amount))
    token = claim_token.from_spelling(box.token(number, amount))
    credited = 0
    for action, shopper in actions:
        if action == "sync":
            (result,) = database.write(lambda s: sales.receive(s, box.box_id.hex(), [item], NOW))
            assert result.status in ("stored", "duplicate")
        elif action == "look":
            offer = database.write(lambda s: claims.look(s, token, NOW))
            assert offer.points == amount // 1000
        else:
            phone = f"+861380013800{shopper}"
            _, now_credited = database.write(
                lambda s, phone=phone: claims.claim(s, token, phone=phone, form="", now=NOW)
            )
            credited += now_credited
    wanted = {action for action, _ in actions}
    assert found(box.rig, Sale, number) == ("sync" in wanted)
    assert found(box.rig, Accrual, number) == ("claim" in wanted) == credited
    assert found(box.rig, Conflict, number) == 0


def test_a_token_with_any_one_bit_flipped_is_refused(box: SignedBox) -> None:
    number = next(NUMBERS)
    spellings = [flipped(box.raw_token(number), bit) for bit in range(8 * claim_token.TOKEN_BYTES)]
    items = [box.sale(number, token=spelling) for spelling in spellings]
    for batch in (items[:MAX_SALES], items[MAX_SALES:]):
        assert {result["status"] for result in box.deliver(*batch)} == {"rejected"}
    assert {box.rig.page(f"/C/{spelling}").status_code for spelling in spellings[::31]} == {404}
    assert (found(box.rig, Sale, number), found(box.rig, Conflict, number)) == (0, 0)


def flipped(raw: bytes, bit: int) -> str:
    altered = bytearray(raw)
    altered[bit // 8] ^= 1 << bit % 8
    return base64.b32encode(altered).decode()


@given(at=st.integers(0, 143), character=st.characters(max_codepoint=0x2FFF))
@settings(max_examples=200, deadline=None)
def test_a_spelling_with_any_character_changed_is_refused(box: SignedBox, at: int, character: str) -> None:
    spelling = box.token(1)
    changed = spelling[:at] + character + spelling[at + 1 :]
    if changed == spelling:
        return
    try:
        token = claim_token.from_spelling(changed)
    except TokenError:
        return
    assert not token.is_signed_by([box.key.public_key().public_bytes_raw()])


def test_a_race_of_many_deliveries_and_scans_is_one_sale_and_one_accrual(box: SignedBox) -> None:
    number = next(NUMBERS)
    item, spelling = box.sale(number), box.token(number)
    with ThreadPoolExecutor(8) as pool:
        pages = [pool.submit(box.rig.claim, spelling, f"1380013800{n}") for n in range(8)]
        answers = [pool.submit(box.deliver, item) for _ in range(8)]
    statuses = sorted(page.result().status_code for page in pages)
    results = sorted(answer.result()[0]["status"] for answer in answers)
    assert statuses == [200] + [409] * 7
    assert results == ["duplicate"] * 7 + ["stored"]
    assert (found(box.rig, Sale, number), found(box.rig, Accrual, number)) == (1, 1)


def test_a_double_tap_is_one_accrual_and_two_good_pages(box: SignedBox) -> None:
    number = next(NUMBERS)
    with ThreadPoolExecutor(2) as pool:
        taps = [pool.submit(box.rig.claim, box.token(number), PHONE, form="one form") for _ in range(2)]
    assert [tap.result().status_code for tap in taps] == [200, 200]
    assert found(box.rig, Accrual, number) == 1
