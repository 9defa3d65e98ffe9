"""Inline mode: a query typed after the bot's name, what the bot answers, what a person chooses."""

from datetime import timedelta
from typing import Any

import pytest
from aiogram import Bot
from aiogram.types import (
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    Update,
)

from demo.telegram import Person, Telegram
from demo.telegram.inline import NoSuchResultError
from tests.demo.caller import Caller, button, keyboard

TOO_OLD = "400 Bad Request: query is too old and response timeout expired or query ID is invalid"


def article(number: str = "1", title: str = "Школа № 33", **more: Any) -> dict[str, Any]:
    content = {"message_text": f"<b>{title}</b>: 3 места", "parse_mode": "HTML"}
    return {
        "type": "article",
        "id": number,
        "title": title,
        "input_message_content": content,
    } | more


async def _ask(caller: Caller, anna: Person, *results: dict[str, Any], **params: Any) -> None:
    asked = anna.ask_inline("33")
    params |= {"inline_query_id": asked.id, "results": list(results)}
    await caller.result("answerInlineQuery", **params)


async def _refused(caller: Caller, anna: Person, *results: Any, **params: Any) -> str:
    asked = anna.ask_inline("33")
    return await caller.refusal(
        "answerInlineQuery", inline_query_id=asked.id, results=list(results), **params
    )


async def test_the_framework_asks_and_answers(telegram: Telegram, bot: Bot, anna: Person) -> None:
    anna.ask_inline("33 школа")
    [update] = telegram.queue.take()
    query = Update.model_validate(update).inline_query
    assert query is not None
    assert (query.query, query.offset, query.chat_type) == ("33 школа", "", "sender")
    result = InlineQueryResultArticle(
        id="s33",
        title="Школа № 33",
        description="3 места",
        input_message_content=InputTextMessageContent(message_text="<i>Школа № 33</i>"),
    )
    above = InlineQueryResultsButton(text="Открыть бота", start_parameter="classes")
    assert await bot.answer_inline_query(query.id, [result], button=above, cache_time=10)
    [shown] = anna.inline_results
    assert (shown.title, shown.description, shown.text) == ("Школа № 33", "3 места", "Школа № 33")
    assert shown.html == "<i>Школа № 33</i>"
    assert (await bot.me()).supports_inline_queries
    assert telegram.strict_violations == []


async def test_a_choice_is_the_persons_message_via_the_bot(
    telegram: Telegram, caller: Caller, anna: Person
) -> None:
    markup = keyboard([{"text": "Открыть", "url": "https://t.me/demo_bot?start=school_s33"}])
    await _ask(caller, anna, article(reply_markup=markup), article("2", "Лицей № 21"))
    telegram.queue.take()
    sent = anna.choose_inline("33")
    assert (sent.text, sent.via_bot, sent.from_bot) == ("Школа № 33: 3 места", True, False)
    assert sent.labels == ["Открыть"]
    [update] = telegram.queue.take()
    message = Update.model_validate(update).message
    assert message is not None
    assert message.via_bot is not None
    assert message.from_user is not None
    assert (message.via_bot.username, message.from_user.id) == ("demo_bot", anna.id)
    refusal = await caller.refusal(
        "editMessageText", chat_id=anna.id, message_id=sent.message_id, text="x"
    )
    assert refusal == "400 Bad Request: message can't be edited"


async def test_a_choice_in_a_group_and_in_a_channel(
    telegram: Telegram, caller: Caller, anna: Person
) -> None:
    channel = telegram.channel(title="УО").admit(by=anna.id)
    group = telegram.group(title="Родители 9 «А»")
    for room, chat_type in ((channel, "channel"), (group, "supergroup")):
        asked = anna.ask_inline("33", room)
        assert telegram.queue.take()[-1]["inline_query"]["chat_type"] == chat_type
        await caller.result(
            "answerInlineQuery", inline_query_id=asked.id, results=[article()], cache_time=0
        )
        if room is group:
            with pytest.raises(PermissionError):
                anna.choose_inline("33")
            room.join(anna.id)
        anna.choose_inline("33")
        assert [message.via_bot for message in room.messages] == [True]
    # The bot is in the channel, not in the group: of the group it learns nothing.
    assert [list(update)[1] for update in telegram.queue.take()] == []
    assert anna.chat.messages[-1].via_bot is False


async def test_which_result_was_chosen_is_told_only_if_asked_for(
    telegram: Telegram, caller: Caller, anna: Person
) -> None:
    markup = keyboard([button("Ещё", "more")])
    await _ask(caller, anna, article(reply_markup=markup))
    anna.choose_inline("33")
    assert "chosen_inline_result" not in [list(update)[1] for update in telegram.queue.take()]
    telegram.queue.allow(["chosen_inline_result", "callback_query"])
    sent = anna.choose_inline("33")
    anna.click("Ещё", sent)
    told, pressed = (Update.model_validate(update) for update in telegram.queue.take())
    assert told.chosen_inline_result is not None
    assert pressed.callback_query is not None
    assert told.chosen_inline_result.result_id == "1"
    # A press there comes without the message: the bot may not see that chat.
    assert pressed.callback_query.message is None
    assert pressed.callback_query.inline_message_id == told.chosen_inline_result.inline_message_id


async def test_a_bot_that_does_not_want_queries_gets_none(telegram: Telegram, anna: Person) -> None:
    telegram.queue.allow(["message"])
    asked = anna.ask_inline("33")
    assert telegram.queue.pending() == []
    assert asked.answer is None
    assert anna.inline_results == []
    with pytest.raises(NoSuchResultError):
        anna.choose_inline("33")


