"""What the buttons of staff carry: versioned schemas of at most 64 bytes.

Whatever is decided carries the number of the submission that was looked at: what was sent anew
since then is not accepted or returned unseen.
"""

from aiogram.filters.callback_data import CallbackData

from handlers.ids import RowId
from handlers.screen import Button
from passport.form import PeriodKey
from passport.values import Slot


class BoardTap(CallbackData, prefix="b1"):
    """The board of a period. ``act``: show, nudge, accept, accepted, periods."""

    act: str
    year: str
    period: PeriodKey
    only: str = ""  # owes, doubts, returned: what is listed
    page: RowId = 0  # of «accept»: the mark of what was on the screen


class ReportTap(CallbackData, prefix="v1"):
    """One school's report for staff; ``number`` of the submission that was shown."""

    act: str
    report: RowId
    number: RowId = 0
    arg: str = ""


class PickTap(CallbackData, prefix="w1"):
    """A number that is to be returned, chosen or not."""

    report: RowId
    number: RowId
    question: str
    class_id: RowId = 0
    subject_id: RowId = 0

    @property
    def slot(self) -> Slot:
        return Slot(self.question, self.class_id, self.subject_id)


class SchoolTap(CallbackData, prefix="h1"):
    """A school and who answers for it; ``person`` is an account."""

    act: str
    school: str = ""
    person: RowId = 0


class DigestTap(CallbackData, prefix="m1"):
    """Whether the morning digest comes. ``act``: on, off."""

    act: str


class StaffTap(CallbackData, prefix="e1"):
    """Methodists and managers: a manager's business.

    ``act``: list, revoke, suspend, restore, invite_methodist, invite_manager.
    """

    act: str
    person: RowId = 0


class InviteTap(CallbackData, prefix="i1"):
    """Making a link. ``replaces`` is the account whose place the guest takes."""

    act: str
    role: str = ""
    school: str = ""
    post: RowId = 0
    replaces: RowId = 0


class DateTap(CallbackData, prefix="j1"):
    """Moving a date: of a period, for a school or all, to a local day, for a reason."""

    act: str
    year: str
    period: PeriodKey
    school: str = ""
    day: str = ""
    reason: RowId = 0


class AnswerTimeTap(CallbackData, prefix="a1"):
    """A request for more time: grant, refuse."""

    act: str
    request: RowId


class JournalTap(CallbackData, prefix="l1"):
    """What was sent to whom, and who did what."""

    act: str
    school: str = ""
    page: RowId = 0


# To whoever turned the digest off, in the digest itself: that has no switch to turn it on again.
DIGEST_ON = Button("Присылать сводку по утрам", DigestTap(act="on").pack())


def board_tap(act: str, year: str, period: PeriodKey, only: str = "", page: int = 0) -> str:
    return BoardTap(act=act, year=year, period=period, only=only, page=page).pack()


def report_tap(act: str, report: int, number: int = 0, arg: str = "") -> str:
    return ReportTap(act=act, report=report, number=number, arg=arg).pack()


def school_tap(act: str, school: str = "", person: int = 0) -> str:
    return SchoolTap(act=act, school=school, person=person).pack()
