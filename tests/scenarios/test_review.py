"""The last look: doubts confirmed, mended, commented; sending once; what a receipt says."""

import re
from datetime import timedelta

import pytest

from demo.telegram import Person
from passport.form import PeriodKey
from passport.values import Slot
from tests.scenarios.steps import (
    fill,
    has_live_screen,
    labels,
    number,
    report_id,
    send,
    stored,
)
from tests.world import World, shown

Given = dict[str, str]
PLAIN: Given = {"провела сама школа": "1"}  # so that nothing but the tested doubt is raised
OLYMPIADS: Given = {
    "Олимпиады по профильным предметам, муниципальный": "Олимпиада по химии – 6",
    "Олимпиады по профильным предметам, региональный": "Олимпиада по химии – 6",
    "призёры олимпиад, муниципальный": "2",
    "призёры олимпиад, региональный": "2",
}
EVENTS: Given = {"вне учебного плана, в которых": "2"}
MUNICIPAL = "Мероприятия, муниципальный уровень: какие"
# (answers of quarter I or None, answers of quarter II, the doubt, what mends it)
SOFT: dict[str, tuple[Given | None, Given, str, str]] = {
    "V06": (
        None,
        OLYMPIADS | {"Сколько всего разных": "1"},
        "Всего разных победителей и призёров 1, а на одном уровне 2",
        "3",
    ),
    "V07": (
        None,
        EVENTS | {MUNICIPAL: "Ярмарка – 9\nФорум – 5", "сколько всего учеников": "20"},
        "всего 20 чел., а по названиям 14",
        "14",
    ),
    "V09": (None, EVENTS | {MUNICIPAL: "9"}, "форма просит названия", "Ярмарка – 9"),
    "V10": (
        None,
        EVENTS | {MUNICIPAL: "Ярмарка – 30"},
        "участников 30, а учеников в классах 24",
        "Ярмарка – 3",
    ),
    "V11": (
        None,
        {
            "вне учебного плана, в которых": "1",
            MUNICIPAL: "Ярмарка – 9\nФорум – 5",
            "сколько всего учеников": "14",
        },
        "Названо мероприятий: 2, а всего указано 1",
        "2",
    ),
    "V12": (None, EVENTS, "участников нет ни на одном уровне", "0"),
    "V14": (
        None,
        OLYMPIADS | {"Сколько всего разных": "5"},
        "Победителей и призёров всего 5, а по уровням 4",
        "4",
    ),
    "V16": ({}, {"сколько учеников на": "10"}, "было 24, стало 10. Верно?", "23"),
    "V17": ({}, {"средний балл": "3,6"}, "средний балл был 4,35, стал 3,6. Верно?", "4,3"),
    "V17_low": (None, {"средний балл": "2,5"}, "средний балл 2,5 – ниже 3", "3,5"),
    "V18": (None, {"провела сама школа": "Не было"}, "Отправить нулевой отчёт?", "нет"),
    "V19": ({}, {}, "полностью совпали с прошлой четвертью", "нет"),
}


async def doubtful(world: World, person: Person, check: str) -> int:
    """To the review with this doubt; its number on the screen."""
    first, second, words, _ = SOFT[check]
    if first is not None:
        differs = {} if check == "V19" else {"завершили курсы": "2"}
        await fill(world, person, PLAIN | differs | first, "I")
    await fill(world, person, PLAIN | second)
    return numbered(person, words)


def numbered(person: Person, words: str) -> int:
    found = re.search(rf"^(\d)\. .*{re.escape(words)}", shown(person), re.MULTILINE)
    assert found, shown(person)
    return int(found[1])


@pytest.mark.parametrize("check", SOFT)
async def test_a_soft_doubt_is_settled_by_yes(
    world: World, coordinator: Person, check: str
) -> None:
    place = await doubtful(world, coordinator, check)
    await world.press(coordinator, f"{place} ✔ Да, верно")
    assert SOFT[check][2] not in shown(coordinator)
    assert len(stored(world)["doubt_answers"]) == 1
    await world.press(coordinator, "тправить")
    assert len(stored(world)["submissions"]) == 1


@pytest.mark.parametrize("check", [key for key in SOFT if key not in ("V18", "V19")])
async def test_a_soft_doubt_is_settled_by_mending_the_answer(
    world: World, coordinator: Person, check: str
) -> None:
    place = await doubtful(world, coordinator, check)
    before = stored(world)["answers"]
    await world.press(coordinator, f"{place} ✏️ Исправить")
    assert "Например" in shown(coordinator)
    await world.say(coordinator, SOFT[check][3])
    assert stored(world)["answers"] != before
    assert "Все ответы есть" in shown(coordinator)
    assert SOFT[check][2] not in shown(coordinator)


@pytest.mark.parametrize("check", SOFT)
async def test_a_soft_doubt_is_settled_by_a_comment(
    world: World, coordinator: Person, check: str
) -> None:
    place = await doubtful(world, coordinator, check)
    await world.press(coordinator, f"{place} 💬")
    assert "Напишите одну фразу для методиста" in shown(coordinator)
    await world.say(coordinator, "Проверили по журналу,  всё так")
    assert SOFT[check][2] not in shown(coordinator)
    assert [row[3] for row in stored(world)["doubt_answers"]] == ["Проверили по журналу, всё так"]


