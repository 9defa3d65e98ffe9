"""New classes of a school, typed as lines."""

from handlers.registers import class_card, school
from handlers.registers.callbacks import cards_tap
from handlers.registers.lookup import open_year, school_of
from handlers.screen import Button, Screen
from handlers.visit import Visit
from handlers.words import q, school_year
from passport.parsing import parse_classes
from passport.values import Refusal, Slot
from storage import class_cards, prompts
from storage.prompts import Prompt


async def ask(visit: Visit, slug: str, year: str, notice: str = "") -> Screen:
    """The next typed lines are new classes."""
    await school_of(visit, slug)
    open_year(visit, year)
    prompt = Prompt("new_class", 0, Slot(""), draft=f"{slug}/{year}")
    await prompts.wait(visit.tx, visit.chat_id, prompt)
    lines = [notice, ""] if notice else []
    lines += [
        f"<b>Новый класс, {school_year(year)}</b>",
        "Напишите номер, букву и направленность, по одному классу в строке.",
        "Например: <code>10 А медицинская</code> или <code>11 Б группа инженерная</code>",
    ]
    return Screen("\n".join(lines), ((Button("← Назад", cards_tap("school", slug, year)),),))


async def typed(visit: Visit, prompt: Prompt, text: str) -> Screen:
    slug, _, year = (prompt.draft or "").partition("/")
    await school_of(visit, slug)
    open_year(visit, year)
    parsed = parse_classes(text)
    if isinstance(parsed, Refusal):
        return await ask(visit, slug, year, f"⚠️ {q(parsed.text)}")
    problems = "\n".join(f"⚠️ {q(one.line[:80])}: {q(one.why)}" for one in parsed.problems[:5])
    if not parsed.classes:
        return await ask(visit, slug, year, problems)
    assert visit.person is not None
    added = await class_cards.add(visit.tx, slug, year, parsed.classes, visit.person.id)
    if len(added) == 1:
        notice = "✅ Класс записан. Теперь заполните его карточку."
        return await class_card.show_card(visit, added[0].id, f"{notice}\n{problems}".strip())
    notice = "✅ Записано. Теперь заполните карточки." if added else "Такой класс уже есть."
    return await school.show_school(visit, slug, year, f"{notice}\n{problems}".strip())
