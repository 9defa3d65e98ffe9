"""What managers decide about a post. Whoever comes second is told who was first."""

from datetime import date, timedelta

from handlers.campaigns import rewording
from handlers.campaigns.callbacks import PostTap, post_tap
from handlers.campaigns.choosing import OFFERED, day_of, day_rows, first_day, working_days
from handlers.campaigns.drafts import draft_screen, post_screen, title_of
from handlers.campaigns.post import plain, words_of
from handlers.errors import Outdated
from handlers.screen import Button, Note, Reply, Row, Screen
from handlers.visit import Visit
from handlers.welcome import ROLE_NAMES
from handlers.words import date_words, q, when
from passport.announcement import parse_announcement
from passport.campaign import Campaign, post_moment
from passport.parsing import parse_coming_day
from passport.values import Refusal, Slot
from reminders.campaigning import overtaken, schedule_of
from storage import audit, campaigns, people, posts, prompts
from storage.audit import Act
from storage.posts import Post
from storage.prompts import Prompt

LOST = "Новый текст не сохранился. Пришлите его ещё раз."


async def known(visit: Visit, post_id: int) -> Post:
    found = await posts.get(visit.tx, post_id)
    if found is None:
        raise Outdated("Такого поста нет. Вот что сейчас.")
    return found


async def route(visit: Visit, data: PostTap) -> Reply:
    post = await known(visit, data.id)
    words = await rewording.offered(visit, post)
    await prompts.put(visit.tx, visit.chat_id, None)
    match data.act:
        case "show":
            if post.state == "draft":
                await rewording.stay(visit, post)
            return Reply(await post_screen(visit, post))
        case "twin":
            note = Note(f"<pre>{q(await plain(visit, post))}</pre>")
            notice = "Текст выше: нажмите на него, и он скопируется."
            return Reply(await post_screen(visit, post, notice), notes=(note,))
    if post.revision != data.seen:
        return Reply(await post_screen(visit, post, await _who_was_first(visit, post)))
    if data.act == "replace" and post.state == "draft":
        changed = await (_change(visit, post, words) if words else ask_words(visit, post, LOST))
        return Reply(changed)
    return Reply(await _decided(visit, data, post))


async def _decided(visit: Visit, data: PostTap, post: Post) -> Screen:
    match data.act, post.state:
        case "now", "draft":
            return await _publish(visit, post)
        case "again", "failed" | "cancelled":
            return await _publish(visit, post)
        case "change", "draft":
            return await ask_words(visit, post)
        case "usual", "draft" if post.occasion:
            return await _change(visit, post, "")
        case "cancel", "draft":
            return await _sure(visit, post)
        case "cancelled", "draft":
            await posts.decide(visit.tx, post, _me(visit), state="cancelled")
            await _log(visit, "cancel_post", post)
            return await post_screen(visit, await known(visit, post.id))
        case "restore", "cancelled" if post.due_at > visit.now:
            await posts.decide(visit.tx, post, _me(visit), state="draft")
            await _log(visit, "move_post", post, f"снова выйдет {when(post.due_at, visit.zone)}")
            return await post_screen(visit, await known(visit, post.id), "✅ Пост возвращён.")
        case "move", "draft":
            return await ask_day(visit, post)
        case "day", "draft":
            day = day_of(data.arg)
            if day is None:
                raise Outdated
            return await _move(visit, post, day)
        case "went", "held":
            await posts.decide(
                visit.tx, post, _me(visit), state="published", published_at=visit.now, reason=""
            )
            await _log(visit, "publish", post, "вышел, ответа не было")
            notice = "✅ Записано: пост вышел. Числа в нём бот менять не сможет."
            return await post_screen(visit, await known(visit, post.id), notice)
        case "not_went", "held":
            planned = await schedule_of(visit.tx, visit.passport, post.year)
            if overtaken(planned, post, visit.now):
                await posts.decide(visit.tx, post, _me(visit), state="missed", reason="")
                await _log(visit, "cancel_post", post, "вместо него вышел следующий")
                return await post_screen(visit, await known(visit, post.id))
            return await _publish(visit, post)
    return await post_screen(visit, post, await _who_was_first(visit, post))


def _me(visit: Visit) -> int:
    assert visit.person is not None
    return visit.person.id


