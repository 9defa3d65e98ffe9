"""What the buttons of parents carry. A track is told by its Latin name, as in links."""

from aiogram.filters.callback_data import CallbackData

from handlers.ids import RowId


class ParentTap(CallbackData, prefix="u1"):
    """A screen of open classes. ``act``: home, tracks, track, schools, school, class, seats, mode,
    topic (``key`` is the question's), when. ``key``: a track's Latin name, a school's slug, a
    class's number. ``only``: «s» shows only classes with seats."""

    act: str
    key: str = ""
    page: RowId = 0
    only: str = ""


class SubscribeTap(CallbackData, prefix="u2"):
    """``act``: on, off, off_all, list. ``kind`` and ``key`` name the filter."""

    act: str
    kind: str = ""
    key: str = ""


def parent_tap(act: str, key: str = "", page: int = 0, only: str = "") -> str:
    return ParentTap(act=act, key=key, page=page, only=only).pack()


def subscribe_tap(act: str, kind: str = "", key: str = "") -> str:
    return SubscribeTap(act=act, kind=kind, key=key).pack()
