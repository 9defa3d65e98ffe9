"""Marks that the sample city's staff have put into the plan of measures."""

from dataclasses import dataclass
from datetime import date, datetime, time

from demo.quarter import KAMCHATKA
from passport.loader import Passport
from passport.plan_states import Done
from passport.plan_windows import windows
from storage import plan_marks, plan_terms
from storage.database import Transaction

_PLACE = "https://example.ru/proekt"


@dataclass(frozen=True, slots=True)
class Marked:
    """``start`` is the first day of the window."""

    measure: str
    start: date
    on: date
    file: str = ""


# What the city did before the bot, and last summer; the rest the bot knows from its own data.
MARKED = (
    Marked("1.1", date(2022, 7, 1), date(2022, 7, 18), "prikaz-rabochaya-gruppa.pdf"),
    Marked("1.5", date(2022, 7, 1), date(2023, 1, 24), "rekomendatsii.pdf"),
    Marked("2.3", date(2022, 7, 1), date(2022, 8, 26)),
    Marked("3.1", date(2022, 8, 1), date(2022, 8, 23), "protokol-sessii.pdf"),
    Marked("4.1", date(2026, 6, 1), date(2026, 8, 14), "perechen-shkol-2026.pdf"),
    Marked("1.8", date(2026, 6, 1), date(2026, 8, 28), "otchet-2025-2026.xlsx"),
    Marked("1.9", date(2026, 8, 1), date(2026, 8, 25)),
)


def marks() -> list[tuple[datetime, Marked]]:
    """Each with the noon on which it was entered; those of 2022 when the bot came."""
    came = datetime.combine(date(2025, 9, 3), time(12), KAMCHATKA)
    return [(max(datetime.combine(one.on, time(12), KAMCHATKA), came), one) for one in MARKED]


async def put(tx: Transaction, passport: Passport, one: Marked, manager: int) -> None:
    """``tx`` is of the moment on which it was entered."""
    measure = passport.plan.measure(one.measure)
    terms = await plan_terms.read(tx, passport)
    window = next(each for each in windows(measure, terms) if each.start == one.start)
    link = f"{_PLACE}/{one.file}" if one.file else ""
    await plan_marks.put(tx, measure, window, Done(one.on, "mark", link), manager)
