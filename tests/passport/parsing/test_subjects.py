from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.numbers import plain
from passport.parsing import SubjectLine, SubjectList, parse_subjects
from passport.values import Refusal
from tests.passport.parsing.samples import is_invisible, texts

CHEMISTRY = SubjectLine("Химия", Decimal("4.35"))


@pytest.mark.parametrize(
    "text",
    [
        "Химия – 4,35",
        "Химия 4.35",
        "химия: 4,35",
        "химия-4.35",
        "Химия\t4,35",
        "Химия (4,35)",
        "Химия, 4,35",
        "Химия – 4,35 балла",
        "Химия – 4,35.",
        "1. Химия – 4,35",
        "• Химия 4,35",
        "4,35 – химия",
        "Предмет\tСредний балл\nХимия\t4,35",
        "Химия – 4,351",
        "Химия\nХимия 4,35",
    ],
)
def test_subject_with_mark(text: str) -> None:
    assert parse_subjects(text) == SubjectList((CHEMISTRY,))


@pytest.mark.parametrize(
    "text", ["Химия", "химия.", "Химия – н/а", "Химия – нет отметок", "Химия -"]
)
def test_subject_without_mark(text: str) -> None:
    assert parse_subjects(text) == SubjectList((SubjectLine("Химия"),))


@pytest.mark.parametrize(
    "text",
    [
        "Химия, биология, русский язык",
        "химия\nбиология\nрусский язык",
        "Химия; Биология; Русский язык",
        "1) химия\n2) биология\n3) русский язык",
        "Химия, биология, химия, русский язык",
    ],
)
def test_several(text: str) -> None:
    names = ("Химия", "Биология", "Русский язык")
    assert parse_subjects(text) == SubjectList(tuple(SubjectLine(name) for name in names))


@pytest.mark.parametrize("text", ["Химия – 4,35, биология – 4", "Химия 4,35; биология 4"])
def test_several_with_marks_on_one_line(text: str) -> None:
    assert parse_subjects(text) == SubjectList((CHEMISTRY, SubjectLine("Биология", Decimal(4))))


def test_comma_in_brackets_parts_nothing() -> None:
    assert parse_subjects("Математика (алгебра, геометрия) – 4") == SubjectList(
        (SubjectLine("Математика (алгебра, геометрия)", Decimal(4)),)
    )


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Биология – 7", "Средний балл – от 1 до 5, например 4,35"),
        ("Биология 435", "Средний балл – от 1 до 5. Если это 4,35, так и напишите: 4,35"),
        ("4,2", "Не вижу названия предмета. Например: Химия – 4,35"),
        (
            "химия 5",
            "Этот предмет уже есть в списке с другим баллом. Оставьте одну строку: Химия – 4,35",
        ),
        ("Я" * 61, "Слишком длинное название: можно до 60 знаков. Например: Химия – 4,35"),
        (
            "Иванов Иван 4,5",
            "Похоже на фамилию. Нужны только предмет и средний балл. Например: Химия – 4,35",
        ),
    ],
)
def test_problem(text: str, why: str) -> None:
    read = parse_subjects(f"Химия – 4,35\n{text}")
    assert isinstance(read, SubjectList)
    assert read.lines == (CHEMISTRY,)
    assert [(line.line, line.why) for line in read.problems] == [(text, why)]


def test_phone_is_not_kept() -> None:
    read = parse_subjects("Химия, 8 914 123-45-67")
    assert isinstance(read, SubjectList)
    assert [line.line for line in read.problems] == ["••• (строка с телефоном)"]


@pytest.mark.parametrize("text", ["", "нет", "4,35", "-", "🙂"])
def test_no_subject_at_all(text: str) -> None:
    assert parse_subjects(text) == Refusal(
        "Напишите профильные предметы, каждый с новой строки. Например: Химия – 4,35"
    )


def test_too_many_lines() -> None:
    assert isinstance(parse_subjects("Химия\n" * 101), Refusal)


@given(texts)
def test_any_text(text: str) -> None:
    read = parse_subjects(text)
    if isinstance(read, SubjectList):
        assert read.lines or read.problems
        assert all(2 <= len(line.name) <= 60 for line in read.lines)
        kept = [one.name for one in read.lines] + [line.line for line in read.problems]
        assert not any(is_invisible(sign) or sign in "\n\t" for line in kept for sign in line)


names = st.sampled_from(["Химия", "Биология", "Русский язык", "ОБЗР", "Физика (углублённо)"])
marks = st.none() | st.decimals(1, 5, places=2)


@given(
    st.lists(st.builds(SubjectLine, names, marks), min_size=1, unique_by=lambda line: line.name),
    st.sampled_from([" – ", " - ", " — ", ": ", " ", "\t"]),
    st.sampled_from(["\n", "; ", ", "]),
)
def test_list_is_read_back(lines: list[SubjectLine], sign: str, separator: str) -> None:
    shown = separator.join(
        line.name if line.average is None else f"{line.name}{sign}{plain(line.average)}"
        for line in lines
    )
    assert parse_subjects(shown) == SubjectList(tuple(lines))
