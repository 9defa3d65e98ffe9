"""The screens of the bot as pages: made from the real bot, checked by a test.

``python -m tests.gallery`` writes docs/screens*.md anew.
"""

import asyncio
import re
import tempfile
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from html import unescape
from pathlib import Path

from demo import city, season
from demo.quarter import FIRST_MOMENT
from demo.telegram import Person
from demo.telegram.room import Room
from tests.clock import local
from tests.scenarios.steps import fill
from tests.world import World

CHANNEL = -1_002_026_000_001
DOCS = Path(__file__).parents[1] / "docs"
HEAD = """# Screens

What a coordinator sees on the way through a busy quarter, made by `python -m tests.gallery` from
the real bot; a test keeps it true. Buttons are in brackets.
"""

# (what the person does, text to type or label to press)
STEPS: list[tuple[str, str, str]] = [
    ("opens the list of reports", "press", "Отчёты школы"),
    ("opens a period that is not open yet", "press", "III четверть"),
    ("goes back", "press", "← Все отчёты"),
    ("opens the report", "press", "II четверть"),
    ("begins", "press", "▶ Продолжить"),
    ("names the classes", "say", "10 А медицинский\n11 Б группа инженерная"),
    ("types words for a number", "say", "двадцать"),
    ("types a number", "say", "24"),
    ("types the next one", "say", "12"),
    ("names subjects, one with its mark", "say", "Химия – 4,35\nБиология"),
    ("names the other class's subject", "say", "Физика"),
    ("types a mark", "say", "4,2"),
    ("has no mark to give", "press", "Отметок нет (аттестация по полугодиям)"),
    ("counts events", "say", "3"),
    (
        "pastes a list with a bad line and a name",
        "say",
        "Ярмарка – 24\nПорт\nИванов Иван Иванович – 1",
    ),
    ("mends the line", "say", "Порт – 12"),
    ("drops the name", "press", "Обойтись без этих строк"),
    ("takes the sum", "press", "Сумма: 36"),
    ("had nothing regional", "press", "Не было"),
    ("goes back", "press", "← Назад"),
    ("looks at the card", "press", "☰ Отчёт"),
    ("opens a finished group", "press", "1 ✅"),
    ("returns to the card", "press", "☰ Отчёт"),
    ("looks at the classes", "press", "Классы"),
    ("opens a class", "press", "✏️ 10 «А» (медицинская)"),
    ("returns to the card", "press", "☰ Отчёт"),
    ("goes on", "press", "▶ Продолжить"),
    ("had nothing national", "press", "Не было"),
    ("nor international", "press", "Не было"),
    ("had no olympiads", "press", "Олимпиад не было совсем"),
    ("but a winner of last year's", "say", "2"),
    ("none regional", "press", "Не было"),
    ("none national", "press", "Не было"),
    ("held nothing", "press", "Не было"),
    ("trained nobody", "press", "Не было"),
    ("sent teachers somewhere", "say", "Семинар в ИМЦ – 3"),
    ("explains a doubt", "press", "💬"),
    ("writes the comment", "say", "Итоги прошлогодней олимпиады"),
    ("sends", "press", "тправить"),
    ("asks for help", "say", "/help"),
    ("asks what is stored", "say", "/privacy"),
    ("wants to leave", "say", "/stop"),
    ("stays", "press", "Остаться"),
]


COLLECTING_HEAD = """# Screens of collecting

A second quarter as the methodist and two schools live through it, made by `python -m tests.gallery`
from the real bot; a test keeps it true. Buttons are in brackets; the first word says whose chat it
is.
"""