async def test_late_unknown_and_second_answers(
    telegram: Telegram, caller: Caller, anna: Person
) -> None:
    asked = anna.ask_inline("33")
    params = {"inline_query_id": asked.id, "results": [article()]}
    await caller.result("answerInlineQuery", **params)
    assert asked.results == [article()]
    assert await caller.refusal("answerInlineQuery", **params) == TOO_OLD
    assert await caller.refusal("answerInlineQuery", inline_query_id="1", results=[]) == TOO_OLD
    late = anna.ask_inline("34")
    telegram.clock.shift(timedelta(seconds=21))
    assert await caller.refusal("answerInlineQuery", inline_query_id=late.id, results=[]) == TOO_OLD


async def test_an_answer_is_kept_and_the_bot_is_not_asked_again(
    telegram: Telegram, caller: Caller, anna: Person
) -> None:
    boris = telegram.person(id=102, name="Борис")
    await _ask(caller, anna, article(), cache_time=60)
    telegram.queue.take()
    assert boris.ask_inline("33").from_cache
    assert [one.title for one in boris.inline_results] == ["Школа № 33"]
    assert telegram.queue.pending() == []
    assert not boris.ask_inline("33 ").from_cache
    telegram.clock.shift(timedelta(seconds=61))
    assert not anna.ask_inline("33").from_cache
    await _ask(caller, anna, article(), is_personal=True)
    assert anna.ask_inline("33").from_cache
    assert not boris.ask_inline("33").from_cache
    telegram.clock.shift(timedelta(minutes=5, seconds=1))
    await _ask(caller, anna, cache_time=0)
    assert not anna.ask_inline("33").from_cache


async def test_results_page_by_page(telegram: Telegram, caller: Caller, anna: Person) -> None:
    await _ask(caller, anna, article(), next_offset="50", cache_time=0)
    more = anna.ask_inline("33", offset="50")
    assert telegram.queue.take()[-1]["inline_query"]["offset"] == "50"
    await caller.result(
        "answerInlineQuery", inline_query_id=more.id, results=[article("2", "Лицей № 21")]
    )
    assert [one.title for one in anna.inline_results] == ["Лицей № 21"]
    assert await _refused(caller, anna, next_offset="я" * 33) == (
        "400 Bad Request: NEXT_OFFSET_INVALID"
    )


@pytest.mark.parametrize(
    ("results", "complaint"),
    [
        ([article(str(number)) for number in range(51)], "too many inline query results specified"),
        ([article(), article(title="Лицей")], "RESULT_ID_DUPLICATE"),
        ([article("")], "RESULT_ID_EMPTY"),
        ([article("я" * 33)], "RESULT_ID_INVALID"),
        ([article(title="")], "ARTICLE_TITLE_EMPTY"),
        ([article(input_message_content={"message_text": ""})], "message text is empty"),
        ([article(input_message_content={"message_text": "я" * 4097})], "message is too long"),
        ([article(reply_markup=keyboard([button("A", "я" * 33)]))], "BUTTON_DATA_INVALID"),
    ],
)
async def test_results_that_are_refused(
    caller: Caller, anna: Person, results: list[dict[str, Any]], complaint: str
) -> None:
    assert await _refused(caller, anna, *results) == f"400 Bad Request: {complaint}"
    assert anna.inline_results == []


async def test_wrong_html_is_told_when_it_is_answered(caller: Caller, anna: Person) -> None:
    wrong = article(input_message_content={"message_text": "<b>3", "parse_mode": "HTML"})
    assert "can't parse entities" in await _refused(caller, anna, wrong)


async def test_fifty_results_are_taken(caller: Caller, anna: Person) -> None:
    await _ask(caller, anna, *(article(str(number), f"Школа № {number}") for number in range(50)))
    assert len(anna.inline_results) == 50
    with pytest.raises(NoSuchResultError):
        anna.choose_inline("Школа")


@pytest.mark.parametrize(
    ("parameter", "complaint"),
    [
        ("", "can't use empty start_parameter"),
        ("x" * 65, "too long start_parameter specified"),
        ("класс", "unallowed characters in start_parameter are used"),
    ],
)
async def test_the_button_above_opens_the_bot(
    caller: Caller, anna: Person, parameter: str, complaint: str
) -> None:
    above = {"text": "Открыть", "start_parameter": parameter}
    assert await _refused(caller, anna, button=above) == f"400 Bad Request: {complaint}"
    await _ask(caller, anna, button=above | {"start_parameter": "track_med"})
    asked = anna.ask_inline("33")
    assert asked.answer is not None
    assert asked.answer.button == {"text": "Открыть", "start_parameter": "track_med"}


async def test_what_is_not_built_says_so(caller: Caller, anna: Person) -> None:
    photo = {"type": "photo", "id": "1", "photo_url": "https://a.ru/a.jpg"}
    place = article(input_message_content={"latitude": 53.0, "longitude": 158.6})
    app = {"text": "Открыть", "web_app": {"url": "https://a.ru"}}
    for refusal in (
        await _refused(caller, anna, photo),
        await _refused(caller, anna, place),
        await _refused(caller, anna, button=app),
    ):
        assert refusal.startswith("501 ")


async def test_misspelt_fields_are_violations(
    telegram: Telegram, caller: Caller, anna: Person
) -> None:
    refusal = await _refused(caller, anna, article(titel="x"))
    problem = '"results[0].titel" is unknown in InlineQueryResultArticle'
    assert refusal == f"400 Bad Request: strict: {problem} in answerInlineQuery"
    content = {"message_text": "a", "parse": "HTML"}
    await _refused(caller, anna, article(input_message_content=content))
    assert telegram.strict_violations == [
        f"answerInlineQuery: {problem}",
        "answerInlineQuery: "
        '"results[0].input_message_content.parse" is unknown in InputTextMessageContent',
    ]