async def _log(visit: Visit, act: Act, post: Post, more: str = "") -> None:
    title = await title_of(visit, post)
    detail = f"{title}, {more}" if more else title
    school = post.school or None
    await audit.add(visit.tx, act, _me(visit), year=post.year, school=school, detail=detail)


async def _who_was_first(visit: Visit, post: Post) -> str:
    """One sentence: somebody has decided, or the post has gone out, since the button was drawn."""
    if post.decided_by is None or post.decided_at is None:
        if post.state in ("queued", "published"):
            return "Кнопка устарела: никто не возразил, и пост вышел в свой час."
        return "Кнопка устарела: с постом уже что-то произошло. Вот он теперь."
    verb = "решил судьбу этого поста"
    if post.state == "cancelled":
        verb = "отменил этот пост"
    elif post.due_at == post.decided_at:
        verb = "отправил этот пост в канал"
    elif post.state == "draft":
        verb = "изменил этот пост"
    moment = when(post.decided_at, visit.zone)
    if post.decided_by == _me(visit):
        return f"Это уже решено вами, {moment}. Вот что теперь."
    person = await people.get(visit.tx, post.decided_by)
    role = ROLE_NAMES[person.role] if person else "коллега"
    place = f" ({q(person.post)})" if person and person.post else ""
    return f"Раньше вас {role}{place} {verb}: {moment}. Вот что теперь."


async def _publish(visit: Visit, post: Post) -> Screen:
    await posts.decide(
        visit.tx, post, _me(visit), state="draft", due_at=visit.now, own_hour=True, reason=""
    )
    await _log(visit, "publish", post)
    return await post_screen(visit, await known(visit, post.id))


async def _sure(visit: Visit, post: Post) -> Screen:
    back = "Этот повод бывает раз в год: сам бот его больше не предложит." if post.occasion else ""
    return Screen(
        f"Отменить пост «{q(await title_of(visit, post))}»?\n{back}".rstrip(),
        (
            (
                Button(
                    "Да, отменить", post_tap("cancelled", post.id, post.revision), style="danger"
                ),
            ),
            (Button("← Нет", post_tap("show", post.id)),),
        ),
    )


# --- words -----------------------------------------------------------------------------------


async def ask_words(visit: Visit, post: Post, notice: str = "") -> Screen:
    """The words as they are, to be copied; the next typed text takes their place."""
    prompt = Prompt("post_words", 0, Slot("", post.id), revision=post.revision)
    await prompts.put(visit.tx, visit.chat_id, prompt)
    campaign = await campaigns.of_year(visit.tx, visit.passport.campaigns, post.year)
    words = words_of(visit, post, campaign)
    lines = [notice, ""] if notice else []
    lines.append("Пришлите новый текст одним сообщением: первая строка – заголовок.")
    if post.occasion:
        lines.append("Список классов, ссылки и дату бот добавит под ним сам.")
    now = f"{words.title}\n{words.lead}".strip()
    lines += ["", "Сейчас (нажмите, чтобы скопировать):", f"<pre>{q(now)}</pre>"]
    rows: list[Row] = []
    if post.occasion and post.words:
        usual = post_tap("usual", post.id, post.revision)
        rows.append((Button("Вернуть обычный текст", usual),))
    rows.append((Button("← Пост", post_tap("show", post.id)),))
    return Screen("\n".join(lines), tuple(rows))


async def typed_words(visit: Visit, prompt: Prompt, text: str) -> Screen:
    post = await _still_open(visit, prompt)
    if isinstance(post, Screen):
        return post
    said = parse_announcement(text, rewording.longest(post))
    if isinstance(said, Refusal):
        return await ask_words(visit, post, f"⚠️ {q(said.text)}")
    return await _change(visit, post, said.text)


async def _change(visit: Visit, post: Post, words: str) -> Screen:
    await posts.decide(visit.tx, post, _me(visit), words=words)
    after = await known(visit, post.id)
    await _log(visit, "change_post", after)
    await rewording.stay(visit, after)
    notice = "✅ Текст изменён. Проверьте, как он выглядит; чтобы заменить, пришлите другой."
    return await post_screen(visit, after, notice)


async def _still_open(visit: Visit, prompt: Prompt) -> Post | Screen:
    """The post that a typed text is about; what became of it if it was decided meanwhile."""
    post = await known(visit, prompt.slot.class_id)
    if post.state == "draft" and post.revision == prompt.revision:
        return post
    await prompts.put(visit.tx, visit.chat_id, None)
    return await post_screen(visit, post, await _who_was_first(visit, post))


