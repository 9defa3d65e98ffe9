"""Each signal by data: accepted reports, cards, contracts, questionnaires – once on, once off."""

from datetime import date, timedelta

from sqlalchemy import event

from passport.deadlines import Move
from passport.register import PartnerType
from passport.values import Chosen, Nothing, Slot, Value
from storage import contracts, deadlines, reports, returns, schools
from tests.clock import local
from tests.scenarios.risks.city import (
    BEFORE,
    NEXT,
    accepted,
    change_card,
    flags,
    give_class,
    lights,
    listed,
    number,
    sign,
    two_schools,
    writing,
)
from tests.world import YEAR, World

PUPILS = ("pupils_drop", "outflow_in_year", "target_gap")


async def test_fewer_pupils(world: World) -> None:
    await two_schools(world)
    assert await lights(world, *PUPILS) == ["unknown"] * 3
    for school, base, now in (("s24", 22, 18), ("s39", 20, 20)):
        await accepted(world, (school, "base"), {Slot("r1", 1): number(base)})
        await accepted(world, (school, "I"), {Slot("r1", 1): number(now)})
    found = await flags(world)
    assert [found[one].light for one in PUPILS] == ["amber", "amber", "red"]
    assert found["pupils_drop"].says == (
        "I четверть: было 42 на 01.09, стало 38 (меньше на 9,5 %), по 2 из 2 школ: "
        "школа № 24: было 22, стало 18"
    )
    assert found["target_gap"].says.startswith("42 ученика на 01.09.2026, цель 500: не хватает 458")
    # The school that lost them leaves: it is compared with nothing.
    async with writing(world) as tx:
        await schools.leave(tx, "s24", YEAR, date(2027, 1, 11), None)
    found = await flags(world)
    assert found["pupils_drop"].light == "clear"
    assert found["outflow_in_year"].light == "clear"
    assert "s24" not in {row.school for row in found["pupils_drop"].rows}


async def test_as_many_pupils_as_are_wanted(world: World) -> None:
    await two_schools(world)
    for school, base, now in (("s24", 300, 300), ("s39", 299, 298)):
        await accepted(world, (school, "base"), {Slot("r1", 1): number(base)})
        await accepted(world, (school, "I"), {Slot("r1", 1): number(now)})
    assert await lights(world, *PUPILS) == ["clear"] * 3
    # A report that is only sent, or begun, counts nowhere.
    async with writing(world) as tx:
        await reports.open_report(tx, "s24", YEAR, "II")
    assert await lights(world, *PUPILS) == ["clear"] * 3


async def test_class_cards(world: World) -> None:
    """Half-empty, at a distance, without a link, not looked at – and all of it mended."""
    await two_schools(world)
    signals = ("class_underfilled", "local_act_missing", "card_stale", "distance_share")
    assert await lights(world, *signals) == ["unknown"] * 4
    long_ago = local(2026, 10, 1)
    last = await give_class(world, "s24", BEFORE)
    await change_card(world, last.id, long_ago, mode="очная")
    card = await give_class(world, "s24")
    await change_card(world, card.id, long_ago, capacity=25, enrolled=12, mode="дистанционная")
    found = await flags(world)
    assert [found[one].light for one in signals] == ["amber", "amber", "red", "red"]
    assert found["class_underfilled"].rows[0].text == "школа № 24, 10 «А»: 12 из 25 мест"
    assert found["class_underfilled"].rows[0].class_card == card.id
    assert [row.school for row in found["local_act_missing"].rows] == ["s24", "s39"]
    assert found["card_stale"].rows[0].text == "школа № 24, 10 «А»: проверена 01.10.2026"
    other = await give_class(world, "s39")
    await change_card(world, card.id, enrolled=25, mode="очная", local_act_url="https://s24.ru/a")
    await change_card(world, other.id, local_act_url="https://s39.ru/a")
    assert await lights(world, *signals) == ["clear"] * 4


