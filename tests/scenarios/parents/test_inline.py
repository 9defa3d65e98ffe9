"""«@бот медицинский» in any chat: cards to share, and the way into the bot."""

from datetime import timedelta
from typing import Any

import pytest

from bot.inline import AT_ONCE, next_offset, offset_of
from demo.telegram import Person
from demo.telegram.model import InlineQuery
from tests.scenarios.parents.city import july, open_class, parent
from tests.world import World

PATIENCE = 20.0


async def answered(world: World, *asked: InlineQuery) -> None:
    """Until Telegram has the answers."""
    await world.pump()
    await world.telegram.changes.wait_until(
        lambda: all(one.results is not None for one in asked), PATIENCE
    )


async def results(world: World, person: Person, text: str) -> list[dict[str, Any]]:
    asked = person.ask_inline(text)
    await answered(world, asked)
    assert asked.results is not None
    return asked.results


async def test_a_card_is_found_and_leads_to_the_bot(world: World) -> None:
    ids = await july(world)
    person = await parent(world)
    found = await results(world, person, "медицинский")
    assert [one["id"] for one in found] == [f"class_{ids['33']}", f"class_{ids['21']}"]
    assert found[0]["title"] == "Медицинская · школа № 33, 10 «А»"
    assert found[0]["description"] == "3 места (на 12.07); Химия, Биология"
    assert "свободно 3 (всего 25)" in found[0]["input_message_content"]["message_text"]
    (row,) = found[0]["reply_markup"]["inline_keyboard"]
    assert row[0]["url"] == f"https://t.me/traektoria_bot?start=class_{ids['33']}"
    assert "87" not in str(found[0]["input_message_content"])


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("", 4), ("есть ли места", 2), ("33 школа", 1), ("77 школа", 0), ("абракадабра", 0)],
)
async def test_what_a_query_finds(world: World, text: str, numbers: int) -> None:
    await july(world)
    person = await parent(world)
    assert len(await results(world, person, text)) == numbers


async def test_an_inline_query_is_not_stored_and_a_late_one_is_harmless(world: World) -> None:
    await july(world)
    person = await parent(world)
    handled = world.app.inbox.handled
    late = person.ask_inline("медицинский")
    world.clock.shift(timedelta(minutes=5))
    await world.pump()
    assert world.app.inbox.handled == handled
    assert await results(world, person, "морской")
    assert late.results is None


async def test_a_flood_of_queries_is_bounded(world: World) -> None:
    await open_class(world, "s33", "медицинская", year="2026-2027")
    person = await parent(world)
    asked = [person.ask_inline("") for _ in range(AT_ONCE * 3)]
    await answered(world, *asked[:AT_ONCE])
    assert sum(one.results is not None for one in asked) >= AT_ONCE
    assert await results(world, person, "медицинский")


@pytest.mark.parametrize(
    ("text", "offset"), [("", 0), ("20", 20), ("-1", 0), ("²", 0), ("x", 0), ("9" * 30, 0)]
)
def test_an_offset_comes_from_outside(text: str, offset: int) -> None:
    assert offset_of(text) == offset


def test_a_full_page_has_another_one() -> None:
    assert next_offset(0, 20) == "20"
    assert next_offset(20, 3) == ""


async def test_a_shared_card_stands_in_the_chat(world: World) -> None:
    await july(world)
    person = await parent(world)
    await results(world, person, "медицинский")
    assert "Медицинская" in person.inline_results[0].title
    person.choose_inline("№ 33")
    shared = person.chat.messages[-1]
    assert shared.via_bot
    assert "свободно 3" in shared.text
    await world.pump()
    assert person.chat.messages[-1].message_id == shared.message_id  # it is no question


async def test_the_longest_card_is_cut_and_the_others_are_found_all_the_same(world: World) -> None:
    await july(world)
    long = "я" * 300
    await open_class(
        world,
        "s46",
        "щ" * 60,
        "Ы",
        subjects=tuple(f"{'п' * 50}{at}" for at in range(20)),
        offers={f"Партнёр {at} {'ж' * 190}": long for at in range(12)},
        exams=long,
        admission=long,
        open_days=long,
        outsiders=long,
        local_act_url="https://a.ru/" + "p" * 287,
        capacity=25,
        enrolled=1,
    )
    person = await parent(world)
    found = await results(world, person, "")
    texts = [one["input_message_content"]["message_text"] for one in found]
    assert len(texts) == 5
    assert sum("… и ещё" in one for one in texts) == 1
