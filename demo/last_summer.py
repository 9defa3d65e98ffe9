"""Posts of the channel in the summer that is over: the next one is compared with it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from passport.campaign import Occasion, draft_day, post_days, post_moment
from passport.loader import Passport
from storage import posts
from storage.database import Transaction

CHANNEL = -1_002_026_000_001
TITLE = "УО ПКГО: школы города"
YEAR = "2026-2027"
STOPPED = "seats_2"  # a manager thought that there were enough posts in July
_DATES = {
    "starts": "1 мая",
    "opens": "1 июня",
    "closes": "20 августа",
    "ends": "31 августа",
    "grade_year": "2026/27",
}
# What stood below the words, in short.
_SAID = {
    "soon": "Медицинская: № 21, 33. Инженерная: № 24, 27, 36. Педагогическая: № 3. Морская: № 45.",
    "open": "Медицинская – 50 мест. Инженерная – 74 места. Педагогическая – 25 мест.",
    "seats_1": "Медицинская – 21 место. Инженерная – 48 мест. Педагогическая – 17 мест.",
    "seats_2": "",
    "two_weeks": "Медицинская – 4 места. Инженерная – 19 мест. Педагогическая – 9 мест.",
    "last_days": "Медицинская – мест нет. Инженерная – 11 мест. Педагогическая – 6 мест.",
    "results": "Инженерная – 7 мест. Педагогическая – 4 места.",
    "end": "Учиться начали 23 класса в 16 школах.",
}


@dataclass(frozen=True, slots=True)
class OldPost:
    """``message_id`` counts the messages of the channel; None for the post that was stopped."""

    occasion: Occasion
    draft_at: datetime
    due_at: datetime
    message_id: int | None

    @property
    def text(self) -> str:
        lead = self.occasion.lead.format(**_DATES)
        return f"{self.occasion.title.format(**_DATES)}\n\n{lead}\n\n{_SAID[self.occasion.key]}"


def old_posts(passport: Passport) -> Iterator[OldPost]:
    """In the order in which they went out."""
    plan, calendar = passport.campaigns, passport.calendar
    number = 0
    for occasion, day in post_days(plan, plan.usual(YEAR), calendar):
        stopped = occasion.key == STOPPED
        number += not stopped
        yield OldPost(
            occasion,
            post_moment(plan, calendar, draft_day(calendar, day)),
            post_moment(plan, calendar, day),
            None if stopped else number,
        )


async def remember(tx: Transaction, passport: Passport, manager: int) -> None:
    """Writes them down as the bot would have done."""
    for one in old_posts(passport):
        then = replace(tx, now=one.draft_at.astimezone(UTC))
        number = await posts.propose(then, YEAR, one.occasion.key, one.due_at)
        assert number is not None
        if one.message_id is None:
            draft = await posts.get(then, number)
            assert draft is not None
            await posts.decide(then, draft, manager, state="cancelled")
            continue
        then = replace(tx, now=one.due_at.astimezone(UTC))
        await posts.published(then, number, CHANNEL, one.message_id, "")
