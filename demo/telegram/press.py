"""A press on an inline button: which one is meant, and what came of it."""

from collections.abc import Callable
from dataclasses import dataclass

from demo.telegram.model import Callback, Json, Toast
from demo.telegram.transcript import Button, MessageView

Pick = str | Callable[[Button], bool]


class NoSuchButtonError(LookupError):
    """The bot put no such button there, or more than one."""


@dataclass(frozen=True, slots=True)
class Press:
    """A press on a button and, once the bot has answered, what it answered."""

    callback: Callback
    update: Json | None

    @property
    def id(self) -> str:
        return self.callback.id

    @property
    def answered(self) -> bool:
        return self.callback.answer is not None

    @property
    def toast(self) -> Toast | None:
        return self.callback.answer


def picked(message: MessageView, pick: Pick) -> Button:
    buttons = [button for row in message.buttons for button in row]
    if isinstance(pick, str):
        exact = [button for button in buttons if button.text == pick]
        found = exact or [button for button in buttons if pick in button.text]
    else:
        found = [button for button in buttons if pick(button)]
    if len(found) == 1:
        return found[0]
    what = "no such button" if not found else f"{len(found)} such buttons"
    raise NoSuchButtonError(f"{what} for {pick!r} on {message!r}: {message.labels}")
