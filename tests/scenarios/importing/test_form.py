"""A form that was filled without the bot comes back: shown, confirmed, undone."""

import sqlite3
from contextlib import closing
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from demo.telegram import Person
from passport.register import ClassDraft
from passport.values import Item, Named, Number, Slot
from storage import classes
from tests.scenarios.steps import number
from tests.world import YEAR, World, shown

MAX = 10 * 1024 * 1024


def screen(person: Person) -> str:
    return unescape(shown(person))


async def blank(world: World, person: Person) -> bytes:
    """The form that the bot gives to be filled offline."""
    await world.say(person, "/import")
    sent = [one.document for one in person.chat.from_bot if one.document is not None]
    assert sent[-1] is not None
    return sent[-1].data


def filled(content: bytes, cells: dict[tuple[str, str], Any], also: str = "") -> bytes:
    """The form with cells written by label and column; ``also`` is done to the sheet."""
    book = load_workbook(BytesIO(content))
    sheet = book.worksheets[0]
    rows = {str(row[1].value or ""): row[0].row for row in reversed(list(sheet.iter_rows()))}
    columns = {"base": 4, "I": 5, "II": 6, "III": 7, "IV": 8}
    for (label, column), value in cells.items():
        row = next(at for text, at in rows.items() if text.startswith(label) and at)
        assert row is not None
        sheet.cell(row, columns[column]).value = value
    if also == "mess":
        sheet.title = "Лист1 (копия)"
        sheet.insert_rows(3)
        book.create_sheet("Пусто", 0)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


async def send(world: World, person: Person, content: bytes, name: str = "forma.xlsx") -> str:
    person.send_document(name, content)
    await world.pump()
    return screen(person)


PUPILS, EVENTS, OWN = (
    "Количество обучающихся в предпроф",
    "Количество мероприятий (конк",
    "Количество мероприятий, напр",
)


async def test_a_form_comes_back_and_can_be_undone(world: World, coordinator: Person) -> None:
    form = await blank(world, coordinator)
    said = {(PUPILS, "II"): "24 чел.", (OWN, "II"): "нет", ("– Химия", "II"): "4,35"}
    text = await send(world, coordinator, filled(form, said, "mess"))
    assert "Пока ничего не записано" in text
    assert "II четверть: запишется 3 ответа" in text
    assert await world.answers() == {}
    await world.press(coordinator, "Что изменится")
    assert "Учеников, 10 «А»: нет ответа → 24 чел." in screen(coordinator)
    await world.press(coordinator, "← К загрузке")
    await world.press(coordinator, "Записать: 3 ответа")
    assert "Записано: 3 ответа" in screen(coordinator)
    answers = await world.answers()
    assert number("24") in answers.values()
    assert number("4.35") in answers.values()
    await world.press(coordinator, "Отменить загрузку")
    assert "возвращено 3 ответа" in screen(coordinator)
    assert await world.answers() == {}


async def test_only_the_difference_is_written_and_later_answers_stay(
    world: World, coordinator: Person
) -> None:
    form = await blank(world, coordinator)
    await world.say(coordinator, "/form")
    await world.press(coordinator, "Продолжить")
    await world.say(coordinator, "20")
    await send(world, coordinator, filled(form, {(PUPILS, "II"): 24, (OWN, "II"): 2}))
    assert "из них взамен прежних 1" in screen(coordinator)
    await world.press(coordinator, "Записать: 2 ответа")
    slot = Slot("r6")
    assert (await world.answers())[slot] == number("2")
    await world.say(coordinator, "/form")
    await world.press(coordinator, "6 ✅")
    await world.press(coordinator, "✏️")
    await world.say(coordinator, "5")  # after the import somebody corrects it
    methodist = await world.staff("methodist")
    assert methodist.screen is not None
    path = world.settings.database_url.removeprefix("sqlite+aiosqlite:///")
    with closing(sqlite3.connect(path)) as raw:
        (import_id,) = raw.execute("SELECT id FROM imports").fetchone()
    coordinator.forge_callback(f"u1:undo:{import_id}:0", coordinator.last or 0)
    await world.pump()
    assert "возвращён 1 ответ. Осталось как есть: 1" in screen(coordinator)
    assert (await world.answers())[slot] == number("5")
    assert number("20") in (await world.answers()).values()


