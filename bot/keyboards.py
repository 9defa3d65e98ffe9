"""A screen's buttons as Telegram's inline keyboard."""

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.screen import Screen


def keyboard(screen: Screen) -> InlineKeyboardMarkup | None:
    if not screen.keyboard:
        return None
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [
                InlineKeyboardButton(
                    text=button.text,
                    callback_data=button.data or None,
                    url=button.url or None,
                    style=button.style,
                )
                for button in row
            ]
            for row in screen.keyboard
        ]
    )
