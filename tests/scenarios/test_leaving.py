"""Leaving at any moment, asking for something else, and coming back to the same place."""

from datetime import timedelta

import pytest

from demo.telegram import Person
from passport.form import PeriodKey
from tests.scenarios.steps import (
    EVENTS,
    MUNICIPAL,
    NAMES,
    begin,
    everything,
    fill,
    forge,
    has_live_screen,
    labels,
    number,
    send,
    stored,
    to_events,
    to_list,
    to_mark,
)
from tests.world import World, shown

ASKED = "Сколько было мероприятий вне учебного плана"


@pytest.mark.parametrize("how", ["a month", "restart", "both", "a screen deleted by hand"])
async def test_form_shows_the_same_question_after(
    world: World, coordinator: Person, how: str
) -> None:
    await to_events(world, coordinator)
    if how in ("a month", "both"):
        world.clock.shift(timedelta(days=30))
    if how in ("restart", "both"):
        await world.restart()
    if how.startswith("a screen"):
        assert coordinator.screen is not None
        coordinator.delete(coordinator.screen)
    await world.say(coordinator, "/form")
    assert ASKED in shown(coordinator)
    assert has_live_screen(coordinator)
    await world.say(coordinator, "3")
    assert (await world.answers())[EVENTS] == number(3)


@pytest.mark.parametrize("how", ["a month", "restart"])
async def test_an_answer_without_form_is_taken_after(
    world: World, coordinator: Person, how: str
) -> None:
    await to_events(world, coordinator)
    if how == "a month":
        world.clock.shift(timedelta(days=30))
    else:
        await world.restart()
    await world.say(coordinator, "3")
    assert (await world.answers())[EVENTS] == number(3)
    assert "Мероприятия, муниципальный уровень" in shown(coordinator)


async def test_the_question_says_which_report_it_is_of(world: World, coordinator: Person) -> None:
    # After a month «на конец четверти» may be any of five columns.
    await to_events(world, coordinator)
    world.clock.shift(timedelta(days=30))
    await world.say(coordinator, "/form")
    assert "II четверть" in shown(coordinator)


@pytest.mark.parametrize("step", range(9))
async def test_every_step_of_a_quiet_quarter_survives_a_restart(
    world: World, coordinator: Person, step: int
) -> None:
    await begin(world, coordinator)
    replies = ["24", "4,35", "Не было", "Олимпиад не было совсем", "Победителей и призёров не было"]
    for reply in [*replies, "Не было", "Не было", "Не было"][:step]:
        if reply in labels(coordinator):
            await world.press(coordinator, reply)
        else:
            await world.say(coordinator, reply)
    before = shown(coordinator).splitlines()[-4:]
    await world.restart()
    await world.say(coordinator, "/form")
    if step < 8:
        assert shown(coordinator).splitlines()[-4:] == before
    else:
        assert "II четверть" in shown(coordinator)
        assert "Проверить и отправить" in labels(coordinator)


@pytest.mark.parametrize("command", ["/help", "/privacy", "/export", "/nonsense", "/form"])
async def test_after_a_command_the_open_question_still_takes_an_answer(
    world: World, coordinator: Person, command: str
) -> None:
    await to_events(world, coordinator)
    await world.say(coordinator, command)
    assert has_live_screen(coordinator)
    await world.say(coordinator, "3")
    assert (await world.answers())[EVENTS] == number(3)
    assert "Мероприятия, муниципальный уровень" in shown(coordinator)


@pytest.mark.parametrize("way", ["/start", "/start classes", "/reports", "/school", "card"])
async def test_after_looking_elsewhere_form_leads_back_to_the_report_at_hand(
    world: World, coordinator: Person, way: str
) -> None:
    await to_events(world, coordinator)
    before = stored(world)["answers"]
    if way == "card":
        await world.press(coordinator, "Отчёт")
    else:
        await world.say(coordinator, way)
    assert has_live_screen(coordinator)
    await world.say(coordinator, "/form")
    assert stored(world)["answers"] == before
    assert "II четверть" in shown(coordinator) or ASKED in shown(coordinator)


async def test_a_number_typed_when_no_question_is_open_is_not_recorded(
    world: World, coordinator: Person
) -> None:
    await to_events(world, coordinator)
    await world.press(coordinator, "Отчёт")
    before = stored(world)["answers"]
    await world.say(coordinator, "3")
    assert stored(world)["answers"] == before
    assert "Сейчас вопрос не открыт: нажмите кнопку" in shown(coordinator)
    assert "II четверть" in shown(coordinator)
    assert has_live_screen(coordinator)