async def test_a_press_on_an_old_preview_shows_what_changed(
    world: World, coordinator: Person
) -> None:
    colleague = await world.coordinator("s24", "Второй")
    form = await blank(world, coordinator)
    await send(world, coordinator, filled(form, {(PUPILS, "II"): 24}))
    await world.say(colleague, "/form")
    await world.press(colleague, "Продолжить")
    await world.say(colleague, "24")
    await world.press(coordinator, "Записать: 1 ответ")
    assert "всё уже так и записано" in screen(coordinator)


async def test_problems_are_told_by_row_and_nothing_else_is_lost(
    world: World, coordinator: Person
) -> None:
    form = await blank(world, coordinator)
    cells = {
        (PUPILS, "II"): "двадцать",
        (EVENTS, "II"): "=2+2",
        (OWN, "II"): 3,
        ("– (указать", "II"): 5,
    }
    text = await send(world, coordinator, filled(form, cells))
    assert "Не прочитано 3 места" in text
    assert "строка " in text
    assert "формула" in text
    assert "название мероприятия или олимпиады не указано" in text
    await world.press(coordinator, "Записать: 1 ответ")
    assert (await world.answers())[Slot("r6")] == number("3")


async def test_a_form_with_somebodys_name_keeps_none_of_it(
    world: World, coordinator: Person
) -> None:
    form = await blank(world, coordinator)
    book = load_workbook(BytesIO(form))
    sheet = book.worksheets[0]
    row = next(r for r in sheet.iter_rows() if str(r[1].value).startswith("– (указать"))
    row[1].value, row[5].value = "Олимпиада Иванов И.И.", 1
    buffer = BytesIO()
    book.save(buffer)
    text = await send(world, coordinator, buffer.getvalue())
    assert "личные данные" in text
    assert "Иванов" not in text
    path = world.settings.database_url.removeprefix("sqlite+aiosqlite:///")
    with closing(sqlite3.connect(path)) as raw:
        (read,) = raw.execute("SELECT read FROM imports").fetchone()
    assert "Иванов" not in read


async def test_another_schools_form_and_an_unknown_year(world: World, coordinator: Person) -> None:
    form = await blank(world, coordinator)
    book = load_workbook(BytesIO(form))
    sheet = book.worksheets[0]
    place = next(r[0] for r in sheet.iter_rows() if "Образовательная" in str(r[0].value))
    place.value = "Образовательная организация: МАОУ «Средняя школа № 31»"
    buffer = BytesIO()
    book.save(buffer)
    assert "Это форма другой школы: № 31" in await send(world, coordinator, buffer.getvalue())
    methodist = await world.staff("methodist")
    assert "Школа № 31, 2026/27" in await send(world, methodist, buffer.getvalue())
    year = next(r[0] for r in sheet.iter_rows() if "Учебный год" in str(r[0].value))
    year.value = "Учебный год: 2031–2032"
    buffer = BytesIO()
    book.save(buffer)
    assert "такого в календаре бота нет" in await send(world, methodist, buffer.getvalue())


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("otchet.pdf", b"%PDF-1.7 ...", "Это PDF"),
        ("foto.jpg", b"\xff\xd8\xff\xe0 ...", "Это фотография"),
        ("forma.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 ...", "старый формат .xls"),
        (
            "forma.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "защищён паролем",
        ),
        ("forma.csv", b"1;2;3", "Это файл CSV"),
        ("forma.xlsx", b"PK\x03\x04 broken", "повреждён"),
        ("forma.xlsx", b"", "пустой"),
    ],
)
async def test_a_wrong_file_is_one_sentence(
    world: World, coordinator: Person, name: str, content: bytes, said: str
) -> None:
    await world.say(coordinator, "/form")
    await world.press(coordinator, "Продолжить")
    text = await send(world, coordinator, content, name)
    assert said in text
    assert "сколько учеников" in text.casefold()  # the open question is still there
    await world.say(coordinator, "24")
    assert number("24") in (await world.answers()).values()


