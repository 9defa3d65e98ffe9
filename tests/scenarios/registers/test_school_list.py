"""The list of schools: who leaves in mid-year, who is new, who is called otherwise."""

from datetime import date

import pytest

from demo.telegram import Person
from handlers.collect.callbacks import school_tap
from passport.register import ClassDraft
from storage import classes, contracts, partners
from storage.contracts import ContractDraft
from tests.scenarios.collect.steps import open_report, sent
from tests.scenarios.registers.steps import screen
from tests.scenarios.steps import forge, sql
from tests.world import YEAR, World


async def test_a_school_that_leaves_in_mid_year(world: World) -> None:
    methodist = await world.staff("methodist")
    await world.say(methodist, "24")
    await world.press(methodist, "Больше не участвует")
    await world.say(methodist, "31.12.2030")
    assert "с 01.09.2026 по сегодня" in screen(methodist)
    await world.say(methodist, "11.01.2027")
    assert "вышла из Проекта" in screen(methodist)
    await world.say(methodist, "/reports")
    assert "№ 24 " not in screen(methodist)
    await world.say(methodist, "24")
    await world.press(methodist, "Участвует в проекте")
    await world.say(methodist, "/reports")
    assert "№ 24 " in screen(methodist)


async def test_a_school_that_no_list_has(world: World) -> None:
    methodist = await world.staff("methodist")
    await world.say(methodist, "/schools")
    await world.press(methodist, "Другие школы")
    await world.press(methodist, "＋ Школа")
    await world.say(methodist, "школа без номера")
    assert "с номером после знака №" in screen(methodist)
    await world.say(methodist, "MBOY «Средняя школа № 37»")
    assert "МБОУ «Средняя школа № 37»" in screen(methodist)
    await world.press(methodist, "Переименовать")
    await world.say(methodist, "МБОУ «Лицей № 38»")
    assert "он не меняется" in screen(methodist)
    await world.say(methodist, "МБОУ «Лицей № 37»")
    await world.say(methodist, "37 школа")
    assert "МБОУ «Лицей № 37»" in screen(methodist)


async def test_a_school_that_leaves_today_has_left_at_once(world: World) -> None:
    methodist = await world.staff("methodist")  # a morning here is the evening before in UTC
    await world.say(methodist, "24")
    await world.press(methodist, "Больше не участвует")
    await world.press(methodist, "Вышла сегодня")
    assert "вышла из Проекта" in screen(methodist)
    assert "2026/27: не участвует в Проекте" in screen(methodist)
    await world.say(methodist, "/reports")
    assert "№ 24 " not in screen(methodist)


@pytest.mark.parametrize("act", ["left_today", "leave"])
async def test_a_school_that_takes_no_part_cannot_leave(world: World, act: str) -> None:
    methodist = await world.staff("methodist")
    await world.say(methodist, "24")
    await world.press(methodist, "Больше не участвует")
    await world.press(methodist, "Не участвует с начала года")
    await forge(world, methodist, school_tap(act, "s24"))
    if act == "leave":
        await world.say(methodist, "11.01.2027")
    assert "и так не участвует" in screen(methodist)
    async with world.app.database.read() as tx:
        found = await tx.connection.exec_driver_sql(
            "SELECT takes_part, left_on FROM participation WHERE school = 's24' AND year = ?",
            (YEAR,),
        )
    assert [tuple(row) for row in found] == [(0, None)]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("МБОУ «Школа № 37», тел. 8 914 123-45-67", "личные данные: телефон"),
        ("МБОУ «Школа № 0»", "с номером после знака №"),
        ("№ 37 " + "щ" * 150, "Слишком длинно"),
    ],
)
async def test_what_is_no_name_of_a_school(world: World, name: str, why: str) -> None:
    methodist = await world.staff("methodist")
    await world.say(methodist, "/schools")
    await world.press(methodist, "Другие школы")
    await world.press(methodist, "＋ Школа")
    await world.say(methodist, name)
    assert why in screen(methodist)
    assert "Например: МБОУ" in screen(methodist)


async def test_cards_say_how_a_school_is_called_now(world: World) -> None:
    async with world.app.database.write() as tx:
        await classes.add(tx, "s24", YEAR, [ClassDraft(10, "А", "class", "морская")])
        partner = await partners.add(tx, "Морской колледж", "vet", None)
        draft = ContractDraft(partner, "1", date(2026, 9, 1), date(2027, 2, 1))
        await contracts.add(tx, draft, ["s24"], None)
    await sql(world, "UPDATE schools SET short_name = 'Лицей № 24' WHERE slug = 's24'")
    methodist = await world.staff("methodist")
    await world.say(methodist, "24")
    await world.press(methodist, "Классы и договоры")
    await world.press(methodist, "✏️ 10 «А»")
    assert "Лицей № 24, 2026/27" in screen(methodist)
    await world.say(methodist, "/schools")
    await world.press(methodist, "Договоры города")
    await world.press(methodist, "Морской")
    assert "Школы: Лицей № 24" in screen(methodist)
    await world.tick()
    told = [one.text for one in methodist.chat.from_bot if "Договор кончается" in one.text]
    assert "осталось 20 дней" in told[0]
    assert "Лицей № 24" in told[0]


async def test_a_renamed_school_is_called_so_everywhere(world: World) -> None:
    await world.give_classes("s24", "Химия")
    methodist = await world.staff("methodist")
    await world.say(methodist, "24")
    await world.press(methodist, "Переименовать")
    await world.say(methodist, "МБОУ «Лицей № 24»")
    coordinator = await world.coordinator("s24")
    await sent(world, coordinator)
    await world.tick()
    await open_report(world, methodist)
    assert "Лицей № 24" in screen(methodist)
    told = [one.text for one in methodist.chat.from_bot]
    assert sum("Лицей № 24" in text for text in told) > 1
    assert not any("Школа № 24" in text for text in told[-2:])


async def test_the_last_day_of_a_contract_is_said_in_words(world: World) -> None:
    async with world.app.database.write() as tx:
        partner = await partners.add(tx, "Морской колледж", "vet", None)
        for number, last in (("1", date(2027, 1, 13)), ("2", date(2027, 1, 12))):
            draft = ContractDraft(partner, number, date(2026, 9, 1), last)
            await contracts.add(tx, draft, ["s24"], None)
    coordinator = await world.coordinator("s24")
    await world.tick()
    told = " ".join(one.text for one in coordinator.chat.from_bot)
    assert "остался 1 день" in told
    assert "сегодня последний день" in told


async def test_the_first_screen_of_a_school_leads_to_its_cards(world: World) -> None:
    coordinator: Person = await world.coordinator("s24")
    await world.say(coordinator, "/start")
    await world.press(coordinator, "Классы и договоры")
    assert "Договоры с партнёрами: 0" in screen(coordinator)
