"""When a draft follows its occasion, and when a post has become stale."""

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from passport.loader import load_passport
from reminders.campaigning import LONGEST_WAIT, NOTICE_ENOUGH, followed, overtaken, schedule
from storage.posts import Post
from tests.clock import local

PASSPORT = load_passport()
PLAN, CALENDAR = PASSPORT.campaigns, PASSPORT.calendar
PLANNED = schedule(PLAN, PLAN.usual("2027-2028"), CALENDAR)
POST = Post(
    id=1,
    year="2027-2028",
    occasion="open",
    school="",
    words="",
    due_at=local(2027, 6, 1, 10),
    state="draft",
    revision=1,
    decided_by=None,
    decided_at=None,
    own_hour=False,
    published_at=None,
    chat=None,
    message_id=None,
    shown="",
    shown_at=None,
    reason="",
)
moments = st.integers(0, 24 * 150).map(lambda hours: local(2027, 4, 20) + timedelta(hours=hours))


@given(moments, moments, moments)
def test_following_is_stable_and_never_surprises(
    due_at: datetime, wanted: datetime, now: datetime
) -> None:
    post = replace(POST, due_at=due_at)
    found = followed(PLAN, CALENDAR, post, wanted, now)
    if wanted >= now + NOTICE_ENOUGH:
        assert found == wanted
    else:  # never put off again and again
        assert found <= due_at
        assert found == due_at or found > now
    assert followed(PLAN, CALENDAR, replace(post, due_at=found), wanted, now) == found
    assert followed(PLAN, CALENDAR, replace(post, own_hour=True), wanted, now) == due_at


def test_a_post_is_stale_when_the_next_occasion_has_come() -> None:
    later = next(one for one in PLANNED if one.occasion.key == "seats_1").due_at
    post = replace(POST, due_at=later - timedelta(days=3))
    assert not overtaken(PLANNED, post, later - timedelta(seconds=1))
    assert overtaken(PLANNED, post, later)
    # One that a manager has put after the next occasion is what they want.
    assert not overtaken(PLANNED, replace(post, due_at=later + timedelta(days=1)), later)
    assert not overtaken(PLANNED, replace(post, occasion=""), later)


@given(moments, moments)
def test_nothing_waits_for_ever(due_at: datetime, now: datetime) -> None:
    if now - due_at > LONGEST_WAIT:
        assert overtaken(PLANNED, replace(POST, due_at=due_at), now)
    if now < due_at:
        assert not overtaken(PLANNED, replace(POST, due_at=due_at), now)