async def test_fifty_megabytes_are_not_even_fetched(world: World, coordinator: Person) -> None:
    coordinator.send_document("big.xlsx", b"PK", size=50 * 1024 * 1024)
    await world.pump()
    assert "слишком большой: 50 МБ" in screen(coordinator)


async def test_a_strangers_file_is_not_fetched(world: World) -> None:
    stranger = world.telegram.person(name="Прохожий")
    stranger.start()
    await world.pump()
    stranger.send_document("forma.xlsx", b"PK")
    await world.pump()
    assert "файлы и контакты не принимаю" in unescape(stranger.chat.from_bot[-1].text)


async def test_an_accepted_report_is_not_overwritten(world: World, coordinator: Person) -> None:
    from tests.scenarios.collect.steps import open_report, sent

    form = await blank(world, coordinator)
    methodist = await world.staff("methodist")
    await sent(world, coordinator)
    await open_report(world, methodist)
    await world.press(methodist, "Принять")
    text = await send(world, coordinator, filled(form, {(PUPILS, "II"): 30}))
    assert "🔒 II четверть: отличается, но не меняется" in text
    assert coordinator.screen is not None
    assert not any("Записать" in label for label in coordinator.screen.labels)


async def test_named_events_come_with_their_people(world: World, coordinator: Person) -> None:
    form = await blank(world, coordinator)
    book = load_workbook(BytesIO(form))
    sheet = book.worksheets[0]
    rows = [r for r in sheet.iter_rows() if str(r[1].value).startswith("– (указать")]
    rows[0][1].value, rows[0][5].value = "– Ярмарка профессий", 14
    events = next(r for r in sheet.iter_rows() if str(r[1].value).startswith(EVENTS))
    events[5].value = 2
    level = next(r for r in sheet.iter_rows() if str(r[1].value) == "– муниципальный уровень")
    level[5].value = 14
    buffer = BytesIO()
    book.save(buffer)
    await send(world, coordinator, buffer.getvalue())
    await world.press(coordinator, "Записать")
    answers = await world.answers()
    assert answers[Slot("r3.municipal")] == Named((Item("Ярмарка профессий", 14),))
    assert answers[Slot("r3")] == Number(number("2").value)


async def test_not_to_write_what_is_written_says_so(world: World, coordinator: Person) -> None:
    form = await blank(world, coordinator)
    await send(world, coordinator, filled(form, {(PUPILS, "II"): 24}))
    preview = coordinator.last or 0
    await world.press(coordinator, "Записать: 1 ответ")
    path = world.settings.database_url.removeprefix("sqlite+aiosqlite:///")
    with closing(sqlite3.connect(path)) as raw:
        (import_id,) = raw.execute("SELECT id FROM imports").fetchone()
    coordinator.forge_callback(f"u1:drop:{import_id}:0", preview)
    await world.pump()
    assert "уже записана" in screen(coordinator)
    assert number("24") in (await world.answers()).values()


@pytest.mark.parametrize("caption", ["/import", "/form", "отчёт за II четверть"])
async def test_a_file_with_a_caption_is_read(
    world: World, coordinator: Person, caption: str
) -> None:
    form = await blank(world, coordinator)
    content = filled(form, {(PUPILS, "II"): 24})
    coordinator.send_document("forma.xlsx", content, caption=caption)
    await world.pump()
    assert "II четверть: запишется 1 ответ" in screen(coordinator)


async def test_a_name_in_a_cell_is_kept_nowhere(world: World, coordinator: Person) -> None:
    form = await blank(world, coordinator)
    cells = {(PUPILS, "II"): "Иванова М.П.", (OWN, "II"): "звоните 8 914 123-45-67"}
    text = await send(world, coordinator, filled(form, cells))
    assert "Не прочитано 2 места" in text
    path = world.settings.database_url.removeprefix("sqlite+aiosqlite:///")
    with closing(sqlite3.connect(path)) as raw:
        (read,) = raw.execute("SELECT read FROM imports").fetchone()
    for said in (text, read):
        assert "Иванова" not in said
        assert "914" not in said


