"""Classes and contracts in chat: filled, refused, confirmed; two people at one card."""

from datetime import date

import pytest

from demo.telegram import Person
from storage import class_cards, contracts, partners
from storage.contracts import ContractDraft
from tests.scenarios.registers.steps import field, screen, sign, to_class
from tests.world import YEAR, World


@pytest.fixture
async def coordinator(world: World) -> Person:
    await world.give_classes("s24", "Химия")
    return await world.coordinator("s24")


async def test_a_card_is_filled_field_by_field(world: World, coordinator: Person) -> None:
    await to_class(world, coordinator)
    await field(world, coordinator, "Мест всего", "25 мест")
    await field(world, coordinator, "Зачислено", "21 чел.")
    assert "Свободно: 4" in screen(coordinator)
    await field(world, coordinator, "Положение (ЛНА)", "school24.ru/polozhenie.pdf")
    assert "https://school24.ru/polozhenie.pdf" in screen(coordinator)
    await field(world, coordinator, "Телефон приёмной", "23-45-67")
    assert "8 (4152) 23-45-67" in screen(coordinator)
    await world.press(coordinator, "Форма занятий")
    await world.press(coordinator, "очная и дистанционная")
    await world.press(coordinator, "Предметы на углублённом")
    await world.say(coordinator, "Биология")
    await world.press(coordinator, "← Карточка")
    assert "Химия, Биология" in screen(coordinator)
    await world.press(coordinator, "Всё верно")
    assert "отмечено: карточка верна" in screen(coordinator)
    await world.press(coordinator, "← Классы и договоры")
    assert "21 из 25, свободно 4, проверено 12.01.2027" in screen(coordinator)


@pytest.mark.parametrize(
    ("label", "text", "said"),
    [
        ("Мест всего", "много", "Нужно число"),
        ("Положение (ЛНА)", "в кабинете завуча", "Нужна ссылка"),
        ("Положение (ЛНА)", "javascript:alert(1)", "Нужна ссылка"),
        ("Телефон приёмной", "+7 914 123-45-67", "мобильный"),
        ("Телефон приёмной", "позвоните", "Нужен телефон"),
        ("Как поступить", "Звоните Ивановой Марии Петровне", "личные данные"),
        ("Профиль", "волшебный", "Выберите кнопкой"),
    ],
)
async def test_bad_input_is_one_sentence_and_loses_nothing(
    world: World, coordinator: Person, label: str, text: str, said: str
) -> None:
    await to_class(world, coordinator)
    await field(world, coordinator, "Зачислено", "21")
    await field(world, coordinator, label, text)
    assert said in screen(coordinator)
    await world.press(coordinator, "← Карточка")
    assert "Зачислено: 21" in screen(coordinator)


async def test_seats_below_the_enrolled_are_refused(world: World, coordinator: Person) -> None:
    await to_class(world, coordinator)
    await field(world, coordinator, "Мест всего", "25")
    await field(world, coordinator, "Зачислено", "26")
    assert "Зачислено (26) больше, чем мест (25)" in screen(coordinator)
    await world.press(coordinator, "← Карточка")
    await field(world, coordinator, "Мест всего", "28")
    await field(world, coordinator, "Зачислено", "26")
    assert "Свободно: 2" in screen(coordinator)
    await field(world, coordinator, "Мест всего", "20")
    assert "больше, чем мест (20)" in screen(coordinator)


async def test_two_people_at_one_card_see_both_values(world: World, coordinator: Person) -> None:
    colleague = await world.coordinator("s24", "Второй")
    await to_class(world, coordinator)
    await world.press(coordinator, "Мест всего")
    await to_class(world, colleague)
    await field(world, colleague, "Мест всего", "30")
    await world.say(coordinator, "25")
    assert "здесь записали: 30" in screen(coordinator)
    assert "Ваш ответ: 25" in screen(coordinator)
    await world.press(coordinator, "Записать мой ответ")
    assert "Мест всего: 25" in screen(coordinator)
    async with world.app.database.read() as tx:
        (card,) = await class_cards.of_school(tx, "s24", YEAR)
    assert card.capacity == 25


async def test_the_question_of_a_card_survives_restart_and_a_photo(
    world: World, coordinator: Person
) -> None:
    await to_class(world, coordinator)
    await world.press(coordinator, "Мест всего")
    await world.restart()
    coordinator.send_sticker()
    await world.pump()
    assert "Сколько всего мест?" in screen(coordinator)
    await world.say(coordinator, "25")
    assert "Мест всего: 25" in screen(coordinator)


async def test_a_contract_step_by_step(world: World, coordinator: Person) -> None:
    await sign(
        world,
        coordinator,
        "Камчатский медицинский колледж",
        "СПО",
        "17-С",
        "15.09.2026",
        "31.08.2028",
    )
    assert "✅ Договор записан." in screen(coordinator)
    assert "договор № 17-С от 15.09.2026" in screen(coordinator)
    assert "до 31.08.2028" in screen(coordinator)
    async with world.app.database.read() as tx:
        (one,) = await contracts.of_school(tx, "s24")
    assert (one.partner.type, one.number, one.signed_on) == ("vet", "17-С", date(2026, 9, 15))


