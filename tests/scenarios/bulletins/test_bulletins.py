"""Subscribers hear of enrolment and of seats: once a day, by day, only what is still so."""

from datetime import date

import pytest

from demo.telegram import Person
from handlers.parents.callbacks import parent_tap, subscribe_tap
from passport.campaign import Campaign
from passport.register import ClassDraft
from storage import campaigns, class_cards, classes, openings, subscriptions
from storage.outbox import State
from storage.subscriptions import Filter
from tests.clock import local
from tests.scenarios.bulletins.steps import (
    ALL,
    MEDICAL,
    SCHOOL_33,
    SUMMER,
    Summer,
    moments,
    told,
)
from tests.world import World


@pytest.fixture
async def summer(world: World) -> Summer:
    """31 May 2027, a Monday: tomorrow enrolment opens."""
    made = Summer(world)
    await made.begin()
    await world.at(2027, 5, 31, 12, 0)
    return made


@pytest.fixture
async def july(world: World, summer: Summer) -> Summer:
    """Enrolment is on, nobody has a seat, and whoever subscribes now has heard of nothing."""
    await summer.seats(summer.medical, 25, 25)
    await summer.seats(summer.engineering, 20, 20)
    await world.at(2027, 7, 5, 10, 0)
    return summer


async def move(world: World, campaign: Campaign) -> None:
    async with world.app.database.write() as tx:
        await campaigns.move(tx, campaign, None)


def buttons(person: Person) -> list[str]:
    assert person.screen is not None
    return [one.data or "" for row in person.screen.buttons for one in row]


async def test_enrolment_opens_in_the_morning_of_its_day(world: World, summer: Summer) -> None:
    await summer.seats(summer.medical, 25, 22)
    parents = [await summer.parent(one) for one in (ALL, MEDICAL, SCHOOL_33)]
    await world.at(2027, 6, 1, 7, 0)
    assert [moments(one) for one in parents] == [[], [], []]
    await world.at(2027, 6, 1, 8, 31)
    await world.at(2027, 6, 1, 12, 0)
    await world.at(2027, 6, 2, 12, 0)
    assert [moments(one) for one in parents] == [["01.06 08:31"]] * 3
    (_, text), (_, engineering) = told(parents[1])[0], told(parents[2])[0]
    assert "Набор в предпрофессиональные классы открыт" in text
    assert "с 1 июня по 20 августа" in text
    assert "• Школа № 24, 10 «А», медицинская – 3 места (на 31.05)" in text
    assert "школы ещё не сообщили" in engineering
    assert "№ 24" not in engineering


async def test_a_seat_is_told_to_whom_it_concerns(world: World, july: Summer) -> None:
    medical, engineering, both = (
        await july.parent(MEDICAL),
        await july.parent(SCHOOL_33),
        await july.parent(MEDICAL, ALL),
    )
    await july.seats(july.medical, 25, 24)
    await world.at(2027, 7, 5, 10, 5)
    assert len(told(medical)) == len(told(both)) == 1
    assert told(engineering) == []
    ((_, text),) = told(medical)
    assert text.splitlines() == [
        "🔔 Появились места",
        "",
        "• Школа № 24, 10 «А», медицинская – 1 место (на 05.07)",
        "",
        "Заявления принимает школа по 20 августа.",
    ]
    assert buttons(medical) == [
        parent_tap("class", str(july.medical)),
        subscribe_tap("off_all"),
    ]


async def test_two_seats_on_one_day_are_two_messages_on_two_days(
    world: World, july: Summer
) -> None:
    parent = await july.parent(ALL)
    await july.seats(july.medical, 25, 24)
    await world.at(2027, 7, 5, 10, 5)
    await july.seats(july.engineering, 20, 18)
    await world.at(2027, 7, 5, 11, 0)
    third = await july.open_class("s33", "морская", "Б")
    await july.seats(third, 10, 1)
    await world.at(2027, 7, 5, 17, 0)
    assert moments(parent) == ["05.07 10:05"]
    await world.at(2027, 7, 6, 8, 45)
    await world.at(2027, 7, 6, 9, 0)
    await world.at(2027, 7, 6, 15, 0)
    assert moments(parent) == ["05.07 10:05", "06.07 09:00"]
    text = told(parent)[1][1]
    assert "инженерная – 2 места" in text
    assert "морская – 9 мест" in text
    assert "медицинская" not in text  # told yesterday


async def test_a_seat_that_is_gone_by_the_time_is_not_told(world: World, july: Summer) -> None:
    parent = await july.parent(ALL)
    await world.at(2027, 7, 5, 20, 0)
    await july.seats(july.medical, 25, 24)
    await world.at(2027, 7, 5, 20, 30)
    await july.seats(july.medical, 25, 25)
    await world.at(2027, 7, 6, 9, 0)
    assert told(parent) == []
    # Its row came to nothing in the morning; a seat at noon is still today's news.
    await july.seats(july.medical, 25, 24)
    await world.app.schedule.plan()
    await july.seats(july.medical, 25, 25)
    await world.tick()
    assert [one.state for one in await july.rows()] == [State.DROPPED]
    await july.seats(july.engineering, 20, 19)
    await world.at(2027, 7, 6, 12, 0)
    assert moments(parent) == ["06.07 12:00"]


