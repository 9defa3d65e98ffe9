"""Where the bot may write, and in which words it is turned away."""

from demo.telegram import Person, Telegram
from tests.demo.caller import Caller


async def refused(caller: Caller, chat_id: object) -> str:
    return await caller.refusal("sendMessage", chat_id=chat_id, text="a")


async def test_no_chat(telegram: Telegram, caller: Caller) -> None:
    assert await refused(caller, 999) == "400 Bad Request: chat not found"
    assert await refused(caller, "@nobody") == "400 Bad Request: chat not found"
    assert await refused(caller, "") == "400 Bad Request: chat_id is empty"
    assert await caller.refusal("sendMessage", text="a") == "400 Bad Request: chat_id is empty"


async def test_people_who_cannot_be_reached(
    telegram: Telegram, caller: Caller, anna: Person
) -> None:
    boris = telegram.person(id=102, name="Борис")
    words = "403 Forbidden: bot can't initiate conversation with a user"
    assert await refused(caller, boris.id) == words
    anna.block()
    assert await refused(caller, anna.id) == "403 Forbidden: bot was blocked by the user"
    anna.unblock()
    assert await caller.send()
    anna.deactivate()
    assert await refused(caller, anna.id) == "403 Forbidden: user is deactivated"


async def test_rooms_that_the_bot_is_not_in(
    telegram: Telegram, caller: Caller, anna: Person
) -> None:
    channel = telegram.channel(title="УО")
    assert await refused(caller, channel.id) == (
        "403 Forbidden: bot is not a member of the channel chat"
    )
    channel.admit(by=anna.id)
    channel.kick(by=anna.id)
    assert (
        await refused(caller, channel.id) == "403 Forbidden: bot was kicked from the channel chat"
    )
    group = telegram.group(kind="group").admit_as_member(by=anna.id)
    group.kick(by=anna.id)
    assert await refused(caller, group.id) == "403 Forbidden: bot was kicked from the group chat"


async def test_a_channel_takes_posts_from_an_administrator_with_the_right(
    telegram: Telegram, caller: Caller, anna: Person
) -> None:
    channel = telegram.channel(title="УО", username="uo_pk")
    channel.admit(by=anna.id, rights=("can_edit_messages",))
    words = "400 Bad Request: need administrator rights in the channel chat"
    assert await refused(caller, channel.id) == words
    channel.admit(by=anna.id)
    post = await caller.result("sendMessage", chat_id="@UO_pk", text="news")
    assert post["message_id"] == 1
    assert post["sender_chat"]["title"] == "УО"
    assert "from" not in post
    assert [message.text for message in channel.messages] == ["news"]


async def test_a_group_that_became_a_supergroup(
    telegram: Telegram, caller: Caller, anna: Person
) -> None:
    group = telegram.group(kind="group").admit_as_member(by=anna.id)
    room = group.migrate(to=-1009)
    answer = await caller.answer("sendMessage", chat_id=group.id, text="a")
    assert answer["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert answer["parameters"] == {"migrate_to_chat_id": room.id}
    assert await caller.result("sendMessage", chat_id=room.id, text="a")
