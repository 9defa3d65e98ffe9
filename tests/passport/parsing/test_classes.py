import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.parsing import ClassList, parse_classes, parse_letter, parse_track
from passport.register import ClassDraft, ClassKind, ProfileClass
from passport.values import Refusal, Text
from tests.passport.parsing.samples import is_invisible, texts


def draft(grade: int, letter: str, track: str = "", kind: ClassKind = "class") -> ClassDraft:
    return ClassDraft(grade, letter, kind, track)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("10 А медицинская", draft(10, "А", "медицинская")),
        ("10А – медицинский", draft(10, "А", "медицинская")),
        ("10 «А» мед", draft(10, "А", "медицинская")),
        ('10 "а" мед.', draft(10, "А", "медицинская")),
        ("10а (медицинский)", draft(10, "А", "медицинская")),
        ("10-а: медицинское", draft(10, "А", "медицинская")),
        ("10.А МЕДИЦИНСКАЯ", draft(10, "А", "медицинская")),
        ("медицинская 10 А", draft(10, "А", "медицинская")),
        ("медицинский профиль, 10а", draft(10, "А", "медицинская")),
        ("10 А медицинской направленности", draft(10, "А", "медицинская")),
        ("10 А предпрофессиональный медицинский класс", draft(10, "А", "медицинская")),
        ("1. 10 А мед", draft(10, "А", "медицинская")),
        ("• 10 А мед", draft(10, "А", "медицинская")),
        ("1\t10А\tмед", draft(10, "А", "медицинская")),
        ("１０ А мед", draft(10, "А", "медицинская")),
        ("10 A мед", draft(10, "А", "медицинская")),
        ("11 b инж", draft(11, "В", "инженерная")),
        ("11б группа инженерная", draft(11, "Б", "инженерная", "group")),
        ("11 Б гр. инж.", draft(11, "Б", "инженерная", "group")),
        ("группа 10 А ИТ", draft(10, "А", "ИТ", "group")),
        ("10А айти", draft(10, "А", "ИТ")),
        ("10ит", draft(10, "", "ИТ")),
        ("10-А класс, педагогический", draft(10, "А", "педагогическая")),
        ("10 инженерная", draft(10, "", "инженерная")),
        ("10-й медицинский", draft(10, "", "медицинская")),
        ("10 класс", draft(10, "")),
        ("10 в медицинский", draft(10, "В", "медицинская")),
        ("10 с углублённой химией", draft(10, "", "с углублённой химией")),
        ("11А морской", draft(11, "А", "морская")),
        ("11А Атомкласс", draft(11, "А", "атомкласс")),
        ("11А Росатом-класс", draft(11, "А", "Росатом-класс")),
        ("11А медиакласс", draft(11, "А", "медиакласс")),
        ("11А физико-математический", draft(11, "А", "физико-математическая")),
        ("11А мед, инж", draft(11, "А", "медицинская, инженерная")),
        ("11 Г инженерно-технологический (РЖД)", draft(11, "Г", "инженерно-технологическая РЖД")),
    ],
)
def test_one_class(text: str, read: ClassDraft) -> None:
    assert parse_classes(text) == ClassList((read,))


@pytest.mark.parametrize(
    "text",
    [
        "10 А, 10 Б, 11 А",
        "10А,10Б;11А",
        "10А 10Б 11А",
        "10 А\n10 Б\n11 А",
        "10 А, Б и 11 А",
        "1. 10 А\n2. 10 Б\n3. 11 А",
        "10 «А», «Б», 11 «А»",
        "Класс\tНаправление\n10А\n10Б\n11А",
    ],
)
def test_classes_without_tracks(text: str) -> None:
    assert parse_classes(text) == ClassList((draft(10, "А"), draft(10, "Б"), draft(11, "А")))


