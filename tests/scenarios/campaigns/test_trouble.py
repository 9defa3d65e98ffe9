"""The channel in trouble: rights, silence of Telegram, restarts, a post that somebody deleted."""

from pathlib import Path

import pytest

from demo.telegram import Person
from demo.telegram.faults import Fault
from demo.telegram.sim_faults import FaultSwitches
from tests.clock import local
from tests.scenarios.campaigns.summer import CHANNEL, Summer, drafts, told

OPEN = "Набор в предпрофессиональные классы открыт"
TO_CHANNEL = {"chat_id": CHANNEL}


@pytest.fixture
async def eve(summer: Summer, manager: Person) -> Summer:
    """31 May, after the draft of «набор открыт»; the post of May has gone out."""
    await summer.add_class()
    for day in ((4, 30), (5, 4), (5, 31)):
        await summer.at(2027, *day, 10, 0)
    assert len(summer.stands) == 1
    return summer


def troubles(person: Person) -> int:
    return sum("Посты в канал не выходят" in one.text for one in person.chat.from_bot)


async def test_a_renamed_channel_is_shown_under_its_new_name(eve: Summer, manager: Person) -> None:
    eve.telegram.world.chats[CHANNEL].title = "Школы города"
    await eve.at(2027, 5, 31, 10, 30)
    await eve.say(manager, "/campaign")
    assert "Канал: «Школы города», бот может публиковать" in told(manager)


async def test_a_channel_whose_address_was_changed_is_asked_for(tmp_path: Path) -> None:
    world = Summer(tmp_path, channel_id="@uo_pkgo")
    world.admit()
    async with world:
        manager = await world.staff("manager")
        await world.at(2027, 5, 31, 9, 0)
        await world.say(manager, "/campaign")
        assert "Канал по адресу @uo_pkgo не найден" in told(manager)
        assert "Если адрес сменили, скажите его оператору бота" in told(manager)


async def test_put_out_of_the_channel_and_let_in_again(eve: Summer, manager: Person) -> None:
    eve.channel.kick(eve.admin.id)
    await eve.at(2027, 5, 31, 15, 0)
    assert "Бота нет в канале: добавьте его администратором" in told(manager)
    await eve.at(2027, 6, 1, 10, 0)
    await eve.at(2027, 6, 1, 15, 0)
    assert len(eve.stands) == 1
    assert troubles(manager) == 2  # when it happened, and on the day when a post waits
    await eve.say(manager, "/campaign")
    assert "вт 1 июня, 10:00 – Набор в предпрофессиональные классы открыт (ждёт канала)" in told(
        manager
    )
    eve.admit()
    await eve.at(2027, 6, 1, 15, 2)
    assert eve.titles[-1] == OPEN
    await eve.restart()
    await eve.at(2027, 6, 1, 15, 10)
    assert eve.titles.count(OPEN) == 1


async def test_reduced_rights_are_noticed_before_the_post(eve: Summer, manager: Person) -> None:
    eve.admit("can_manage_chat", "can_edit_messages")
    await eve.at(2027, 6, 1, 10, 0)
    assert "дайте ему право публиковать сообщения" in told(manager)
    eve.admit()
    await eve.at(2027, 6, 1, 10, 2)
    assert eve.titles[-1] == OPEN


async def test_rights_that_come_back_at_night_wait_for_the_morning(
    eve: Summer, manager: Person
) -> None:
    eve.channel.kick(eve.admin.id)
    await eve.at(2027, 6, 4, 15, 0)
    eve.admit()
    await eve.at(2027, 6, 4, 23, 0)
    await eve.at(2027, 6, 5, 12, 0)  # a Saturday
    assert OPEN not in eve.titles
    await eve.at(2027, 6, 7, 8, 31)
    assert eve.titles[-1] == OPEN


async def test_a_stale_post_never_goes_out_when_a_later_one_is_due(
    eve: Summer, manager: Person
) -> None:
    eve.channel.kick(eve.admin.id)
    await eve.at(2027, 6, 1, 10, 0)
    await eve.at(2027, 6, 30, 10, 0)
    await eve.at(2027, 7, 1, 10, 0)
    eve.admit()
    await eve.at(2027, 7, 1, 10, 2)
    assert eve.titles[1:] == ["Где есть места в предпрофессиональных классах"]
    assert (await eve.posts())["open"].state == "missed"


