"""A person who knows nothing of the bot fills a busy quarter from the invite to the Excel form."""

from decimal import Decimal
from io import BytesIO

from openpyxl import load_workbook

from passport.values import Item, Named, NotApplicable, Nothing, Number, Slot
from storage import invites
from tests.world import World, shown


async def test_from_an_invite_to_the_filled_form(world: World) -> None:
    async with world.app.database.write() as tx:
        token = await invites.create(tx, "coordinator", "s24", "замдиректора")
    person = world.telegram.person(name="Замдиректора")
    person.start(token)
    await world.pump()
    assert "Школа № 24" in shown(person)

    await world.press(person, "Отчёты школы")
    await world.press(person, "II четверть")
    assert "Срок: чт 14 января, 17:00" in shown(person)
    await world.press(person, "Продолжить")
    assert "Какие предпрофессиональные классы" in shown(person)

    await world.say(person, "10 А медицинский\n11 Б группа инженерная")
    assert "10 «А» (медицинская): сколько учеников на" in shown(person)
    await world.say(person, "24")
    await world.say(person, "12 чел.")
    await world.say(person, "Химия – 4,35\nБиология")
    await world.say(person, "Физика")
    await world.say(person, "4.2")
    await world.press(person, "аттестация по полугодиям")

    assert "вне учебного плана" in shown(person)
    await world.say(person, "3")
    await world.say(person, "Ярмарка профессий – 24\n2) Экскурсия в порт: 12 чел.")
    assert "Сумма: 36" in person.screen.labels  # type: ignore[union-attr]
    await world.press(person, "Сумма: 36")
    await world.say(person, "Форум «Профессии края»\t8")
    await world.press(person, "Не было")
    assert "международный" in shown(person)
    await world.press(person, "Не было")

    await world.say(person, "Олимпиада по химии - 6\nОлимпиада по физике - 4")
    await world.say(person, "9")
    await world.press(person, "Не было")
    await world.press(person, "Не было")
    await world.say(person, "2")
    await world.press(person, "Не было")
    await world.press(person, "Не было")
    await world.say(person, "2")
    await world.press(person, "Не было")
    await world.say(person, "Семинар в ИМЦ – 3")

    assert "Все ответы есть" in shown(person)
    assert "Отправить" in " ".join(person.screen.labels)  # type: ignore[union-attr]
    await world.press(person, "тправить")

    receipt, file = person.chat.from_bot[-3:-1]
    assert "Отчёт отправлен" in receipt.text
    assert "вт 12 января, 09:20" in receipt.text
    assert "24-2627-II-1" in receipt.text
    assert file.document is not None
    assert file.document.name == "forma_s24_2026-2027.xlsx"
    assert "Отправлен вт 12 января, 09:20" in shown(person)

    stored = await world.answers("II")
    assert stored[Slot("r3.municipal")] == Named(
        (Item("Ярмарка профессий", 24), Item("Экскурсия в порт", 12))
    )
    assert stored[Slot("r3.municipal.total")] == Number(Decimal(36))
    assert stored[Slot("r4.municipal.total")] == Number(Decimal(9))
    assert stored[Slot("r5.national")] == Nothing()
    assert NotApplicable("отметок нет (аттестация по полугодиям)") in stored.values()

    sheet = load_workbook(BytesIO(file.document.data)).active
    assert sheet is not None
    cells = {cell.value for row in sheet.iter_rows() for cell in row}
    assert {36, 12, 24, 9} <= cells
    assert any("Ярмарка профессий" in str(cell) for cell in cells)


async def test_a_quiet_quarter_is_eight_answers(world: World) -> None:
    await world.give_classes("s24", "Химия")
    person = await world.coordinator("s24")
    await world.press(person, "Отчёты школы")
    await world.press(person, "II четверть")
    await world.press(person, "Продолжить")
    await world.say(person, "24")
    await world.say(person, "4,35")
    for label in (
        "Не было",
        "Олимпиад не было совсем",
        "Победителей и призёров не было",
        "Не было",
        "Не было",
        "Не было",
    ):
        await world.press(person, label)
    assert "Все ответы есть" in shown(person)
    assert "нулевой отчёт" in shown(person)
    await world.press(person, "Всё верно, отправить")
    filled = await world.form_year()
    assert filled.fillings["II"].report.status == "submitted"
