"""The passport's eight risks, and each of their signals: amber or red, clear, and not known."""

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from math import ceil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.form import PeriodKey
from passport.loader import DATA
from passport.register import COPES, OVERLOADED
from passport.risk_evidence import (
    Applications,
    Applied,
    Collected,
    Evidence,
    HandedIn,
    MarkSaid,
    Questionnaire,
    Returned,
)
from passport.risk_judging import JUDGES, judge
from passport.risk_thresholds import bounds, read_threshold
from passport.risks import (
    Flag,
    Light,
    Signal,
    UnknownRiskError,
    is_worse,
    out_of_order,
    scale_of,
    worst,
)
from passport.values import Refusal
from tests.passport.risk_samples import (
    BEFORE,
    EMPTY,
    NEXT,
    RISKS,
    SUMMER,
    TODAY,
    YEAR,
    card,
    contract,
    line,
    report,
)

SIGNALS = [signal for risk in RISKS.risks for signal in risk.signals]
Said = dict[tuple[str, str], Decimal]


def flag(key: str, evidence: Evidence, said: Said | None = None) -> Flag:
    return JUDGES[key](evidence, scale_of(RISKS.signal(key), said or {}))


def with_(**known: Any) -> Evidence:
    return replace(EMPTY, **known)


def mark(period: PeriodKey, number: str, pupils: int | None = 12) -> MarkSaid:
    return MarkSaid(7, "s24", period, 1, "10 «А»", 2, "Химия", Decimal(number), pupils)


def asked(period: PeriodKey, year: str, *schools: tuple[str, dict[str, int]]) -> Evidence:
    return with_(
        questionnaires=tuple(
            Questionnaire(place, school, year, period, numbers)
            for place, (school, numbers) in enumerate(schools, start=1)
        )
    )


def equipped(*kinds: int) -> Evidence:
    known = ("лаборатории", "техника", "программы", "пособия", "комплекты", "помещения")
    return with_(
        questionnaires=tuple(
            Questionnaire(place, school, BEFORE, "may", {}, known[:count])
            for place, (school, count) in enumerate(zip(("s24", "s39"), kinds, strict=True), 1)
        )
    )


def late(*flags: bool) -> Evidence:
    lines = tuple(
        HandedIn(school, 1, None if is_late else TODAY, date(2027, 1, 14), is_late)
        for school, is_late in zip(("s24", "s39"), flags, strict=True)
    )
    return with_(collected=Collected(YEAR, "II", lines))


def summer(day: date, silent: int) -> Evidence:
    """A day of the campaign after so many days without questions, and one with three."""
    asks = {day - timedelta(days=1 + step): 0 for step in range(silent)}
    return with_(today=day, asks=asks | {day - timedelta(days=1 + silent): 3})


