"""Marking a measure as done: a day, then a link to its document; changing and withdrawing it."""

from dataclasses import dataclass
from datetime import date

from handlers.errors import Outdated
from handlers.plan import wording
from handlers.plan.callbacks import window_tap
from handlers.plan.measure import EARLY, show_card, today_of, window_of
from handlers.screen import Button, Screen
from handlers.visit import Visit
from handlers.words import q
from passport.answering import LONGEST_LINK, parse_link
from passport.parsing import clean_line, parse_done_day
from passport.plan import Measure
from passport.plan_states import Done
from passport.plan_windows import Window
from passport.values import Refusal, Slot
from storage import plan_marks, prompts
from storage.prompts import Prompt

LINK_EXAMPLE = "https://edu.pkgo.ru/prikaz.pdf"
NO_LINK = "Это не похоже на ссылку."
WITHDRAWN = "✅ Отметка снята."
TOO_LONG = f"Ссылка длиннее {LONGEST_LINK} знаков. Пришлите короче, например без части после «?»."
WITHOUT = ("без ссылки", "нет", "нет ссылки", "-", "–")


@dataclass(frozen=True, slots=True)
class About:
    """What is marked, and the number of the mark that was on the screen (0: none)."""

    measure: Measure
    window: Window
    seen: int

    def tap(self, act: str, day: date | None = None) -> str:
        return window_tap(act, self.measure.key, self.window, self.seen, day)

    @property
    def draft(self) -> str:
        return f"{self.measure.key}/{self.window.start}/{self.seen}"

    @property
    def back(self) -> Button:
        return Button("← Назад", window_tap("card", self.measure.key, self.window))


async def ask_day(visit: Visit, about: About, notice: str = "") -> Screen:
    """The next typed text is the day on which it was done."""
    stale = await _changed(visit, about)
    if stale is not None:
        return stale
    if about.window.start - EARLY > today_of(visit):
        raise Outdated("Отметить можно не раньше чем за 60 дней до начала срока.")
    prompt = Prompt("plan_day", 0, Slot(""), draft=about.draft)
    await prompts.put(visit.tx, visit.chat_id, prompt)
    lines = [notice, ""] if notice else []
    lines += [
        f"<b>{about.measure.key}. {q(about.measure.short)}</b>, {wording.span(about.window)}",
        f"Документ: {q(about.measure.result)}",
        "",
        "Когда выполнено? Напишите дату, например <code>15.10.2026</code>, или «сегодня».",
    ]
    return Screen(
        "\n".join(lines),
        (
            (Button("Сегодня", about.tap("today")),),
            (about.back,),
        ),
    )


def wrong_day(visit: Visit, window: Window, day: date) -> str:
    """Why it cannot have been done on that day, with one that will do; «» when it can."""
    today, first = today_of(visit), window.start - EARLY
    if day > today:
        return f"{day:%d.%m.%Y} ещё не наступило. Напишите, например: {today:%d.%m.%Y}"
    if day < first:
        return (
            f"{day:%d.%m.%Y} слишком рано: этот срок начинается {window.start:%d.%m.%Y}. "
            f"Напишите, например: {max(min(window.end, today), first):%d.%m.%Y}"
        )
    return ""


async def ask_link(visit: Visit, about: About, day: date, notice: str = "") -> Screen:
    """The next typed text is the link, or «без ссылки»."""
    wrong = wrong_day(visit, about.window, day)
    if wrong:
        return await ask_day(visit, about, f"⚠️ {wrong}")
    draft = f"{about.draft}/{day}"
    await prompts.put(visit.tx, visit.chat_id, Prompt("plan_link", 0, Slot(""), draft=draft))
    lines = [notice, ""] if notice else []
    lines += [
        f"<b>{about.measure.key}. {q(about.measure.short)}</b>",
        f"Выполнено {day:%d.%m.%Y}. Пришлите ссылку на документ, например "
        f"<code>{LINK_EXAMPLE}</code>, или напишите «без ссылки».",
    ]
    return Screen(
        "\n".join(lines),
        (
            (Button("Без ссылки", about.tap("unlinked", day)),),
            (Button("← Назад", about.tap("mark")),),
        ),
    )


