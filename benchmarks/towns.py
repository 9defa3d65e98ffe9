"""A city of any size with five years of accepted reports, written in bulk."""

from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.rig import START, database_url
from benchmarks.seats import FIRST_ID, made_up
from demo.telegram import MovableClock
from passport.loader import load_passport
from passport.register import PARTNER_TYPES
from storage import contracts, deadlines, partners, people, schools
from storage.contracts import ContractDraft
from storage.database import Database, Transaction
from storage.schema import migrate
from storage.tables import answer_log, answers, class_subjects, classes, reports, submissions
from tests.world import YEAR

MANAGER, METHODIST = FIRST_ID - 1, FIRST_ID - 2
ASKED: dict[str, tuple[str, ...]] = {
    "sept": ("grads_total", "grads_he", "grads_vet"),
    "may": ("teachers_all", "teachers_profile", "teachers_trained"),
}
FLOWS = ("r3", "r5.municipal", "r6", "r7")


async def prepare(place: Path, count: int) -> str:
    """The address of the database of a city with so many schools."""
    url = database_url(place, f"town{count}")
    database = Database(url, MovableClock(START))
    passport = load_passport()
    listed = passport.schools.schools
    city = [*listed, *made_up(listed[0], max(0, count - len(listed)))][:count]
    try:
        await migrate(database)
        async with database.write() as tx:
            await schools.add_missing(tx, city)
            manager = await people.add(tx, MANAGER, "manager", None, "")
            other = await people.add(tx, METHODIST, "methodist", None, "")
            for one in (manager, other):
                await people.set_digest(tx, one.id, wanted=False)
            await deadlines.confirm(tx, YEAR, manager.id)
            for school in city:
                await schools.set_participation(
                    tx, school.slug, passport.indicators.years[0], takes_part=True, by=None
                )
            await _years(tx, [one.slug for one in city], passport.indicators.years, manager.id)
            await _contracts(tx, [one.slug for one in city])
    finally:
        await database.close()
    return url


async def _years(tx: Transaction, slugs: list[str], years: tuple[str, ...], by: int) -> None:
    kinds, bands, filed, said = [], [], [], []
    report_id = class_id = 0
    for year in years:
        for slug in slugs:
            class_id += 1
            kinds.append(
                {
                    "id": class_id,
                    "school": slug,
                    "year": year,
                    "grade": 10,
                    "letter": "А",
                    "kind": "class",
                    "track": "инженерная",
                }
            )
            bands.append({"class_id": class_id, "name": "Физика"})
            for period in ("base", "I", "II", "III", "IV", "may", "sept"):
                report_id += 1
                filed.append(_report(report_id, slug, year, period, tx))
                said += _answers(report_id, period, class_id)
    for table, rows in ((classes, kinds), (class_subjects, bands), (reports, filed)):
        await tx.connection.execute(table.insert(), rows)
    await tx.connection.execute(answers.insert(), said)
    await tx.connection.execute(
        submissions.insert(),
        [
            {
                "report_id": one["id"],
                "number": 1,
                "at": tx.now,
                "by": by,
                "late": False,
                "answers": "[]",
            }
            for one in filed
        ],
    )
    await tx.connection.execute(
        answer_log.insert().values(report_id=1, question="r6", at=tx.now, by=by, new=None)
    )


def _report(id_: int, slug: str, year: str, period: str, tx: Transaction) -> dict[str, object]:
    return {
        "id": id_,
        "school": slug,
        "year": year,
        "period": period,
        "status": "accepted",
        "created_at": tx.now,
        "submitted_at": tx.now,
        "first_submitted_at": tx.now,
        "accepted_at": tx.now,
        "submission": 1,
        "doubts": 0,
    }


def _answers(report_id: int, period: str, class_id: int) -> list[dict[str, Any]]:
    if period in ASKED:
        keys = [(key, 0, 0) for key in ASKED[period]]
    else:
        keys = [("r1", class_id, 0), ("r2", class_id, class_id)]
        keys += [(key, 0, 0) for key in FLOWS] if period != "base" else []
    numbers: list[dict[str, Any]] = [
        {
            "report_id": report_id,
            "question": key,
            "class_id": of,
            "subject_id": subject,
            "row": 0,
            "kind": "number",
            "number": "4",
            "text": None,
            "note": None,
            "revision": 1,
        }
        for key, of, subject in keys
    ]
    if period not in ("I", "II", "III", "IV"):
        return numbers
    place = {"report_id": report_id, "question": "r3.municipal", "class_id": 0, "subject_id": 0}
    head: dict[str, Any] = {
        **place,
        "row": 0,
        "kind": "list",
        "number": None,
        "text": None,
        "note": None,
    }
    names = [
        {
            **place,
            "row": row,
            "kind": "item",
            "number": "12",
            "text": f"Ярмарка профессий, день {row}",
            "note": None,
        }
        for row in (1, 2)
    ]
    return [*numbers, *({**one, "revision": 1} for one in (head, *names))]


async def _contracts(tx: Transaction, slugs: list[str]) -> None:
    made = [
        await partners.add(tx, f"Организация № {number}", kind, None)
        for number, kind in enumerate(PARTNER_TYPES)
    ]
    for number, slug in enumerate(slugs):
        draft = ContractDraft(made[number % 3], str(number), date(2022, 9, 1), None)
        await contracts.add(tx, draft, [slug], None)