JUNE = date(2027, 6, 15)
AUGUST = date(2027, 8, 21)
PUPILS = (report("s24", "base", 22), report("s39", "base", 20))
INDUSTRY = "договоры с реальным сектором"
# Signal, evidence, light, what is said at its beginning or in its middle, rows.
TABLE: list[tuple[str, Evidence, Light, str, int]] = [
    (
        "pupils_drop",
        with_(reports=(*PUPILS, report("s24", "I", 18), report("s39", "I", 20))),
        "amber",
        "I четверть: было 42 на 01.09, стало 38 (меньше на 9,5 %), по 2 из 2 школ: "
        "школа № 24: было 22, стало 18",
        2,
    ),
    (
        "pupils_drop",  # only the school that has both
        with_(reports=(*PUPILS, report("s24", "I", 18))),
        "red",
        "было 22 на 01.09, стало 18 (меньше на 18,2 %), по 1 из 2 школ",
        1,
    ),
    (
        "pupils_drop",
        with_(reports=(*PUPILS, report("s24", "I", 22), report("s39", "I", 19))),
        "clear",
        "было 42 на 01.09, стало 41 (меньше на 2,4 %)",
        2,
    ),
    (
        "class_underfilled",
        with_(classes={YEAR: (card(seats=(25, 12)), card("s39", number=2))}),
        "amber",
        "1 из 2 классов: школа № 24, 10 «А»: 12 из 25 мест",
        1,
    ),
    ("class_underfilled", with_(classes={YEAR: (card(seats=(25, 9)),)}), "red", "9 из 25", 1),
    (
        "class_underfilled",
        with_(classes={YEAR: (card(seats=(25, 15)), card("s39", seats=(None, 9), number=2))}),
        "clear",
        "все классы с известными числами (1) заполнены хотя бы на 60 %",
        0,
    ),
    (
        "class_underfilled",  # on the day after enrolment next year's classes are judged
        with_(today=AUGUST, classes={YEAR: (card(seats=(25, 1)),), NEXT: (card(year=NEXT),)}),
        "clear",
        "(1)",
        0,
    ),
    (
        "target_gap",
        with_(lines={"pupils": line("pupils", 472, whole=(2, 2))}),
        "amber",
        "472 ученика на 15.09.2026, цель 500: не хватает 28, по 2 из 2 школ",
        0,
    ),
    ("target_gap", with_(lines={"pupils": line("pupils", 400)}), "red", "не хватает 100", 0),
    ("target_gap", with_(lines={"pupils": line("pupils", 500)}), "clear", "цель 500", 0),
    (
        "applications_low",
        with_(
            today=date(2027, 7, 5),
            applications=Applications(date(2027, 7, 1), (Applied("s24", 30, 23),)),
        ),
        "amber",
        "на 01.07.2027 подано 23, год назад было 30 (меньше на 23,3 %), по 1 из 2 школ",
        1,
    ),
    (
        "applications_low",
        with_(
            today=date(2027, 7, 5),
            applications=Applications(date(2027, 7, 1), (Applied("s24", 30, 29),)),
        ),
        "clear",
        "подано 29, год назад было 30",
        1,
    ),
    (
        "contracts_gap",
        with_(
            lines={"contracts": line("contracts", 28), "contracts_vet": line("contracts_vet", 6)}
        ),
        "amber",
        "договоры с СПО: действует 6, цель 7",
        2,
    ),
    (
        "contracts_gap",
        with_(lines={"contracts": line("contracts", 20)}),
        "red",
        "договоры всех видов: действует 20, цель 28",
        1,
    ),
    ("contracts_gap", with_(lines={"contracts": line("contracts", 28)}), "clear", "цель 28", 1),
    (
        "school_without_partner",
        with_(contracts=(contract(1, "s24"),)),
        "amber",
        "без действующего договора 1 из 2 школ: гимназия № 39",
        1,
    ),
    (
        "school_without_partner",
        with_(contracts=(contract(1, "s24", "s39"),)),
        "clear",
        "у каждой школы-участницы есть действующий договор",
        0,
    ),
    (
        "single_partner",
        with_(contracts=(contract(1, "s24", "s39"),)),
        "red",
        "только с одним партнёром (Завод 1) работают 2 из 2 школ (100 %)",
        2,
    ),
    (
        "single_partner",  # exactly half is not «more than half»
        with_(contracts=(contract(1, "s24"), contract(2, "s39", partner=2))),
        "clear",
        "работает 1 из 2 школ (50 %)",
        1,
    ),
    (
        "distance_share",
        with_(
            classes={
                BEFORE: (card(year=BEFORE, mode="очная", number=1),),
                YEAR: (card(mode="очная и дистанционная", number=2),),
            }
        ),
        "red",
        "с дистанционной формой 1 из 1 класса (100 %), год назад было 0 %",
        1,
    ),
    (
        "distance_share",
        with_(
            classes={
                BEFORE: (card(year=BEFORE, mode="дистанционная", number=1),),
                YEAR: (card(mode="дистанционная", number=2),),
            }
        ),
        "clear",
        "год назад было 100 %",
        1,
    ),
    (
        "teachers_events_zero",
        with_(reports=(report("s24", "I", teachers=0), report("s24", "II", teachers=0))),
        "amber",
        "2 четверти подряд педагоги не участвовали у 1 из 1 школы: школа № 24: I четверть, "
        "II четверть – 0",
        1,
    ),
    (
        "teachers_events_zero",  # over the turn of the year
        with_(
            reports=(
                report("s24", "IV", year=BEFORE, teachers=0),
                report("s24", "I", teachers=0),
                report("s39", "I", teachers=0),
            )
        ),
        "amber",
        "у 1 из 1 школы",
        1,
    ),
    (
        "teachers_events_zero",
        with_(reports=(report("s24", "I", teachers=0), report("s24", "II", teachers=2))),
        "clear",
        "педагоги участвуют",
        0,
    ),
    (
        "joint_events_low",
        with_(
            reports=(
                report("s24", "II", joint=10, year=BEFORE),
                report("s24", "II", joint=5),
                report("s39", "II", joint=0),  # nothing to compare it with
            )
        ),
        "amber",
        "II четверть: участий 5, год назад было 10 (меньше на 50 %), по 1 из 2 школ",
        1,
    ),
    (
        "joint_events_low",
        with_(reports=(report("s24", "II", joint=10, year=BEFORE), report("s24", "II", joint=6))),
        "clear",
        "участий 6",
        1,
    ),
    (
        "comment_tag",
        with_(contracts=(contract(load=OVERLOADED), contract(2, load=OVERLOADED))),
        "amber",
        "перегружены, по словам школ: 1 партнёр",
        2,
    ),
    ("comment_tag", with_(contracts=(contract(load=COPES),)), "clear", "справляются", 0),
    (
        "contracts_expiring",
        with_(contracts=(contract(until=TODAY + timedelta(days=60)),)),
        "amber",
        "в ближайшие 60 дней кончается без замены 1 договор: Завод 1, № 1, до 21.03.2027: "
        "школа № 24 (через 60 дней)",
        1,
    ),
    (
        "contracts_expiring",
        with_(contracts=(contract(until=TODAY + timedelta(days=30)),)),
        "red",
        "(через 30 дней)",
        1,
    ),
    (
        "contracts_expiring",  # followed by another with the same partner, for the same school
        with_(contracts=(contract(until=TODAY), contract(2))),
        "clear",
        "без замены не кончается ни один договор",
        0,
    ),
    (
        "contracts_expiring",  # the other one is of another school
        with_(contracts=(contract(until=TODAY), contract(2, "s39"))),
        "red",
        "(через 0 дней)",
        1,
    ),
    (
        "contracts_expiring",
        with_(contracts=(contract(until=TODAY + timedelta(days=61)),)),
        "clear",
        "не кончается",
        0,
    ),
    (
        "industry_gap",
        with_(lines={"contracts_industry": line("contracts_industry", 7)}, contracts=(contract(),)),
        "amber",
        f"{INDUSTRY}: действует 7, цель 8",
        1,
    ),
    (
        "industry_gap",
        with_(lines={"contracts_industry": line("contracts_industry", 8)}),
        "clear",
        f"{INDUSTRY}: действует 8, цель 8",
        0,
    ),
    (
        "partner_idle",
        with_(contracts=(contract(event=date(2026, 5, 30)), contract(2, partner=2))),
        "amber",
        "без мероприятий 2 четверти и дольше: 1 партнёр: Завод 1: последнее мероприятие 30.05.2026",
        1,
    ),
    ("partner_idle", with_(contracts=(contract(event=date(2026, 3, 1)),)), "red", "01.03.2026", 1),
    (
        "partner_idle",
        with_(contracts=(contract(event=date(2026, 11, 20)),)),
        "clear",
        "проводили мероприятия недавно",
        0,
    ),
    (
        "equipment_share",
        equipped(4, 3),
        "amber",
        "оснащены 1 из 2 школ (50 %), анкета мая 2026, по 2 из 2 школ",
        1,
    ),
    ("equipment_share", equipped(3, 3), "red", "оснащены 0 из 2 школ (0 %)", 2),
    ("equipment_share", equipped(4, 6), "clear", "оснащены 2 из 2 школ (100 %)", 0),
    ("grants_zero", with_(grants=0), "amber", "за 2026/27 учебный год грантов не получено", 0),
    ("grants_zero", with_(grants=350), "clear", "получено грантов: 350 тыс. ₽", 0),
    (
        "outflow_in_year",
        with_(reports=(*PUPILS, report("s24", "I", 19), report("s39", "I", 19))),
        "amber",
        "учеников заметно меньше у 1 из 2 школ: школа № 24: было 22, стало 19 (I четверть)",
        1,
    ),
    (
        "outflow_in_year",  # two of twenty is 10 %
        with_(reports=(*PUPILS, report("s39", "I", 18))),
        "amber",
        "гимназия № 39: было 20, стало 18",
        1,
    ),
    (
        "outflow_in_year",
        with_(reports=(*PUPILS, report("s24", "I", 20), report("s39", "I", 25))),
        "clear",
        "отток не заметен, сравнили школ: 2",
        0,
    ),
    (
        "off_track_admission",
        asked(
            "sept",
            BEFORE,
            ("s24", {"grads_total": 20, "grads_he": 4, "grads_vet": 2}),
            ("s39", {"grads_total": 10, "grads_he": 5, "grads_vet": 3}),
        ),
        "amber",
        "поступили по направленности 14 из 30 (46,7 %), выпуск 2026 года, по 2 из 2 школ: "
        "школа № 24: 6 из 20",
        2,
    ),
    (
        "off_track_admission",
        asked("sept", BEFORE, ("s24", {"grads_total": 20, "grads_he": 10, "grads_vet": 0})),
        "clear",
        "10 из 20 (50 %)",
        1,
    ),
    (
        "marks_drop",  # II has no marks: half-years
        with_(marks=(mark("I", "4.35"), mark("III", "4.05"))),
        "amber",
        "1 из 1: школа № 24, 10 «А», Химия: было 4,35, стало 4,05 (III четверть)",
        1,
    ),
    ("marks_drop", with_(marks=(mark("I", "4.35"), mark("II", "3.70"))), "red", "было 4,35", 1),
    (
        "marks_drop",
        with_(marks=(mark("base", "3"), mark("I", "4.35"), mark("II", "4.06"))),
        "clear",
        "ни по одному предмету балл не упал на 0,3 (сравнили: 1)",
        0,
    ),
    (
        "careers_events_low",
        with_(reports=(report("s24", "I", events=3), report("s24", "II", events=0))),
        "amber",
        "мероприятий не было у 1 из 1 школы: школа № 24: II четверть – 0",
        1,
    ),
    ("careers_events_low", with_(reports=(report("s24", "I", events=1),)), "clear", "(1)", 0),
    (
        "local_act_missing",
        with_(classes={YEAR: (card(), card("s39", link="https://a.ru", number=2))}),
        "amber",
        "без ссылки на положение 1 из 2 школ: школа № 24: ссылки нет, 1 класс",
        1,
    ),
    (
        "local_act_missing",
        with_(
            classes={
                YEAR: (
                    card(link="https://b.ru"),
                    card("s39", link="https://a.ru", number=2),
                    card("s39", number=3),
                )
            }
        ),
        "clear",
        "у каждой школы-участницы есть ссылка",
        0,
    ),
    (
        "form_returned",
        with_(submitted=9, returned=(Returned(5, "s24", "II", 2), Returned(6, "s39", "II", 1))),
        "amber",
        "возвращали снова и снова: 1 отчёт: школа № 24, II четверть: возвращали 2 раза",
        1,
    ),
    ("form_returned", with_(submitted=9, returned=(Returned(6, "s39", "II", 1),)), "clear", "9", 0),
    (
        "teachers_trained_gap",
        with_(lines_before={"teachers_trained_share": line("teachers_trained_share", 99, of=100)}),
        "amber",
        "99 % (99 из 100) на 15.09.2026, цель 100 %",
        1,
    ),
    (
        "teachers_trained_gap",
        with_(lines={"teachers_trained_share": line("teachers_trained_share", 100, of=100)}),
        "clear",
        "100 % (100 из 100)",
        1,
    ),
    (
        "card_stale",
        with_(
            classes={YEAR: tuple(card(number=one) for one in range(1, 11))},
            card_days={one: TODAY - timedelta(days=31 if one < 3 else 30) for one in range(1, 11)},
        ),
        "amber",
        "не проверяли больше 30 дней: 2 из 10 карточек (20 %): школа № 24, 10 «А»: проверена",
        2,
    ),
    (
        "card_stale",  # in enrolment a week is long, and next year's cards are meant
        with_(
            today=JUNE,
            classes={YEAR: (card(),), NEXT: (card(year=NEXT, number=2),)},
            card_days={2: JUNE - timedelta(days=8)},
        ),
        "red",
        "не проверяли больше 7 дней: 1 из 1 карточки (100 %)",
        1,
    ),
    (
        "card_stale",
        with_(classes={YEAR: (card(),)}, card_days={1: TODAY - timedelta(days=30)}),
        "clear",
        "все карточки классов (1) проверены за 30 дней",
        0,
    ),
    (
        "announcements_low",
        asked("campaign", BEFORE, ("s24", {"announcements": 0}), ("s39", {"announcements": 4})),
        "amber",
        "лето 2026: без объявлений 1 из 2 школ: школа № 24: объявлений 0",
        1,
    ),
    (
        "announcements_low",
        asked("campaign", BEFORE, ("s24", {"announcements": 1})),
        "clear",
        "объявления были у каждой из школ",
        0,
    ),
    (
        "late_reports",
        late(True, False),
        "red",
        "II четверть: позже срока или не сдали 1 из 2 школ (50 %): школа № 24: не сдано, "
        "срок 14.01.2027",
        1,
    ),
    ("late_reports", late(False, False), "clear", "0 из 2 школ (0 %)", 0),
    (
        "no_questions",
        summer(JUNE, 7),
        "amber",
        "дней подряд без обращений родителей: 7, последний раз – 07.06.2027 (обращений: 3)",
        0,
    ),
    ("no_questions", summer(JUNE, 14), "red", "родителей: 14", 0),
    ("no_questions", summer(JUNE, 6), "clear", "родителей: 6", 0),
]


