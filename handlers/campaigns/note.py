"""The note on a campaign (plan 2.1) as a screen, and the campaign beside that of last year."""

from collections.abc import Sequence

from handlers.campaigns.callbacks import campaign_tap
from handlers.campaigns.overview import known_year, show_campaign
from handlers.indicators.callbacks import indicator_tap
from handlers.screen import BookFile, Button, Note, Reply, Row, Screen
from handlers.visit import Visit
from handlers.words import q, school_year
from passport.calendar import previous_year
from passport.campaign import campaign_years
from passport.campaign_note import TITLE, CampaignNote, ClassCount, Source
from passport.numbers import plural
from storage import campaign_notes, prompts

SHOWN = 40  # classes; all are in the workbook
SEATS_BY: dict[str, Source] = {"по справкам школ": "questionnaire", "по карточкам": "card"}


async def show_note(visit: Visit, year: str, notice: str = "") -> Screen:
    await prompts.put(visit.tx, visit.chat_id, None)
    year = known_year(visit, year)
    note = await campaign_notes.read(visit.tx, visit.passport, year)
    lines = [notice, ""] if notice else []
    lines += [
        f"<b>{TITLE}</b>",
        f"Лето {year[:4]}, классы {school_year(year)}, на {note.on:%d.%m.%Y}",
        "",
        f"1. Объявлений в СМИ: <b>{_shown(note.announcements)}</b>",
        f"   школы: {_shown(note.school_announcements)}, {_of_schools(note)}",
        f"   бот в канале: {note.own_posts}",
        f"2. Организаций, желающих принять участие: <b>{_shown(note.wishing)}</b>",
        f"   {_wishing(visit, note)}",
        f"3. Подано заявлений: <b>{_shown(note.applications)}</b>",
        f"   {_applications(note)}",
        "",
        *_by_class(visit, note),
    ]
    return Screen("\n".join(lines), _keyboard(visit, year))


def _shown(number: int | None) -> str:
    return "–" if number is None else str(number)


def _of_schools(note: CampaignNote) -> str:
    """«по 16 из 18 школ» of those that are expected."""
    known, of = sum(one in note.announced for one in note.schools), len(note.schools)
    return f"по {known} из {of} {plural(of, 'школы', 'школ', 'школ')}"


def _wishing(visit: Visit, note: CampaignNote) -> str:
    if note.wishing is None:
        return "число УО ещё не указано"
    if note.wishing_at is None:
        return "число УО с прошлых лет, проверьте"
    return f"число УО, указано {note.wishing_at.astimezone(visit.zone):%d.%m.%Y}"


def _applications(note: CampaignNote) -> str:
    """How many schools, and where from."""
    if not note.classes:
        return "открытых классов школы ещё не назвали"
    count, of = len(note.told()), len(note.with_classes)
    known, total = sum(one.applications is not None for one in note.classes), len(note.classes)
    words = (
        f"по {count} из {of} {plural(of, 'школы', 'школ', 'школ')} с классами "
        f"({known} из {total} {plural(total, 'класса', 'классов', 'классов')})"
    )
    sent = len(note.told("questionnaire"))
    if known:
        words += f": по справкам школ {sent}, по карточкам классов {count - sent}"
    return words


def _by_class(visit: Visit, note: CampaignNote) -> list[str]:
    lines = ["<b>По классам</b>"] if note.classes else []
    lines += [f"№ {one.number}, {_class(visit, one)}" for one in note.classes[:SHOWN]]
    hidden = len(note.classes) - SHOWN
    if hidden > 0:
        lines.append(f"и ещё {hidden} – в Excel")
    return lines


def _class(visit: Visit, one: ClassCount) -> str:
    name = q(f"{one.name} ({one.track})" if one.track else one.name)
    seen = ""
    if one.applications is not None and one.source == "card" and one.seen is not None:
        seen = f" (карточка, {one.seen.astimezone(visit.zone):%d.%m})"
    return f"{name}: {_shown(one.applications)}{seen}"


