"""The sample city: everything in it is invented, only the schools' names are real.

Written through the bot's own storage, so that what the demo shows has passed the same rules.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

from passport.change import applied, change
from passport.form import PeriodKey
from passport.loader import Passport
from passport.register import ClassDraft
from passport.sheet import Sheet
from passport.values import Item, Named, Nothing, Number, Slot, Value
from storage import answers, classes, invites, people, reports
from storage.database import Database, Transaction
from storage.people import Role

YEAR, BEFORE = "2026-2027", "2025-2026"
START_DAY = (2027, 1, 12, 9, 20)  # a Tuesday after the winter break, two days before the deadline
FILLED: tuple[tuple[str, PeriodKey], ...] = (
    *((BEFORE, period) for period in ("base", "I", "II", "III", "IV")),
    (YEAR, "base"),
    (YEAR, "I"),
)
BEGUN: tuple[str, PeriodKey] = ("s24", "II")  # somebody stopped in the middle
NEWCOMER_SCHOOL = "s40"  # takes part, but nobody of it has opened the bot yet

TRACKS = {
    "медицинская": ("Химия", "Биология"),
    "инженерная": ("Математика", "Физика"),
    "педагогическая": ("Обществознание", "Литература"),
    "ИТ": ("Информатика", "Математика"),
    "морская": ("Физика", "География"),
}
EVENTS = {
    "municipal": ("Ярмарка профессий", "Экскурсия в порт", "День открытых дверей колледжа"),
    "regional": ("Форум «Профессии края»", "Научная конференция школьников"),
    "national": ("Проект «Билет в будущее»",),
}
SEMINARS = ("Семинар в ИМЦ", "Вебинар о профильном обучении", "Круглый стол с вузами")


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody of the city with an account, or about to get one."""

    telegram_id: int
    name: str  # of the chat on the demo page only; the bot stores no names
    role: Role | None
    school: str | None
    note: str


RESIDENTS = (
    Resident(1001, "Координатор школы № 24", "coordinator", "s24", "замдиректора, отчёт начат"),
    Resident(1002, "Второй координатор № 24", "coordinator", "s24", "та же школа, другой телефон"),
    Resident(1003, "Координатор школы № 33", "coordinator", "s33", "отчёт за II четверть не начат"),
    Resident(1004, "Новый координатор", None, NEWCOMER_SCHOOL, "школа № 40, ссылка ещё не открыта"),
    Resident(1005, "Методист ИМЦ", "methodist", None, "собирает отчёты школ"),
    Resident(1006, "Начальник отдела УО", "manager", None, "смотрит показатели"),
    Resident(1007, "Родитель девятиклассника", None, None, "в боте впервые"),
)


async def settle(database: Database, passport: Passport) -> str:
    """Fills an empty database; the token of the newcomer's invite."""
    async with database.write() as tx:
        for one in RESIDENTS:
            if one.role is not None:
                post = "замдиректора" if one.role == "coordinator" else ""
                await people.add(tx, one.telegram_id, one.role, one.school, post)
        token = await invites.create(tx, "coordinator", NEWCOMER_SCHOOL, "замдиректора")
    author = 1001
    for school in passport.schools.schools:
        if school.list == "candidate" and school.slug != NEWCOMER_SCHOOL:
            async with database.write() as tx:
                person = await people.by_telegram_id(tx, author)
                assert person is not None
                await _fill_school(tx, passport, school.slug, school.number, person.id)
    return token


async def _fill_school(
    tx: Transaction, passport: Passport, school: str, number: int, by: int
) -> None:
    chance = random.Random(number)  # noqa: S311  # the same city every time
    tracks = chance.sample(sorted(TRACKS), k=1 + (number % 3 > 0))
    for year in (BEFORE, YEAR):
        drafts = [
            ClassDraft(10 + (year == YEAR), "АБВ"[place], "class", track)
            for place, track in enumerate(tracks)
        ]
        await classes.add(tx, school, year, drafts)
        for one in (await classes.register(tx, school, year)).open:
            await classes.add_subjects(tx, one.id, TRACKS[one.track])
    for year, period in FILLED:
        window = passport.calendar.window(year, period)
        late = number in (31, 46) and period in ("I", "III")
        moment = window.due_at + timedelta(hours=20 if late else -1 - number % 7)
        await _fill_report(replace(tx, now=moment), passport, (school, year, period), chance, by)
    if school == BEGUN[0]:
        await _fill_report(tx, passport, (school, YEAR, BEGUN[1]), chance, by, answers_given=7)


async def _fill_report(
    tx: Transaction,
    passport: Passport,
    which: tuple[str, str, PeriodKey],
    chance: random.Random,
    by: int,
    *,
    answers_given: int | None = None,
) -> None:
    """Answers and sends a report; with ``answers_given`` it is left there, begun."""
    school, year, period = which
    report = await reports.open_report(tx, school, year, period)
    filling = await reports.filling(tx, passport.form, report)
    sheet = filling.sheet
    given = 0
    while (gap := sheet.next_gap()) is not None:
        if given == answers_given:
            return
        given += 1
        edits = change(sheet, gap, _answer(sheet, gap, chance))
        assert isinstance(edits, tuple), edits
        await answers.save(tx, report.id, edits, by)
        sheet = applied(sheet, edits)
    late = tx.now > passport.calendar.window(year, period).due_at
    await reports.submit(tx, replace(filling, sheet=sheet), reports.Sending(by, late))


def _answer(sheet: Sheet, slot: Slot, chance: random.Random) -> Value:
    """Something a school might say, and the form takes."""
    question = sheet.form.question(slot.question)
    offered = sheet.offered(slot)
    if question.offer is not None and offered is not None:
        return Number(offered)
    if slot.question == "r1":
        before = sheet.previous(slot)
        if isinstance(before, Number):
            return Number(before.value - chance.choice((0, 0, 0, 1)))
        return Number(Decimal(chance.randint(17, 27)))
    if question.kind == "average":
        return Number(Decimal(chance.randint(370, 460)) / 100)
    if slot.question == "r3":
        return Number(Decimal(chance.randint(3, 6)))
    if question.kind == "named":
        return _named(slot.question, chance)
    if chance.random() < 0.4:
        return Nothing()
    return Number(Decimal(chance.randint(1, 3)))


def _named(question: str, chance: random.Random) -> Value:
    if question == "r8":
        seminar = chance.choice(SEMINARS)
        return Named((Item(seminar, chance.randint(1, 4)),))
    row, level = question.split(".")
    if level == "fourth" or chance.random() < 0.25:
        return Nothing()
    if row == "r4":
        subject = chance.choice(sorted({name for pair in TRACKS.values() for name in pair}))
        return Named((Item(f"Олимпиада: {subject.lower()}", chance.randint(2, 7)),))
    names = chance.sample(EVENTS[level], k=min(len(EVENTS[level]), chance.randint(1, 2)))
    return Named(tuple(Item(name, chance.randint(4, 16)) for name in names))


def jumps(passport: Passport, now: datetime) -> Iterator[tuple[str, datetime]]:
    """Moments worth going to, from the calendar: (label, moment)."""
    zone = passport.calendar.zone
    for year in passport.calendar.years:
        for dates in year.periods:
            window = passport.calendar.window(year.key, dates.key)
            name = passport.form.period(dates.key).name
            if window.due_at + timedelta(days=1) > now:
                yield f"К сроку: {name}", (window.due_at - timedelta(hours=8)).astimezone(zone)
                yield f"После срока: {name}", (window.due_at + timedelta(hours=16)).astimezone(zone)
