"""Evidence to judge: two schools, nothing said; each test adds what it is about."""

from datetime import date
from decimal import Decimal

from passport.campaign import Campaign
from passport.form import PeriodKey
from passport.indicators import Line, Value
from passport.loader import load_passport
from passport.register import ClassCard, Contract, Partner, PartnerType
from passport.risk_evidence import Evidence, Quarter, QuarterReport

PASSPORT = load_passport()
RISKS = PASSPORT.risks
YEAR, BEFORE, NEXT = "2026-2027", "2025-2026", "2027-2028"
TODAY = date(2027, 1, 20)
SUMMER = Campaign(NEXT, date(2027, 5, 1), date(2027, 6, 1), date(2027, 8, 20), date(2027, 8, 31))
QUARTERS = tuple(
    Quarter(year.key, one.key, one.start, one.end)
    for year in PASSPORT.calendar.years
    for one in year.periods
    if one.key in ("I", "II", "III", "IV")
)
EMPTY = Evidence(
    today=TODAY,
    year=YEAR,
    before=BEFORE,
    names={"s24": "Школа № 24", "s39": "Гимназия № 39"},
    schools=("s24", "s39"),
    campaign=SUMMER,
    shown=YEAR,
    base_due=date(2026, 9, 10),
    quarters=QUARTERS,
)


def report(
    school: str,
    period: PeriodKey,
    pupils: int | None = None,
    *,
    year: str = YEAR,
    events: int | None = None,
    joint: int | None = None,
    teachers: int | None = None,
) -> QuarterReport:
    number = abs(hash((school, year, period))) % 1000 + 1
    return QuarterReport(number, school, year, period, pupils, events, joint, teachers)


def card(
    school: str = "s24",
    *,
    year: str = YEAR,
    seats: tuple[int | None, int | None] = (25, 25),
    mode: str = "",
    link: str = "",
    number: int = 1,
) -> ClassCard:
    """``seats``: how many there are, and how many are taken."""
    return ClassCard(
        number,
        school,
        year,
        10,
        "А",
        "class",
        "медицинская",
        capacity=seats[0],
        enrolled=seats[1],
        mode=mode,
        local_act_url=link,
    )


def contract(
    number: int = 1,
    *schools: str,
    partner: int = 1,
    type_: PartnerType = "industry",
    until: date | None = None,
    load: str = "",
    event: date | None = None,
) -> Contract:
    return Contract(
        number,
        Partner(partner, f"Завод {partner}", type_),
        str(number),
        date(2024, 9, 1),
        until,
        schools=schools or ("s24",),
        load=load,
        last_event_on=event,
    )


def line(
    key: str, number: int, *, of: int | None = None, whole: tuple[int, int] | None = None
) -> Line:
    """A line of the year with a live value; ``of`` is the denominator of a share."""
    indicator = PASSPORT.indicators.get(key)
    reported, expected = whole or (None, None)
    value = Value(
        Decimal(number),
        None if of is None else Decimal(of),
        date(2026, 9, 15),
        reported,
        expected,
    )
    return Line(indicator, YEAR, indicator.targets[YEAR], live=value)
