"""Posts of the channel: the post itself, its draft to managers, and what went wrong with it."""

from handlers.campaigns.callbacks import campaign_tap
from handlers.campaigns.drafts import draft_screen, post_screen
from handlers.campaigns.post import compose
from handlers.notices.letter import Later, Pointless
from handlers.screen import Button, Screen
from handlers.visit import Visit
from handlers.words import q
from reminders.campaigning import overtaken, schedule_of
from storage import posts
from storage.outbox import Posted

LOST_RIGHTS = "rights"
FORGOTTEN = (
    "⚠️ База восстановлена из копии, и то, что вы решили о посте после неё, пропало. "
    "Если он уже вышел или отменён, отмените его."
)


async def post(visit: Visit, posted: Posted) -> Screen | Later | Pointless | None:
    """What goes to the channel now; None when managers have stopped it, or it has become stale."""
    found = await posts.get(visit.tx, posted.ref or 0)
    if found is None or found.state != "queued":
        return None
    planned = await schedule_of(visit.tx, visit.passport, found.year)
    if posted.sent_after is None and overtaken(planned, found, visit.now):
        return None
    return await compose(visit, found)


async def draft(visit: Visit, posted: Posted) -> Screen | Later | Pointless | None:
    """To managers, a working day before; None when the post is decided or gone out already."""
    found = await posts.get(visit.tx, posted.ref or 0)
    if found is None or found.state != "draft" or found.due_at <= visit.now:
        return None
    return await draft_screen(visit, found, FORGOTTEN if posted.why == posts.RECOVERED else "")


async def trouble(visit: Visit, posted: Posted) -> Screen | Later | Pointless | None:
    """Why nothing can be posted, or what became of one post, with the way out."""
    if posted.why == LOST_RIGHTS:
        if visit.channel.chat is not None:
            return Pointless("бот снова может публиковать")
        return Screen(
            f"⚠️ <b>Посты в канал не выходят.</b>\n{q(visit.channel.trouble)}\n"
            "Откройте канал → «Администраторы» → бот → «Публикация сообщений». Посты подождут и "
            "выйдут сами, как только право появится.",
            ((Button("Кампания и посты", campaign_tap("show")),),),
        )
    found = await posts.get(visit.tx, posted.ref or 0)
    if found is None or found.state not in ("held", "failed", "removed"):
        return None
    return await post_screen(visit, found)
