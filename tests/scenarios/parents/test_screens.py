"""A parent finds a class by tapping: two taps from /start, dates beside numbers, ways on."""

from datetime import date
from html import unescape

import pytest
from sqlalchemy import update

from demo.telegram import Person
from exports.portal import stored_portal
from handlers.campaigns.post import compose
from handlers.visit import visit_of
from storage import campaigns, posts
from storage.tables import classes
from tests.clock import local
from tests.scenarios.parents.city import NEXT_YEAR, july, open_class, parent
from tests.world import World, shown


def screen(person: Person) -> str:
    return unescape(shown(person))


async def test_two_taps_from_the_start_to_the_seats_of_a_track(world: World) -> None:
    await july(world)
    person = await parent(world)
    await world.press(person, "Какие классы откроют")
    assert "Идёт набор на 2027/28 учебный год: заявления принимают по 20 августа" in screen(person)
    assert "Медицинская: 2 класса, 3 места (на 12.07)" in screen(person)
    await world.press(person, "Медицинская")
    assert "№ 33, 10 «А» – 3 места (на 12.07)" in screen(person)
    assert "№ 21, 10 «А» – мест нет (на 12.07)" in screen(person)


async def test_a_card_tells_everything_that_the_plan_asks_for(world: World) -> None:
    await july(world)
    person = await parent(world)
    await world.say(person, "медицинский 33")
    for part in (
        "Школа № 33, 10 «А»",
        "Направленность: медицинская",
        "Профиль: естественно-научный",
        "Углублённо: Химия, Биология",
        "Предметы ОГЭ: химия, биология",
        "Медицинский колледж – 5 дополнительных баллов по целевому договору",
        "не обещание",
        "Форма занятий: очная",
        "https://school33.ru/polozhenie.pdf",
        "свободно 3 (всего 25)",
        "Заявления с 20 июня по 15 августа: https://school33.ru/priem",
        "Из других школ: принимают по правилам школы",
        "18 июля, 14:00, актовый зал",
        "8 (4152) 23-45-67",
        "Данные на 12.07.2027",
    ):
        assert part in screen(person), part
    assert "⚠️" not in screen(person)
    assert "87" not in screen(person)  # applications


async def test_a_full_class_shows_others_of_its_track(world: World) -> None:
    await july(world)
    person = await parent(world)
    await world.say(person, "мед 21")
    assert "мест нет (всего 25)" in screen(person)
    assert "Спросите по телефону 8 (4152) 11-22-33" in screen(person)
    await world.press(person, "№ 33 · 10 «А» · 3 места")
    assert "Школа № 33, 10 «А»" in screen(person)


async def test_only_classes_with_seats_and_back(world: World) -> None:
    await july(world)
    person = await parent(world)
    await world.press(person, "Где есть места")
    assert "№ 24, 10 «А», инженерная – 5 мест (на 20.06) ⚠️" in screen(person)
    assert "Данные старше недели" in screen(person)
    assert "№ 21" not in screen(person)
    await world.say(person, "медицинский")
    await world.press(person, "Только с местами")
    assert "№ 21" not in screen(person)
    await world.press(person, "Показать все")
    assert "№ 21" in screen(person)


async def test_by_school_and_by_form_of_lessons(world: World) -> None:
    await july(world)
    person = await parent(world)
    await world.press(person, "По школам")
    assert person.screen is not None
    assert person.screen.labels[:4] == ["№ 21 · 0", "№ 24 · 5", "№ 33 · 3", "№ 46 · –"]
    await world.press(person, "№ 24")
    assert "инженерная – 5 мест" in screen(person)
    await world.press(person, "← Открытые классы")
    await world.press(person, "Очно, дистанционно")
    await world.press(person, "Очная и дистанционная · 1 класс")
    assert "№ 24, 10 «А», инженерная" in screen(person)
    assert "№ 33" not in screen(person)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ((2027, 5, 10), "Набор на 2027/28 учебный год: заявления – с 1 июня по 20 августа"),
        ((2027, 8, 25), "Основной набор на 2027/28 учебный год завершён 20 августа"),
        ((2027, 10, 5), "Сейчас набора нет. На 2028/29 учебный год он начнётся 1 июня 2028 года"),
        ((2028, 2, 5), "Сейчас набора нет. На 2028/29 учебный год он начнётся 1 июня, "),
    ],
)
async def test_what_is_said_of_the_campaign(
    world: World, day: tuple[int, int, int], said: str
) -> None:
    await july(world)
    world.clock.move_to(local(*day, 12, 0))
    person = await parent(world)
    await world.say(person, "/classes")
    assert said in screen(person)
    assert "Медицинская" in screen(person)
    outside = day > (2027, 8, 31)
    assert ("Для ориентира – классы 2027/28 учебного года" in screen(person)) == outside
    if outside:
        assert "Данные старше месяца" in screen(person)
    await world.press(person, "Где есть места")
    assert "Места есть в 2 классах:" in screen(person)
    assert ("Для ориентира – классы 2027/28 учебного года" in screen(person)) == outside