async def test_a_closed_class_is_not_told(world: World, july: Summer) -> None:
    parent = await july.parent(ALL)
    await july.seats(july.medical, 25, 24)
    await world.app.schedule.plan()
    await july.close_class(july.medical)
    await world.tick()
    assert told(parent) == []


async def test_a_class_that_parents_see_again_or_at_last_is_a_seat_that_came_up(
    world: World, july: Summer
) -> None:
    parent = await july.parent(MEDICAL)
    await july.seats(july.medical, 25, 24)
    await july.close_class(july.medical)
    await world.at(2027, 7, 5, 10, 5)
    assert told(parent) == []
    async with world.app.database.write() as tx:
        again = [ClassDraft(10, "А", "class", "медицинская")]
        await class_cards.add(tx, "s24", SUMMER, again, None)
    await world.at(2027, 7, 6, 10, 0)
    assert moments(parent) == ["06.07 10:00"]
    nameless = await july.open_class("s33", "", "Б")
    await july.seats(nameless, 25, 20)
    await world.at(2027, 7, 7, 10, 0)
    async with world.app.database.write() as tx:
        card = await class_cards.get(tx, nameless)
        assert card is not None
        await class_cards.change(tx, card, "track", "медицинская", None)
    await world.at(2027, 7, 8, 10, 0)
    assert moments(parent) == ["06.07 10:00", "08.07 10:00"]


async def test_a_track_is_the_same_however_a_school_spells_it(world: World, july: Summer) -> None:
    cadets = await july.open_class("s33", "Кадеты", "К")
    parent = await july.parent(Filter("track", "Кадеты"))
    other = await july.open_class("s24", "кадеты", "К")
    async with world.app.database.write() as tx:
        card = await class_cards.get(tx, july.engineering)
        assert card is not None
        await class_cards.change(tx, card, "track", "КАДЕТЫ", None)
        await classes.rename(tx, cadets, ClassDraft(10, "К", "class", "Кадеты"))
    for class_id in (other, july.engineering):
        await july.seats(class_id, 25, 24)
    await world.at(2027, 7, 5, 10, 5)
    assert told(parent)[0][1].count(", Кадеты – 1 место") == 2


async def test_at_night_and_on_sunday_nobody_is_written_to(world: World, july: Summer) -> None:
    parent = await july.parent(ALL)
    await world.at(2027, 7, 9, 21, 0)  # Friday
    await july.seats(july.medical, 25, 24)
    await world.at(2027, 7, 9, 21, 1)
    await world.at(2027, 7, 11, 12, 0)
    assert told(parent) == []
    await july.seats(july.engineering, 20, 19)
    await world.at(2027, 7, 12, 8, 30)
    assert moments(parent) == ["12.07 08:30"]
    assert told(parent)[0][1].count("•") == 2


async def test_a_week_of_silence_is_one_message(world: World, july: Summer) -> None:
    parent = await july.parent(ALL)
    await july.seats(july.medical, 25, 24)
    await world.app.schedule.plan()  # written, and the bot goes down before it is sent
    await world.close()
    world.clock.move_to(local(2027, 7, 12, 10, 0))
    await world.open()
    await world.tick()
    await july.seats(july.engineering, 20, 19)
    await world.at(2027, 7, 12, 11, 0)
    await world.at(2027, 7, 13, 11, 0)
    assert moments(parent) == ["12.07 10:00", "13.07 11:00"]
    assert "медицинская" in told(parent)[0][1]
    assert "инженерная" in told(parent)[1][1]


async def test_before_and_after_enrolment_a_seat_is_no_news(world: World, summer: Summer) -> None:
    parent = await summer.parent(ALL)
    await summer.seats(summer.medical, 25, 24)
    await world.tick()
    await world.at(2027, 6, 1, 9, 0)
    await world.at(2027, 8, 23, 9, 0)  # closed on the 20th
    await summer.seats(summer.engineering, 20, 19)
    await world.at(2027, 8, 23, 9, 5)
    assert moments(parent) == ["01.06 09:00"]


async def test_a_beginning_that_is_moved_is_told_on_its_new_day(
    world: World, summer: Summer
) -> None:
    parent = await summer.parent(ALL)
    usual = world.app.passport.campaigns.usual(SUMMER)
    world.clock.move_to(local(2027, 6, 1, 9, 0))
    await world.app.schedule.plan()  # written, not sent
    await move(world, Campaign(SUMMER, usual.starts, date(2027, 6, 15), usual.closes, usual.ends))
    await world.tick()
    assert told(parent) == []
    await world.at(2027, 6, 10, 9, 0)
    assert told(parent) == []
    await world.at(2027, 6, 15, 9, 0)
    assert moments(parent) == ["15.06 09:00"]
    assert "с 15 июня по 20 августа" in told(parent)[0][1]


