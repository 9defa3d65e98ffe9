"""What the buttons of the plan carry.

``seen`` is the number of the mark that the button was drawn for (0: none): a colleague may mark
or withdraw meanwhile.
"""

from datetime import date

from aiogram.filters.callback_data import CallbackData

from handlers.ids import RowId
from passport.plan_windows import Window


class PlanTap(CallbackData, prefix="z1"):
    """``act``: show, xlsx (``key`` is a filter), sections, sides, history, settings; of one window
    of a measure (``key``, ``start`` its first day): card, mark, today, unlinked, withdraw,
    withdrawn; of choices (``key`` is the new one): summer, funding.
    ``arg``: the day that was typed, of «unlinked».
    """

    act: str
    key: str = ""
    start: str = ""
    seen: RowId = 0
    arg: str = ""


def plan_tap(act: str, key: str = "", seen: int = 0, arg: str = "") -> str:
    return PlanTap(act=act, key=key, seen=seen, arg=arg).pack()


def window_tap(act: str, key: str, window: Window, seen: int = 0, day: date | None = None) -> str:
    arg = day.isoformat() if day is not None else ""
    return PlanTap(act=act, key=key, start=window.start.isoformat(), seen=seen, arg=arg).pack()
