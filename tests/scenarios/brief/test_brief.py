"""The page before a meeting: the city's for staff, a school's for it and for staff."""

from io import BytesIO
from typing import Any

import docx
import pytest
from openpyxl import load_workbook

from demo.telegram import MessageView, Person
from tests.clock import local
from tests.scenarios.plan.year import add_class, only, report, say_of, screen, sign
from tests.scenarios.steps import forge, labels
from tests.world import World

PARTS = ("Показатели: факт и цель", "Задачи с порогами", "Сбор", "План", "Риски", "Ближайшие даты")
OF_RISKS = ("Риски", "🔴", "🟡", "🟢", "⚪", "красн", "жёлт")
OUTDATED = "Эта кнопка устарела. Вот что сейчас."
ANOTHERS = "Это данные другой школы: у вас нет к ним доступа."


@pytest.fixture
async def two(world: World) -> World:
    """Schools № 24 and 33, on 12 January 2027; № 24 has a class and no contract."""
    await only(world, "s24", "s33")
    await say_of(world, await add_class(world, "s24"), capacity=25, enrolled=21)
    return world


def sent(person: Person) -> MessageView:
    """The file that came last."""
    return next(one for one in reversed(person.chat.from_bot) if one.document is not None)


def content(message: MessageView) -> tuple[str, bytes]:
    assert message.document is not None
    return message.document.name, message.document.data


async def test_the_citys_page_fits_one_message_and_opens_its_parts(two: World) -> None:
    manager = await two.staff("manager")
    await two.say(manager, "/brief")
    text = screen(manager)
    assert text.startswith("Состояние Проекта на 12.01.2027")
    for part in PARTS:
        assert part in text
    assert "II четверть, 2026/27: срок 14.01.2027, 17:00; сдали 0 из 2, принято 0" in text
    assert "ждём № 24, 33" in text
    assert len(text.splitlines()) <= 47
    assert text.endswith("● выполнено, ◐ от 90 %, ○ ниже цели, · не измерено")
    for label, words in (
        ("Показатели", "Показатели · 2026/27"),
        ("Кто не сдал", "Отчёты: II четверть"),
        ("План", "План мероприятий"),
        ("Риски", "Риски Проекта"),
        ("Задачи", "Задачи Проекта"),
    ):
        await two.say(manager, "/brief")
        await two.press(manager, label)
        assert words in screen(manager)


@pytest.mark.parametrize(
    "words",
    [
        "сводка к совещанию",
        "Сводка к совещанию?",
        "справка для совещания",
        "состояние Проекта",
        "состояние",
        "справка",
        "бриф",
    ],
)
async def test_words_open_the_citys_page(two: World, words: str) -> None:
    person = await two.staff("methodist")
    await two.say(person, words)
    assert "Состояние Проекта на 12.01.2027" in screen(person)


@pytest.mark.parametrize(
    "words",
    [
        "справка школы 24",
        "справка о школе 24",
        "справка 24",
        "Справка по школе № 24",
        "справка 24 школы",
        "справка по 24-й школе",
        "/brief 24",
        "/brief 24 школа",
    ],
)
async def test_words_open_one_schools_page(two: World, words: str) -> None:
    person = await two.staff("methodist")
    await two.say(person, words)
    assert "Школа № 24 на 12.01.2027" in screen(person)
    assert "зачислено 21 из 25, свободно 4, карточка проверена 12.01.2027" in screen(person)


@pytest.mark.parametrize("words", ["сводка", "справка о кампании"])
async def test_words_of_others_stay_theirs(two: World, words: str) -> None:
    person = await two.staff("manager")
    await two.say(person, words)
    assert "Состояние Проекта" not in screen(person)


async def test_a_school_that_is_none_is_said_so(two: World) -> None:
    person = await two.staff("manager")
    await two.say(person, "/brief 999")
    assert "Школы № 999 в списке нет." in screen(person)
    assert "№ 24" in labels(person)
    await two.say(person, "/brief кто-нибудь")
    assert "Не понял, о какой школе" in screen(person)


async def test_staff_go_from_the_city_to_a_school(two: World) -> None:
    person = await two.staff("manager")
    await two.say(person, "/brief")
    await two.press(person, "Одна школа")
    await two.press(person, "№ 33")
    text = screen(person)
    assert "Школа № 33 на 12.01.2027" in text
    assert "Классы: открытых классов 2026/27 нет" in text
    assert "действующего договора с партнёром нет" in text
    assert "Риски" in text
    await two.press(person, "Классы и договоры")
    assert "Классы и группы" in screen(person)


