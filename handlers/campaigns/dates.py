"""The four dates of a campaign: shown, and moved by a button or a typed date."""

from datetime import date, timedelta

from handlers.campaigns.callbacks import campaign_tap
from handlers.campaigns.choosing import day_of, day_rows
from handlers.campaigns.overview import show_campaign
from handlers.errors import Outdated
from handlers.screen import Button, Row, Screen
from handlers.visit import Visit
from handlers.words import date_words, q
from passport.campaign import Anchor, Campaign
from passport.parsing import parse_day
from passport.values import Refusal, Slot
from storage import audit, campaigns, prompts
from storage.prompts import Prompt

NAMES: dict[Anchor, str] = {
    "starts": "Начало информирования",
    "opens": "Начало приёма заявлений",
    "closes": "Последний день приёма",
    "ends": "Конец кампании",
}
STEPS = (-14, -7, -3, -2, -1, 1, 2, 3, 5, 7, 10, 14)


def anchor_of(text: str) -> Anchor:
    """Of a button; raises Outdated for one that was made up."""
    for one in NAMES:
        if one == text:
            return one
    raise Outdated


async def show_dates(visit: Visit, year: str, notice: str = "") -> Screen:
    await prompts.put(visit.tx, visit.chat_id, None)
    campaign = await _open_campaign(visit, year)
    usual = visit.passport.campaigns.usual(year)
    lines = [notice, ""] if notice else []
    lines += [f"<b>Даты кампании лета {campaign.summer}</b>", ""]
    rows: list[Row] = []
    for anchor, name in NAMES.items():
        day, planned = getattr(campaign, anchor), getattr(usual, anchor)
        was = "" if day == planned else f" (по плану {date_words(planned)})"
        lines.append(f"{name}: <b>{date_words(day)}</b>{was}")
        rows.append((Button(name, campaign_tap("date", year, anchor)),))
    lines += ["", "Какую дату изменить? Посты, которые ещё не вышли, сдвинутся вместе с ней."]
    if campaign != usual:
        rows.append((Button("Вернуть даты плана", campaign_tap("plan_dates", year)),))
    rows.append((Button("← Кампания", campaign_tap("show", year)),))
    return Screen("\n".join(lines), tuple(rows))


async def _open_campaign(visit: Visit, year: str) -> Campaign:
    """Raises Outdated for one of an earlier summer."""
    campaign = await campaigns.of_year(visit.tx, visit.passport.campaigns, year)
    if not campaign.has(visit.passport.calendar.today(visit.now)) and (
        visit.passport.calendar.today(visit.now) > campaign.ends
    ):
        raise Outdated(f"Кампания лета {campaign.summer} закончена: её даты не меняются.")
    return campaign


async def ask_date(visit: Visit, year: str, anchor: Anchor, notice: str = "") -> Screen:
    campaign = await _open_campaign(visit, year)
    prompt = Prompt("campaign_date", 0, Slot(""), draft=f"{year}/{anchor}")
    await prompts.put(visit.tx, visit.chat_id, prompt)
    now: date = getattr(campaign, anchor)
    offered = [now + timedelta(days=step) for step in STEPS]
    good = [day for day in offered if _wrong(campaign, anchor, day) is None]
    example = good[len(good) // 2] if good else now
    lines = [notice, ""] if notice else []
    lines += [
        f"<b>{NAMES[anchor]}</b>, лето {campaign.summer}",
        f"Сейчас: {date_words(now)}",
        "",
        "Нажмите день или напишите дату, например: " + f"<code>{example:%d.%m}</code>",
    ]
    rows = day_rows(good, lambda day: campaign_tap("day", year, f"{anchor}.{day.isoformat()}"))
    rows.append((Button("← Даты", campaign_tap("dates", year)),))
    return Screen("\n".join(lines), tuple(rows))


def _wrong(campaign: Campaign, anchor: Anchor, day: date) -> str | None:
    """Why a date cannot be this day, with one that it can be."""
    if not campaign.has(day):
        return (
            f"Кампания лета {campaign.summer} идёт до 31.08.{campaign.summer}: с 1 сентября "
            f"готовится следующая. Например: {getattr(campaign, anchor):%d.%m.%Y}"
        )
    pair = campaign.with_date(anchor, day).wrong_order
    if pair is None:
        return None
    other = pair[1] if pair[0] == anchor else pair[0]
    bound: date = getattr(campaign, other)
    before = pair[0] == anchor
    strict = {anchor, other} == {"opens", "closes"}
    good = bound + timedelta(days=(-1 if before else 1) if strict else 0)
    order = "не позже" if before else "не раньше"
    return (
        f"«{NAMES[anchor]}» можно поставить {order} {date_words(good)}: "
        f"{NAMES[other].lower()} – {date_words(bound)}. Например: {good:%d.%m}"
    )


async def typed(visit: Visit, prompt: Prompt, text: str) -> Screen:
    year, _, name = (prompt.draft or "").partition("/")
    anchor = anchor_of(name)
    campaign = await _open_campaign(visit, year)
    example = f"{getattr(campaign, anchor):%d.%m}"
    day = parse_day(text, date(campaign.summer, 1, 1), example)
    if isinstance(day, Refusal):
        return await ask_date(visit, year, anchor, f"⚠️ {q(day.text)}")
    return await move(visit, year, anchor, day)


async def pressed(visit: Visit, year: str, arg: str) -> Screen:
    name, _, iso = arg.partition(".")
    day = day_of(iso)
    if day is None:
        raise Outdated
    return await move(visit, year, anchor_of(name), day)


async def move(visit: Visit, year: str, anchor: Anchor, day: date) -> Screen:
    assert visit.person is not None
    campaign = await _open_campaign(visit, year)
    if day == getattr(campaign, anchor):
        return await show_dates(visit, year, f"Эта дата уже стоит: {date_words(day)}.")
    wrong = _wrong(campaign, anchor, day)
    if wrong is not None:
        return await ask_date(visit, year, anchor, f"⚠️ {q(wrong)}")
    await campaigns.move(visit.tx, campaign.with_date(anchor, day), visit.person.id)
    words = f"{NAMES[anchor]}: {date_words(day)}"
    await audit.add(visit.tx, "move_campaign", visit.person.id, year=year, detail=words)
    notice = f"✅ {words}. Посты сдвинутся сами, последний пост в канале обновится."
    return await show_campaign(visit, year, notice)


async def back_to_plan(visit: Visit, year: str) -> Screen:
    assert visit.person is not None
    campaign, usual = await _open_campaign(visit, year), visit.passport.campaigns.usual(year)
    if campaign == usual:
        return await show_dates(visit, year, "Даты и так по плану.")
    await campaigns.move(visit.tx, usual, visit.person.id)
    await audit.add(visit.tx, "move_campaign", visit.person.id, year=year, detail="даты плана")
    return await show_campaign(visit, year, "✅ Снова даты плана.")


async def present(visit: Visit, prompt: Prompt) -> Screen:
    year, _, name = (prompt.draft or "").partition("/")
    return await ask_date(visit, year, anchor_of(name))