@pytest.mark.parametrize(("key", "evidence", "light", "says", "rows"), TABLE)
def test_a_signal_is_on_or_off_by_its_numbers(
    key: str, evidence: Evidence, light: Light, says: str, rows: int
) -> None:
    found = flag(key, evidence)
    assert found.light == light, found.says
    assert says in found.says
    assert len(found.rows) == rows


def test_every_signal_is_tried_on_and_off() -> None:
    assert set(JUDGES) == {signal.key for signal in SIGNALS}
    for signal in SIGNALS:
        lights = {light for key, _, light, _, _ in TABLE if key == signal.key}
        assert "clear" in lights
        assert lights & {"amber", "red"}, signal.key


@pytest.mark.parametrize("signal", SIGNALS, ids=lambda one: one.key)
def test_without_data_it_says_what_is_missing(signal: Signal) -> None:
    found = flag(signal.key, EMPTY)
    assert found.light == "unknown"
    assert found.says == ""
    assert len(found.missing) > 20
    assert found.rows == ()


def test_what_is_not_due_is_not_amber() -> None:
    some = line("pupils", 100, whole=(1, 2))
    early = flag("target_gap", with_(today=date(2026, 9, 9), lines={"pupils": some}))
    assert early.light == "unknown"
    assert "ждём 1 школу до 10.09.2026" in early.missing
    assert flag("target_gap", with_(lines={"pupils": some})).light == "red"
    fresh = with_(today=JUNE, asks={JUNE - timedelta(days=1): 0})
    assert "не раньше чем с 14.06.2027" in flag("no_questions", fresh).missing
    assert flag("no_questions", with_(today=SUMMER.starts)).light == "clear"


