"""Filters of our own. All are coroutines: aiogram runs a plain function in a thread each time."""

import re
from collections.abc import Collection
from typing import Any

from aiogram.filters import Filter
from aiogram.types import Message

from handlers.visit import Visit
from storage import prompts
from storage.prompts import Purpose

# Words that stand for commands.
INDICATORS = re.compile(r"(?:показател|индикатор)\w*")
RISKS = re.compile(r"риск\w*")
# Opens a manager's screen; a methodist is told whose it is.
CAMPAIGN = re.compile(r"(?:(?:при[её]мн\w+ )?кампани\w*|канал\w*|посты?)[ !.]*$")
EXPORT = re.compile(r"(?:выгруз|экспорт|эксел)\w*|excel\b")


class PlainText(Filter):
    """A typed text that is not a command; hands it over as ``text``."""

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        if message.text is None or message.text.startswith("/"):
            return False
        return {"text": message.text}


class Awaited(Filter):
    """A screen waits for a text with one of these purposes; hands over its ``prompt``."""

    def __init__(self, purposes: Collection[Purpose]) -> None:
        self._purposes = purposes

    async def __call__(self, _message: Message, visit: Visit) -> bool | dict[str, Any]:
        prompt = await prompts.get(visit.tx, visit.chat_id)
        if prompt is None or prompt.purpose not in self._purposes:
            return False
        return {"prompt": prompt}


class Typed(Filter):
    """Words, and no file with a caption: a command is read in captions too."""

    async def __call__(self, message: Message) -> bool:
        return message.text is not None


class Said(Filter):
    """A word that stands for a command, typed while nothing waits for an answer.

    Hands over what follows it as ``rest``.
    """

    def __init__(self, word: re.Pattern[str]) -> None:
        self._word = word

    async def __call__(self, message: Message, visit: Visit) -> bool | dict[str, Any]:
        said = " ".join((message.text or "").casefold().replace("?", " ").split())
        found = self._word.match(said)
        if found is None:
            return False
        prompt = await prompts.get(visit.tx, visit.chat_id)
        if prompt is not None and prompt.purpose != "look":
            return False
        return {"rest": said[found.end() :].strip()}
