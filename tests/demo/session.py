"""aiogram's session without HTTP: a method goes straight into the in-process Telegram.

Parameters are made as AiohttpSession makes them (nested values as JSON, files as attach://, empty
values left out), so that what Telegram sees is what it would see over the wire.
"""

import json
from collections.abc import AsyncGenerator
from enum import Enum
from typing import TYPE_CHECKING, Any, cast

from aiogram.client.session.base import BaseSession
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods.base import TelegramMethod, TelegramType

from demo.telegram import ConnectionDropped, Telegram, UploadedFile

if TYPE_CHECKING:
    from aiogram.client.bot import Bot
    from aiogram.types import InputFile


class DirectSession(BaseSession):
    def __init__(self, telegram: Telegram, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.telegram = telegram

    async def close(self) -> None:
        """Nothing is held open: the Telegram belongs to whoever made it."""

    async def make_request(
        self,
        bot: "Bot",
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 - aiogram's own signature
    ) -> TelegramType:
        params, files = await self._prepared(bot, method)
        try:
            status, answer = await self.telegram.call(
                bot.token, method.__api_method__, params, files
            )
        except ConnectionDropped as error:
            raise TelegramNetworkError(method=method, message=f"dropped: {error}") from error
        response = self.check_response(
            bot=bot, method=method, status_code=status, content=json.dumps(answer)
        )
        return cast(TelegramType, response.result)

    async def stream_content(
        self,
        url: str,
        headers: dict[str, Any] | None = None,
        timeout: int = 30,  # noqa: ASYNC109 - aiogram's own signature
        chunk_size: int = 65536,
        raise_for_status: bool = True,
    ) -> AsyncGenerator[bytes, None]:
        token, _, path = url.partition("/file/bot")[2].partition("/")
        data = self.telegram.download(token, path)
        if data is None:
            raise FileNotFoundError(f"no such file in this Telegram: {path}")
        for begin in range(0, len(data), chunk_size):
            yield data[begin : begin + chunk_size]

    async def _prepared(
        self, bot: "Bot", method: TelegramMethod[TelegramType]
    ) -> tuple[dict[str, Any], dict[str, UploadedFile]]:
        attached: dict[str, InputFile] = {}
        params: dict[str, Any] = {}
        for name, raw in method.model_dump(warnings=False).items():
            if value := self.prepare_value(raw, bot=bot, files=attached):
                # On the wire an enum's member is its value.
                params[name] = value.value if isinstance(value, Enum) else value
        files: dict[str, UploadedFile] = {}
        for key, source in attached.items():
            data = b"".join([chunk async for chunk in source.read(bot)])
            files[key] = UploadedFile(source.filename or key, data)
        return params, files
