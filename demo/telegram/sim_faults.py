"""The switches of the page that make the way to Telegram bad."""

from demo.telegram.faults import Fault
from demo.telegram.model import Json
from demo.telegram.telegram import Telegram

_LABELS = {
    "429": "Telegram просит подождать (429)",
    "502": "Сбой на стороне Telegram (502)",
    "down": "Нет связи с Telegram",
    "silent": "Telegram отвечает очень медленно",
    "lost": "Следующий пост дойдёт до канала, а ответ потеряется",
}
_SLOW_SECONDS = 20.0


def _made(key: str) -> Fault:
    match key:
        case "429":
            # A few answers and no more: the bot has to come through by itself.
            return Fault("send*", retry_after=3, times=5)
        case "502":
            return Fault(code=502, times=None)
        case "down":
            return Fault(drop_connection=True, times=None)
        case "silent":
            return Fault(delay=_SLOW_SECONDS, times=None)
        case "lost":
            # Once: of whatever the bot does next, only a post leaves nobody knowing how it ended.
            return Fault("send*", _to_a_room, drop_connection=True, after_effect=True)
    raise KeyError(key)


def _to_a_room(params: Json) -> bool:
    """Channels and groups have ids below zero."""
    return str(params.get("chat_id", "")).startswith("-")


class FaultSwitches:
    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram
        self._on: dict[str, Fault] = {}

    def switch(self, key: str, *, on: bool) -> None:
        """KeyError for a key that is not there."""
        if key not in _LABELS:
            raise KeyError(key)
        if old := self._on.pop(key, None):
            self._telegram.faults.remove(old)
            self._telegram.let_go()
        if on:
            if key == "down":
                self._telegram.queue.hang_up()
            self._on[key] = self._telegram.faults.add(_made(key))
        self._telegram.changes.tell("fault")

    def state(self) -> list[Json]:
        active = {key for key, fault in self._on.items() if not fault.spent}
        return [{"key": key, "label": label, "on": key in active} for key, label in _LABELS.items()]
