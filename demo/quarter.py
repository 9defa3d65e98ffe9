"""How far the schools of the sample city have come on its first morning.

Of the quarter that is collected every state can be seen; before it nearly everything is accepted.
"""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from demo.invention import Oddity
from passport.form import PeriodKey

KAMCHATKA = ZoneInfo("Asia/Kamchatka")
YEAR, BEFORE = "2026-2027", "2025-2026"
COLLECTED: PeriodKey = "II"
EARLIER: tuple[tuple[str, PeriodKey], ...] = (
    *((BEFORE, period) for period in ("base", "I", "II", "III", "IV")),
    (YEAR, "base"),
    (YEAR, "I"),
)
QUESTIONNAIRES: tuple[PeriodKey, ...] = ("may", "campaign", "sept")  # of the year before
LATE = {("s31", "I"), ("s31", "III"), ("s46", "I"), ("s46", "III")}  # in every year
NOT_LOOKED_AT = {("s10", YEAR, "I"), ("s42", YEAR, "I")}  # sent in time, waiting ever since


def _at(month: int, day: int, hour: int, minute: int) -> datetime:
    return datetime(2026 if month > 8 else 2027, month, day, hour, minute, tzinfo=KAMCHATKA)


FIRST_MOMENT = _at(1, 12, 9, 20)  # a Tuesday after the break, two days before the deadline


@dataclass(frozen=True, slots=True)
class Standing:
    """A report that was begun. ``answers``: how many were given, None for all."""

    last_answer: datetime
    answers: int | None = None
    sent: datetime | None = None
    accepted: datetime | None = None
    returned: datetime | None = None
    oddities: tuple[Oddity, ...] = ()


# № 10 (its coordinator has blocked the bot), 33, 40 and 42 have not begun.
STANDINGS: dict[str, Standing] = {
    "s03": Standing(_at(12, 28, 13, 50), sent=_at(12, 28, 14, 10), accepted=_at(12, 29, 10, 5)),
    "s04": Standing(_at(1, 11, 11, 0), sent=_at(1, 11, 11, 10), oddities=("more winners",)),
    "s21": Standing(
        _at(12, 29, 11, 25),
        sent=_at(12, 29, 11, 40),
        accepted=_at(1, 11, 15, 20),
        oddities=("lower mark",),
    ),
    "s24": Standing(_at(1, 11, 16, 5), answers=7),  # somebody stopped in the middle
    "s27": Standing(_at(12, 30, 15, 30)),  # all is there, only «отправить» was not pressed
    "s28": Standing(_at(12, 25, 10, 0), sent=_at(12, 25, 10, 15)),
    "s31": Standing(_at(1, 11, 17, 40), answers=3),
    "s35": Standing(_at(1, 11, 16, 30), answers=12),
    "s36": Standing(
        _at(1, 12, 8, 40), sent=_at(1, 12, 8, 50), oddities=("fewer pupils", "lower mark")
    ),
    "s39": Standing(
        _at(12, 30, 12, 15),
        sent=_at(12, 30, 12, 30),
        returned=_at(1, 12, 9, 10),
        oddities=("fewer pupils",),
    ),
    "s41": Standing(_at(1, 11, 14, 10), sent=_at(1, 11, 14, 25)),
    "s45": Standing(_at(12, 30, 16, 20), sent=_at(12, 30, 16, 45)),
    "s46": Standing(_at(12, 30, 14, 0), answers=20),
}
RETURN_SENTENCE = "Сверьте число учеников с приказом и число мероприятий школы с планом"


@dataclass(frozen=True, slots=True)
class Plea:
    """A school asks to be due on another day; not answered yet, or granted."""

    school: str
    due: date
    reason: str
    asked: datetime
    granted: datetime | None = None


PLEAS = (
    Plea("s46", date(2027, 1, 18), "Карантин", _at(1, 11, 9, 40), granted=_at(1, 11, 10, 30)),
    Plea("s35", date(2027, 1, 19), "Ждём данные от учителей", _at(1, 12, 9, 5)),
)
