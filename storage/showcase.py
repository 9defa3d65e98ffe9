"""What the city shows to parents: open classes of a year with their seats. Nothing else is here:
no marks, no reports, no numbers of applications."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, select

from passport.register import ClassCard
from storage import class_cards
from storage.database import Transaction
from storage.tables import classes, schools


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which classes: every empty field takes all. ``tracks``: spellings of one track, any of
    them fits."""

    year: str
    track: str = ""
    school: str = ""
    mode: str = ""
    with_seats: bool = False
    tracks: tuple[str, ...] = ()
    profile: str = ""
    grade: int = 0


@dataclass(frozen=True, slots=True)
class Shelf:
    """A track or a school, added up. ``seats`` counts what is known: ``silent`` classes have not
    said. ``oldest`` is when the stalest of those that have was looked at; None if one never was."""

    key: str
    name: str
    classes: int
    seats: int
    with_seats: int
    silent: int
    oldest: datetime | None


# A class is shown from the moment its card says a track: before that there is nothing to show.
_SHOWN = (classes.c.closed_at.is_(None), classes.c.track != "")
_known = classes.c.capacity.is_not(None) & classes.c.enrolled.is_not(None)
_free = case(
    (_known & (classes.c.capacity > classes.c.enrolled), classes.c.capacity - classes.c.enrolled),
    else_=0,
)
_seen = case((_known, classes.c.confirmed_at))  # a class that is silent has no date to tell
_SUMS = (
    func.count().label("count"),
    func.sum(_free).label("seats"),
    func.sum(case((_free > 0, 1), else_=0)).label("with_seats"),
    func.sum(case((_known, 0), else_=1)).label("silent"),
    case((func.count(_seen) == func.sum(case((_known, 1), else_=0)), func.min(_seen))).label(
        "oldest"
    ),
)


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [*_SHOWN, classes.c.year == wanted.year]
    if wanted.track:
        found.append(classes.c.track == wanted.track)
    if wanted.tracks:
        found.append(classes.c.track.in_(wanted.tracks))
    if wanted.profile:
        found.append(classes.c.profile == wanted.profile)
    if wanted.grade:
        found.append(classes.c.grade == wanted.grade)
    if wanted.school:
        found.append(classes.c.school == wanted.school)
    if wanted.mode:
        found.append(classes.c.mode == wanted.mode)
    if wanted.with_seats:
        found.append(_free > 0)
    return found


def _shelf(row: Any, key: str, name: str) -> Shelf:
    return Shelf(
        key, name, row.count, row.seats or 0, row.with_seats or 0, row.silent or 0, row.oldest
    )


async def tracks(tx: Transaction, wanted: Wanted) -> list[Shelf]:
    """By name."""
    rows = await tx.connection.execute(
        select(classes.c.track, *_SUMS).where(*_conditions(wanted)).group_by(classes.c.track)
    )
    found = [_shelf(row, row.track, row.track) for row in rows]
    return sorted(found, key=lambda one: one.name.casefold())


async def by_school(tx: Transaction, wanted: Wanted) -> list[Shelf]:
    """By number."""
    rows = await tx.connection.execute(
        select(schools.c.slug, schools.c.short_name, *_SUMS)
        .select_from(classes.join(schools, schools.c.slug == classes.c.school))
        .where(*_conditions(wanted))
        .group_by(schools.c.slug)
        .order_by(schools.c.number)
    )
    return [_shelf(row, row.slug, row.short_name) for row in rows]


async def count(tx: Transaction, wanted: Wanted) -> int:
    found = await tx.connection.execute(
        select(func.count()).select_from(classes).where(*_conditions(wanted))
    )
    return int(found.scalar_one())


async def cards(
    tx: Transaction, wanted: Wanted, most: int | None = None, offset: int = 0
) -> list[ClassCard]:
    """Classes with seats first, then those that have not said, then full ones; by school."""
    return await class_cards.shown(
        tx,
        _conditions(wanted),
        case((_free > 0, 0), (~_known, 1), else_=2),
        most=most,
        offset=offset,
    )
