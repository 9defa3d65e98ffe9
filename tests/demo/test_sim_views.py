from datetime import UTC, datetime, timedelta

import pytest

from demo.telegram import Person, Telegram, UploadedFile
from demo.telegram.sim_views import chat_view, clock_view, moment_of, preview
from tests.demo.caller import Caller, button, keyboard
from tests.demo.pictures import png


def test_the_clock_is_that_of_kamchatka() -> None:
    view = clock_view(datetime(2026, 12, 31, 12, 5, tzinfo=UTC))
    assert view == {"iso": "2027-01-01T00:05:00+12:00", "text": "пт 1 января 2027, 00:05"}


def test_moments_of_the_page() -> None:
    assert moment_of("2027-01-01T00:00:00+12:00") == datetime(2026, 12, 31, 12, tzinfo=UTC)
    assert moment_of("2027-01-01T00:00") == datetime(2026, 12, 31, 12, tzinfo=UTC)
    with pytest.raises(ValueError, match="isoformat"):
        moment_of("soon")


async def test_a_chat_of_every_kind_of_message(
    telegram: Telegram, caller: Caller, anna: Person
) -> None:
    commands = [{"command": "form", "description": "Отчёт"}]
    await caller.result("setMyCommands", commands=commands)
    markup = keyboard([button("A", "a") | {"style": "success"}])
    await caller.send("<b>1 &lt; 2</b>", parse_mode="HTML", reply_markup=markup)
    await caller.result("sendPhoto", chat_id=anna.id, photo=UploadedFile("a.png", png(10, 10)))
    anna.send_sticker()
    gone = anna.send("секрет")
    anna.delete(gone)
    await caller.send(reply_markup={"keyboard": [[{"text": "Да"}]]})
    await caller.result("sendChatAction", chat_id=anna.id, action="typing")
    view = chat_view(telegram, telegram.world.chats[anna.id])
    assert (view["kind"], view["title"], view["started"]) == ("private", "Demo", True)
    assert view["commands"] == commands
    assert view["reply_keyboard"] == [["Да"]]
    assert view["typing"] is True
    start, card, photo, sticker, deleted, _ = view["messages"]
    assert start["from"] == "person"
    assert (card["from"], card["html"], card["text"]) == ("bot", "<b>1 &lt; 2</b>", "1 < 2")
    assert card["time"] == "17:00"
    assert card["buttons"] == [
        [{"text": "A", "data": "a", "url": None, "style": "success", "disabled": False}]
    ]
    assert photo["photo"]["url"].startswith("/sim/files/")
    assert (photo["kind"], sticker["kind"]) == (None, "sticker")
    assert deleted["deleted"]
    assert "секрет" not in str(deleted)
    telegram.clock.shift(timedelta(seconds=6))
    assert chat_view(telegram, telegram.world.chats[anna.id])["typing"] is False


def test_one_line_about_the_last_message(anna: Person) -> None:
    assert preview([]) == ""
    assert preview([anna.send("а\n\nб")]) == "а б"
    assert preview([anna.send_document("отчёт.xlsx", b"PK")]) == "отчёт.xlsx"
    assert preview([anna.send_voice()]) == "Голосовое сообщение"
    long = preview([anna.send("я" * 200)])
    assert (len(long), long[-1]) == (80, "…")
