"""From a value down to its rows, whatever their number and length; wrong words on the way."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from demo.telegram import Person
from handlers.indicators.callbacks import export_tap, indicator_tap
from storage import city_facts, contracts, indicator_values, partners
from storage.contracts import ContractDraft
from tests.scenarios.indicators.golden import NOW, settle
from tests.world import World, shown

LONG = (
    "Федеральное государственное бюджетное образовательное учреждение высшего образования "
    "«Камчатский государственный университет имени Витуса Беринга», филиал № {number}"
)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with World(tmp_path) as made:
        made.clock.move_to(NOW)
        async with made.app.database.write() as tx:
            await settle(tx, made.app.passport)
        yield made


async def opens(world: World, manager: Person, *labels: str) -> str:
    for label in labels:
        await world.press(manager, label)
    return shown(manager)


async def test_long_names_of_partners_are_turned_over_in_pages(world: World) -> None:
    async with world.app.database.write() as tx:
        for number in range(28):
            one = await partners.add(tx, LONG.format(number=number), "he", None)
            draft = ContractDraft(one, f"{number}/26-ВО", date(2026, 9, 1), None)
            await contracts.add(tx, draft, ["s03", "s04", "s10"], None)
    manager = await world.staff("manager")
    await world.say(manager, "/indicators")
    pages = [await opens(world, manager, "Договоров", "Из чего сложилось")]
    while manager.screen is not None and "Дальше →" in manager.screen.labels:
        pages.append(await opens(world, manager, "Дальше →"))
    assert len(pages) > 1
    assert sum(page.count("• ") for page in pages) == 30  # 28 and the two that are in force
    assert all(len(page) <= 4096 for page in pages)


async def test_the_end_of_a_year_has_its_own_rows(world: World) -> None:
    manager = await world.staff("manager")
    await world.say(manager, "/indicators 2025")
    text = await opens(world, manager, "Учеников", "Из чего сложилось", "На конец года")
    assert "На конец года 317" in text
    assert "Школа № 4: 118" in text
    assert "Лицей № 21" not in text  # had left by then
    assert "Школа № 4: 120" in await opens(world, manager, "Сегодняшние строки")


async def test_the_other_reading_of_teachers_is_named_for_what_it_is(world: World) -> None:
    manager = await world.staff("manager")
    await world.say(manager, "/indicators 2025")
    assert "от всех педагогов 12,9 %" in shown(manager)
    await opens(world, manager, "Педагоги", "Сделать официальным")
    await world.say(manager, "/indicators 2025")
    await opens(world, manager, "Настройки", "За 100 % – все педагоги")
    assert "Официальные значения сами не меняются" in shown(manager)
    await world.say(manager, "/indicators 2025")
    text = shown(manager)
    assert "75,0 %" in text  # stays official
    assert "сейчас 12,9 %" in text
    assert "от педагогов профильных предметов 75,0 %" in text
    assert "от всех педагогов" not in text


async def test_a_year_that_is_over_is_not_told_as_of_now(world: World) -> None:
    manager = await world.staff("manager")
    await world.say(manager, "/indicators 2024")
    await opens(world, manager, "Договоров", "Сделать официальным: 3")
    async with world.app.database.write() as tx:
        one = await partners.add(tx, "Колледж «Мыс»", "vet", None)
        await contracts.add(tx, ContractDraft(one, "9", date(2024, 9, 2), None), ["s03"], None)
    await world.say(manager, "/indicators 2024")
    assert "по данным бота 4 на 15.09.2024" in shown(manager)
    assert "сейчас" not in shown(manager)


async def test_the_goal_of_the_project_follows_the_number_of_schools(world: World) -> None:
    manager = await world.staff("manager")
    await world.say(manager, "/indicators 2023")
    assert "более 70 % – это 22 школы из 30" in await opens(world, manager, "Доля школ")
    async with world.app.database.write() as tx:
        await city_facts.put(tx, "all_schools", "2023-2024", "10", None)
    await world.say(manager, "/indicators 2023")
    assert "более 70 % – это 8 школ из 10" in await opens(world, manager, "Доля школ")


async def test_a_share_is_not_fixed_when_its_denominator_moved_meanwhile(world: World) -> None:
    manager = await world.staff("manager")
    await world.say(manager, "/indicators 2023")
    await opens(world, manager, "Доля школ")
    async with world.app.database.write() as tx:
        await city_facts.put(tx, "all_schools", "2023-2024", "10", None)
    assert "Значение изменилось" in await opens(world, manager, "Сделать официальным")
    async with world.app.database.read() as tx:
        assert await indicator_values.official(tx) == {}


async def test_what_is_not_due_yet_is_not_called_a_missing_report(world: World) -> None:
    coordinator = await world.coordinator("s03")
    await world.at(2026, 11, 20, 10)
    await world.say(coordinator, "/indicators")
    assert "Учеников на конец года: – (ещё не собирали)" in shown(coordinator)
    await world.say(coordinator, "/indicators 2024")
    assert "2024/25 уч. год" in shown(coordinator)
    assert "Учеников на конец года: – (отчёт не принят)" in shown(coordinator)


@pytest.mark.parametrize(
    ("words", "told", "file"),
    [
        ("/export", "Выгрузки в Excel, 2026/27", None),
        ("/export 2024", "Выгрузки в Excel, 2024/25", None),
        ("/export ерунда", "Не понял «ерунда»", None),
        ("/export 2031", "Не понял «2031»", None),
        ("/export <b>", "Не понял «<b>»", None),
        ("/export договоры", "Выгрузки в Excel, 2026/27", "dogovory_2026-2027.xlsx"),
        ("/export отчёт 2024", "Выгрузки в Excel, 2024/25", "otchet_1_8_2024-2025.xlsx"),
    ],
)
async def test_words_behind_export(world: World, words: str, told: str, file: str | None) -> None:
    manager = await world.staff("manager")
    await world.say(manager, words)
    assert told in shown(manager)
    sent = [one.document.name for one in manager.chat.messages if one.document]
    assert sent == ([file] if file else [])


@pytest.mark.parametrize(
    ("words", "told", "file"),
    [
        ("план раздел 4", "Раздел 4. ", "plan_2026-2027.xlsx"),
        ("риски", "Риски Проекта на", "riski_2026-2027.xlsx"),
    ],
)
async def test_a_screen_stays_when_its_excel_is_made(
    world: World, words: str, told: str, file: str
) -> None:
    manager = await world.staff("manager")
    await world.say(manager, words)
    await world.press(manager, "Excel")
    assert told in shown(manager)
    assert [one.document.name for one in manager.chat.messages if one.document] == [file]


async def test_a_coordinator_cannot_forge_what_is_the_citys(world: World) -> None:
    coordinator = await world.coordinator("s03")
    await world.say(coordinator, "/indicators")
    screen = coordinator.screen
    assert screen is not None
    for act in ("year", "years", "one", "parts", "ends", "fixed", "chart", "fix", "schools"):
        coordinator.forge_callback(indicator_tap(act, "2025-2026", "pupils"), screen)
        await world.pump()
    for act in ("school", "count", "teachers", "settings"):
        coordinator.forge_callback(indicator_tap(act, "2025-2026", "s04"), screen)
        await world.pump()
    for kind in ("city", "contracts", "tracks", "report", "history"):
        coordinator.forge_callback(export_tap(kind, "2025-2026"), screen)
        await world.pump()
    said = "\n".join(one.text or "" for one in coordinator.chat.messages if one.from_bot)
    assert "Школа № 4" not in said
    assert "из 30 школ" not in said
    assert not [one for one in coordinator.chat.messages if one.document or one.photo]
    async with world.app.database.read() as tx:
        assert await indicator_values.official(tx) == {}
