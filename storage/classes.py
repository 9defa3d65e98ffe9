"""A school's pre-professional classes of one year, and the profile subjects of each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import bindparam, func, select, update

from passport.questions import words_of
from passport.register import ClassDraft, ProfileClass, Subject
from passport.values import Slot
from storage.database import Transaction
from storage.tables import answers, class_subjects, classes, reports


def class_key(one: ClassDraft | ProfileClass) -> tuple[object, ...]:
    """What makes two lines the same class; one class may hold groups of several tracks."""
    return (one.grade, one.letter, one.kind, one.track.casefold() if one.kind == "group" else "")


@dataclass(frozen=True, slots=True)
class Registered:
    """The register of one school's year, with what was closed or dropped on the way."""

    classes: tuple[ProfileClass, ...]
    closed: frozenset[int] = frozenset()
    dropped: frozenset[int] = frozenset()  # ids of subjects

    @property
    def open(self) -> tuple[ProfileClass, ...]:
        return self.asked_with(())

    def asked_with(
        self, answered: Iterable[Slot], *, sent: bool = False
    ) -> tuple[ProfileClass, ...]:
        """Classes and subjects to ask about: the open ones, and those answered before closing.

        A report that was sent speaks of those that it holds: one added later is no gap in it.
        """
        slots = set(answered)
        if sent:
            return self._answered(slots)
        class_ids = {slot.class_id for slot in slots}
        subject_ids = {slot.subject_id for slot in slots}
        return tuple(
            replace(
                one,
                closed=one.id in self.closed,
                subjects=tuple(
                    subject
                    for subject in one.subjects
                    if subject.id not in self.dropped or subject.id in subject_ids
                ),
            )
            for one in self.classes
            if one.id not in self.closed or one.id in class_ids
        )

    def _answered(self, slots: set[Slot]) -> tuple[ProfileClass, ...]:
        class_ids = {slot.class_id for slot in slots}
        subject_ids = {slot.subject_id for slot in slots}
        return tuple(
            replace(
                one,
                closed=one.id in self.closed,
                subjects=tuple(known for known in one.subjects if known.id in subject_ids),
            )
            for one in self.classes
            if one.id in class_ids
        )


_REGISTER = (
    select(
        classes.c.id,
        classes.c.school,
        classes.c.grade,
        classes.c.letter,
        classes.c.kind,
        classes.c.track,
        classes.c.closed_at,
        class_subjects.c.id.label("subject_id"),
        class_subjects.c.name.label("subject"),
        class_subjects.c.dropped_at,
    )
    .outerjoin(class_subjects, class_subjects.c.class_id == classes.c.id)
    .where(classes.c.year == bindparam("of_year"))
    .order_by(classes.c.grade, classes.c.letter, classes.c.kind, classes.c.id, class_subjects.c.id)
)


# Asked for every answer: a list of schools that may be of any length costs its unfolding each time.
_REGISTER_OF_ONE = _REGISTER.where(classes.c.school == bindparam("of_school"))
_REGISTER_OF_MANY = _REGISTER.where(classes.c.school.in_(bindparam("schools", expanding=True)))


async def register(tx: Transaction, school: str, year: str) -> Registered:
    """Classes in the order people read them: by grade, letter, class before group."""
    rows = await tx.connection.execute(_REGISTER_OF_ONE, {"of_school": school, "of_year": year})
    return _registered(rows)


async def registers(tx: Transaction, schools: Sequence[str], year: str) -> dict[str, Registered]:
    """The same of several schools at once."""
    rows = await tx.connection.execute(_REGISTER_OF_MANY, {"schools": schools, "of_year": year})
    found: dict[str, list[Any]] = {school: [] for school in schools}
    for row in rows:
        found[row.school].append(row)
    return {school: _registered(rows) for school, rows in found.items()}


def _registered(rows: Iterable[Any]) -> Registered:
    found: dict[int, ProfileClass] = {}
    closed: set[int] = set()
    dropped: set[int] = set()
    for row in rows:
        one = found.get(row.id) or ProfileClass(row.id, row.grade, row.letter, row.kind, row.track)
        if row.subject_id is not None:
            one = replace(one, subjects=(*one.subjects, Subject(row.subject_id, row.subject)))
        found[row.id] = one
        if row.closed_at is not None:
            closed.add(row.id)
        if row.dropped_at is not None:
            dropped.add(row.subject_id)
    return Registered(tuple(found.values()), frozenset(closed), frozenset(dropped))