def test_schools_that_left_are_compared_with_nothing() -> None:
    left = replace(
        with_(
            reports=(*PUPILS, report("s24", "I", 22), report("s39", "I", 2)),
            marks=(mark("I", "5"), mark("II", "3")),
            contracts=(contract(1, "s24"),),
            classes={YEAR: (card("s39", seats=(25, 1), number=2),)},
            submitted=2,
            returned=(Returned(1, "s39", "I", 3),),
        ),
        schools=("s24",),
    )
    assert flag("pupils_drop", left).says.startswith("I четверть: было 22 на 01.09, стало 22")
    assert flag("outflow_in_year", left).light == "clear"
    assert flag("class_underfilled", left).light == "unknown"
    assert flag("form_returned", left).light == "clear"
    assert flag("school_without_partner", left).light == "clear"
    assert flag("marks_drop", replace(left, schools=("s39",))).light == "unknown"


@pytest.mark.parametrize("signal", ["school_without_partner", "single_partner", "late_reports"])
def test_of_no_schools_nothing_is_said(signal: str) -> None:
    """«Every school has a contract» would be green, and «no deadline yet» is not so."""
    nobody = with_(
        schools=(),
        contracts=(contract(1, "s24", "s39"),),
        collected=Collected(YEAR, "I", ()),
    )
    found = flag(signal, nobody)
    assert (found.light, found.rows) == ("unknown", ())
    assert found.missing.startswith("школ-участниц нет")


