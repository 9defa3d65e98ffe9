"""What the bot shows, as values: no aiogram, no chat. The courier turns them into API calls.

A chat has one live message, which carries the current screen. Messages above it are quiet lines
and notes; they have no buttons that could go stale.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from pydantic import TypeAdapter

Style = Literal["primary", "success", "danger"]
TEXT_LIMIT = 4096


@dataclass(frozen=True, slots=True)
class Button:
    """Either ``data`` (packed callback data, at most 64 bytes) or ``url``."""

    text: str
    data: str = ""
    url: str = ""
    style: Style | None = None


Row = tuple[Button, ...]


def turns(page: int, more: bool, to: Callable[[int], str]) -> Row:
    """The buttons that turn the pages of a list; ``more``: this page is not its last one."""
    row = []
    if page:
        row.append(Button("← Раньше", to(page - 1)))
    if more:
        row.append(Button("Дальше →", to(page + 1)))
    return tuple(row)


@dataclass(frozen=True, slots=True)
class Screen:
    """Text is Telegram HTML, every value in it quoted."""

    text: str
    keyboard: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class FormFile:
    """The filled official form of a school's year; made when it is sent."""

    school: str
    year: str


@dataclass(frozen=True, slots=True)
class InvitePass:
    """An invite's link and its QR picture; both are made when they are sent, and stored nowhere."""

    invite: int


@dataclass(frozen=True, slots=True)
class ChartFile:
    """The picture of an indicator over the years of the project."""

    indicator: str


@dataclass(frozen=True, slots=True)
class BookFile:
    """A workbook made from the whole database: its kind and school year.

    ``school`` and ``period`` for a school's questionnaire.
    """

    kind: str
    year: str
    school: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True)
class PortalFile:
    """The section of the education portal, of a school year: as a page or as data."""

    year: str
    form: Literal["html", "json"]


@dataclass(frozen=True, slots=True)
class BriefFile:
    """The page for a meeting, as a workbook or a document: of a school, or of the city if empty.

    It speaks of the moment at which it is made. A coordinator's is ``with_risks`` False.
    """

    form: Literal["xlsx", "docx"]
    school: str = ""
    with_risks: bool = True


@dataclass(frozen=True, slots=True)
class Note:
    """A message that stays as it is: a receipt, a file, a link."""

    text: str
    file: FormFile | InvitePass | ChartFile | BookFile | PortalFile | BriefFile | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to one update.

    ``screen`` becomes the live message: in the place of the pressed button, or at the bottom of
    the chat. ``quiet`` is the line that the live message above turns into then; when it is empty
    that message is removed. ``notes`` go out before the screen. ``burst``: says nothing new when
    more messages of the same person are waiting, so it is left out then. ``menu``: the chat's
    command menu from now on, (command, description), when the role has changed.
    """

    screen: Screen | None = None
    toast: str = ""
    quiet: str = ""
    notes: tuple[Note, ...] = ()
    burst: bool = False
    menu: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Envelope:
    """A reply and where it goes: stored with the effect, so that a crash cannot lose it."""

    chat_id: int
    reply: Reply
    callback_id: str | None = None
    pressed: int | None = None  # the message whose button was pressed


envelopes = TypeAdapter(Envelope)
