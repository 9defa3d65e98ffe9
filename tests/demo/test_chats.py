from demo.telegram import Person, Telegram
from tests.demo.caller import Caller


async def test_get_chat(telegram: Telegram, caller: Caller, anna: Person) -> None:
    chat = await caller.result("getChat", chat_id=anna.id)
    assert (chat["type"], chat["first_name"]) == ("private", "Анна")
    channel = telegram.channel(title="УО", username="uo_pk").admit(by=anna.id)
    chat = await caller.result("getChat", chat_id="@uo_pk")
    assert (chat["id"], chat["title"]) == (channel.id, "УО")


async def test_rights_of_the_bot_in_a_channel(
    telegram: Telegram, caller: Caller, anna: Person
) -> None:
    channel = telegram.channel().admit(by=anna.id, rights=("can_post_messages",))
    bot_id = telegram.world.bot.user.id
    member = await caller.result("getChatMember", chat_id=channel.id, user_id=bot_id)
    assert member["status"] == "administrator"
    assert member["can_post_messages"] is True
    assert member["can_edit_messages"] is False
    channel.kick(by=anna.id)
    refusal = await caller.refusal("getChatMember", chat_id=channel.id, user_id=bot_id)
    assert refusal == "403 Forbidden: bot was kicked from the channel chat"


async def test_members(telegram: Telegram, caller: Caller, anna: Person) -> None:
    channel = telegram.channel().admit(by=anna.id)
    boris = telegram.person(id=102, name="Борис")

    async def status(user_id: int) -> str:
        member = await caller.result("getChatMember", chat_id=channel.id, user_id=user_id)
        return str(member["status"])

    assert await status(anna.id) == "creator"
    assert await status(boris.id) == "left"
    channel.join(boris.id)
    assert await status(boris.id) == "member"
    channel.leave(boris.id)
    assert await status(boris.id) == "left"
    assert await caller.refusal("getChatMember", chat_id=channel.id, user_id=999) == (
        "400 Bad Request: PARTICIPANT_ID_INVALID"
    )
    assert await caller.refusal("getChatMember", chat_id=channel.id, user_id=0) == (
        "400 Bad Request: invalid user_id specified"
    )


async def test_members_are_hidden_from_a_mere_member(
    telegram: Telegram, caller: Caller, anna: Person
) -> None:
    channel = telegram.channel().admit_as_member(by=anna.id)
    refusal = await caller.refusal("getChatMember", chat_id=channel.id, user_id=anna.id)
    assert refusal == "400 Bad Request: member list is inaccessible"


async def test_private_chats_have_members_too(
    telegram: Telegram, caller: Caller, anna: Person
) -> None:
    member = await caller.result("getChatMember", chat_id=anna.id, user_id=anna.id)
    assert member["status"] == "member"


async def test_pinning(caller: Caller, anna: Person) -> None:
    number = await caller.send("important")
    assert await caller.result("pinChatMessage", chat_id=anna.id, message_id=number)
    assert anna.chat.pinned == [number]
    chat = await caller.result("getChat", chat_id=anna.id)
    assert chat["pinned_message"]["text"] == "important"
    assert await caller.result("unpinChatMessage", chat_id=anna.id)
    assert anna.chat.pinned == []
    assert await caller.refusal("unpinChatMessage", chat_id=anna.id) == (
        "400 Bad Request: message to unpin not found"
    )
    assert await caller.refusal("pinChatMessage", chat_id=anna.id, message_id=999) == (
        "400 Bad Request: message to pin not found"
    )


async def test_what_is_deleted_is_not_pinned_any_more(caller: Caller, anna: Person) -> None:
    number = await caller.send()
    await caller.result("pinChatMessage", chat_id=anna.id, message_id=number)
    await caller.result("deleteMessage", chat_id=anna.id, message_id=number)
    assert anna.chat.pinned == []


async def test_pinning_takes_a_right(telegram: Telegram, caller: Caller, anna: Person) -> None:
    channel = telegram.channel().admit(by=anna.id, rights=("can_post_messages",))
    number = channel.post("x").message_id
    refusal = await caller.refusal("pinChatMessage", chat_id=channel.id, message_id=number)
    assert refusal == "400 Bad Request: need administrator rights in the channel chat"


async def test_pinning_in_a_group_takes_a_right(
    telegram: Telegram, caller: Caller, anna: Person
) -> None:
    group = telegram.group().admit_as_member(by=anna.id)
    number = group.post("x", by=anna.id).message_id
    refusal = await caller.refusal("pinChatMessage", chat_id=group.id, message_id=number)
    assert refusal == "400 Bad Request: not enough rights to manage pinned messages in the chat"
