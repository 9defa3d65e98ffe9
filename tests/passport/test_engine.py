"""The engine keeps its promises whatever is answered, in whatever order."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from passport.change import Edit, RowHasAnswers, applied, change, difference
from passport.doubts import doubts
from passport.form import PERIODS, Form
from passport.loader import load_passport
from passport.register import ProfileClass, Subject
from passport.sheet import Sheet, amount
from passport.values import (
    Item,
    Named,
    NotApplicable,
    Nothing,
    Number,
    Pending,
    Refusal,
    Slot,
    Value,
)

FORM: Form = load_passport().form
CHEMISTRY, BIOLOGY, PHYSICS = Subject(1, "Химия"), Subject(2, "Биология"), Subject(3, "Физика")
ONE = ProfileClass(1, 10, "А", "class", "медицинская", (CHEMISTRY, BIOLOGY))
TWO = ProfileClass(2, 11, "Б", "group", "инженерная", (PHYSICS,))


def sheet(
    period: str = "II", classes: tuple[ProfileClass, ...] = (ONE,), **kwargs: object
) -> Sheet:
    return Sheet(FORM, period, classes, **kwargs)  # type: ignore[arg-type]


def put(on: Sheet, question: str, value: Value, class_id: int = 0, subject_id: int = 0) -> Sheet:
    edits = change(on, Slot(question, class_id, subject_id), value)
    assert isinstance(edits, tuple), edits
    return applied(on, edits)


def n(number: float | str) -> Number:
    return Number(Decimal(str(number)))


def named(*pairs: tuple[str, int]) -> Named:
    return Named(tuple(Item(name, persons) for name, persons in pairs))


# --- order and the shortest way ---------------------------------------------------------------


def test_a_quiet_quarter_of_one_class_with_one_subject_takes_eight_answers() -> None:
    one = ProfileClass(1, 10, "А", "class", "", (Subject(1, "Химия"),))
    on = sheet(classes=(one,))
    on = put(on, "r1", n(24), 1)
    on = put(on, "r2", n("4.35"), 1, 1)
    answers = 2
    for head in ("r3", "r4", "r5", "r6", "r7", "r8"):
        on = put(on, head, Nothing())
        answers += 1
    assert on.gaps == ()
    assert answers == 8


def test_questions_come_in_the_order_of_the_form() -> None:
    on = sheet(classes=(ONE, TWO))
    assert [slot.question for slot in on.gaps][:5] == ["r1", "r1", "r2", "r2", "r2"]
    sections = [FORM.question(slot.question).section for slot in on.gaps]
    assert sections == sorted(sections)


def test_a_school_without_classes_is_asked_for_them_first() -> None:
    assert sheet(classes=()).next_gap() == Slot("classes")


def test_a_class_without_subjects_is_asked_for_them() -> None:
    bare = ProfileClass(1, 10, "А", "class", "")
    on = put(sheet(classes=(bare,)), "r1", n(24), 1)
    assert on.next_gap() == Slot("r2.subjects", 1)


def test_base_asks_rows_1_and_2_only_and_takes_the_others() -> None:
    on = sheet("base")
    assert {FORM.question(slot.question).section for slot in on.gaps} == {"1", "2"}
    assert put(on, "r6", n(3)).values[Slot("r6")] == n(3)


def test_the_next_gap_is_behind_the_present_one_and_wraps_around() -> None:
    on = sheet()
    assert on.next_gap(Slot("r6")) == Slot("r7")
    assert on.next_gap(Slot("r8")) == Slot("r1", 1)


# --- totals -----------------------------------------------------------------------------------


def test_a_total_of_one_item_is_not_asked() -> None:
    on = put(put(sheet(), "r3", n(1)), "r3.municipal", named(("Ярмарка", 24)))
    assert Slot("r3.municipal.total") not in on.slots
    assert on.effective(Slot("r3.municipal.total")) == n(24)


def test_a_total_of_two_items_is_asked_and_the_sum_offered() -> None:
    on = put(put(sheet(), "r3", n(2)), "r3.municipal", named(("Ярмарка", 24), ("Порт", 12)))
    total = Slot("r3.municipal.total")
    assert on.next_gap(Slot("r3.municipal")) == total
    assert on.offered(total) == 36
    assert on.effective(total) is None


@pytest.mark.parametrize(("total", "taken"), [(23, False), (24, True), (30, True), (40, True)])
def test_v04_a_total_below_the_largest_item_is_refused(total: int, taken: bool) -> None:
    on = put(put(sheet(), "r3", n(2)), "r3.municipal", named(("Ярмарка", 24), ("Порт", 12)))
    result = change(on, Slot("r3.municipal.total"), n(total))
    assert isinstance(result, tuple) is taken


def test_a_total_that_a_new_list_outgrows_is_asked_again() -> None:
    on = put(put(sheet(), "r3", n(2)), "r3.municipal", named(("Ярмарка", 24), ("Порт", 12)))
    on = put(on, "r3.municipal.total", n(25))
    on = put(on, "r3.municipal", named(("Ярмарка", 30), ("Порт", 12)))
    assert on.next_gap(Slot("r3.municipal")) == Slot("r3.municipal.total")


def test_olympiads_are_counted_by_different_names_over_levels() -> None:
    on = put(sheet(), "r4.municipal", named(("Химия", 6), ("Биология", 4)))
    on = put(on, "r4.regional", named((" химия ", 2)))
    on = put(on, "r4.national", Nothing())
    assert on.effective(Slot("r4")) == n(2)
    assert Slot("r4") not in on.gaps


def test_olympiads_without_names_are_asked_for_their_number() -> None:
    on = put(sheet(), "r4.municipal", n(12))
    on = put(on, "r4.regional", Nothing())
    on = put(on, "r4.national", Nothing())
    assert Slot("r4") in on.gaps


def test_winners_of_one_level_need_no_total_of_two_do() -> None:
    on = put(put(sheet(), "r5.municipal", n(3)), "r5.regional", n(0))
    assert put(on, "r5.national", Nothing()).effective(Slot("r5")) == n(3)
    two = put(on, "r5.national", n(1))
    assert Slot("r5") in two.gaps
    assert two.offered(Slot("r5")) == 4


# --- whole rows -------------------------------------------------------------------------------


def test_nothing_at_the_head_closes_the_row() -> None:
    on = put(sheet(), "r3", Nothing())
    assert not [slot for slot in on.gaps if slot.question.startswith("r3")]
    assert on.values[Slot("r3.municipal.total")] == Nothing()


def test_v05_nothing_over_named_people_must_be_meant() -> None:
    on = put(put(sheet(), "r3", n(1)), "r3.municipal", named(("Ярмарка", 24)))
    for value in (Nothing(), n(0)):
        assert isinstance(change(on, Slot("r3"), value), RowHasAnswers)
    cleared = change(on, Slot("r3"), Nothing(), clear=True)
    assert isinstance(cleared, tuple)
    assert Edit(Slot("r3.municipal"), named(("Ярмарка", 24)), None) in cleared


def test_a_level_of_a_closed_row_is_refused_with_the_way_out() -> None:
    on = put(sheet(), "r3", Nothing())
    refused = change(on, Slot("r3.municipal"), n(5))
    assert isinstance(refused, Refusal)
    assert "строк" in refused.text.lower()


def test_a_list_with_a_pending_line_is_not_a_whole_answer() -> None:
    value = Named((Item("Ярмарка", 24),), (Pending("Экскурсия", "Не вижу числа"),))
    on = put(put(sheet(), "r3", n(2)), "r3.municipal", value)
    assert Slot("r3.municipal") in on.gaps
    assert Slot("r3.municipal.total") not in on.slots


def test_the_same_value_again_changes_nothing() -> None:
    on = put(sheet(), "r6", n(3))
    assert change(on, Slot("r6"), n(3)) == ()


def test_an_unknown_reason_is_refused() -> None:
    assert isinstance(change(sheet(), Slot("r2", 1, 1), NotApplicable("лень")), Refusal)


def test_row_1_is_never_nothing() -> None:
    assert isinstance(change(sheet(), Slot("r1", 1), Nothing()), Refusal)


def test_difference_of_two_versions_names_each_changed_slot_once() -> None:
    before: dict[Slot, Value] = {Slot("r6"): n(1), Slot("r7"): n(2)}
    after: dict[Slot, Value] = {Slot("r6"): n(3), Slot("r8"): Nothing()}
    assert difference(before, after) == (
        Edit(Slot("r6"), n(1), n(3)),
        Edit(Slot("r7"), n(2), None),
        Edit(Slot("r8"), None, Nothing()),
    )


# --- doubts -----------------------------------------------------------------------------------


def found(on: Sheet) -> set[str]:
    return {doubt.check for doubt in doubts(on)}


EARLIER = (("I", {Slot("r1", 1): n(24), Slot("r2", 1, 1): n("4.35"), Slot("r4.municipal"): n(2)}),)


@pytest.mark.parametrize(
    ("check", "answers"),
    [
        ("V06", {"r5.municipal": n(3), "r5.regional": n(1), "r5.national": n(0), "r5": n(2)}),
        (
            "V07",
            {
                "r3": n(2),
                "r3.municipal": named(("А-ярмарка", 5), ("Порт", 4)),
                "r3.municipal.total": n(12),
            },
        ),
        (
            "V08",
            {
                "r3": n(2),
                "r3.municipal": named(("А-ярмарка", 5), ("Порт", 4)),
                "r3.municipal.total": n(6),
            },
        ),
        ("V09", {"r3": n(2), "r3.municipal": n(12)}),
        ("V10", {"r1": n(20), "r3": n(1), "r3.municipal": n(21)}),
        ("V11", {"r3": n(1), "r3.municipal": named(("Ярмарка", 5), ("Порт", 4))}),
        ("V13", {"r5.municipal": n(3)}),
        ("V14", {"r5.municipal": n(1), "r5.regional": n(1), "r5.national": n(0), "r5": n(5)}),
        ("V16", {"r1": n(18)}),
        ("V17", {"r2": n("3.5")}),
        ("V17_low", {"r2": n("2.9"), "r1": n(24)}),
        ("V21", {"r1": n(0)}),
    ],
)
def test_each_doubt_is_raised_by_its_case(check: str, answers: dict[str, Value]) -> None:
    earlier = () if check == "V17_low" else EARLIER
    on = sheet(earlier=earlier)
    for question, value in answers.items():
        class_id = 1 if question in ("r1", "r2") else 0
        on = put(on, question, value, class_id, 1 if question == "r2" else 0)
    assert check in found(on)
    assert all("{" not in doubt.text for doubt in doubts(on))


def quiet(period: str = "II", earlier: object = ()) -> Sheet:
    on = sheet(period, earlier=earlier)
    on = put(on, "r1", n(24), 1)
    on = put(put(on, "r2", n("4.35"), 1, 1), "r2", n(4), 1, 2)
    for head in ("r3", "r4", "r5", "r6", "r7", "r8"):
        on = put(on, head, Nothing())
    return on


def test_v18_asks_whether_a_zero_report_is_meant() -> None:
    assert found(quiet()) == {"V18"}


def test_v19_notices_a_copy_of_the_last_quarter() -> None:
    first = applied(quiet("I"), (Edit(Slot("r6"), Nothing(), n(2)),))
    second = applied(quiet("II", (("I", first.values),)), (Edit(Slot("r6"), Nothing(), n(2)),))
    assert "V19" in found(second)
    third = applied(second, (Edit(Slot("r6"), n(2), n(3)),))
    assert "V19" not in found(third)


def test_v12_events_without_people() -> None:
    on = put(sheet(), "r3", n(2))
    for level in ("municipal", "regional", "national", "fourth"):
        on = put(on, f"r3.{level}", Nothing())
    assert "V12" in found(on)


def test_v13_looks_at_the_whole_year() -> None:
    earlier = (("I", {Slot("r4.municipal"): n(5)}),)
    assert "V13" not in found(put(sheet(earlier=earlier), "r5.municipal", n(3)))


def test_v23_names_the_subjects_that_came_and_went() -> None:
    earlier = (("I", {Slot("r2", 1, 1): n(4)}),)
    on = put(sheet(earlier=earlier), "r2", n(4), 1, 2)
    texts = [doubt.text for doubt in doubts(on) if doubt.check == "V23"]
    assert texts == ["10 «А»: изменился список предметов (+ Биология, – Химия)"]


# --- properties -------------------------------------------------------------------------------

names = st.sampled_from(["Ярмарка", "Порт", "Форум", "Олимпиада по химии", " ярмарка "])
values = st.one_of(
    st.integers(0, 40).map(n),
    st.just(Nothing()),
    st.sampled_from(FORM.question("r2").reasons).map(NotApplicable),
    st.lists(
        st.tuples(names, st.integers(1, 30)), min_size=1, max_size=3, unique_by=lambda p: p[0]
    ).map(lambda pairs: named(*pairs)),
)
every_slot = tuple(sheet("II", (ONE, TWO))._order)
steps = st.lists(
    st.tuples(st.sampled_from(every_slot), values | st.none(), st.booleans()), max_size=40
)


def check_invariants(on: Sheet) -> None:
    assert set(on.gaps) <= set(on.slots)
    assert set(on.answers) <= set(on.slots) | {
        slot for slot in on.answers if FORM.section(FORM.question(slot.question).section).head
    }
    for slot, value in on.values.items():
        question = FORM.question(slot.question)
        if question.offer and question.offer.rule == "items_sum" and isinstance(value, Number):
            items = on.answers.get(Slot(question.offer.of[0]))
            assert not isinstance(items, Named) or value.value >= items.largest
    for section in FORM.sections:
        head = on.answers.get(Slot(section.head)) if section.head else None
        if isinstance(head, Nothing):
            below = [s for s in on.answers if FORM.question(s.question).section == section.key]
            assert below == [Slot(section.head or "")]
    doubts(on)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(PERIODS), steps)
def test_any_answers_in_any_order_keep_the_invariants(
    period: str, script: list[tuple[Slot, Value | None, bool]]
) -> None:
    on = sheet(period, (ONE, TWO))
    for slot, value, clear in script:
        result = change(on, slot, value, clear=clear)
        if isinstance(result, tuple):
            before = on
            on = applied(on, result)
            back = difference(dict(on.answers), dict(before.answers))
            assert applied(on, back).answers == before.answers
        check_invariants(on)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(PERIODS), steps, st.data())
def test_the_engine_always_reaches_the_end(
    period: str, script: list[tuple[Slot, Value | None, bool]], data: st.DataObject
) -> None:
    """From any state, answering each next gap with anything it takes completes the report."""
    on = sheet(period, (ONE, TWO))
    for slot, value, clear in script:
        result = change(on, slot, value, clear=clear)
        on = applied(on, result) if isinstance(result, tuple) else on
    for _ in range(60):
        gap = on.next_gap()
        if gap is None:
            break
        kind = FORM.question(gap.question).kind
        offered = on.offered(gap)
        if offered is not None and FORM.question(gap.question).offer:
            value = Number(offered)
        elif kind == "average":
            value = n(data.draw(st.sampled_from(["3", "4.35", "5"])))
        else:
            value = n(data.draw(st.integers(0, 40)))
        result = change(on, gap, value, clear=True)
        assert isinstance(result, tuple), (gap, value, result)
        on = applied(on, result)
        assert amount(on.effective(gap)) == amount(value)
    assert on.gaps == ()


# --- totals follow their parts ----------------------------------------------------------------


def test_a_total_that_was_the_sum_goes_with_the_old_list() -> None:
    on = put(sheet(), "r4.municipal", named(("Химия", 6), ("Биология", 4)))
    on = put(on, "r4.municipal.total", n(10))
    on = put(on, "r4.municipal", named(("Химия", 6), ("Биология", 4), ("Физика", 9)))
    assert Slot("r4.municipal.total") in on.gaps
    assert on.offered(Slot("r4.municipal.total")) == 19


def test_a_total_of_winners_does_not_outlive_its_levels() -> None:
    on = put(put(sheet(), "r5.municipal", n(2)), "r5.regional", n(2))
    on = put(put(on, "r5.national", Nothing()), "r5", n(4))
    assert Slot("r5") in put(on, "r5.municipal", n(4)).gaps
    for level in ("municipal", "regional"):
        on = put(on, f"r5.{level}", Nothing())
    assert on.effective(Slot("r5")) == Nothing()


def test_a_total_that_was_set_apart_stays_while_it_can_be_true() -> None:
    on = put(put(sheet(), "r3", n(2)), "r3.municipal", named(("Ярмарка", 24), ("Порт", 12)))
    on = put(on, "r3.municipal.total", n(30))
    on = put(on, "r3.municipal", named(("Ярмарка", 24), ("Порт", 13)))
    assert on.answers[Slot("r3.municipal.total")] == n(30)