async def spelt(tx: Transaction, track: str, but: int = 0) -> str:
    """A track as the city's other classes write it most: «Кадеты» and «кадеты» are one.

    ``but``: the class that is being mended, whose own spelling does not count.
    """
    rows = await tx.connection.execute(
        select(classes.c.track)
        .where(classes.c.id != but)
        .group_by(classes.c.track)
        .order_by(func.count().desc(), classes.c.track)
    )
    words = words_of(track)
    return next((known for known in rows.scalars() if words and words_of(known) == words), track)


async def add(tx: Transaction, school: str, year: str, drafts: Iterable[ClassDraft]) -> int:
    """Adds the classes that the school does not have yet; how many were added."""
    registered = await register(tx, school, year)
    drafts = [replace(one, track=await spelt(tx, one.track)) for one in drafts]
    known = {class_key(one): one.id for one in registered.classes}
    added = 0
    added_drafts: list[ClassDraft] = []
    for draft in drafts:
        id_ = known.setdefault(class_key(draft), 0)
        if id_ in registered.closed:  # closed by mistake, or open again: the same class
            await rename(tx, id_, draft)
            await tx.connection.execute(
                update(classes).where(classes.c.id == id_).values(closed_at=None)
            )
            added += 1
            continue
        if id_ or (draft in added_drafts):
            continue
        added_drafts.append(draft)
        await tx.connection.execute(
            classes.insert().values(
                school=school,
                year=year,
                grade=draft.grade,
                letter=draft.letter,
                kind=draft.kind,
                track=draft.track,
            )
        )
        added += 1
    return added


async def rename(tx: Transaction, class_id: int, draft: ClassDraft) -> None:
    """Mends a class in place: its answers stay with it."""
    track = await spelt(tx, draft.track, but=class_id)
    await tx.connection.execute(
        update(classes)
        .where(classes.c.id == class_id)
        .values(grade=draft.grade, letter=draft.letter, kind=draft.kind, track=track)
    )


async def close(tx: Transaction, class_id: int) -> None:
    await tx.connection.execute(
        update(classes).where(classes.c.id == class_id).values(closed_at=tx.now)
    )


async def has_answers(tx: Transaction, class_id: int) -> bool:
    found = await tx.connection.execute(
        select(answers.c.report_id).where(answers.c.class_id == class_id).limit(1)
    )
    return found.first() is not None


async def is_accepted(tx: Transaction, class_id: int) -> bool:
    """Whether an accepted report speaks of the class."""
    found = await tx.connection.execute(
        select(reports.c.id)
        .join(answers, answers.c.report_id == reports.c.id)
        .where(answers.c.class_id == class_id, reports.c.status == "accepted")
        .limit(1)
    )
    return found.first() is not None


async def add_subjects(tx: Transaction, class_id: int, names: Iterable[str]) -> dict[str, int]:
    """Ids of the named subjects of a class; the missing are added, a dropped one comes back."""
    rows = await tx.connection.execute(
        select(class_subjects).where(class_subjects.c.class_id == class_id)
    )
    known = {row.name.casefold(): row for row in rows}
    ids: dict[str, int] = {}
    for name in names:
        row = known.get(name.casefold())
        if row is None:
            added = await tx.connection.execute(
                class_subjects.insert()
                .values(class_id=class_id, name=name)
                .returning(class_subjects.c.id)
            )
            ids[name] = added.scalar_one()
            continue
        ids[name] = row.id
        if row.dropped_at is not None:
            await tx.connection.execute(
                update(class_subjects).where(class_subjects.c.id == row.id).values(dropped_at=None)
            )
    return ids


async def drop_subject(tx: Transaction, subject_id: int) -> None:
    await tx.connection.execute(
        update(class_subjects).where(class_subjects.c.id == subject_id).values(dropped_at=tx.now)
    )
