"""To a subscriber: what has come up since the last time, at most once a day."""

from datetime import time

from handlers.notices.letter import Later, Pointless
from handlers.parents.callbacks import parent_tap, subscribe_tap
from handlers.screen import Button, Row, Screen
from handlers.visit import Visit
from handlers.words import classes_words, day_words, q, school_year, seats_words
from passport.campaign import Campaign
from passport.register import ProfileClass
from reminders.campaigning import campaign_now
from reminders.hours import morning
from storage import bulletins, subscriptions
from storage.bulletins import Seats
from storage.outbox import Posted

SHOWN = 10


async def bulletin(visit: Visit, posted: Posted) -> Screen | Later | Pointless | None:
    """Only what is still so; None when that is nothing."""
    assert posted.chat is not None
    calendar = visit.passport.calendar
    today = calendar.today(visit.now)
    if await bulletins.told_since(visit.tx, posted.chat, calendar.moment(today, time.min)):
        # The bot was down: this one is of yesterday, and today's has gone out already.
        return Later(morning(calendar, calendar.add_working_days(today, 1)))
    campaign = await campaign_now(visit.tx, visit.passport)
    if campaign.stage(today) != "open":
        return Pointless("набор не идёт")
    first = posted.ref or 0
    begun = await bulletins.begun(visit.tx, campaign.year, first)
    found = await bulletins.seats(visit.tx, posted.chat, campaign.year, first, SHOWN, every=begun)
    if not found and (not begun or not await subscriptions.of_chat(visit.tx, posted.chat)):
        return Pointless("мест уже нет")
    lines = _begun(campaign) if begun else ["🔔 <b>Появились места</b>"]
    lines += ["", *_listed(visit, found)]
    if not begun:
        lines += ["", f"Заявления принимает школа по {day_words(campaign.closes)}."]
    return Screen("\n".join(lines), _buttons(found))


def _begun(campaign: Campaign) -> list[str]:
    return [
        "🔔 <b>Набор в предпрофессиональные классы открыт</b>",
        f"Заявления на {school_year(campaign.year)} учебный год принимает школа: "
        f"с {day_words(campaign.opens)} по {day_words(campaign.closes)}.",
    ]


def _listed(visit: Visit, found: list[Seats]) -> list[str]:
    if not found:
        return ["О местах по вашей подписке школы ещё не сообщили. Появятся – напишу."]
    lines = [f"• {_line(visit, one)}" for one in found]
    more = found[0].in_all - len(found)
    if more:
        lines.append(f"и ещё {classes_words(more)} – в боте")
    return lines


def _line(visit: Visit, one: Seats) -> str:
    """«Школа № 24, 10 «А», медицинская – 3 места (на 12.07)»."""
    name = ProfileClass(one.class_id, one.grade, one.letter, one.kind, one.track).name
    seen = one.confirmed_at
    at = f" (на {seen.astimezone(visit.zone):%d.%m})" if seen is not None else ""
    return f"{q(one.school)}, {q(name)}, {q(one.track)} – {seats_words(one.vacancies)}{at}"


def _buttons(found: list[Seats]) -> tuple[Row, ...]:
    look = Button("Все места", parent_tap("seats"))
    if len(found) == 1:
        look = Button("Открыть класс", parent_tap("class", str(found[0].class_id)))
    return ((look,), (Button("Не сообщать", subscribe_tap("off_all")),))
