"""For staff: schools whose class cards nobody has looked at for long, and asking them to."""

from dataclasses import dataclass
from datetime import time

from handlers.collect.callbacks import school_tap
from handlers.registers.callbacks import cards_tap, check_tap
from handlers.screen import Button, Row, Screen
from handlers.tell import About, tell
from handlers.visit import Visit
from handlers.words import school_year, when
from passport.numbers import plural
from reminders import freshness
from reminders.campaigning import campaign_now
from reminders.hours import next_moment
from storage import audit, card_ages, people, prompts, schools
from storage.card_ages import Age

WIDTH = 4
MOST = 40
SHOWN_NUMBERS = 20


@dataclass(frozen=True, slots=True)
class Stale:
    """Schools by number, of which year, and after how many days they are here."""

    year: str
    days: int
    schools: list[Age]

    @property
    def line(self) -> str:
        """«Карточки классов давно не проверяли: № 24, 31 (старше 14 дней)»; empty for none."""
        if not self.schools:
            return ""
        numbers = ", ".join(str(one.number) for one in self.schools[:SHOWN_NUMBERS])
        hidden = len(self.schools) - SHOWN_NUMBERS
        more = f" и ещё {hidden}" if hidden > 0 else ""
        return f"Карточки классов давно не проверяли: № {numbers}{more} (старше {self.days} дней)"


async def read(visit: Visit) -> Stale:
    """Of the classes that are looked through now; nobody in the weeks between."""
    calendar = visit.passport.calendar
    today = calendar.today(visit.now)
    held = freshness.rhythm(await campaign_now(visit.tx, visit.passport), today)
    if held is None:
        return Stale("", 0, [])
    before = freshness.stale_before(calendar, visit.now, held.long + 1)
    candidates = [one.slug for one in visit.passport.schools.schools if one.list == "candidate"]
    taking_part = await schools.participants(visit.tx, held.year, candidates, today)
    slugs = {one.slug for one in taking_part}
    ages = await card_ages.stale(visit.tx, held.year, before)
    return Stale(held.year, held.long, [one for one in ages if one.school in slugs])


def button() -> Button:
    return Button("Кто не проверил карточки", check_tap("stale"))


async def show(visit: Visit, notice: str = "") -> Screen:
    await prompts.put(visit.tx, visit.chat_id, None)
    found = await read(visit)
    lines = [notice, ""] if notice else []
    back = (Button("← Школы", school_tap("list")),)
    if not found.schools:
        lines += ["<b>Карточки классов</b>", "Все карточки проверены вовремя."]
        return Screen("\n".join(lines), (back,))
    lines += [
        f"<b>Карточки классов давно не проверяли, {school_year(found.year)}</b>",
        f"Сколько карточек школы старше {found.days} дней:",
    ]
    lines += [f"№ {one.number} – {_age(visit, one)}" for one in found.schools[:MOST]]
    buttons = [
        Button(f"№ {one.number}", cards_tap("school", one.school, found.year))
        for one in found.schools[:MOST]
    ]
    rows: list[Row] = [(Button("Попросить проверить", check_tap("ask"), style="primary"),)]
    rows += [tuple(buttons[at : at + WIDTH]) for at in range(0, len(buttons), WIDTH)]
    return Screen("\n".join(lines), (*rows, back))


def _age(visit: Visit, one: Age) -> str:
    noun = plural(one.classes, "карточки", "карточек", "карточек")
    of = f"{one.stale} из {one.classes} {noun}"
    if one.oldest is None:
        return f"{of}, есть ни разу не проверенные"
    return f"{of}, самая старая от {one.oldest.astimezone(visit.zone):%d.%m.%Y}"


async def ask(visit: Visit) -> Screen:
    """Writes to coordinators of these schools, to each school at most once a day."""
    assert visit.person is not None
    found = await read(visit)
    calendar = visit.passport.calendar
    moment = next_moment(calendar, visit.now)
    day = calendar.today(moment)
    begins = calendar.moment(calendar.today(visit.now), time.min)
    before = await card_ages.asked_since(visit.tx, begins)
    hands: dict[str | None, list[people.Person]] = {}
    for one in await people.coordinators(visit.tx):
        if one.reachable and not one.suspended:
            hands.setdefault(one.school, []).append(one)
    now: list[int] = []
    already: list[int] = []
    nobody: list[int] = []
    for age in found.schools:
        whom = hands.get(age.school, [])
        if not whom:
            nobody.append(age.number)
            continue
        about = About(age.school, found.year, why=freshness.BY_STAFF)
        fresh = age.school not in before
        key = f"{age.school}/{freshness.BY_STAFF}/{day}"
        told = await tell(visit, "cards_check", whom, key, about) if fresh else 0
        (now if told else already).append(age.number)
    parts = []
    if now:
        await audit.add(visit.tx, "ask_cards", visit.person.id, detail=_numbers(now))
        late = f" Сообщения уйдут {when(moment, visit.zone)}." if moment > visit.now else ""
        parts.append(f"✅ Попросил проверить карточки: {_numbers(now)}.{late}")
    if already:
        parts.append(f"Сегодня уже просили: {_numbers(already)}.")
    if nobody:
        parts.append(f"⚠️ Некого просить, нет координатора на связи: {_numbers(nobody)}.")
    return await show(visit, "\n".join(parts))


def _numbers(numbers: list[int]) -> str:
    return "№ " + ", ".join(str(one) for one in numbers)
