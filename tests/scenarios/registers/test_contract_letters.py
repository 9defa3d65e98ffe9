"""Letters about contracts that end: one a person and a day, whatever becomes of it on its way."""

from datetime import date, timedelta

import pytest

from bot.flight import LONGEST_PAUSE
from demo.telegram import Person
from demo.telegram.faults import Fault
from storage import contracts, partners, people
from storage.contracts import ContractDraft
from tests.clock import local
from tests.scenarios.registers.steps import screen
from tests.world import World


@pytest.fixture
async def coordinator(world: World) -> Person:
    return await world.coordinator("s24")


async def test_contracts_that_end_together_are_one_letter(
    world: World, coordinator: Person
) -> None:
    methodist = await world.staff("methodist")
    await add_contracts(world, 12, last_day=date(2027, 8, 31))
    await world.at(2027, 7, 2, 9, 0)
    letters = [one for one in methodist.chat.from_bot if "Кончаются договоры" in one.text]
    assert len(letters) == 1
    assert "⏳ Кончаются договоры: 12" in letters[0].text
    assert "31.08.2027 (осталось 60 дней)" in letters[0].text
    assert letters[0].text.count("• ") == 10
    assert "И ещё 2: они первыми в списке договоров." in letters[0].text
    own = [one for one in coordinator.chat.from_bot if "онча" in one.text and "⏳" in one.text]
    assert len(own) == 1  # of the school's own, with a button to each
    assert "Кончаются договоры: 6" in own[0].text
    coordinator.click("Колледж 1: № 1 от 01.04.2025", own[0])
    await world.pump()
    assert "Колледж 1" in screen(coordinator)
    await world.restart()
    await world.at(2027, 7, 3, 10, 0)
    assert len([one for one in methodist.chat.from_bot if "онча" in one.text]) == len(letters)
    await world.at(2027, 8, 2, 10, 0)  # thirty days before, again one
    letters = [one for one in methodist.chat.from_bot if "Кончаются договоры: 12" in one.text]
    assert len(letters) == 2


async def test_one_that_was_prolonged_is_not_in_the_letter(
    world: World, coordinator: Person
) -> None:
    numbers = await add_contracts(world, 4, last_day=date(2027, 8, 31))
    world.clock.move_to(local(2027, 7, 2, 9, 0))
    await world.app.schedule.plan()
    await prolong(world, numbers[1])
    await world.tick()
    (letter,) = [one.text for one in coordinator.chat.from_bot if "⏳" in one.text]
    assert "Договор кончается 31.08.2027 (осталось 60 дней)" in letter
    assert "Колледж 3" in letter


async def add_contracts(
    world: World, count: int, *, last_day: date, name: str = "Колледж"
) -> list[int]:
    """Of schools 24 and 33 in turn; their ids."""
    found = []
    async with world.app.database.write() as tx:
        for number in range(count):
            one = await partners.add(tx, f"{name} {number}", "vet", None)
            draft = ContractDraft(one, f"{number}", date(2025, 4, 1), last_day)
            school = "s24" if number % 2 else "s33"
            found.append((await contracts.add(tx, draft, [school], None)).id)
    return found


async def prolong(world: World, number: int) -> None:
    async with world.app.database.write() as tx:
        one = await contracts.get(tx, number)
        assert one is not None
        await contracts.change(tx, one, "valid_until", date(2029, 8, 31), None)


def letters(person: Person) -> list[str]:
    return [one.text for one in person.chat.from_bot if one.text.startswith("⏳")]


@pytest.mark.parametrize("arrived", [True, False])
async def test_a_letter_of_unknown_end_is_looked_for_when_its_first_contract_was_prolonged(
    world: World, coordinator: Person, *, arrived: bool
) -> None:
    numbers = await add_contracts(world, 6, last_day=date(2027, 8, 31))
    world.telegram.faults.add(Fault("sendMessage", drop_connection=True, after_effect=arrived))
    await world.at(2027, 7, 2, 9, 0)
    assert len(letters(coordinator)) == arrived
    await prolong(world, numbers[1])  # the first of school 24
    for _ in range(3):
        world.clock.shift(LONGEST_PAUSE)
        await world.tick()
    (letter,) = letters(coordinator)
    assert f"Кончаются договоры: {3 if arrived else 2}" in letter


