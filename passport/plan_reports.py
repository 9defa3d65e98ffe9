"""What accepted reports and questionnaires say of a measure: sums, and who is waited for."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from passport.numbers import plain, plural
from passport.plan_evidence import Asked, Evidence

QUARTERS = ("I", "II", "III", "IV")


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
