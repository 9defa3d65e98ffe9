"""Cards under hasty hands: taps twice, buttons from last month, colleagues, other schools."""

from datetime import date

import pytest
from sqlalchemy import select

from demo.telegram import Person
from handlers.registers.callbacks import cards_tap, class_card_tap, contract_tap
from passport.register import ClassDraft
from storage import card_log, class_cards, classes, contracts, partners
from storage.contracts import ContractDraft
from storage.tables import class_partners
from tests.clock import local
from tests.scenarios.registers.steps import field, screen, sign, to_class
from tests.scenarios.steps import forge, has_live_screen, labels
from tests.world import YEAR, World


@pytest.fixture
async def coordinator(world: World) -> Person:
    await world.give_classes("s24", "Химия")
    return await world.coordinator("s24")


async def twice(world: World, person: Person, label: str) -> None:
    """The same button is hit two times before the bot has answered."""
    person.click(label)
    person.click(label)
    await world.pump()


async def contract(world: World, *schools: str) -> int:
    async with world.app.database.write() as tx:
        partner = await partners.add(tx, "Морской колледж", "vet", None)
        draft = ContractDraft(partner, "1", date(2026, 9, 1), None)
        return (await contracts.add(tx, draft, schools, None)).id


async def test_an_option_tapped_twice_is_one_answer(world: World, coordinator: Person) -> None:
    await to_class(world, coordinator)
    await world.press(coordinator, "Форма занятий")
    await twice(world, coordinator, "очная")
    assert "✅ Форма занятий: очная" in screen(coordinator)
    assert "Что оставить?" not in screen(coordinator)


async def test_a_partner_ticked_twice_stays_ticked(world: World, coordinator: Person) -> None:
    await contract(world, "s24")
    await to_class(world, coordinator)
    await world.press(coordinator, "Партнёры")
    await twice(world, coordinator, "☐ Морской колледж")
    assert "☑ Морской колледж" in labels(coordinator)
    async with world.app.database.read() as tx:
        assert len(list(await tx.connection.execute(select(class_partners)))) == 1


async def test_a_partner_whose_contract_is_gone_can_be_unticked(
    world: World, coordinator: Person
) -> None:
    number = await contract(world, "s24")
    await to_class(world, coordinator)
    await world.press(coordinator, "Партнёры")
    await world.press(coordinator, "☐ Морской колледж")
    async with world.app.database.write() as tx:
        held = await contracts.get(tx, number)
        assert held is not None
        await contracts.remove(tx, held, None)
    await to_class(world, coordinator)
    await world.press(coordinator, "Партнёры")
    await world.press(coordinator, "☑ Морской колледж")
    await world.press(coordinator, "← Карточка")
    assert "Партнёры: –" in screen(coordinator)


async def test_a_contract_ended_twice_is_ended(world: World, coordinator: Person) -> None:
    number = await contract(world, "s24")
    await forge(world, coordinator, contract_tap("ask", number, "ended_on"))
    await twice(world, coordinator, "Расторгнут сегодня")
    assert "расторгнут с 12.01.2027" in screen(coordinator)
    async with world.app.database.read() as tx:
        ended = await contracts.get(tx, number)
    assert ended is not None
    assert ended.ended_on == date(2027, 1, 12)


async def test_the_last_step_of_a_contract_twice_is_one_contract(
    world: World, coordinator: Person
) -> None:
    await sign(world, coordinator, "Морской колледж", "СПО", "1", "01.09.2026")
    await twice(world, coordinator, "Бессрочный")
    assert "уже записан" in screen(coordinator)
    assert "Договоры с партнёрами: 1" in screen(coordinator)  # not lost on the first screen


async def test_a_contract_left_half_way_leaves_no_partner(
    world: World, coordinator: Person
) -> None:
    await sign(world, coordinator, "Колледш морской", "СПО", "1")
    await world.press(coordinator, "← Не записывать")
    async with world.app.database.read() as tx:
        assert await partners.every(tx) == []


async def test_what_was_typed_before_the_question_is_no_answer(
    world: World, coordinator: Person
) -> None:
    await sign(world, coordinator, "Морской колледж")
    await world.press(coordinator, "← Не записывать")
    await world.press(coordinator, "＋ Договор")
    coordinator.send("Морской колледж")
    coordinator.send("17-С")
    await world.pump()
    assert "пришло раньше вопроса" in screen(coordinator)
    assert "«Морской колледж» – что это за организация?" in screen(coordinator)


