"""What a shopper sees, through real HTTP."""

from __future__ import annotations

import html
import re

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from service_rig import NOW, PHONE, ServiceRig, SignedBox
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError

from member_service.store import boxes
from member_service.store.tables import Account, Accrual, Member

DAY = 24 * 3600
FORM_ID = re.compile(r'name="form" value="([^"]+)"')


def accruals(rig: ServiceRig) -> list[tuple[str, int, int]]:
    """Phone, number and points of every accrual."""
    query = (
        select(Member.phone, Accrual.number, Accrual.points)
        .join(Account, Account.id == Accrual.account_id)
        .join(Member, Member.id == Account.member_id)
        .order_by(Accrual.id)
    )
    with rig.database.read() as session:
        return [(phone, number, points) for phone, number, points in session.execute(query)]


def test_a_scan_shows_merchant_amount_points_and_a_field_for_the_phone(box: SignedBox) -> None:
    page = box.rig.page(f"/C/{box.token(1)}")
    assert page.status_code == 200
    assert all(shown in page.text for shown in ("Corner Shop", "¥63.67", "+6", "Get 6 points"))
    assert re.search(r'type="tel" inputmode="tel" autocomplete="tel"', page.text)


def test_a_claim_credits_the_number_that_was_typed(box: SignedBox) -> None:
    page = box.rig.claim(box.token(1), "138 0013 8000")
    assert page.status_code == 200
    assert all(shown in page.text for shown in ("Points added", "+6", "138****8000"))
    assert accruals(box.rig) == [("+8613800138000", 1, 6)]


def test_a_claim_before_its_sale_was_synced_counts_once(box: SignedBox) -> None:
    assert box.rig.claim(box.token(1)).status_code == 200
    assert box.deliver(box.sale(1))[0]["status"] == "stored"
    assert box.rig.claim(box.token(1)).status_code == 409
    assert accruals(box.rig) == [("+8613800138000", 1, 6)]


def test_a_second_scan_says_claimed_and_not_by_whom(box: SignedBox) -> None:
    box.rig.claim(box.token(1))
    page = box.rig.page(f"/C/{box.token(1)}")
    assert page.status_code == 200
    assert "Already claimed" in page.text
    assert "8000" not in page.text
    assert "138" not in page.text


def test_the_same_form_sent_twice_has_its_points_both_times(box: SignedBox) -> None:
    found = FORM_ID.search(box.rig.page(f"/C/{box.token(1)}").text)
    assert found is not None
    pages = [box.rig.claim(box.token(1), form=found[1]) for _ in range(2)]
    assert [page.status_code for page in pages] == [200, 200]
    assert len(accruals(box.rig)) == 1


def test_trying_numbers_on_a_claimed_receipt_does_not_tell_whose_it_is(box: SignedBox) -> None:
    box.rig.claim(box.token(1), PHONE, form="the form of the first")
    right, wrong = (box.rig.claim(box.token(1), number, form="another") for number in (PHONE, "13900139000"))
    assert right.status_code == wrong.status_code == 409
    assert right.text == wrong.text


def test_a_known_member_gets_the_same_page_as_a_new_one(box: SignedBox) -> None:
    first, second = (box.rig.claim(box.token(number)) for number in (1, 2))
    assert first.text == second.text
    with box.rig.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Member)) == 1
        assert session.scalar(select(func.count()).select_from(Account)) == 1


def test_one_phone_has_one_account_with_each_merchant(rig: ServiceRig) -> None:
    for name in ("Corner Shop", "Tea House"):
        assert rig.claim(rig.enrol(merchant=name).token(1)).status_code == 200
    with rig.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Member)) == 1
        assert session.scalar(select(func.count()).select_from(Account)) == 2


@pytest.mark.parametrize("typed", ["", "1380013", "12345678901", "<script>", "+", "+86 10 12345678"])
def test_a_wrong_number_is_explained_and_given_back_to_be_corrected(box: SignedBox, typed: str) -> None:
    page = box.rig.claim(box.token(1), typed)
    assert page.status_code == 422
    assert "Please check the number" in page.text
    assert f'value="{html.escape(typed)}"' in page.text
    assert accruals(box.rig) == []


def test_a_forged_token_gets_a_clear_page(box: SignedBox) -> None:
    stranger = SignedBox(box.rig, Ed25519PrivateKey.generate(), box.box_id, box.key_id)
    for page in (box.rig.page(f"/C/{stranger.token(1)}"), box.rig.claim(stranger.token(1))):
        assert page.status_code == 404
        assert "This code is not valid" in page.text
    assert accruals(box.rig) == []


def test_a_token_in_lower_case_is_not_its_one_spelling(box: SignedBox) -> None:
    assert box.rig.page(f"/C/{box.token(1).lower()}").status_code == 404


def test_a_second_token_for_one_number_is_refused_and_reported(box: SignedBox) -> None:
    assert box.rig.claim(box.token(1, 6367)).status_code == 200
    assert box.rig.claim(box.token(1, 999_900)).status_code == 404
    assert box.rig.page("/C/" + box.token(1, 999_900)).status_code == 404
    assert [points for _, _, points in accruals(box.rig)] == [6]