async def test_contracts(world: World) -> None:
    await two_schools(world)
    signals = (
        "contracts_gap",
        "industry_gap",
        "school_without_partner",
        "single_partner",
        "contracts_expiring",
    )
    assert await lights(world, *signals) == ["unknown"] * 5
    soon = date(2027, 1, 12) + timedelta(days=59)
    ending = await sign(world, "1", "s24", until=soon)
    found = await flags(world)
    assert [found[one].light for one in signals] == ["red", "red", "amber", "clear", "amber"]
    assert found["school_without_partner"].says.endswith("гимназия № 39")
    assert found["contracts_expiring"].rows[0].contract == ending.id
    async with writing(world) as tx:
        await contracts.add_school(tx, ending.id, "s39", None)
    assert await lights(world, "school_without_partner", "single_partner") == ["clear", "red"]
    # The next contract with the same partner, and as many of each type as the passport wants.
    await sign(world, "2", "s24", "s39", until=date(2028, 8, 31))
    wanted: tuple[tuple[int, PartnerType], ...] = ((12, "he"), (8, "vet"), (8, "industry"))
    for count, type_ in wanted:
        for place in range(count):
            name = f"{type_} {place}"
            await sign(world, name, "s24", "s39", partner=name, type_=type_)
    assert await lights(world, *signals) == ["clear"] * 5


EVENTS = ("teachers_events_zero", "careers_events_low", "joint_events_low", "marks_drop")


def quarter(mark: str, events: int, joint: int, teachers: int) -> dict[Slot, Value]:
    return {
        Slot("r1", 1): number(12),
        Slot("r2", 1, 1): number(mark),
        Slot("r3"): number(events) if events else Nothing(),
        Slot("r3.regional"): listed(joint),
        Slot("r3.national"): listed(0),
        Slot("r8"): listed(teachers),
    }


async def test_quiet_quarters(world: World) -> None:
    await two_schools(world)
    await give_class(world, "s24")
    assert await lights(world, *EVENTS) == ["unknown"] * 4
    await accepted(world, ("s24", "II"), quarter("4.5", 4, 10, 3), BEFORE)
    await accepted(world, ("s24", "I"), quarter("4.35", 3, 5, 0))
    await accepted(world, ("s24", "II"), quarter("4.05", 1, 5, 0))
    found = await flags(world)
    assert [found[one].light for one in EVENTS] == ["amber", "clear", "amber", "amber"]
    assert found["joint_events_low"].rows[0].text == "школа № 24: было 10, стало 5"
    assert found["marks_drop"].rows[0].text == (
        "школа № 24, 10 «А», Химия: было 4,35, стало 4,05 (II четверть)"
    )
    await accepted(world, ("s24", "III"), quarter("4.06", 0, 0, 1))
    assert await lights(world, *EVENTS) == ["clear", "amber", "amber", "clear"]


async def test_busy_quarters(world: World) -> None:
    await two_schools(world)
    await give_class(world, "s24")
    await accepted(world, ("s24", "II"), quarter("4.5", 4, 10, 3), BEFORE)
    await accepted(world, ("s24", "I"), quarter("4.35", 3, 5, 2))
    await accepted(world, ("s24", "II"), quarter("4.35", 1, 9, 0))
    assert await lights(world, *EVENTS) == ["clear"] * 4


YEARLY = ("equipment_share", "teachers_trained_gap", "off_track_admission", "announcements_low")
KINDS = ("лаборатории", "техническое оборудование", "программное обеспечение", "учебные пособия")


async def _questionnaires(world: World, kinds: int, trained: int, he: int, posts: int) -> None:
    for school in ("s24", "s39"):
        may: dict[Slot, Value] = {
            Slot("teachers_all"): number(40),
            Slot("teachers_profile"): number(8),
            Slot("teachers_trained"): number(trained),
            Slot("equipment"): Chosen(KINDS[:kinds]),
        }
        await accepted(world, (school, "may"), may, BEFORE)
        sept: dict[Slot, Value] = {
            Slot("grads_total"): number(20),
            Slot("grads_he"): number(he),
            Slot("grads_vet"): Nothing(),
        }
        await accepted(world, (school, "sept"), sept, BEFORE)
        said = number(posts) if posts else Nothing()
        await accepted(world, (school, "campaign"), {Slot("announcements"): said}, BEFORE)


async def test_poor_questionnaires(world: World) -> None:
    await two_schools(world)
    assert await lights(world, *YEARLY) == ["unknown"] * 4
    await _questionnaires(world, kinds=3, trained=5, he=9, posts=0)
    found = await flags(world)
    assert [found[one].light for one in YEARLY] == ["red", "red", "amber", "amber"]
    assert found["off_track_admission"].says.startswith(
        "поступили по направленности 18 из 40 (45 %), выпуск 2026 года, по 2 из 2 школ"
    )
    assert found["equipment_share"].rows[0].report > 0


async def test_rich_questionnaires(world: World) -> None:
    await two_schools(world)
    await _questionnaires(world, kinds=4, trained=6, he=10, posts=2)
    assert await lights(world, *YEARLY) == ["clear"] * 4


