"""aiogram through the direct session behaves as it does over the wire."""

from datetime import timedelta

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.types import (
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyParameters,
)

from demo.telegram import Fault, Person, Telegram

MARKUP = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="A", callback_data="a")]])


async def test_methods_files_and_defaults(telegram: Telegram, bot: Bot, anna: Person) -> None:
    asked = anna.send("?")
    sent = await bot.send_message(
        anna.id,
        "<b>hi</b>",
        reply_markup=MARKUP,
        reply_parameters=ReplyParameters(message_id=asked.message_id),
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )
    assert sent.html_text == "<b>hi</b>"
    assert sent.reply_to_message is not None
    document = await bot.send_document(anna.id, BufferedInputFile(b"PK" * 50_000, "отчёт.xlsx"))
    assert document.document is not None
    stream = await bot.download(document.document)
    assert stream is not None
    assert stream.read() == b"PK" * 50_000
    assert telegram.strict_violations == []


async def test_refusals_are_aiograms_exceptions(telegram: Telegram, bot: Bot, anna: Person) -> None:
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await bot.send_message(999, "a")
    for fault, error in (
        (Fault(retry_after=5), TelegramRetryAfter),
        (Fault(code=502), TelegramServerError),
        (Fault(drop_connection=True), TelegramNetworkError),
    ):
        telegram.faults.add(fault)
        with pytest.raises(error):
            await bot.send_message(anna.id, "a")
    anna.block()
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await bot.send_message(anna.id, "a")


async def test_empty_values_are_left_out_as_over_the_wire(bot: Bot, anna: Person) -> None:
    with pytest.raises(TelegramBadRequest, match="message text is empty"):
        await bot.send_message(anna.id, "")


async def test_a_missing_file_is_an_error(bot: Bot) -> None:
    with pytest.raises(FileNotFoundError):
        await bot.download_file("documents/none.xlsx")


async def test_late_answers(telegram: Telegram, bot: Bot, anna: Person) -> None:
    await bot.send_message(anna.id, "a", reply_markup=MARKUP)
    press = anna.click("A")
    telegram.clock.shift(timedelta(hours=1))
    with pytest.raises(TelegramBadRequest, match="query is too old"):
        await bot.answer_callback_query(press.id)