# --- days ------------------------------------------------------------------------------------


async def ask_day(visit: Visit, post: Post, notice: str = "") -> Screen:
    prompt = Prompt("post_day", 0, Slot("", post.id), revision=post.revision)
    await prompts.put(visit.tx, visit.chat_id, prompt)
    offered = await _offered(visit, post)
    lines = [notice, ""] if notice else []
    lines += [
        f"<b>{q(await title_of(visit, post))}</b>",
        f"Сейчас: {when(post.due_at, visit.zone)}",
        "",
        "На какой день перенести? Пост выйдет в 10:00. Нажмите день или напишите дату, "
        f"например: <code>{_example(visit, offered)}</code>",
    ]
    rows = day_rows(
        offered,
        lambda day: post_tap("day", post.id, post.revision, day.isoformat()),
    )
    rows.append((Button("← Пост", post_tap("show", post.id)),))
    return Screen("\n".join(lines), tuple(rows))


async def _offered(visit: Visit, post: Post) -> list[date]:
    """Working days, also for an announcement: on a day off it goes out if somebody types that."""
    campaign = await campaigns.of_year(visit.tx, visit.passport.campaigns, post.year)
    now = visit.passport.calendar.today(post.due_at)
    days = (day for day in working_days(visit, 45) if day != now)
    return [day for day in days if _wrong_day(visit, post, campaign, day) is None][:OFFERED]


def _example(visit: Visit, offered: list[date]) -> str:
    return f"{offered[0] if offered else first_day(visit):%d.%m}"


def _wrong_day(visit: Visit, post: Post, campaign: Campaign, day: date) -> str | None:
    """Why a post cannot go out on this day."""
    calendar, first = visit.passport.calendar, first_day(visit)
    if day < first:
        near = first
        if post.occasion and not calendar.is_working_day(first):
            near = calendar.add_working_days(first, 1)
        return f"10:00 этого дня уже прошло. Подходит {date_words(near)} или позже."
    if not post.occasion:
        last = first + timedelta(days=365)
        return None if day <= last else f"Слишком далеко. Подходит до {last:%d.%m.%Y}."
    last = max(campaign.ends, first)
    while not calendar.is_working_day(last):
        last += timedelta(days=1)
    if day > last:
        return f"Кампания кончается {date_words(campaign.ends)}: перенести можно не дальше."
    if not calendar.is_working_day(day):
        near = calendar.add_working_days(day, 1)
        near = near if near <= last else calendar.add_working_days(day, -1)
        return (
            f"{date_words(day)} – выходной, посты кампании выходят по рабочим дням. "
            f"Например: {near:%d.%m}"
        )
    return None


async def typed_day(visit: Visit, prompt: Prompt, text: str) -> Screen:
    post = await _still_open(visit, prompt)
    if isinstance(post, Screen):
        return post
    example = _example(visit, await _offered(visit, post))
    day = parse_coming_day(text, visit.passport.calendar.today(visit.now), example)
    if isinstance(day, Refusal):
        return await ask_day(visit, post, f"⚠️ {q(day.text)}")
    return await _move(visit, post, day)


async def _move(visit: Visit, post: Post, day: date) -> Screen:
    campaign = await campaigns.of_year(visit.tx, visit.passport.campaigns, post.year)
    wrong = _wrong_day(visit, post, campaign, day)
    if wrong is not None:
        return await ask_day(visit, post, f"⚠️ {q(wrong)}")
    await prompts.put(visit.tx, visit.chat_id, None)
    due_at = post_moment(visit.passport.campaigns, visit.passport.calendar, day)
    if due_at == post.due_at:
        return await draft_screen(visit, post, f"Этот день уже стоит: {date_words(day)}.")
    await posts.decide(visit.tx, post, _me(visit), due_at=due_at, own_hour=True)
    await _log(visit, "move_post", post, f"на {date_words(day)}")
    after = await known(visit, post.id)
    return await draft_screen(visit, after, f"✅ Перенесено на {date_words(day)}.")


async def present(visit: Visit, prompt: Prompt) -> Screen:
    """The question about a post that waits for a text."""
    post = await _still_open(visit, prompt)
    if isinstance(post, Screen):
        return post
    return await (ask_words if prompt.purpose == "post_words" else ask_day)(visit, post)
