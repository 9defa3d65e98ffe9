"""What the bot's own data say of a measure: one sentence with numbers, completeness and date.

Numbers in, ``Evidence`` out; chat, Excel and the brief say the same sentence. What nobody has
reported is told as not reported: never 0.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from passport.numbers import plural

SHOWN_NUMBERS = 6


@dataclass(frozen=True, slots=True)
class Evidence:
    """``complete``: it counts as done. ``missing``: slugs of schools that still owe something to
    it; None when it is no business of schools. ``on``: the local day that it is said of."""

    says: str
    complete: bool
    on: date
    missing: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """Schools of which something is expected, by slug: their numbers; and the local day."""

    schools: Mapping[str, int]
    on: date

    def without(self, having: Collection[str]) -> frozenset[str]:
        return frozenset(self.schools) - frozenset(having)

    def share(self, having: Collection[str], word: str = "по") -> str:
        """«по 16 из 18 школ»; ``word`` governs the genitive: «у», «в»."""
        known, of = len(frozenset(having) & frozenset(self.schools)), len(self.schools)
        return f"{word} {known} из {of} {plural(of, 'школы', 'школ', 'школ')}"

    @property
    def all(self) -> str:
        """«ждём 17 школ»: all of them; empty when nobody is waited for."""
        of = len(self.schools)
        return f"ждём {_count(of, 'школу', 'школы', 'школ')}" if of else ""

    def waiting(self, missing: Collection[str]) -> str:
        """«ждём № 24, 31»; empty when nobody is waited for."""
        numbers = sorted(self.schools[one] for one in missing)
        if not numbers:
            return ""
        hidden = len(numbers) - SHOWN_NUMBERS
        more = f" и ещё {hidden}" if hidden > 0 else ""
        return "ждём № " + ", ".join(str(one) for one in numbers[:SHOWN_NUMBERS]) + more

    def said(self, *parts: str) -> str:
        """The parts in one sentence that ends with its date."""
        return ", ".join(part for part in (*parts, f"на {self.on:%d.%m.%Y}") if part)


# --- registers --------------------------------------------------------------------------------


def of_schools(asked: Asked, having: Collection[str], *facts: str) -> Evidence:
    """Done when each of the schools has it."""
    missing = asked.without(having)
    says = asked.said(*facts, asked.waiting(missing))
    return Evidence(says, bool(asked.schools) and not missing, asked.on, missing)


def _count(number: int, one: str, few: str, many: str) -> str:
    return f"{number} {plural(number, one, few, many)}"


def tracks(asked: Asked, having: Collection[str], found: int, classes: int) -> Evidence:
    """1.2: each school has named a track of every class; ``found`` different ones."""
    fact = f"направленностей: {found}" if classes else "классов на этот год школы не назвали"
    return of_schools(asked, having, fact, f"названы {asked.share(having, 'у')}")


def participants(asked: Asked, having: Collection[str]) -> Evidence:
    """4.1: «Перечень ООО ПКГО, открывающих предпрофессиональные классы»."""
    of = len(asked.schools)
    fact = f"в перечне {_count(of, 'школа', 'школы', 'школ')}"
    return of_schools(asked, having, fact, f"классы открыты {asked.share(having, 'в')}")


@dataclass(frozen=True, slots=True)
class Seats:
    """``told`` of ``classes`` have said how many are enrolled, lately enough."""

    classes: int
    told: int
    enrolled: int | None
    capacity: int | None


def enrolment(asked: Asked, having: Collection[str], seats: Seats) -> Evidence:
    """4.2: every class says how many pupils are enrolled."""
    if not seats.classes:
        return of_schools(asked, having, "классов на этот год школы не назвали")
    number = "нет данных" if seats.enrolled is None else str(seats.enrolled)
    of = "" if seats.capacity is None else f" на {_count(seats.capacity, 'место', 'места', 'мест')}"
    of_classes = _count(seats.classes, "класса", "классов", "классов")
    told = f"числа свежие у {seats.told} из {of_classes}"
    whole = f"все – {asked.share(having, 'у')}"
    return of_schools(asked, having, f"зачислено: {number}{of}", told, whole)


def fresh_cards(
    asked: Asked, having: Collection[str], cards: int, fresh: int, age: int
) -> Evidence:
    """2.4: cards that were looked at within ``age`` days."""
    if not cards:
        return of_schools(asked, having, "карточек классов ещё нет")
    fact = f"карточки не старше {age} дней: {fresh} из {cards}"
    return of_schools(asked, having, fact, asked.share(having))


def full_cards(asked: Asked, having: Collection[str], cards: int, full: int) -> Evidence:
    """2.5: local act, partners, form of lessons and seats of every class."""
    if not cards:
        return of_schools(asked, having, "карточек классов ещё нет")
    fact = f"ЛНА, партнёры, форма занятий и места указаны в {full} из "
    fact += _count(cards, "карточки", "карточек", "карточек")
    return of_schools(asked, having, fact, asked.share(having))


def contracts(asked: Asked, having: Collection[str], held: int) -> Evidence:
    """3.2: each school has a contract in force."""
    return of_schools(
        asked, having, f"договоров в силе: {held}", f"договор есть {asked.share(having, 'у')}"
    )


def partners(on: date, by_type: Mapping[str, int]) -> Evidence:
    """3.3: the base has partners of all three types; ``by_type`` in the order of the passport."""
    total = sum(by_type.values())
    if not total:
        return Evidence(f"в базе ещё нет партнёров, на {on:%d.%m.%Y}", complete=False, on=on)
    words = " · ".join(f"{name} {count}" for name, count in by_type.items())
    says = f"в базе {_count(total, 'партнёр', 'партнёра', 'партнёров')} ({words}), на {on:%d.%m.%Y}"
    return Evidence(says, all(by_type.values()), on)


def local_acts(asked: Asked, having: Collection[str]) -> Evidence:
    """1.4, of schools that have joined: an offer."""
    of = len(asked.schools)
    fact = f"новых школ: {of}" if of else "новых школ нет"
    return of_schools(
        asked, having, fact, f"ссылка на ЛНА есть {asked.share(having, 'у')}" if of else ""
    )


def year_report(on: date, exported: date | None, *, counts: bool) -> Evidence:
    """1.8: its workbook was made; one of before the window's last month is only a look."""
    if exported is None:
        return Evidence(
            f"отчёт по п. 1.8 ещё не выгружали, на {on:%d.%m.%Y}", complete=False, on=on
        )
    early = "" if counts else ": данные ещё неполные, в срок не засчитано"
    says = f"отчёт по п. 1.8 выгружен {exported:%d.%m.%Y}{early}, на {on:%d.%m.%Y}"
    return Evidence(says, counts, on)
