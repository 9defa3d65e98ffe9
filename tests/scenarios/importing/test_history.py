"""The history of indicators comes in by a template, and can be taken back."""

from html import unescape
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from demo.telegram import Person
from exports.history import lines_of, stored_template
from tests.world import World, shown

Cells = dict[tuple[str, str], dict[int, Any]]


def screen(person: Person) -> str:
    return unescape(shown(person))


async def template(world: World) -> bytes:
    async with world.app.database.read() as tx:
        return await stored_template(tx, world.app.passport)


def written(content: bytes, values: Cells) -> bytes:
    """The template with (key, year) → {column: value}; 4 value, 5 and 6 the two numbers."""
    book = load_workbook(BytesIO(content))
    sheet = book.worksheets[0]
    for row in sheet.iter_rows():
        for column, value in values.get((str(row[1].value), str(row[2].value)), {}).items():
            row[column - 1].value = value
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


async def send(world: World, person: Person, content: bytes) -> str:
    person.send_document("istoriya.xlsx", content)
    await world.pump()
    return screen(person)


async def test_five_years_come_in_and_go_out_again(world: World) -> None:
    methodist = await world.staff("methodist")
    values: Cells = {
        ("schools_share", "2022-2023"): {5: 11, 6: 30},
        ("pupils", "2022-2023"): {4: 214, 7: "01.09.2022", 8: "таблица ИМЦ"},
        ("pupils_end", "2022-2023"): {4: 206},
        ("teachers_trained_share", "2022-2023"): {4: "14,5 %"},
    }
    text = await send(world, methodist, written(await template(world), values))
    assert "Прочитано значений: 4, изменится: 4" in text
    assert "2022/23 Доля школ: нет → 36,7 %" in text
    await world.say(methodist, "/indicators 2022")
    assert "Учеников: –" in screen(methodist).replace("2. Учеников", "Учеников")
    await send(world, methodist, written(await template(world), values))
    await world.press(methodist, "Записать: 4 значения")
    await world.say(methodist, "/indicators 2022")
    text = screen(methodist)
    assert "Доля школ: 36,7 %" in text
    assert "11 из 30 школ" in text
    assert "Учеников: 214" in text
    assert "на конец года 206 (−8)" in text
    assert "Педагоги с курсами: 14,5 %" in text
    text = await send(world, methodist, await template(world))
    assert "изменится: 0" in text  # the template brings what it was given
    await world.say(methodist, "/indicators 2022")
    assert "Учеников: 214" in screen(methodist)


async def test_it_can_be_undone(world: World) -> None:
    methodist = await world.staff("methodist")
    first = {("pupils", "2022-2023"): {4: 214}}
    await send(world, methodist, written(await template(world), first))
    await world.press(methodist, "Записать")
    second = {("pupils", "2022-2023"): {4: 220}}
    text = await send(world, methodist, written(await template(world), second))
    assert "214 → 220" in text
    await world.press(methodist, "Записать")
    await world.press(methodist, "Отменить загрузку")
    assert "снято 1 значение, прежние снова действуют" in screen(methodist)
    await world.say(methodist, "/indicators 2022")
    assert "Учеников: 214" in screen(methodist)


async def test_wrong_lines_are_told_by_row(world: World) -> None:
    methodist = await world.staff("methodist")
    values: Cells = {
        ("schools_share", "2022-2023"): {5: 31, 6: 30},
        ("pupils", "2022-2023"): {4: "много"},
        ("graduates_admitted", "2022-2023"): {4: 41.5},
        ("teachers_trained_share", "2022-2023"): {4: 0.145},
        ("contracts", "2022-2023"): {4: 18, 8: "отчёт Иванова И.И."},
        ("schools_share", "2023-2024"): {5: 1, 6: 0},
        ("teachers_trained_share", "2023-2024"): {4: 120},
        ("contracts_he", "2022-2023"): {4: 9},
    }
    text = await send(world, methodist, written(await template(world), values))
    assert "Прочитано значений: 1" in text
    for said in (
        "Числитель больше знаменателя",
        "Нужно число 0 или больше",
        "целыми числами",
        "Похоже на долю от единицы",
        "Похоже на личные данные",
        "не может быть нулём",
        "Доля – от 0 до 100",
    ):
        assert said in text, said
    assert "Иванова" not in text


async def test_a_coordinator_brings_no_history(world: World, coordinator: Person) -> None:
    values = {("pupils", "2022-2023"): {4: 214}}
    text = await send(world, coordinator, written(await template(world), values))
    assert "Историю показателей загружает методист" in text


async def test_the_template_has_every_line_of_every_year(world: World) -> None:
    sheet = load_workbook(BytesIO(await template(world))).worksheets[0]
    rows = {(row[1], row[2]) for row in sheet.iter_rows(values_only=True)}
    years = world.app.passport.indicators.years
    assert {(key, year) for key, _ in lines_of(world.app.passport) for year in years} <= rows
