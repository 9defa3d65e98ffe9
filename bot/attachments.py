"""What a note carries besides its words, made when it is sent: a workbook, an invite's link.

A link's token is made here and told in the same breath: no row, no envelope and no log holds it.
Sent again after a crash, it is another one, and the first opens nothing.
"""

import asyncio
from dataclasses import dataclass, replace

from aiogram import Bot

from exports.books.desk import BookJob
from exports.books.making import brief_name, make_book, make_document
from exports.books.making import file_name as book_name
from exports.chart import chart_png
from exports.form_book import FormBook
from exports.form_workbook import form_workbook
from exports.forms import file_name, stored_form_book
from exports.indicator_chart import stored_chart
from exports.portal import portal_json, stored_portal
from exports.worker import Workshop
from handlers.screen import BookFile, BriefFile, ChartFile, FormFile, InvitePass, Note, PortalFile
from handlers.words import q, when
from passport.loader import Passport
from storage import invites
from storage.database import Database
from storage.invites import Invite


@dataclass(frozen=True, slots=True)
class Attachment:
    """``words`` go out first, as a message of their own: a picture may not get through.

    Without ``content`` there is only the message.
    """

    name: str = ""
    content: bytes = b""
    caption: str = ""
    words: str = ""
    picture: bool = False


class Attachments:
    """Reads what is stored; workbooks are made in the worker process."""

    def __init__(
        self,
        bot: Bot,
        database: Database,
        passport: Passport,
        workshop: Workshop,
        press: Workshop | None = None,
    ) -> None:
        self._bot = bot
        self._database = database
        self._passport = passport
        self._workshop = workshop
        self._press = press or workshop

    async def make(self, note: Note) -> Attachment:
        match note.file:
            case FormFile() as wanted:
                return await self._form(wanted, note.text)
            case BookFile() as wanted:
                return await self._book(wanted, note.text)
            case BriefFile() as wanted:
                return await self._brief(wanted, note.text)
            case ChartFile(key):
                return await self._chart(key, note.text)
            case PortalFile() as wanted:
                return await self._portal(wanted, note.text)
            case InvitePass(number):
                return await self._invite(number, note.text)
        return Attachment(words=note.text)

    async def _book(self, wanted: BookFile, caption: str) -> Attachment:
        """The worker reads the database itself; big books must not hold up people's receipts."""
        content = await self._press.make(make_book, await self.job(wanted))
        return Attachment(
            book_name(wanted.kind, wanted.year, wanted.school, wanted.period), content, caption
        )

    async def _brief(self, wanted: BriefFile, caption: str) -> Attachment:
        """Whoever asks before a meeting has no time: it does not wait for a long workbook."""
        job = replace(
            await self.job(BookFile("brief", "", wanted.school)), with_risks=wanted.with_risks
        )
        made = make_book if wanted.form == "xlsx" else make_document
        content = await self._workshop.make(made, job)
        day = self._passport.calendar.today(job.now)
        name = brief_name(wanted.form, day, wanted.school)
        return Attachment(name, content, f"{caption} на {day:%d.%m.%Y}")

    async def job(self, wanted: BookFile) -> BookJob:
        async with self._database.read() as tx:
            now = tx.now
        return BookJob(
            kind=wanted.kind,
            database_url=self._database.url.render_as_string(hide_password=False),
            time_zone=str(self._passport.calendar.zone),
            year=wanted.year,
            now=now,
            school=wanted.school,
            period=wanted.period,
        )

    async def _chart(self, key: str, caption: str) -> Attachment:
        async with self._database.read() as tx:
            chart = await stored_chart(tx, self._passport, key)
        content = await self._press.make(chart_png, chart)
        return Attachment(f"{key}.png", content, caption, picture=True)

    async def _portal(self, wanted: PortalFile, caption: str) -> Attachment:
        async with self._database.read() as tx:
            portal = await stored_portal(tx, self._passport, wanted.year)
        from exports.portal_page import portal_page  # noqa: PLC0415  # templates, only here

        made = portal_page if wanted.form == "html" else portal_json
        content = await self._press.make(made, portal)
        return Attachment(f"portal_{wanted.year}.{wanted.form}", content, caption)

    async def _form(self, wanted: FormFile, caption: str) -> Attachment:
        book = await self.book(wanted)
        content = await self._workshop.make(form_workbook, book)
        return Attachment(file_name(wanted.school, wanted.year), content, caption)

    async def book(self, wanted: FormFile) -> FormBook:
        async with self._database.read() as tx:
            return await stored_form_book(tx, self._passport, wanted.school, wanted.year)

    async def _invite(self, number: int, text: str) -> Attachment:
        username = (await self._bot.me()).username
        async with self._database.write() as tx:
            found = await invites.get(tx, number)
            if not isinstance(found, Invite):
                return Attachment(words=f"{text}: уже открыта или отозвана.")
            link = f"https://t.me/{username}?start={await invites.issue(tx, number)}"
            until = when(found.expires_at, self._passport.calendar.zone)
        from exports.qr import qr_png  # noqa: PLC0415  # only where used

        picture = await asyncio.to_thread(qr_png, link)
        words = (
            f"{text}\n{q(link)}\n"
            f"Перешлите её тому, кого приглашаете. Откроется один раз, действует до {until}."
        )
        return Attachment(
            "priglashenie.png", picture, "Та же ссылка: наведите камеру телефона.", words, True
        )
