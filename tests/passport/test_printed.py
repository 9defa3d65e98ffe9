"""The printed form: verbatim, in its order, and true to what was answered."""

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.form import PERIODS, PeriodKey
from passport.loader import load_passport
from passport.parsing import name_key
from passport.printed import Cells, PeriodColumn, PrintedForm, PrintedLine, print_form
from passport.register import ProfileClass, Subject
from passport.values import Item, Named, NotApplicable, Nothing, Number, Slot, Value

FORM = load_passport().form
CHEMISTRY, BIOLOGY = Subject(1, "Химия"), Subject(2, "Биология")
ONE = ProfileClass(1, 10, "А", "class", "медицинский", (CHEMISTRY, BIOLOGY))
OTHER = ProfileClass(2, 11, "Б", "group", "морская", (Subject(3, "Физика"),))
HALF_YEARS = NotApplicable("отметок нет (аттестация по полугодиям)")
LISTS = tuple(question.key for question in FORM.questions if question.kind == "named")


def number(value: int | str) -> Number:
    return Number(Decimal(value))


def named(**items: int) -> Named:
    return Named(tuple(Item(name, persons) for name, persons in items.items()))


def printed(
    values: Mapping[PeriodKey, Mapping[Slot, Value]],
    *classes: ProfileClass,
    sent: bool = True,
) -> PrintedForm:
    columns = [PeriodColumn(key, answers, "", sent) for key, answers in values.items()]
    return print_form(FORM, classes, columns)


def line_of(form: PrintedForm, key: str) -> PrintedLine:
    return next(line for line in form.lines if line.key == key)


def in_quarter_i(*cells: Decimal | str | None) -> Cells:
    return (None, *cells, None, None, None)


def test_an_empty_year_is_the_printed_form_itself() -> None:
    lines = printed({}).lines
    assert len(lines) == 29
    assert [(line.no, line.label, line.unit, line.italic) for line in lines] == [
        (line.no, line.label, line.unit, line.italic) for line in FORM.lines
    ]
    assert all(line.cells == (None,) * 5 for line in lines)


def test_headings_are_verbatim_and_only_the_two_standing_footnotes_remain() -> None:
    form = printed({})
    assert form.headings == FORM.column_headings
    assert form.footnotes == (FORM.footnotes["fourth"], FORM.footnotes["olympiads"])
    assert form.reasons == form.notes == ()


@pytest.mark.parametrize(
    ("answered", "sent", "cell"),
    [
        pytest.param({1: 24, 2: 12}, True, Decimal(36), id="every class"),
        pytest.param({1: 24, 2: 0}, True, Decimal(24), id="a closed class is a real 0"),
        pytest.param({1: 24}, True, Decimal(24), id="sent before the second class opened"),
        pytest.param({1: 24}, False, None, id="a draft that has not reached the second class"),
        pytest.param({}, True, None, id="nothing answered"),
        pytest.param({1: 24, 2: 12, 7: 5}, True, Decimal(41), id="a class dropped since counts"),
    ],
)
def test_row_1_is_the_sum_over_classes_or_empty(
    answered: dict[int, int], sent: bool, cell: Decimal | None
) -> None:
    values = {Slot("r1", class_id): number(pupils) for class_id, pupils in answered.items()}
    form = printed({"I": values}, ONE, OTHER, sent=sent)
    assert line_of(form, "r1").cells == in_quarter_i(cell)


def test_row_1_is_empty_when_a_class_has_marks_but_no_pupils() -> None:
    values = {Slot("r1", 1): number(24), Slot("r2", 2, 3): number("4.1")}
    assert line_of(printed({"I": values}, ONE, OTHER), "r1").cells == (None,) * 5


def test_subjects_of_one_class_need_no_class_name_and_placeholders_stay_up_to_three() -> None:
    form = printed({"I": {Slot("r2", 1, 1): number("4.35")}}, ONE)
    marks = [line for line in form.lines if line.key == "r2.subject"]
    assert [line.label for line in marks] == ["– Химия", "– Биология", "– наименование предмета"]
    assert marks[0].cells == in_quarter_i(Decimal("4.35"))
    assert marks[0].decimals == 2


