from demo.telegram import Person, Telegram


def test_the_bot_is_told_where_it_is_put(telegram: Telegram, anna: Person) -> None:
    channel = telegram.channel(title="УО").admit(by=anna.id)
    channel.kick(by=anna.id)
    admitted, kicked = (update["my_chat_member"] for update in telegram.queue.take())
    assert admitted["old_chat_member"]["status"] == "left"
    assert admitted["new_chat_member"]["can_post_messages"] is True
    assert admitted["from"]["id"] == anna.id
    assert kicked["old_chat_member"]["status"] == "administrator"
    assert kicked["new_chat_member"]["status"] == "kicked"


def test_posts_reach_the_bot_only_while_it_is_there(telegram: Telegram, anna: Person) -> None:
    channel = telegram.channel().admit(by=anna.id)
    channel.post("heard")
    channel.kick(by=anna.id)
    channel.post("unheard")
    kinds = [next(key for key in update if key != "update_id") for update in telegram.queue.take()]
    assert kinds == ["my_chat_member", "channel_post", "my_chat_member"]
    assert [message.text for message in channel.messages] == ["heard", "unheard"]


def test_words_in_a_group_have_an_author(telegram: Telegram, anna: Person) -> None:
    group = telegram.group().admit_as_member(by=anna.id)
    group.post("hello", by=anna.id)
    *_, update = telegram.queue.take()
    assert update["message"]["from"]["id"] == anna.id


def test_each_channel_counts_its_messages(telegram: Telegram, anna: Person) -> None:
    one, two = telegram.channel(), telegram.channel()
    assert [one.post("a").message_id, one.post("b").message_id] == [1, 2]
    assert two.post("a").message_id == 1
