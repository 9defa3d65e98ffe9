"""Yearly questionnaires go the way of the quarterly form: by data alone."""

from datetime import date
from html import unescape
from io import BytesIO

import pytest
from openpyxl import load_workbook

from demo.telegram import Person
from passport.register import ClassCard, ClassDraft
from passport.values import Chosen, Slot, Text
from storage import class_cards, classes, contracts, indicator_lines, partners, reports
from storage.contracts import ContractDraft
from tests.clock import local
from tests.world import World, shown

BEFORE, YEAR = "2025-2026", "2026-2027"


def screen(person: Person) -> str:
    return unescape(shown(person))


@pytest.fixture
async def september(world: World) -> World:
    """2 September 2026: the summer's graduates are asked about, cards are to be confirmed."""
    world.clock.move_to(local(2026, 9, 2, 10, 0))
    async with world.app.database.write() as tx:
        await classes.add(tx, "s24", YEAR, [ClassDraft(10, "А", "class", "медицинская")])
        partner = await partners.add(tx, "Морской колледж", "vet", None)
        draft = ContractDraft(partner, "7", date(2025, 9, 1), None)
        await contracts.add(tx, draft, ["s24"], None)
    return world


async def begin(world: World, person: Person, name: str) -> None:
    await world.say(person, "/reports")
    await world.press(person, name)
    await world.press(person, "Продолжить")


async def test_september_from_the_first_question_to_the_indicator(september: World) -> None:
    world = september
    coordinator, methodist = await world.coordinator("s24"), await world.staff("methodist")
    await begin(world, coordinator, "Сентябрьская анкета, 2025/26")
    assert "Сколько выпускников этого лета" in screen(coordinator)
    await world.say(coordinator, "20")
    await world.say(coordinator, "12")
    await world.say(coordinator, "9")
    assert "Поступивших (21) больше, чем выпускников (20)" in screen(coordinator)
    await world.say(coordinator, "5")
    assert "Морской колледж: договор № 7 от 01.09.2025" in screen(coordinator)
    await world.press(coordinator, "Всё верно")
    assert "10 «А» (медицинская): не указано" in screen(coordinator)
    await world.press(coordinator, "Всё верно")
    await world.press(coordinator, "тправить")
    receipt = next(one for one in coordinator.chat.from_bot if one.document is not None)
    assert receipt.document is not None
    assert receipt.document.name == "anketa_s24_sept_2025-2026.xlsx"
    sheet = load_workbook(BytesIO(receipt.document.data)).active
    assert sheet is not None
    assert 12 in {cell for row in sheet.iter_rows(values_only=True) for cell in row}
    async with world.app.database.read() as tx:
        (card,) = await class_cards.of_school(tx, "s24", YEAR)
        assert card.confirmed_at is None  # nobody has said how many seats there are
    await world.say(methodist, "/reports")
    await world.press(methodist, "Сентябрьская анкета")
    assert "Сдали 1 из 17" in screen(methodist)
    await world.press(methodist, "Принять все")
    async with world.app.database.read() as tx:
        lines = (await indicator_lines.of_years(tx, world.app.passport, [BEFORE]))[BEFORE]
    graduates = next(line for line in lines if line.indicator.key == "graduates_admitted")
    assert graduates.value is not None
    assert (int(graduates.value.shown), graduates.value.reported) == (17, 1)


async def test_a_questionnaire_is_returned_and_mended(september: World) -> None:
    world = september
    coordinator, methodist = await world.coordinator("s24"), await world.staff("methodist")
    await begin(world, coordinator, "Сентябрьская анкета, 2025/26")
    for answer in ("20", "12", "5", "да", "верно"):
        await world.say(coordinator, answer)
    await world.press(coordinator, "тправить")
    await world.say(methodist, "/reports")
    await world.press(methodist, "Сентябрьская анкета")
    await world.press(methodist, "№ 24")
    await world.press(methodist, "Вернуть")
    await world.press(methodist, "☐ Поступили в вуз")
    await world.say(methodist, "Сверьте с приказами")
    await world.press(methodist, "Вернуть школе")
    await world.tick()
    assert any("Сверьте с приказами" in one.text for one in coordinator.chat.from_bot)
    await world.say(coordinator, "/reports")
    await world.press(coordinator, "Сентябрьская анкета, 2025/26")
    await world.press(coordinator, "Исправить")
    await world.say(coordinator, "11")
    await world.press(coordinator, "тправить")
    async with world.app.database.read() as tx:
        report = await reports.find(tx, "s24", BEFORE, "sept")
    assert report is not None
    assert (report.status, report.submission) == ("submitted", 2)