# (who, what happens, how, text to type, label to press or local moment to go to)
COLLECTING: list[tuple[str, str, str, str]] = [
    ("methodist", "makes a link", "say", "/invite"),
    ("methodist", "chooses the school", "press", "№ 24"),
    ("methodist", "and the post", "press", "замдиректора"),
    ("school 24", "the morning of the opening", "at", "2026-12-23 09:01"),
    ("methodist", "has the digest", "see", ""),
    ("school 24", "wants to hear of it tomorrow", "press", "Напомнить завтра"),
    ("school 24", "the next morning", "at", "2026-12-24 09:01"),
    ("school 24", "opens the first gap", "press", "▶ Заполнить"),
    ("school 24", "answers it", "say", "24"),
    ("school 24", "looks at the card", "press", "☰ Отчёт"),
    ("school 24", "asks for more time", "press", "Попросить ещё времени"),
    ("school 24", "names a day", "say", "20.01"),
    ("school 24", "and a reason", "press", "Командировка"),
    ("methodist", "is asked", "tick", ""),
    ("methodist", "grants it", "press", "Продлить"),
    ("school 24", "hears of it", "tick", ""),
    ("methodist", "looks at the dates", "say", "/deadlines"),
    ("methodist", "confirms them", "press", "Даты верны"),
    ("methodist", "moves one for all", "press", "Перенести: II четверть"),
    ("methodist", "types a Sunday", "say", "17.01"),
    ("methodist", "takes the day that is offered", "press", "Перенести на пн 18 января"),
    ("methodist", "says why", "press", "Погода, циклон"),
    ("school 33", "hears of it", "tick", ""),
    ("school 33", "two working days before", "at", "2027-01-14 09:01"),
    ("school 33", "sends a quiet quarter", "fill", ""),
    ("methodist", "sees that it came", "tick", ""),
    ("methodist", "opens the board", "say", "/reports"),
    ("methodist", "opens a report", "press", "№ 33"),
    ("methodist", "looks at a row", "press", "1 ✅"),
    ("methodist", "goes back", "press", "← Отчёт школы"),
    ("methodist", "returns it", "press", "Вернуть"),
    ("methodist", "ticks a number", "press", "☐ Учеников"),
    ("methodist", "writes the sentence", "say", "Сверьте число учеников с приказом"),
    ("methodist", "sends it", "press", "Вернуть школе"),
    ("school 33", "has it back", "tick", ""),
    ("school 33", "mends it", "press", "▶ Исправить"),
    ("school 33", "with another number", "say", "22"),
    ("school 33", "sends it again", "press", "тправить"),
    ("methodist", "sees what has changed", "say", "33"),
    ("methodist", "opens the report", "press", "Отчёт: II четверть"),
    ("methodist", "accepts it", "press", "Принять"),
    ("school 33", "is thanked", "tick", ""),
    ("methodist", "asks who owes", "say", "кто не сдал"),
    ("methodist", "reminds them", "press", "Напомнить всем"),
    ("school 24", "is reminded", "tick", ""),
    ("methodist", "looks into the journal", "press", "Журнал"),
    ("methodist", "and at what people did", "press", "Кто что сделал"),
    ("methodist", "enters for a school that phoned", "say", "школа 24"),
    ("methodist", "opens its report", "press", "Отчёт: II четверть"),
    ("methodist", "begins", "press", "Внести за школу"),
    ("methodist", "looks at the schools", "say", "/schools"),
    ("methodist", "opens one", "press", "№ 24"),
    ("methodist", "opens an account", "press", "✏️ замдиректора"),
    ("methodist", "asks for help", "say", "/help"),
    ("manager", "looks at the staff", "say", "/staff"),
]
INDICATORS_HEAD = """# Screens of indicators, registers and files

The sample city on its first morning: a manager before a meeting, a school that keeps its cards.
Made by `python -m tests.gallery` from the real bot; a test keeps it true. Buttons are in brackets;
the first word says whose chat it is.
"""
INDICATORS: list[tuple[str, str, str, str]] = [
    ("manager", "before a meeting", "say", "/indicators"),
    ("manager", "asks about one", "press", "Доля школ"),
    ("manager", "and where it comes from", "press", "Из чего сложилось"),
    ("manager", "opens the official rows", "press", "Официальные"),
    ("manager", "goes back", "press", "← Показатель"),
    ("manager", "to the year", "press", "← Показатели"),
    ("manager", "compares the years", "press", "По годам"),
    ("manager", "in words", "say", "показатели 2025"),
    ("manager", "looks at the schools", "press", "По школам"),
    ("manager", "before a director enters", "say", "/indicators 33"),
    ("manager", "mistypes", "say", "/indicators завтра"),
    ("manager", "opens the settings", "press", "Настройки"),
    ("manager", "wants another number of schools", "press", "Изменить число школ"),
    ("manager", "types words", "say", "тридцать"),
    ("manager", "types it", "say", "31"),
    ("manager", "wants a workbook", "say", "/export"),
    ("manager", "of contracts", "press", "Договоры по видам"),
    ("school 24", "opens its cards", "say", "/school"),
    ("school 24", "opens a class", "press", "✏️ 11"),
    ("school 24", "changes the seats", "press", "Мест всего"),
    ("school 24", "to too few", "say", "10"),
    ("school 24", "to enough", "say", "30 мест"),
    ("school 24", "confirms the rest", "press", "Всё верно"),
    ("school 24", "goes back", "press", "← Классы и договоры"),
    ("school 24", "opens the contracts", "press", "Договоры"),
    ("school 24", "adds one", "press", "＋ Договор"),
    ("school 24", "writes the partner its own way", "say", "КМК"),
    ("school 24", "means this one", "press", "Камчатский медицинский колледж"),
    ("school 24", "has a number", "say", "17-С"),
    ("school 24", "and a date", "say", "15.09.2026"),
    ("school 24", "that ends before it starts", "say", "01.09.2026"),
    ("school 24", "mends it", "say", "31.08.2028"),
    ("school 24", "sees its own part", "say", "/indicators"),
    ("school 24", "asks for the form to fill offline", "say", "/import"),
    ("school 24", "sends it back", "file", ""),
    ("methodist", "looks at the contracts of the city", "say", "/schools"),
    ("methodist", "opens them", "press", "Договоры города"),
    ("methodist", "and the partners", "press", "Партнёры"),
    ("methodist", "opens one", "press", "Морской колледж"),
]
PROJECT_HEAD = """# Screens of the passport: plan, risks, tasks, the brief

Made by `python -m tests.gallery` from the real bot and its sample city; a test keeps it true. The
first word says whose chat it is.
"""
PROJECT: list[tuple[str, str, str, str]] = [
    ("methodist", "looks at the plan of measures", "say", "/plan"),
    ("methodist", "by sections", "press", "По разделам"),
    ("methodist", "one of them, with what the data say", "press", "5. Педагоги"),
    ("methodist", "by who answers", "press", "По ответственным"),
    ("methodist", "what windows depend on", "say", "/plan 6.2"),
    ("methodist", "and what can be switched", "press", "Настроить сроки"),
    ("methodist", "opens a measure", "say", "план 6.1"),
    ("methodist", "marks it as done", "press", "Отметить выполненным"),
    ("methodist", "on a day that is none", "say", "давно"),
    ("methodist", "on a day", "say", "вчера"),
    ("methodist", "with what is no link", "say", "приказ 15"),
    ("methodist", "with a link", "say", "edu.pkgo.ru/spravka.pdf"),
    ("methodist", "looks at what is history", "say", "/plan"),
    ("methodist", "of 2022", "press", "История 2022"),
    ("manager", "five minutes before a meeting", "say", "сводка к совещанию"),
    ("manager", "wants it on paper", "press", "Word"),
    ("manager", "looks at the tasks", "press", "Задачи"),
    ("manager", "at one of them", "press", "6. Оснащение"),
    ("manager", "down to the schools", "press", "Строки: Оснащённые школы"),
    ("manager", "and at one school", "say", "справка школы 24"),
    ("school 24", "sees its own page, without risks", "say", "/brief"),
    ("manager", "asks what may go wrong", "say", "/risks"),
    ("manager", "opens one risk", "say", "риск 4"),
    ("manager", "opens the rows of a signal", "press", "Договоры кончаются"),
    ("manager", "looks at its thresholds", "press", "Пороги"),
    ("manager", "wants another one", "press", "1: жёлтый 60"),
    ("manager", "types nonsense", "say", "скоро"),
]
CAMPAIGN_HEAD = """# Screens of a campaign: managers, the channel, parents, schools

The sample city in the summer of 2027. Made by `python -m tests.gallery` from the real bot; a test
keeps it true. Buttons are in brackets; the first word says whose chat it is.
"""
CAMPAIGN: list[tuple[str, str, str, str]] = [
    ("manager", "has the draft of the first post", "at", "2027-05-31T10:01:00"),
    ("manager", "wants it for another messenger", "press", "Текст для ВКонтакте и MAX"),
    ("manager", "opens the campaign", "say", "/campaign"),
    ("manager", "looks at the dates", "press", "Изменить даты"),
    ("manager", "moves one", "press", "Последний день приёма"),
    ("manager", "types a wrong day", "say", "1 мая"),
    ("manager", "types a day", "say", "25.08.2027"),
    ("manager", "announces an open day", "press", "Объявление в канал"),
    (
        "manager",
        "writes it",
        "say",
        "День открытых дверей в школе № 33\n5 июня в 11:00, актовый зал.",
    ),
    ("manager", "drops it", "press", "Не публиковать"),
    ("channel", "gets the post at its hour", "at", "2027-06-01T10:05:00"),
    ("parent", "comes", "say", "/start"),
    ("parent", "looks at the tracks", "press", "Какие классы откроют"),
    ("parent", "opens one", "press", "Медицинская"),
    ("parent", "opens a class", "press", "№ 21"),
    ("parent", "asks in their own words", "say", "до какого числа подавать"),
    ("parent", "asks about a school", "say", "мед класс 33"),
    ("parent", "asks what nobody knows", "say", "а бассейн есть"),
    ("parent", "asks about exams", "say", "что сдавать на огэ"),
    ("parent", "wants to know of seats", "say", "медицинский"),
    ("parent", "subscribes", "press", "🔔 Сообщить о местах"),
    ("school 24", "is asked to look through its cards", "at", "2027-06-15T09:01:00"),
    ("school 24", "opens the numbers", "press", "Места и заявления"),
    ("school 24", "types them wrongly", "say", "25 31"),
    ("school 24", "types them", "say", "25 21 34"),
    ("channel", "has fresh numbers", "at", "2027-06-15T11:05:00"),
    ("parent", "is told of a seat", "at", "2027-08-03T10:30:00"),
    ("parent", "switches it off", "press", "Не сообщать"),
    ("manager", "looks at the campaign in August", "say", "/campaign"),
    ("manager", "opens the note of plan 2.1", "press", "Справка 2.1"),
    ("manager", "goes back", "press", "← Кампания"),
    ("manager", "compares with the last summer", "press", "Сравнить с прошлой"),
]
SECRET = re.compile("start=i_[A-Za-z0-9_-]+")


