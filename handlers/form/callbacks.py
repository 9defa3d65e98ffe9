"""What the form's buttons carry: a versioned schema of at most 64 bytes.

The number in a prefix is the version of the schema: change a field, and it goes up, so that a
button of last month is recognised as old and not misread.
"""

from aiogram.filters.callback_data import CallbackData

from handlers.ids import RowId
from passport.form import PeriodKey
from passport.values import Slot


class Tap(CallbackData, prefix="f1"):
    """A button under a question: drawn for one slot in one version."""

    act: str
    report: RowId
    question: str
    class_id: RowId = 0
    subject_id: RowId = 0
    revision: RowId = 0

    @property
    def slot(self) -> Slot:
        return Slot(self.question, self.class_id, self.subject_id)


class CardTap(CallbackData, prefix="c1"):
    """A button of a report's card. ``arg`` is a section, a page or nothing."""

    act: str
    report: RowId
    arg: str = ""


class PeriodTap(CallbackData, prefix="p1"):
    """Opens the card of a period: the report may not exist yet."""

    year: str
    period: PeriodKey


class ListTap(CallbackData, prefix="y1"):
    """Opens the list of a school year's reports."""

    year: str


class BeginTap(CallbackData, prefix="n1"):
    """Under a message that came by itself: to the first gap of a period's report, or later.

    ``act``: go, tomorrow, monday.
    """

    act: str
    year: str
    period: PeriodKey


class TimeTap(CallbackData, prefix="t1"):
    """A school asks to be due later. ``day`` is a local date, ``reason`` the place of a reason."""

    act: str
    report: RowId
    day: str = ""
    reason: RowId = 0


class GoTap(CallbackData, prefix="g1"):
    """A button that does what a command does."""

    to: str


def tap(act: str, report: int, slot: Slot, revision: int = 0) -> str:
    return Tap(
        act=act,
        report=report,
        question=slot.question,
        class_id=slot.class_id,
        subject_id=slot.subject_id,
        revision=revision,
    ).pack()


def time_tap(act: str, report: int, day: str = "", reason: int = 0) -> str:
    return TimeTap(act=act, report=report, day=day, reason=reason).pack()


def card_tap(act: str, report: int, arg: str = "") -> str:
    return CardTap(act=act, report=report, arg=arg).pack()
