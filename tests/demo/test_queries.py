from datetime import timedelta

from demo.telegram import Person, Telegram
from tests.demo.caller import Caller, button, keyboard

TOO_OLD = "400 Bad Request: query is too old and response timeout expired or query ID is invalid"


async def test_an_answer_shows_a_toast_or_an_alert(caller: Caller, anna: Person) -> None:
    await caller.send(reply_markup=keyboard([button("A", "a")]))
    press = anna.click("A")
    assert not press.answered
    assert await caller.result(
        "answerCallbackQuery", callback_query_id=press.id, text="Готово", show_alert=True
    )
    assert press.toast is not None
    assert (press.toast.text, press.toast.alert) == ("Готово", True)
    assert anna.toasts == [press.toast]


async def test_an_answer_without_text_only_stops_the_wheel(caller: Caller, anna: Person) -> None:
    await caller.send(reply_markup=keyboard([button("A", "a")]))
    press = anna.click("A")
    await caller.result("answerCallbackQuery", callback_query_id=press.id)
    assert press.answered
    assert anna.toasts == []


async def test_late_unknown_and_second_answers(
    telegram: Telegram, caller: Caller, anna: Person
) -> None:
    await caller.send(reply_markup=keyboard([button("A", "a")]))

    async def answer(query_id: str) -> str:
        return await caller.refusal("answerCallbackQuery", callback_query_id=query_id)

    assert await answer("1") == TOO_OLD
    once = anna.click("A")
    assert once.id.isdecimal()
    assert int(once.id) < 2**63
    await caller.result("answerCallbackQuery", callback_query_id=once.id)
    assert await answer(once.id) == TOO_OLD
    late = anna.click("A")
    telegram.clock.shift(timedelta(minutes=15, seconds=1))
    assert await answer(late.id) == TOO_OLD


async def test_a_toast_has_200_characters(caller: Caller, anna: Person) -> None:
    await caller.send(reply_markup=keyboard([button("A", "a")]))
    press = anna.click("A")
    refusal = await caller.refusal(
        "answerCallbackQuery", callback_query_id=press.id, text="я" * 201
    )
    assert refusal == "400 Bad Request: MESSAGE_TOO_LONG"
    assert await caller.result("answerCallbackQuery", callback_query_id=press.id, text="я" * 200)