async def render_collecting(world: World) -> str:
    """The page: each step and all that the bot newly says in the chat of whom it is about."""
    world.clock.move_to(local(2026, 12, 22, 10, 0))
    await world.give_classes("s24", "Химия")
    await world.give_classes("s33", "Физика")
    cast = {"methodist": await world.staff("methodist"), "manager": await world.staff("manager")}
    for number in (24, 33):
        cast[f"school {number}"] = await world.coordinator(f"s{number}")
    return await play(world, COLLECTING_HEAD, cast, COLLECTING)


async def render_indicators(world: World) -> str:
    return await play(world, INDICATORS_HEAD, await sample_city(world), INDICATORS)


async def render_project(world: World) -> str:
    return await play(world, PROJECT_HEAD, await sample_city(world), PROJECT)


async def sample_city(world: World) -> dict[str, Person]:
    """Its people on its first morning."""
    world.clock.move_to(FIRST_MOMENT)
    await city.settle(world.app.database, world.app.passport)
    cast = {}
    for name, number in (("manager", 1006), ("methodist", 1005), ("school 24", 1001)):
        cast[name] = world.telegram.person(id=number, name=name)
        cast[name].start()
    await world.pump()
    return cast


async def render_campaign(_world: World) -> str:
    """The sample city's summer, with a channel: a world of its own."""
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder), channel_id=str(CHANNEL))
        # A Sunday: the scheduler of a slow machine must not write messages before the first step.
        world.clock.move_to(local(2027, 5, 30, 9, 30))
        keeper = world.telegram.person(id=1006, name="manager")
        world.telegram.channel(id=CHANNEL, title="УО ПКГО: школы города").admit(by=keeper.id)
        async with world:
            await city.settle(world.app.database, world.app.passport)
            cast: dict[str, Person | Room] = {"channel": world.telegram.channel(id=CHANNEL)}
            for name, number in (("manager", 1006), ("school 24", 1001), ("parent", 1007)):
                person = world.telegram.person(id=number, name=name)
                if name != "parent":
                    person.start()
                cast[name] = person
            await world.pump()
            return await play(world, CAMPAIGN_HEAD, cast, CAMPAIGN)


