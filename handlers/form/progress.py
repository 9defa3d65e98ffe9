"""How much of a report is left, in words."""

from handlers.words import answers_left
from passport.numbers import plural
from passport.sheet import Sheet


def left_text(sheet: Sheet) -> str:
    """«осталось 4 ответа»; «не меньше» while classes or subjects are still to be named."""
    count = len(sheet.gaps)
    kinds = {sheet.form.question(slot.question).kind for slot in sheet.gaps}
    if kinds & {"classes", "subjects"}:
        return f"осталось не меньше {count} {plural(count, 'ответа', 'ответов', 'ответов')}"
    return answers_left(count)
