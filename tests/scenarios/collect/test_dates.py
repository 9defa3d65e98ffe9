"""Deadlines: exact to the second, moved in three taps, and everything follows at once."""

from collections.abc import Sequence

import pytest

from demo.telegram import Person
from tests.clock import local
from tests.scenarios.collect.steps import open_report, said, screen, second_quarter, sent
from tests.scenarios.steps import begin, fill, report_id
from tests.world import World


@pytest.fixture
async def methodist(world: World) -> Person:
    person = await world.staff("methodist")
    await world.tick()  # the morning's messages are behind
    return person


@pytest.mark.parametrize(("second", "words"), [(0, "В срок."), (1, "отмечено опоздание")])
async def test_the_last_second_is_in_time(
    world: World, coordinator: Person, second: int, words: str
) -> None:
    await fill(world, coordinator)
    world.clock.move_to(local(2027, 1, 14, 17, 0).replace(second=second, microsecond=999_000))
    await world.press(coordinator, "тправить")
    assert any(words in one.text for one in coordinator.chat.from_bot)


# (what is pressed from the screen on, who is told)
Taps = tuple[str, Sequence[str], tuple[bool, bool]]
TAPS: list[Taps] = [
    ("/deadlines", ("Перенести: II четверть", "пн 18 января", "Погода, циклон"), (True, True)),
    ("/deadlines", ("№ 24", "пн 18 января", "По просьбе школы"), (True, False)),
    ("report", ("Перенести срок", "пн 18 января", "По просьбе школы"), (True, False)),
]


@pytest.mark.parametrize("case", TAPS)
async def test_a_date_is_moved_in_three_taps(
    world: World, coordinator: Person, methodist: Person, case: Taps
) -> None:
    start, taps, told = case
    await report_id(world)
    await world.give_classes("s33", "Физика")
    other = await world.coordinator("s33")
    if start == "report":
        await open_report(world, methodist)
    else:
        await world.say(methodist, start)
    assert len(taps) <= 3
    for label in taps:
        await world.press(methodist, label)
    assert "✅ Срок перенесён: пн 18 января" in screen(methodist)
    before = [len(one.chat.from_bot) for one in (coordinator, other)]
    await world.tick()
    for person, count, is_told in zip((coordinator, other), before, told, strict=True):
        fresh = "\n".join(one.text for one in person.chat.from_bot[count:])
        assert ("Новый срок отчёта: пн 18 января, 17:00" in fresh) == is_told
    await world.say(coordinator, "/reports")
    assert "II четверть – осталось" in screen(coordinator)
    assert "срок пн 18 января, 17:00" in screen(coordinator)
    assert len([one for one in said(coordinator, 9).splitlines() if "Новый срок" in one]) == 1


WRONG = {
    "10.01": ("уже прошло", "Перенести на вт 12 января"),
    "17.01": ("нерабочий день", "Перенести на пн 18 января"),
    "20 декабря": ("закрывается чт 30.09.2027", None),
    "завтра": ("например: 21.01", None),
}


@pytest.mark.parametrize("text", WRONG)
async def test_a_wrong_day_is_refused_with_what_could_be_meant(
    world: World, methodist: Person, text: str
) -> None:
    await world.say(methodist, "/deadlines")
    await world.press(methodist, "Перенести: II четверть")
    await world.say(methodist, text)
    words, offered = WRONG[text]
    assert words in screen(methodist)
    assert methodist.screen is not None
    if offered is not None:
        await world.press(methodist, offered)
        assert "Почему?" in screen(methodist)
    await world.say(methodist, "/deadlines")
    assert "срок чт 14 января, 17:00" in screen(methodist)


async def test_a_day_before_the_opening_is_refused(world: World, methodist: Person) -> None:
    await world.say(methodist, "/deadlines")
    await world.press(methodist, "Перенести: III четверть")
    await world.say(methodist, "01.03")
    assert "откроется только пт 19.03.2027" in screen(methodist)


async def test_the_reason_may_be_typed_and_names_nobody(
    world: World, coordinator: Person, methodist: Person
) -> None:
    await world.say(methodist, "/deadlines")
    await world.press(methodist, "Перенести: II четверть")
    await world.press(methodist, "чт 21 января")
    await world.say(methodist, "Болеет Иванов Иван Иванович")
    assert "без фамилий и телефонов" in screen(methodist)
    await world.say(methodist, "отключали свет")
    assert "✅ Срок перенесён: чт 21 января" in screen(methodist)
    await world.tick()
    assert "Причина: отключали свет" in said(coordinator, 2)


