"""Letters of the plan: a year day by day, what is done meanwhile, silence, switches."""

from datetime import date, timedelta
from html import unescape

import pytest

from demo.telegram import Person
from passport.plan_states import Done
from passport.plan_windows import window_at
from storage import people, plan_marks, plan_terms, schools
from storage.outbox import State
from tests.clock import KAMCHATKA, local
from tests.scenarios.plan.test_evidence import MAY, QUARTERS, ROWS
from tests.scenarios.plan.year import add_class, only, report, say_of, screen
from tests.scenarios.reminders.watch import rows
from tests.world import World

NEXT = "2027-2028"


async def told(world: World, person: Person, kind: str = "measures") -> list[str]:
    """Local moments of what came by itself."""
    async with world.app.database.read() as tx:
        account = await people.by_telegram_id(tx, person.id)
    assert account is not None
    return [
        f"{one.sent_at.astimezone(KAMCHATKA):%d.%m.%Y %H:%M}"
        for one in await rows(world)
        if one.kind == kind and one.person == account.id and one.sent_at is not None
    ]


def letter(person: Person) -> str:
    """The newest letter of the plan."""
    return next(
        unescape(one.text)
        for one in reversed(person.chat.from_bot)
        if one.text.startswith("📌 План мероприятий")
    )


async def mark(world: World, key: str, day: date) -> None:
    """A mark of staff for the window of a day."""
    measure = world.app.passport.plan.measure(key)
    async with world.app.database.write() as tx:
        terms = await plan_terms.read(tx, world.app.passport)
        window = window_at(measure, terms, day)
        await plan_marks.put(tx, measure, window, Done(day, "mark"), None)


async def quiet(world: World) -> None:
    """Reports of the year so far are accepted: nobody is reminded of one."""
    for school in ("s24", "s33"):
        for period in QUARTERS[:3]:
            await report(world, school, period, ROWS)


@pytest.fixture
async def spring(world: World) -> World:
    """Two schools, at the beginning of April 2027."""
    world.clock.move_to(local(2027, 3, 31, 12))
    await only(world, "s24", "s33")
    await quiet(world)
    return world


YEAR_OF = {
    "methodist": [
        *("28.04.2027", "20.05.2027", "28.05.2027", "22.07.2027", "29.07.2027"),
        *("10.08.2027", "20.08.2027"),
    ],
    "manager": [
        *("28.04.2027", "20.05.2027", "28.05.2027", "22.07.2027", "29.07.2027"),
        *("10.08.2027", "20.08.2027"),
    ],
    # On Friday, 20 August the note on the campaign opens: a school hears of the plan on Monday.
    "s24": [
        *("28.04.2027", "20.05.2027", "28.05.2027", "22.07.2027", "29.07.2027"),
        *("10.08.2027", "23.08.2027"),
    ],
}


async def test_a_year_day_by_day_with_restarts(world: World) -> None:
    """Every letter once, on its morning; nothing at night, on weekends, after the end."""
    world.clock.move_to(local(2026, 9, 2, 12))
    await only(world, "s24", "s33")
    readers = {
        "methodist": await world.staff("methodist"),
        "manager": await world.staff("manager"),
        "s24": await world.coordinator("s24"),
    }
    mornings = {one for days in YEAR_OF.values() for one in days} | {"01.04.2027"}
    day = date(2026, 9, 3)
    while day <= date(2027, 9, 20):
        closely = f"{day:%d.%m.%Y}" in mornings
        for hour, minute in ((3, 0), (8, 45), (9, 0), (9, 1), (20, 0)):
            if closely:
                await world.restart()
            if closely or (hour, minute) == (9, 0):
                await world.at(day.year, day.month, day.day, hour, minute)
        day += timedelta(days=1)
    for name, person in readers.items():
        assert await told(world, person) == [f"{one} 09:00" for one in YEAR_OF[name]], name
    for name in ("methodist", "manager"):
        assert await told(world, readers[name], "last_summer") == ["01.04.2027 09:00"]
    assert await told(world, readers["s24"], "last_summer") == []


