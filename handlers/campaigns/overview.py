"""The campaign of one summer on one screen: dates, stage, channel, posts; what can be done."""

from datetime import date, datetime

from handlers.campaigns.callbacks import campaign_tap, post_tap
from handlers.campaigns.drafts import FRAME
from handlers.campaigns.post import compose, words_of
from handlers.errors import Outdated
from handlers.screen import Button, Row, Screen
from handlers.visit import Visit
from handlers.words import date_words, q, school_year, shorten, when
from passport.campaign import Campaign, campaign_year, campaign_years, short_title
from passport.numbers import plural
from reminders.campaigning import Planned, schedule
from storage import campaigns, posts, prompts, showcase
from storage.posts import Post
from storage.showcase import Wanted

MARKS = {
    "draft": "📝",
    "queued": "⏳",
    "published": "✅",
    "held": "❓",
    "cancelled": "➖",
    "missed": "➖",
    "failed": "⚠️",
    "removed": "🗑",
}
ENDS = {
    "held": "вышел ли, неизвестно",
    "cancelled": "отменён",
    "missed": "пропущен",
    "failed": "не вышел",
    "removed": "удалён из канала",
}
SHOWN = 20
LONGEST_LABEL = 44


def year_at_hand(visit: Visit) -> str:
    return campaign_year(visit.passport.calendar.today(visit.now))


def known_year(visit: Visit, year: str) -> str:
    """«» is the campaign of now; raises Outdated for a year that has none."""
    if not year:
        return year_at_hand(visit)
    if year not in campaign_years(visit.passport.calendar.today(visit.now)):
        raise Outdated
    return year


async def show_campaign(visit: Visit, year: str = "", notice: str = "") -> Screen:
    await prompts.put(visit.tx, visit.chat_id, None)
    year = known_year(visit, year)
    campaign = await campaigns.of_year(visit.tx, visit.passport.campaigns, year)
    today = visit.passport.calendar.today(visit.now)
    lines = [notice, ""] if notice else []
    lines += [
        f"<b>Приёмная кампания лета {campaign.summer}: классы {school_year(year)}</b>",
        stage_words(campaign, today),
        "",
        *_dates(visit, campaign),
        "",
        _channel(visit),
        await _classes(visit, year),
        "",
        _posts_head(over=today > campaign.ends),
    ]
    planned = schedule(visit.passport.campaigns, campaign, visit.passport.calendar)
    found = await posts.of_year(visit.tx, year)
    rows: list[Row] = []
    listed = _listed(planned, found, over=today > campaign.ends)
    for moment, item in listed[-SHOWN:]:
        if isinstance(item, Post):
            lines.append(_post_line(visit, item, campaign))
            title = words_of(visit, item, campaign).title
            rows.append((Button(_label(MARKS[item.state], title), post_tap("show", item.id)),))
        else:
            lines.append(f"🕒 {when(moment, visit.zone)} – {q(item.occasion.title)}")
            data = campaign_tap("occasion", year, item.occasion.key)
            rows.append((Button(_label("🕒", item.occasion.title), data),))
    if not listed:
        lines.append("Постов не было.")
    rows += _actions(visit, campaign, today)
    return Screen("\n".join(lines), tuple(rows))


def _label(mark: str, title: str) -> str:
    return shorten(f"{mark} {short_title(title)}", LONGEST_LABEL)


def stage_words(campaign: Campaign, today: date) -> str:
    match campaign.stage(today):
        case "before":
            return f"Начнётся {date_words(campaign.starts)}"
        case "informing":
            return f"Идёт информирование, приём заявлений откроется {date_words(campaign.opens)}"
        case "open":
            return f"Идёт приём заявлений, до {date_words(campaign.closes)} включительно"
        case "closed":
            return f"Приём закончен {date_words(campaign.closes)}, подводим итоги"
    return f"Закончена {date_words(campaign.ends)}"


def _dates(visit: Visit, campaign: Campaign) -> list[str]:
    usual = campaign == visit.passport.campaigns.usual(campaign.year)
    source = "по плану, пп. 2.1 и 4.2" if usual else "изменены"
    return [
        f"<b>Даты</b> ({source})",
        f"Информирование: с {date_words(campaign.starts)} по {date_words(campaign.ends)}",
        f"Приём заявлений: с {date_words(campaign.opens)} по {date_words(campaign.closes)}",
    ]


def _channel(visit: Visit) -> str:
    state = visit.channel
    if state.chat is not None:
        return f"<b>Канал:</b> «{q(state.title)}», бот может публиковать"
    name = f" «{q(state.title)}»" if state.title else ""
    return f"<b>Канал{name}:</b> ⚠️ {q(state.trouble)} Посты подождут."


def _posts_head(*, over: bool) -> str:
    rule = "" if over else " (выходят в 10:00 рабочего дня, накануне приходит черновик)"
    return f"<b>Посты</b>{rule}"