async def test_a_restart_between_the_rows_of_a_letter(world: World, coordinator: Person) -> None:
    await add_contracts(world, 6, last_day=date(2027, 8, 31))
    world.clock.move_to(local(2027, 7, 2, 9, 0))
    await world.app.schedule.plan()
    await world.app.sender.once()
    assert len(letters(coordinator)) == 1
    await world.restart()
    world.clock.shift(timedelta(minutes=2))
    await world.tick()
    assert len(letters(coordinator)) == 1


async def test_two_of_one_school_get_a_letter_each_and_a_mover_none(
    world: World, coordinator: Person
) -> None:
    colleague = await world.coordinator("s24", "Коллега")
    mover = await world.coordinator("s24", "Уходит в другую школу")
    await add_contracts(world, 6, last_day=date(2027, 8, 31))
    world.clock.move_to(local(2027, 7, 2, 9, 0))
    await world.app.schedule.plan()
    async with world.app.database.write() as tx:
        account = await people.by_telegram_id(tx, mover.id)
        assert account is not None
        await people.move(tx, account.id, "coordinator", "s46", "")
    await world.tick()
    assert len(letters(coordinator)) == len(letters(colleague)) == 1
    assert letters(mover) == []


async def test_many_with_the_longest_names_leave_room_for_what_to_do(
    world: World, coordinator: Person
) -> None:
    methodist = await world.staff("methodist")
    await add_contracts(world, 60, last_day=date(2027, 8, 31), name="<Колледж> & " * 24)
    await world.at(2027, 7, 2, 9, 0)
    (letter,) = letters(methodist)
    assert "Кончаются договоры: 60" in letter
    assert letter.count("• <Колледж> & ") == 10
    assert letter.endswith("он останется в показателях.")
    (letter,) = letters(coordinator)
    assert "И ещё 20: они первыми в списке договоров." in letter


async def test_those_that_end_are_first_in_the_list_of_the_school(
    world: World, coordinator: Person
) -> None:
    await add_contracts(world, 90, last_day=date(2029, 8, 31), name="Академия")
    await add_contracts(world, 24, last_day=date(2027, 8, 31))
    await world.at(2027, 7, 2, 9, 0)
    await world.press(coordinator, "Договоры школы")
    assert screen(coordinator).count(" ⏳") == 12
    assert "Академия" not in screen(coordinator)
    labels = coordinator.chat.from_bot[-1].labels
    assert all("Колледж" in one for one in labels[:12])
    await world.press(coordinator, "Договоры: всё верно")
    assert "отмечено: договоры верны" in screen(coordinator)


async def test_sixty_and_thirty_days_before_on_one_day(world: World, coordinator: Person) -> None:
    await add_contracts(world, 2, last_day=date(2027, 8, 31))
    await add_contracts(world, 2, last_day=date(2027, 8, 1), name="Академия")
    await world.at(2027, 7, 2, 9, 0)
    (letter,) = letters(coordinator)
    assert letter.index("01.08.2027 (осталось 30 дней)") < letter.index("Академия 1")
    assert letter.index("Академия 1") < letter.index("31.08.2027 (осталось 60 дней)")


async def test_what_waited_for_the_morning_is_counted_anew(
    world: World, coordinator: Person
) -> None:
    await add_contracts(world, 4, last_day=date(2027, 8, 31))
    world.clock.move_to(local(2027, 7, 2, 17, 59))
    await world.app.schedule.plan()
    await world.at(2027, 7, 2, 18, 30)
    assert letters(coordinator) == []
    await world.at(2027, 7, 5, 8, 30)
    (letter,) = letters(coordinator)
    assert "Кончаются договоры: 2" in letter
    assert "(осталось 57 дней)" in letter
