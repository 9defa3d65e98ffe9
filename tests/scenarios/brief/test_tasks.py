"""/tasks: each value with its day, completeness and threshold; it opens down to its rows."""

from decimal import Decimal

import pytest

from demo.telegram import Person
from passport.tasks import Measured
from passport.values import Chosen, Item, Named, Nothing, Number, Text
from storage import risk_thresholds, task_state
from tests.clock import local
from tests.scenarios.plan.year import (
    Given,
    add_class,
    measure,
    only,
    report,
    say_of,
    screen,
    sign,
)
from tests.scenarios.risks.city import flags
from tests.scenarios.steps import forge, labels, sql
from tests.world import World

SIX = (
    "лаборатории",
    "техническое оборудование",
    "программное обеспечение",
    "учебные пособия",
    "комплекты рабочих программ",
    "специально выделенные помещения",
)


@pytest.fixture
async def three(world: World) -> World:
    """Schools № 24, 33 and 40, on 4 June 2027."""
    world.clock.move_to(local(2027, 6, 4, 12))
    await only(world, "s24", "s33", "s40")
    return world


async def taken(world: World, key: str) -> Measured:
    async with world.app.database.read() as tx:
        states = await task_state.of_day(tx, world.app.passport)
    return next(one for state in states for one in state.measured if one.measure.key == key)


def may(kinds: int, third: str = "", trained: int = 5) -> Given:
    given: Given = {
        "teachers_all": 40,
        "teachers_profile": 5,
        "teachers_trained": trained,
        "equipment": Chosen(SIX[:kinds]),
    }
    return given | ({"extracurricular_third": Text(third)} if third else {})


async def manager(world: World) -> Person:
    return await world.staff("manager")


async def test_a_year_with_no_data_says_what_is_missing(three: World) -> None:
    person = await manager(three)
    await three.say(person, "/tasks")
    text = screen(person)
    assert "Задачи Проекта на 04.06.2027" in text
    for words in (
        "Комплектование классов (порог: не менее 60 %): – открытых классов у школ-участниц нет",
        "Оснащённые школы (порог: не менее 70 % школ): – майские анкеты школ ещё не приняты",
        "Педагоги с курсами (порог: 100 % педагогов): – майские анкеты школ ещё не приняты",
    ):
        assert f"· {words}" in text
    assert " 0,0 %" not in text


async def test_only_accepted_reports_count(three: World) -> None:
    await report(three, "s24", "may", may(6, "да"))
    await report(three, "s33", "may", may(6, "да"), accept=False)
    one = await taken(three, "equipped")
    assert (one.numerator, one.told, one.expected) == (1, 1, 3)
    assert one.reached is None
    await report(three, "s40", "may", may(4, "нет"))
    assert (await taken(three, "equipped")).numerator == 2
    third = await taken(three, "extracurricular")
    assert (third.numerator, third.denominator, third.reached) == (1, 2, False)


async def test_announcements_are_those_of_accepted_notes_of_schools_that_take_part(
    three: World,
) -> None:
    """As plan 2.1 and risk 8 count them."""
    three.clock.move_to(local(2027, 8, 31, 12))
    await report(three, "s24", "campaign", {"announcements": 3})
    await report(three, "s33", "campaign", {"announcements": 40}, accept=False)
    await report(three, "s40", "campaign", {"announcements": 500})
    await only(three, "s24", "s33", year="2026-2027")
    one = await taken(three, "announcements")
    assert one.says == "лето 2027: 3 (школы 3, бот 0), по 1 из 2 школ"
    assert [row.says for row in one.rows] == ["объявлений 3", "ещё не сообщила"]
    assert "объявлений школ: 3," in (await measure(three, "2.1")).says


async def test_a_school_that_left_counts_nowhere(three: World) -> None:
    for school in ("s24", "s33", "s40"):
        await report(three, school, "may", may(6))
        await say_of(three, await add_class(three, school), capacity=20, enrolled=20)
    assert (await taken(three, "equipped")).numerator == 3
    await only(three, "s24", "s33", year="2026-2027")
    one = await taken(three, "equipped")
    assert (one.numerator, one.expected, one.reached) == (2, 2, True)
    filled = await taken(three, "filled")
    assert (filled.numerator, filled.denominator, filled.expected) == (40, 40, 2)


async def test_until_may_is_accepted_the_year_before_speaks(three: World) -> None:
    await report(three, "s24", "may", may(2), year="2025-2026")
    before = await taken(three, "equipped")
    assert before.as_of == "анкета мая 2026"
    await report(three, "s33", "may", may(6))
    now = await taken(three, "equipped")
    assert now.as_of == "анкета мая 2027"
    assert now.numerator == 1


async def test_the_year_before_speaks_until_half_of_the_schools_have_answered(
    three: World,
) -> None:
    """As risk 5 has it: one page shows both."""
    for school in ("s24", "s33", "s40"):
        await report(three, school, "may", may(6), year="2025-2026")
    await report(three, "s24", "may", may(1))
    assert (await taken(three, "equipped")).as_of == "анкета мая 2026"
    assert "анкета мая 2026" in (await flags(three))["equipment_share"].says
    await report(three, "s33", "may", may(1))
    assert (await taken(three, "equipped")).as_of == "анкета мая 2027"
    assert "анкета мая 2027" in (await flags(three))["equipment_share"].says


