"""Cards of classes: what parents ask about, beside what the reports need."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Select, select, update
from sqlalchemy.dialects.sqlite import insert

from passport.cards import NUMBERS
from passport.register import ClassCard, ClassDraft
from storage import card_log, openings
from storage import classes as class_rows
from storage.card_log import CardEdit
from storage.database import Transaction
from storage.tables import class_partners, class_subjects, classes, partners, schools

_COLUMNS = (
    classes.c.id,
    classes.c.school,
    classes.c.year,
    classes.c.grade,
    classes.c.letter,
    classes.c.kind,
    classes.c.track,
    classes.c.profile,
    classes.c.mode,
    classes.c.local_act_url,
    classes.c.capacity,
    classes.c.enrolled,
    classes.c.admission,
    classes.c.contact,
    classes.c.exams,
    classes.c.outsiders,
    classes.c.open_days,
    classes.c.applications,
    classes.c.confirmed_at,
    classes.c.closed_at,
)
# Fields of the card that are columns of their own: see passport/data/cards.json.
PLAIN = (
    "profile",
    "mode",
    "local_act_url",
    "capacity",
    "enrolled",
    "admission",
    "contact",
    "exams",
    "outsiders",
    "open_days",
    "applications",
    "track",
    "letter",
    "grade",
    "kind",
)


def _select() -> Select[Any]:
    return (
        select(*_COLUMNS)
        .join(schools, schools.c.slug == classes.c.school)
        .order_by(schools.c.number, classes.c.grade, classes.c.letter, classes.c.kind, classes.c.id)
    )


async def _cards(tx: Transaction, query: Select[Any]) -> list[ClassCard]:
    rows = list(await tx.connection.execute(query))
    ids = [row.id for row in rows]
    subjects = await _names(
        tx,
        select(class_subjects.c.class_id, class_subjects.c.name)
        .where(class_subjects.c.dropped_at.is_(None), class_subjects.c.class_id.in_(ids))
        .order_by(class_subjects.c.id),
    )
    partnered = await _names(
        tx,
        select(class_partners.c.class_id, partners.c.name)
        .join(partners, partners.c.id == class_partners.c.partner)
        .where(class_partners.c.class_id.in_(ids))
        .order_by(partners.c.name),
    )
    return [
        replace(
            ClassCard(**row._mapping),
            subjects=tuple(subjects.get(row.id, ())),
            partners=tuple(partnered.get(row.id, ())),
        )
        for row in rows
    ]


async def _names(tx: Transaction, query: Select[Any]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for class_id, name in await tx.connection.execute(query):
        found.setdefault(class_id, []).append(name)
    return found


async def of_year(tx: Transaction, year: str) -> list[ClassCard]:
    """Of all schools, by their number; closed ones too."""
    return await _cards(tx, _select().where(classes.c.year == year))


async def of_school(tx: Transaction, school: str, year: str) -> list[ClassCard]:
    """The open classes of a school's year."""
    return await _cards(
        tx,
        _select().where(
            classes.c.school == school, classes.c.year == year, classes.c.closed_at.is_(None)
        ),
    )


async def shown(
    tx: Transaction,
    conditions: Iterable[ColumnElement[bool]],
    values: Mapping[str, Any],
    first_by: ColumnElement[int],
    *,
    most: int | None,
    offset: int,
) -> list[ClassCard]:
    """A page of the cards that conditions let through, ordered by ``first_by``, then by school.

    ``values`` are of the conditions' parameters.
    """
    query = (
        select(*_COLUMNS)
        .join(schools, schools.c.slug == classes.c.school)
        .where(*conditions)
        .order_by(first_by, schools.c.number, classes.c.grade, classes.c.letter, classes.c.id)
        .offset(offset)
    )
    query = query.params(values)
    return await _cards(tx, query if most is None else query.limit(most))


async def get(tx: Transaction, class_id: int) -> ClassCard | None:
    found = await _cards(tx, _select().where(classes.c.id == class_id))
    return found[0] if found else None


async def change(
    tx: Transaction, card: ClassCard, field: str, value: str | int | None, by: int | None
) -> None:
    """Writes one of the PLAIN fields; the card counts as looked at."""
    await change_all(tx, card, {field: value}, by)


