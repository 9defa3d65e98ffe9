"""To coordinators: cards of classes that nobody has looked at for long."""

from handlers.notices import subject
from handlers.notices.letter import Later, Pointless
from handlers.registers import check
from handlers.screen import Screen
from handlers.visit import Visit
from reminders import freshness
from reminders.campaigning import campaign_now
from storage import class_cards
from storage.outbox import Posted

BY_ITSELF = "Места в классах видят родители. Сверьте числа, это минута."
BY_STAFF = "Методист ИМЦ просит сверить карточки классов: места видят родители."


async def cards_check(visit: Visit, posted: Posted) -> Screen | Later | Pointless | None:
    """The screen of all cards; None when they were looked at meanwhile, or its time is over."""
    assert posted.school is not None
    assert posted.year is not None
    if not subject.is_own(visit, posted):
        return Pointless("отвечает за другую школу")
    calendar = visit.passport.calendar
    campaign = await campaign_now(visit.tx, visit.passport)
    if posted.why == freshness.BY_STAFF:
        if calendar.add_working_days(calendar.today(posted.not_before), 1) < calendar.today(
            visit.now
        ):
            return Pointless("просьба устарела")
    else:
        asked = freshness.asking(calendar, campaign, visit.now)
        if asked is None or asked.key != posted.why:
            return Pointless("время проверки прошло")
    cards = await class_cards.of_school(visit.tx, posted.school, posted.year)
    if not await check.left(visit, cards):
        return None
    notice = BY_STAFF if posted.why == freshness.BY_STAFF else BY_ITSELF
    return await check.listed(visit, posted.school, posted.year, f"🗂 {notice}")
