"""When the data themselves show a measure done: each rule once not yet, once done."""

from datetime import date
from decimal import Decimal

import pytest

from passport.form import PeriodKey
from passport.plan_windows import windows
from passport.values import Chosen, Item, Named, Nothing, Number
from storage import city_facts, plan_state, plan_terms, schools
from tests.clock import local
from tests.scenarios.plan.year import (
    NEXT,
    Given,
    add_class,
    measure,
    only,
    plan_of,
    report,
    say_of,
    sign,
)
from tests.world import YEAR, World

QUARTERS: tuple[PeriodKey, ...] = ("I", "II", "III", "IV")
MAY: Given = {
    "teachers_all": 40,
    "teachers_profile": 8,
    "teachers_trained": 6,
    "equipment": Chosen(("лаборатории",)),
    "parents_meetings": 3,
    "parents_as_speakers": 2,
    "satisfaction": 90,
}


@pytest.fixture
async def two(world: World) -> World:
    """Schools № 24 and 33, on 25 May 2027: event rows end in five days."""
    world.clock.move_to(local(2027, 5, 25, 12))
    await only(world, "s24", "s33")
    return world


async def test_nothing_is_known_of_an_empty_year(two: World) -> None:
    """Missing is never 0, and nothing is done."""
    found = await plan_of(two)
    assert not [one.measure.key for one in found.measures if one.state == "done"]
    for one in found.measures:
        known = one.measure.evidence and one.window.start <= found.day
        if known and one.measure.key not in ("1.4", "2.3"):
            assert one.says.endswith("на 25.05.2027") or "УО не указало" in one.says, one
    assert found.of("2.2").says == ("анкеты мая: принятых пока нет, ждём 2 школы, на 25.05.2027")
    assert found.of("4.6").says == (
        "принятых отчётов за четверти пока нет (по 0 из 2 школ), на 25.05.2027"
    )
    assert found.of("3.3").says == "в базе ещё нет партнёров, на 25.05.2027"
    assert found.of("2.4").says.startswith("карточек классов ещё нет")


MAY_SAYS = {
    "2.2": "собраний и дней открытых дверей: 3",
    "4.4": "встреч с работающими родителями: 2",
    "4.5": "оснащение есть у 1 из 1 ответивших школ",
    "6.1": "оснащение есть у 1 из 1 ответивших школ",
}


@pytest.mark.parametrize("key", MAY_SAYS)
async def test_the_questionnaire_of_may(two: World, key: str) -> None:
    await report(two, "s24", "may", MAY)
    await report(two, "s33", "may", MAY, accept=False)  # only what is accepted counts
    found = await measure(two, key)
    assert found.state == "soon"
    assert found.says == (
        f"{MAY_SAYS[key]}, анкеты мая по 1 из 2 школ, ещё 1 на проверке, ждём № 33, на 25.05.2027"
    )
    assert found.missing == frozenset({"s33"})


@pytest.mark.parametrize("key", MAY_SAYS)
async def test_every_questionnaire_of_may_is_accepted(two: World, key: str) -> None:
    for school in ("s24", "s33"):
        await report(two, school, "may", MAY)
    found = await measure(two, key)
    assert (found.state, found.missing) == ("done", frozenset())
    assert found.done is not None
    assert (found.done.source, found.done.on) == ("data", date(2027, 5, 25))


async def test_nothing_at_all_is_an_answer_of_a_school(two: World) -> None:
    for school in ("s24", "s33"):
        given = MAY | {"parents_meetings": Nothing(), "equipment": Chosen(())}
        await report(two, school, "may", given)
    assert "собраний и дней открытых дверей: 0, анкеты мая по 2 из 2" in (
        (await measure(two, "2.2")).says
    )
    assert "оснащение есть у 0 из 2 ответивших" in (await measure(two, "4.5")).says