async def _classes(visit: Visit, year: str) -> str:
    """How much there is to tell parents."""
    shelves = await showcase.tracks(visit.tx, Wanted(year))
    count = sum(one.classes for one in shelves)
    if not count:
        return "<b>Классы:</b> школы ещё ничего не сообщили"
    noun = plural(count, "класс", "класса", "классов")
    seats, silent = sum(one.seats for one in shelves), sum(one.silent for one in shelves)
    if silent == count:
        return f"<b>Классы:</b> {count} {noun}, о местах школы ещё не сообщили"
    seen = showcase.oldest(shelves)
    oldest = f" от {seen.astimezone(visit.zone):%d.%m.%Y}" if seen else " без даты"
    rest = f"; о местах не сообщили: {silent}" if silent else ""
    where = f"по карточкам классов, самая старая{oldest}"
    return f"<b>Классы:</b> {count} {noun}, свободных мест {seats} ({where}{rest})"


def _listed(
    planned: list[Planned], found: list[Post], *, over: bool
) -> list[tuple[datetime, Post | Planned]]:
    """Posts and, until the campaign is over, what is to come, in the order of their hours."""
    known = {one.occasion for one in found}
    coming = [] if over else [one for one in planned if one.occasion.key not in known]
    every: list[tuple[datetime, Post | Planned]] = [
        *((one.published_at or one.due_at, one) for one in found),
        *((one.due_at, one) for one in coming),
    ]
    return sorted(every, key=lambda pair: pair[0])


def _post_line(visit: Visit, post: Post, campaign: Campaign) -> str:
    moment = when(post.published_at or post.due_at, visit.zone)
    title = q(shorten(words_of(visit, post, campaign).title))
    end = f" ({ENDS[post.state]})" if post.state in ENDS else ""
    if post.state == "draft" and post.due_at <= visit.now:
        end = " (ждёт канала)" if visit.channel.chat is None else " (выходит)"
    return f"{MARKS[post.state]} {moment} – {title}{end}"


def _actions(visit: Visit, campaign: Campaign, today: date) -> list[Row]:
    year = campaign.year
    rows: list[Row] = []
    if year == year_at_hand(visit):
        rows.append((Button("Объявление в канал", campaign_tap("announce", year)),))
        rows.append((Button("Изменить даты", campaign_tap("dates", year)),))
    years = campaign_years(today)
    note = Button("Справка 2.1", campaign_tap("note", year))
    # In autumn the note that is asked for is that of the summer that has just ended.
    if campaign.stage(today) == "before" and today.year < campaign.summer and len(years) > 1:
        note = Button(f"Справка 2.1, лето {years[-2][:4]}", campaign_tap("note", years[-2]))
    rows.append((note, Button("Сравнить с прошлой", campaign_tap("last_year", year))))
    at = years.index(year)
    others = [*years[max(0, at - 1) : at], *years[at + 1 : at + 2]]
    rows.append(tuple(Button(f"Лето {one[:4]}", campaign_tap("show", one)) for one in others))
    return [row for row in rows if row]


# --- an occasion that is still to come --------------------------------------------------------


async def show_occasion(visit: Visit, year: str, key: str) -> Screen:
    """How the post would look if it went out now."""
    await prompts.put(visit.tx, visit.chat_id, None)
    planned = await _planned(visit, year, key)
    shown = await compose(visit, _not_yet(year, planned), FRAME)
    text = (
        "🕒 <b>Пост ещё не подготовлен</b>\n"
        f"Черновик придёт {when(planned.draft_at, visit.zone)}, пост выйдет "
        f"{when(planned.due_at, visit.zone)}. Сейчас он выглядел бы так:\n———\n{shown.text}"
    )
    return Screen(
        text,
        (
            (Button("Изменить или перенести сейчас", campaign_tap("prepare", year, key)),),
            (Button("← Кампания", campaign_tap("show", year)),),
        ),
    )


async def prepare(visit: Visit, year: str, key: str) -> Post:
    """The draft of an occasion before its time; the one there is, if a colleague was quicker."""
    planned = await _planned(visit, year, key)
    await posts.propose(visit.tx, year, key, planned.due_at)
    return next(one for one in await posts.of_year(visit.tx, year) if one.occasion == key)


async def _planned(visit: Visit, year: str, key: str) -> Planned:
    """Raises Outdated when its hour is past: then it goes its own way."""
    campaign = await campaigns.of_year(visit.tx, visit.passport.campaigns, year)
    for one in schedule(visit.passport.campaigns, campaign, visit.passport.calendar):
        if one.occasion.key == key and one.due_at > visit.now:
            return one
    raise Outdated


def _not_yet(year: str, planned: Planned) -> Post:
    return Post(
        id=0,
        year=year,
        occasion=planned.occasion.key,
        school="",
        words="",
        due_at=planned.due_at,
        state="draft",
        revision=0,
        decided_by=None,
        decided_at=None,
        own_hour=False,
        published_at=None,
        chat=None,
        message_id=None,
        shown="",
        shown_at=None,
        reason="",
    )
