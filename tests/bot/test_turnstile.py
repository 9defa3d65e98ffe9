"""A stranger who floods: twenty at once, then a walking pace, one sentence, no dead clock."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.turnstile import AT_ONCE, PACE, REMEMBERED, SENTENCE, Bucket
from demo.telegram import Person
from tests.clock import local
from tests.world import World

START = local(2027, 7, 1, 12, 0)


@given(st.lists(st.floats(-10, 100), max_size=200))
def test_never_more_than_the_burst_and_the_pace(pauses: list[float]) -> None:
    bucket, now, let = Bucket(START), START, 0
    passed = timedelta()
    for pause in pauses:
        now += timedelta(seconds=pause)
        passed += max(timedelta(), timedelta(seconds=pause))
        let += bucket.take(now)
        assert let <= AT_ONCE + passed / PACE + 1e-6


async def stranger(world: World) -> Person:
    person = world.telegram.person(name="Прохожий")
    person.start()
    await world.pump()
    return person


def sentences(person: Person) -> int:
    return sum(SENTENCE in message.text for message in person.chat.from_bot)


async def test_a_flood_gets_one_sentence_and_the_rest_is_not_stored(world: World) -> None:
    person = await stranger(world)
    for number in range(200):
        person.send(f"вопрос {number}")
    await world.pump()
    assert world.app.inbox.handled == AT_ONCE
    assert sentences(person) == 1
    world.clock.shift(PACE)
    await world.say(person, "есть ли места")
    assert world.app.inbox.handled == AT_ONCE + 1
    await world.say(person, "есть ли места")
    assert world.app.inbox.handled == AT_ONCE + 1
    assert sentences(person) == 1  # the dry spell goes on
    world.clock.shift(PACE * AT_ONCE)
    await world.say(person, "есть ли места")
    assert world.app.inbox.handled == AT_ONCE + 2


async def test_a_flood_that_has_piled_up_is_one_too(world: World, coordinator: Person) -> None:
    """After a restart nobody is known; a school's answers of that time are no flood."""
    person = await stranger(world)
    await world.restart()
    for number in range(60):
        person.send(f"медицинский {number}")
        coordinator.send("24")
    await world.pump()
    answered = [one for one in person.chat.from_bot if "Медицинская" in one.text]
    assert len(answered) < AT_ONCE
    assert sentences(person) == 1
    assert sentences(coordinator) == 0
    assert 60 < world.app.inbox.handled < 60 + AT_ONCE


async def test_a_pressed_button_is_let_go_of(world: World) -> None:
    person = await stranger(world)
    for _ in range(AT_ONCE):
        await world.say(person, "/start")
    press = person.click("Где есть места")
    await world.pump()
    assert press.answered
    assert "помедленнее" in person.toasts[-1].text


async def test_people_with_an_account_are_never_counted(world: World, coordinator: Person) -> None:
    before = world.app.inbox.handled
    for _ in range(AT_ONCE * 2):
        coordinator.send("/reports")
    await world.pump()
    assert world.app.inbox.handled == before + AT_ONCE * 2
    assert sentences(coordinator) == 0


async def test_who_joins_is_counted_no_more(world: World) -> None:
    person = await world.coordinator("s24")
    for _ in range(AT_ONCE * 2):
        await world.say(person, "/reports")
    assert sentences(person) == 0


async def test_blocking_is_always_let_in(world: World) -> None:
    person = await stranger(world)
    for _ in range(AT_ONCE + 5):
        person.send("привет")
    person.block()
    await world.pump()
    assert world.app.inbox.handled == AT_ONCE + 1


async def test_memory_is_bounded(world: World) -> None:
    turnstile = world.app.inbox._turnstile
    for chat in range(REMEMBERED + 500):
        turnstile.saw(chat, stranger=True)
    assert len(turnstile._strangers) == REMEMBERED