async def test_a_school_that_left_is_not_waited_for_nor_counted(two: World) -> None:
    for school in ("s24", "s33"):
        await report(two, school, "may", MAY)
    async with two.app.database.write() as tx:
        await schools.leave(tx, "s33", YEAR, date(2027, 3, 1), None)
    found = await measure(two, "2.2")
    assert found.says.startswith("собраний и дней открытых дверей: 3, анкеты мая по 1 из 1 школы")
    assert found.state == "done"


async def test_the_analysis_of_staff_reads_the_year_that_ends(two: World) -> None:
    two.clock.move_to(local(2027, 6, 10, 12))
    await report(two, "s24", "may", MAY)
    found = await measure(two, "5.1")
    assert found.state == "running"
    assert found.says == (
        "педагогов профильных предметов: 8, прошли курсы: 6, анкеты мая по 1 из 2 школ, "
        "ждём № 33, на 10.06.2027"
    )
    await report(two, "s33", "may", MAY)
    assert (await measure(two, "5.1")).state == "done"


async def quarters(world: World, school: str, given: Given, of: tuple[PeriodKey, ...]) -> None:
    for one in of:
        await report(world, school, one, given)


ROWS: Given = {
    "r3": 4,
    "r3.municipal": Named((Item("Ярмарка", 10), Item("Форум", 5))),
    "r3.municipal.total": 12,
    "r3.regional": Named((Item("Слёт", 7),)),
    "r3.national": Nothing(),
    "r4.municipal": Named((Item("Химия", 6),)),
    "r5": 2,
    "r7": 1,
    "r8": Named((Item("Чтения", 3),)),
}


async def test_rows_of_the_quarters(two: World) -> None:
    """People of a level: the school's «всего», else the sum of its named events."""
    await quarters(two, "s24", ROWS, ("I", "II"))
    await quarters(two, "s33", ROWS, ("I",))
    accepted = "приняты отчёты: I – 2, II – 1 из 2 школ, на 25.05.2027"
    assert (await measure(two, "4.6")).says == (
        f"участий в мероприятиях: 57, в олимпиадах: 18, победителей и призёров: 6, {accepted}"
    )
    assert (await measure(two, "4.3")).says == f"мероприятий (строка 3): 12, {accepted}"
    assert (await measure(two, "5.2")).says == f"завершили курсы (строка 7): 3, {accepted}"
    assert (await measure(two, "5.3")).says == f"участий педагогов (строка 8): 9, {accepted}"
    for key in ("4.3", "4.6", "5.2", "5.3"):
        found = await measure(two, key)
        assert (found.state, found.missing) == ("soon", frozenset({"s24", "s33"}))


@pytest.mark.parametrize("key", ["4.6", "5.3"])
async def test_four_quarters_of_every_school(two: World, key: str) -> None:
    await quarters(two, "s24", ROWS, QUARTERS)
    await quarters(two, "s33", ROWS, QUARTERS[:3])
    assert (await measure(two, key)).missing == frozenset({"s33"})
    await quarters(two, "s33", ROWS, QUARTERS[3:])
    assert (await measure(two, key)).state == "done"


@pytest.mark.parametrize("key", ["4.3", "5.2"])
async def test_four_quarters_and_may(two: World, key: str) -> None:
    for school in ("s24", "s33"):
        await quarters(two, school, ROWS, QUARTERS)
    await report(two, "s24", "may", MAY)
    assert (await measure(two, key)).missing == frozenset({"s33"})
    await report(two, "s33", "may", MAY | {"satisfaction": Number(Decimal(81))})
    found = await measure(two, key)
    assert found.state == "done"
    if key == "4.3":
        assert "довольны по опросам: в среднем 85,5 % (школ: 2)" in found.says
    else:
        assert "обучены 12 из 16 педагогов профильных предметов" in found.says