async def put(visit: Visit, about: About, done: Done) -> Screen:
    """The mark itself, unless somebody was quicker; tapped twice it is put once."""
    assert visit.person is not None
    notice = f"✅ Отмечено: выполнено {done.on:%d.%m.%Y}."
    mark = await plan_marks.of_window(visit.tx, about.measure, about.window)
    if mark is not None and (mark.on, mark.link) == (done.on, done.link):
        return await show_card(visit, about.measure, about.window, notice)
    stale = await _changed(visit, about)
    if stale is not None:
        return stale
    wrong = wrong_day(visit, about.window, done.on)
    if wrong:
        return await ask_day(visit, about, f"⚠️ {wrong}")
    await plan_marks.put(visit.tx, about.measure, about.window, done, visit.person.id)
    return await show_card(visit, about.measure, about.window, notice)


async def _changed(visit: Visit, about: About) -> Screen | None:
    """The card, when the mark is not the one that was on the screen."""
    mark = await plan_marks.of_window(visit.tx, about.measure, about.window)
    if (mark.mark if mark else 0) == about.seen:
        return None
    # Whose doing it was is not said: it may be this person's own, from another message.
    what = "отметку сняли" if mark is None else f"отметка изменилась: выполнено {mark.on:%d.%m.%Y}"
    notice = f"⚠️ Пока вы смотрели, {what}. Проверьте, что сейчас записано."
    return await show_card(visit, about.measure, about.window, notice)


async def ask_withdraw(visit: Visit, about: About) -> Screen:
    stale = await _changed(visit, about)
    if stale is not None:
        return stale
    if not about.seen:
        raise Outdated
    return Screen(
        f"<b>Снять отметку с п. {about.measure.key}?</b>\n"
        f"{q(about.measure.short)}, {wording.span(about.window)}. В журнале она останется.",
        (
            (
                Button(
                    "Снять отметку",
                    about.tap("withdrawn"),
                    style="danger",
                ),
            ),
            (about.back,),
        ),
    )


async def withdraw(visit: Visit, about: About) -> Screen:
    """Tapped twice it is withdrawn once."""
    assert visit.person is not None
    if about.seen and await plan_marks.of_window(visit.tx, about.measure, about.window) is None:
        return await show_card(visit, about.measure, about.window, WITHDRAWN)
    stale = await _changed(visit, about)
    if stale is not None:
        return stale
    if not await plan_marks.withdraw(visit.tx, about.measure, about.window, visit.person.id):
        raise Outdated
    return await show_card(visit, about.measure, about.window, WITHDRAWN)


# --- typed ------------------------------------------------------------------------------------


async def _meant(visit: Visit, prompt: Prompt) -> tuple[About, str]:
    """With the day that was typed before, if it was."""
    key, start, seen, *rest = (prompt.draft or "").split("/")
    measure, window = await window_of(visit, key, start)
    return About(measure, window, int(seen)), rest[0] if rest else ""


async def typed_day(visit: Visit, prompt: Prompt, text: str) -> Screen:
    about, _ = await _meant(visit, prompt)
    day = parse_done_day(clean_line(text), today_of(visit))
    if isinstance(day, Refusal):
        return await ask_day(visit, about, f"⚠️ {q(day.text)}")
    return await ask_link(visit, about, day)


async def typed_link(visit: Visit, prompt: Prompt, text: str) -> Screen:
    about, day = await _meant(visit, prompt)
    on = date.fromisoformat(day)
    if clean_line(text).strip(" .!«»").casefold() in WITHOUT:
        return await put(visit, about, Done(on, "mark"))
    link = parse_link(text, LINK_EXAMPLE)
    if isinstance(link, Refusal):
        head = parse_link(clean_line(text)[:LONGEST_LINK], LINK_EXAMPLE)
        wrong = NO_LINK if isinstance(head, Refusal) else TOO_LONG
        return await ask_link(visit, about, on, f"⚠️ {wrong}")
    return await put(visit, about, Done(on, "mark", link.text))


async def present(visit: Visit, prompt: Prompt) -> Screen:
    """The question that waits, once more."""
    about, day = await _meant(visit, prompt)
    if prompt.purpose == "plan_day":
        return await ask_day(visit, about)
    return await ask_link(visit, about, date.fromisoformat(day))