async def test_lost_between_the_look_and_the_call(eve: Summer, manager: Person) -> None:
    """We looked, we might; the very call is refused: the post waits as if it had not begun."""
    description = "Bad Request: need administrator rights in the channel chat"
    eve.telegram.faults.add(
        Fault("sendMessage", match=TO_CHANNEL, code=400, description=description)
    )
    await eve.at(2027, 6, 1, 10, 0)
    assert OPEN not in eve.titles
    assert (await eve.posts())["open"].state == "draft"
    await eve.at(2027, 6, 1, 10, 11)
    assert eve.titles.count(OPEN) == 1


async def test_rights_that_look_good_and_are_refused_each_time_are_told_of_once(
    eve: Summer, manager: Person
) -> None:
    description = "Bad Request: need administrator rights in the channel chat"
    refusing = eve.telegram.faults.add(
        Fault("sendMessage", match=TO_CHANNEL, code=400, description=description, times=None)
    )
    for minute in range(0, 60, 11):
        await eve.at(2027, 6, 1, 10, minute)
    assert refusing.hits == 6
    assert troubles(manager) == 1
    eve.channel.kick(eve.admin.id)  # it has changed
    for minute in range(6, 60, 11):
        await eve.at(2027, 6, 1, 11, minute)
    assert "Бота нет в канале" in told(manager)
    assert troubles(manager) == 2
    eve.telegram.faults.remove(refusing)
    eve.admit()
    await eve.at(2027, 6, 1, 12, 30)
    assert eve.titles.count(OPEN) == 1
    eve.channel.kick(eve.admin.id)  # good for a while, and the post went out
    await eve.at(2027, 6, 1, 12, 45)
    assert troubles(manager) == 3


async def test_any_other_refusal_is_told_and_can_be_tried_again(
    eve: Summer, manager: Person
) -> None:
    eve.telegram.faults.add(Fault("sendMessage", match=TO_CHANNEL, code=400))
    await eve.at(2027, 6, 1, 10, 0)
    await eve.tick()
    assert "не вышел" in told(manager)
    await eve.press(manager, "Опубликовать")
    await eve.tick()
    assert eve.titles.count(OPEN) == 1


async def test_429_on_the_channel_only_delays(eve: Summer, manager: Person) -> None:
    eve.telegram.faults.add(Fault("sendMessage", match=TO_CHANNEL, retry_after=7, times=2))
    await eve.at(2027, 6, 1, 10, 0)
    await eve.tick()
    assert eve.titles.count(OPEN) == 1


@pytest.mark.parametrize(("answer", "posts"), [("Да, вышел", 1), ("Нет, опубликовать", 2)])
async def test_a_time_out_after_the_effect_is_held_and_asked_about(
    eve: Summer, manager: Person, answer: str, posts: int
) -> None:
    fault = Fault("sendMessage", match=TO_CHANNEL, drop_connection=True, after_effect=True)
    eve.telegram.faults.add(fault)
    await eve.at(2027, 6, 1, 10, 0)
    await eve.at(2027, 6, 1, 12, 0)
    assert f"Вышел ли пост «{OPEN}»?" in told(manager)
    assert eve.titles.count(OPEN) == 1
    await eve.press(manager, answer)
    await eve.at(2027, 6, 1, 13, 0)
    assert eve.titles.count(OPEN) == posts
    assert (await eve.posts())["open"].state == "published"


