"""Dates of a campaign, days of its posts, and what a manager may write for everybody."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.announcement import parse_announcement
from passport.campaign import (
    Campaign,
    campaign_year,
    campaign_years,
    draft_day,
    post_days,
)
from passport.campaign_note import CampaignNote, ClassCount, added
from passport.loader import load_passport
from passport.values import Refusal, Text

PASSPORT = load_passport()
PLAN, CALENDAR = PASSPORT.campaigns, PASSPORT.calendar
summers = st.integers(2023, 2035).map(lambda first: f"{first}-{first + 1}")


@given(summers)
def test_a_usual_campaign_is_in_order_and_in_its_own_summer(year: str) -> None:
    one = PLAN.usual(year)
    assert one.wrong_order is None
    assert all(one.has(day) for day in (one.starts, one.opens, one.closes, one.ends))
    assert campaign_year(one.opens) == year


@st.composite
def campaigns(draw: st.DrawFn) -> Campaign:
    year = draw(summers)
    first = date(int(year[:4]), 1, 1)
    days = sorted(draw(st.lists(st.integers(0, 242), min_size=4, max_size=4, unique=True)))
    starts, opens, closes, ends = (first + timedelta(days=one) for one in days)
    return Campaign(year, starts, opens, closes, ends)


@given(campaigns())
def test_posts_come_on_working_days_in_order_and_never_two_on_one(one: Campaign) -> None:
    found = list(post_days(PLAN, one, CALENDAR))
    days = [day for _, day in found]
    assert len({occasion.key for occasion, _ in found}) == len(PLAN.occasions)
    assert days == sorted(set(days))
    for day in days:
        assert CALENDAR.is_working_day(day)
        before = draft_day(CALENDAR, day)
        assert before < day
        assert CALENDAR.is_working_day(before)


@given(campaigns(), st.sampled_from(("starts", "opens", "closes", "ends")), st.integers(-90, 90))
def test_one_moved_date_is_in_order_or_said_to_contradict_a_neighbour(
    one: Campaign, anchor: str, by: int
) -> None:
    name = next(key for key in ("starts", "opens", "closes", "ends") if key == anchor)
    day = getattr(one, name) + timedelta(days=by)
    moved = one.with_date(name, day)
    in_order = moved.starts <= moved.opens < moved.closes <= moved.ends
    assert (moved.wrong_order is None) == in_order
    if moved.wrong_order is not None:
        assert name in moved.wrong_order


def test_campaigns_are_known_from_the_first_yearly_summer_on() -> None:
    assert campaign_years(date(2027, 8, 31))[-1] == "2027-2028"
    assert campaign_years(date(2027, 9, 1))[-1] == "2028-2029"
    assert campaign_years(date(2027, 5, 1))[0] == "2023-2024"


@pytest.mark.parametrize(
    "text",
    [
        "День открытых дверей в школе № 33 – 15 июня в 17:00",
        "Приёмная: 8 (4152) 23-45-67",
        "Тел. 23-45-67, +7 4152 23-45-67",
        "Подробности: https://vk.com/wall-123456789_4152",
        "Гимназия имени А.С. Пушкина ждёт вас",
        "Первая строка\n\nВторая <b>строка</b> & ещё",
    ],
)
def test_what_may_stand_in_the_channel(text: str) -> None:
    said = parse_announcement(text, 1000)
    assert said == Text(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Звоните: 8-914-123-45-67", "личный телефон"),
        ("(914) 123-45-67", "личный телефон"),
        ("СНИЛС 123-456-789 01", "СНИЛС"),
        ("паспорт 3005 123456", "паспорт"),
        ("пишите petrova@school.ru", "почта"),
        ("https://anna@evil.ru/", "почта"),
        ("Куратор – Петрова А.И.", "имя или фамилия"),
        ("Хорошая новость\nМарья Ивановна ждёт", "имя или фамилия"),
        ("", "Напишите текст словами"),
        ("12345", "Напишите текст словами"),
        ("😀" * 501, "1002 знаков"),
    ],
)
def test_what_may_not(text: str, words: str) -> None:
    said = parse_announcement(text, 1000)
    assert isinstance(said, Refusal)
    assert words in said.text or "знаков" in said.text or "словами" in said.text


@given(st.text(max_size=1200))
def test_any_text_is_taken_whole_or_refused_with_a_sentence(text: str) -> None:
    said = parse_announcement(text, 1000)
    if isinstance(said, Refusal):
        assert said.text
    else:
        assert len(said.text.encode("utf-16-le")) // 2 <= 1000
        assert parse_announcement(said.text, 1000) == said


counts = st.one_of(st.none(), st.integers(0, 60))


@given(st.lists(st.tuples(st.sampled_from(("s03", "s24", "s33")), counts, counts), max_size=12))
def test_the_note_adds_up_what_is_known_and_never_takes_silence_for_zero(
    rows: list[tuple[str, int | None, int | None]],
) -> None:
    classes = tuple(
        ClassCount(school, 1, "Школа", "10 «А»", "", applied, taken, 25, "card")
        for school, applied, taken in rows
    )
    note = CampaignNote("2027-2028", date(2027, 7, 1), ("s03", "s24"), {}, 0, None, None, classes)
    assert note.announcements is None
    assert (note.applications is None) == all(one.applications is None for one in classes)
    assert (note.applications or 0) == sum(one.applications or 0 for one in classes)
    assert note.seats == added(one.seats for one in classes)
    assert set(note.told()) <= set(note.with_classes)
    assert note.told("questionnaire") == ()
