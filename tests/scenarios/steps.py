"""Steps that scenarios share: how far a person has come, and what is stored by then."""

import sqlite3
from contextlib import closing
from decimal import Decimal
from pathlib import Path

from sqlalchemy import text

from demo.telegram import Person
from passport.form import PeriodKey
from passport.values import Number, Slot
from storage import reports
from tests.world import YEAR, World, shown

MUNICIPAL = Slot("r3.municipal")
EVENTS = Slot("r3")
# What people answered and who they are; not the post between Telegram and the bot.
KEPT = (
    "answers",
    "answer_log",
    "class_subjects",
    "classes",
    "doubt_answers",
    "invites",
    "people",
    "reports",
    "submissions",
)
NAMES = {"base": "База на 01.09", "I": "I четверть", "II": "II четверть"}

# What a press is answered with that can no longer be carried out.
SENTENCES = (
    "Эта кнопка устарела. Вот что сейчас.",
    "Это отчёт другой школы: у вас нет к нему доступа.",
    "Такого отчёта больше нет. Вот что сейчас.",
    "На этот вопрос уже есть ответ.",
    "Этот класс уже закрыт. Вот что сейчас.",
)
Rows = dict[str, list[tuple[object, ...]]]


def number(value: str | int) -> Number:
    return Number(Decimal(value))


async def begin(world: World, person: Person, period: PeriodKey = "II") -> None:
    """From anywhere to the first question of a report."""
    await world.say(person, "/reports")
    await world.press(person, NAMES[period])
    await world.press(person, "Продолжить")


async def to_mark(world: World, person: Person, period: PeriodKey = "II") -> None:
    """To «Химия: средний балл»."""
    await begin(world, person, period)
    await world.say(person, "24")


async def to_events(world: World, person: Person) -> None:
    """To «Сколько было мероприятий вне учебного плана?»."""
    await to_mark(world, person)
    await world.say(person, "4,35")


async def to_list(world: World, person: Person) -> None:
    """To the list of events of the municipal level."""
    await to_events(world, person)
    await world.say(person, "3")
    assert "Мероприятия, муниципальный уровень" in shown(person)


async def fill(
    world: World, person: Person, given: dict[str, str] | None = None, period: PeriodKey = "II"
) -> None:
    """Answers everything to the review. ``given``: a part of a question → the answer to it;
    a quiet quarter for the rest. An answer that is a button's label is pressed."""
    await begin(world, person, period)
    replies = (given or {}) | {"сколько учеников на": "24", "средний балл": "4,35"}
    replies = replies | (given or {})
    for _ in range(40):
        screen = shown(person)
        if "Все ответы есть" in screen:
            return
        question = screen.split("Например")[0]
        reply = next((text for part, text in replies.items() if part in question), "Не было")
        assert person.screen is not None
        if reply in person.screen.labels:
            await world.press(person, reply)
        else:
            await world.say(person, reply)
    raise AssertionError(f"the report is not full yet: {shown(person)}")


async def send(world: World, person: Person, period: PeriodKey = "II") -> None:
    """Fills a quiet quarter and sends it; a minute passes, as it does with people."""
    await fill(world, person, period=period)
    await world.press(person, "тправить")
    filled = await world.form_year()
    assert filled.fillings[period].report.status == "submitted"


async def sql(world: World, statement: str, **values: object) -> None:
    """What staff or time would do to the database."""
    async with world.app.database.write() as tx:
        await tx.connection.execute(text(statement), values)


async def report_id(world: World, period: PeriodKey = "II", school: str = "s24") -> int:
    """The id of a school's report, begun now if there is none."""
    async with world.app.database.write() as tx:
        return (await reports.open_report(tx, school, YEAR, period)).id


def stored(world: World) -> Rows:
    """Everything that is kept of answers and people, read by a stranger to the bot."""
    with closing(sqlite3.connect(f"file:{_file(world)}?mode=ro", uri=True)) as base:
        return {table: base.execute(f"SELECT * FROM {table}").fetchall() for table in KEPT}


def everything(world: World) -> str:
    """Every row of every table, as text."""
    with closing(sqlite3.connect(f"file:{_file(world)}?mode=ro", uri=True)) as base:
        tables = base.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return "\n".join(
            repr(row) for (table,) in tables for row in base.execute(f"SELECT * FROM {table}")
        )


def on_disk(world: World) -> bytes:
    """The bytes of the database with its write-ahead log, freed pages included."""
    path = _file(world)
    return b"".join(one.read_bytes() for one in sorted(path.parent.glob(f"{path.name}*")))


def _file(world: World) -> Path:
    assert world.app.database.url.database is not None
    return Path(world.app.database.url.database)


def labels(person: Person) -> list[str]:
    assert person.screen is not None
    return person.screen.labels


def has_live_screen(person: Person) -> bool:
    """Whether the last thing that the bot said can be acted on."""
    return person.last is not None and person.last == person.screen


async def forge(world: World, person: Person, data: str) -> None:
    """Presses a made-up button on the present screen."""
    assert person.screen is not None
    person.forge_callback(data, person.screen)
    await world.pump()


def refused(person: Person, before: Rows, after: Rows) -> None:
    """One sentence, no excuse, buttons that live, nothing changed."""
    assert after == before
    text = shown(person)
    assert sum(text.count(sentence) for sentence in SENTENCES) == 1, text
    assert has_live_screen(person)