async def test_what_a_school_is_told(spring: World) -> None:
    coordinator = await spring.coordinator("s24")
    await spring.at(2027, 4, 28, 9, 0)
    text = letter(coordinator)
    assert text == (
        "📌 План мероприятий\n\n"
        "Начинается сб 1 мая 2027\n"
        "• 1.2. Направленности классов, до 01.08.2027\n"
        "   Нужно: карточки классов на новый год, с направленностью\n"
        "• 2.1. Информирование о приёме, до 31.08.2027\n"
        "   Нужно: справка о кампании"
    )
    await spring.press(coordinator, "Классы и договоры")
    assert "Классы и группы" in screen(coordinator)


async def test_what_staff_are_told(spring: World) -> None:
    methodist, manager = await spring.staff("methodist"), await spring.staff("manager")
    await spring.at(2027, 5, 20, 9, 0)
    for one in (methodist, manager):
        text = letter(one)
        assert "До вс 30 мая 2027 (осталось 10 дней)\n• 6.1. Анализ оснащения" in text
        assert "анкеты мая: принятых пока нет, ждём 2 школы, на 20.05.2027" in text
        assert "4.3" not in text  # of the schools
    await spring.press(methodist, "6.1")
    assert screen(methodist).startswith("6.1. Ежегодный анализ")


async def test_what_is_done_is_not_reminded_of(spring: World) -> None:
    """The school that has done its part hears nothing; the other hears of what is left."""
    ready, other = await spring.coordinator("s24"), await spring.coordinator("s33")
    spring.clock.move_to(local(2027, 5, 18, 12))
    for school in ("s24", "s33"):
        await report(spring, school, "IV", ROWS)
    await report(spring, "s24", "may", MAY)
    await mark(spring, "2.2", date(2027, 5, 18))
    for day in (20, 21, 24, 25, 26):
        await spring.at(2027, 5, day, 9, 0)
    assert await told(spring, ready) == []
    text = letter(other)
    for key in ("4.3", "4.4", "4.5", "5.2"):
        assert f"• {key}." in text
    for key in ("2.2", "4.6", "5.3"):  # marked, and rows of the quarters
        assert f"• {key}." not in text
    row = next(one for one in await rows(spring) if one.kind == "measures")
    assert row.state == State.DROPPED
    assert row.reason == "уже не нужно"


async def test_only_parts_of_a_reminder_are_nothing(spring: World) -> None:
    """4.4, 4.5 … are named beside others; alone they are not worth a letter."""
    coordinator = await spring.coordinator("s24")
    spring.clock.move_to(local(2027, 5, 18, 12))
    await report(spring, "s24", "IV", ROWS)
    for key in ("2.2", "4.3", "5.2"):
        await mark(spring, key, date(2027, 5, 18))
    for day in (20, 21, 24, 25, 26):
        await spring.at(2027, 5, day, 9, 0)
    assert await told(spring, coordinator) == []


async def test_marked_between_writing_and_sending(spring: World) -> None:
    manager = await spring.staff("manager")
    spring.clock.move_to(local(2027, 5, 20, 9, 0))
    await spring.app.schedule.plan()
    await mark(spring, "6.1", date(2027, 5, 20))
    await spring.tick()
    assert await told(spring, manager) == []


async def test_after_a_silence_one_right_letter(spring: World) -> None:
    methodist = await spring.staff("methodist")
    spring.clock.move_to(local(2027, 7, 22, 9, 0))
    await spring.app.schedule.plan()  # written, and then the bot was down
    await spring.restart()
    await spring.at(2027, 7, 30, 9, 0)
    assert await told(spring, methodist) == ["30.07.2027 09:00"]
    text = letter(methodist)
    assert text.index("До вс 1 августа 2027 (осталось 2 дня)") < text.index(
        "Начинается вс 1 августа"
    )
    assert "5.1" in text
    assert "1.9" in text
    await spring.restart()
    await spring.at(2027, 8, 2, 9, 0)
    assert await told(spring, methodist) == ["30.07.2027 09:00"]


