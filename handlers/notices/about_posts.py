"""Posts of the channel: the post itself, its draft to managers, and what went wrong with it."""

from handlers.campaigns.callbacks import campaign_tap, post_tap
from handlers.campaigns.drafts import draft_screen
from handlers.campaigns.post import compose, words_of
from handlers.notices.letter import Later, Pointless
from handlers.screen import Button, Screen
from handlers.visit import Visit
from handlers.words import q
from storage import campaigns, posts
from storage.outbox import Posted

LOST_RIGHTS = "rights"


async def post(visit: Visit, posted: Posted) -> Screen | Later | Pointless | None:
    """What goes to the channel now; None when managers have stopped it meanwhile."""
    found = await posts.get(visit.tx, posted.ref or 0)
    if found is None or found.state != "queued":
        return None
    return await compose(visit, found)


async def draft(visit: Visit, posted: Posted) -> Screen | Later | Pointless | None:
    """To managers, a working day before; None when the post is decided already."""
    found = await posts.get(visit.tx, posted.ref or 0)
    if found is None or found.state != "draft":
        return None
    return await draft_screen(visit, found)


async def trouble(visit: Visit, posted: Posted) -> Screen | Later | Pointless | None:
    """Why nothing can be posted, or what became of one post, with the way out."""
    if posted.why == LOST_RIGHTS:
        return Screen(
            "⚠️ <b>Бот не может публиковать в канале.</b>\n"
            "Откройте канал → «Администраторы» → добавьте бота и разрешите ему публиковать и "
            "изменять сообщения. Посты подождут и выйдут сами.",
            ((Button("Кампания и посты", campaign_tap("show")),),),
        )
    found = await posts.get(visit.tx, posted.ref or 0)
    if found is None or found.state not in ("held", "failed", "removed"):
        return None
    campaign = await campaigns.of_year(visit.tx, visit.passport.campaigns, found.year)
    title = q(words_of(visit, found, campaign).title)
    if found.state == "held":
        return Screen(
            f"❓ <b>Вышел ли пост «{title}»?</b>\n"
            "Telegram не ответил, и бот не знает, появился ли пост в канале. Посмотрите в канал и "
            "ответьте: сам бот второй раз не публикует.",
            (
                (Button("Да, вышел", post_tap("went", found.id, found.revision)),),
                (Button("Нет, опубликовать", post_tap("not_went", found.id, found.revision)),),
            ),
        )
    if found.state == "removed":
        return Screen(
            f"ℹ️ Пост «{title}» удалён из канала: числа в нём больше не обновляются. "
            "Снова бот его не публикует.",
            ((Button("Кампания и посты", campaign_tap("show")),),),
        )
    return Screen(
        f"⚠️ <b>Пост «{title}» не вышел.</b>\n{q(found.reason)}\n"
        "Исправьте причину и опубликуйте снова.",
        (
            (Button("Опубликовать", post_tap("again", found.id, found.revision)),),
            (Button("Кампания и посты", campaign_tap("show")),),
        ),
    )