async def test_tracks_of_the_classes_to_come(two: World) -> None:
    await add_class(two, "s24", NEXT)
    found = await measure(two, "1.2")
    assert found.state == "running"
    assert found.says == ("направленностей: 1, названы у 1 из 2 школ, ждём № 33, на 25.05.2027")
    await add_class(two, "s33", NEXT, track="")
    assert (await measure(two, "1.2")).missing == frozenset({"s33"})  # a class without a track
    await add_class(two, "s31", NEXT)  # takes no part
    async with two.app.database.write() as tx:
        await schools.set_participation(tx, "s33", NEXT, takes_part=False, by=None)
    assert (await measure(two, "1.2")).state == "done"


async def test_the_list_of_schools_that_open_classes(two: World) -> None:
    two.clock.move_to(local(2027, 8, 10, 12))
    await add_class(two, "s24", NEXT)
    found = await measure(two, "4.1")
    assert (found.state, found.says) == (
        "soon",
        "в перечне 2 школы, классы открыты в 1 из 2 школ, ждём № 33, на 10.08.2027",
    )
    await add_class(two, "s33", NEXT)
    assert (await measure(two, "4.1")).state == "done"


async def test_classes_are_filled_when_their_numbers_are_of_the_last_month(two: World) -> None:
    two.clock.move_to(local(2027, 6, 2, 12))
    one, other = await add_class(two, "s24", NEXT), await add_class(two, "s33", NEXT)
    for class_id in (one, other):
        await say_of(two, class_id, capacity=25, enrolled=20)
    found = await measure(two, "4.2")
    assert found.state == "running"  # numbers of June are not the end of August's enrolment
    assert found.says.startswith("зачислено: 40 на 50 мест, числа свежие у 0 из 2 классов")
    two.clock.move_to(local(2027, 8, 10, 12))
    await say_of(two, one, enrolled=24)
    found = await measure(two, "4.2")
    assert (found.state, found.missing) == ("soon", frozenset({"s33"}))
    await say_of(two, other)
    assert (await measure(two, "4.2")).state == "done"


async def test_the_note_on_the_campaign(two: World) -> None:
    two.clock.move_to(local(2027, 8, 25, 12))
    for school in ("s24", "s33"):
        await report(two, school, "campaign", {"announcements": 4})
    found = await measure(two, "2.1")
    assert found.state == "soon"
    assert found.says == (
        "объявлений школ: 8, заявлений: нет данных, справки о кампании по 2 из 2 школ, "
        "на 25.08.2027; сколько школ желают участвовать, УО не указало"
    )
    async with two.app.database.write() as tx:
        await city_facts.put(tx, "schools_wishing", YEAR, "3", None)
    assert (await measure(two, "2.1")).state == "done"


async def test_the_report_of_the_year_counts_when_it_was_made_in_its_last_month(
    two: World,
) -> None:
    two.clock.move_to(local(2027, 6, 2, 12))
    person = await two.staff("methodist")
    await two.say(person, "/export 1.8")
    found = await measure(two, "1.8")
    assert (found.state, found.says) == (
        "running",
        "отчёт по п. 1.8 выгружен 02.06.2027: данные ещё неполные, в срок не засчитано, "
        "на 02.06.2027",
    )
    two.clock.move_to(local(2027, 8, 25, 12))
    await two.say(person, "/export 1.8")
    assert (await measure(two, "1.8")).state == "done"


