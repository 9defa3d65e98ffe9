"""The plan of measures: what opens or closes soon, to whoever answers for it; the last summer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from handlers.form.callbacks import GoTap
from handlers.notices import subject
from handlers.notices.letter import Later, Pointless
from handlers.plan import wording
from handlers.plan.callbacks import plan_tap, window_tap
from handlers.plan.choices import last_summer as last_summer_keys
from handlers.registers.callbacks import cards_tap
from handlers.screen import Button, Row, Screen
from handlers.visit import Visit
from handlers.words import date_words, q
from passport.numbers import plural
from passport.plan import Evidence
from passport.plan_states import MeasureState
from reminders import measures
from reminders.measures import Item, Reader
from storage import plan_state, plan_terms, said
from storage.outbox import Posted, State

WIDTH = 5
_REPORTS = "отчёт за четверть"
_MAY = "майская анкета"
# By what a school shows that it has done its part.
HOW: dict[Evidence, str] = {
    "tracks": "карточки классов на новый год, с направленностью",
    "enrolment": "число зачисленных в карточках классов",
    "local_acts": "ссылка на ЛНА в карточке класса; это предложение новым школам",
    "contracts": "договоры с партнёрами",
    "campaign": "справка о кампании",
    "parents_meetings": _MAY,
    "parents_as_speakers": _MAY,
    "equipment": _MAY,
    "joint_events": f"{_REPORTS} и {_MAY}",
    "training": f"{_REPORTS} и {_MAY}",
    "pupils_events": _REPORTS,
    "teachers_events": _REPORTS,
}


@dataclass(frozen=True, slots=True)
class _Told:
    item: Item
    state: MeasureState


async def measures_letter(visit: Visit, posted: Posted) -> Screen | Later | Pointless | None:
    """What is still right of the letter's day, and of earlier ones that never went out."""
    person = visit.person
    assert person is not None
    if not visit.is_staff and not subject.is_own(visit, posted):
        return Pointless("отвечает за другую школу")
    on = date.fromisoformat(posted.why)
    rows = await said.told(visit.tx, "measures", person.id)
    if any(date.fromisoformat(one.why) > on for one in rows):
        return Pointless("вошло в следующее письмо")
    sent = [date.fromisoformat(one.why) for one in rows if one.state == State.SENT]
    joined = (await plan_terms.entrants(visit.tx)).get(person.school or "")
    reader = Reader(person.id, person.role, person.school, max(sent, default=None), joined)
    calendar = visit.passport.calendar
    terms = await plan_terms.read(visit.tx, visit.passport)
    items = measures.items(calendar, visit.passport.plan, terms, calendar.today(visit.now))
    own = [one for one in reader.own(items) if one.on <= on]
    told = await _matter(visit, own)
    if not told:
        return None
    lines = ["📌 <b>План мероприятий</b>"]
    for (what, day), group in groupby(told, key=_day):
        lines += ["", f"<b>{_head(visit, what, day)}</b>"]
        for one in group:
            lines += _lines(visit, one)
    return Screen("\n".join(lines), _keyboard(visit, told))


async def _matter(visit: Visit, own: Sequence[Item]) -> list[_Told]:
    """Without what is done, and what is no business of the reader's school."""
    school = None if visit.is_staff or visit.person is None else visit.person.school
    states = await plan_state.of_windows(
        visit.tx, visit.passport, [(one.measure, one.window) for one in own]
    )
    left: dict[Item, MeasureState] = {}
    for item, (state, concerned) in zip(own, states, strict=True):
        if state.state in ("done", "off", "over"):
            continue
        if school is not None:
            if school not in concerned:
                continue
            if item.what == "closes" and state.missing is not None and school not in state.missing:
                continue
        left[item] = state
    told = [_Told(one, left[one]) for one in measures.whole(left)]
    return sorted(told, key=lambda one: (_day(one), one.item.measure.key))


def _day(one: _Told) -> tuple[str, date]:
    """Closing comes first: it is what is late sooner."""
    window = one.item.window
    return one.item.what, window.start if one.item.what == "opens" else window.end


def _head(visit: Visit, what: str, day: date) -> str:
    today = visit.passport.calendar.today(visit.now)
    if what == "closes":
        return f"До {date_words(day)} {day.year} ({wording.left(day, today)})"
    if day == today:
        return "Начинается сегодня"
    return f"Начинается {date_words(day)} {day.year}"


def _lines(visit: Visit, one: _Told) -> list[str]:
    measure, window = one.item.measure, one.item.window
    till = f", до {window.end:{wording.FULL}}" if one.item.what == "opens" else ""
    lines = [f"• {measure.key}. {q(measure.short)}{till}"]
    if visit.is_staff:
        if one.item.what == "closes" and one.state.says:
            lines.append(f"   {q(one.state.says)}")
        else:
            lines.append(f"   Документ: {q(measure.result)}")
        return lines
    how = HOW.get(measure.evidence) if measure.evidence else None
    lines.append(f"   Нужно: {how}" if how else f"   Документ: {q(measure.result)}")
    return lines


def _keyboard(visit: Visit, told: Sequence[_Told]) -> tuple[Row, ...]:
    if not visit.is_staff:
        assert visit.person is not None
        rows: list[Row] = [(Button("Отчёты и анкеты", GoTap(to="reports").pack()),)]
        if visit.person.school is not None:
            rows.append((Button("Классы и договоры", cards_tap("school", visit.person.school)),))
        return tuple(rows)
    cards = [
        Button(
            f"{wording.MARKS[one.state.state]} {one.item.measure.key}",
            window_tap("card", one.item.measure.key, one.item.window),
        )
        for one in told
    ]
    rows = [tuple(cards[at : at + WIDTH]) for at in range(0, len(cards), WIDTH)]
    return (*rows, (Button("Весь план", plan_tap("show")),))


async def last_summer(visit: Visit, _posted: Posted) -> Screen | Later | Pointless | None:
    """To staff, once: the windows of a summer that prepares a year without targets."""
    terms = await plan_terms.read(visit.tx, visit.passport)
    calendar = visit.passport.calendar
    if not terms.last_summer:
        return Pointless("сроки лета уже отключены")
    if not measures.last_summer_asked(calendar, terms, calendar.today(visit.now)):
        return Pointless("лето уже началось")
    keys, summer = last_summer_keys(visit, terms), terms.ends.year
    noun = plural(len(keys), "срок", "срока", "сроков")
    return Screen(
        f"📌 <b>Последнее лето Проекта</b>\n"
        f"С 1 мая {summer} года открываются {len(keys)} {noun} плана: пп. {', '.join(keys)}. "
        f"Они готовят {summer}/{(summer + 1) % 100:02} учебный год, а Проект заканчивается "
        f"{terms.ends:{wording.FULL}}: целей на этот год нет.\n\n"
        "Сроки остаются включёнными: приём в классы пойдёт, как каждый год. Если в этот раз они не "
        "нужны, отключите их – напоминаний не будет. Вернуть можно в /plan, «Настроить сроки».",
        (
            (Button(f"Отключить сроки лета {summer}", plan_tap("summer", "off")),),
            (Button("План", plan_tap("show")),),
        ),
    )
