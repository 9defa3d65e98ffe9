"""Five years of a small city with figures that were worked out by hand.

Four schools and every trap of the methodology: a school without a class, one that left in January,
a report that was not accepted, contracts that begin or end around 15 September, shares that meet
their target exactly, a denominator of nothing.
"""

from datetime import date
from decimal import Decimal

from passport.change import difference
from passport.form import PeriodKey
from passport.loader import Passport
from passport.register import ClassDraft
from passport.sheet import Sheet
from passport.values import Nothing, Number, Slot, Value
from storage import (
    answers,
    city_facts,
    classes,
    contracts,
    partners,
    people,
    reports,
    schools,
)
from storage.contracts import ContractDraft
from storage.database import Transaction
from storage.reports import Filling, Sending
from tests.clock import local

NOW = local(2027, 9, 20, 12)
Y22, Y23, Y24, Y25, Y26 = "2022-2023", "2023-2024", "2024-2025", "2025-2026", "2026-2027"
YEARS = (Y22, Y23, Y24, Y25, Y26)

# Eight lines by five years: what is shown, its mark, how many more are needed. None: not measured.
EXPECTED: dict[str, tuple[tuple[str | None, str | None, int | None], ...]] = {
    "schools_share": (
        ("6.7", "below", 9),  # 2 of 30; 35 % is 11 schools
        ("13.3", "below", 10),  # 4 of 30; 45 % is 14
        ("50.0", "done", 0),  # 4 of 8, and 50 % is 4
        ("50.0", "below", 1),  # 4 of 8 on 15 September; 60 % is 5
        ("37.5", "below", 3),  # 3 of 8: a class was closed on the 10th; 70 % is 6
    ),
    "pupils": (
        ("60", "below", 140),
        ("85", "below", 265),
        ("400", "done", 0),
        ("420", "near", 30),
        ("501", "done", 0),
    ),
    "graduates_admitted": (
        ("15", "below", 30),
        ("101", "done", 0),
        ("109", "near", 1),
        (None, None, None),
        ("150", "done", 0),
    ),
    "contracts": (
        ("4", "below", 14),
        ("4", "below", 17),
        ("3", "below", 21),
        ("2", "below", 25),
        ("2", "below", 26),
    ),
    "contracts_he": (
        ("1", "below", 8),
        ("2", "below", 8),
        ("2", "below", 9),
        ("2", "below", 10),
        ("2", "below", 10),
    ),
    "contracts_vet": (
        ("2", "below", 2),
        ("1", "below", 4),
        ("0", "below", 6),  # counted, and there is none: not «not measured»
        ("0", "below", 7),
        ("0", "below", 7),
    ),
    "contracts_industry": (
        ("1", "below", 4),
        ("1", "below", 5),
        ("1", "below", 6),
        ("0", "below", 8),
        ("0", "below", 8),
    ),
    "teachers_trained_share": (
        ("10.0", "done", 0),  # 1 of 10
        ("33.3", "done", 0),  # 1 of 3
        ("44.4", "below", 1),  # 4 of 9: 88.9 % of the target; 50 % is 5
        ("75.0", "done", 0),  # 9 of 12
        (None, None, None),  # 0 of 0 is no share
    ),
}
# (reported, expected) of what schools report.
COMPLETE = {
    ("pupils", Y22): (2, 3),
    ("pupils", Y23): (3, 4),
    ("pupils", Y24): (4, 4),
    ("pupils", Y26): (3, 4),
    ("graduates_admitted", Y22): (2, 3),
    ("teachers_trained_share", Y22): (2, 3),
}
PUPILS_END = {Y22: ("59", 2, 3), Y25: ("317", 3, 3)}  # № 21 had left by then

_TAKES_PART = {
    Y22: ("s03", "s04", "s10"),
    Y23: ("s03", "s04", "s10", "s21"),
    Y26: ("s01", "s03", "s04", "s10"),
}
_WITHOUT_CLASS = {(Y22, "s10")}
_BASE: dict[str, dict[str, tuple[int, ...]]] = {
    Y22: {"s03": (20, 21), "s04": (19,)},
    Y23: {"s03": (20, 21), "s04": (19,), "s10": (25,), "s21": (30,)},
    Y24: {"s03": (50, 50), "s04": (100,), "s10": (100,), "s21": (100,)},
    Y25: {"s03": (50, 50), "s04": (120,), "s10": (100,), "s21": (100,)},
    Y26: {"s03": (100, 100), "s04": (150,), "s10": (151,)},
}
_END: dict[str, dict[str, tuple[int, ...]]] = {
    Y22: {"s03": (20, 20), "s04": (19,)},
    Y25: {"s03": (49, 50), "s04": (118,), "s10": (100,)},
}
_NOT_ACCEPTED = {(Y23, "base", "s21")}
_SEPT: dict[str, dict[str, tuple[int, int | None, int | None]]] = {
    Y22: {"s03": (20, 10, 5), "s04": (12, None, None)},  # None: «не было»
    Y23: {"s03": (80, 40, 30), "s04": (40, 20, 11)},
    Y24: {"s03": (120, 70, 39)},
    Y26: {"s03": (200, 100, 50)},
}
_MAY: dict[str, dict[str, tuple[int, int, int]]] = {
    Y22: {"s03": (40, 6, 1), "s04": (30, 4, 0)},
    Y23: {"s03": (40, 3, 1)},
    Y24: {"s03": (40, 5, 2), "s04": (30, 4, 2)},
    Y25: {"s03": (40, 8, 6), "s04": (30, 4, 3)},
    Y26: {"s03": (40, 0, 0)},
}


