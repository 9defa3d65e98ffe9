"""Schools as the bot knows them: filled from the passport's lists, then kept by staff."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects.sqlite import insert

from passport.schools import School as ListedSchool
from storage.database import Transaction
from storage.tables import participation, schools

FIRST_YEAR = "2022-2023"  # of the project


@dataclass(frozen=True, slots=True)
class School:
    slug: str
    number: int
    name: str
    short_name: str


# The boards read these of every school: see ``storage.board``.
_EVERY = select(schools.c.slug, schools.c.number, schools.c.name, schools.c.short_name).order_by(
    schools.c.number
)
_NAMES = select(schools.c.slug, schools.c.short_name)
_ONE = select(schools).where(schools.c.slug == bindparam("school"))
_SAID = (
    select(participation.c.school, participation.c.takes_part, participation.c.left_on)
    .where(participation.c.year <= bindparam("year"))
    .order_by(participation.c.year)
)


async def add_missing(
    tx: Transaction, listed: Iterable[ListedSchool], first_year: str = FIRST_YEAR
) -> None:
    """Schools of the passport that the table lacks; a renamed school keeps its new name.

    Candidates take part from the project's first year on, until staff say otherwise.
    """
    listed = tuple(listed)
    known = set((await tx.connection.execute(select(schools.c.slug))).scalars())
    missing = [
        {"slug": one.slug, "number": one.number, "name": one.name, "short_name": one.short_name}
        for one in listed
        if one.slug not in known
    ]
    if missing:
        await tx.connection.execute(schools.insert(), missing)
    candidates = [
        {"school": one.slug, "year": first_year, "takes_part": True, "at": tx.now}
        for one in listed
        if one.list == "candidate"
    ]
    if candidates:
        await tx.connection.execute(insert(participation).on_conflict_do_nothing(), candidates)


async def get(tx: Transaction, slug: str) -> School | None:
    row = (await tx.connection.execute(_ONE, {"school": slug})).first()
    return None if row is None else School(**row._mapping)


async def every(tx: Transaction) -> list[School]:
    """All schools, by number."""
    return [School(*row) for row in await tx.connection.execute(_EVERY)]


async def short_names(tx: Transaction) -> dict[str, str]:
    """Of all schools by slug, as they are called now."""
    rows = await tx.connection.execute(_NAMES)
    return {row.slug: row.short_name for row in rows}


async def expected(
    tx: Transaction, year: str, candidates: Iterable[str], today: date
) -> list[tuple[School, bool]]:
    """All schools, by number, each with whether reports of a year are expected of it.

    What was said of the year itself or of the nearest year before it holds; of a school of which
    nothing was ever said, whether it stands in the passport's list of candidates. ``today`` is the
    local day.
    """
    listed = set(candidates)
    rows = await tx.connection.execute(_SAID, {"year": year})
    said = {
        row.school: row.takes_part and (row.left_on is None or row.left_on > today) for row in rows
    }
    return [(one, said.get(one.slug, one.slug in listed)) for one in await every(tx)]


async def participants(
    tx: Transaction, year: str, candidates: Iterable[str], today: date
) -> list[School]:
    """The schools of which reports of a year are expected, by number."""
    return [one for one, takes_part in await expected(tx, year, candidates, today) if takes_part]


async def leave(tx: Transaction, school: str, year: str, day: date, by: int | None) -> None:
    """Left in the middle of a year: counted before that local day, expected no more after it."""
    values = {"takes_part": True, "left_on": day, "at": tx.now, "by": by}
    await tx.connection.execute(
        insert(participation)
        .values(school=school, year=year, **values)
        .on_conflict_do_update(index_elements=["school", "year"], set_=values)
    )


async def add(tx: Transaction, school: School) -> None:
    """A school that the passport's lists do not have; the caller has checked its number."""
    await tx.connection.execute(
        schools.insert().values(
            slug=school.slug,
            number=school.number,
            name=school.name,
            short_name=school.short_name,
        )
    )


async def rename(tx: Transaction, slug: str, name: str, short_name: str) -> None:
    await tx.connection.execute(
        update(schools).where(schools.c.slug == slug).values(name=name, short_name=short_name)
    )


async def set_participation(
    tx: Transaction, school: str, year: str, *, takes_part: bool, by: int | None
) -> None:
    """From this year on; a later year may be told otherwise."""
    values = {"takes_part": takes_part, "left_on": None, "at": tx.now, "by": by}
    await tx.connection.execute(
        insert(participation)
        .values(school=school, year=year, **values)
        .on_conflict_do_update(index_elements=["school", "year"], set_=values)
    )