async def test_last_years_may_is_of_schools_that_still_take_part(three: World) -> None:
    """The same share as risk 5 has: one page shows both."""
    for school, kinds in (("s24", 6), ("s33", 5), ("s40", 1)):
        await report(three, school, "may", may(kinds), year="2025-2026")
    await only(three, "s24", "s33", year="2026-2027")
    one = await taken(three, "equipped")
    assert (one.numerator, one.denominator, one.expected) == (2, 2, 2)
    risk = (await flags(three))["equipment_share"]
    assert risk.says.startswith("оснащены 2 из 2 школ (100 %)")


async def test_one_word_of_staff_says_how_many_kinds_make_an_equipped_school(
    three: World,
) -> None:
    await report(three, "s24", "may", may(4))
    assert (await taken(three, "equipped")).numerator == 1
    async with three.app.database.write() as tx:
        await risk_thresholds.put(tx, "equipment_share", "kinds", Decimal(6), None)
    one = await taken(three, "equipped")
    assert one.numerator == 0
    assert "от 6 видов из 6" in one.says


async def test_teachers_at_events_are_added_up_over_accepted_quarters(three: World) -> None:
    named = Named((Item("Семинар", 3), Item("Форум", 2)))
    await report(three, "s24", "I", {"r8": named, "r8.total": Number(Decimal(4))})
    await report(three, "s24", "II", {"r8": named})  # without a total its events
    await report(three, "s33", "I", {"r8": Nothing()})
    await report(three, "s40", "I", {"r8": named}, accept=False)
    one = await taken(three, "events")
    assert one.says == (
        "9 участий педагогов, школ 1 из 2, что отчитались (участниц 3); четверти I–II"
    )


async def test_a_value_opens_its_rows_and_they_open_reports_and_cards(three: World) -> None:
    await report(three, "s24", "may", may(6))
    await say_of(three, await add_class(three, "s33"), capacity=20, enrolled=5)
    person = await manager(three)
    await three.say(person, "задачи")
    await three.press(person, "6. Оснащение")
    text = screen(person)
    assert "Наличие лабораторий, технического оборудования" in text
    assert "в не менее 70% ООО, реализующих Проект" in text
    assert "План, раздел 6:" in text
    await three.press(person, "Строки: Оснащённые школы")
    assert "Школа № 24: 6 из 6: лаборатории" in screen(person)
    assert "Школа № 40: анкеты или ответа нет" in screen(person)
    await three.press(person, "№ 24")
    assert "айская анкета" in screen(person)
    await three.say(person, "задача 4")
    await three.press(person, "Строки: Комплектование классов")
    assert "Школа № 33: 10 «А»: 5 из 20 (25,0 %)" in screen(person)
    await three.press(person, "№ 33")
    assert "Классы и группы" in screen(person)


async def test_the_section_of_the_plan_and_the_money_are_beside(three: World) -> None:
    await sign(three, "he", "s24")
    person = await manager(three)
    await three.say(person, "/tasks")
    await three.press(person, "Финансовое обеспечение")
    assert "Возможное привлечение грантового финансирования" in screen(person)
    assert "Сумм в Паспорте нет." in screen(person)
    await three.press(person, "← Задачи")
    await three.press(person, "3. Партнёры")
    assert "Договоры города" in labels(person)
    await three.press(person, "План, раздел 3")
    assert "3.2" in screen(person)


@pytest.mark.parametrize(
    "data",
    ["b3:task:7:0", "b3:task::0", "b3:rows:nothing:0", "b3:explode::0", "b3:rows:filled:-1"],
)
async def test_a_forged_button_is_outdated(three: World, data: str) -> None:
    person = await manager(three)
    await three.say(person, "/tasks")
    await forge(three, person, data)
    assert "Эта кнопка устарела. Вот что сейчас." in screen(person)


async def test_a_page_that_is_no_more_shows_the_last_one(three: World) -> None:
    person = await manager(three)
    await three.say(person, "/tasks")
    await forge(three, person, "b3:rows:schools_with_contract:99")
    assert "действующего договора нет" in screen(person)


async def test_a_hundred_schools_fit_a_message_and_turn_pages(three: World) -> None:
    await sql(
        three,
        "INSERT INTO schools (slug, number, name, short_name) "
        "WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 199) "
        "SELECT 's' || i, i, 'Средняя школа № ' || i, 'Школа № ' || i FROM n",
    )
    await sql(
        three,
        "INSERT INTO participation (school, year, takes_part, at) "
        "SELECT slug, '2026-2027', 1, '2026-09-01' FROM schools WHERE number >= 100",
    )
    person = await manager(three)
    await three.say(person, "/tasks")
    assert "договор действует у 0 из 103 школ" in screen(person)
    await three.press(person, "3. Партнёры")
    assert labels(person).count("Договоры города") == 1
    await three.press(person, "Строки: Школы с действующим договором")
    for _ in range(4):
        await three.press(person, "Дальше →")
    assert "Школа № 199: действующего договора нет" in screen(person)
    assert "Дальше →" not in labels(person)


async def test_cards_of_the_portal_are_those_of_today_when_the_project_is_over(
    three: World,
) -> None:
    """The other registers are told as they were on its last days."""
    await add_class(three, "s24")
    three.clock.move_to(local(2027, 9, 2, 12))
    assert (await taken(three, "cards_fresh")).on == three.app.passport.calendar.today(
        three.clock.now()
    )
    assert (await taken(three, "schools_with_contract")).as_of == "на 31.08.2027"
