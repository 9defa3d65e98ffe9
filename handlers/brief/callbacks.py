"""What the buttons of the brief and of the tasks carry."""

from aiogram.filters.callback_data import CallbackData

from handlers.ids import RowId


class BriefTap(CallbackData, prefix="b2"):
    """The page of the city, or of a ``school`` where it is named. ``act``: show, schools, xlsx,
    docx."""

    act: str
    school: str = ""


class TaskTap(CallbackData, prefix="b3"):
    """The passport's tasks. ``act``: list, task (``key`` is its number), rows (``key`` is what is
    measured, ``page`` of them), money."""

    act: str
    key: str = ""
    page: RowId = 0


def brief_tap(act: str, school: str = "") -> str:
    return BriefTap(act=act, school=school).pack()


def task_tap(act: str, key: str = "", page: int = 0) -> str:
    return TaskTap(act=act, key=key, page=page).pack()
