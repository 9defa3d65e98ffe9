"""A Telegram that fits in one process. See README.md beside this file."""

from demo.telegram.clock import MovableClock
from demo.telegram.faults import Fault
from demo.telegram.model import Call, Toast, UploadedFile
from demo.telegram.person import Person
from demo.telegram.press import NoSuchButtonError, Press
from demo.telegram.refusals import ConnectionDropped
from demo.telegram.room import Room
from demo.telegram.telegram import TOKEN, Snapshot, Telegram
from demo.telegram.transcript import Button, ChatView, MessageView

__all__ = [
    "TOKEN",
    "Button",
    "Call",
    "ChatView",
    "ConnectionDropped",
    "Fault",
    "MessageView",
    "MovableClock",
    "NoSuchButtonError",
    "Person",
    "Press",
    "Room",
    "Snapshot",
    "Telegram",
    "Toast",
    "UploadedFile",
]
