"""What the page lets people do in their chats; every refusal is a sentence for the reader."""

from collections.abc import Awaitable, Callable
from typing import Any

from demo.telegram.changes import Changes
from demo.telegram.forms import Form
from demo.telegram.limits import TEXT
from demo.telegram.model import Json
from demo.telegram.person import Person
from demo.telegram.transcript import MessageView

PRESS_SECONDS = 3.0

Act = Callable[[Person, Form], Awaitable[Json]]


class SimError(Exception):
    """What the page tells its reader, in Russian."""


class Acts:
    def __init__(self, changes: Changes) -> None:
        self._changes = changes

    def table(self) -> dict[str, Act]:
        return {
            "message": self._message,
            "press": self._press,
            "edit": self._edit,
            "upload": self._upload,
            "start": self._start,
            "block": self._block,
            "sticker": self._sticker,
            "inline": self._inline,
            "choose": self._choose,
        }

    async def _message(self, person: Person, form: Form) -> Json:
        _check_may_write(person)
        text = str(form.params.get("text") or "").strip()
        if not text:
            raise SimError("Сообщение пустое.")
        if len(text) > TEXT:
            raise SimError(f"Сообщение длиннее {TEXT} знаков.")
        reply_to = form.params.get("reply_to")
        message = person.send(text, reply_to=reply_to if isinstance(reply_to, int) else None)
        return {"ok": True, "id": message.message_id}

    async def _press(self, person: Person, form: Form) -> Json:
        message = _message_of(person, form.params.get("message_id"))
        try:
            button = message.buttons[int(form.params["row"])][int(form.params["col"])]
        except (KeyError, IndexError, TypeError, ValueError):
            raise SimError("Этой кнопки больше нет.") from None
        if button.data is None or button.disabled:
            raise SimError("Эту кнопку нельзя нажать.")
        press = person.forge_callback(button.data, message)
        await self._changes.wait_until(lambda: press.answered, PRESS_SECONDS)
        toast = press.toast
        shown = {"text": toast.text, "alert": toast.alert} if toast and toast.text else None
        return {"ok": True, "toast": shown}

    async def _edit(self, person: Person, form: Form) -> Json:
        message = _message_of(person, form.params.get("message_id"))
        text = str(form.params.get("text") or "").strip()
        if message.from_bot or message.kind != "text":
            raise SimError("Исправить можно только своё сообщение.")
        if not text:
            raise SimError("Сообщение пустое.")
        person.edit(message, text)
        return {"ok": True}

    async def _upload(self, person: Person, form: Form) -> Json:
        _check_may_write(person)
        file = form.files.get("file")
        if file is None or not file.data:
            raise SimError("Файл пустой.")
        caption = str(form.params.get("caption") or "")
        message = person.send_document(file.name, file.data, file.mime or None, caption=caption)
        return {"ok": True, "id": message.message_id}

    async def _start(self, person: Person, form: Form) -> Json:
        payload = str(form.params.get("payload") or "")
        message = person.start(payload or None)
        return {"ok": True, "id": message.message_id}

    async def _block(self, person: Person, form: Form) -> Json:
        if form.params.get("blocked"):
            person.block()
        else:
            person.unblock()
        return {"ok": True}

    async def _inline(self, person: Person, form: Form) -> Json:
        """What the bot offers for the words after its name; nothing while it has not answered."""
        asked = person.ask_inline(str(form.params.get("query") or ""))
        await self._changes.wait_until(lambda: asked.answer is not None, PRESS_SECONDS)
        answer = asked.answer
        if answer is None:
            return {"ok": True, "answered": False, "results": [], "button": None}
        return {
            "ok": True,
            "answered": True,
            "query_id": asked.id,
            "results": [
                {"id": one.id, "title": one.title, "description": one.description}
                for one in answer.results
            ],
            "button": answer.button,
        }

    async def _choose(self, person: Person, form: Form) -> Json:
        _check_may_write(person)
        try:
            message = person.choose_offered(
                str(form.params.get("query_id")), str(form.params.get("result_id"))
            )
        except LookupError:
            raise SimError("Этого варианта больше нет.") from None
        return {"ok": True, "id": message.message_id}

    async def _sticker(self, person: Person, _form: Form) -> Json:
        _check_may_write(person)
        return {"ok": True, "id": person.send_sticker().message_id}


def _check_may_write(person: Person) -> None:
    if person.has_blocked:
        raise SimError("Бот заблокирован: сначала разблокируйте его.")


def _message_of(person: Person, message_id: Any) -> MessageView:
    try:
        message = person.chat.message(int(message_id))
    except (KeyError, TypeError, ValueError):
        raise SimError("Этого сообщения больше нет.") from None
    if message.deleted:
        raise SimError("Этого сообщения больше нет.")
    return message
