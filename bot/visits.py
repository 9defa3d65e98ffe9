"""Who came, with which dates, and what is known of the message that they pressed."""

from collections.abc import Callable

from aiogram.types import Message, Update

from bot import fingerprint
from bot.courier import Courier
from bot.line import Line
from handlers.visit import NO_CHANNEL, ChannelState, Visit, onlooker, visit_of
from passport.loader import Passport
from storage import outbox, people
from storage.database import Transaction


class Visits:
    """Makes the visit of an update, once, in the transaction that it happens in."""

    def __init__(
        self,
        passport: Passport,
        courier: Courier,
        line: Line,
        owners: frozenset[int],
        *,
        username: str = "",
        channel: Callable[[], ChannelState] = lambda: NO_CHANNEL,
    ) -> None:
        self._passport = passport
        self._courier = courier
        self._line = line
        self._owners = owners
        self._username = username
        self._channel = channel

    def note(self, update: Update) -> None:
        """Which messages there are by now, and which of them a person wrote."""
        written = update.message or update.edited_message
        if written is not None:
            self._line.account_for(written.message_id)
        pressed = update.callback_query and update.callback_query.message
        if pressed and pressed.chat.type == "private":
            self._line.seen(pressed.message_id)

    async def of_stranger(self, tx: Transaction, chat_id: int) -> Visit | None:
        """Of somebody who only looks; None if they have an account."""
        if await people.by_telegram_id(tx, chat_id) is not None:
            return None
        return onlooker(
            tx,
            self._passport,
            chat_id,
            live=await self._courier.live_message(tx, chat_id),
            username=self._username,
            channel=self._channel(),
        )

    async def of(self, tx: Transaction, chat_id: int, update: Update) -> Visit:
        person = await people.by_telegram_id(tx, chat_id)
        if person is not None and not person.reachable:  # whoever writes can be written to
            await people.set_reachable(tx, chat_id, reachable=True)
        live = await self._courier.live_message(tx, chat_id)
        pressed = update.callback_query.message if update.callback_query else None
        if (
            isinstance(pressed, Message)
            and person is not None
            and pressed.message_id != live
            and not self._line.accounts_for(pressed.message_id)
        ):
            # A notice, and perhaps one of which we do not know yet that it was sent.
            said = fingerprint.of_shown(pressed.text or "")
            await outbox.recognise(tx, person.id, pressed.message_id, said)
        return await visit_of(
            tx,
            self._passport,
            chat_id,
            person,
            live=live,
            owners=self._owners,
            username=self._username,
            channel=self._channel(),
        )
