"""When to ask again: bounded, spread, never sooner than asked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from receiptbridge.cloud.schedule import (
    CEILING_SECONDS,
    FIRST_LIMIT_SECONDS,
    LONGEST_RETRY_AFTER_SECONDS,
    Pace,
    Timer,
    backoff,
    parse_retry_after,
)

failures = st.integers(1, 10**6)
dice = st.floats(0, 1)
moments = st.floats(0, 1e9)


@given(failures, dice)
def test_no_wait_is_longer_than_the_ceiling_or_shorter_than_nothing(count, thrown):
    assert 0 <= backoff(count, thrown) <= CEILING_SECONDS


@given(failures, st.floats(0, 1), st.floats(0, 1))
def test_the_jitter_is_full_and_even(count, one, other):
    longest = backoff(count, 1.0)
    assert backoff(count, one) == one * longest
    assert backoff(count, 0.0) == 0
    assert (backoff(count, one) <= backoff(count, other)) == (one * longest <= other * longest)


@given(failures)
def test_the_limit_doubles_with_each_failure_up_to_the_ceiling(count):
    assert backoff(1, 1.0) == FIRST_LIMIT_SECONDS
    assert backoff(count + 1, 1.0) == min(2 * backoff(count, 1.0), CEILING_SECONDS)


@given(st.integers(0, 10**9), moments)
def test_retry_after_in_seconds_is_taken_up_to_its_bound(seconds, now):
    assert parse_retry_after(f" {seconds} ", now) == min(seconds, LONGEST_RETRY_AFTER_SECONDS)


def test_retry_after_may_be_a_date():
    at = 784_111_777  # Sun, 06 Nov 1994 08:49:37 GMT, the example of RFC 9110
    header = "Sun, 06 Nov 1994 08:49:37 GMT"
    assert parse_retry_after(header, at - 90) == 90
    assert parse_retry_after(header, at + 90) == 0


@given(st.text(max_size=40), moments)
def test_no_retry_after_raises_or_leaves_its_bounds(header, now):
    seconds = parse_retry_after(header, now)
    assert seconds is None or 0 <= seconds <= LONGEST_RETRY_AFTER_SECONDS
    assert parse_retry_after(None, now) is None


@given(moments, st.lists(st.tuples(dice, st.none() | st.floats(0, 3600), st.booleans()), min_size=1))
def test_a_pace_never_asks_sooner_than_it_was_told(now, faults):
    pace = Pace()
    for thrown, asked, permanent in faults:
        wait = pace.failed(now, thrown, retry_after=asked, permanent=permanent)
        assert wait >= (CEILING_SECONDS if permanent else asked or 0)
        assert pace.may_go(now) == (now >= now + wait)
        assert pace.may_go(now + wait)
    pace.succeeded()
    assert pace.failed(now, 1.0, retry_after=None, permanent=False) == FIRST_LIMIT_SECONDS


def test_a_timer_is_due_at_once_and_until_it_is_done():
    timer = Timer(60)
    assert timer.is_due(0)
    assert timer.is_due(1)
    timer.done(1)
    assert not timer.is_due(60)
    assert timer.is_due(61)
