"""What registers and the calendar say to the signals of risks: applications of two summers by
their days, and who was late."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from passport.calendar import Calendar, previous_year
from passport.campaign import Campaign
from passport.deadlines import Deadlines, is_late
from passport.form import PERIODS
from passport.risk_evidence import Applications, Applied, Collected, HandedIn, Quarter
from storage import board
from storage.database import Transaction
from storage.tables import card_log, classes

# Days of a summer on which its applications are held against those of the last one.
CHECKED = ((7, 1), (8, 1))


async def applications(
    tx: Transaction, calendar: Calendar, campaign: Campaign
) -> Applications | None:
    """As the class cards stood on 1 July or 1 August, of this summer and of the last; None outside
    of those weeks. Told by the log of the cards: today's number is no number of that day."""
    today = calendar.today(tx.now)
    passed = [day for day in (date(campaign.summer, *one) for one in CHECKED) if day <= today]
    if not passed or today > campaign.ends:
        return None
    day = passed[-1]
    before = previous_year(campaign.year)
    ends = {
        campaign.year: _end(calendar, day),
        before: _end(calendar, day.replace(year=day.year - 1)),
    }
    rows = await tx.connection.execute(
        select(
            classes.c.id,
            classes.c.school,
            classes.c.year,
            classes.c.closed_at,
            card_log.c.new,
            card_log.c.at,
        )
        .join(card_log, card_log.c.card_id == classes.c.id)
        .where(
            card_log.c.card == "class",
            card_log.c.field == "applications",
            classes.c.year.in_(list(ends)),
        )
        .order_by(card_log.c.id)
    )
    said: dict[tuple[str, str], dict[int, int]] = {}
    for row in rows:
        if row.at >= ends[row.year] or (row.closed_at and row.closed_at < ends[row.year]):
            continue
        of_school = said.setdefault((row.school, row.year), {})
        of_school.pop(row.id, None)
        if row.new:
            of_school[row.id] = int(row.new)
    both = [
        Applied(school, sum(said[school, before].values()), sum(numbers.values()))
        for (school, year), numbers in said.items()
        if year == campaign.year and numbers and said.get((school, before))
    ]
    return Applications(day, tuple(both))


def _end(calendar: Calendar, day: date) -> datetime:
    return calendar.moment(day + timedelta(days=1), time.min)


async def collected(
    tx: Transaction, dates: Deadlines, year: str, candidates: Sequence[str]
) -> Collected | None:
    """Who was late with the last column of the year that is due; None before the first is."""
    city = dates.of(None)
    over = [one for one in PERIODS if city.window(year, one).due_at < tx.now]
    if not over:
        return None
    period = over[-1]
    lines = []
    for one in await board.lines(tx, year, period, candidates, city.today(tx.now)):
        if not one.expected:
            continue
        window = dates.window(one.school.slug, year, period)
        sent = one.first_submitted_at
        late = tx.now > window.due_at if sent is None else is_late(sent, one.late, window)
        lines.append(
            HandedIn(
                one.school.slug,
                one.report_id or 0,
                city.today(sent) if sent is not None else None,
                city.today(window.due_at),
                late,
            )
        )
    return Collected(year, period, tuple(lines))


def quarters(calendar: Calendar) -> tuple[Quarter, ...]:
    """All that the calendar knows, in order."""
    return tuple(
        Quarter(year.key, one.key, one.start, one.end)
        for year in calendar.years
        for one in year.periods
        if one.key in PERIODS and one.key != "base"
    )