async def test_nothing_after_the_fact(spring: World) -> None:
    methodist = await spring.staff("methodist")
    spring.clock.move_to(local(2027, 7, 22, 9, 0))
    await spring.app.schedule.plan()
    await spring.at(2027, 8, 2, 9, 0)
    assert await told(spring, methodist) == []


async def test_not_beside_a_reminder_of_a_report(spring: World) -> None:
    """20 May is the morning after the fourth quarter's report has opened; cards are asked about
    then too. The letter comes on the first morning that is free."""
    coordinator = await spring.coordinator("s24")
    mornings: dict[str, set[str]] = {}
    for day in range(17, 29):
        await spring.at(2027, 5, day, 9, 0)
        await spring.at(2027, 5, day, 15, 0)
    for one in await rows(spring):
        if one.kind in ("measures", "reminder", "cards_check") and one.sent_at is not None:
            at = one.sent_at.astimezone(KAMCHATKA)
            mornings.setdefault(f"{at:%d.%m}", set()).add(one.kind)
    assert len(await told(spring, coordinator)) == 2
    for kinds in mornings.values():
        assert kinds == {"measures"} or "measures" not in kinds


async def test_who_came_later_and_who_left(spring: World) -> None:
    await spring.at(2027, 5, 20, 9, 0)
    late = await spring.staff("manager")
    await spring.at(2027, 5, 24, 9, 0)
    await spring.at(2027, 5, 25, 9, 0)
    assert await told(spring, late) == ["24.05.2027 09:00"]
    gone = await spring.coordinator("s33")
    async with spring.app.database.write() as tx:
        await schools.leave(tx, "s33", "2026-2027", date(2027, 5, 1), None)
        await schools.set_participation(tx, "s33", NEXT, takes_part=False, by=None)
    await spring.at(2027, 5, 28, 9, 0)
    assert await told(spring, gone) == []


async def test_the_last_summer_is_asked_about_once_and_switched_off(spring: World) -> None:
    methodist, manager = await spring.staff("methodist"), await spring.staff("manager")
    await spring.at(2027, 4, 1, 8, 45)
    assert await told(spring, methodist, "last_summer") == []
    await spring.at(2027, 4, 1, 9, 0)
    text = screen(methodist)
    assert "Последнее лето Проекта" in text
    assert "7 сроков плана: пп. 1.2, 1.8, 1.9, 2.1, 4.1, 4.2, 5.1" in text
    assert "2027/28 учебный год" in text
    await spring.press(methodist, "Отключить сроки лета 2027")
    assert "✅ Сроки лета 2027 отключены." in screen(methodist)
    await spring.press(manager, "Отключить сроки лета 2027")
    assert "уже отключены" in screen(manager)
    new = await spring.staff("manager")
    for month, day in ((4, 2), (4, 28), (5, 28), (7, 22), (8, 10)):
        await spring.at(2027, month, day, 9, 0)
    assert await told(spring, methodist, "last_summer") == ["01.04.2027 09:00"]
    assert await told(spring, new, "last_summer") == []
    assert await told(spring, methodist) == ["28.05.2027 09:00"]
    assert "6.1" in letter(methodist)  # of the year itself, until 30 May
    assert "4.1" not in letter(methodist)


async def test_a_school_that_joins_is_offered_its_local_acts(world: World) -> None:
    world.clock.move_to(local(2026, 6, 20, 12))
    await only(world, "s24")
    async with world.app.database.write() as tx:
        await schools.set_participation(tx, "s12", "2026-2027", takes_part=True, by=None)
    new, old = await world.coordinator("s12"), await world.coordinator("s24")
    await world.at(2026, 6, 26, 9, 0)
    assert await told(world, new) == ["26.06.2026 09:00"]
    assert "1.4. ЛНА школ, до 20.08.2026\n   Нужно: ссылка на ЛНА" in letter(new)
    assert await told(world, old) == []
    await say_of(world, await add_class(world, "s12", "2026-2027"), local_act_url="https://a.ru/b")
    await world.at(2026, 8, 10, 9, 0)
    assert "1.4" not in letter(new)
