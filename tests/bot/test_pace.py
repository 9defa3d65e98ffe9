"""The pace: what Telegram allows is never exceeded, and what it allows is used."""

import asyncio
from collections import defaultdict

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pace import BURST, IN_ALL, PRIVATE, SHARED, Pace
from tests.hurry import Hurry

SLACK = 1e-6
Arrival = tuple[float, int]

arrivals = st.lists(
    st.tuples(
        st.floats(0, 20, allow_nan=False).map(lambda moment: round(moment, 2)),
        st.sampled_from([1, 2, 3, 4, 5, 6, 7, 8, -100, -200]),
    ),
    max_size=60,
)


def play(arrivals: list[Arrival]) -> list[tuple[float, int]]:
    """When each message went out, and to whom."""
    time = Hurry()
    pace = Pace(time.wait, time.monotonic)
    gone: list[tuple[float, int]] = []

    async def message(moment: float, chat: int) -> None:
        if moment > 0:
            await time.wait(moment)
        await pace.turn(chat)
        gone.append((time.now, chat))

    async def everybody() -> None:
        await asyncio.gather(*(message(*one) for one in arrivals))

    asyncio.run(time.through(everybody()))
    return gone


def in_any(window: float, moments: list[float]) -> int:
    """The most that fell into a window of this length."""
    return max(
        (sum(begin <= one < begin + window - SLACK for one in moments) for begin in moments),
        default=0,
    )


@given(arrivals)
@settings(max_examples=150, deadline=None)
def test_no_limit_is_exceeded_whenever_messages_come(arrivals: list[Arrival]) -> None:
    gone = play(arrivals)
    assert len(gone) == len(arrivals)
    everybody = [moment for moment, _chat in gone]
    for window in (IN_ALL, 0.2, 1.0, 3.0):
        assert in_any(window, everybody) <= BURST + round(window / IN_ALL)
    chats = defaultdict(list)
    for moment, chat in gone:
        chats[chat].append(moment)
    for chat, moments in chats.items():
        assert in_any(PRIVATE if chat > 0 else SHARED, moments) <= 1
        if chat < 0:
            assert in_any(60, moments) <= 20


@given(st.integers(1, 200))
@settings(max_examples=20, deadline=None)
def test_different_people_get_all_that_is_allowed(count: int) -> None:
    gone = play([(0.0, chat + 1) for chat in range(count)])
    last = max(moment for moment, _chat in gone)
    assert abs(last - max(0, count - BURST) * IN_ALL) < SLACK


def test_a_chat_that_waits_does_not_hold_up_the_others() -> None:
    gone = play([(0.0, -5)] * 3 + [(0.0, chat + 1) for chat in range(20)])
    people = [moment for moment, chat in gone if chat > 0]
    assert max(people) < 1
    assert [moment for moment, chat in gone if chat < 0] == [0, SHARED, 2 * SHARED]


def test_one_chats_messages_keep_their_order() -> None:
    time = Hurry()
    pace = Pace(time.wait, time.monotonic)
    order: list[int] = []

    async def message(number: int) -> None:
        await pace.turn(1)
        order.append(number)

    async def everybody() -> None:
        await asyncio.gather(*(message(number) for number in range(8)))

    asyncio.run(time.through(everybody()))
    assert order == list(range(8))


def test_whoever_gives_up_waiting_leaves_the_way_free() -> None:
    time = Hurry()
    pace = Pace(time.wait, time.monotonic)

    async def story() -> None:
        await pace.turn(1)
        impatient = asyncio.ensure_future(pace.turn(1))
        await asyncio.sleep(0)
        impatient.cancel()
        await asyncio.gather(impatient, return_exceptions=True)
        await pace.turn(1)

    asyncio.run(time.through(story()))
    assert time.now == PRIVATE


def test_chats_of_long_ago_are_forgotten() -> None:
    time = Hurry()
    pace = Pace(time.wait, time.monotonic)

    async def everybody() -> None:
        for chat in range(500):
            await pace.turn(chat + 1)

    asyncio.run(time.through(everybody()))
    assert len(pace) <= PRIVATE / IN_ALL + BURST