def test_the_window_holds_for_the_whole_day_that_paper_names(box: SignedBox) -> None:
    box.rig.clock.now = NOW + 8 * DAY
    assert box.rig.page(f"/C/{box.token(1)}").status_code == 200
    box.rig.clock.now += 1
    page = box.rig.page(f"/C/{box.token(1)}")
    assert page.status_code == 410
    assert "Too late to claim" in page.text
    assert box.rig.claim(box.token(1)).status_code == 410


def test_without_a_good_clock_the_window_starts_when_the_sale_is_first_heard_of(box: SignedBox) -> None:
    token = box.token(1, time=1000, flags=1)
    assert box.rig.page(f"/C/{token}").status_code == 200
    box.rig.clock.now += 8 * DAY
    assert box.rig.page(f"/C/{token}").status_code == 200
    box.rig.clock.now += 1
    assert box.rig.page(f"/C/{token}").status_code == 410


def test_a_clock_that_runs_ahead_gives_no_longer_window(box: SignedBox) -> None:
    token = box.token(1, time=NOW + 365 * DAY)
    assert box.rig.page(f"/C/{token}").status_code == 200
    box.rig.clock.now += 8 * DAY + 1
    assert box.rig.page(f"/C/{token}").status_code == 410


def test_a_token_by_an_unknown_rule_waits_until_the_rule_is_known(box: SignedBox) -> None:
    token = box.token(1, rule=2)
    assert box.rig.page(f"/C/{token}").status_code == 503
    box.rig.add_till(minor_per_point=500)
    assert "Get 12 points" in box.rig.page(f"/C/{token}").text


def test_paper_earns_by_the_rule_that_it_was_printed_by(box: SignedBox) -> None:
    box.rig.add_till(minor_per_point=100_000)
    assert "Get 6 points" in box.rig.page(f"/C/{box.token(1)}").text


def test_a_sale_below_one_point_still_makes_a_member(box: SignedBox) -> None:
    assert "Become a member" in box.rig.page(f"/C/{box.token(1, 890)}").text
    assert box.rig.claim(box.token(1, 890)).status_code == 200
    assert accruals(box.rig) == [("+8613800138000", 1, 0)]


def test_nothing_new_is_believed_of_a_revoked_box(box: SignedBox) -> None:
    heard, unheard = box.token(1), box.token(2)
    box.rig.page(f"/C/{heard}")
    assert box.rig.database.write(lambda session: boxes.revoke(session, box.box_id.hex(), NOW))
    assert box.rig.claim(heard).status_code == 200
    assert box.rig.claim(unheard).status_code == 404


@pytest.mark.parametrize(
    ("accept", "query", "title"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "", "手机号"),
        ("en-GB,en;q=0.9,zh;q=0.1", "", "Mobile number"),
        ("en;q=0.1,zh-TW;q=0.5", "", "手机号"),
        ("ja,ko;q=0.9", "", "Mobile number"),
        ("zh;q=0,en", "", "Mobile number"),
        ("zh-CN", "?lang=en", "Mobile number"),
        ("en", "?lang=zh", "手机号"),
        ("en", "?lang=xx", "Mobile number"),
        ("", "", "手机号"),
    ],
)
def test_the_page_speaks_the_browsers_language_or_the_one_chosen(
    box: SignedBox, accept: str, query: str, title: str
) -> None:
    page = box.rig.page(f"/C/{box.token(1)}{query}", accept)
    assert title in page.text
    chosen = f'action="/C/{box.token(1)}{query}"'
    assert (chosen in page.text) == (query in ("", "?lang=zh", "?lang=en"))


def test_a_page_is_small_and_fetches_nothing(box: SignedBox) -> None:
    for path in (f"/C/{box.token(1)}", "/", "/C/forged", "/nowhere"):
        page = box.rig.page(path)
        assert len(page.content) < 30_000
        assert not re.search(
            r"<script|<link(?! rel=\"icon\" href=\"data:,\")|src=|@import|url\(|https?:", page.text
        )


def test_every_page_keeps_its_address_to_itself(box: SignedBox) -> None:
    token = box.token(1)
    pages = [box.rig.page(path) for path in (f"/C/{token}", "/", "/C/forged", "/nowhere")]
    for page in [
        *pages,
        box.rig.claim(token),
        box.rig.claim(token),
        box.rig.http.post("/", data={"code": "x"}),
    ]:
        policy = page.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'")
        assert "'unsafe" not in policy
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert page.headers["Cache-Control"] == "no-store"
        assert page.headers["X-Content-Type-Options"] == "nosniff"
        assert "set-cookie" not in page.headers


def test_the_ledger_refuses_to_be_changed(box: SignedBox) -> None:
    box.rig.claim(box.token(1))
    for change in (update(Accrual).values(points=1000), delete(Accrual)):
        with pytest.raises(IntegrityError, match="append-only"):
            box.rig.database.write(lambda session, change=change: session.execute(change))
    assert accruals(box.rig) == [("+8613800138000", 1, 6)]