async def test_late_marks_follow_the_deadline(
    world: World, coordinator: Person, methodist: Person
) -> None:
    await fill(world, coordinator)
    world.clock.move_to(local(2027, 1, 15, 10, 0))
    await world.press(coordinator, "тправить")
    await world.say(methodist, "/reports")
    assert "в срок 0, позже 1" in screen(methodist)
    await world.say(methodist, "/deadlines")
    await world.press(methodist, "Перенести: II четверть")
    await world.press(methodist, "пн 18 января")
    await world.press(methodist, "Погода")
    await world.say(methodist, "/reports")
    assert "в срок 1, позже 0" in screen(methodist)


async def test_who_was_in_time_stays_so_when_the_date_is_moved_nearer(
    world: World, coordinator: Person, methodist: Person
) -> None:
    await sent(world, coordinator)
    world.clock.move_to(local(2027, 1, 12, 9, 30))
    await world.say(methodist, "/deadlines")
    await world.press(methodist, "Перенести: II четверть")
    await world.say(methodist, "12.01")
    await world.press(methodist, "Без причины")
    world.clock.move_to(local(2027, 1, 13, 9, 30))
    await world.press(coordinator, "6 ✅")
    await world.press(coordinator, "✏️")
    await world.say(coordinator, "3")
    await world.press(coordinator, "тправить")
    await world.say(methodist, "/reports")
    assert "в срок 1, позже 0" in screen(methodist)


async def test_an_opening_is_moved(world: World, coordinator: Person, methodist: Person) -> None:
    await world.say(methodist, "/deadlines")
    await world.press(methodist, "Перенести: III четверть")
    await world.press(methodist, "Перенести открытие")
    await world.say(methodist, "23.03")
    await world.press(methodist, "Перенесли каникулы")
    assert "✅ Открытие перенесено: вт 23 марта" in screen(methodist)
    await world.say(coordinator, "/reports")
    assert "откроется вт 23 марта" in screen(coordinator)


async def test_more_time_is_asked_and_granted_by_taps(
    world: World, coordinator: Person, methodist: Person
) -> None:
    other = await world.staff("methodist")
    await world.tick()
    await begin(world, coordinator)
    await world.press(coordinator, "☰ Отчёт")
    for label in ("Попросить ещё времени", "пн 18 января", "Болезнь"):
        await world.press(coordinator, label)
    assert "Просьба методисту записана" in screen(coordinator)
    await world.press(coordinator, "Попросить ещё времени")
    assert "Срок до пн 18 января уже попросили" in screen(coordinator)
    await world.tick()
    await world.press(methodist, "Продлить")
    assert "срок продлён до пн 18 января" in screen(methodist)
    assert "Срок: пн 18 января, 17:00 (для этой школы)" in screen(methodist)
    refused = next(one for one in other.chat.from_bot if "просит продлить" in one.text)
    other.click("Отказать", refused)
    await world.pump()
    assert "Срок уже продлили." in screen(other)
    await world.tick()
    assert "Срок продлён: пн 18 января, 17:00" in said(coordinator)
    await world.press(coordinator, "К отчёту")
    assert "сколько учеников" in screen(coordinator)


async def test_more_time_is_refused(world: World, coordinator: Person, methodist: Person) -> None:
    await begin(world, coordinator)
    await world.press(coordinator, "☰ Отчёт")
    await world.press(coordinator, "Попросить ещё времени")
    await world.say(coordinator, "вчера")
    assert "например: 21.01" in screen(coordinator)
    await world.say(coordinator, "13.01")
    assert "Срок и сейчас не раньше" in screen(coordinator)
    await world.say(coordinator, "20 января")
    await world.say(coordinator, "ждём данные из колледжа")
    await world.tick()
    assert "Причина: ждём данные из колледжа" in said(methodist)
    await world.press(methodist, "Отказать")
    await world.tick()
    assert "Он прежний: чт 14 января, 17:00" in said(coordinator)


async def test_a_request_of_a_report_that_was_sent_is_not_asked_about(
    world: World, coordinator: Person, methodist: Person
) -> None:
    await fill(world, coordinator)
    await world.press(coordinator, "☰ Отчёт")
    for label in ("Попросить ещё времени", "пн 18 января", "Болезнь"):
        await world.press(coordinator, label)
    await world.press(coordinator, "Проверить и отправить")
    await world.press(coordinator, "тправить")
    await world.tick()
    assert not any("просит продлить" in one.text for one in methodist.chat.from_bot)
    assert (await second_quarter(world)).report.status == "submitted"


async def test_dates_are_confirmed_once_a_year(world: World, methodist: Person) -> None:
    await world.tick()
    assert "Проверьте сроки отчётов" in said(methodist, 2)
    await world.press(methodist, "Сроки")
    await world.press(methodist, "Даты верны")
    assert "Даты подтверждены вт 12 января." in screen(methodist)
    colleague = await world.staff("methodist")
    await world.tick()
    assert not any("Проверьте сроки" in one.text for one in colleague.chat.from_bot)