def test_contracts_of_schools_that_left_are_no_risk() -> None:
    soon = TODAY + timedelta(days=10)
    long_ago = TODAY - timedelta(days=700)
    ending = contract(1, "s24", until=soon, load=OVERLOADED, event=long_ago)
    for signal in ("contracts_expiring", "comment_tag", "partner_idle"):
        assert flag(signal, with_(contracts=(ending,))).rows
        assert not flag(signal, with_(contracts=(ending,), schools=("s39",))).rows
        # Nobody's in particular is the city's.
        of_city = replace(ending, schools=())
        assert flag(signal, with_(contracts=(of_city,), schools=("s39",))).rows
    # Of two schools one has left, the other has its next contract.
    both = (contract(1, "s24", "s39", until=soon), contract(2, "s39"))
    assert flag("contracts_expiring", with_(contracts=both)).light == "red"
    assert flag("contracts_expiring", with_(contracts=both, schools=("s39",))).light == "clear"


def test_marks_of_small_groups_are_never_shown() -> None:
    small = with_(marks=(mark("I", "5", 12), mark("II", "3", 4)))
    found = flag("marks_drop", small)
    assert (found.light, found.rows) == ("unknown", ())
    assert "малые группы не сравнивались: 1" in found.missing
    assert "Химия" not in found.missing


