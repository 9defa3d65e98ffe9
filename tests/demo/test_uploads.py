import pytest

from demo.telegram import Person, Telegram, UploadedFile
from demo.telegram.methods.uploads import mime_of, picture_size
from tests.demo.caller import Caller
from tests.demo.pictures import jpeg, png


def test_sizes_are_read_from_headers() -> None:
    assert picture_size(png(1000, 700)) == (1000, 700)
    assert picture_size(jpeg(640, 480)) == (640, 480)
    assert picture_size(b"GIF89a") == (0, 0)
    assert picture_size(b"\xff\xd8\xff") == (0, 0)


def test_kinds_by_name() -> None:
    assert mime_of("a.png") == "image/png"
    assert mime_of("no suffix") == "application/octet-stream"


async def test_a_file_can_be_sent_again_by_its_id(caller: Caller, anna: Person) -> None:
    file = UploadedFile("a.txt", b"a")
    sent = await caller.result("sendDocument", chat_id=anna.id, document=file)
    file_id = sent["document"]["file_id"]
    again = await caller.result("sendDocument", chat_id=anna.id, document=file_id)
    assert again["document"] == sent["document"]


async def test_a_file_behind_attach(telegram: Telegram, anna: Person) -> None:
    params = {"chat_id": str(anna.id), "document": "attach://key"}
    files = {"key": UploadedFile("a.txt", b"a")}
    status, _ = await telegram.call(telegram.token, "sendDocument", params, files)
    assert status == 200
    assert telegram.calls[-1].files == ("a.txt",)
    assert telegram.strict_violations == []


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        ("nothing", "wrong file identifier/HTTP URL specified"),
        ("", "there is no document in the request"),
        (UploadedFile("a.txt", b""), "file must be non-empty"),
    ],
)
async def test_documents_that_are_refused(
    caller: Caller, anna: Person, document: object, sentence: str
) -> None:
    refusal = await caller.refusal("sendDocument", chat_id=anna.id, document=document)
    assert refusal == f"400 Bad Request: {sentence}"


async def test_too_large(caller: Caller, anna: Person) -> None:
    film = UploadedFile("film.mp4", bytes(50 * 1024 * 1024 + 1))
    assert await caller.refusal("sendDocument", chat_id=anna.id, document=film) == (
        "413 Request Entity Too Large"
    )
    poster = UploadedFile("a.png", png(100, 100) + bytes(10 * 1024 * 1024))
    assert await caller.refusal("sendPhoto", chat_id=anna.id, photo=poster) == (
        "413 Request Entity Too Large"
    )


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"no picture", "IMAGE_PROCESS_FAILED"),
        (png(9000, 1001), "PHOTO_INVALID_DIMENSIONS"),
        (png(2100, 100), "PHOTO_INVALID_DIMENSIONS"),
    ],
)
async def test_pictures_that_are_refused(
    caller: Caller, anna: Person, data: bytes, sentence: str
) -> None:
    photo = UploadedFile("a.png", data)
    refusal = await caller.refusal("sendPhoto", chat_id=anna.id, photo=photo)
    assert refusal == f"400 Bad Request: {sentence}"


async def test_addresses_are_not_fetched(caller: Caller, anna: Person) -> None:
    refusal = await caller.refusal("sendPhoto", chat_id=anna.id, photo="https://a.ru/a.png")
    assert refusal.startswith("501 ")
