"""Calls of the Bot API as plain dictionaries, the way they come over the wire."""

from typing import Any

from demo.telegram import Telegram, UploadedFile


class Caller:
    """Calls methods on behalf of the bot; `chat_id` is the test's person unless told."""

    def __init__(self, telegram: Telegram, chat_id: int) -> None:
        self.telegram = telegram
        self.chat_id = chat_id

    async def result(self, method: str, **params: Any) -> Any:
        status, answer = await self._call(method, params)
        assert status == 200, answer
        assert answer["ok"] is True
        return answer["result"]

    async def refusal(self, method: str, **params: Any) -> str:
        """Code and sentence of a refusal, in one string."""
        status, answer = await self._call(method, params)
        assert answer["ok"] is False, answer
        assert answer["error_code"] == status
        return f"{status} {answer['description']}"

    async def answer(self, method: str, **params: Any) -> dict[str, Any]:
        return (await self._call(method, params))[1]

    async def send(self, text: str = "hello", **params: Any) -> int:
        """Send a message to the person; its id."""
        message = await self.result("sendMessage", chat_id=self.chat_id, text=text, **params)
        return int(message["message_id"])

    async def _call(self, method: str, params: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        files = {name: value for name, value in params.items() if isinstance(value, UploadedFile)}
        plain = {name: value for name, value in params.items() if name not in files}
        return await self.telegram.call(self.telegram.token, method, plain, files)


def keyboard(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


def button(text: str, data: str) -> dict[str, str]:
    return {"text": text, "callback_data": data}
