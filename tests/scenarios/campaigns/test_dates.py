"""The four dates, moved by a manager: posts and the newest post follow."""

import asyncio
from datetime import date, timedelta

import pytest

from demo.telegram import Person
from demo.telegram.faults import Fault
from passport.calendar import school_year_of
from storage import campaigns
from tests.clock import local
from tests.scenarios.campaigns.summer import CHANNEL, Summer, drafts, told

OPEN = "Набор в предпрофессиональные классы открыт"


async def test_a_date_is_typed_or_pressed_and_posts_follow(summer: Summer, manager: Person) -> None:
    await summer.say(manager, "/campaign")
    await summer.press(manager, "Изменить даты")
    await summer.press(manager, "Начало приёма заявлений")
    await summer.say(manager, "когда-нибудь")
    assert "Напишите день и месяц, например: 01.06" in told(manager)
    await summer.press(manager, "вт 8 июня")
    assert "✅ Начало приёма заявлений: вт 8 июня." in told(manager)
    assert "вт 8 июня, 10:00 – Набор в предпрофессиональные классы открыт" in told(manager)
    assert await summer.acts() == ["join", "move_campaign"]
    await summer.press(manager, "Изменить даты")
    assert "Начало приёма заявлений: вт 8 июня (по плану вт 1 июня)" in told(manager)
    await summer.press(manager, "Вернуть даты плана")
    assert "Даты (по плану, пп. 2.1 и 4.2)" in told(manager)


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("Начало приёма заявлений", "20.08", "не позже чт 19 августа"),
        ("Начало приёма заявлений", "30.04", "не раньше сб 1 мая"),
        ("Последний день приёма", "1.06", "не раньше ср 2 июня"),
        ("Последний день приёма", "31.12", "идёт до 31.08.2027"),
        ("Начало информирования", "2.06", "не позже вт 1 июня"),
        ("Конец кампании", "19 августа", "не раньше пт 20 августа"),
        ("Конец кампании", "31.02", "Такого дня нет. Напишите день и месяц, например: 31.08"),
    ],
)
async def test_a_wrong_order_is_refused_with_an_example(
    summer: Summer, manager: Person, name: str, typed: str, words: str
) -> None:
    await summer.say(manager, "/campaign")
    await summer.press(manager, "Изменить даты")
    await summer.press(manager, name)
    await summer.say(manager, typed)
    assert words in told(manager)
    assert "апример: " in told(manager).split("\n")[0]
    assert await summer.acts() == ["join"]


async def move_opening(summer: Summer, manager: Person, day: str) -> None:
    await summer.say(manager, "/campaign")
    await summer.press(manager, "Изменить даты")
    await summer.press(manager, "Начало приёма заявлений")
    await summer.say(manager, day)
    assert "✅" in told(manager)


async def test_dates_moved_twice_on_one_day_while_a_draft_waits(
    summer: Summer, manager: Person
) -> None:
    await summer.at(2027, 4, 30, 10, 0)
    await summer.at(2027, 5, 4, 10, 0)
    await summer.at(2027, 5, 31, 10, 0)
    before = drafts(manager)
    await move_opening(summer, manager, "15.06")
    await move_opening(summer, manager, "10.06")
    await summer.at(2027, 6, 1, 10, 0)
    assert OPEN not in summer.titles
    assert drafts(manager) == before
    await summer.at(2027, 6, 9, 10, 0)
    assert drafts(manager) == before + 1
    await summer.at(2027, 6, 10, 10, 0)
    assert summer.titles[-1] == OPEN
    assert "с 10 июня по 20 августа" in summer.stands[-1].text
    await summer.at(2027, 6, 15, 10, 0)
    assert summer.titles.count(OPEN) == 1


async def test_a_slip_that_is_mended_on_the_same_day_costs_no_post(
    summer: Summer, manager: Person
) -> None:
    """Enrolment is said to be over on 5 June: what should have gone out by then is missed."""
    for day in ((4, 30), (5, 4), (5, 31), (6, 1), (6, 21)):
        await summer.at(2027, *day, 10, 0)
    for typed, state in (("5.06", "missed"), ("20.08", "draft")):
        await summer.say(manager, "/campaign")
        await summer.press(manager, "Изменить даты")
        await summer.press(manager, "Последний день приёма")
        await summer.say(manager, typed)
        await summer.tick()
        found = await summer.posts()
        assert found["two_weeks"].state == found["last_days"].state == state
    for day in ((6, 30), (7, 1), (7, 19), (7, 20), (8, 5), (8, 6), (8, 17), (8, 18), (8, 20)):
        await summer.at(2027, *day, 10, 0)
    assert summer.titles[2:] == [
        "Где есть места в предпрофессиональных классах",
        "Набор продолжается: где есть места",
        "До конца набора две недели",
        "Последние дни набора",
    ]