async def test_returns(world: World) -> None:
    await two_schools(world)
    assert await lights(world, "form_returned") == ["unknown"]
    report = await accepted(world, ("s24", "I"), {Slot("r1", 1): number(20)})
    assert await lights(world, "form_returned") == ["clear"]

    async with writing(world) as tx:
        await returns.add(tx, report, 1, "Сверьте", slots={}, by=1)
    assert await lights(world, "form_returned") == ["clear"]
    async with writing(world) as tx:
        await returns.add(tx, report, 1, "Сверьте ещё раз", slots={}, by=1)
    found = (await flags(world))["form_returned"]
    assert found.light == "amber"
    assert found.rows[0].text == "школа № 24, I четверть: возвращали 2 раза"
    assert found.rows[0].report == report


async def test_who_is_late(world: World) -> None:
    """By the deadline of each school: who was given time is not late until it is over."""
    await two_schools(world)
    world.clock.move_to(local(2026, 9, 8, 12))
    assert await lights(world, "late_reports") == ["unknown"]
    await accepted(world, ("s24", "base"), {Slot("r1", 1): number(20)})
    world.clock.move_to(local(2026, 9, 11, 12))
    found = (await flags(world))["late_reports"]
    assert found.light == "red"
    assert "1 из 2 школ (50 %)" in found.says
    assert found.rows[0].text == "гимназия № 39: не сдано, срок 10.09.2026"
    async with writing(world) as tx:
        await deadlines.move(tx, Move(YEAR, "base", "s39", due=date(2026, 9, 15)), "Карантин", 1)
    assert await lights(world, "late_reports") == ["clear"]


async def test_applications_of_two_summers(world: World) -> None:
    await two_schools(world)
    assert await lights(world, "applications_low") == ["unknown"]
    last = await give_class(world, "s24", YEAR, local(2026, 6, 1))
    await change_card(world, last.id, local(2026, 6, 20), applications=30)
    await change_card(world, last.id, local(2026, 7, 15), applications=99)  # after that day
    now = await give_class(world, "s24", NEXT, local(2027, 6, 1))
    await change_card(world, now.id, local(2027, 6, 20), applications=24)
    lonely = await give_class(world, "s39", NEXT, local(2027, 6, 1))  # not said a year ago
    await change_card(world, lonely.id, local(2027, 6, 20), applications=40)
    world.clock.move_to(local(2027, 6, 30, 12))
    assert await lights(world, "applications_low") == ["unknown"]
    world.clock.move_to(local(2027, 7, 1, 12))
    found = (await flags(world))["applications_low"]
    assert found.light == "amber"
    assert found.says.startswith(
        "на 01.07.2027 подано 24, год назад было 30 (меньше на 20 %), по 1 из 2 школ"
    )
    await change_card(world, now.id, applications=25)
    assert await lights(world, "applications_low") == ["clear"]
    world.clock.move_to(local(2027, 8, 2, 12))
    assert (
        "на 01.08.2027 подано 25, год назад было 99"
        in (await flags(world))["applications_low"].says
    )


async def test_the_first_days_and_the_end(world: World) -> None:
    """No data at all, the first day of a year, the day after the project: nothing raises."""
    for moment in ((2026, 9, 1, 0, 1), (2026, 9, 1, 12), (2027, 9, 1, 12), (2027, 10, 5, 12)):
        world.clock.move_to(local(*moment))
        found = await flags(world)
        assert all(flag.words for flag in found.values())
        assert found["pupils_drop"].light == "unknown"


async def test_the_number_of_statements_does_not_grow_with_the_schools(world: World) -> None:
    said: list[str] = []

    def count(*args: object) -> None:
        said.append(str(args[2]))

    engine = world.app.database.engine.sync_engine
    await two_schools(world)
    await give_class(world, "s24")
    await accepted(world, ("s24", "base"), {Slot("r1", 1): number(20)})
    await sign(world, "1", "s24")
    event.listen(engine, "before_cursor_execute", count)
    try:
        await flags(world)
        few = len(said)
        async with writing(world) as tx:
            for one in await schools.every(tx):
                await schools.set_participation(tx, one.slug, YEAR, takes_part=True, by=None)
        for school in ("s03", "s04", "s10", "s21", "s27", "s28", "s31", "s33"):
            await give_class(world, school)
            await accepted(world, (school, "base"), {Slot("r1", 1): number(20)})
            await sign(world, school, school)
        said.clear()
        await flags(world)
    finally:
        event.remove(engine, "before_cursor_execute", count)
    assert len(said) == few
    assert few < 50