@pytest.mark.parametrize("key", ["lost", "down"])
@pytest.mark.parametrize("answer", ["Да, вышел", "Нет, опубликовать"])
async def test_the_demos_switches_lead_to_a_held_post_whose_buttons_work(
    eve: Summer, manager: Person, key: str, answer: str
) -> None:
    switches = FaultSwitches(eve.telegram)
    switches.switch(key, on=True)
    eve.clock.move_to(local(2027, 6, 1, 10, 0))
    await eve.app.schedule.plan()
    await eve.app.sender.once()  # the post is tried
    await eve.app.sender.flush()
    switches.switch(key, on=False)
    await eve.at(2027, 6, 1, 10, 5)
    assert (await eve.posts())["open"].state == "held"
    assert eve.titles.count(OPEN) == (key == "lost")
    await eve.press_below(manager, "Вышел ли пост", answer)
    await eve.at(2027, 6, 1, 10, 10)
    assert (await eve.posts())["open"].state == "published"
    assert eve.titles.count(OPEN) == (key == "lost") + (answer == "Нет, опубликовать")


async def test_the_second_answer_about_a_held_post_is_told_of_the_first(
    eve: Summer, manager: Person
) -> None:
    other = await eve.staff("manager")
    fault = Fault("sendMessage", match=TO_CHANNEL, drop_connection=True, after_effect=True)
    eve.telegram.faults.add(fault)
    await eve.at(2027, 6, 1, 10, 0)
    await eve.tick()
    await eve.press(manager, "Да, вышел")
    await eve.press(other, "Нет, опубликовать")
    assert "Раньше вас руководитель УО" in told(other)
    await eve.tick()
    assert eve.titles.count(OPEN) == 1


async def test_a_restart_between_queue_and_send(eve: Summer, manager: Person) -> None:
    eve.clock.move_to(local(2027, 6, 1, 10, 0))
    await eve.app.schedule.plan()  # queued, and nobody has sent it yet
    await eve.restart()
    await eve.tick()
    assert eve.titles.count(OPEN) == 1


async def test_a_restart_after_the_send(eve: Summer, manager: Person) -> None:
    eve.clock.move_to(local(2027, 6, 1, 10, 0))
    await eve.tick()
    for minute in (1, 5, 30):
        await eve.restart()
        await eve.at(2027, 6, 1, 10, minute)
    assert eve.titles.count(OPEN) == 1


async def test_deleted_by_hand_it_is_not_posted_again(eve: Summer, manager: Person) -> None:
    await eve.at(2027, 6, 1, 10, 0)
    message = eve.stands[-1].message_id
    eve.telegram.world.chats[CHANNEL].messages[message].deleted = True
    await eve.add_class("s33", "инженерная")
    await eve.at(2027, 6, 1, 11, 5)
    assert f"Пост «{OPEN}» удалён из канала" in told(manager)
    await eve.at(2027, 6, 1, 13, 0)
    await eve.restart()
    await eve.at(2027, 6, 2, 13, 0)
    assert OPEN not in eve.titles


async def test_down_over_an_occasion_the_newest_is_proposed_with_a_day_to_object(
    eve: Summer, manager: Person
) -> None:
    await eve.close()
    eve.clock.move_to(local(2027, 7, 21, 9, 0))
    await eve.open()
    await eve.tick()
    assert len(eve.stands) == 1
    assert drafts(manager) == 2  # of May and June; the new one comes at 10:00
    await eve.at(2027, 7, 21, 10, 0)
    assert any("Выйдет сам чт 22 июля, 10:00" in one.text for one in manager.chat.from_bot)
    await eve.at(2027, 7, 22, 10, 0)
    assert eve.titles[1:] == ["Набор продолжается: где есть места"]
    states = {key: one.state for key, one in (await eve.posts()).items()}
    assert states["open"] == states["seats_1"] == "missed"


async def test_without_a_channel_drafts_say_so_and_nothing_is_posted(tmp_path: Path) -> None:
    async with Summer(tmp_path) as world:
        manager = await world.staff("manager")
        await world.at(2027, 5, 31, 10, 0)
        assert "Канал не подключён" in told(manager)
        assert "Выйдет сам" not in told(manager)
        await world.press(manager, "Опубликовать сейчас")
        assert "Пост ждёт канала" in told(manager)
        await world.at(2027, 6, 1, 10, 0)
        assert world.channel.messages == []
        await world.say(manager, "/campaign")
        assert "Попросите оператора бота" in told(manager)
