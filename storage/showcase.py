"""What the city shows to parents: open classes of a year with their seats. Nothing else is here:
no marks, no reports, no numbers of applications."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, case, func, select

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


def oldest(shelves: Iterable[Shelf]) -> datetime | None:
    """When the stalest card of those that tell seats was looked at; None if one never was."""
    told = [one.oldest for one in shelves if one.classes > one.silent]
    dates = [one for one in told if one is not None]
    return min(dates, default=None) if len(dates) == len(told) else None


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


_FILTERS: dict[str, ColumnElement[bool]] = {
    "track": classes.c.track == bindparam("track"),
    "tracks": classes.c.track.in_(bindparam("tracks", expanding=True)),
    "profile": classes.c.profile == bindparam("profile"),
    "grade": classes.c.grade == bindparam("grade"),
    "school": classes.c.school == bindparam("school"),
    "mode": classes.c.mode == bindparam("mode"),
    "with_seats": _free > 0,
}
# Every parent asks the same few questions: statements are built once, by what is asked for.
_Shape = tuple[str, ...]


def _shape(wanted: Wanted) -> _Shape:
    return tuple(name for name in _FILTERS if getattr(wanted, name))


def _conditions(shape: _Shape) -> list[ColumnElement[bool]]:
    return [*_SHOWN, classes.c.year == bindparam("of_year"), *(_FILTERS[name] for name in shape)]


def _values(wanted: Wanted, shape: _Shape) -> dict[str, Any]:
    given = {name: getattr(wanted, name) for name in shape if name != "with_seats"}
    return {"of_year": wanted.year, **given}


def _shelf(row: Any, key: str, name: str) -> Shelf:
    return Shelf(
        key, name, row.count, row.seats or 0, row.with_seats or 0, row.silent or 0, row.oldest
    )


@cache
def _tracks(shape: _Shape) -> Select[Any]:
    return select(classes.c.track, *_SUMS).where(*_conditions(shape)).group_by(classes.c.track)


async def tracks(tx: Transaction, wanted: Wanted) -> list[Shelf]:
    """By name."""
    shape = _shape(wanted)
    rows = await tx.connection.execute(_tracks(shape), _values(wanted, shape))
    found = [_shelf(row, row.track, row.track) for row in rows]
    return sorted(found, key=lambda one: one.name.casefold())


@cache
def _by_school(shape: _Shape) -> Select[Any]:
    return (
        select(schools.c.slug, schools.c.short_name, *_SUMS)
        .select_from(classes.join(schools, schools.c.slug == classes.c.school))
        .where(*_conditions(shape))
        .group_by(schools.c.slug)
        .order_by(schools.c.number)
    )


async def by_school(tx: Transaction, wanted: Wanted) -> list[Shelf]:
    """By number."""
    shape = _shape(wanted)
    rows = await tx.connection.execute(_by_school(shape), _values(wanted, shape))
    return [_shelf(row, row.slug, row.short_name) for row in rows]


@cache
def _count(shape: _Shape) -> Select[Any]:
    return select(func.count()).select_from(classes).where(*_conditions(shape))


async def count(tx: Transaction, wanted: Wanted) -> int:
    shape = _shape(wanted)
    found = await tx.connection.execute(_count(shape), _values(wanted, shape))
    return int(found.scalar_one())


async def cards(
    tx: Transaction, wanted: Wanted, most: int | None = None, offset: int = 0
) -> list[ClassCard]:
    """Classes with seats first, then those that have not said, then full ones; by school."""
    shape = _shape(wanted)
    return await class_cards.shown(
        tx,
        _conditions(shape),
        _values(wanted, shape),
        case((_free > 0, 0), (~_known, 1), else_=2),
        most=most,
        offset=offset,
    )