async def settle(tx: Transaction, passport: Passport) -> None:
    """Writes all of it through the bot's own storage."""
    person = await people.add(tx, 77_001, "methodist", None, "методист")
    await _participation(tx, passport)
    for year in YEARS:
        for slug in sorted(set(_BASE[year]) | {"s10"} | ({"s01"} if year == Y26 else set())):
            if (year, slug) not in _WITHOUT_CLASS:
                await _classes(tx, slug, year)
    await _close_class(tx)
    for year in YEARS:
        await _reports(tx, passport, year, person.id)
    await city_facts.put(tx, "all_schools", Y24, "8", person.id)
    await _contracts(tx)


async def _participation(tx: Transaction, passport: Passport) -> None:
    for one in passport.schools.schools:
        for year, slugs in _TAKES_PART.items():
            takes_part = one.slug in slugs
            await schools.set_participation(tx, one.slug, year, takes_part=takes_part, by=None)
    for year in (Y24, Y25):
        await schools.set_participation(tx, "s21", year, takes_part=True, by=None)
    await schools.leave(tx, "s21", Y25, date(2026, 1, 15), None)


async def _classes(tx: Transaction, slug: str, year: str) -> None:
    letters = "АБ" if slug == "s03" else "А"
    drafts = [ClassDraft(10, letter, "class", "инженерная") for letter in letters]
    await classes.add(tx, slug, year, drafts)


async def _close_class(tx: Transaction) -> None:
    from dataclasses import replace

    known = (await classes.register(tx, "s01", Y26)).open
    await classes.close(replace(tx, now=local(2026, 9, 10, 12)), known[0].id)


async def _reports(tx: Transaction, passport: Passport, year: str, by: int) -> None:
    for period, numbers in (("base", _BASE), ("IV", _END)):
        for slug, counts in numbers.get(year, {}).items():
            known = (await classes.register(tx, slug, year)).open
            said: dict[Slot, Value] = {
                Slot("r1", one.id): Number(Decimal(count))
                for one, count in zip(known, counts, strict=True)
            }
            await bring(tx, passport, (slug, year, period), said, by)  # type: ignore[arg-type]
    for slug, (total, he, vet) in _SEPT.get(year, {}).items():
        said = {
            Slot("grads_total"): Number(Decimal(total)),
            Slot("grads_he"): _number(he),
            Slot("grads_vet"): _number(vet),
        }
        await bring(tx, passport, (slug, year, "sept"), said, by)
    for slug, (every, profile, trained) in _MAY.get(year, {}).items():
        said = {
            Slot("teachers_all"): Number(Decimal(every)),
            Slot("teachers_profile"): Number(Decimal(profile)),
            Slot("teachers_trained"): Number(Decimal(trained)),
        }
        await bring(tx, passport, (slug, year, "may"), said, by)


def _number(count: int | None) -> Value:
    return Nothing() if count is None else Number(Decimal(count))


async def bring(
    tx: Transaction,
    passport: Passport,
    place: tuple[str, str, PeriodKey],
    said: dict[Slot, Value],
    by: int,
) -> None:
    """A report that was sent, and accepted unless it is one of those that were not."""
    slug, year, period = place
    report = await reports.open_report(tx, slug, year, period)
    revisions = await answers.save(tx, report.id, difference({}, said), by)
    sheet = Sheet(passport.forms.of(period), period, (), said)
    filling = Filling(report, sheet, revisions)
    await reports.submit(tx, filling, Sending(by, late=False))
    if (year, period, slug) not in _NOT_ACCEPTED:
        await reports.accept(tx, filling, by)


async def _contracts(tx: Transaction) -> None:
    he = await partners.add(tx, "Университет «Вулкан»", "he", None)
    vet = await partners.add(tx, "Морской колледж", "vet", None)
    industry = await partners.add(tx, "Завод «Якорь»", "industry", None)

    async def sign(partner: object, number: str, begin: date, end: date | None = None) -> int:
        draft = ContractDraft(partner, number, begin, end)  # type: ignore[arg-type]
        return (await contracts.add(tx, draft, ["s03"], None)).id

    await sign(he, "1", date(2022, 9, 15))  # in force from the very day
    await sign(he, "2", date(2022, 9, 16))
    await sign(vet, "3", date(2022, 9, 1), date(2023, 9, 14))
    await sign(vet, "4", date(2022, 9, 1), date(2023, 9, 15))  # its last day counts
    shared = await sign(industry, "5", date(2022, 1, 10))
    for school in ("s04", "s10"):
        await contracts.add_school(tx, shared, school, None)  # three schools, one contract
    one = await contracts.get(tx, shared)
    assert one is not None
    await contracts.change(tx, one, "ended_on", date(2025, 9, 15), None)
    mistake = await contracts.get(tx, await sign(he, "6", date(2022, 9, 1)))
    assert mistake is not None
    await contracts.remove(tx, mistake, None)
