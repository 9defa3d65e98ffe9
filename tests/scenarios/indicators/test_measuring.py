"""Values become official by themselves, on their dates, and do not move afterwards."""

from datetime import date
from decimal import Decimal

from passport.deadlines import Move
from passport.indicators import Value
from passport.register import ClassDraft
from passport.values import Number, Slot
from storage import (
    city_facts,
    classes,
    contracts,
    deadlines,
    indicator_lines,
    indicator_values,
    partners,
    people,
)
from storage.contracts import ContractDraft
from storage.indicator_values import Fixing
from tests.clock import local
from tests.scenarios.indicators.golden import bring
from tests.world import World, shown

YEAR = "2026-2027"


async def official(world: World) -> dict[tuple[str, str], Decimal]:
    async with world.app.database.read() as tx:
        found = (await indicator_values.official(tx)).get(YEAR, {})
    return {key: value.shown for key, value in found.items()}


async def prepare(world: World) -> None:
    async with world.app.database.write() as tx:
        await classes.add(tx, "s24", YEAR, [ClassDraft(10, "А", "class", "медицинская")])
        one = await partners.add(tx, "Морской колледж", "vet", None)
        draft = ContractDraft(one, "1", date(2026, 9, 15), None)
        await contracts.add(tx, draft, ["s24"], None)
        late = ContractDraft(one, "2", date(2026, 9, 16), None)
        await contracts.add(tx, late, ["s24"], None)


async def report(world: World, slug: str, period: str, pupils: int) -> None:
    async with world.app.database.write() as tx:
        known = (await classes.register(tx, slug, YEAR)).open
        said = {Slot("r1", known[0].id): Number(Decimal(pupils))}
        by = (await people.add(tx, 88_000 + pupils, "methodist", None, "")).id
        await bring(tx, world.app.passport, (slug, YEAR, period), said, by)  # type: ignore[arg-type]


async def test_registers_are_fixed_as_of_their_date_however_late(world: World) -> None:
    await prepare(world)
    await world.at(2026, 9, 14, 10, 0)
    assert await official(world) == {}
    await world.at(2026, 9, 28, 10, 0)  # the bot slept through the fifteenth
    fixed = await official(world)
    assert fixed[("contracts", "start")] == 1  # the one of the sixteenth is not in it
    assert fixed[("schools_share", "start")] == Decimal("3.3")
    manager = await world.staff("manager")
    await world.say(manager, "/indicators")
    assert "сейчас 2" in shown(manager)
    assert "на 15.09.2026" in shown(manager)


async def test_years_before_the_registers_are_not_measured(world: World) -> None:
    """Contracts that hold today say nothing of a day before the first of them."""
    await prepare(world)
    async with world.app.database.write() as tx:
        one = await partners.add(tx, "Университет «Вулкан»", "he", None)
        await contracts.add(tx, ContractDraft(one, "3", date(2024, 9, 2), None), ["s24"], None)
    await world.at(2026, 11, 20, 10, 0)
    async with world.app.database.read() as tx:
        found = await indicator_values.official(tx)
        lines = await indicator_lines.of_years(tx, world.app.passport, ("2023-2024", "2024-2025"))
    assert set(found) == {YEAR}  # the bot does not make the past official by itself
    values = {(year, line.indicator.key): line.live for year, row in lines.items() for line in row}
    assert values[("2023-2024", "contracts")] is None
    assert values[("2023-2024", "contracts_vet")] is None
    one_signed = values[("2024-2025", "contracts")]
    assert one_signed is not None
    assert one_signed.numerator == 1
    manager = await world.staff("manager")
    await world.say(manager, "/indicators 2023")
    assert "Доп. 1. Договоров: – (не измерено)" in shown(manager)


async def test_reports_wait_for_the_last_school_but_not_for_ever(world: World) -> None:
    await prepare(world)
    await report(world, "s24", "base", 20)
    await world.at(2026, 9, 15, 10, 0)
    assert ("pupils", "start") not in await official(world)
    await world.at(2026, 10, 14, 10, 0)
    assert ("pupils", "start") not in await official(world)
    await world.at(2026, 10, 15, 10, 0)
    assert (await official(world))[("pupils", "start")] == 20
    await world.at(2026, 10, 20, 10, 0)
    async with world.app.database.read() as tx:
        lines = (await indicator_lines.of_years(tx, world.app.passport, [YEAR]))[YEAR]
    assert lines[1].value is not None
    assert (lines[1].value.reported, lines[1].value.expected) == (1, 17)


async def test_the_end_of_a_year_is_said_though_its_start_is_not_known(world: World) -> None:
    end = Value(Decimal(317), None, date(2024, 5, 31), 3, 4)
    async with world.app.database.write() as tx:
        await indicator_values.fix(tx, Fixing("pupils", "2023-2024", "end", end), None)
    manager = await world.staff("manager")
    await world.say(manager, "/indicators 2023")
    assert "2. Учеников: – (не измерено)" in shown(manager)
    assert "на конец года 317, по 3 из 4 школ" in shown(manager)


