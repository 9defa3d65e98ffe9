"""Every screen of a coordinator's day as one page: made from the real bot, checked by a test.

``python -m tests.gallery`` writes docs/screens.md anew.
"""

import asyncio
import tempfile
from html import unescape
from pathlib import Path

from demo.telegram import Person
from tests.world import World

PAGE = Path(__file__).parents[1] / "docs" / "screens.md"
HEAD = """# Screens

What a coordinator sees on the way through a busy quarter, made by `python -m tests.gallery` from
the real bot; a test keeps it true. Buttons are in brackets.
"""

# (what the person does, text to type or label to press)
STEPS: list[tuple[str, str, str]] = [
    ("opens the list of reports", "press", "Отчёты школы"),
    ("opens a period that is not open yet", "press", "III четверть"),
    ("goes back", "press", "← Все отчёты"),
    ("opens the report", "press", "II четверть"),
    ("begins", "press", "▶ Продолжить"),
    ("names the classes", "say", "10 А медицинский\n11 Б группа инженерная"),
    ("types words for a number", "say", "двадцать"),
    ("types a number", "say", "24"),
    ("types the next one", "say", "12"),
    ("names subjects, one with its mark", "say", "Химия – 4,35\nБиология"),
    ("names the other class's subject", "say", "Физика"),
    ("types a mark", "say", "4,2"),
    ("has no mark to give", "press", "Отметок нет (аттестация по полугодиям)"),
    ("counts events", "say", "3"),
    (
        "pastes a list with a bad line and a name",
        "say",
        "Ярмарка – 24\nПорт\nИванов Иван Иванович – 1",
    ),
    ("mends the line", "say", "Порт – 12"),
    ("drops the name", "press", "Обойтись без этих строк"),
    ("takes the sum", "press", "Сумма: 36"),
    ("had nothing regional", "press", "Не было"),
    ("goes back", "press", "← Назад"),
    ("looks at the card", "press", "☰ Отчёт"),
    ("opens a finished group", "press", "1 ✅"),
    ("returns to the card", "press", "☰ Отчёт"),
    ("looks at the classes", "press", "Классы"),
    ("opens a class", "press", "✏️ 10 «А» (медицинская)"),
    ("returns to the card", "press", "☰ Отчёт"),
    ("goes on", "press", "▶ Продолжить"),
    ("had nothing national", "press", "Не было"),
    ("nor international", "press", "Не было"),
    ("had no olympiads", "press", "Олимпиад не было совсем"),
    ("but a winner of last year's", "say", "2"),
    ("none regional", "press", "Не было"),
    ("none national", "press", "Не было"),
    ("held nothing", "press", "Не было"),
    ("trained nobody", "press", "Не было"),
    ("sent teachers somewhere", "say", "Семинар в ИМЦ – 3"),
    ("explains a doubt", "press", "💬"),
    ("writes the comment", "say", "Итоги прошлогодней олимпиады"),
    ("sends", "press", "тправить"),
    ("asks for help", "say", "/help"),
    ("asks what is stored", "say", "/privacy"),
    ("wants to leave", "say", "/stop"),
    ("stays", "press", "Остаться"),
]


async def render(world: World) -> str:
    """The page: each step and all that the bot newly says."""
    person = await world.coordinator("s24")
    parts = [HEAD, section("opens the invite link", person, 0)]
    for title, act, words in STEPS:
        before = max(message.message_id for message in person.chat.history)
        if act == "say":
            await world.say(person, words)
        else:
            await press(world, person, words)
        shown = words.replace("\n", " ⏎ ")
        parts.append(section(f"{title}: «{shown}»", person, before))
    return "\n".join(parts)


async def press(world: World, person: Person, label: str) -> None:
    """Presses the button of this name, or the first whose label contains it."""
    assert person.screen is not None
    labels = person.screen.labels
    await world.press(
        person, next(one for one in [label, *labels] if one in labels and label in one)
    )


def section(title: str, person: Person, after: int) -> str:
    """What is new below a message, and the screen of now."""
    said = [one for one in person.chat.from_bot if one.message_id > after]
    if person.last is not None and person.last not in said:
        said.append(person.last)
    lines = [f"\n## {title}\n"]
    for message in said:
        lines += ["```text", unescape(message.text)]
        lines += [f"[{'] ['.join(button.text for button in row)}]" for row in message.buttons]
        if message.document is not None:
            lines.append(f"({message.document.name})")
        lines.append("```")
    return "\n".join(lines)


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with World(Path(folder)) as world:
            page = await render(world)
    await asyncio.to_thread(PAGE.write_text, page + "\n")


if __name__ == "__main__":
    asyncio.run(main())