BLOCKED = PLAIN | {"призёры олимпиад, муниципальный": "2"}


async def blocked(world: World, person: Person) -> None:
    """To a review with a doubt that wants a comment, and to the request for it."""
    await fill(world, person, BLOCKED)
    assert "(нужно пояснение)" in shown(person)
    assert not [label for label in labels(person) if "тправить" in label]
    assert not [label for label in labels(person) if "Да, верно" in label]
    await world.press(person, f"{numbered(person, 'нужно пояснение')} 💬")


async def test_a_doubt_that_wants_a_comment_blocks_sending_until_it_has_one(
    world: World, coordinator: Person
) -> None:
    await blocked(world, coordinator)
    await world.say(coordinator, "Итоги прошлогодней олимпиады")
    await world.press(coordinator, "Отправить отчёт")
    assert len(stored(world)["submissions"]) == 1


@pytest.mark.parametrize(
    "bad",
    ["Так сказала Иванова Мария Петровна", "Звоните 8 914 023-45-67", "я" * 501, "\u3164"],
)
async def test_a_comment_that_says_too_much_or_nothing_is_asked_again(
    world: World, coordinator: Person, bad: str
) -> None:
    await blocked(world, coordinator)
    await world.say(coordinator, bad)
    assert stored(world)["doubt_answers"] == []
    assert "⚠️" in shown(coordinator)
    assert "Напишите одну фразу для методиста" in shown(coordinator)
    await world.say(coordinator, "Итоги прошлогодней олимпиады")
    assert len(stored(world)["doubt_answers"]) == 1


@pytest.mark.parametrize("by", ["sticker", "/form", "/help", "/export", "/nonsense"])
async def test_the_request_for_a_comment_stays_open(
    world: World, coordinator: Person, by: str
) -> None:
    await blocked(world, coordinator)
    if by == "sticker":
        coordinator.send_sticker()
        await world.pump()
    else:
        await world.say(coordinator, by)
    await world.say(coordinator, "Итоги прошлогодней олимпиады")
    assert [row[3] for row in stored(world)["doubt_answers"]] == ["Итоги прошлогодней олимпиады"]


@pytest.mark.parametrize("pupils", ["23", "0"])
async def test_numbers_that_changed_since_they_were_shown_are_shown_again_before_sending(
    world: World, coordinator: Person, pupils: str
) -> None:
    await fill(world, coordinator, PLAIN)
    colleague = await world.coordinator("s24", "Коллега")
    await change_pupils(world, colleague, pupils)
    await world.press(coordinator, "тправить")
    assert stored(world)["submissions"] == []
    assert "Пока вы смотрели, числа изменились. Проверьте ещё раз." in shown(coordinator)
    assert f"1. Ученики – {pupils} чел." in shown(coordinator)


async def change_pupils(
    world: World, person: Person, pupils: str, period: PeriodKey = "II"
) -> None:
    await world.say(person, "/reports")
    await world.press(person, "II четверть")
    await world.press(person, "1 ✅")
    await world.press(person, "Учеников, 10")
    await world.say(person, pupils)
    assert (await world.answers(period))[Slot("r1", 1)] == number(pupils)


async def test_a_double_tap_sends_once(world: World, coordinator: Person) -> None:
    await fill(world, coordinator)
    coordinator.click("тправить")
    coordinator.click("тправить")
    await world.pump()
    assert len(stored(world)["submissions"]) == 1
    receipts = [one for one in coordinator.chat.from_bot if "Отчёт отправлен" in one.text]
    assert len(receipts) == 1
    assert coordinator.toasts[-1].text == "Отчёт уже отправлен"
    assert has_live_screen(coordinator)


async def test_a_change_after_sending_is_sent_again_with_what_it_was(
    world: World, coordinator: Person
) -> None:
    await send(world, coordinator)
    world.clock.shift(timedelta(hours=1))
    await change_pupils(world, coordinator, "20")
    await world.press(coordinator, "Отчёт")
    assert "Потом ответы изменились – отправьте отчёт снова" in shown(coordinator)
    await world.press(coordinator, "Проверить и отправить")
    await world.press(coordinator, "тправить")
    receipt = [one for one in coordinator.chat.from_bot if "Отчёт отправлен" in one.text][-1]
    assert "Номер: 24-2627-II-2" in receipt.text
    assert "Изменено с прошлой отправки: 1" in receipt.text
    assert "Учеников, 10 «А»: 24 чел. → 20 чел." in receipt.text
    assert [row[1] for row in stored(world)["submissions"]] == [1, 2]


async def test_a_report_sent_after_the_day_says_that_it_is_late(
    world: World, coordinator: Person
) -> None:
    world.clock.shift(timedelta(days=30))
    await send(world, coordinator)
    assert any("отмечено опоздание" in one.text for one in coordinator.chat.from_bot)
    assert stored(world)["submissions"][0][0] == await report_id(world)