@pytest.mark.parametrize(
    ("day", "year"),
    [
        ((2027, 4, 30), "2026/27"),
        ((2027, 5, 1), "2027/28"),
        ((2027, 8, 22), "2027/28"),
        ((2027, 8, 28), "2027/28"),  # over: its dates were moved
        ((2027, 9, 1), "2027/28"),
        ((2028, 5, 1), "2028/29"),
    ],
)
async def test_parents_and_the_portal_are_shown_the_same_classes(
    world: World, day: tuple[int, int, int], year: str
) -> None:
    plan = world.app.passport.campaigns.usual(NEXT_YEAR)
    async with world.app.database.write() as tx:
        await campaigns.move(tx, plan.with_date("ends", date(2027, 8, 25)), None)
    for school_year in ("2026-2027", NEXT_YEAR, "2028-2029"):
        await open_class(world, "s33", "медицинская", year=school_year)
    methodist = await world.staff("methodist")
    world.clock.move_to(local(*day, 12, 0))
    await world.say(methodist, "/classes")
    assert f"лассы на {year} учебный год" in shown(methodist) or (
        f"классы {year} учебного года" in shown(methodist)
    )
    await world.say(methodist, "/export")
    await world.press(methodist, "Раздел для портала")
    captions = [one.text for one in methodist.chat.from_bot if "Раздел портала" in one.text]
    assert captions == [
        f"Раздел портала, классы {year}: страница",
        f"Раздел портала, классы {year}: данные",
    ]


@pytest.mark.parametrize(
    ("now", "old"), [((2027, 8, 25), True), ((2027, 9, 2), False), ((2027, 10, 5), True)]
)
async def test_chat_portal_and_posts_call_the_same_data_old(
    world: World, now: tuple[int, int, int], old: bool
) -> None:
    world.clock.move_to(local(2027, 8, 10, 12, 0))
    seen = local(2027, 8, 15, 9, 0)
    await open_class(world, "s33", "морская", capacity=25, enrolled=20, confirmed_at=seen)
    world.clock.move_to(local(*now, 12, 0))
    person = await parent(world)
    await world.say(person, "морской")
    assert ("⚠️" in screen(person)) == old
    async with world.app.database.write() as tx:
        (card,) = (await stored_portal(tx, world.app.passport, NEXT_YEAR)).classes
        number = await posts.propose(tx, NEXT_YEAR, "results", local(2027, 8, 23, 10))
        post = await posts.get(tx, number or 0)
        assert post is not None
        visit = await visit_of(tx, world.app.passport, 1)
        text = (await compose(visit, post)).text
    assert card.is_stale == old
    assert ("№ 33 – 5 (на 15.08)" in text) == old


async def test_spellings_of_a_track_are_one_line_with_the_date_of_the_oldest_card(
    world: World,
) -> None:
    """As registers that were filled before spellings were made one may hold them."""
    world.clock.move_to(local(2027, 7, 12, 12, 0))
    await open_class(world, "s33", "Кадеты", capacity=25, enrolled=20)
    june = local(2027, 6, 1, 9, 0)
    await open_class(world, "s24", "кадеты", capacity=25, enrolled=23, confirmed_at=june)
    await open_class(world, "s21", "кадеты", confirmed_at=None)
    async with world.app.database.write() as tx:
        for school, track in (("s24", "кадеты"), ("s21", "КАДЕТЫ")):
            where = (classes.c.school == school, classes.c.year == NEXT_YEAR)
            await tx.connection.execute(update(classes).where(*where).values(track=track))
    person = await parent(world)
    await world.say(person, "/classes")
    assert "• КАДЕТЫ: 3 класса, 7 мест (на 01.06) ⚠️" in screen(person)


