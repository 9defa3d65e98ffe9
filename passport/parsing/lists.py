"""A typed or pasted list «название – число», one a line (V03, V20).

Nothing of it is lost: a line that cannot be read is kept aside with the reason, without stopping
the others. Numbers of equal names are never added silently.
"""

import re
from collections.abc import Collection, Iterator

from passport.parsing.contacts import masked
from passport.parsing.entries import MOST, TOO_MANY, entries, shown
from passport.parsing.item import TOTAL, is_total, read_item
from passport.parsing.names import name_key
from passport.parsing.numbers import parse_count
from passport.parsing.person import looks_like_person
from passport.parsing.tail import EXAMPLE
from passport.parsing.text import DASHES, ascii_digits, clean, has_letter, is_nothing
from passport.parsing.units import PEOPLE, WHOLE
from passport.values import Item, Named, Nothing, Number, Pending, Refusal

PERSON = (
    "Похоже на фамилию. Детей и педагогов в отчёте не называем: оставьте только название и число"
)
NOT_A_LIST = Refusal(f"Напишите название и число участников. Например: {EXAMPLE}")

_BARE = re.compile(
    rf"(?:(?:всего|итого|{PEOPLE})\s*[{DASHES}:=]?\s*)?{WHOLE}\s*{PEOPLE}?(?:\s+всего)?[.,;!]*",
    re.IGNORECASE,
)
_HEADER_NAME = re.compile(r"назван|наименован|мероприяти|олимпиад", re.IGNORECASE)
_HEADER_NUMBER = re.compile(r"кол-?во|количеств|число|чел\b|участник|учеников", re.IGNORECASE)


def parse_named(text: str, accept: Collection[str] = ()) -> Number | Nothing | Named | Refusal:
    """A list; or one bare number; or «не было».

    ``accept`` are name keys confirmed as titles though they read like a person's name: of the
    name, or of the whole pending line.
    """
    text = clean(text)
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) == 1 and (bare := _bare(lines[0].strip())):
        return bare
    found = list(_rows(text))
    if not found:
        return NOT_A_LIST
    if len(found) > MOST:
        return Refusal(TOO_MANY)
    return _sorted_out(found, accept)


def _bare(line: str) -> Number | Nothing | Refusal | None:
    if is_nothing(line):
        return Nothing()
    if _BARE.fullmatch(ascii_digits(line)) or line.casefold() in ("ноль", "нуль"):
        return parse_count(line)
    if has_letter(line):
        return None
    return parse_count(line) if any(sign.isdecimal() for sign in line) else NOT_A_LIST


def _rows(text: str) -> Iterator[str]:
    """Entries without the head of a table, with «Ярмарка – 24; Экскурсия – 12» cut in two."""
    for place, line in enumerate(entries(_without_header(text))):
        parts = [part for raw in line.split(";") if (part := raw.strip())]
        if place >= MOST or len(parts) < 2:
            yield line
        elif all(isinstance(read_item(part), Item) for part in parts):
            yield from parts
        elif len(parts) == 3 and parts[0].isdecimal():
            yield "\t".join(parts)
        else:
            yield line


def _without_header(text: str) -> str:
    first, _, rest = text.partition("\n")
    header = (
        not any(sign.isdecimal() for sign in first)
        and _HEADER_NAME.search(first)
        and _HEADER_NUMBER.search(first)
    )
    return rest if header else text


def _sorted_out(rows: list[str], accept: Collection[str]) -> Named:
    kept: dict[str, Item] = {}
    pending: list[Pending] = []
    for row in rows:
        read = _row(row, accept)
        if isinstance(read, Pending):
            pending.append(read)
            continue
        same = kept.setdefault(name_key(read.name), read)
        if same is not read:
            why = (
                f"Это название уже есть в списке ({same.persons} чел.). "
                "Напишите название иначе или исправьте число"
            )
            pending.append(Pending(f"{read.name} – {read.persons}", why))
    return Named(tuple(kept.values()), tuple(pending))


def _row(row: str, accept: Collection[str]) -> Item | Pending:
    if personal := masked(row, EXAMPLE):
        return personal
    if is_total(row):
        return Pending(shown(row), TOTAL)
    read = read_item(row)
    if isinstance(read, str):
        return Pending(shown(row), PERSON if looks_like_person(row) else read)
    if looks_like_person(read.name):
        line = f"{read.name} – {read.persons}"
        if name_key(read.name) not in accept and name_key(line) not in accept:
            return Pending(line, PERSON, person=True)
    return read
