"""What methods of the bot and acts of people both touch: the world, the clock, the queue."""

from demo.telegram.changes import Changes
from demo.telegram.clock import MovableClock
from demo.telegram.flood import Flood
from demo.telegram.model import Chat, Json, Media, Message, Revision
from demo.telegram.updates import Updates
from demo.telegram.webhook import Webhook
from demo.telegram.world import World


class Core:
    def __init__(self, world: World, clock: MovableClock, *, strict: bool) -> None:
        self.world = world
        self.clock = clock
        self.strict = strict
        self.changes = Changes()
        self.queue = Updates(world, self.changes)
        self.flood = Flood()
        self.webhook = Webhook(world, self.changes, clock)

    def now(self) -> float:
        return self.clock.now().timestamp()

    def unix(self) -> int:
        return int(self.now())

    def add_message(
        self,
        chat: Chat,
        *,
        sender_id: int | None,
        from_bot: bool,
        text: str = "",
        entities: tuple[Json, ...] = (),
        media: Media | None = None,
        markup: Json | None = None,
        other_markup: bool = False,
        reply_to: int | None = None,
        forward: Json | None = None,
        via_bot: bool = False,
    ) -> Message:
        message = Message(
            message_id=self._next_message_id(chat),
            chat_id=chat.id,
            sender_id=sender_id,
            date=self.unix(),
            from_bot=from_bot,
            text=text,
            entities=entities,
            media=media,
            markup=markup,
            other_markup=other_markup,
            reply_to=reply_to,
            forward=forward,
            via_bot=via_bot,
        )
        chat.messages[message.message_id] = message
        chat.busy_until = 0.0 if from_bot else chat.busy_until
        self.changes.tell("message", chat.id)
        return message

    def change_message(
        self,
        message: Message,
        *,
        text: str,
        entities: tuple[Json, ...],
        markup: Json | None,
        edited: bool = True,
    ) -> None:
        """Replace what a message says, and remember what it said."""
        now = self.unix()
        before = Revision(now, message.text, message.entities, message.markup)
        message.history.append(before)
        message.text, message.entities, message.markup = text, entities, markup
        # A new keyboard alone is not shown as an edit.
        message.edited_at = now if edited else message.edited_at
        self.changes.tell("message", message.chat_id)

    def delete_message(self, message: Message) -> None:
        message.deleted = True
        chat = self.world.chats[message.chat_id]
        chat.pinned = [pinned for pinned in chat.pinned if pinned != message.message_id]
        self.changes.tell("message", message.chat_id)

    def _next_message_id(self, chat: Chat) -> int:
        counter = self.world.bot if chat.kind in {"private", "group"} else chat
        counter.last_message_id += 1
        return counter.last_message_id