async def play(
    world: World,
    head: str,
    cast: Mapping[str, Person | Room],
    steps: list[tuple[str, str, str, str]],
) -> str:
    """Each step, and all that the bot newly says in the chat of whom it is about."""
    seen = {name: newest(person) for name, person in cast.items()}
    parts = [head]
    for name, title, how, words in steps:
        person = cast[name]
        if how == "at":
            before, after = world.clock.now(), datetime.fromisoformat(f"{words}+12:00")
            await season.live(world.app.database, before, after)
            world.clock.move_to(after)
            await world.tick()
        elif how == "tick":
            await world.tick()
        else:
            assert isinstance(person, Person)
            await act(world, person, how, words)
        heading = f"{name} {title}" + (f": «{words}»" if words else "")
        parts.append(section(heading, person, seen[name]))
        seen[name] = newest(person)
    return SECRET.sub("start=i_…", "\n".join(parts))


async def act(world: World, person: Person, how: str, words: str) -> None:
    match how:
        case "say":
            await world.say(person, words)
        case "press":
            await press(world, person, words)
        case "file":
            sent = [one.document for one in person.chat.from_bot if one.document is not None]
            assert sent[-1] is not None
            person.send_document(sent[-1].name, sent[-1].data)
            await world.pump()
        case "fill":
            await fill(world, person)
            await world.press(person, "тправить")