async def test_long_lists_of_changes_and_problems_stay_whole(
    world: World, coordinator: Person
) -> None:
    """No tag and no sign is cut in two, and what is left out is counted."""
    form = await blank(world, coordinator)
    book = load_workbook(BytesIO(form))
    sheet = book.worksheets[0]
    first = next(r for r in sheet.iter_rows() if str(r[1].value).startswith("– (указать"))
    at = first[1].row
    assert at is not None
    for area in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(area))
    sheet.insert_rows(at, 40)
    for row in range(at, at + 40):
        sheet.cell(row, 2).value = f"<b>Ярмарка & «{'профессий ' * 15}» {row}"
        sheet.cell(row, 5).value = row
        sheet.cell(row, 6).value = "<<<<<<<<<<<<<<<<<<<<<<<<<<< & много"
    buffer = BytesIO()
    book.save(buffer)
    await send(world, coordinator, buffer.getvalue())
    await world.press(coordinator, "Что не прочитано")
    assert "и ещё " in screen(coordinator)
    assert not screen(coordinator).endswith(("&", "<"))
    await world.press(coordinator, "← К загрузке")
    await world.press(coordinator, "Что изменится")
    assert "Ярмарка" in screen(coordinator)


async def named(world: World, person: Person, name: str) -> str:
    form = await blank(world, person)
    book = load_workbook(BytesIO(form))
    row = next(r for r in book.worksheets[0].iter_rows() if str(r[1].value).startswith("– (ук"))
    row[1].value, row[5].value = name, 7
    buffer = BytesIO()
    book.save(buffer)
    return await send(world, person, buffer.getvalue())


async def test_a_name_in_a_file_is_no_longer_than_a_typed_one(
    world: World, coordinator: Person
) -> None:
    assert "запишется" in await named(world, coordinator, "Я" * 200)
    text = await named(world, coordinator, "Я" * 201)
    assert "Слишком длинное название: 201 знаков, можно до 200" in text
    assert "Записать" not in "".join(coordinator.screen.labels if coordinator.screen else ())


async def test_what_the_engine_refuses_is_told_by_its_row(
    world: World, coordinator: Person
) -> None:
    form = await blank(world, coordinator)
    book = load_workbook(BytesIO(form))
    sheet = book.worksheets[0]
    at = next(r[1].row for r in sheet.iter_rows() if str(r[1].value).startswith("– (указать"))
    assert at is not None
    for row, name in enumerate(("Ярмарка профессий", "Экскурсия в порт"), start=at):
        sheet.insert_rows(at) if row > at else None
        sheet.cell(at, 2).value, sheet.cell(at, 6).value = name, 14
    level = next(r for r in sheet.iter_rows() if str(r[1].value) == "– муниципальный уровень")
    level[5].value = 5
    buffer = BytesIO()
    book.save(buffer)
    text = await send(world, coordinator, buffer.getvalue())
    assert f"строка {level[1].row}, II «" in text
    assert "меньше, чем участников по одному названию" in text


async def test_the_sum_of_several_classes_is_no_problem_when_it_is_stored(
    world: World, coordinator: Person
) -> None:
    async with world.app.database.write() as tx:
        await classes.add(tx, "s24", YEAR, [ClassDraft(11, "А", "class", "медицинская")])
    form = await blank(world, coordinator)
    assert "внесите число учеников каждого" in await send(
        world, coordinator, filled(form, {(PUPILS, "II"): 44})
    )
    await world.say(coordinator, "/form")
    await world.press(coordinator, "Продолжить")
    await world.say(coordinator, "24")
    await world.say(coordinator, "20")
    assert "Не прочитано" not in await send(world, coordinator, filled(form, {(PUPILS, "II"): 44}))
    assert "внесите число учеников каждого" in await send(
        world, coordinator, filled(form, {(PUPILS, "II"): 45})
    )