async def test_start_in_the_middle_keeps_the_answers(world: World, coordinator: Person) -> None:
    await to_list(world, coordinator)
    await world.say(coordinator, "Ярмарка – 24\nВстреча с врачом")
    before = stored(world)
    await world.say(coordinator, "/start")
    assert "Школа № 24" in shown(coordinator)
    assert {"Заполнить отчёт", "Отчёты школы"} <= set(labels(coordinator))
    assert stored(world) == before
    await begin(world, coordinator)
    assert "❓ Встреча с врачом" in shown(coordinator)
    assert MUNICIPAL in await world.answers()


async def test_staying_after_stop_loses_nothing(world: World, coordinator: Person) -> None:
    await to_events(world, coordinator)
    before = stored(world)
    await world.say(coordinator, "/stop")
    assert "Отчёты школы останутся" in shown(coordinator)
    await world.press(coordinator, "Остаться")
    assert stored(world) == before
    assert has_live_screen(coordinator)


@pytest.mark.parametrize(
    "data", ["f1:none:1:r3:0:0:0", "c1:card:1:", "k1:closed:1:1:0", "g1:form", "s1:forget:0"]
)
async def test_after_leaving_old_buttons_open_nothing(
    world: World, coordinator: Person, data: str
) -> None:
    await to_events(world, coordinator)
    await world.say(coordinator, "/stop")
    await world.press(coordinator, "Удалить")
    assert coordinator.last is not None
    assert "вы удалены из бота" in coordinator.last.text
    before = stored(world)
    coordinator.forge_callback(data, coordinator.last)
    await world.pump()
    assert stored(world) == before
    assert "откройте ссылку-приглашение" in coordinator.last.text
    await world.say(coordinator, "24")
    assert stored(world) == before


async def test_after_leaving_nothing_leads_from_the_answers_to_the_account(
    world: World, coordinator: Person
) -> None:
    await to_events(world, coordinator)
    await world.say(coordinator, "/stop")
    await world.press(coordinator, "Удалить")
    kept = stored(world)
    assert str(coordinator.id) not in repr(kept)
    assert "замдиректора" not in repr(kept["people"])
    assert number(24) in (await world.answers()).values()
    await world.say(coordinator, "/stop")
    assert coordinator.last is not None
    assert "О вас ничего не хранится" in coordinator.last.text


@pytest.mark.parametrize("period", ["base", "I"])
async def test_an_earlier_column_can_be_filled_late(
    world: World, coordinator: Person, period: PeriodKey
) -> None:
    await world.say(coordinator, "/reports")
    await world.press(coordinator, NAMES[period])
    assert "Отчёт ещё принимаем – до чт 30 сентября, 23:59" in shown(coordinator)
    if period == "base":
        await world.press(coordinator, "Продолжить")
        await world.say(coordinator, "25")
        await world.say(coordinator, "4,1")
        assert "Все ответы есть" in shown(coordinator)
        await world.press(coordinator, "тправить")
    else:
        await send(world, coordinator, period)
    assert len([slot for slot in await world.answers(period) if slot.question < "r3"]) == 2
    assert [row[4] for row in stored(world)["submissions"]] == [1]


async def test_a_period_that_is_not_open_shows_what_will_be_asked(
    world: World, coordinator: Person
) -> None:
    await world.say(coordinator, "/reports")
    await world.press(coordinator, "III четверть")
    assert "Откроется пт 19 марта" in shown(coordinator)
    assert "3. Мероприятия вне учебного плана" in shown(coordinator)
    assert stored(world)["reports"] == []
    await world.say(coordinator, "24")
    assert stored(world)["answers"] == []
    await world.say(coordinator, "/reports")
    await forge(world, coordinator, "p1:2026-2027:III")
    await world.press(coordinator, "Все отчёты")
    assert "Отчёты за 2026/27 уч. год" in shown(coordinator)


async def test_export_in_the_middle_sends_the_form_and_keeps_the_question(
    world: World, coordinator: Person
) -> None:
    await to_events(world, coordinator)
    await world.say(coordinator, "/export")
    files = [one for one in coordinator.chat.from_bot if one.document]
    assert len(files) == 1
    assert ASKED in shown(coordinator)


async def test_a_screen_stands_alone_however_long_the_talk(
    world: World, coordinator: Person
) -> None:
    await to_mark(world, coordinator)
    for command in ("/help", "/form", "/reports", "/start", "/school", "/stop", "/form", "/export"):
        await world.say(coordinator, command)
        assert len([one for one in coordinator.chat.from_bot if one.buttons]) == 1
    await fill(world, coordinator)
    await world.restart()
    assert coordinator.name not in everything(world)
