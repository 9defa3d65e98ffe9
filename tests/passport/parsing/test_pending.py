"""Lines that are kept aside, and what is said of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.parsing import parse_named
from passport.parsing.text import clean_lines
from passport.values import Item, Named, Refusal
from tests.passport.parsing.samples import (
    is_invisible,
    lettered_names,
    names,
    persons,
    plain_names,
    signs,
    texts,
)

SUCH_AS = "Например: Ярмарка профессий – 24"


def pending(text: str) -> tuple[str, str, bool]:
    """The one pending line of a list of two, the other of which is kept."""
    value = parse_named(f"Хор – 2\n{text}")
    assert isinstance(value, Named)
    assert value.items == (Item("Хор", 2),)
    [line] = value.pending
    return line.line, line.why, line.person


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Ярмарка", f"Не вижу числа участников. {SUCH_AS}"),
        ("двадцать", f"Не вижу числа участников. {SUCH_AS}"),
        ("24", f"Не вижу названия. {SUCH_AS}"),
        ("24 ученика", f"Не вижу названия. {SUCH_AS}"),
        ("№ 33", f"Не вижу названия. {SUCH_AS}"),
        ("24 Ярмарка", f"Поставьте число участников в конце строки. {SUCH_AS}"),
        ("Турнир 2026", f"Поставьте число участников в конце строки. {SUCH_AS}"),
        ("Форум Россия-2026", f"Поставьте число участников в конце строки. {SUCH_AS}"),
        ("2026 – Год семьи", f"Поставьте число участников в конце строки. {SUCH_AS}"),
        ("Экскурсия в школу № 33", f"Поставьте число участников в конце строки. {SUCH_AS}"),
        ("Экскурсия в школу 33", f"Поставьте число участников в конце строки. {SUCH_AS}"),
        ("Экскурсия на ТЭЦ-2", f"Поставьте число участников в конце строки. {SUCH_AS}"),
        ("Ярмарка 12.05.2026", f"Поставьте число участников в конце строки. {SUCH_AS}"),
        ("Ярмарка24", f"Поставьте число участников в конце строки. {SUCH_AS}"),
        (
            "Олимпиада – 6 (из них 2 призёра)",
            f"Поставьте число участников в конце строки. {SUCH_AS}",
        ),
        ("Ярмарка – 24 ученика 10 класса", f"Поставьте число участников в конце строки. {SUCH_AS}"),
        ("Ярмарка – 3,5", f"Число участников должно быть целым. {SUCH_AS}"),
        ("Ярмарка – 1/2", f"Число участников должно быть целым. {SUCH_AS}"),
        ("Ярмарка – 20-25", f"Нужно одно число участников. {SUCH_AS}"),
        ("Ярмарка – 24 и 25", f"Нужно одно число участников. {SUCH_AS}"),
        ("Ярмарка – 24+5", f"Нужно одно число участников. {SUCH_AS}"),
        ("Ярмарка – -5", f"Число участников пишется без минуса. {SUCH_AS}"),
        ("Ярмарка – 24%", f"Нужно число участников, а не проценты. {SUCH_AS}"),
        ("Ярмарка – 0", f"Число участников – не меньше 1. {SUCH_AS}"),
        ("Ярмарка – 10000", f"Слишком большое число участников: можно до 9999. {SUCH_AS}"),
        ("Ярмарка 1 200", f"Не понял, 1 200 или 200. Поставьте тире. {SUCH_AS}"),
        (
            "Ярмарка – 24, Порт – 12",
            f"Похоже, в строке несколько названий. Напишите каждое с новой строки. {SUCH_AS}",
        ),
        (
            "Ярмарка 24, Порт 12",
            f"Похоже, в строке несколько названий. Напишите каждое с новой строки. {SUCH_AS}",
        ),
        (
            "Ярмарка – 24 чел. Порт – 12 чел.",
            f"Похоже, в строке несколько названий. Напишите каждое с новой строки. {SUCH_AS}",
        ),
        ("Всего – 48", "Это похоже на итог, его спросим отдельно: обойдитесь без этой строки"),
        ("Итого: 48 чел.", "Это похоже на итог, его спросим отдельно: обойдитесь без этой строки"),
        ("48 всего", "Это похоже на итог, его спросим отдельно: обойдитесь без этой строки"),
        (
            "Всего участников по уровню 48",
            "Это похоже на итог, его спросим отдельно: обойдитесь без этой строки",
        ),
        (
            "«хор» - 3",
            "Это название уже есть в списке (2 чел.). Напишите название иначе или исправьте число",
        ),
        (
            "Петров Пётр",
            "Похоже на фамилию. Детей и педагогов в отчёте не называем: "
            "оставьте только название и число",
        ),
    ],
)
def test_kept_aside(text: str, why: str) -> None:
    _, said, person = pending(text)
    assert said == why
    assert not person


def test_long_name_is_cut_for_display() -> None:
    line, why, _ = pending("Я" * 300 + " – 5")
    assert line == "Я" * 200
    assert why.startswith("Слишком длинное название: 300 знаков, можно до 200")


def test_longest_name() -> None:
    assert parse_named("Я" * 200 + " – 5") == Named((Item("Я" * 200, 5),))


@pytest.mark.parametrize(
    "text", ["Иванов И.И. – 1", "Олимпиада Иванов Иван Иванович – 1", "3. Петрова Анна 1"]
)
def test_person_may_be_confirmed(text: str) -> None:
    line, why, person = pending(text)
    assert person
    assert why.startswith("Похоже на фамилию")
    assert line.endswith(" – 1")


@pytest.mark.parametrize(
    ("text", "mask"),
    [
        ("Иванов 8 914 123-45-67 – 24", "••• (строка с телефоном)"),
        ("Ярмарка, ivanov@mail.ru – 3", "••• (строка с почтой)"),
        ("123-456-789 00 – 1", "••• (строка со СНИЛС)"),
        ("паспорт 3004 123456 – 1", "••• (строка с паспортом)"),
    ],
)
def test_contact_is_never_kept(text: str, mask: str) -> None:
    line, why, person = pending(text)
    assert line == mask
    assert "Их не храним" in why
    assert not person


@given(texts)
def test_any_text(text: str) -> None:
    value = parse_named(text)
    if isinstance(value, Refusal):
        assert "\n" not in value.text
    if not isinstance(value, Named):
        return
    assert len(value.items) + len(value.pending) >= 1
    assert all(2 <= len(item.name) <= 200 and 1 <= item.persons <= 9999 for item in value.items)
    kept = [item.name for item in value.items] + [line.line for line in value.pending]
    assert not any(is_invisible(sign) or sign in "\n\t" for line in kept for sign in line)


@given(st.text("Яр 12-–:,.()№\n\t«»", max_size=300))
def test_no_line_is_lost(text: str) -> None:
    value = parse_named(text)
    if isinstance(value, Named):
        assert len(value.items) + len(value.pending) == len(clean_lines(text))


rows = st.lists(st.tuples(names, persons), min_size=1, unique_by=lambda row: row[0])
MARKERS = ["", "{}. ", "{}) ", "• ", "- ", "№{} ", "{}\t"]
UNITS = ["", " чел.", " человек", "чел", " участников", ";", "."]


@given(rows, signs, st.sampled_from(MARKERS), st.sampled_from(UNITS))
def test_list_is_read_back(items: list[tuple[str, int]], sign: str, marker: str, unit: str) -> None:
    text = "\n".join(
        f"{marker.format(place)}{name}{sign}{number}{unit}"
        for place, (name, number) in enumerate(items, 1)
    )
    assert parse_named(text) == Named(tuple(Item(name, number) for name, number in items))


@given(plain_names, st.integers(1, 1989), st.sampled_from("-–—‒− ("))
def test_close_or_bare_number_is_read_back(name: str, number: int, sign: str) -> None:
    assert parse_named(f"{name}{sign}{number}") == Named((Item(name, number),))


@given(lettered_names, persons, st.sampled_from([" – ", ": ", " чел. ", " чел. – ", "\t"]))
def test_number_first_is_read_back(name: str, number: int, sign: str) -> None:
    if sign == "\t" or "чел" in sign or not 1990 <= number <= 2100:
        assert parse_named(f"{number}{sign}{name}") == Named((Item(name, number),))


@given(rows)
def test_semicolons_part_items(items: list[tuple[str, int]]) -> None:
    text = "; ".join(f"{name} – {number}" for name, number in items)
    assert parse_named(text) == Named(tuple(Item(name, number) for name, number in items))