def _keyboard(visit: Visit, year: str) -> tuple[Row, ...]:
    asked_in = previous_year(year)
    begun = visit.calendar_of(None).current(visit.now)[0]
    rows: list[Row] = [(Button("Excel, одна страница", campaign_tap("book", year)),)]
    if asked_in in visit.passport.indicators.years and asked_in <= begun:
        wishing = indicator_tap("count", asked_in, "wishing")
        rows.append((Button("Указать, сколько желают участвовать", wishing),))
    rows.append((Button("← Кампания", campaign_tap("show", year)),))
    return tuple(rows)


async def book(visit: Visit, year: str) -> Reply:
    """Under the school year in which the campaign goes, as every other workbook is."""
    year = known_year(visit, year)
    words = f"Справка о кампании (п. 2.1), лето {year[:4]}"
    note = Note(words, BookFile("note", previous_year(year)))
    return Reply(await show_note(visit, year), toast="Делаю файл", notes=(note,))


# --- two campaigns ---------------------------------------------------------------------------


async def compare(visit: Visit, year: str) -> Screen:
    """This campaign and the one before it, number by number, each as it is known today."""
    await prompts.put(visit.tx, visit.chat_id, None)
    year = known_year(visit, year)
    before = previous_year(year)
    if before not in campaign_years(visit.passport.calendar.today(visit.now)):
        notice = "Сравнивать не с чем: о кампании до этой у бота данных нет."
        return await show_campaign(visit, year, notice)
    now = await campaign_notes.read(visit.tx, visit.passport, year)
    then = await campaign_notes.read(visit.tx, visit.passport, before)
    rows = [
        ("Классов открыто", len(now.classes) or None, len(then.classes) or None),
        ("Подано заявлений", now.applications, then.applications),
        ("Зачислено", now.enrolled, then.enrolled),
        ("Свободных мест", now.seats, then.seats),
        ("Объявлений школ", now.school_announcements, then.school_announcements),
        ("Постов в канале", now.own_posts, then.own_posts or None),
    ]
    lines = [
        f"<b>Лето {year[:4]} и лето {before[:4]}</b>",
        f"{_how_far(visit, now, year)}; «–» – данных нет, это не ноль",
        "",
        *(
            f"{name}: <b>{_shown(one)}</b>, было {_shown(two)}{_change(one, two)}"
            for name, one, two in rows
        ),
        "",
        f"Заявления {year[:4]}: {_applications(now)}",
        f"Заявления {before[:4]}: {_applications(then)}",
        *_seats(visit, year, now),
        *_seats(visit, before, then),
    ]
    return Screen("\n".join(lines), ((Button("← Кампания", campaign_tap("show", year)),),))


def _seats(visit: Visit, year: str, note: CampaignNote) -> list[str]:
    """Where the free seats come from: the screen of a campaign has those of the cards alone."""
    said = []
    for words, source in SEATS_BY.items():
        if found := note.seats_by(source):
            count = plural(len(found), "класс", "класса", "классов")
            said.append(f"{words} {len(found)} {count} {_dated(visit, found)}")
    return [f"Места {year[:4]}: {', '.join(said)}"] if said else []


def _dated(visit: Visit, classes: Sequence[ClassCount]) -> str:
    """«(на 12.07.2027)», «(на 15.06–12.07.2027)»: of the oldest and of the newest number."""
    moments = [one.enrolled_at for one in classes if one.enrolled_at is not None]
    if len(moments) < len(classes):
        return "(есть без даты)"
    first, last = (one.astimezone(visit.zone) for one in (min(moments), max(moments)))
    if first.date() == last.date():
        return f"(на {last:%d.%m.%Y})"
    since = f"{first:%d.%m}" if first.year == last.year else f"{first:%d.%m.%Y}"
    return f"(на {since}–{last:%d.%m.%Y})"


def _how_far(visit: Visit, now: CampaignNote, year: str) -> str:
    """A campaign that still goes on is compared with a whole one."""
    on = f"На {now.on:%d.%m.%Y}"
    if visit.passport.campaigns.usual(year).ends < now.on:
        return on
    return f"{on}: эта кампания ещё не закончена, прошлая показана целиком"


def _change(one: int | None, two: int | None) -> str:
    if one is None or two is None or one == two:
        return ""
    return f" ({'+' if one > two else '−'}{abs(one - two)})"
