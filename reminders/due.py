"""Who is to be reminded now: one function of calendar, states and clock.

It decides, it does not remember: what was written before comes in as ``past``. Nobody is reminded
twice a day of one period, while a colleague is just filling it, while they asked for quiet, or of
what is sent already. Whatever came on the day of a reminder, or since, has taken its place: who was
nudged by staff in the morning does not get the ladder's message on the next day instead.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from passport.calendar import Calendar, Window
from reminders.hours import QUIET, may_speak
from reminders.ladder import Rung, current, ladder, returned


@dataclass(frozen=True, slots=True)
class Owing:
    """A school that owes a report. ``returned_at``: when staff gave it back (UTC).

    ``busy``: somebody of the school has answered a question within the last minutes.
    """

    school: str
    window: Window
    returned_at: datetime | None = None
    busy: bool = False


@dataclass(frozen=True, slots=True)
class Hand:
    """An account that answers for a school; ``quiet_until``: «напомнить завтра» (UTC)."""

    person: int
    school: str
    quiet_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Past:
    """A reminder of the same period that was written before; ``at`` is when it went out, or may.

    ``lost``: it came to nothing. It is not written again, but nobody has heard of it.
    """

    person: int
    school: str
    why: str
    at: datetime
    lost: bool = False


@dataclass(frozen=True, slots=True)
class Reminder:
    """To whom, of which school's report, why; ``since`` tells one such reminder from another."""

    person: int
    school: str
    why: str
    since: datetime


def due(
    calendar: Calendar,
    owing: Iterable[Owing],
    hands: Mapping[str, Sequence[Hand]],
    past: Iterable[Past],
    now: datetime,
) -> list[Reminder]:
    """The reminders of one period that are due; none outside of speaking hours."""
    if not may_speak(calendar, now):
        return []
    today = calendar.today(now)
    told: dict[int, list[Past]] = {}
    for written in past:
        told.setdefault(written.person, []).append(written)
    ladders: dict[Window, tuple[Rung, ...]] = {}
    found = []
    for one in owing:
        if one.busy or one.school not in hands:
            continue
        if one.window not in ladders:
            ladders[one.window] = ladder(calendar, one.window)
        rung = rung_of(calendar, one, ladders[one.window], now)
        for hand in hands[one.school]:
            before = told.get(hand.person, [])
            if any(calendar.today(known.at) == today for known in before if not known.lost):
                continue
            wanted = _wanted(calendar, hand, rung, before, now)
            if wanted is not None:
                found.append(Reminder(hand.person, one.school, wanted.why, wanted.at))
    return found


def rung_of(calendar: Calendar, owing: Owing, steps: Sequence[Rung], now: datetime) -> Rung | None:
    """Which reminder is right for a school now; a returned report has its own."""
    if owing.returned_at is None:
        return current(steps, now)
    own = returned(calendar, owing.returned_at)
    if own.at <= now < own.until:
        return own
    rung = current(steps, now)
    return rung if rung is not None and rung.at > owing.returned_at else None


def _wanted(
    calendar: Calendar, hand: Hand, rung: Rung | None, before: Sequence[Past], now: datetime
) -> Rung | None:
    quiet = hand.quiet_until
    if quiet is not None and now < quiet:
        return None
    if rung is not None and not _told(calendar, hand, rung, before, now):
        return rung
    if quiet is None:
        return None
    # What was asked for «завтра» is worth saying on that day, not a week later.
    asked = Rung("snooze", quiet, calendar.moment(calendar.today(quiet), QUIET))
    told = _told(calendar, hand, asked, before, now)
    return asked if now < asked.until and not told else None


def _told(
    calendar: Calendar, hand: Hand, rung: Rung, before: Sequence[Past], now: datetime
) -> bool:
    """Whether this very reminder was written, or another in its place.

    What seems to be of a later day was written before the clock was set back: it takes the place
    of nothing, but is itself not written again.
    """
    first, today = calendar.today(rung.at), calendar.today(now)
    return any(
        known.school == hand.school
        and (
            (known.why == rung.why and known.at >= rung.at)
            or (not known.lost and first <= calendar.today(known.at) <= today)
        )
        for known in before
    )