def test_subjects_of_several_classes_are_told_apart_in_the_order_of_the_register() -> None:
    form = printed({}, ONE, OTHER)
    labels = [line.label for line in form.lines if line.key == "r2.subject"]
    assert labels == ["– Химия, 10 «А»", "– Биология, 10 «А»", "– Физика, 11 «Б», группа"]
    assert FORM.footnotes["several_classes"] in form.footnotes


def test_two_groups_of_one_class_are_told_apart_by_their_track() -> None:
    groups = [
        ProfileClass(id_, 11, "Б", "group", track, (Subject(id_, "Физика"),))
        for id_, track in ((4, "морская"), (5, "инженерная"))
    ]
    labels = [line.label for line in printed({}, *groups).lines if line.key == "r2.subject"]
    assert labels[:2] == [
        "– Физика, 11 «Б», группа (морская)",
        "– Физика, 11 «Б», группа (инженерная)",
    ]


def test_a_mark_whose_subject_was_dropped_is_still_printed() -> None:
    form = printed({"I": {Slot("r2", 1, 99): number("4.1")}}, ONE)
    line = next(line for line in form.lines if "исключённый" in line.label)
    assert line.cells == in_quarter_i(Decimal("4.1"))


@pytest.mark.parametrize(
    ("pupils", "small"), [(4, True), (5, False), (0, True), (None, False)], ids=str
)
def test_marks_of_a_small_group_are_marked(pupils: int | None, small: bool) -> None:
    values: dict[Slot, Value] = {Slot("r2", 1, 1): number("4.35"), Slot("r2", 1, 2): HALF_YEARS}
    if pupils is not None:
        values[Slot("r1", 1)] = number(pupils)
    form = printed({"I": values}, ONE)
    chemistry, biology, _ = (line for line in form.lines if line.key == "r2.subject")
    assert chemistry.small == (False, small, False, False, False)
    assert not any(biology.small)
    assert (FORM.footnotes["small_group"] in form.footnotes) is small


def test_not_applicable_is_said_once_a_reason_with_its_places() -> None:
    values = {Slot("r2", 1, 1): HALF_YEARS, Slot("r2", 1, 2): HALF_YEARS}
    form = printed({"base": values, "I": values, "III": {Slot("r2", 1, 1): HALF_YEARS}}, ONE)
    assert line_of(form, "r2.subject").cells == ("н/п", "н/п", None, "н/п", None)
    assert form.reasons == (
        "н/п: Химия (база на 01.09, I, III); Биология (база на 01.09, I)"
        " – отметок нет (аттестация по полугодиям)",
    )
    assert FORM.footnotes["not_applicable"] in form.footnotes


@pytest.mark.parametrize(
    ("key", "values", "cell"),
    [
        ("r3", {"r3": number(7)}, Decimal(7)),
        ("r3", {"r3": number(0)}, Decimal(0)),
        ("r3", {"r3": Nothing()}, "–"),
        ("r3.municipal", {"r3.municipal": number(30)}, Decimal(30)),
        ("r3.municipal", {"r3.municipal.total": number(30)}, Decimal(30)),
        ("r3.municipal", {"r3.municipal": Nothing()}, "–"),
        ("r3.municipal", {"r3.municipal": named(Ярмарка=3, Форум=4)}, None),
        ("r3.municipal", {"r3": Nothing()}, "–"),
        ("r3.fourth", {"r3": number(0)}, "–"),
        ("r3.municipal", {"r3": number(2)}, None),
        ("r4", {"r4": number(2)}, Decimal(2)),
        ("r4.national", {"r4": Nothing()}, "–"),
        ("r5", {"r5": number(2)}, Decimal(2)),
        ("r5.regional", {"r5.regional": number(1)}, Decimal(1)),
        ("r5.regional", {"r5": Nothing()}, "–"),
        ("r6", {"r6": number(0)}, Decimal(0)),
        ("r7", {"r7": Nothing()}, "–"),
        ("r8", {"r8.total": number(9), "r8": named(Семинар=9)}, Decimal(9)),
        ("r8", {"r8": Nothing()}, "–"),
        ("r8", {"r8": number(4)}, Decimal(4)),
        ("r8", {"r8": named(Семинар=9)}, None),
        ("r8", {"r3": Nothing()}, None),
    ],
)
def test_head_and_level_cells(key: str, values: dict[str, Value], cell: Decimal | str) -> None:
    answers = {Slot(question): value for question, value in values.items()}
    assert line_of(printed({"I": answers}), key).cells == in_quarter_i(cell)


