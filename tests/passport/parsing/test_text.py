import unicodedata

import pytest
from hypothesis import given

from passport.parsing import clean, clean_line, name_key, same_name
from passport.parsing.text import ascii_digits, is_nothing
from tests.passport.parsing.samples import is_invisible, texts


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ярмарка  ", "Ярмарка"),
        ("\ufeffЯрмарка\u200b профессий", "Ярмарка профессий"),
        ("Ярмарка\u202eпорт\u2066", "Ярмаркапорт"),
        ("1\u00a0000\u2009чел.", "1 000 чел."),
        ("и\u0306од", "йод"),
        ("и\u200d\u0306од", "йод"),
        ("а\r\nб\rв\u2028г\x0bд", "а\nб\nв\nг\nд"),
        ("а\tб", "а\tб"),
        ("а\x00\x07б", "аб"),
        ("про\u00adфиль", "профиль"),
        ("\uf0b7 Ярмарка", "Ярмарка"),
        ("\ud800Ярмарка", "Ярмарка"),
        ("\u200b\u3164\u2800", ""),
        ("Форум ❤️ 🙂", "Форум ❤️ 🙂"),
    ],
)
def test_invisible_is_taken_away(typed: str, kept: str) -> None:
    assert clean(typed) == kept


def test_clean_line_is_one_line() -> None:
    assert clean_line(" Ярмарка\n\n\tпрофессий  в\u00a0порту ") == "Ярмарка профессий в порту"


@given(texts)
def test_clean_text_is_clean(text: str) -> None:
    cleaned = clean(text)
    assert not any(is_invisible(sign) for sign in cleaned)
    assert unicodedata.is_normalized("NFC", cleaned)
    assert clean(cleaned) == cleaned
    cleaned.encode()


@given(texts)
def test_digits_keep_their_places(text: str) -> None:
    assert len(ascii_digits(text)) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "нет",
        "Нет.",
        "НЕТ!!!",
        "не было",
        "-",
        "–",
        "—",
        "--",
        "ничего",
        "нисколько",
        "нет 🙂",
        "Не участвовали",
        "нет победителей",
        "не было мероприятий",
        "ни одного",
        "«нет»",
    ],
)
def test_nothing(text: str) -> None:
    assert is_nothing(text)


@pytest.mark.parametrize("text", ["0", "", "🙂", "нет данных", "не знаю", "нетто", "-5", "..."])
def test_not_nothing(text: str) -> None:
    assert not is_nothing(text)


@pytest.mark.parametrize(
    "other",
    [
        "ярмарка ёлок",
        "ЯРМАРКА  ЕЛОК",
        "«Ярмарка» ёлок",
        '"Ярмарка елок"',
        "Ярмарка\u00a0ёлок\u200b",
    ],
)
def test_same_name(other: str) -> None:
    assert same_name("Ярмарка ёлок", other)


def test_kinds_of_dash_make_no_other_name() -> None:
    assert name_key("Ломоносов-2027") == name_key("Ломоносов – 2027") == name_key("Ломоносов—2027")


def test_other_names() -> None:
    assert not same_name("Олимпиада 1 этап", "Олимпиада 2 этап")
