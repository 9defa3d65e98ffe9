"""A whole summer, day by day: each post once, at its hour, with the numbers of that hour."""

from datetime import date, timedelta

from sqlalchemy import update

from demo.telegram import Person
from passport.register import ClassDraft
from storage import class_cards, classes, schools, tables
from tests.clock import KAMCHATKA
from tests.scenarios.campaigns.summer import YEAR, Summer, drafts, told

TRACK = "направленность {0} с довольно длинным названием"
SERIES = [
    ("04.05 10:00", "Скоро набор в предпрофессиональные классы"),
    ("01.06 10:00", "Набор в предпрофессиональные классы открыт"),
    ("01.07 10:00", "Где есть места в предпрофессиональных классах"),
    ("20.07 10:00", "Набор продолжается: где есть места"),
    ("06.08 10:00", "До конца набора две недели"),
    ("18.08 10:00", "Последние дни набора"),
    ("23.08 10:00", "Набор завершён: где остались места"),
    ("31.08 10:00", "Приёмная кампания закончена"),
]


async def test_each_post_comes_once_at_its_hour_with_right_numbers(
    summer: Summer, manager: Person
) -> None:
    """From 1 May to 31 August; a pupil is enrolled a day, and the bot restarted now and then."""
    class_id = await summer.add_class("s24", "медицинская", 100)
    found: list[tuple[str, str]] = []
    await summer.at(2027, 4, 30, 10, 0)  # the last working day before the May holidays
    assert "Выйдет сам вт 4 мая, 10:00" in told(manager)
    day, taken = date(2027, 5, 1), 0
    while day <= date(2027, 8, 31):
        for hour in (9, 10):
            before = len(summer.stands)
            await summer.at(day.year, day.month, day.day, hour, 0)
            for one in summer.stands[before:]:
                at = one.date.astimezone(KAMCHATKA)
                found.append((f"{at:%d.%m %H:%M}", one.text.partition("\n")[0]))
                if one.text.startswith(("Скоро", "Приёмная")):
                    assert "Медицинская: № 24" in one.text
                else:
                    assert f"№ 24 – {100 - taken}" in one.text
        if day >= date(2027, 6, 1) and taken < 90:
            taken += 1
            await summer.enrol(class_id, taken)
        if day.day in (3, 17, 31):
            await summer.restart()
        day += timedelta(days=1)
    assert found == SERIES
    assert drafts(manager) == len(SERIES)


async def test_the_newest_posts_numbers_are_fresh_but_edited_once_an_hour(
    summer: Summer, manager: Person
) -> None:
    class_id = await summer.add_class("s33", "инженерная", 25, 20)
    await summer.at(2027, 5, 31, 10, 0)
    await summer.at(2027, 6, 1, 10, 0)
    (post,) = summer.stands
    assert "№ 33 – 5" in post.text
    assert "Актуально на 20.04.2027" in post.text
    await summer.enrol(class_id, 22)
    await summer.at(2027, 6, 1, 10, 30)
    assert "№ 33 – 5" in summer.stands[0].text
    await summer.at(2027, 6, 1, 11, 1)
    assert "№ 33 – 3" in summer.stands[0].text
    assert "Актуально на 01.06.2027" in summer.stands[0].text
    await summer.enrol(class_id, 25)
    await summer.at(2027, 6, 1, 11, 40)
    assert "№ 33 – 3" in summer.stands[0].text
    await summer.at(2027, 6, 1, 12, 2)
    assert "мест нет: № 33" in summer.stands[0].text
    edits = len(summer.telegram.calls_of("editMessageText"))
    await summer.at(2027, 6, 1, 13, 10)
    assert len(summer.telegram.calls_of("editMessageText")) == edits  # nothing has changed
    assert len(summer.stands) == 1


async def test_a_full_class_says_how_old_that_is(summer: Summer, manager: Person) -> None:
    await summer.add_class("s24", "инженерная", 25, 25)
    await summer.at(2027, 5, 31, 9, 0)
    await summer.add_class("s33", "инженерная", 25, 25)
    await summer.at(2027, 5, 31, 10, 0)
    await summer.at(2027, 6, 1, 10, 0)
    assert "мест нет: № 24 (на 20.04), 33\n" in summer.stands[0].text


async def test_five_hundred_classes_fit_into_one_post(summer: Summer, manager: Person) -> None:
    async with summer.app.database.read() as tx:
        slugs = [one.slug for one in await schools.every(tx)]
    drafts_of = [
        ClassDraft(10, f"К{number}", "class", TRACK.format(number)) for number in range(20)
    ]
    async with summer.app.database.write() as tx:
        for slug in slugs[:25]:
            await classes.add(tx, slug, YEAR, drafts_of)
        await tx.connection.execute(update(tables.classes).values(capacity=25, enrolled=3))
        assert len(await class_cards.of_year(tx, YEAR)) == 500
        ids = [one.id for one in await class_cards.of_year(tx, YEAR)]
        await class_cards.confirm(tx, ids)
    await summer.at(2027, 5, 31, 10, 0)
    await summer.at(2027, 6, 1, 10, 0)
    (post,) = summer.stands
    assert len(post.text.encode("utf-16-le")) // 2 <= 4096
    assert "Актуально на" in post.text
    assert "Направленность 0" in post.text
    await summer.press_below(manager, "Черновик", "Текст для ВКонтакте и MAX")
    assert "Открытые классы: https://t.me/traektoria_bot?start=classes" in told_note(manager)


def told_note(person: Person) -> str:
    return person.chat.from_bot[-2].text


async def test_no_classes_are_said_plainly_and_html_of_schools_is_inert(
    summer: Summer, manager: Person
) -> None:
    await summer.at(2027, 4, 30, 10, 0)
    assert "Школы ещё готовят списки классов." in told(manager)
    await summer.add_class("s24", "<b>мед</b> & <i>ко", 25)
    await summer.at(2027, 5, 4, 10, 0)
    assert "<b>мед</b> & <i>ко" in summer.stands[0].text


async def test_a_bot_that_wakes_on_the_eve_does_not_propose_two_posts_for_one_hour(
    summer: Summer, manager: Person
) -> None:
    await summer.add_class()
    await summer.at(2027, 5, 31, 9, 45)  # asleep since April
    await summer.at(2027, 5, 31, 10, 1)
    assert drafts(manager) == 1
    assert "Набор в предпрофессиональные классы открыт" in told(manager)
    assert (await summer.posts())["soon"].state == "missed"
    await summer.at(2027, 6, 1, 10, 1)
    assert summer.titles == ["Набор в предпрофессиональные классы открыт"]