async def test_nothing_unseen_is_confirmed(world: World, coordinator: Person) -> None:
    await to_class(world, coordinator)
    assert "Не хватает: «Мест всего», «Зачислено»" in screen(coordinator)
    assert "✅ Всё верно" not in labels(coordinator)
    await field(world, coordinator, "Мест всего", "25")
    await field(world, coordinator, "Зачислено", "21")
    await world.press(coordinator, "← Классы и договоры")
    colleague = await world.coordinator("s24", "Второй")
    await to_class(world, colleague)
    await field(world, colleague, "Зачислено", "22")
    await world.press(coordinator, "Классы: всё верно")
    assert "с тех пор изменили" in screen(coordinator)
    assert "22 из 25" in screen(coordinator)
    await world.press(coordinator, "Классы: всё верно")
    assert "отмечено" in screen(coordinator)
    await to_class(world, coordinator)
    await to_class(world, colleague)
    await field(world, colleague, "Зачислено", "23")
    await world.press(coordinator, "✅ Всё верно")
    assert "с тех пор изменили" in screen(coordinator)
    await world.press(coordinator, "✅ Всё верно")
    assert "отмечено: карточка верна" in screen(coordinator)


async def test_a_contract_changed_meanwhile_is_not_confirmed_unseen(
    world: World, coordinator: Person
) -> None:
    number = await contract(world, "s24")
    await forge(world, coordinator, contract_tap("show", number))
    async with world.app.database.write() as tx:
        held = await contracts.get(tx, number)
        assert held is not None
        await contracts.change(tx, held, "valid_until", date(2028, 1, 1), None)
    await world.press(coordinator, "✅ Всё верно")
    assert "с тех пор изменили" in screen(coordinator)
    assert "до 01.01.2028" in screen(coordinator)


async def test_a_school_takes_only_itself_out_of_a_common_contract(
    world: World, coordinator: Person
) -> None:
    number = await contract(world, "s24", "s33")
    await forge(world, coordinator, contract_tap("show", number))
    await world.press(coordinator, "Внесён по ошибке")
    assert "У других школ он останется" in screen(coordinator)
    await world.press(coordinator, "Да, внесён по ошибке")
    async with world.app.database.read() as tx:
        (one,) = await contracts.every(tx)
    assert one.schools == ("s33",)
    methodist = await world.staff("methodist")
    await forge(world, methodist, contract_tap("remove", number))
    await world.press(methodist, "Да, внесён по ошибке")
    async with world.app.database.read() as tx:
        assert await contracts.every(tx) == []


async def test_one_contract_written_in_two_hands_is_suggested(
    world: World, coordinator: Person
) -> None:
    await sign(world, coordinator, "Завод «Якорь»", "Реальный сектор", "№ 17-С", "1.2.2026")
    await world.press(coordinator, "Бессрочный")
    assert "договор № 17-С" in screen(coordinator)
    other = await world.coordinator("s33")
    await sign(world, other, "ООО Завод Якорь", "17-C", "01.02.2026", "31.12.2027")
    assert "Такой договор уже есть: Завод «Якорь»" in screen(other)
    assert "Школа № 24" in screen(other)
    await world.press(other, "Да, тот же")
    await world.press(other, "← Договоры")
    assert "Завод «Якорь»: договор № 17-С" in screen(other)


async def test_a_contract_of_the_future_is_not_over(world: World, coordinator: Person) -> None:
    await sign(world, coordinator, "Морской колледж", "СПО", "б/н", "01.09.2036", "Бессрочный")
    assert "в показатели не войдёт" in screen(coordinator)
    assert "Номер: без номера" in screen(coordinator)
    await world.press(coordinator, "← Договоры")
    assert "Ещё не начались" in screen(coordinator)
    assert "Уже не действуют" not in screen(coordinator)


async def test_a_contract_is_signed_before_it_is_ended(world: World, coordinator: Person) -> None:
    await sign(world, coordinator, "Морской колледж", "СПО", "1", "01.09.2026", "Бессрочный")
    await world.press(coordinator, "Расторгнут")
    await world.say(coordinator, "10.01.2027")
    await world.press(coordinator, "Подписан")
    await world.say(coordinator, "11.01.2027")
    assert "Договор расторгнут с 10.01.2027" in screen(coordinator)
    await world.press(coordinator, "← Договор")
    assert "Подписан: 01.09.2026" in screen(coordinator)


