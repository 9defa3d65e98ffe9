"""Where the data behind a measure stand: buttons of other screens."""

from handlers.campaigns.callbacks import campaign_tap
from handlers.collect.callbacks import board_tap, school_tap
from handlers.indicators.callbacks import export_tap
from handlers.indicators.year import years_known
from handlers.registers.callbacks import check_tap, contract_tap, partner_tap
from handlers.screen import Button, Row
from handlers.visit import Visit
from passport.campaign import campaign_years
from passport.form import PERIODS, PeriodKey
from passport.plan import Measure
from passport.plan_windows import Window, campaign_of


def opens(visit: Visit, measure: Measure, window: Window) -> tuple[Row, ...]:
    """The buttons of a measure's card that open its data; none for what the bot does not hold."""
    match measure.evidence:
        case "tracks" | "participants" | "enrolment" | "local_acts":
            return ((Button("Школы и классы", school_tap("list")),),)
        case "fresh_cards":
            return (
                (Button("Кто не проверил карточки", check_tap("stale")),),
                (Button("Школы и классы", school_tap("list")),),
            )
        case "full_cards":
            year = years_known(visit)[-1]
            return (
                (Button("Школы и классы", school_tap("list")),),
                (Button("Раздел для портала", export_tap("portal", year)),),
            )
        case "contracts":
            return ((Button("Договоры города", contract_tap("city")),),)
        case "partners":
            return ((Button("Партнёры", partner_tap("list")),),)
        case "year_report":
            if window.year not in years_known(visit):
                return ()
            return ((Button("Отчёт 1.8 в Excel", export_tap("report", window.year)),),)
        case "campaign":
            return (*_note(visit, window), *_board(visit, window.year, "campaign"))
        case "joint_events" | "training":
            return (*_quarter(visit, window.year), *_board(visit, window.year, "may"))
        case "pupils_events" | "teachers_events":
            return _quarter(visit, window.year)
        case "":
            return ()
    return _board(visit, window.year, "may")


def _board(visit: Visit, year: str, period: PeriodKey) -> tuple[Row, ...]:
    if year not in {one.key for one in visit.passport.calendar.years}:
        return ()
    name = visit.passport.forms.period(period).name
    return ((Button(f"Кто сдал: {name}", board_tap("show", year, period)),),)


def _quarter(visit: Visit, year: str) -> tuple[Row, ...]:
    """The quarter that goes on, or the last one of a year that is over."""
    current, period = visit.passport.calendar.current(visit.now)
    return _board(visit, year, period if year == current else PERIODS[-1])


def _note(visit: Visit, window: Window) -> tuple[Row, ...]:
    """The note is a manager's screen, of campaigns that there are."""
    year = campaign_of(window)
    known = campaign_years(visit.passport.calendar.today(visit.now))
    if visit.actor not in ("manager", "owner") or year not in known:
        return ()
    return ((Button("Справка 2.1", campaign_tap("note", year)),),)
