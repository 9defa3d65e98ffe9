"""Filters of our own. All are coroutines: aiogram runs a plain function in a thread each time."""

from typing import Any

from aiogram.filters import Filter
from aiogram.types import Message


class PlainText(Filter):
    """A typed text that is not a command; hands it over as ``text``."""

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        if message.text is None or message.text.startswith("/"):
            return False
        return {"text": message.text}