async def change_all(
    tx: Transaction, card: ClassCard, said: Mapping[str, str | int | None], by: int | None
) -> None:
    """Several fields at once: seats between the old numbers and the new ones are nobody's news."""
    stored: dict[str, object] = {}
    if said.get("track"):
        said = {**said, "track": await class_rows.spelt(tx, str(said["track"]), but=card.id)}
    for field, value in said.items():
        assert field in PLAIN
        empty: str | None = None if field in NUMBERS else ""
        stored[field] = empty if value is None else value
    await tx.connection.execute(
        update(classes).where(classes.c.id == card.id).values(stored | {"confirmed_at": tx.now})
    )
    for field, value in said.items():
        old = getattr(card, field)
        before, after = ("" if one is None else str(one) for one in (old, value))
        if before != after or len(said) == 1:
            await _log(tx, card, field, (before, after), by)
    changed = await get(tx, card.id)
    if changed is not None and _offers(changed) and not _offers(card):
        await openings.seat(tx, card)


def _offers(card: ClassCard) -> bool:
    """Whether parents see a free seat there."""
    return bool(card.closed_at is None and card.track and card.vacancies)


async def add(
    tx: Transaction, school: str, year: str, drafts: Sequence[ClassDraft], by: int | None
) -> list[ClassCard]:
    """The classes that the school did not have, or had closed; they are open now."""
    before = {card.id for card in await of_school(tx, school, year)}
    await class_rows.add(tx, school, year, drafts)
    added = [card for card in await of_school(tx, school, year) if card.id not in before]
    for card in added:
        await _log(tx, card, "open", ("", card.name), by)
        if _offers(card):  # it was closed for a while
            await openings.seat(tx, card)
    return added


async def close(tx: Transaction, card: ClassCard, by: int | None) -> None:
    await class_rows.close(tx, card.id)
    await _log(tx, card, "open", (card.name, ""), by)


async def add_subjects(
    tx: Transaction, card: ClassCard, names: Sequence[str], by: int | None
) -> dict[str, int]:
    """Ids of the named subjects, see ``storage.classes``."""
    ids = await class_rows.add_subjects(tx, card.id, names)
    await _subjects_changed(tx, card, by)
    return ids


async def drop_subject(tx: Transaction, card: ClassCard, subject: int, by: int | None) -> None:
    await class_rows.drop_subject(tx, subject)
    await _subjects_changed(tx, card, by)


async def _subjects_changed(tx: Transaction, card: ClassCard, by: int | None) -> None:
    """As every change of the card, it counts as looked at."""
    after = await get(tx, card.id)
    if after is None or after.subjects == card.subjects:
        return
    await confirm(tx, [card.id])
    old, new = ", ".join(card.subjects), ", ".join(after.subjects)
    await _log(tx, card, "advanced_subjects", (old, new), by)


async def _log(
    tx: Transaction, card: ClassCard, field: str, said: tuple[str, str], by: int | None
) -> None:
    """``said``: before, and now."""
    edit = CardEdit("class", card.id, field, *said, school=card.school)
    await card_log.add(tx, edit, by)


async def set_partners(
    tx: Transaction, card: ClassCard, ids: Iterable[int], by: int | None
) -> None:
    """The partners of a class from now on."""
    await tx.connection.execute(class_partners.delete().where(class_partners.c.class_id == card.id))
    rows = [{"class_id": card.id, "partner": one} for one in ids]
    if rows:
        await tx.connection.execute(insert(class_partners).on_conflict_do_nothing(), rows)
    await tx.connection.execute(
        update(classes).where(classes.c.id == card.id).values(confirmed_at=tx.now)
    )
    after = await get(tx, card.id)
    assert after is not None
    old, new = ", ".join(card.partners), ", ".join(after.partners)
    await _log(tx, card, "partners", (old, new), by)


async def confirm(tx: Transaction, ids: Sequence[int]) -> None:
    """«Всё верно»: looked at now, nothing changed."""
    await tx.connection.execute(
        update(classes).where(classes.c.id.in_(ids)).values(confirmed_at=tx.now)
    )
