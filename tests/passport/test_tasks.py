"""The six tasks: verbatim, their thresholds, and what facts come to."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.campaign_note import CampaignNote
from passport.indicators import Line, Value
from passport.loader import load_passport
from passport.register import ClassCard, Contract, Partner
from passport.task_facts import May, SchoolEvents, SchoolSaid, TaskFacts
from passport.task_measures import TAKEN, measure, states
from passport.task_shares import settled
from passport.tasks import Measured, TaskState

PASSPORT = load_passport()
TASKS = PASSPORT.tasks
TODAY = date(2027, 1, 12)
SIX = tuple(PASSPORT.forms.of("may").question("equipment").options)
NOTHING = TaskFacts(
    year="2026-2027",
    on=TODAY,
    schools=("s24", "s33", "s40"),
    classes=(),
    portal=(),
    portal_on=TODAY,
    fresh_since=datetime(2026, 12, 12, 12, tzinfo=UTC),
    fresh_days=30,
    contracts=(),
    contracts_line=None,
    may=None,
    quarters=(),
    events=(),
    note=None,
    equipped_from=4,
    zone=ZoneInfo("Asia/Kamchatka"),
)


def card(number: int, school: str = "s24", **said: Any) -> ClassCard:
    made = ClassCard(number, school, "2026-2027", 10, "А", "class", "медицинская")
    return replace(made, **said)


def taken(key: str, facts: TaskFacts) -> Measured:
    return measure(TASKS.measures[key], facts)


# --- the passport --------------------------------------------------------------------------------


def test_the_tasks_are_the_passports() -> None:
    assert [one.no for one in TASKS.tasks] == ["1", "2", "3", "4", "5", "6"]
    names = [one.name for one in TASKS.tasks]
    assert names[1] == "Организовано информационное сопровождение Проекта"
    # Its own words, slips of grammar included.
    assert names[4].startswith("Организован процесс повышение уровня профессионального мастерства")
    results = [one.result for one in TASKS.tasks]
    assert "укомплектованы не менее чем на 60%" in results[3]
    assert results[4].startswith("100 % педагогов повысили профессиональное мастерство")
    assert results[5].endswith("в не менее 70% ООО, реализующих Проект")
    assert results[2] == (
        "Сформирован перечень сетевых партнеров, заключены договоры о сотрудничестве"
    )


def test_money_has_five_lines_and_no_sums() -> None:
    assert [one.no for one in TASKS.financing] == ["1", "2", "3", "4", "5"]
    assert all(one.source.startswith("Средства муниципального бюджета") for one in TASKS.financing)
    assert TASKS.financing[-1].source.endswith("Возможное привлечение грантового финансирования")


def test_thresholds_are_those_of_the_passport() -> None:
    found = {key: one.threshold for key, one in TASKS.measures.items() if one.threshold}
    assert found == {"filled": 60, "extracurricular": 100, "trained": 100, "equipped": 70}
    assert TASKS.measures["contracts"].threshold_printed == "цель года"


def test_every_measure_can_be_taken_and_belongs_to_one_section_of_the_plan() -> None:
    assert set(TAKEN) == set(TASKS.measures)
    assert [one.section for one in TASKS.tasks] == [one.key for one in PASSPORT.plan.sections]


def test_nothing_is_known_of_nothing() -> None:
    """Missing is never 0: no number, a reason, and no threshold missed."""
    for state in states(TASKS, NOTHING):
        for one in state.measured:
            if one.measure.key == "schools_with_contract":
                continue  # the register is there, and it is empty
            assert not one.is_known, one
            assert one.missing
            assert one.says == ""
            assert one.numerator is None
            assert one.share is None
            assert one.reached is None
        assert state.reached is None


# --- task 4 --------------------------------------------------------------------------------------


def test_seats_are_added_up_over_classes_that_said_both() -> None:
    classes = (
        card(1, capacity=20, enrolled=15),
        card(2, capacity=30, enrolled=12),
        card(3, "s33", capacity=25),  # nobody said how many came: not 0
        card(4, "s33", enrolled=9),
    )
    one = taken("filled", replace(NOTHING, classes=classes))
    assert one.says == "занято 27 из 50 мест (54,0 %), по 2 из 4 классов; ниже 60 % – 1 класс"
    assert (one.told, one.expected, one.share) == (2, 4, Fraction(54))
    assert one.reached is False
    assert [row.says for row in one.rows] == [
        "10 «А»: 15 из 20 (75,0 %)",
        "10 «А»: 12 из 30 (40,0 %)",
        "10 «А»: мест или зачисленных нет в карточке",
        "10 «А»: мест или зачисленных нет в карточке",
    ]
    assert [row.class_id for row in one.rows] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("enrolled", "reached", "shown"),
    [(12, True, "60,0 %"), (11, False, "55,0 %"), (0, False, "0,0 %")],
)
def test_sixty_percent_is_enough(enrolled: int, reached: bool, shown: str) -> None:
    facts = replace(NOTHING, classes=(card(1, capacity=20, enrolled=enrolled),))
    one = taken("filled", facts)
    assert one.reached is reached
    assert shown in one.says


def test_a_class_without_seats_is_no_denominator() -> None:
    one = taken("filled", replace(NOTHING, classes=(card(1, capacity=0, enrolled=0),)))
    assert one.missing == "ни один класс не назвал и план набора, и зачисленных"


# --- shares of schools ---------------------------------------------------------------------------


def test_silent_schools_decide_until_they_cannot() -> None:
    assert settled(7, 7, 10, 70) is True
    assert settled(6, 7, 10, 70) is None  # one of three may still make it
    assert settled(6, 10, 10, 70) is False
    assert settled(3, 7, 10, 70) is False  # even all three would not
    assert settled(0, 0, 10, 70) is None
    assert settled(0, 0, 0, 70) is None
    assert settled(5, 5, 5, None) is None


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40), st.integers(1, 100))
def test_what_is_settled_stays_so_whatever_the_silent_say(
    yes: int, no: int, silent: int, threshold: int
) -> None:
    told, expected = yes + no, yes + no + silent
    before = settled(yes, told, expected, threshold)
    for more in range(silent + 1):
        after = settled(yes + more, expected, expected, threshold)
        if expected == 0:
            assert after is None
        elif before is not None:
            assert after is before
        else:
            assert after is not None
    if before is None and expected:
        ends = {settled(yes + more, expected, expected, threshold) for more in (0, silent)}
        assert ends == {True, False}


def may(*said: SchoolSaid, expected: tuple[str, ...] = NOTHING.schools) -> May:
    return May("2025-2026", expected, said, 0, None)


def said(school: str, kinds: int | None = None, third: bool | None = None) -> SchoolSaid:
    return SchoolSaid(school, 7, None if kinds is None else SIX[:kinds], third)


def test_more_than_half_of_the_kinds_make_an_equipped_school() -> None:
    """The passport lists six and «и т.п.»; staff can set another number (risk 5)."""
    assert len(SIX) == 6
    facts = replace(NOTHING, may=may(said("s24", 6), said("s33", 4), said("s40", 3)))
    one = taken("equipped", facts)
    assert (
        one.says
        == "оснащены 2 из 3 школ (66,7 %), участниц 3; оснащена – от 4 видов из 6; все – у 1 школы"
    )
    assert one.as_of == "анкета мая 2026"
    assert one.reached is False
    stricter = taken("equipped", replace(facts, equipped_from=6))
    assert stricter.numerator == 1
    milder = taken("equipped", replace(facts, equipped_from=3))
    assert milder.reached is True


def test_a_school_that_left_the_question_out_is_silent_and_nothing_ticked_is_an_answer() -> None:
    facts = replace(NOTHING, may=may(said("s24", 5), said("s33", 0), said("s40")))
    one = taken("equipped", facts)
    assert (one.numerator, one.told, one.expected) == (1, 2, 3)
    assert one.reached is False  # 1 of 3 and the silent one: at most 67 %
    texts = {row.school: row.says for row in one.rows}
    assert texts["s33"] == "0 из 6: ничего не отмечено"
    assert texts["s40"] == "анкеты или ответа нет"


def test_a_third_of_the_work_outside_lessons_is_every_schools_duty() -> None:
    everybody = may(said("s24", third=True), said("s33", third=True), said("s40", third=True))
    assert taken("extracurricular", replace(NOTHING, may=everybody)).reached is True
    silent = may(said("s24", third=True), said("s33", third=True), said("s40"))
    one = taken("extracurricular", replace(NOTHING, may=silent))
    assert one.reached is None
    assert one.says == "не менее 1/3 – у 2 из 2 школ (100,0 %), участниц 3"
    refusing = may(said("s24", third=True), said("s33", third=False))
    assert taken("extracurricular", replace(NOTHING, may=refusing)).reached is False
    unasked = may(said("s24", 6), said("s33", 6))
    one = taken("extracurricular", replace(NOTHING, may=unasked))
    assert one.missing == "на этот вопрос школы не ответили"


# --- task 5 --------------------------------------------------------------------------------------


def trained(numerator: int, denominator: int, reported: int, expected: int) -> TaskFacts:
    indicator = PASSPORT.indicators.get("teachers_trained_share")
    value = Value(Decimal(numerator), Decimal(denominator), TODAY, reported, expected)
    line = Line(indicator, "2025-2026", Decimal(75), live=value)
    return replace(NOTHING, may=replace(may(said("s24", 6)), trained=line))


@pytest.mark.parametrize(
    ("numbers", "reached"),
    [
        ((10, 10, 3, 3), True),
        ((10, 10, 2, 3), None),  # the third school may have an untrained one
        ((9, 10, 2, 3), False),  # whatever it says, not all are
        ((75, 100, 3, 3), False),  # the year's target is met, the task is not
    ],
)
def test_all_teachers_means_all(numbers: tuple[int, int, int, int], reached: bool | None) -> None:
    assert taken("trained", trained(*numbers)).reached is reached


def test_row_eight_counts_participations_and_gives_no_share() -> None:
    events = (SchoolEvents("s24", 5, 2), SchoolEvents("s33", 0, 1))
    facts = replace(NOTHING, events=events, quarters=("II", "I"))
    one = taken("events", facts)
    assert one.says == (
        "5 участий педагогов, школ 1 из 2, что отчитались (участниц 3); четверти I–II"
    )
    assert one.share is None
    assert one.reached is None


# --- tasks 1 to 3 --------------------------------------------------------------------------------


def test_local_acts_are_counted_by_class_and_by_school() -> None:
    classes = (
        card(1, local_act_url="https://school24.ru/act"),
        card(2),
        card(3, "s33", local_act_url="https://school33.ru/act"),
    )
    one = taken("local_acts", replace(NOTHING, classes=classes))
    assert one.says == "ссылка на ЛНА есть у 2 из 3 классов; у всех своих классов – 1 из 2 школ"
    assert [(row.school, row.class_id) for row in one.rows] == [("s24", 2)]


def test_a_card_is_fresh_from_its_very_hour_on() -> None:
    since = NOTHING.fresh_since
    portal = (
        card(1, confirmed_at=since),
        card(2, confirmed_at=since.replace(hour=11)),
        card(3, "s33"),
    )
    one = taken("cards_fresh", replace(NOTHING, portal=portal))
    assert one.says == "за 30 дней проверены карточки 1 из 3 классов"
    # 11:00 UTC of the 12th is 23:00 in Kamchatka, still the 12th.
    assert [row.says for row in one.rows] == [
        "10 «А»: проверена 12.12.2026",
        "10 «А»: карточку ещё не проверяли",
    ]


def test_contracts_are_those_of_the_indicator() -> None:
    indicator = PASSPORT.indicators.get("contracts")
    official = Value(Decimal(28), None, date(2026, 9, 15), official=True)
    live = Value(Decimal(27), None, TODAY)
    line = Line(indicator, "2026-2027", Decimal(28), official, live, partners=16)
    one = taken("contracts", replace(NOTHING, contracts_line=line))
    assert one.sentence == (
        "28 договоров, цель года 28; разных партнёров 16, на 15.09.2026; "
        f"сейчас 27, на {TODAY:%d.%m.%Y}"
    )
    assert one.reached is True
    assert one.as_of == "на 15.09.2026"
    fewer = replace(line, official=replace(official, numerator=Decimal(27)))
    assert taken("contracts", replace(NOTHING, contracts_line=fewer)).reached is False


def test_a_contract_of_two_schools_is_one_for_each() -> None:
    held = Contract(1, Partner(1, "Порт", "industry"), "", TODAY, schools=("s24", "s33"))
    one = taken("schools_with_contract", replace(NOTHING, contracts=(held,)))
    assert one.says == "договор действует у 2 из 3 школ"
    assert [row.school for row in one.rows] == ["s40"]


def test_announcements_of_the_silent_are_unknown() -> None:
    note = CampaignNote("2026-2027", TODAY, NOTHING.schools, {"s24": 3}, 2, None, None, ())
    one = taken("announcements", replace(NOTHING, note=note))
    assert one.says == "лето 2026: 5 (школы 3, бот 2), по 1 из 3 школ"
    silent = replace(note, announced={}, own_posts=0)
    one = taken("announcements", replace(NOTHING, note=silent))
    assert one.missing == "об объявлениях лета 2026 школы ещё не сообщили"


# --- a task as a whole ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said_of", "whole"),
    [
        ((True, True), True),
        ((True, None), None),
        ((False, None), False),
        ((None, None), None),
        ((True, False), False),
    ],
)
def test_a_task_is_reached_when_all_its_thresholds_are(
    said_of: tuple[bool | None, bool | None], whole: bool | None
) -> None:
    task = TASKS.tasks[3]
    measured = tuple(
        Measured(one, TODAY, "…", reached=reached)
        for one, reached in zip(task.measures, said_of, strict=True)
    )
    assert TaskState(task, measured).reached is whole
