"""Files that people send: fetched and read before their update is handled, outside of any write.

The file is read in the worker process and forgotten; what it says goes on to the handler. After a
crash the update is still there, and the file is fetched again.
"""

from http import HTTPStatus
from io import BytesIO
from typing import TYPE_CHECKING

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramNetworkError
from aiogram.methods import GetFile
from aiogram.types import Document, File, Update
from aiohttp import ClientError, ClientResponseError

from bot.line import Line
from bot.logs import who
from exports.reading.door import LARGEST, Refused, too_large
from exports.reading.upload import Reading, Upload, read_upload
from exports.worker import Workshop, WorkshopClosedError
from storage import people
from storage.database import Database

if TYPE_CHECKING:
    from typing_extensions import Buffer

log = structlog.get_logger(__name__)

AGAIN = Refused("Файл не дошёл. Пришлите его, пожалуйста, ещё раз.")
READ_SECONDS = 40.0  # a form takes less than one; meanwhile nobody gets a workbook
UNREADABLE = Refused(
    "Файл прочитать не получилось: он слишком сложный. Пришлите форму, которую дал бот: /import"
)


class Uploads:
    """Reads documents of those who have an account; of others nothing is even fetched."""

    def __init__(self, bot: Bot, database: Database, line: Line, workshop: Workshop) -> None:
        self._bot = bot
        self._database = database
        self._line = line
        self._workshop = workshop

    async def of(self, update: Update, chat_id: int) -> Reading | None:
        """None for an update without a document, and for whoever may send none."""
        document = update.message.document if update.message else None
        if document is None or not await self._may_send(chat_id):
            return None
        if document.file_size is not None and document.file_size > LARGEST:
            return Refused(too_large(document.file_size))
        try:
            content = await self._fetched(document)
        except _TooLargeError:  # whatever size was declared
            return Refused(too_large(LARGEST + 1))
        except (AiogramError, ClientError, OSError) as error:
            log.warning("file was not fetched", chat=who(chat_id), reason=type(error).__name__)
            return AGAIN
        try:
            upload = Upload(document.file_name or "", content)
            return await self._workshop.make(read_upload, upload, READ_SECONDS)
        except WorkshopClosedError:
            raise  # at the next start it is read again
        except Exception as error:  # or one bad file would stop its sender's lane for good
            reason = type(error).__name__
            log.warning(
                "file broke its reader", chat=who(chat_id), size=len(content), reason=reason
            )
            return UNREADABLE

    async def _may_send(self, chat_id: int) -> bool:
        async with self._database.read() as tx:
            person = await people.by_telegram_id(tx, chat_id)
        return person is not None and not person.suspended

    async def _fetched(self, document: Document) -> bytes:
        async def ask() -> File:
            return await self._bot.get_file(document.file_id)

        file = await self._line.stubbornly(ask)
        if file.file_path is None:
            raise OSError("no path of the file")
        path = file.file_path

        async def fetch() -> bytes:
            buffer = _Limited()
            try:
                await self._bot.download_file(path, buffer)
            except ClientResponseError as error:
                if error.status < HTTPStatus.INTERNAL_SERVER_ERROR:
                    raise
                raise _unanswered(document, error) from None
            except (ClientError, TimeoutError) as error:
                raise _unanswered(document, error) from None
            return buffer.getvalue()

        return await self._line.stubbornly(fetch)


class _TooLargeError(Exception):
    pass


class _Limited(BytesIO):
    """Takes no more of a download than is allowed; the rest is not even asked for."""

    def write(self, chunk: "Buffer", /) -> int:
        taken = super().write(chunk)
        if self.tell() > LARGEST:
            raise _TooLargeError
        return taken


def _unanswered(document: Document, error: Exception) -> TelegramNetworkError:
    """aiogram passes on what aiohttp raises, and its text quotes the address with the token."""
    return TelegramNetworkError(GetFile(file_id=document.file_id), type(error).__name__)