async def test_outside_of_the_campaign_a_month_is_fresh_enough(world: World) -> None:
    await open_class(world, "s33", "морская", capacity=25, enrolled=20, year="2026-2027")
    world.clock.move_to(local(2027, 2, 12, 12, 0))
    person = await parent(world)
    async with world.app.database.write() as tx:
        await tx.connection.exec_driver_sql(
            "UPDATE classes SET confirmed_at = '2027-01-20 00:00:00.000000'"
        )
    await world.say(person, "морской")
    assert "⚠️" not in screen(person)
    world.clock.move_to(local(2027, 3, 1, 12, 0))
    await world.say(person, "морской")
    assert "Данные на 20.01.2027: им больше месяца" in screen(person)


QUESTIONS = {
    "До какого числа и куда": ("до какого числа", "Заявления с 20 июня по 15 августа"),
    "Что сдавать на ОГЭ": ("какие предметы сдавать", "№ 33, 10 «А», медицинская: химия, биология"),
    "Какие предметы углублённо": ("какие предметы углублённо", "Химия, Биология"),
    "Можно ли из другой школы": ("можно из другой школы", "принимают по правилам школы"),
    "С какими вузами": ("с кем дружит школа", "Медицинский колледж"),
    "Что даёт при поступлении": ("что даёт при поступлении", "5 дополнительных баллов"),
    "Когда день открытых дверей": ("день открытых дверей", "18 июля, 14:00"),
    "Где прочитать положение": ("где положение", "https://school33.ru/polozhenie.pdf"),
    "Очно или дистанционно": ("очно или дистанционно", "медицинская: очная"),
    "Телефоны школ": ("телефон", "8 (4152) 23-45-67"),
    "Какие классы откроют": ("какие классы откроют", "Медицинская: 2 класса"),
    "Где есть места": ("есть ли места", "№ 33, 10 «А», медицинская – 3 места (на 12.07)"),
    "Сообщить о наборе": ("сообщите, когда появится место", "Уведомления о наборе"),
}


async def test_every_question_has_an_answer_by_a_tap_and_by_words(world: World) -> None:
    await july(world)
    person = await parent(world)
    for label, (text, said) in QUESTIONS.items():
        world.clock.move_to(world.clock.now().replace(second=0))
        await world.say(person, "/start")
        await world.press(person, "Все вопросы")
        await world.press(person, label)
        by_tap = screen(person)
        assert said in by_tap, label
        person = await parent(world)
        await world.say(person, text)
        assert said in screen(person), text
        assert screen(person) == by_tap


async def test_what_nobody_has_said_is_admitted_with_a_phone(world: World) -> None:
    await july(world)
    person = await parent(world)
    await world.say(person, "что сдавать в лицей 21")
    assert "школа не сообщила, телефон 8 (4152) 11-22-33" in screen(person)
    assert "Пока этого не сообщила ни одна из школ" in screen(person)
    await world.say(person, "нас возьмут?")
    assert "бот не знает и обещать не может" in screen(person)
    await world.say(person, "сколько заявлений подали в 33")
    assert "бот родителям не показывает" in screen(person)
    assert "87" not in screen(person)


async def test_the_date_of_seats_is_of_the_cards_that_tell_them(world: World) -> None:
    world.clock.move_to(local(2027, 7, 12, 12))
    await open_class(world, "s39", "ИТ", confirmed_at=local(2027, 4, 19, 10))
    await open_class(world, "s28", "ИТ", capacity=25, enrolled=1)
    await open_class(world, "s10", "аграрная", capacity=20, enrolled=0)
    person = await parent(world)
    await world.say(person, "/classes")
    text = screen(person)
    assert "ИТ: 2 класса, 24 места (на 12.07)" in text
    assert text.index("Аграрная") < text.index("ИТ:")