async def test_a_school_sees_what_it_owes_and_no_risk(two: World) -> None:
    own = await two.coordinator("s24")
    await two.say(own, "/brief")
    text = screen(own)
    assert "Что нужно сделать школе" in text
    assert "Сдать: II четверть – срок 14.01.2027, 17:00" in text
    assert "10 «А» (медицинская): нет ссылки на локальный акт" in text
    assert "Договоры: действующего договора с партнёром нет" in text
    for word in OF_RISKS:
        assert word not in text, word


async def test_its_numbers_are_those_of_accepted_reports(two: World) -> None:
    await sign(two, "he", "s24")
    await report(two, "s24", "base", {"r6": 2}, accept=False)
    own = await two.coordinator("s24")
    await two.say(own, "/brief")
    assert "принятых отчётов этого года ещё нет" in screen(own)
    assert "База на 01.09: на проверке" in screen(own)
    assert "Учеников на начало года: – (отчёт не принят)" in screen(own)
    assert "Договоры: действует 1 на 12.01.2027" in screen(own)


async def test_in_august_it_is_the_base_of_the_readiness_talk(two: World) -> None:
    """Plan 1.9: the classes that are being filled stand beside those of the year."""
    two.clock.move_to(local(2027, 8, 10, 12))
    await say_of(two, await add_class(two, "s24", "2027-2028"), capacity=25, enrolled=10)
    own = await two.coordinator("s24")
    await two.say(own, "/brief")
    text = screen(own)
    assert "Классы и места, 2026/27" in text
    assert "Классы и места, 2027/28" in text
    assert "зачислено 10 из 25, свободно 15" in text


async def test_a_coordinator_sees_no_other_school_and_not_the_city(two: World) -> None:
    own = await two.coordinator("s24")
    for words in ("/brief 33", "справка школы 33", "состояние Проекта"):
        await two.say(own, words)
        assert "Школа № 24 на 12.01.2027" in screen(own), words
        assert "Школа № 33" not in screen(own), words
    for words in ("справка школы 33", "/brief 33", "/brief школа 33"):
        await two.say(own, words)
        assert screen(own).startswith("Вам открыта справка только вашей школы."), words
    await two.say(own, "/brief 24")
    assert "Вам открыта" not in screen(own)


async def test_nobody_asks_a_school_that_takes_no_part(two: World) -> None:
    manager = await two.staff("manager")
    await two.say(manager, "/brief 7")
    text = screen(manager)
    assert "в Проекте сейчас не участвует" in text
    assert "Что нужно сделать школе: всё сдано" in text
    assert "Отчёты: нет" in text
    await report(two, "s07", "I", {"r3": 2}, accept=False)  # sent before it left
    await two.say(manager, "/brief 7")
    assert "📨 I четверть: на проверке" in screen(manager)


@pytest.mark.parametrize("act", ["show", "xlsx", "docx"])
async def test_a_coordinators_forged_buttons_give_nothing(two: World, act: str) -> None:
    own = await two.coordinator("s24")
    await two.say(own, "/brief")
    told = len([one for one in own.chat.from_bot if one.document is not None])
    await forge(two, own, f"b2:{act}:s33")
    assert ANOTHERS in screen(own)
    assert "Школа № 33" not in screen(own)
    await forge(two, own, f"b2:{act}:")
    assert OUTDATED in screen(own)
    assert "Состояние Проекта" not in screen(own)
    assert len([one for one in own.chat.from_bot if one.document is not None]) == told


@pytest.mark.parametrize("data", ["b2:schools:s24", "b2:explode:s24", "b2:show:s999", "b3:list::0"])
async def test_what_no_button_of_a_coordinator_says_is_outdated(two: World, data: str) -> None:
    own = await two.coordinator("s24")
    await two.say(own, "/brief")
    await forge(two, own, data)
    assert OUTDATED in screen(own)


async def test_a_school_that_is_gone_is_outdated_for_staff(two: World) -> None:
    person = await two.staff("manager")
    await two.say(person, "/brief")
    await forge(two, person, "b2:show:s999")
    assert OUTDATED in screen(person)


# --- files ---------------------------------------------------------------------------------------


def words_of_book(data: bytes) -> str:
    sheet: Any = load_workbook(BytesIO(data)).active
    rows = sheet.iter_rows(values_only=True)
    return "\n".join(" | ".join(str(cell or "") for cell in row) for row in rows)


