"""What the city knew before the bot: official values of the first years, and who took part.

Invented, like everything in the city; a little above and a little below the passport's targets.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from passport.indicators import Point, Value
from storage.indicator_values import Fixing

SOURCE = "таблицы ИМЦ за прошлые годы"
YEARS = ("2022-2023", "2023-2024", "2024-2025")
SCHOOLS = 30
# Candidates of the passport that came later than in the first year.
JOINED = {
    "2023-2024": ("s35", "s36", "s40"),
    "2024-2025": ("s41",),
    "2025-2026": ("s42", "s46"),
}


@dataclass(frozen=True, slots=True)
class _Year:
    """Schools, pupils in September and in May, graduates admitted, contracts by type, teachers."""

    schools: int
    pupils: int
    pupils_end: int
    graduates: int | None
    contracts: tuple[int, int, int]
    trained: int
    teachers: int


_KNOWN = {
    "2022-2023": _Year(11, 214, 206, 41, (9, 4, 5), 9, 62),
    "2023-2024": _Year(14, 338, 331, 96, (10, 5, 7), 22, 78),
    "2024-2025": _Year(15, 409, 398, 113, (11, 5, 7), 41, 84),
}


def official_values() -> list[Fixing]:
    """One an indicator, year and point; nothing where the city had not counted."""
    found = []
    for year, known in _KNOWN.items():
        start, end = date(int(year[:4]), 9, 15), date(int(year[5:]), 5, 31)
        he, vet, industry = known.contracts
        found += [
            _share("schools_share", year, "start", known.schools, SCHOOLS, on=start),
            _count("pupils", year, "start", known.pupils, date(int(year[:4]), 9, 1)),
            _count("pupils", year, "end", known.pupils_end, end),
            _count("contracts", year, "start", he + vet + industry, start),
            _count("contracts_he", year, "start", he, start),
            _count("contracts_vet", year, "start", vet, start),
            _count("contracts_industry", year, "start", industry, start),
            _share("teachers_trained_share", year, "end", known.trained, known.teachers, on=end),
        ]
        if known.graduates is not None:
            day = date(int(year[5:]), 9, 15)
            found.append(_count("graduates_admitted", year, "end", known.graduates, day))
    return found


def _count(key: str, year: str, point: Point, number: int, on: date) -> Fixing:
    return Fixing(key, year, point, Value(Decimal(number), None, on, source=SOURCE))


def _share(key: str, year: str, point: Point, part: int, whole: int, *, on: date) -> Fixing:
    value = Value(Decimal(part), Decimal(whole), on, source=SOURCE)
    return Fixing(key, year, point, value)
