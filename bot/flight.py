"""A row of the outbox on its way to Telegram, and what became of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from aiogram.exceptions import TelegramAPIError

from handlers.screen import Screen
from storage.outbox import Outcome, Posted, State

FIRST_PAUSE = timedelta(seconds=2)
LONGEST_PAUSE = timedelta(minutes=5)

NO_CHAT = "чат не найден"
NO_RIGHTS = ("administrator rights", "not enough rights", "write_forbidden")
HELD = "неизвестно, вышел ли пост"
_CLOSED = {
    "blocked": "заблокировал бота",
    "deactivated": "учётная запись удалена",
    "initiate": "не начинал разговор с ботом",
    "kicked": "бота удалили из чата",
    "not a member": "бота нет в чате",
    "chat not found": NO_CHAT,
}


@dataclass(frozen=True, slots=True)
class Flight:
    """``after``: its message, if there is one already, is above this.

    ``tried`` before, nobody knows with what end; ``others`` are messages known not to be it.
    """

    row: Posted
    chat: int
    screen: Screen
    after: int
    tried: bool
    others: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a row, until it is written down. ``shut``: nothing gets into this chat.

    ``said`` is the fingerprint of what was sent.
    """

    row: Posted
    outcome: Outcome
    said: str = ""
    again_in: timedelta | None = None
    shut: int | None = None


def sent(row: Posted, message_id: int | None, said: str = "") -> Result:
    return Result(row, Outcome(row.id, State.SENT, message_id), said)


def dropped(row: Posted, reason: str) -> Result:
    return Result(row, Outcome(row.id, State.DROPPED, reason=reason))


def put_off(row: Posted, at: datetime) -> Result:
    """To the queue, for the hour when the bot may speak again."""
    outcome = Outcome(row.id, State.WAITING, again_at=at, sent_after=row.sent_after)
    return Result(row, outcome)


def refused(row: Posted, error: TelegramAPIError) -> Result:
    reason = f"Telegram не принял сообщение: {error.message}"
    return Result(row, Outcome(row.id, State.FAILED, reason=reason))


def shut_out(row: Posted, chat: int, error: TelegramAPIError) -> Result:
    words = error.message.lower()
    reason = next((ours for theirs, ours in _CLOSED.items() if theirs in words), None)
    reason = reason or f"Telegram не пускает в чат: {error.message}"
    return Result(row, Outcome(row.id, State.FAILED, reason=reason), shut=chat)


def held(row: Posted, said: str = "") -> Result:
    """A post that may stand in the channel: sent again it would stand there twice, so staff say."""
    return Result(row, Outcome(row.id, State.HELD, reason=HELD), said)


def back(row: Posted, after: int | None = None) -> Result:
    """To the queue as it was; with ``after``, what may be sent stays to be looked for."""
    return Result(row, Outcome(row.id, State.WAITING, sent_after=after))


def later(row: Posted, after: int | None = None) -> Result:
    """To the queue, for a time that doubles with every try."""
    pause = min(FIRST_PAUSE * 2 ** min(row.attempts, 10), LONGEST_PAUSE)
    outcome = Outcome(row.id, State.WAITING, sent_after=after)
    return Result(row, outcome, again_in=pause)
