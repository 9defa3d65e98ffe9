"""What the buttons of parents carry. A track is told by its Latin name, as in links."""

from functools import lru_cache

from aiogram.filters.callback_data import CallbackData

from handlers.ids import RowId


class ParentTap(CallbackData, prefix="r1"):
    """A screen of open classes. ``act``: tracks, track, schools, school, class, seats, modes,
    mode, list, topic (``key`` is the question's; without one, all questions). ``key``: a
    track's Latin name, a school's slug, a class's number, or a whole scope (see ``scope``).
    ``only``: «s» shows only classes with seats. ``within``: the scope of a question."""

    act: str
    key: str = ""
    page: RowId = 0
    only: str = ""
    within: str = ""


class SubscribeTap(CallbackData, prefix="r2"):
    """``act``: on, off, off_all, list. ``kind`` and ``key`` name the filter."""

    act: str
    kind: str = ""
    key: str = ""


@lru_cache(1024)  # every parent's screen has a dozen, mostly the same
def parent_tap(act: str, key: str = "", page: int = 0, only: str = "", within: str = "") -> str:
    return ParentTap(act=act, key=key, page=page, only=only, within=within).pack()


def subscribe_tap(act: str, kind: str = "", key: str = "") -> str:
    return SubscribeTap(act=act, kind=kind, key=key).pack()
