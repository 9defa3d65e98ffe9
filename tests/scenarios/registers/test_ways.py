"""Where the screens of registers lead: back to the report, to the twin, never into silence."""

from datetime import date

import pytest

from demo.telegram import Person
from passport.register import ClassDraft
from storage import class_cards, classes, contracts, partners
from storage.contracts import ContractDraft
from tests.clock import local
from tests.scenarios.registers.steps import screen, to_class
from tests.scenarios.steps import has_live_screen, labels
from tests.world import YEAR, World


@pytest.fixture
async def coordinator(world: World) -> Person:
    await world.give_classes("s24", "Химия")
    return await world.coordinator("s24")


async def test_from_a_questionnaire_to_a_card_and_back(world: World) -> None:
    world.clock.move_to(local(2026, 9, 2, 10, 0))
    async with world.app.database.write() as tx:
        await classes.add(tx, "s24", YEAR, [ClassDraft(10, "А", "class", "медицинская")])
    coordinator = await world.coordinator("s24")
    await world.say(coordinator, "/reports")
    await world.press(coordinator, "Сентябрьская анкета, 2025/26")
    await world.press(coordinator, "Продолжить")
    for answer in ("0", "0", "0", "да"):
        await world.say(coordinator, answer)
    await world.press(coordinator, "Исправить классы")
    await world.press(coordinator, "✏️ 10 «А»")
    await world.press(coordinator, "Мест всего")
    await world.say(coordinator, "25")
    await world.press(coordinator, "← Классы и договоры")
    await world.press(coordinator, "← К отчёту")
    await world.press(coordinator, "Продолжить")
    assert "Проверьте карточки классов" in screen(coordinator)
    await world.press(coordinator, "Всё верно")
    assert "Все ответы есть" in screen(coordinator)


async def test_an_edited_answer_of_a_card_is_not_passed_over(
    world: World, coordinator: Person
) -> None:
    await to_class(world, coordinator)
    await world.press(coordinator, "Мест всего")
    message = await world.say(coordinator, "25")
    coordinator.edit(message, "26")
    await world.pump()
    assert "Правку сообщения я не записал" in screen(coordinator)
    assert has_live_screen(coordinator)
    await to_class(world, coordinator)
    await world.press(coordinator, "Мест всего")
    coordinator.edit(message, "27")
    await world.pump()
    assert "Сколько всего мест?" in screen(coordinator)
    async with world.app.database.read() as tx:
        (card,) = await class_cards.of_school(tx, "s24", YEAR)
    assert card.capacity == 25


async def test_a_stranger_who_edits_is_left_alone(world: World) -> None:
    stranger = world.telegram.person()
    stranger.start()
    message = await world.say(stranger, "Здравствуйте")
    before = len(stranger.chat.from_bot)
    stranger.edit(message, "Привет")
    await world.pump()
    assert len(stranger.chat.from_bot) == before


async def test_a_contract_keeps_its_last_school(world: World) -> None:
    async with world.app.database.write() as tx:
        partner = await partners.add(tx, "Морской колледж", "vet", None)
        draft = ContractDraft(partner, "1", date(2026, 9, 1), None)
        await contracts.add(tx, draft, ["s24", "s33"], None)
    methodist = await world.staff("methodist")
    await world.say(methodist, "33")
    for label in ("Классы и договоры", "Договоры", "✏️ Морской", "Школы договора"):
        await world.press(methodist, label)
    await world.press(methodist, "☑ 24")
    await world.press(methodist, "☑ 33")
    assert "У договора должна быть школа" in screen(methodist)
    await world.press(methodist, "← Договор")
    assert "Школы: Школа № 33" in screen(methodist)
    await world.press(methodist, "← Договоры школы")
    assert "Школа № 33: договоры с партнёрами" in screen(methodist)


async def test_twins_of_a_partner_are_offered_first(world: World) -> None:
    async with world.app.database.write() as tx:
        for name in ("Авиазавод", "Камчатский медицинский коледж", "КМК", "Порт"):
            await partners.add(tx, name, "vet", None)
        one = await partners.add(tx, "Камчатский медицинский колледж", "vet", None)
    methodist = await world.staff("methodist")
    await world.say(methodist, "/schools")
    for label in ("Договоры города", "Партнёры", f"{one.name} (", "Объединить с другим"):
        await world.press(methodist, label)
    assert set(labels(methodist)[:2]) == {"КМК", "Камчатский медицинский коледж"}
    assert labels(methodist)[2:4] == ["Авиазавод", "Порт"]


async def test_a_further_partner_is_added_from_the_card(world: World, coordinator: Person) -> None:
    async with world.app.database.write() as tx:
        partner = await partners.add(tx, "Морской колледж", "vet", None)
        await contracts.add(tx, ContractDraft(partner, "1", date(2026, 9, 1), None), ["s24"], None)
    await to_class(world, coordinator)
    await world.press(coordinator, "Партнёры")
    await world.press(coordinator, "＋ Договор с партнёром")
    assert "С кем договор?" in screen(coordinator)