class Counted(MarkSaid):
    """A mark that counts how often it is held against another."""

    __slots__ = ()
    times = 0

    def __eq__(self, other: object) -> bool:
        Counted.times += 1
        return super().__eq__(other)

    __hash__ = MarkSaid.__hash__


def test_many_small_groups_do_not_hold_everything_up() -> None:
    """Each is looked at by itself: of a thousand schools nobody waits half a minute."""
    marks = [
        Counted(1, "s24", period, number, "10", 1, "Химия", Decimal(4), 4)
        for number in range(100)
        for period in ("I", "II")
    ]
    found = flag("marks_drop", with_(marks=tuple(marks)))
    assert found.missing.endswith("малые группы не сравнивались: 100")
    assert Counted.times == 0


def test_while_the_first_reports_come_in_the_quarter_before_is_spoken_of() -> None:
    schools = tuple(f"s{number:02}" for number in range(10, 20))
    reports = [report(one, "base", 20) for one in schools]
    reports += [report(one, "I", 20) for one in schools]
    reports += [report(one, "II", 10) for one in schools[:4]]
    known = with_(schools=schools, names={}, reports=tuple(reports))
    assert flag("pupils_drop", known).says.startswith("I четверть: было 200")
    reports.append(report(schools[4], "II", 10))
    found = flag("pupils_drop", replace(known, reports=tuple(reports)))
    assert found.says.startswith("II четверть: было 100 на 01.09, стало 50")


# --- rules that hold for everything --------------------------------------------------------------

counts = st.integers(0, 60)
PERIODS: tuple[PeriodKey, ...] = ("base", "I", "II", "III", "IV")


@st.composite
def evidences(draw: st.DrawFn) -> Evidence:
    """Anything that storage could hand over, the odd included."""
    schools = ("s24", "s39", "s03")
    some = st.none() | counts
    reports = tuple(
        report(
            school,
            period,
            draw(some),
            year=year,
            events=draw(some),
            joint=draw(some),
            teachers=draw(some),
        )
        for school in schools
        for year in (BEFORE, YEAR)
        for period in PERIODS
        if draw(st.booleans())
    )
    cards = tuple(
        card(
            draw(st.sampled_from(schools)),
            seats=(draw(some), draw(some)),
            mode=draw(st.sampled_from(("", "очная", "дистанционная"))),
            number=number,
        )
        for number in range(1, draw(st.integers(1, 4)))
    )
    days = st.dates(date(2022, 9, 1), date(2027, 12, 31))
    deals = tuple(
        contract(
            number,
            draw(st.sampled_from(schools)),
            partner=draw(st.integers(1, 3)),
            until=draw(st.none() | days),
            load=draw(st.sampled_from(("", COPES, OVERLOADED))),
            event=draw(st.none() | days),
        )
        for number in range(1, draw(st.integers(1, 5)))
    )
    marks = tuple(
        mark(period, draw(st.sampled_from(("2", "3.5", "4.35", "5"))), draw(some))
        for period in PERIODS
        if draw(st.booleans())
    )
    keys = ("pupils", "contracts", "contracts_industry")
    return with_(
        today=draw(days),
        schools=draw(st.sampled_from((schools, schools[:1], ()))),
        reports=reports,
        classes={YEAR: cards, BEFORE: cards, NEXT: cards},
        card_days={one.id: draw(days) for one in cards if draw(st.booleans())},
        contracts=deals,
        marks=marks,
        lines={key: line(key, draw(counts), whole=(1, 3)) for key in keys if draw(st.booleans())},
        grants=draw(some),
        submitted=draw(counts),
        asks={draw(days): draw(counts) for _ in range(draw(st.integers(0, 9)))},
        applications=draw(
            st.none()
            | st.builds(
                Applications,
                days,
                st.lists(st.builds(Applied, st.sampled_from(schools), counts, counts)).map(tuple),
            )
        ),
    )


