"""The least that a bot on aiogram can do for an answer: two calls, nothing stored or checked.

Texts and buttons are those of a question from the middle of the form.
"""

import asyncio
import os

from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, Message

QUIET = "✅ Курсы повышения квалификации педагогов: 4 чел."
QUESTION = """<b>6. Повышение квалификации педагогов</b> · осталось 3 ответа
Сколько педагогов завершили курсы повышения квалификации за четверть?
<i>Только те, кто получил удостоверение в этой четверти</i>
Например: <code>2</code>"""
KEYBOARD = (
    (("Не было", "q1:none:42:r6:0:0:0"),),
    (
        ("← Назад", "q1:back:42:r6:0:0:0"),
        ("Позже →", "q1:later:42:r6:0:0:0"),
        ("☰ Отчёт", "c1:card:42:"),
    ),
)

dispatcher = Dispatcher()
previous: dict[int, int] = {}


@dispatcher.message()
async def answer(message: Message, bot: Bot) -> None:
    chat = message.chat.id
    if chat in previous:
        await bot.edit_message_text(QUIET, chat_id=chat, message_id=previous[chat])
    rows = [
        [InlineKeyboardButton(text=text, callback_data=data) for text, data in row]
        for row in KEYBOARD
    ]
    keyboard = InlineKeyboardMarkup(inline_keyboard=rows)
    sent = await bot.send_message(chat, QUESTION, reply_markup=keyboard)
    previous[chat] = sent.message_id


async def main() -> None:
    api = TelegramAPIServer.from_base(os.environ["BOT_API_URL"])
    bot = Bot(
        os.environ["BOT_TOKEN"],
        session=AiohttpSession(api=api),
        default=DefaultBotProperties(parse_mode=ParseMode.HTML),
    )
    await dispatcher.start_polling(bot)


if __name__ == "__main__":
    asyncio.run(main())