async def test_a_slip_of_the_date_that_is_mended_on_the_day_tells_nobody_twice(
    world: World, summer: Summer
) -> None:
    parent = await summer.parent(ALL)
    usual = world.app.passport.campaigns.usual(SUMMER)
    await world.at(2027, 6, 1, 9, 0)
    await move(world, usual.with_date("opens", date(2027, 6, 11)))
    await world.at(2027, 6, 1, 12, 0)
    await move(world, usual)
    await world.at(2027, 6, 1, 12, 5)
    await world.at(2027, 6, 2, 9, 0)
    assert moments(parent) == ["01.06 09:00"]
    await move(world, usual.with_date("opens", date(2027, 6, 3)))
    await world.at(2027, 6, 3, 9, 0)
    await world.tick()
    assert moments(parent) == ["01.06 09:00", "03.06 09:00"]


async def test_the_beginning_is_no_news_again_after_a_month(world: World, summer: Summer) -> None:
    parent = await summer.parent(ALL)
    await world.at(2027, 6, 1, 9, 0)
    await world.at(2027, 7, 5, 3, 30)
    await world.app.schedule.trim()
    await world.at(2027, 7, 5, 9, 0)
    assert moments(parent) == ["01.06 09:00"]
    async with world.app.database.read() as tx:
        assert await openings.begun_at(tx, SUMMER) == local(2027, 6, 1, 9, 0)


async def test_of_a_chat_that_was_told_a_week_ago_nothing_is_kept(
    world: World, summer: Summer
) -> None:
    await summer.parent(ALL)
    await world.at(2027, 6, 1, 9, 0)
    assert len(await summer.rows()) == 1
    await world.at(2027, 6, 9, 9, 0)
    await world.app.schedule.trim()
    assert await summer.rows() == []


async def test_ten_lines_and_the_rest_in_the_bot(world: World, july: Summer) -> None:
    parent = await july.parent(ALL)
    for letter in "БВГДЕЖЗИКЛМН":
        await july.seats(await july.open_class("s24", "медицинская", letter), 25, 20)
    await world.tick()
    ((_, text),) = told(parent)
    assert text.count("•") == 10
    assert "и ещё 2 класса – в боте" in text
    assert buttons(parent)[0] == parent_tap("seats")


async def test_who_blocks_the_bot_is_forgotten(world: World, july: Summer) -> None:
    silent, parent = await july.parent(ALL), await july.parent(ALL)
    silent.block()  # Telegram tells us, too: the update is not handed over yet
    await july.seats(july.medical, 25, 24)
    await world.app.schedule.plan()
    while await world.app.sender.once():
        pass
    await world.app.sender.flush()
    assert await july.filters(silent) == []
    assert await july.filters(parent) == [ALL]
    assert {one.chat for one in await july.rows()} == {parent.id}
    await world.pump()


async def test_blocking_alone_forgets(world: World, july: Summer) -> None:
    parent = await july.parent(ALL)
    parent.block()
    await world.pump()
    assert await july.filters(parent) == []


async def test_stop_forgets_a_parent(world: World, july: Summer) -> None:
    parent = await july.parent(ALL, MEDICAL)
    await july.seats(july.medical, 25, 24)
    await world.tick()
    assert len(told(parent)) == 1
    await world.say(parent, "/stop")
    assert "подписки удалены" in parent.chat.from_bot[-1].text
    assert await july.filters(parent) == []
    assert await july.rows() == []
    await world.say(parent, "/stop")
    assert "О вас ничего не хранится" in parent.chat.from_bot[-1].text


async def test_stop_forgets_subscriptions_of_an_account(world: World, july: Summer) -> None:
    coordinator = await world.coordinator("s24")
    await july.subscribe(coordinator, ALL)
    await world.say(coordinator, "/stop")
    await world.press(coordinator, "Удалить")
    assert await july.filters(coordinator) == []


async def test_somebody_with_an_account_is_told_once_a_day_too(world: World, july: Summer) -> None:
    coordinator = await world.coordinator("s24")
    await july.subscribe(coordinator, ALL, MEDICAL)
    await july.seats(july.medical, 25, 24)
    await world.at(2027, 7, 5, 10, 5)
    await july.seats(july.engineering, 20, 19)
    await world.at(2027, 7, 5, 16, 0)
    assert moments(coordinator) == ["05.07 10:05"]


async def test_who_has_unsubscribed_meanwhile_is_not_told(world: World, july: Summer) -> None:
    parent = await july.parent(ALL)
    await july.seats(july.medical, 25, 24)
    await world.app.schedule.plan()
    async with world.app.database.write() as tx:
        await subscriptions.drop(tx, parent.id, ALL)
    await world.tick()
    assert told(parent) == []