@given(evidences())
def test_nothing_raises_and_every_light_has_its_words(evidence: Evidence) -> None:
    for state in judge(RISKS, evidence, {}):
        assert state.light == worst(one.light for one in state.flags)
        assert state.worst.light == state.light
        for one in state.flags:
            assert one.words
            assert (one.light == "unknown") == (not one.says)
            assert one.light != "unknown" or not one.rows
            assert all(row.text for row in one.rows)
            known = set(evidence.schools)
            if one.signal.key not in ("contracts_expiring", "industry_gap", "comment_tag"):
                rows = {row.school for row in one.rows if row.school and not row.contract}
                assert rows <= known


@given(evidences())
def test_rows_that_were_compared_add_up_to_what_is_said(evidence: Evidence) -> None:
    found = flag("pupils_drop", evidence)
    if found.light != "unknown":
        was = sum((row.was or 0 for row in found.rows), Decimal(0))
        now = sum((row.now or 0 for row in found.rows), Decimal(0))
        assert f"было {was} на 01.09, стало {now}" in found.says
    found = flag("joint_events_low", evidence)
    if found.light != "unknown":
        assert f"участий {sum((row.now or 0 for row in found.rows), Decimal(0))}," in found.says


@given(evidences(), st.sampled_from(SIGNALS), st.data())
def test_a_stricter_bound_never_makes_a_light_worse(
    evidence: Evidence, signal: Signal, data: st.DataObject
) -> None:
    """Amber and red moved away from the numbers: the light stays or gets milder."""
    colours = [bound for bound in signal.thresholds if bound.name in ("amber", "red")]
    least = max(ceil(bound.least) for bound in colours)
    most = min(int(bound.most) for bound in colours)
    one, other = data.draw(st.integers(least, most)), data.draw(st.integers(least, most))
    low, high = min(one, other), max(one, other)
    step = data.draw(st.integers(0, 20))
    rising = signal.compare in ("at_least", "more_than")
    pair = {"amber": low, "red": high} if rising else {"amber": high, "red": low}
    said: Said = {(signal.key, bound.name): Decimal(pair[bound.name]) for bound in colours}
    milder: Said = {
        key: min(Decimal(most), value + step) if rising else max(Decimal(least), value - step)
        for key, value in said.items()
    }
    before, after = scale_of(signal, said), scale_of(signal, milder)
    assert [before[bound.name] for bound in colours] == list(said.values())
    assert [after[bound.name] for bound in colours] == list(milder.values())
    order: tuple[Light, ...] = ("red", "amber", "clear")
    was, now = JUDGES[signal.key](evidence, before).light, JUDGES[signal.key](evidence, after).light
    if "unknown" not in (was, now):
        assert order.index(now) >= order.index(was)


def test_a_light_gets_worse_only_when_it_comes_on_or_deepens() -> None:
    assert is_worse("amber", "clear")
    assert is_worse("red", "amber")
    assert is_worse("amber", "unknown")
    assert not is_worse("amber", "red")
    assert not is_worse("clear", "unknown")
    assert not is_worse("unknown", "red")
    assert worst(()) == "unknown"
    assert worst(("unknown", "clear")) == "clear"


# --- thresholds ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "name", "text", "value"),
    [
        ("pupils_drop", "amber", "7", "7"),
        ("pupils_drop", "red", " 20 % ", "20"),
        ("pupils_drop", "red", "100", "100"),
        ("marks_drop", "amber", "0,25", "0.25"),
        ("marks_drop", "red", "1 балл", "1"),
        ("distance_share", "amber", "7 п. п.", "7"),
        ("distance_share", "amber", "7 %", "7"),
        ("class_underfilled", "amber", "50 процентов", "50"),
        ("outflow_in_year", "persons", "4 ученика", "4"),
        ("form_returned", "times", "3 раза", "3"),
        ("grants_zero", "amber", "100 тыс. ₽", "100"),
        ("card_stale", "days", "45 дней", "45"),
        ("contracts_expiring", "red", "0", "0"),
    ],
)
def test_a_typed_threshold_is_read(key: str, name: str, text: str, value: str) -> None:
    signal = RISKS.signal(key)
    found = read_threshold(scale_of(signal, {}), signal.threshold(name), text)
    assert found == Decimal(value)
    assert str(found) == value


