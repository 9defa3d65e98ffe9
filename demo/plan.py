"""Marks that the sample city's staff have put into the plan of measures."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from demo.quarter import KAMCHATKA
from passport.loader import Passport
from passport.plan import Done, windows
from storage import plan_marks, plan_terms
from storage.database import Transaction

_PLACE = "https://example.ru/proekt"


@dataclass(frozen=True, slots=True)
class _Marked:
    """``start`` is the first day of the window."""

    measure: str
    start: date
    on: date
    file: str = ""


# What the city did before the bot, and last summer; the rest the bot knows from its own data.
MARKED = (
    _Marked("1.1", date(2022, 7, 1), date(2022, 7, 18), "prikaz-rabochaya-gruppa.pdf"),
    _Marked("1.5", date(2022, 7, 1), date(2023, 1, 24), "rekomendatsii.pdf"),
    _Marked("2.3", date(2022, 7, 1), date(2022, 8, 26)),
    _Marked("3.1", date(2022, 8, 1), date(2022, 8, 23), "protokol-sessii.pdf"),
    _Marked("4.1", date(2026, 6, 1), date(2026, 8, 14), "perechen-shkol-2026.pdf"),
    _Marked("1.8", date(2026, 6, 1), date(2026, 8, 28), "otchet-2025-2026.xlsx"),
    _Marked("1.9", date(2026, 8, 1), date(2026, 8, 25)),
)


async def remember(tx: Transaction, passport: Passport, manager: int) -> None:
    """Each mark at noon of its day; those of 2022 were entered when the bot came."""
    terms = await plan_terms.read(tx, passport)
    entered = datetime.combine(date(2025, 9, 3), time(12), KAMCHATKA)
    for one in MARKED:
        measure = passport.plan.measure(one.measure)
        window = next(each for each in windows(measure, terms) if each.start == one.start)
        link = f"{_PLACE}/{one.file}" if one.file else ""
        at = max(datetime.combine(one.on, time(12), KAMCHATKA), entered)
        then = replace(tx, now=at.astimezone(UTC))
        await plan_marks.put(then, measure, window, Done(one.on, "mark", link), manager)