async def test_what_schools_report_is_awaited_as_long_as_it_is_taken(world: World) -> None:
    manager = await world.staff("manager")
    said = {}
    for day in (date(2027, 9, 15), date(2027, 9, 16), date(2027, 10, 30)):
        world.clock.move_to(local(day.year, day.month, day.day, 12))
        await world.say(manager, "/indicators 2026")
        head = next(row for row in shown(manager).split("\n") if "Поступили" in row)
        said[f"{day:%d.%m}"] = head.partition("–")[2].strip()
    assert said == {
        "15.09": "(соберём в сентябре 2027)",
        "16.09": "(ждём данные школ)",
        "30.10": "(не измерено)",
    }


async def test_a_moved_date_moves_the_promise(world: World) -> None:
    methodist = await world.staff("methodist")
    async with world.app.database.write() as tx:
        account = await people.by_telegram_id(tx, methodist.id)
        assert account is not None
        await deadlines.move(tx, Move(YEAR, "sept", due=date(2027, 9, 28)), "", account.id)
    world.clock.move_to(local(2027, 9, 16, 12))
    await world.say(methodist, "/indicators 2026")
    assert "соберём в сентябре 2027" in shown(methodist)


async def test_a_manager_fixes_what_has_changed_since(world: World) -> None:
    await prepare(world)
    await world.at(2026, 9, 15, 10, 0)
    manager, methodist = await world.staff("manager"), await world.staff("methodist")
    await world.at(2026, 9, 21, 10, 0)
    await world.say(methodist, "/indicators")
    await world.press(methodist, "Договоров")
    assert methodist.screen is not None
    assert not any("официальн" in label for label in methodist.screen.labels)
    await world.say(manager, "/indicators")
    await world.press(manager, "Договоров")
    assert manager.screen is not None
    buttons = [one for row in manager.screen.buttons for one in row]
    (fix,) = [one.data or "" for one in buttons if "официальное: 2" in one.text]
    assert fix.startswith("q1:fix:")
    methodist.forge_callback(fix, methodist.screen)
    await world.pump()
    assert "Эта кнопка устарела" in shown(methodist)
    assert (await official(world))[("contracts", "start")] == 1  # it is the managers' business
    await world.press(manager, "Обновить официальное: 2")
    assert "Зафиксировано" in shown(manager)
    assert (await official(world))[("contracts", "start")] == 2


async def test_the_number_of_schools_and_the_teachers_can_be_chosen(world: World) -> None:
    await prepare(world)
    manager = await world.staff("manager")
    await world.say(manager, "показатели")
    await world.press(manager, "Настройки")
    await world.press(manager, "Изменить число школ")
    await world.say(manager, "ноль")
    assert "Нужно целое число" in shown(manager)
    await world.restart()
    await world.say(manager, "36")
    assert "Школ в городе (за 100 % в доле школ): 36" in shown(manager)
    await world.press(manager, "За 100 % – все педагоги")
    await world.say(manager, "/indicators")
    assert "из 36 школ" in shown(manager)
    async with world.app.database.read() as tx:
        said = await city_facts.every(tx)
    assert said[("teachers_of", "2022-2023")] == "all"
    assert city_facts.held(said, "all_schools", "2025-2026") is None


async def test_words_years_and_schools_are_understood(world: World) -> None:
    await prepare(world)
    manager = await world.staff("manager")
    for words, told in (
        ("показатели", "Показатели · 2026/27"),
        ("Показатели 2024", "Показатели · 2024/25"),
        ("/indicators 2023-2024", "Показатели · 2023/24"),
        ("/indicators 33", "МАОУ «Средняя школа № 33»"),
        ("/indicators 2031", "Показателей за 2031/32 уч. год нет"),
        ("/indicators завтра", "Не понял, какой нужен год или школа"),
        ("/indicators 99", "Не понял, какой нужен год или школа"),
        ("выгрузка", "Выгрузки в Excel, 2026/27"),
        ("Экспорт 2024", "Выгрузки в Excel, 2024/25"),
        ("excel?", "Выгрузки в Excel, 2026/27"),
    ):
        await world.say(manager, words)
        assert told in shown(manager), words


async def test_a_coordinator_sees_the_own_part_alone(world: World) -> None:
    await prepare(world)
    coordinator = await world.coordinator("s24")
    await world.say(coordinator, "/indicators 33")
    assert "№ 24" in shown(coordinator)
    assert "№ 33" not in shown(coordinator)
    assert "Договоров с партнёрами: 2" in shown(coordinator)
    await world.say(coordinator, "/start")
    await world.say(coordinator, "Показатели 33")
    assert "№ 24" in shown(coordinator)
    assert "№ 33" not in shown(coordinator)
    await world.say(coordinator, "выгрузка в эксель")
    assert world.telegram.calls_of("sendDocument")
