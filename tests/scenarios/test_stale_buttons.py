"""A button may be pressed twice, in a month, by somebody else, or be made up: nothing changes."""

import pytest

from demo.telegram import Person
from passport.values import Nothing
from tests.clock import local
from tests.scenarios.steps import (
    EVENTS,
    begin,
    forge,
    has_live_screen,
    labels,
    refused,
    report_id,
    sql,
    stored,
    to_events,
    to_list,
    to_mark,
)
from tests.world import World, shown


async def test_two_presses_before_the_bot_answers_are_one_answer(
    world: World, coordinator: Person
) -> None:
    await to_events(world, coordinator)
    coordinator.click("Не было")
    coordinator.click("Не было")
    await world.pump()
    assert (await world.answers())[EVENTS] == Nothing()
    assert await world.logged(EVENTS) == 1
    assert "На этот вопрос уже есть ответ" in shown(coordinator)
    assert "Олимпиады" in shown(coordinator)
    assert has_live_screen(coordinator)


async def test_a_second_press_after_the_answer_does_not_answer_the_next_question(
    world: World, coordinator: Person
) -> None:
    await to_list(world, coordinator)
    assert coordinator.screen is not None
    old = next(b.data for row in coordinator.screen.buttons for b in row if b.text == "Не было")
    assert old is not None
    await world.press(coordinator, "Не было")
    before = stored(world)
    await forge(world, coordinator, old)
    refused(coordinator, before, stored(world))
    assert "региональный" in shown(coordinator)


@pytest.mark.parametrize("label", ["Позже", "Назад", "Отчёт"])
async def test_a_double_tap_on_a_way_out_goes_one_step(
    world: World, coordinator: Person, label: str
) -> None:
    await to_events(world, coordinator)
    before = stored(world)
    await world.press(coordinator, label)
    once = shown(coordinator)
    await world.say(coordinator, "/reports")
    await begin(world, coordinator)
    coordinator.click(label)
    coordinator.click(label)
    await world.pump()
    assert shown(coordinator) == once
    assert stored(world) == before
    assert has_live_screen(coordinator)


async def test_a_button_of_a_question_that_is_gone_from_the_chat_is_answered(
    world: World, coordinator: Person
) -> None:
    await to_mark(world, coordinator)
    old = coordinator.screen
    assert old is not None
    data = old.buttons[0][0].data
    assert data is not None
    await world.say(coordinator, "4,35")
    before = stored(world)
    coordinator.forge_callback(data, old)
    await world.pump()
    refused(coordinator, before, stored(world))
    assert len([one for one in coordinator.chat.from_bot if one.buttons]) == 1


async def test_a_button_of_another_period_never_touches_this_one(
    world: World, coordinator: Person
) -> None:
    await begin(world, coordinator, "I")
    await world.say(coordinator, "20")
    assert coordinator.screen is not None
    data = coordinator.screen.buttons[0][0].data
    assert data is not None
    await to_mark(world, coordinator)
    before = await world.answers()
    await forge(world, coordinator, data)
    assert await world.answers() == before
    assert has_live_screen(coordinator)


@pytest.mark.parametrize("state", ["closed", "accepted"])
@pytest.mark.parametrize("by", ["button", "text"])
async def test_a_report_that_is_locked_meanwhile_changes_no_more(
    world: World, coordinator: Person, state: str, by: str
) -> None:
    await to_events(world, coordinator)
    own = await report_id(world)
    if state == "closed":
        world.clock.move_to(local(2027, 10, 1, 0, 1))
        sentence = "Приём этого отчёта закрыт. Чтобы исправить ответ, напишите методисту ИМЦ."
    else:
        now = "2027-01-12 00:00:00.000000"
        query = "UPDATE reports SET status='accepted', accepted_at=:now WHERE id=:id"
        await sql(world, query, now=now, id=own)
        sentence = "попросите методиста ИМЦ открыть его снова"
    before = stored(world)
    if by == "button":
        await world.press(coordinator, "Не было")
    else:
        await world.say(coordinator, "3")
    assert stored(world) == before
    assert sentence in shown(coordinator)
    assert has_live_screen(coordinator)
    assert "▶ Продолжить" not in labels(coordinator)


async def test_classes_of_a_closed_year_change_no_more(world: World, coordinator: Person) -> None:
    await to_events(world, coordinator)
    own = await report_id(world)
    world.clock.move_to(local(2027, 10, 1, 0, 1))
    for data in (f"k1:add:{own}:0:0", f"k1:closed:{own}:1:0", f"k1:drop:{own}:1:1"):
        before = stored(world)
        await forge(world, coordinator, data)
        assert "классы уже не меняются" in shown(coordinator)
        await world.say(coordinator, "11 Б инженерная")
        assert stored(world) == before
        assert has_live_screen(coordinator)


@pytest.mark.parametrize("by", ["button", "text"])
async def test_an_answer_about_a_subject_dropped_meanwhile_is_not_taken(
    world: World, coordinator: Person, by: str
) -> None:
    await to_mark(world, coordinator)
    await sql(world, "UPDATE class_subjects SET dropped_at='2027-01-12 00:00:00.000000'")
    before = stored(world)
    if by == "text":
        await world.say(coordinator, "4,35")
    else:
        await world.press(coordinator, "Предмет не вёлся")
    assert stored(world) == before
    assert "Вот что сейчас" in shown(coordinator)
    assert has_live_screen(coordinator)


@pytest.mark.parametrize("answered", [False, True])
async def test_an_answer_about_a_class_closed_meanwhile_is_not_taken(
    world: World, coordinator: Person, answered: bool
) -> None:
    await begin(world, coordinator)
    if answered:
        await world.say(coordinator, "24")
    await sql(world, "UPDATE classes SET closed_at='2027-01-12 00:00:00.000000'")
    before = stored(world)
    await world.say(coordinator, "4,35" if answered else "24")
    assert stored(world) == before
    assert "Вот что сейчас" in shown(coordinator)
    assert has_live_screen(coordinator)


async def test_a_closing_pressed_twice_closes_once(world: World, coordinator: Person) -> None:
    await begin(world, coordinator)
    await world.press(coordinator, "Отчёт")
    await world.press(coordinator, "Классы")
    await world.press(coordinator, "10 «А»")
    await world.press(coordinator, "Закрыть класс")
    coordinator.click("Да, закрыть")
    coordinator.click("Да, закрыть")
    await world.pump()
    assert "Этот класс уже закрыт" in shown(coordinator)
    assert has_live_screen(coordinator)
    assert (await world.form_year()).register.open == ()
