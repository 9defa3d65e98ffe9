"""One post as managers see it: before it goes out with their decisions, afterwards with its end."""

from handlers.campaigns.callbacks import campaign_tap, post_tap
from handlers.campaigns.post import compose, words_of
from handlers.screen import Button, Row, Screen
from handlers.visit import Visit
from handlers.words import q, when
from storage import campaigns, posts
from storage.posts import RECOVERED, Post

FRAME = 700  # signs that a screen adds to the post: what colleagues did, where it stands


async def draft_screen(visit: Visit, post: Post, notice: str = "") -> Screen:
    """The post as it stands now, above the decisions. Silence publishes it at its hour."""
    if visit.channel.chat is None:
        hour = f"Час поста: {when(post.due_at, visit.zone)}.\n{_trouble(visit)}"
    else:
        hour = f"Выйдет сам {when(post.due_at, visit.zone)}, если ничего не нажимать."
    text = await _framed(visit, post, "📝 <b>Черновик поста в канал</b>", hour, notice)
    return Screen(text, decisions(post))


async def post_screen(visit: Visit, post: Post, notice: str = "") -> Screen:
    """The post in whatever state it is."""
    match post.state:
        case "draft" if post.due_at > visit.now:
            return await draft_screen(visit, post, notice)
        case "draft" | "queued":
            return await _going(visit, post, notice)
        case "held":
            return await _held(visit, post, notice)
        case "published":
            return await _published(visit, post, notice)
    return await _ended(visit, post, notice)


async def title_of(visit: Visit, post: Post) -> str:
    """Not quoted yet."""
    campaign = await campaigns.of_year(visit.tx, visit.passport.campaigns, post.year)
    return words_of(visit, post, campaign).title


def decisions(post: Post) -> tuple[Row, ...]:
    seen = post.revision
    return (
        (Button("Опубликовать сейчас", post_tap("now", post.id, seen), style="primary"),),
        (
            Button("Изменить", post_tap("change", post.id, seen)),
            Button("Перенести", post_tap("move", post.id, seen)),
        ),
        (Button("Отменить", post_tap("cancel", post.id, seen), style="danger"),),
        *_ways_on(post),
    )


def _ways_on(post: Post) -> tuple[Row, ...]:
    return (
        (
            Button("Текст для ВКонтакте и MAX", post_tap("twin", post.id)),
            Button("← Кампания", campaign_tap("show", post.year)),
        ),
    )


def _trouble(visit: Visit) -> str:
    return f"⚠️ {q(visit.channel.trouble)} До тех пор пост подождёт."


async def _framed(visit: Visit, post: Post, head: str, hour: str, notice: str) -> str:
    shown = await compose(visit, post, FRAME)
    above = f"{notice}\n\n" if notice else ""
    return f"{above}{head}\n{hour}\n———\n{shown.text}"


async def _going(visit: Visit, post: Post, notice: str) -> Screen:
    """Its hour has come: it is on its way, or waits for the channel."""
    stop: tuple[Row, ...] = ()
    if post.state == "draft" and visit.channel.chat is None:
        head, hour = "⏳ <b>Пост ждёт канала</b>", _trouble(visit)
        stop = (
            (
                Button("Изменить", post_tap("change", post.id, post.revision)),
                Button("Отменить", post_tap("cancel", post.id, post.revision), style="danger"),
            ),
        )
    else:
        head, hour = "⏳ <b>Пост выходит в канал</b>", "Обычно это занимает меньше минуты."
    return Screen(await _framed(visit, post, head, hour, notice), (*stop, *_ways_on(post)))


async def _held(visit: Visit, post: Post, notice: str) -> Screen:
    above = f"{notice}\n\n" if notice else ""
    why = "База восстановлена из копии" if post.reason == RECOVERED else "Telegram не ответил"
    return Screen(
        f"{above}❓ <b>Вышел ли пост «{q(await title_of(visit, post))}»?</b>\n"
        f"{why}, и бот не знает, появился ли пост в канале. Посмотрите в канал и "
        "ответьте: сам бот второй раз не публикует.",
        (
            (Button("Да, вышел", post_tap("went", post.id, post.revision)),),
            (Button("Нет, опубликовать", post_tap("not_went", post.id, post.revision)),),
            (Button("← Кампания", campaign_tap("show", post.year)),),
        ),
    )


async def _published(visit: Visit, post: Post, notice: str) -> Screen:
    assert post.published_at is not None
    hour = f"{when(post.published_at, visit.zone)}."
    if await _is_kept_fresh(visit, post):
        hour += " Числа и даты в нём обновляются сами, не чаще раза в час."
    elif visit.passport.campaigns.knows(post.occasion):
        hour += " Ниже он с данными на сейчас; в канале остался таким, каким был."
    rows: tuple[Row, ...] = ()
    internal = str(post.chat or "").removeprefix("-100")
    if post.message_id is not None and internal != str(post.chat):
        link = f"https://t.me/c/{internal}/{post.message_id}"
        rows = ((Button("Открыть в канале", url=link),),)
    text = await _framed(visit, post, "✅ <b>Пост вышел</b>", hour, notice)
    return Screen(text, (*rows, *_ways_on(post)))


async def _is_kept_fresh(visit: Visit, post: Post) -> bool:
    """Whether the channel shows what the screen shows, to within an hour."""
    newest = await posts.latest(visit.tx)
    if newest is None or newest.id != post.id or post.message_id is None:
        return False
    if not visit.passport.campaigns.knows(post.occasion):
        return False
    campaign = await campaigns.of_year(visit.tx, visit.passport.campaigns, post.year)
    return campaign.stage(visit.passport.calendar.today(visit.now)) != "over"


def _without_words(visit: Visit, post: Post) -> bool:
    """Its occasion was taken out of the data, and with it all that it had to say."""
    known = visit.passport.campaigns.knows(post.occasion)
    return bool(post.occasion) and not known and not post.words


async def _ended(visit: Visit, post: Post, notice: str) -> Screen:
    """It did not go out, or stands there no more."""
    title = q(await title_of(visit, post))
    above = f"{notice}\n\n" if notice else ""
    gone = _without_words(visit, post)
    text = {
        "cancelled": f"➖ <b>Пост «{title}» отменён.</b>\nСам он не выйдет.",
        "missed": f"➖ <b>Пост «{title}» пропущен.</b>\n"
        + (
            "Такого повода среди постов кампании больше нет."
            if gone
            else "Его час прошёл, пока бот не мог публиковать, а следующий пост скажет больше."
        ),
        "removed": f"ℹ️ <b>Пост «{title}» удалён из канала.</b>\nЧисла в нём больше не "
        "обновляются. Снова бот его не публикует.",
        "failed": f"⚠️ <b>Пост «{title}» не вышел.</b>\nПричина: {q(post.reason)}.\n"
        "Исправьте её и опубликуйте снова.",
    }[post.state]
    rows: list[Row] = []
    if post.state == "cancelled" and post.due_at > visit.now and not gone:
        label = f"Вернуть: выйдет {when(post.due_at, visit.zone)}"
        rows.append((Button(label, post_tap("restore", post.id, post.revision)),))
    if post.state in ("cancelled", "failed") and not gone:
        again = post_tap("again", post.id, post.revision)
        rows.append((Button("Опубликовать сейчас", again),))
    return Screen(f"{above}{text}", (*rows, *_ways_on(post)))
