from typing import Any

import pytest

from demo.telegram import Person, Telegram, UploadedFile
from tests.demo.caller import Caller


async def test_updates_are_handed_out_until_confirmed(caller: Caller, anna: Person) -> None:
    anna.send("one")
    anna.send("two")
    first = await caller.result("getUpdates")
    assert [update["message"]["text"] for update in first] == ["one", "two"]
    again = await caller.result("getUpdates", limit=1)
    assert again == first[:1]
    rest = await caller.result("getUpdates", offset=first[0]["update_id"] + 1)
    assert rest == first[1:]
    assert await caller.result("getUpdates", offset=first[1]["update_id"] + 1) == []


async def test_allowed_updates_are_sticky(caller: Caller, anna: Person) -> None:
    await caller.result("getUpdates", allowed_updates=["callback_query"])
    anna.send("unheard")
    await caller.result("getUpdates")
    anna.send("unheard, too")
    assert await caller.result("getUpdates", allowed_updates=[]) == []
    anna.send("heard")
    assert len(await caller.result("getUpdates")) == 1


async def test_downloads(telegram: Telegram, caller: Caller, anna: Person) -> None:
    anna.send_document("a.xlsx", b"PK")
    update = telegram.queue.take()[-1]
    file_id = update["message"]["document"]["file_id"]
    file = await caller.result("getFile", file_id=file_id)
    assert file["file_path"].endswith(".xlsx")
    assert telegram.download(telegram.token, file["file_path"]) == b"PK"
    assert telegram.download("1:x", file["file_path"]) is None
    assert telegram.download(telegram.token, "nowhere") is None


async def test_what_cannot_be_downloaded(telegram: Telegram, caller: Caller, anna: Person) -> None:
    sent = anna.send_document("film.mp4", b"...", size=20 * 1024 * 1024 + 1)
    assert sent.document is not None
    refusal = await caller.refusal("getFile", file_id=sent.document.file_id)
    assert refusal == "400 Bad Request: file is too big"
    assert await caller.refusal("getFile", file_id="x") == (
        "400 Bad Request: wrong file_id or the file is temporarily unavailable"
    )


async def test_the_small_size_of_a_photo_can_be_downloaded(caller: Caller, anna: Person) -> None:
    anna.send_photo(b"no header")
    [update] = caller.telegram.queue.take()
    for size in update["message"]["photo"]:
        assert (await caller.result("getFile", file_id=size["file_id"]))["file_path"]


async def test_webhook_info_without_a_webhook(caller: Caller, anna: Person) -> None:
    anna.send("waits")
    info = await caller.result("getWebhookInfo")
    assert info == {"url": "", "has_custom_certificate": False, "pending_update_count": 1}


@pytest.mark.parametrize(
    ("params", "sentence"),
    [
        ({"url": "http://example.com"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        (
            {"url": "https://a.ru", "secret_token": "я"},
            "secret token contains unallowed characters",
        ),
        ({"url": "https://a.ru", "secret_token": "a" * 257}, "secret token is too long"),
    ],
)
async def test_webhooks_that_are_refused(
    caller: Caller, params: dict[str, Any], sentence: str
) -> None:
    assert await caller.refusal("setWebhook", **params) == f"400 Bad Request: {sentence}"


async def test_certificates_are_not_built(caller: Caller) -> None:
    refusal = await caller.refusal(
        "setWebhook", url="https://a.ru", certificate=UploadedFile("a.pem", b"a")
    )
    assert "takes no certificates" in refusal


async def test_delete_webhook_can_drop_what_waits(caller: Caller, anna: Person) -> None:
    anna.send("old")
    assert await caller.result("deleteWebhook", drop_pending_updates=True)
    assert await caller.result("getUpdates") == []


async def test_an_empty_url_deletes(caller: Caller) -> None:
    assert await caller.result("setWebhook", url="")
