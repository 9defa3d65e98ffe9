import pytest

from demo.telegram import NoSuchButtonError, Person
from tests.demo.caller import Caller, button, keyboard


@pytest.fixture
async def card(caller: Caller, anna: Person) -> None:
    rows = [[button("Класс 10А", "a"), button("Класс 10", "b"), button("Дальше", "c")]]
    await caller.send(reply_markup=keyboard(*rows))


@pytest.mark.usefixtures("card")
def test_by_label_by_part_by_predicate(anna: Person) -> None:
    assert anna.click("Дальше").callback.data == "c"
    assert anna.click("Даль").callback.data == "c"
    assert anna.click(lambda one: one.data == "a").callback.data == "a"


@pytest.mark.usefixtures("card")
def test_the_exact_label_wins_over_a_part(anna: Person) -> None:
    assert anna.click("Класс 10").callback.data == "b"


@pytest.mark.usefixtures("card")
def test_what_is_not_there_or_not_one(anna: Person) -> None:
    with pytest.raises(NoSuchButtonError, match=r"no such button .*'Дальше'"):
        anna.click("Назад")
    with pytest.raises(NoSuchButtonError, match="2 such buttons"):
        anna.click("Класс")
