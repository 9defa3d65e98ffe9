"""The list of schools kept by staff: a new one, another name, one that leaves in mid-year."""

import re
from datetime import date

from handlers.collect import schools
from handlers.collect.callbacks import school_tap
from handlers.screen import Button, Screen
from handlers.visit import Visit
from handlers.words import date_words, q, school_year
from passport.answering import parse_date, parse_text
from passport.parsing import clean_line, has_contact
from passport.schools import cyrillic
from passport.values import Refusal, Slot
from storage import audit, prompts
from storage import schools as rows
from storage.prompts import Prompt, Purpose
from storage.schools import School

_NUMBER = re.compile(r"№\s*(\d{1,3})\b")
EXAMPLE = "МБОУ «Средняя школа № 37»"
LONGEST = 120


async def ask_new(visit: Visit, notice: str = "") -> Screen:
    await _wait(visit, "new_school", "")
    lines = [notice, ""] if notice else []
    lines += ["<b>Новая школа</b>", "Напишите её название с номером.", f"Например: {EXAMPLE}"]
    return Screen("\n".join(lines), ((Button("← Другие школы", school_tap("others")),),))


async def ask_name(visit: Visit, slug: str, notice: str = "") -> Screen:
    one = await schools.known_school(visit, slug)
    await _wait(visit, "school_name", slug)
    lines = [notice, ""] if notice else []
    lines += [f"<b>{q(one.name)}</b>", "Как она называется теперь? Номер не меняется."]
    lines.append(f"Например: {EXAMPLE}")
    return Screen("\n".join(lines), ((Button("← Школа", school_tap("show", slug)),),))


async def ask_leaving(visit: Visit, slug: str, notice: str = "") -> Screen:
    """When a school has left: what it sent before stays and counts."""
    one = await schools.known_school(visit, slug)
    await _wait(visit, "left_on", slug)
    year = school_year(visit.calendar.current(visit.now)[0])
    today = visit.calendar.today(visit.now)
    lines = [notice, ""] if notice else []
    lines += [
        f"<b>{q(one.short_name)}: с какого дня больше не участвует?</b>",
        f"Если с начала {year} уч. года, нажмите кнопку. Если вышла среди года, напишите день, "
        f"например: <code>{today:%d.%m.%Y}</code>. До него школа остаётся в показателях.",
    ]
    return Screen(
        "\n".join(lines),
        (
            (Button("Не участвует с начала года", school_tap("drop_out", slug)),),
            (Button("Вышла сегодня", school_tap("left_today", slug)),),
            (Button("← Школа", school_tap("show", slug)),),
        ),
    )


async def _wait(visit: Visit, purpose: Purpose, slug: str) -> None:
    await prompts.put(visit.tx, visit.chat_id, Prompt(purpose, 0, Slot(""), draft=slug))


async def present(visit: Visit, prompt: Prompt) -> Screen:
    """The question that is open."""
    slug = prompt.draft or ""
    match prompt.purpose:
        case "new_school":
            return await ask_new(visit)
        case "school_name":
            return await ask_name(visit, slug)
    return await ask_leaving(visit, slug)


async def typed(visit: Visit, prompt: Prompt, text: str) -> Screen:
    slug = prompt.draft or ""
    match prompt.purpose:
        case "new_school":
            return await _add(visit, text)
        case "school_name":
            return await _rename(visit, slug, text)
    today = visit.calendar.today(visit.now)
    day = parse_date(text, f"{today:%d.%m.%Y}", today)
    if isinstance(day, Refusal):
        return await ask_leaving(visit, slug, f"⚠️ {q(day.text)}")
    return await leave(visit, slug, date.fromisoformat(day.text))


async def leave(visit: Visit, slug: str, day: date) -> Screen:
    assert visit.person is not None
    await schools.known_school(visit, slug)
    year = visit.calendar.current(visit.now)[0]
    if not await schools.takes_part_in(visit, slug, year):
        return await schools.show_school(visit, slug, "Школа и так не участвует в Проекте.")
    first = date(int(year[:4]), 9, 1)
    if not first <= day <= visit.calendar.today(visit.now):
        why = f"Нужен день с {first:%d.%m.%Y} по сегодня."
        return await ask_leaving(visit, slug, f"⚠️ {why}")
    await rows.leave(visit.tx, slug, year, day, visit.person.id)
    await audit.add(visit.tx, "drop_out", visit.person.id, school=slug, year=year)
    return await schools.show_school(visit, slug, f"Записано: вышла из Проекта {date_words(day)}.")


async def _add(visit: Visit, text: str) -> Screen:
    assert visit.person is not None
    name = _name(text)
    if isinstance(name, Refusal):
        return await ask_new(visit, f"⚠️ {q(name.text)}")
    number = _NUMBER.search(name)
    if number is None or not int(number[1]):
        return await ask_new(visit, "⚠️ Нужно название с номером после знака №.")
    for one in await rows.every(visit.tx):
        if one.number == int(number[1]):
            return await schools.show_school(visit, one.slug, "Школа с этим номером уже есть.")
    digits = int(number[1])
    made = School(f"s{digits:02d}", digits, name, _short(name, digits))
    await rows.add(visit.tx, made)
    await audit.add(visit.tx, "add_school", visit.person.id, school=made.slug)
    notice = "✅ Школа записана. Если она участвует, нажмите «Участвует в проекте»."
    return await schools.show_school(visit, made.slug, notice)


async def _rename(visit: Visit, slug: str, text: str) -> Screen:
    assert visit.person is not None
    one = await schools.known_school(visit, slug)
    name = _name(text)
    if isinstance(name, Refusal):
        return await ask_name(visit, slug, f"⚠️ {q(name.text)}")
    number = _NUMBER.search(name)
    if number is not None and int(number[1]) != one.number:
        return await ask_name(visit, slug, f"⚠️ Номер этой школы – {one.number}: он не меняется.")
    await rows.rename(visit.tx, slug, name, _short(name, one.number))
    await audit.add(visit.tx, "rename_school", visit.person.id, school=slug, detail=one.name)
    return await schools.show_school(visit, slug, "✅ Переименована.")


def _name(text: str) -> str | Refusal:
    """A school may bear somebody's name: only telephones and the like are refused."""
    said = cyrillic(clean_line(text))
    contact = has_contact(said)
    if contact:
        return Refusal(f"В названии личные данные: {contact}. Например: {EXAMPLE}")
    if "№" not in said:
        read = parse_text(said, EXAMPLE)
        if isinstance(read, Refusal):
            return read
    if len(said) > LONGEST:
        return Refusal(f"Слишком длинно: можно до {LONGEST} знаков. Например: {EXAMPLE}")
    return said


def _short(name: str, number: int) -> str:
    folded = name.casefold()
    kind = "Лицей" if "лицей" in folded else "Гимназия" if "гимназия" in folded else "Школа"
    return f"{kind} № {number}"
