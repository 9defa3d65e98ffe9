"""What the bot's own data say of a measure: one sentence with numbers, completeness and date.

Numbers in, ``Evidence`` out; chat, Excel and the brief say the same sentence. What nobody has
reported is told as not reported: never 0.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from passport.numbers import plain, plural

SHOWN_NUMBERS = 6
QUARTERS = ("I", "II", "III", "IV")


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


@dataclass(frozen=True, slots=True)
class Reports:
    """Accepted reports of one period: ``schools`` sent them, ``checked`` more are being looked at.

    ``totals``: sums by question over those that answered it; a question that nobody answered is
    not in it.
    """

    schools: frozenset[str] = frozenset()
    checked: int = 0
    totals: Mapping[str, Decimal] = field(default_factory=dict)

    def number(self, *questions: str) -> Decimal | None:
        found = [self.totals[one] for one in questions if one in self.totals]
        return sum(found, Decimal(0)) if found else None


def _on_check(reports: Reports) -> str:
    return f"ещё {reports.checked} на проверке" if reports.checked else ""


def _shown(number: Decimal | None) -> str:
    return "нет данных" if number is None else plain(number)


# --- questionnaires and quarters --------------------------------------------------------------


def of_questionnaire(asked: Asked, reports: Reports, name: str, facts: Sequence[str]) -> Evidence:
    """Done when every school's questionnaire is accepted. ``name``: «анкеты мая»."""
    missing = asked.without(reports.schools)
    if not reports.schools:
        says = asked.said(f"{name}: принятых пока нет", asked.all, _on_check(reports))
    else:
        says = asked.said(
            *facts,
            f"{name} {asked.share(reports.schools)}",
            _on_check(reports),
            asked.waiting(missing),
        )
    return Evidence(says, bool(asked.schools) and not missing, asked.on, missing)


def parents_meetings(asked: Asked, may: Reports) -> Evidence:
    """2.2: «Количество родительских собраний, мероприятий таких как «День открытых дверей»»."""
    number = _shown(may.number("parents_meetings"))
    return of_questionnaire(
        asked, may, "анкеты мая", [f"собраний и дней открытых дверей: {number}"]
    )


def parents_as_speakers(asked: Asked, may: Reports) -> Evidence:
    number = _shown(may.number("parents_as_speakers"))
    return of_questionnaire(
        asked, may, "анкеты мая", [f"встреч с работающими родителями: {number}"]
    )


def equipment(asked: Asked, may: Reports, equipped: Collection[str]) -> Evidence:
    """4.5 and 6.1; ``equipped``: schools that have ticked anything at all."""
    fact = f"оснащение есть у {len(equipped)} из {len(may.schools)} ответивших школ"
    return of_questionnaire(asked, may, "анкеты мая", [fact])


def staff(asked: Asked, may: Reports) -> Evidence:
    """5.1: those who lead profile subjects, and how many of them are trained."""
    led, trained = may.number("teachers_profile"), may.number("teachers_trained")
    fact = f"педагогов профильных предметов: {_shown(led)}, прошли курсы: {_shown(trained)}"
    return of_questionnaire(asked, may, "анкеты мая", [fact])


def campaign(asked: Asked, reports: Reports, wishing: int | None) -> Evidence:
    """2.1: «количество объявлений в СМИ, … желающих принять участие …, поданных заявлений»."""
    found = of_questionnaire(
        asked,
        reports,
        "справки о кампании",
        [
            f"объявлений школ: {_shown(reports.number('announcements'))}",
            f"заявлений: {_shown(reports.number('applications'))}",
        ],
    )
    wish = (
        "сколько школ желают участвовать, УО не указало"
        if wishing is None
        else f"желающих участвовать: {wishing}"
    )
    complete = found.complete and wishing is not None
    return Evidence(f"{found.says}; {wish}", complete, asked.on, found.missing)


@dataclass(frozen=True, slots=True)
class YearReports:
    """Quarterly reports of a school year, by quarter, and the questionnaire of May."""

    quarters: Mapping[str, Reports]
    may: Reports = field(default_factory=Reports)

    def number(self, *questions: str) -> Decimal | None:
        """Over the quarters that have it: a flow of the year so far."""
        found = [
            number
            for one in self.quarters.values()
            if (number := one.number(*questions)) is not None
        ]
        return sum(found, Decimal(0)) if found else None

    def missing(self, asked: Asked) -> frozenset[str]:
        """Schools that have not all four quarters accepted."""
        short = [asked.without(self.quarter(one).schools) for one in QUARTERS]
        return frozenset().union(*short)

    def quarter(self, key: str) -> Reports:
        return self.quarters.get(key, Reports())

    def completeness(self, asked: Asked) -> str:
        """«приняты отчёты: I – 18, II – 16 из 18 школ» of the quarters that anybody has sent."""
        of = len(asked.schools)
        counts = [
            f"{one} – {len(self.quarter(one).schools & frozenset(asked.schools))}"
            for one in QUARTERS
            if self.quarter(one).schools
        ]
        noun = plural(of, "школы", "школ", "школ")
        if not counts:
            return f"принятых отчётов за четверти пока нет (по 0 из {of} {noun})"
        return f"приняты отчёты: {', '.join(counts)} из {of} {noun}"


def of_quarters(
    asked: Asked, year: YearReports, facts: Sequence[str], *, may: bool = False
) -> Evidence:
    """Done when all four quarters of every school are accepted; ``may``: and its questionnaire."""
    missing = year.missing(asked)
    if may:
        missing |= asked.without(year.may.schools)
    known = any(one.schools for one in year.quarters.values())
    parts = [*facts] if known or (may and year.may.schools) else []
    says = asked.said(*parts, year.completeness(asked))
    return Evidence(says, bool(asked.schools) and not missing, asked.on, missing)


def joint_events(
    asked: Asked, year: YearReports, satisfied: tuple[Decimal, int] | None
) -> Evidence:
    """4.3: row 3, and the mean of the surveys (percent, of how many schools), when there were."""
    facts = [f"мероприятий (строка 3): {_shown(year.number('r3'))}"]
    if satisfied is not None:
        share, schools = satisfied
        facts.append(f"довольны по опросам: в среднем {plain(share)} % (школ: {schools})")
    return of_quarters(asked, year, facts, may=True)


def pupils_events(asked: Asked, year: YearReports) -> Evidence:
    """4.6: rows 3, 4 and 5; a pupil counts as often as they took part."""
    facts = [
        f"участий в мероприятиях: {_shown(year.number('r3.people'))}",
        f"в олимпиадах: {_shown(year.number('r4.people'))}",
        f"победителей и призёров: {_shown(year.number('r5'))}",
    ]
    return of_quarters(asked, year, facts)


def training(asked: Asked, year: YearReports) -> Evidence:
    """5.2: row 7 of the year, and the share that May tells."""
    facts = [f"завершили курсы (строка 7): {_shown(year.number('r7'))}"]
    led, trained = year.may.number("teachers_profile"), year.may.number("teachers_trained")
    if led is not None and trained is not None:
        facts.append(f"обучены {plain(trained)} из {plain(led)} педагогов профильных предметов")
    return of_quarters(asked, year, facts, may=True)


def teachers_events(asked: Asked, year: YearReports) -> Evidence:
    """5.3: row 8; a teacher counts as often as they took part."""
    return of_quarters(
        asked, year, [f"участий педагогов (строка 8): {_shown(year.number('r8.people'))}"]
    )


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