def words_of_document(data: bytes) -> str:
    document = docx.Document(BytesIO(data))
    rows = (row for table in document.tables for row in table.rows)
    table = [" | ".join(cell.text for cell in row.cells) for row in rows]
    return "\n".join([*(one.text for one in document.paragraphs), *table])


async def test_the_files_say_what_the_screen_says(two: World) -> None:
    manager = await two.staff("manager")
    await two.say(manager, "/brief")
    await two.press(manager, "Excel")
    name, data = content(sent(manager))
    assert name == "sostoyanie_2027-01-12.xlsx"
    book = words_of_book(data)
    await two.press(manager, "Word")
    name, data = content(sent(manager))
    assert name == "sostoyanie_2027-01-12.docx"
    document = words_of_document(data)
    for line in ("сдали 0 из 2, принято 0; ждём № 24, 33", "при цели 500", "84,0 %"):
        assert line in screen(manager)
        assert line in book
        assert line in document
    assert "84,0 % при пороге 60 %, по 1 из 1 класса, на 12.01.2027" in screen(manager)
    assert "занято 21 из 25 мест (84,0 %), по 1 из 1 класса, на 12.01.2027" in book
    assert "Состояние Проекта на 12.01.2027" in sent(manager).text


async def test_a_coordinators_files_are_of_the_own_school_and_without_risks(two: World) -> None:
    own = await two.coordinator("s24")
    await two.say(own, "/brief")
    await two.press(own, "Excel")
    name, data = content(sent(own))
    assert name == "spravka_s24_2027-01-12.xlsx"
    book = words_of_book(data)
    await two.press(own, "Word")
    name, data = content(sent(own))
    assert name == "spravka_s24_2027-01-12.docx"
    for text in (book, words_of_document(data)):
        assert "Школа № 24 на 12.01.2027" in text
        assert "Риски" not in text
        assert "красный" not in text
    manager = await two.staff("manager")
    await two.say(manager, "/brief 24")
    await two.press(manager, "Word")
    assert "Риски" in words_of_document(content(sent(manager))[1])


async def test_two_taps_make_two_files(two: World) -> None:
    """Each is of its own moment: a file that was asked for twice is sent twice."""
    manager = await two.staff("manager")
    await two.say(manager, "/brief")
    manager.click("Word")
    manager.click("Word")
    await two.pump()
    files = [content(one)[0] for one in manager.chat.from_bot if one.document is not None]
    assert files == ["sostoyanie_2027-01-12.docx"] * 2
    assert "Состояние Проекта на 12.01.2027" in screen(manager)


# --- days ----------------------------------------------------------------------------------------


async def test_what_was_never_marked_is_counted_after_the_end(two: World) -> None:
    two.clock.move_to(local(2027, 10, 10, 12))
    manager = await two.staff("manager")
    await two.say(manager, "/brief")
    assert "План: без отметки 21" in screen(manager)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ((2026, 9, 1, 0, 5), "Состояние Проекта на 01.09.2026"),
        ((2027, 8, 31, 23, 55), "Состояние Проекта на 31.08.2027"),
        ((2027, 9, 1, 12), "Состояние Проекта на 01.09.2027"),
        ((2027, 10, 10, 12), "Проект закончился 01.09.2027: показатели – его последнего года."),
        ((2029, 3, 1, 12), "Проект закончился 01.09.2027: показатели – его последнего года."),
    ],
)
async def test_any_day_has_its_page(two: World, moment: tuple[int, ...], words: str) -> None:
    two.clock.move_to(local(*moment))
    manager = await two.staff("manager")
    await two.say(manager, "/brief")
    assert words in screen(manager)
    await two.say(manager, "/brief 24")
    assert "Школа № 24 на" in screen(manager)


async def test_a_city_without_schools_owes_nothing(two: World) -> None:
    await only(two, year="2026-2027")
    person = await two.staff("manager")
    await two.say(person, "/brief")
    line = next(one for one in screen(person).splitlines() if "сдали 0 из 0" in one)
    assert line.startswith("• ")


async def test_a_school_is_told_that_the_project_is_over(two: World) -> None:
    manager = await two.staff("manager")
    await two.say(manager, "/brief 24")
    assert "Проект закончился" not in screen(manager)
    two.clock.move_to(local(2028, 3, 1, 12))
    await two.say(manager, "/brief 24")
    assert "Проект закончился 01.09.2027: отчёты и показатели – его последнего года." in screen(
        manager
    )