def test_class_and_group_of_one_letter() -> None:
    read = parse_classes("10 А мед\n10 А, группа пед")
    assert read == ClassList(
        (draft(10, "А", "медицинская"), draft(10, "А", "педагогическая", "group"))
    )


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("9 А мед", "Предпрофессиональные классы – 10 и 11. Например: 10 А медицинская"),
        ("12 Б", "Предпрофессиональные классы – 10 и 11. Например: 10 А медицинская"),
        ("100 А", "Предпрофессиональные классы – 10 и 11. Например: 10 А медицинская"),
        ("медицинский", "Не вижу номера класса. Например: 10 А медицинская"),
        ("10 D мед", "Напишите букву класса по-русски. Например: 10 А медицинская"),
        ("10 А / Б", "Напишите каждый класс с новой строки. Например: 10 А медицинская"),
        ("10-11 мед", "Напишите каждый класс с новой строки. Например: 10 А медицинская"),
        ("11 В мед", "Этот класс уже есть в списке. Исправьте букву или уберите строку"),
        (
            "10 А " + "о" * 61,
            "Слишком длинная направленность: можно до 60 знаков. Например: 10 А медицинская",
        ),
        (
            "10 А Иванова Анна",
            "Похоже на фамилию. Детей и педагогов в отчёте не называем. Например: 10 А медицинская",
        ),
    ],
)
def test_problem(text: str, why: str) -> None:
    read = parse_classes(f"11 В инж\n{text}")
    assert isinstance(read, ClassList)
    assert read.classes == (draft(11, "В", "инженерная"),)
    assert [(line.line, line.why) for line in read.problems] == [(text, why)]


def test_phone_is_not_kept() -> None:
    read = parse_classes("10 А, 8 914 123-45-67")
    assert isinstance(read, ClassList)
    assert [line.line for line in read.problems] == ["••• (строка с телефоном)"]


@pytest.mark.parametrize("text", ["", "нет", "медицинский класс", "🙂"])
def test_no_class_at_all(text: str) -> None:
    assert parse_classes(text) == Refusal(
        "Напишите классы, каждый с новой строки. Например: 10 А медицинская"
    )


def test_too_many_lines() -> None:
    assert isinstance(parse_classes("10 А\n" * 101), Refusal)


@given(texts)
def test_any_text(text: str) -> None:
    read = parse_classes(text)
    if isinstance(read, ClassList):
        assert read.classes or read.problems
        assert all(one.grade in (10, 11) and len(one.track) <= 60 for one in read.classes)
        kept = [one.track for one in read.classes] + [line.line for line in read.problems]
        assert not any(is_invisible(sign) or sign in "\n\t" for line in kept for sign in line)


letters = st.sampled_from(["", *"АБВГДЕЖЗИКЛМНОПРСТ"])
kinds: st.SearchStrategy[ClassKind] = st.sampled_from(["class", "group"])
tracks = st.sampled_from(
    ["", "медицинская", "инженерная", "ИТ", "психолого-педагогическая", "атомкласс"]
)


@given(
    st.lists(
        st.builds(ClassDraft, st.sampled_from([10, 11]), letters, kinds, tracks),
        min_size=1,
        max_size=9,
        unique_by=lambda one: (one.grade, one.letter, one.kind),
    ),
    st.sampled_from(["\n", "; ", ", "]),
)
def test_shown_names_are_read_back(drafts: list[ClassDraft], separator: str) -> None:
    shown = separator.join(
        ProfileClass(1, one.grade, one.letter, one.kind, one.track).full_name for one in drafts
    )
    assert parse_classes(shown) == ClassList(tuple(drafts))


@pytest.mark.parametrize(
    ("typed", "letter"), [("а", "А"), ("«Б»", "Б"), ("B", "В"), ("2", "2"), ("А1", "А1")]
)
def test_a_letter_alone(typed: str, letter: str) -> None:
    assert parse_letter(typed) == Text(letter)


@pytest.mark.parametrize("typed", ["первая группа", "Ъ", "F", "10 А", "", "😀", "123"])
def test_what_is_no_letter_is_refused_whole(typed: str) -> None:
    said = parse_letter(typed)
    assert isinstance(said, Refusal)
    assert "Например: А" in said.text


@pytest.mark.parametrize(
    ("typed", "track"), [("мед", "медицинская"), ("Инженерный класс", "инженерная"), ("ит", "ИТ")]
)
def test_a_track_alone(typed: str, track: str) -> None:
    assert parse_track(typed) == Text(track)


@pytest.mark.parametrize(
    "typed", ["Иванов И.И.", "8 914 123-45-67", "щ" * 61, "профильный класс", "123"]
)
def test_what_is_no_track_is_refused(typed: str) -> None:
    assert isinstance(parse_track(typed), Refusal)