def newest(person: Person | Room) -> int:
    return max((message.message_id for message in person.chat.history), default=0)


async def render(world: World) -> str:
    """The page: each step and all that the bot newly says."""
    person = await world.coordinator("s24")
    parts = [HEAD, section("opens the invite link", person, 0)]
    for title, act, words in STEPS:
        before = max(message.message_id for message in person.chat.history)
        if act == "say":
            await world.say(person, words)
        else:
            await press(world, person, words)
        shown = words.replace("\n", " ⏎ ")
        parts.append(section(f"{title}: «{shown}»", person, before))
    return "\n".join(parts)


async def press(world: World, person: Person, label: str) -> None:
    """Presses the button of this name, or the first whose label contains it."""
    assert person.screen is not None
    labels = person.screen.labels
    await world.press(
        person, next(one for one in [label, *labels] if one in labels and label in one)
    )


def section(title: str, person: Person | Room, after: int) -> str:
    """What is new below a message, and the screen of now."""
    every = person.chat.from_bot
    said = [one for one in every if one.message_id > after] or every[-1:]
    lines = [f"\n## {title}\n"]
    for message in said:
        lines += ["```text", unescape(message.text)]
        lines += [f"[{'] ['.join(button.text for button in row)}]" for row in message.buttons]
        if message.document is not None:
            lines.append(f"({message.document.name})")
        lines.append("```")
    return "\n".join(lines)


PAGES: dict[str, Callable[[World], Awaitable[str]]] = {
    "screens.md": render,
    "screens-collecting.md": render_collecting,
    "screens-indicators.md": render_indicators,
    "screens-project.md": render_project,
    "screens-campaign.md": render_campaign,
}


async def main() -> None:
    for name, made in PAGES.items():
        with tempfile.TemporaryDirectory() as folder:
            async with World(Path(folder)) as world:
                page = await made(world)
        await asyncio.to_thread((DOCS / name).write_text, page + "\n")


if __name__ == "__main__":
    asyncio.run(main())