async def test_a_moved_date_edits_the_newest_post_at_once(summer: Summer, manager: Person) -> None:
    for day in ((4, 30), (5, 4), (5, 31), (6, 1)):
        await summer.at(2027, *day, 10, 0)
    await summer.say(manager, "/campaign")
    await summer.press(manager, "Изменить даты")
    await summer.press(manager, "Последний день приёма")
    await summer.at(2027, 6, 1, 10, 5)
    await summer.say(manager, "25.08")
    await summer.tick()
    assert "по 25 августа" in summer.stands[-1].text
    assert len(summer.stands) == 2


async def test_a_campaign_of_an_earlier_summer_is_read_only(
    summer: Summer, manager: Person
) -> None:
    await summer.say(manager, "/campaign")
    await summer.press(manager, "Лето 2026")
    assert "Закончена пн 31 августа" in told(manager)
    assert not [one for one in (manager.last.labels if manager.last else []) if "даты" in one]
    assert manager.last is not None
    manager.forge_callback("p3:dates:2026-2027:", manager.last)
    await summer.pump()
    assert "в ней уже ничего не меняется" in told(manager)
    manager.forge_callback("p3:day:2027-2028:opens.2027-99-99", manager.last)
    await summer.pump()
    manager.forge_callback("p3:day:2027-2028:nothing.2027-06-02", manager.last)
    await summer.pump()
    assert await summer.acts() == ["join"]


async def test_from_september_on_the_next_summer_is_at_hand(
    summer: Summer, manager: Person
) -> None:
    assert school_year_of(summer.clock.now().date()) == "2026-2027"
    await summer.at(2027, 9, 1, 10, 0)
    await summer.say(manager, "кампания")
    assert "Приёмная кампания лета 2028: классы 2028/29" in told(manager)


async def move_in_the_tables(summer: Summer, day: date) -> None:
    plan = summer.app.passport.campaigns.usual("2027-2028")
    async with summer.app.database.write() as tx:
        await campaigns.move(tx, plan.with_date("closes", day), None)


@pytest.mark.parametrize("seconds", [0, 2])
async def test_a_date_moved_while_the_post_is_being_edited_is_shown_at_the_next_tick(
    summer: Summer, manager: Person, seconds: int
) -> None:
    for day in ((4, 30), (5, 4), (5, 31), (6, 1)):
        await summer.at(2027, *day, 10, 0)
    summer.clock.move_to(local(2027, 6, 1, 10, 5))
    await move_in_the_tables(summer, date(2027, 8, 25))
    fault = summer.telegram.faults.add(Fault("editMessageText", delay=60))
    editing = asyncio.create_task(summer.app.channel.upkeep())
    await summer.telegram.changes.wait_until(lambda: fault.spent, 5)
    summer.clock.shift(timedelta(seconds=seconds))
    await move_in_the_tables(summer, date(2027, 8, 27))
    summer.telegram.let_go()
    await editing
    assert "по 25 августа" in summer.stands[-1].text
    summer.clock.shift(timedelta(seconds=5))
    await summer.tick()
    assert "по 27 августа" in summer.stands[-1].text


async def test_a_date_moved_while_the_post_is_being_sent_is_shown_at_the_next_tick(
    summer: Summer, manager: Person
) -> None:
    for day in ((4, 30), (5, 4), (5, 31)):
        await summer.at(2027, *day, 10, 0)
    summer.clock.move_to(local(2027, 6, 1, 10, 0))
    await summer.app.schedule.plan()
    fault = summer.telegram.faults.add(Fault("sendMessage", {"chat_id": CHANNEL}, delay=60))
    sending = asyncio.create_task(summer.app.sender.once())
    await summer.telegram.changes.wait_until(lambda: fault.spent, 5)
    summer.clock.shift(timedelta(seconds=2))
    await move_in_the_tables(summer, date(2027, 8, 27))
    summer.telegram.let_go()
    await sending
    summer.clock.shift(timedelta(seconds=5))
    await summer.tick()
    assert summer.titles[-1] == OPEN
    assert "по 20 августа" in summer.stands[-1].text
    summer.clock.shift(timedelta(seconds=5))
    await summer.tick()
    assert "по 27 августа" in summer.stands[-1].text
