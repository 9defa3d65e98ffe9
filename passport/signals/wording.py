"""How signals say their numbers: the same in chat, in Excel and in the brief."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from passport.form import PeriodKey
from passport.indicators import rounded
from passport.numbers import plain, plural
from passport.risks import Flag, FlagRow, Scale

NO_SCHOOLS = "школ-участниц нет: участие отмечают сотрудники (/schools)"
FIRST_ROWS = 2  # of the worst, named in the sentence itself
PERIOD_NAMES: dict[PeriodKey, str] = {
    "base": "база на 01.09",
    "I": "I четверть",
    "II": "II четверть",
    "III": "III четверть",
    "IV": "IV четверть",
    "may": "майская анкета",
    "campaign": "справка о кампании",
    "sept": "сентябрьская анкета",
}


def day(local: date) -> str:
    return f"{local:%d.%m.%Y}"


def percent(share: Fraction) -> str:
    """«56,7 %», «12 %» with no needless zero."""
    return f"{plain(rounded(share))} %"


def share(part: Decimal | int, whole: Decimal | int) -> Fraction:
    """In percent; the caller has seen that there is a whole."""
    return Fraction(part) * 100 / Fraction(whole)


def schools(count: int) -> str:
    return f"{count} {plural(count, 'школа', 'школы', 'школ')}"


def days(count: int) -> str:
    """«60 дней», «1 день»: in the nominative and the accusative."""
    return f"{count} {plural(count, 'день', 'дня', 'дней')}"


def quarters(count: int) -> str:
    return f"{count} {plural(count, 'четверть', 'четверти', 'четвертей')}"


def of_schools(part: int, whole: int) -> str:
    """«16 из 17 школ», «20 из 21 школы»: behind «по» and «у»."""
    return f"{part} из {whole} {plural(whole, 'школы', 'школ', 'школ')}"


def first(rows: Sequence[FlagRow]) -> str:
    """«: школа № 24: было 22, стало 18; … и ещё 3»; nothing without rows."""
    if not rows:
        return ""
    hidden = len(rows) - FIRST_ROWS
    named = "; ".join(row.text for row in rows[:FIRST_ROWS])
    return f": {named}" + (f"; и ещё {hidden}" if hidden > 0 else "")


def unknown(scale: Scale, missing: str) -> Flag:
    return Flag(scale.signal, "unknown", "", (), missing, scale)


def flag(
    scale: Scale,
    number: Fraction | Decimal | int,
    says: str,
    rows: Sequence[FlagRow] = (),
    missing: str = "",
) -> Flag:
    return Flag(scale.signal, scale.light(number), says, tuple(rows), missing, scale)
