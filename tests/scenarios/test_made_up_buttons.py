"""Buttons that no screen has: old schemas, rubbish, other schools' reports, crafted clients."""

import pytest

from demo.telegram import Person
from passport.values import Item, Named
from tests.scenarios.steps import (
    EVENTS,
    MUNICIPAL,
    forge,
    labels,
    refused,
    report_id,
    stored,
    to_events,
    to_list,
    to_mark,
)
from tests.world import World, shown

RUBBISH = (
    "",
    "null",
    "f0:none:{own}:r3:0:0:0",
    "c0:card:{own}",
    "f1:none:{own}:r3",
    "f1:none:own:r3:0:0:0",
    "f1::::::",
    "f1:none:{own}:r3:0:0:0:0",
    "z9:whatever",
    "\u202e\u200b\ufffd👍",
    "ы" * 32,
    "x" * 64,
    "s1",
    "d1:send:{own}",
    "p1:2030-2031:II",
    "p1:2026-2027:V",
    "y1:1999-2000",
)
MADE_UP = (
    "f1:none:{own}:r99:0:0:0",
    "f1:none:{own}::0:0:0",
    "f1:none:{own}:r1:999:0:0",
    "f1:na0:{own}:r2:{cls}:999:0",
    "f1:na9:{own}:r2:{cls}:{subject}:0",
    "f1:na:{own}:r2:{cls}:{subject}:0",
    "f1:na²:{own}:r2:{cls}:{subject}:0",
    "f1:del99:{own}:r3.municipal:0:0:0",
    "f1:del²:{own}:r3.municipal:0:0:0",
    "f1:pick:{own}:r3.municipal:0:0:0",
    "f1:drop:{own}:r3.municipal:0:0:0",
    "f1:title:{own}:r3.municipal:0:0:0",
    "f1:sum:{own}:r3:0:0:0",
    "f1:same:{own}:r3:0:0:0",
    "f1:mine:{own}:r3:0:0:0",
    "f1:explode:{own}:r3:0:0:0",
    "f1:none:{own}:r3:0:0:-1",
    "f1:none:{own}:r3:0:0:777",
    "f1:none:987654:r3:0:0:0",
    "f1:none:9999999999999999999999:r3:0:0:0",
    "c1:card:987654:",
    "c1:explode:{own}:",
    "c1:part:{own}:99",
    "c1:subjects:{own}:abc",
    "c1:subjects:{own}:999",
    "k1:explode:{own}:0:0",
    "k1:closed:{own}:999:0",
    "k1:closed:{own}:{theirs_class}:0",
    "k1:drop:{own}:{cls}:999",
)
FOREIGN = (
    "f1:none:{theirs}:r3:0:0:0",
    "f1:ask:{theirs}:r3:0:0:0",
    "f1:later:{theirs}:r3:0:0:0",
    "c1:card:{theirs}:",
    "c1:excel:{theirs}:",
    "c1:part:{theirs}:3",
    "c1:next:{theirs}:",
    "c1:review:{theirs}:",
    "c1:classes:{theirs}:",
    "k1:list:{theirs}:0:0",
    "k1:add:{theirs}:0:0",
    "k1:grow:{theirs}:0:0",
    "k1:show:{theirs}:{theirs_class}:0",
    "k1:closed:{theirs}:{theirs_class}:0",
    "d1:send:{theirs}::0",
    "d1:yes:{theirs}:V18/r3/0/0:0",
    "d1:say:{theirs}:V18/r3/0/0:0",
)


@pytest.mark.parametrize("data", [*RUBBISH, *MADE_UP, *FOREIGN])
async def test_a_made_up_button_changes_nothing_and_leaves_the_question(
    world: World, coordinator: Person, data: str
) -> None:
    theirs_class = await world.give_classes("s33", "Физика")
    theirs = await report_id(world, school="s33")
    await to_events(world, coordinator)
    slot = next(slot for slot in await world.answers() if slot.question == "r2")
    words = {
        "own": await report_id(world),
        "theirs": theirs,
        "cls": slot.class_id,
        "subject": slot.subject_id,
        "theirs_class": theirs_class,
    }
    before = stored(world)
    await forge(world, coordinator, data.format(**words))
    refused(coordinator, before, stored(world))
    assert "Сколько было мероприятий вне учебного плана" in shown(coordinator)
    await world.say(coordinator, "3")
    assert EVENTS in await world.answers()


@pytest.mark.parametrize("act", ["na", "na9", "na²", "na99", "sum", "same", "next9", "title"])
async def test_a_made_up_act_under_an_open_mark_changes_nothing(
    world: World, coordinator: Person, act: str
) -> None:
    await to_mark(world, coordinator)
    own = await report_id(world)
    before = stored(world)
    await forge(world, coordinator, f"f1:{act}:{own}:r2:1:1:0")
    refused(coordinator, before, stored(world))
    assert "Химия, 10 «А»: средний балл" in shown(coordinator)


@pytest.mark.parametrize("act", ["del2", "del99", "del", "del-1", "del²", "delx"])
async def test_a_made_up_line_of_a_list_takes_nothing_out(
    world: World, coordinator: Person, act: str
) -> None:
    await to_list(world, coordinator)
    await world.say(coordinator, "Ярмарка – 24\nЭкскурсия – 12")
    await world.press(coordinator, "Назад")
    own = await report_id(world)
    revision = (await world.form_year()).fillings["II"].revision(MUNICIPAL)
    before = stored(world)
    await forge(world, coordinator, f"f1:{act}:{own}:r3.municipal:0:0:{revision}")
    refused(coordinator, before, stored(world))
    assert (await world.answers())[MUNICIPAL] == Named((Item("Ярмарка", 24), Item("Экскурсия", 12)))


@pytest.mark.parametrize("act", ["move", "forget", "home", "explode"])
async def test_an_account_button_of_nobody_makes_no_account(world: World, act: str) -> None:
    stranger = world.telegram.person(name="Прохожий")
    stranger.start()
    await world.pump()
    assert stranger.last is not None
    before = stored(world)
    stranger.forge_callback(f"s1:{act}:1", stranger.last)
    await world.pump()
    assert stored(world) == before
    assert "откройте ссылку-приглашение" in stranger.last.text


@pytest.mark.parametrize("data", ["g1:form", "g1:reports", "y1:2026-2027", "p1:2026-2027:II"])
async def test_a_stranger_gets_into_no_report_by_a_made_up_button(world: World, data: str) -> None:
    stranger = world.telegram.person(name="Прохожий")
    stranger.start()
    await world.pump()
    assert stranger.last is not None
    before = stored(world)
    stranger.forge_callback(data, stranger.last)
    await world.pump()
    assert stored(world) == before
    assert "Эта кнопка устарела" in stranger.last.text
    assert "Какие классы откроют" in labels(stranger)  # and nothing of reports
    assert not any("тчёт" in label for label in labels(stranger))
