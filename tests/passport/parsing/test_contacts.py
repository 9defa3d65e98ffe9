import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.parsing import has_contact
from tests.passport.parsing.samples import texts


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("+7 914 123-45-67", "телефон"),
        ("+79141234567", "телефон"),
        ("89141234567", "телефон"),
        ("8 (914) 123 45 67", "телефон"),
        ("8(4152)42-12-34", "телефон"),
        ("8–914–123–45–67", "телефон"),
        ("8.914.123.45.67", "телефон"),
        ("914 123 45 67", "телефон"),
        ("тел. 42-12-34", "телефон"),
        ("Ярмарка, +7\u00a0914\u00a01234567 – 24", "телефон"),
        ("８９１４１２３４５６７", "телефон"),
        ("123-456-789 00", "СНИЛС"),
        ("123 456 789 00", "СНИЛС"),
        ("12345678900", "СНИЛС"),
        ("ivanov.i+1@mail.ru", "почта"),
        ("пишите:иван@почта.рф", "почта"),
        ("паспорт 3004 123456", "паспорт"),
        ("30 04 123456", "паспорт"),
        ("30 04 № 123456", "паспорт"),
    ],
)
def test_contact(text: str, kind: str) -> None:
    assert has_contact(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "",
        "24",
        "9999",
        "2026",
        "2026-2027",
        "12.05.2026",
        "№ 33",
        "10 11 12",
        "1 000",
        "с 8.05.2026 по 10.06.2026",
        "8.05.2026-10.06.2026",
        "1 сентября 2026 – 24",
        "@",
        "а@б",
    ],
)
def test_no_contact(text: str) -> None:
    assert has_contact(text) is None


@given(texts)
def test_never_raises(text: str) -> None:
    assert has_contact(text) in (None, "телефон", "СНИЛС", "почта", "паспорт")


@given(st.integers(0, 9999), st.integers(0, 9999))
def test_counts_and_years_are_no_contacts(one: int, other: int) -> None:
    assert has_contact(f"Турнир {one} – {other}") is None
