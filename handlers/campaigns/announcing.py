"""A free announcement: typed, looked at, then published now, on a day, or not at all.

Until it is decided the text lives in the prompt of its writer: nobody else sees it.
"""

import re
from datetime import date, datetime, timedelta

from handlers.campaigns.callbacks import campaign_tap
from handlers.campaigns.choosing import OFFERED, day_of, day_rows, first_day, working_days
from handlers.campaigns.drafts import post_screen
from handlers.campaigns.rewording import LONGEST_ANNOUNCEMENT
from handlers.errors import Outdated
from handlers.screen import Button, Screen
from handlers.visit import Visit
from handlers.words import date_words, q
from passport.announcement import EXAMPLE, parse_announcement
from passport.campaign import post_moment
from passport.parsing import parse_coming_day
from passport.values import Refusal, Slot
from storage import audit, posts, prompts, schools
from storage.prompts import Prompt

FARTHEST = timedelta(days=365)
LOST = "Текст объявления уже отправлен или не сохранился. Пришлите его ещё раз."
_SCHOOL = re.compile(r"(?:школ\w*|лице\w*|гимнази\w*|№)\s*(?:№\s*)?(\d{1,3})(?!\d)", re.IGNORECASE)


async def ask(visit: Visit, year: str, notice: str = "") -> Screen:
    prompt = Prompt("announce", 0, Slot(""), draft=f"{year}\n")
    await prompts.put(visit.tx, visit.chat_id, prompt)
    lines = [notice, ""] if notice else []
    lines += [
        "<b>Объявление в канал</b>",
        "Пришлите текст одним сообщением. Первая строка станет заголовком, если строк несколько. "
        "Например:",
        f"<i>{q(EXAMPLE)}</i>",
        "",
        "Имён и личных телефонов не пишите; телефон приёмной и ссылки можно. Сначала я покажу, "
        "как это будет выглядеть.",
    ]
    return Screen("\n".join(lines), ((Button("← Кампания", campaign_tap("show", year)),),))


async def typed(visit: Visit, prompt: Prompt, text: str) -> Screen:
    year, words = _kept(prompt)
    said = parse_announcement(text, LONGEST_ANNOUNCEMENT)
    if isinstance(said, Refusal):
        notice = f"⚠️ {q(said.text)}"
        return await (preview(visit, year, words, notice) if words else ask(visit, year, notice))
    return await preview(visit, year, said.text)


def _kept(prompt: Prompt | None) -> tuple[str, str]:
    """(campaign, text) of the announcement that somebody is writing."""
    if prompt is None or prompt.purpose not in ("announce", "announce_day"):
        return "", ""
    year, _, words = (prompt.draft or "").partition("\n")
    return year, words


async def _writing(visit: Visit) -> tuple[str, str]:
    year, words = _kept(await prompts.get(visit.tx, visit.chat_id))
    if not words:
        raise Outdated(LOST)
    return year, words


async def school_of(visit: Visit, words: str) -> str | None:
    """The one school that a text names: its button leads there."""
    numbers = {int(found) for found in _SCHOOL.findall(words)}
    known = {one.number: one.slug for one in await schools.every(visit.tx)}
    named = [known[number] for number in numbers if number in known]
    return named[0] if len(named) == 1 else None


async def preview(visit: Visit, year: str, words: str, notice: str = "") -> Screen:
    """As it will stand in the channel, above what can be done with it."""
    prompt = Prompt("announce", 0, Slot(""), draft=f"{year}\n{words}")
    await prompts.put(visit.tx, visit.chat_id, prompt)
    title, _, lead = words.partition("\n")
    shown = f"<b>{q(title)}</b>\n\n{q(lead.strip())}" if lead.strip() else q(title)
    school = await school_of(visit, words)
    where = f"Классы: {visit.school_name(school)}" if school else "Открытые классы"
    lines = [notice, ""] if notice else []
    lines += [
        "👁 <b>Так объявление будет выглядеть в канале</b>",
        f"Под ним – кнопка «{q(where)}». Чтобы заменить текст, пришлите другой.",
    ]
    if visit.channel.chat is None:
        lines.append(f"⚠️ {q(visit.channel.trouble)} До тех пор объявление подождёт.")
    lines += ["———", shown]
    return Screen(
        "\n".join(lines),
        (
            (Button("Опубликовать сейчас", campaign_tap("announce_now", year), style="primary"),),
            (Button("В 10:00 выбранного дня", campaign_tap("announce_days", year)),),
            (Button("Не публиковать", campaign_tap("announce_no", year), style="danger"),),
        ),
    )


async def ask_day(visit: Visit, notice: str = "") -> Screen:
    """Working days as buttons; any other can be typed."""
    year, words = await _writing(visit)
    prompt = Prompt("announce_day", 0, Slot(""), draft=f"{year}\n{words}")
    await prompts.put(visit.tx, visit.chat_id, prompt)
    offered = working_days(visit, 30)[:OFFERED]
    lines = [notice, ""] if notice else []
    lines += [
        "В какой день опубликовать? Объявление выйдет в 10:00, накануне придёт черновик. "
        f"Нажмите день или напишите дату, например: <code>{offered[0]:%d.%m}</code>"
    ]
    rows = day_rows(offered, lambda day: campaign_tap("announce_day", year, day.isoformat()))
    rows.append((Button("← Назад", campaign_tap("announce_back", year)),))
    return Screen("\n".join(lines), tuple(rows))


async def typed_day(visit: Visit, text: str) -> Screen:
    example = f"{working_days(visit, 30)[0]:%d.%m}"
    day = parse_coming_day(text, visit.passport.calendar.today(visit.now), example)
    if isinstance(day, Refusal):
        return await ask_day(visit, f"⚠️ {q(day.text)}")
    return await on_day(visit, day)


async def pressed_day(visit: Visit, arg: str) -> Screen:
    day = day_of(arg)
    if day is None:
        raise Outdated
    return await on_day(visit, day)


async def on_day(visit: Visit, day: date) -> Screen:
    first = first_day(visit)
    if not first <= day <= first + FARTHEST:
        notice = f"⚠️ Подходит день с {date_words(first)}, не дальше года. Например: {first:%d.%m}"
        return await ask_day(visit, notice)
    moment = post_moment(visit.passport.campaigns, visit.passport.calendar, day)
    return await _announce(visit, moment, f"на {date_words(day)}")


async def now(visit: Visit) -> Screen:
    return await _announce(visit, visit.now, "сейчас")


async def back(visit: Visit) -> Screen:
    return await preview(visit, *await _writing(visit))


async def _announce(visit: Visit, due_at: datetime, when_words: str) -> Screen:
    assert visit.person is not None
    year, words = await _writing(visit)
    school = await school_of(visit, words)
    number = await posts.announce(
        visit.tx, year, words, due_at=due_at, by=visit.person.id, school=school
    )
    await prompts.put(visit.tx, visit.chat_id, None)
    title = words.partition("\n")[0]
    await audit.add(
        visit.tx,
        "announce",
        visit.person.id,
        year=year,
        school=school,
        detail=f"{title}, {when_words}",
    )
    post = await posts.get(visit.tx, number)
    assert post is not None
    return await post_screen(visit, post, "✅ Объявление принято.")


async def present(visit: Visit, prompt: Prompt) -> Screen:
    """The question that waits for a text."""
    year, words = _kept(prompt)
    if prompt.purpose == "announce_day":
        return await ask_day(visit)
    return await (preview(visit, year, words) if words else ask(visit, year))