def test_the_same_name_in_several_quarters_is_one_line() -> None:
    form = printed(
        {
            "I": {Slot("r3.municipal"): Named((Item("Ярмарка  «Профессии»", 24),))},
            "II": {Slot("r3.municipal"): Named((Item("Форум", 5), Item("Ёлка в порту", 6)))},
            "III": {
                Slot("r3.municipal"): Named((Item("елка в порту", 7), Item("ярмарка профессии", 1)))
            },
        }
    )
    lines = [line for line in form.lines if line.key == "r3.municipal.item"]
    assert [(line.label, line.cells) for line in lines] == [
        ("– Ярмарка «Профессии»", (None, Decimal(24), None, Decimal(1), None)),
        ("– Форум", (None, None, Decimal(5), None, None)),
        ("– Ёлка в порту", (None, None, Decimal(6), Decimal(7), None)),
    ]


def test_an_event_of_one_level_leaves_the_other_placeholders() -> None:
    form = printed({"I": {Slot("r3.fourth"): named(Олимпиада=2)}})
    items = [line for line in form.lines if line.key.startswith("r3.") and line.kind == "item"]
    assert [line.label for line in items] == [
        "– (указать наименование олимпиады/кол-во чел.)",
        "– (указать наименование олимпиады/кол-во чел.)",
        "– (указать наименование олимпиады/кол-во чел.)",
        "– Олимпиада",
    ]
    assert all(line.indent == 1 for line in items)


names = st.sampled_from(["Форум", "форум ", "«Форум»", "Ёлка", "елка", "=1+1", "🚀", "a  b", "A b"])
lists = st.lists(st.builds(Item, names | st.text(min_size=1), st.integers(1, 500)), max_size=6)
years = st.dictionaries(
    st.sampled_from(PERIODS),
    st.dictionaries(st.sampled_from(LISTS).map(Slot), lists.map(lambda some: Named(tuple(some)))),
)
Year = dict[PeriodKey, dict[Slot, Named]]


@given(years)
def test_every_named_item_is_printed_exactly_once_a_period(year: Year) -> None:
    form = printed(year)
    for question in LISTS:
        lines = [line for line in form.lines if line.key == f"{question}.item"]
        every: set[str] = set()
        for position, period in enumerate(PERIODS):
            expected: Counter[str] = Counter()
            for item in year.get(period, {}).get(Slot(question), Named(())).items:
                expected[name_key(item.name) or item.name] += item.persons
            every |= expected.keys()
            shown = [line.cells[position] for line in lines if line.cells[position] is not None]
            assert sorted(map(str, shown)) == sorted(map(str, expected.values()))
        assert len(lines) == max(1, len(every))


@given(years)
def test_the_order_of_the_printed_form_never_changes(year: Year) -> None:
    form = printed(year, ONE, OTHER)
    assert [*dict.fromkeys(line.key for line in form.lines)] == [
        *dict.fromkeys(line.key for line in FORM.lines)
    ]
    heads = [line for line in form.lines if line.kind != "item"]
    assert [(line.no, line.label, line.unit) for line in heads] == [
        (line.no, line.label, line.unit) for line in FORM.lines if line.kind != "item"
    ]
    assert all(line.label.startswith("– ") for line in form.lines if line.kind == "item")