@pytest.mark.parametrize(
    ("key", "name", "text", "said"),
    [
        (
            "pupils_drop",
            "amber",
            "много",
            "Нужно целое число от 1 до 10 % (красный порог сейчас 10). Например: 5",
        ),
        ("pupils_drop", "amber", "11", "Нужно целое число от 1 до 10 %"),
        ("pupils_drop", "red", "3", "от 5 до 100 % (жёлтый порог сейчас 5). Например: 10"),
        ("pupils_drop", "red", "-5", "Нужно целое число"),
        ("pupils_drop", "red", "5,5", "Нужно целое число"),
        ("pupils_drop", "red", "1e3", "Нужно целое число"),
        ("pupils_drop", "red", "99999999999999", "Нужно целое число"),
        ("class_underfilled", "red", "61", "от 0 до 60 % (жёлтый порог сейчас 60). Например: 40"),
        ("marks_drop", "amber", "0,255", "Нужно число от 0,1 до 0,6 балла"),
        ("card_stale", "days", "0", "Нужно целое число от 1 до 365 дн. Например: 30"),
        ("card_stale", "days", "", "Нужно целое число"),
        ("card_stale", "days", "2 недели", "Нужно целое число от 1 до 365 дн."),
        ("card_stale", "days", "60 %", "Нужно целое число"),
        ("card_stale", "days", "٦٠", "Нужно целое число"),
        ("grants_zero", "amber", "5 млн", "Нужно целое число"),
        ("grants_zero", "amber", "100000 рублей", "Нужно целое число"),
        ("grants_zero", "amber", "100 ₽", "Нужно целое число"),
    ],
)
def test_nonsense_gets_one_sentence_with_bounds_and_an_example(
    key: str, name: str, text: str, said: str
) -> None:
    signal = RISKS.signal(key)
    found = read_threshold(scale_of(signal, {}), signal.threshold(name), text)
    assert isinstance(found, Refusal)
    assert said in found.text
    assert ".." not in found.text


@given(st.sampled_from(SIGNALS), st.data(), st.text(max_size=12))
def test_whatever_is_typed_never_breaks_the_order(
    signal: Signal, data: st.DataObject, text: str
) -> None:
    one = data.draw(st.sampled_from(signal.thresholds))
    typed = data.draw(st.just(text) | st.integers(-5, 1000).map(str))
    scale = scale_of(signal, {})
    value = read_threshold(scale, one, typed)
    if isinstance(value, Refusal):
        assert value.text.startswith("Нужно ")
        return
    least, most = bounds(scale, one)
    assert least <= value <= most
    after = scale_of(signal, {(signal.key, one.name): value})
    assert after[one.name] == value
    assert not out_of_order(signal, after.values)


def test_stored_values_that_no_longer_fit_are_left_aside() -> None:
    signal = RISKS.signal("pupils_drop")
    wild: Said = {("pupils_drop", "amber"): Decimal(5000)}
    assert scale_of(signal, wild)["amber"] == 5
    crossed: Said = {("pupils_drop", "amber"): Decimal(30), ("pupils_drop", "red"): Decimal(20)}
    assert scale_of(signal, crossed).values == {"amber": Decimal(5), "red": Decimal(10)}


# --- the passport's own words --------------------------------------------------------------------


def test_the_table_is_the_passports() -> None:
    assert [one.no for one in RISKS.risks] == [str(number) for number in range(1, 9)]
    assert RISKS.columns[2] == "Сетевые проявления риска"  # as it is printed
    chances = [one.probability for one in RISKS.risks]
    assert chances == ["высокая"] * 4 + ["средняя"] * 2 + ["низкая"] * 2
    assert len(SIGNALS) == 27
    raw = json.loads(Path(DATA / "risks.json").read_text(encoding="utf-8"))
    assert raw["risks"][4]["measures"].endswith(
        "а так же поиск дополнительных источников финансирования"
    )
    with pytest.raises(UnknownRiskError):
        RISKS.risk("9")
    with pytest.raises(UnknownRiskError):
        RISKS.signal("weather")
    with pytest.raises(UnknownRiskError):
        RISKS.signal("card_stale").threshold("kinds")