async def test_a_class_closed_under_the_hands_leads_to_the_register(
    world: World, coordinator: Person
) -> None:
    await to_class(world, coordinator)
    await world.press(coordinator, "Мест всего")
    async with world.app.database.write() as tx:
        (card,) = await class_cards.of_school(tx, "s24", YEAR)
        await classes.close(tx, card.id)
    await world.say(coordinator, "25")
    assert "уже закрыт" in screen(coordinator)
    assert "＋ Класс" in labels(coordinator)
    await forge(world, coordinator, class_card_tap("show", card.id))
    assert "уже закрыт" in screen(coordinator)
    assert "＋ Класс" in labels(coordinator)


async def test_a_year_that_is_over_is_confirmed_by_nobody_of_the_school(
    world: World, coordinator: Person
) -> None:
    async with world.app.database.write() as tx:
        await classes.add(tx, "s24", "2025-2026", [ClassDraft(10, "А", "class", "медицинская")])
    await world.say(coordinator, "/school")
    await forge(world, coordinator, cards_tap("fine", "s24", "2025-2026"))
    assert "уже не меняется" in screen(coordinator)
    async with world.app.database.read() as tx:
        (card,) = await class_cards.of_school(tx, "s24", "2025-2026")
    assert card.confirmed_at is None


async def test_nothing_of_another_school_is_reached(world: World, coordinator: Person) -> None:
    class_id = await world.give_classes("s33", "Химия")
    number = await contract(world, "s33")
    await world.say(coordinator, "/school")
    async with world.app.database.read() as tx:
        before = await card_log.every(tx)
    acts = ("show", "ask", "pick", "clear", "fine", "drop", "tick", "close", "closed", "mine")
    made_up = [class_card_tap(act, class_id, "mode", 1) for act in acts]
    of_contract = ("show", "ask", "clear", "fine", "remove", "removed", "schools", "school", "mine")
    made_up += [contract_tap(act, number, "number", "s24") for act in of_contract]
    made_up += [
        cards_tap(act, "s33", YEAR)
        for act in ("school", "contracts", "add_class", "add_contract", "fine", "contracts_fine")
    ]
    for data in made_up:
        await forge(world, coordinator, data)
        assert "данные другой школы" in screen(coordinator), data
        assert has_live_screen(coordinator)
    async with world.app.database.read() as tx:
        assert await card_log.every(tx) == before
        (card,) = await class_cards.of_school(tx, "s33", YEAR)
        assert card.confirmed_at is None


async def test_long_names_fit_into_a_message(world: World, coordinator: Person) -> None:
    async with world.app.database.write() as tx:
        for n in range(30):
            partner = await partners.add(tx, f"Организация {n} {'щ' * 280}", "vet", None)
            draft = ContractDraft(partner, f"{n}-{'9' * 30}", date(2026, 9, 1), None)
            await contracts.add(tx, draft, ["s24"], None)
        drafts = [ClassDraft(10, chr(1040 + n), "group", "щ" * 60) for n in range(25)]
        await classes.add(tx, "s24", YEAR, drafts)
        card = (await class_cards.of_school(tx, "s24", YEAR))[0]
        known = [one.id for one in await partners.every(tx)]
        await class_cards.set_partners(tx, card, known, None)
    await world.say(coordinator, "/school")
    assert "и ещё" in screen(coordinator)
    await world.press(coordinator, "Договоры")
    assert "действующ" not in screen(coordinator)
    assert "и ещё" in screen(coordinator)
    await forge(world, coordinator, class_card_tap("show", card.id))
    assert "Партнёры: Организация" in screen(coordinator)
    methodist = await world.staff("methodist")
    await world.say(methodist, "/schools")
    await world.press(methodist, "Договоры города")
    assert "СПО: 30" in screen(methodist)
    await world.press(methodist, "Партнёры")
    await world.press(methodist, "Организация 1 ")
    assert "Договоры:" in screen(methodist)


async def test_contracts_that_were_not_shown_are_not_confirmed(
    world: World, coordinator: Person
) -> None:
    number = await contract(world, "s24")
    await world.say(coordinator, "/school")
    await world.press(coordinator, "Договоры")
    async with world.app.database.write() as tx:
        one = await contracts.get(tx, number)
        assert one is not None
        await contracts.change(tx, one, "number", "2", None)
        before = await contracts.get(tx, number)
    world.clock.move_to(local(2027, 1, 13, 10, 0))
    await world.press(coordinator, "Договоры: всё верно")
    assert "с тех пор изменили" in screen(coordinator)
    assert "№ 2" in screen(coordinator)
    async with world.app.database.read() as tx:
        assert await contracts.get(tx, number) == before
    await world.press(coordinator, "Договоры: всё верно")
    assert "договоры верны" in screen(coordinator)