async def test_a_contract_that_ends_before_it_starts(world: World, coordinator: Person) -> None:
    await sign(world, coordinator, "Морской колледж", "СПО", "Без номера", "15.09.2026")
    await world.say(coordinator, "14.09.2026")
    assert "раньше, чем начался" in screen(coordinator)
    await world.press(coordinator, "Бессрочный")
    assert "Действует: бессрочный" in screen(coordinator)
    await world.press(coordinator, "Действует до")
    await world.say(coordinator, "01.09.2020")
    assert "раньше, чем начался" in screen(coordinator)


async def test_a_partner_written_five_ways_is_suggested_never_merged(
    world: World, coordinator: Person
) -> None:
    async with world.app.database.write() as tx:
        known = await partners.add(tx, "Камчатский медицинский колледж", "vet", None)
    for name in (
        "КАМЧАТСКИЙ  МЕДИЦИНСКИЙ КОЛЛЕДЖ",
        "ГБПОУ «Камчатский медицинский колледж»",
    ):
        await sign(world, coordinator, name)
        assert "Какой номер договора?" in screen(coordinator)  # the very same name: taken
    for name in ("КМК", "Камчатский мед. колледж", "Камчатский медицинский коледж"):
        await sign(world, coordinator, name)
        assert "это одна из этих организаций?" in screen(coordinator), name
        assert coordinator.screen is not None
        assert any(known.name in label for label in coordinator.screen.labels), name
    await world.press(coordinator, "Нет, это другая")
    await world.press(coordinator, "СПО")
    for answer in ("1", "15.09.2026", "31.08.2028"):
        await world.say(coordinator, answer)
    async with world.app.database.read() as tx:
        assert len(await partners.every(tx)) == 2


async def test_one_contract_of_two_schools_counts_once(world: World, coordinator: Person) -> None:
    steps = ("Реальный сектор", "5", "01.02.2026", "Бессрочный")
    await sign(world, coordinator, "Завод «Якорь»", *steps)
    other = await world.coordinator("s33")
    await sign(world, other, "Завод Якорь", *steps[1:])
    assert "Это тот же договор" in screen(other)
    await world.press(other, "Да, тот же")
    async with world.app.database.read() as tx:
        (one,) = await contracts.every(tx)
    assert one.schools == ("s24", "s33")


async def test_staff_merge_partners_only_by_saying_so(world: World) -> None:
    async with world.app.database.write() as tx:
        one = await partners.add(tx, "Морской колледж", "vet", None)
        two = await partners.add(tx, "Колледж морской", "vet", None)
        await contracts.add(tx, ContractDraft(two, "1", date(2026, 9, 1), None), ["s24"], None)
    methodist = await world.staff("methodist")
    await world.say(methodist, "/schools")
    for label in (
        "Договоры города",
        "Партнёры",
        "Колледж морской",
        "Объединить",
        "Морской колледж",
    ):
        await world.press(methodist, label)
    assert "Исчезнет: Колледж морской" in screen(methodist)
    await world.press(methodist, "Да, объединить")
    assert "перешёл 1 договор" in screen(methodist)
    async with world.app.database.read() as tx:
        assert [known.id for known in await partners.every(tx)] == [one.id]
        (held,) = await contracts.every(tx)
    assert held.partner.id == one.id


async def test_a_contract_entered_by_mistake_and_one_that_was_ended(
    world: World, coordinator: Person
) -> None:
    await sign(world, coordinator, "Морской колледж", "СПО", "1", "01.09.2026", "Бессрочный")
    await world.press(coordinator, "Расторгнут")
    await world.say(coordinator, "01.09.2020")
    assert "расторгнут может быть только позже" in screen(coordinator)
    await world.say(coordinator, "10.01.2027")
    assert "расторгнут с 10.01.2027" in screen(coordinator)
    await world.press(coordinator, "Внесён по ошибке")
    await world.press(coordinator, "Да, внесён по ошибке")
    async with world.app.database.read() as tx:
        assert await contracts.every(tx) == []


async def test_a_contract_that_ends_is_told_of_sixty_and_thirty_days_before(
    world: World, coordinator: Person
) -> None:
    methodist = await world.staff("methodist")
    async with world.app.database.write() as tx:
        one = await partners.add(tx, "Морской колледж", "vet", None)
        draft = ContractDraft(one, "1", date(2025, 4, 1), date(2027, 3, 31))
        await contracts.add(tx, draft, ["s24"], None)

    def told(person: Person) -> int:
        return sum("Договор кончается 31.03.2027" in one.text for one in person.chat.history)

    await world.at(2027, 1, 29, 10, 0)  # 61 days
    assert told(coordinator) == told(methodist) == 0
    await world.at(2027, 2, 1, 10, 0)
    await world.at(2027, 2, 2, 10, 0)
    assert told(coordinator) == told(methodist) == 1
    await world.at(2027, 3, 5, 10, 0)  # the bot was silent on the thirtieth day before
    assert told(coordinator) == 2
    await world.press(coordinator, "Продлить")
    await world.say(coordinator, "31.03.2029")
    assert "до 31.03.2029" in screen(coordinator)
