"""The note of plan 2.1: three numbers with their completeness, on screen and in Excel."""

import asyncio
from datetime import UTC
from decimal import Decimal
from io import BytesIO

from openpyxl import load_workbook

from demo.telegram import Person
from exports.books.desk import BookJob
from exports.books.making import make_book
from passport.campaign_note import TITLE
from passport.change import Edit
from passport.values import Number, Slot
from storage import answers, city_facts, class_cards, people, reports
from tests.clock import local
from tests.scenarios.campaigns.summer import Summer, told


async def questionnaire(
    summer: Summer,
    school: str,
    announcements: int,
    applied: dict[int, int],
    taken: dict[int, int] | None = None,
) -> None:
    """A school's note on its campaign, as it lies in the tables once it was sent."""
    async with summer.app.database.write() as tx:
        report = await reports.open_report(tx, school, "2026-2027", "campaign")
        said = {Slot("announcements"): announcements}
        said |= {Slot("applications", class_id): count for class_id, count in applied.items()}
        said |= {Slot("enrolled", class_id): count for class_id, count in (taken or {}).items()}
        edits = [Edit(slot, None, Number(Decimal(count))) for slot, count in said.items()]
        await answers.save(tx, report.id, edits, None)
        year = await reports.form_year(tx, summer.app.passport.forms, school, "2026-2027")
        by = (await people.staff(tx, "manager"))[0].id
        sending = reports.Sending(by, late=False)
        await reports.submit(tx, year.fillings["campaign"], sending)


async def test_by_cards_first_then_by_questionnaires(summer: Summer, manager: Person) -> None:
    one = await summer.add_class("s24", "медицинская")
    two = await summer.add_class("s33", "инженерная")
    async with summer.app.database.write() as tx:
        card = await class_cards.get(tx, one)
        assert card is not None
        await class_cards.change(tx, card, "applications", 20, None)
    await summer.say(manager, "/campaign")
    await summer.press(manager, "Справка 2.1")
    assert told(manager).startswith(TITLE)
    assert "Объявлений в СМИ: –" in told(manager)
    assert "школы: –, по 0 из 17 школ" in told(manager)
    assert "число УО ещё не указано" in told(manager)
    assert "Подано заявлений: 20" in told(manager)
    assert "по 1 из 2 школ с классами (1 из 2 классов)" in told(manager)
    assert "по справкам школ 0, по карточкам классов 1" in told(manager)
    await questionnaire(summer, "s24", 5, {one: 31})
    await questionnaire(summer, "s33", 2, {two: 9})
    await summer.press(manager, "Указать, сколько желают участвовать")
    await summer.say(manager, "3")
    await summer.press(manager, "Справка о кампании")
    assert "желающих принять участие: 3" in told(manager)
    await summer.at(2027, 4, 30, 10, 0)
    await summer.at(2027, 5, 4, 10, 0)
    await summer.say(manager, "/campaign")
    await summer.press(manager, "Справка 2.1")
    assert "Объявлений в СМИ: 8" in told(manager)
    assert "школы: 7, по 2 из 17 школ" in told(manager)
    assert "бот в канале: 1" in told(manager)
    assert "желающих принять участие: 3\n   число УО, указано 20.04.2027" in told(manager)
    assert "Подано заявлений: 40" in told(manager)
    assert "по справкам школ 2, по карточкам классов 0" in told(manager)
    cells = await _book(summer)
    assert TITLE in cells
    for known in (8, 7, 1, 3, 40, 31, 9):
        assert known in cells
    await summer.press(manager, "← Кампания")
    await summer.press(manager, "Сравнить с прошлой")
    assert "Подано заявлений: 40, было –" in told(manager)
    assert "Классов открыто: 2, было –" in told(manager)


async def test_free_seats_say_whose_word_they_are_and_of_which_day(
    summer: Summer, manager: Person
) -> None:
    """Parents and the screen of a campaign go by the cards, the note by what schools have sent."""
    one = await summer.add_class("s24", "медицинская", 25, 20)
    await summer.add_class("s33", "инженерная", 20, 18)
    summer.clock.move_to(local(2027, 4, 22, 12))
    await summer.add_class("s36", "инженерная", 10, 4)
    await summer.add_class("s39", "ИТ", None)
    await questionnaire(summer, "s24", 5, {one: 31}, {one: 24})
    await summer.say(manager, "/campaign")
    assert (
        "4 класса, свободных мест 13 (по карточкам классов, самая старая от 20.04.2027; о местах "
        "не сообщили: 1)"
    ) in told(manager)
    await summer.press(manager, "Сравнить с прошлой")
    assert "Свободных мест: 9, было –" in told(manager)
    assert (
        "Места 2027: по справкам школ 1 класс (на 22.04.2027), по карточкам 2 класса (на "
        "20.04–22.04.2027)"
    ) in told(manager)
    assert "Места 2026" not in told(manager)


async def _book(summer: Summer) -> list[object]:
    job = BookJob(
        "note",
        summer.settings.database_url,
        "Asia/Kamchatka",
        "2026-2027",
        summer.clock.now().astimezone(UTC),
    )
    sheet = load_workbook(BytesIO(await asyncio.to_thread(make_book, job))).active
    assert sheet is not None
    assert sheet.page_setup.fitToHeight == 1
    return [cell for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]


async def test_a_number_of_an_earlier_year_is_said_to_be_old(
    summer: Summer, manager: Person
) -> None:
    async with summer.app.database.write() as tx:
        assert await people.staff(tx, "manager")
        await city_facts.put(tx, "schools_wishing", "2024-2025", "4", None)
    await summer.say(manager, "/campaign")
    await summer.press(manager, "Справка 2.1")
    assert "желающих принять участие: 4\n   число УО с прошлых лет, проверьте" in told(manager)


async def test_the_workbook_comes_from_the_screen_and_from_export(
    summer: Summer, manager: Person
) -> None:
    await summer.say(manager, "/campaign")
    await summer.press(manager, "Справка 2.1")
    await summer.press(manager, "Excel, одна страница")
    await summer.say(manager, "/export 2.1")
    names = [one.document.name for one in manager.chat.from_bot if one.document is not None]
    assert names == ["spravka_2_1_2026-2027.xlsx"] * 2


async def test_in_autumn_the_note_is_that_of_the_summer_that_has_ended(
    summer: Summer, manager: Person
) -> None:
    await summer.at(2027, 9, 2, 10, 0)
    await summer.say(manager, "/campaign")
    assert told(manager).startswith("Приёмная кампания лета 2028")
    await summer.press(manager, "Справка 2.1, лето 2027")
    assert "Лето 2027, классы 2027/28" in told(manager)
    await summer.at(2028, 1, 12, 10, 0)
    await summer.say(manager, "/campaign")
    await summer.press(manager, "Справка 2.1")
    assert "Лето 2028, классы 2028/29" in told(manager)