async def test_registers_are_in_order_and_run_on(two: World) -> None:
    """Continuous measures: their data say how they stand, and only the end can show them done."""
    two.clock.move_to(local(2027, 4, 20, 12))
    one = await add_class(two, "s24")
    assert "0 из 1, по 0 из 2 школ, ждём № 24, 33" in (await measure(two, "2.4")).says
    other = await add_class(two, "s33")
    await say_of(
        two, one, local_act_url="https://s24.ru/akt", mode="очная", capacity=25, enrolled=9
    )
    await say_of(two, other)
    await sign(two, "he", "s24")
    found = await plan_of(two)
    assert found.of("2.4").says == (
        "карточки не старше 30 дней: 2 из 2, по 2 из 2 школ, на 20.04.2027"
    )
    assert found.of("2.5").says == (
        "ЛНА, партнёры, форма занятий и места указаны в 0 из 2 карточек, по 0 из 2 школ, "
        "ждём № 24, 33, на 20.04.2027"
    )
    assert found.of("3.2").says == (
        "договоров в силе: 1, договор есть у 1 из 2 школ, ждём № 33, на 20.04.2027"
    )
    assert found.of("3.3").says == (
        "в базе 1 партнёр (ВО 1 · СПО 0 · реальный сектор 0), на 20.04.2027"
    )
    await sign(two, "vet", "s33")
    await sign(two, "industry")
    found = await plan_of(two)
    assert found.of("3.2").done is not None
    assert found.of("3.3").done is not None
    assert found.of("3.2").state == found.of("3.3").state == found.of("2.4").state == "running"
    two.clock.move_to(local(2027, 8, 20, 12))
    found = await plan_of(two)
    assert found.of("3.2").state == found.of("3.3").state == "done"
    assert found.of("2.4").state == "soon"  # the cards of the campaign are not there yet


async def test_cards_are_old_after_a_month_and_in_a_campaign_after_a_week(two: World) -> None:
    two.clock.move_to(local(2027, 3, 1, 12))
    for school in ("s24", "s33"):
        await say_of(two, await add_class(two, school))
        await say_of(two, await add_class(two, school, NEXT))
    two.clock.move_to(local(2027, 3, 31, 12))
    assert "не старше 30 дней: 2 из 2" in (await measure(two, "2.4")).says
    two.clock.move_to(local(2027, 4, 1, 12))
    assert "не старше 30 дней: 0 из 2" in (await measure(two, "2.4")).says
    two.clock.move_to(local(2027, 5, 4, 12))
    assert "не старше 7 дней: 0 из 2" in (await measure(two, "2.4")).says


async def test_local_acts_of_a_school_that_joins(two: World) -> None:
    two.clock.move_to(local(2026, 7, 20, 12))
    async with two.app.database.write() as tx:
        await schools.set_participation(tx, "s12", YEAR, takes_part=True, by=None)
        assert (await plan_terms.read(tx, two.app.passport)).entrants == {2026}
    found = await measure(two, "1.4")
    assert (found.state, found.window.soft) == ("running", True)
    assert found.says == (
        "новых школ: 1, ссылка на ЛНА есть у 0 из 1 школы, ждём № 12, на 20.07.2026"
    )
    assert found.missing == frozenset({"s12"})
    await say_of(two, await add_class(two, "s12"), local_act_url="https://s12.ru/akt")
    assert (await measure(two, "1.4")).state == "done"
    two.clock.move_to(local(2026, 9, 1, 12))
    late = await measure(two, "1.4")
    assert (late.state, late.word) == (
        "history",
        "срок прошёл, для новых школ, необязательно",
    )


async def test_a_window_of_another_year_speaks_of_its_own_reports(two: World) -> None:
    for school in ("s24", "s33"):
        await report(two, school, "may", MAY, year="2025-2026")
    plan = two.app.passport.plan
    async with two.app.database.read() as tx:
        terms = await plan_terms.read(tx, two.app.passport)
        measure_ = plan.measure("2.2")
        found = {
            one.year: await plan_state.of_window(tx, two.app.passport, measure_, one)
            for one in windows(measure_, terms)
        }
    assert found["2025-2026"].state == "done"
    assert found[YEAR].state == "soon"
    assert found["2024-2025"].state == "late"


async def test_after_the_project(two: World) -> None:
    two.clock.move_to(local(2027, 9, 15, 12))
    found = await plan_of(two)
    assert {one.state for one in found.measures} == {"over", "history"}
    for school in ("s24", "s33"):
        await report(two, school, "may", MAY)
    assert (await measure(two, "2.2")).state == "done"