async def test_it_is_reminded_of_and_no_longer_once_it_is_sent(september: World) -> None:
    world = september
    coordinator = await world.coordinator("s24")

    def told() -> int:
        return sum(
            "сентябрьская анкета" in one.text.casefold() for one in coordinator.chat.from_bot
        )

    await world.at(2026, 9, 8, 9, 5)  # two working days before it is due
    assert told() == 1
    await begin(world, coordinator, "Сентябрьская анкета, 2025/26")
    for answer in ("не было", "не было", "не было", "да", "да"):
        await world.say(coordinator, answer)
    await world.press(coordinator, "тправить")
    before = told()
    await world.at(2026, 9, 10, 9, 5)
    await world.at(2026, 9, 11, 9, 5)
    assert told() == before


async def test_may_with_a_checklist_and_a_choice(world: World) -> None:
    coordinator = await world.coordinator("s24")
    await world.at(2027, 5, 17, 10, 0)
    await begin(world, coordinator, "Майская анкета")
    await world.say(coordinator, "48")
    await world.say(coordinator, "49")
    assert "больше, чем всех педагогов школы (48)" in screen(coordinator)
    await world.say(coordinator, "6")
    await world.say(coordinator, "7")
    assert "больше, чем педагогов профильных предметов (6)" in screen(coordinator)
    await world.say(coordinator, "4")
    await world.press(coordinator, "☐ лаборатории")
    await world.press(coordinator, "☐ учебные пособия")
    await world.press(coordinator, "☑ лаборатории")
    await world.press(coordinator, "Дальше")
    await world.say(coordinator, "3 собрания")
    await world.say(coordinator, "/reports")
    await world.press(coordinator, "Майская анкета")
    await world.press(coordinator, "3 ")
    await world.press(coordinator, "1/3 внеурочной")
    await world.say(coordinator, "может быть")
    assert "Выберите кнопкой" in screen(coordinator)
    await world.press(coordinator, "Да")
    filling = (await world.form_year()).fillings["may"]
    answers = filling.sheet.answers
    assert answers[Slot("equipment")] == Chosen(("учебные пособия",))
    assert answers[Slot("extracurricular_third")] == Text("да")
    assert filling.sheet.gaps == ()


async def test_the_campaign_asks_about_the_classes_of_the_next_year(world: World) -> None:
    coordinator = await world.coordinator("s24")
    async with world.app.database.write() as tx:
        await classes.add(tx, "s24", YEAR, [ClassDraft(11, "А", "class", "медицинская")])
        await classes.add(tx, "s24", "2027-2028", [ClassDraft(10, "Б", "class", "инженерная")])
    await world.at(2027, 8, 23, 10, 0)
    await begin(world, coordinator, "Справка о кампании")
    await world.say(coordinator, "5 объявлений")
    assert "10 «Б» (инженерная): сколько подано заявлений?" in screen(coordinator)
    await world.say(coordinator, "31")
    await world.say(coordinator, "35")
    assert "10 «Б»: зачислено 35, а заявлений подано 31. Верно?" in screen(coordinator)
    await world.say(coordinator, "/form")
    await world.press(coordinator, "2 ")
    await world.press(coordinator, "Зачислено, 10 «Б»")
    await world.say(coordinator, "25")
    assert "Все ответы есть" in screen(coordinator)
    assert "11 «А»" not in screen(coordinator)


@pytest.mark.parametrize("how", ["pressed", "typed"])
async def test_what_was_not_shown_is_not_confirmed(september: World, how: str) -> None:
    async def agree() -> None:
        if how == "typed":
            await world.say(coordinator, "да")
        else:
            await world.press(coordinator, "Всё верно")

    async def card() -> ClassCard:
        async with world.app.database.read() as tx:
            return (await class_cards.of_school(tx, "s24", YEAR))[0]

    world = september
    coordinator = await world.coordinator("s24")
    await begin(world, coordinator, "Сентябрьская анкета, 2025/26")
    for answer in ("не было", "не было", "не было", "да"):
        await world.say(coordinator, answer)
    assert "не указано" in screen(coordinator)
    async with world.app.database.write() as tx:
        (one,) = await class_cards.of_school(tx, "s24", YEAR)
        await class_cards.change(tx, one, "capacity", 25, None)
        await class_cards.change(tx, one, "enrolled", 21, None)
    before = (await card()).confirmed_at
    world.clock.move_to(local(2026, 9, 2, 11, 0))
    await agree()
    assert "с тех пор изменили" in screen(coordinator)
    assert "зачислено 21 из 25" in screen(coordinator)
    assert (await card()).confirmed_at == before
    await agree()
    assert "Все ответы есть" in screen(coordinator)
    assert (await card()).confirmed_at != before
