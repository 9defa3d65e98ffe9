"""Every change of a class card stays in the log, with who made it."""

import asyncio
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from demo.telegram import Person
from exports.books.making import make_book
from handlers.screen import BookFile
from storage import card_log, class_cards, contracts, partners, people
from storage.contracts import ContractDraft
from tests.scenarios.registers.steps import to_class
from tests.world import YEAR, World


async def logged(world: World) -> list[tuple[str, str, str, str]]:
    async with world.app.database.read() as tx:
        posts = await people.posts(tx)
        return [
            (one.field, one.old, one.new, posts.get(one.by or 0, ""))
            for one in await card_log.every(tx)
        ]


async def test_a_class_is_opened_taught_and_closed_in_the_log(world: World) -> None:
    coordinator: Person = await world.coordinator("s24")
    await world.say(coordinator, "/school")
    await world.press(coordinator, "＋ Класс")
    await world.say(coordinator, "10 А медицинская")
    await world.press(coordinator, "Предметы на углублённом уровне")
    await world.say(coordinator, "Химия")
    await world.say(coordinator, "Химия")  # it is there already
    await world.press(coordinator, "✖ Химия")
    await to_class(world, coordinator)
    await world.press(coordinator, "Закрыть класс")
    await world.press(coordinator, "Да, закрыть")
    assert await logged(world) == [
        ("open", "", "10 «А»", "замдиректора"),
        ("advanced_subjects", "", "Химия", "замдиректора"),
        ("advanced_subjects", "Химия", "", "замдиректора"),
        ("open", "10 «А»", "", "замдиректора"),
    ]


async def test_what_is_said_of_classes_in_a_report_is_in_the_log_too(world: World) -> None:
    coordinator: Person = await world.coordinator("s24")
    await world.say(coordinator, "/form")
    await world.press(coordinator, "Продолжить")
    await world.say(coordinator, "10 А медицинская")
    await world.say(coordinator, "24")
    await world.say(coordinator, "Химия")
    await world.press(coordinator, "Изменить предметы")
    await world.say(coordinator, "Биология")
    await world.press(coordinator, "✖ Химия")
    await world.press(coordinator, "Закрыть класс")
    await world.press(coordinator, "Да, закрыть")
    await world.press(coordinator, "Добавить")
    await world.say(coordinator, "11 Б инженерная")
    assert await logged(world) == [
        ("open", "", "10 «А»", "замдиректора"),
        ("advanced_subjects", "", "Химия", "замдиректора"),
        ("advanced_subjects", "Химия", "Химия, Биология", "замдиректора"),
        ("advanced_subjects", "Химия, Биология", "Биология", "замдиректора"),
        ("open", "10 «А»", "", "замдиректора"),
        ("open", "", "11 «Б»", "замдиректора"),
    ]


async def test_the_workbook_says_changes_of_cards_in_words(world: World) -> None:
    methodist = await world.staff("methodist")
    await world.give_classes("s24")
    async with world.app.database.write() as tx:
        account = await people.by_telegram_id(tx, methodist.id)
        assert account is not None
        card = (await class_cards.of_year(tx, YEAR))[0]
        await class_cards.change(tx, card, "capacity", 25, account.id)
        await class_cards.change(tx, card, "kind", "group", account.id)
        one = await partners.add(tx, "Медколледж", "he", account.id)
        await partners.set_type(tx, one, "vet", account.id)
        draft = ContractDraft(one, "7", date(2026, 9, 1), date(2027, 5, 31))
        signed = await contracts.add(tx, draft, ["s24", "s40"], account.id)
        await contracts.change(tx, signed, "valid_until", date(2028, 8, 31), account.id)
        await contracts.change(tx, signed, "ended_on", date(2027, 1, 10), account.id)
        await contracts.drop_school(tx, signed.id, "s40", account.id)
        await partners.rename(tx, one, "Медицинский колледж", None)
    job = await world.app.attachments.job(BookFile("city", YEAR))
    book: Any = load_workbook(BytesIO(await asyncio.to_thread(make_book, job)))
    rows = [row[1:7] for row in book["Журнал изменений"].iter_rows(min_row=6, values_only=True)]
    by = "методист ИМЦ"
    assert rows == [
        (by, "Школа № 24", "карточка класса", "Класс или группа", "класс", "группа"),
        (by, None, "партнёр", "Вид", "ВО", "СПО"),
        (by, None, "договор", "Действует до", "31.05.2027", "31.08.2028"),
        (by, None, "договор", "Расторгнут с", None, "10.01.2027"),
        (by, "Школа № 40", "договор", "Школа договора", "Школа № 40", None),
        ("бот", None, "партнёр", "Название", "Медколледж", "Медицинский колледж"),
    ]
