"""What the buttons of campaigns carry.

``seen`` is the post's revision that the button was drawn for: a colleague may decide meanwhile.
"""

from aiogram.filters.callback_data import CallbackData

from handlers.ids import RowId


class CampaignTap(CallbackData, prefix="p3"):
    """A campaign of a summer. ``act``: show; dates, date (``arg`` is which of the four), day
    (``arg``: which, a dot, the day), plan_dates; occasion, prepare (``arg`` is its key); announce,
    announce_now, announce_days, announce_day (``arg`` is the day), announce_back,
    announce_no; note, book, last_year."""

    act: str
    year: str = ""
    arg: str = ""


class PostTap(CallbackData, prefix="p2"):
    """A post. ``act``: show, now, change, replace (by the text
    that was offered), usual (its own words are dropped), cancel, cancelled,
    restore, move, day (``arg`` is the day), twin, went, not_went, again."""

    act: str
    id: RowId
    seen: RowId = 0
    arg: str = ""


def campaign_tap(act: str, year: str = "", arg: str = "") -> str:
    return CampaignTap(act=act, year=year, arg=arg).pack()


def post_tap(act: str, post_id: int, seen: int = 0, arg: str = "") -> str:
    return PostTap(act=act, id=post_id, seen=seen, arg=arg).pack()
