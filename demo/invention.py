"""Answers that a school might give, taken by the form's own rules.

Without an oddity they raise no doubts: winners took part, marks move by little, whoever is named
fits into the classes.
"""

import random
from decimal import Decimal
from typing import Literal

from passport.change import applied, change
from passport.parsing.options import CONFIRMED
from passport.sheet import Answers, Sheet, amount
from passport.values import Chosen, Item, Named, Nothing, Number, Slot, Value

TRACKS = {
    "медицинская": ("Химия", "Биология"),
    "инженерная": ("Математика", "Физика"),
    "педагогическая": ("Обществознание", "Литература"),
    "ИТ": ("Информатика", "Математика"),
    "морская": ("Физика", "География"),
}
PROFILES = {
    "медицинская": "естественно-научный",
    "инженерная": "технологический",
    "педагогическая": "гуманитарный",
    "ИТ": "технологический",
    "морская": "универсальный",
}
EVENTS = {
    "municipal": ("Ярмарка профессий", "Экскурсия в порт", "День открытых дверей колледжа"),
    "regional": ("Форум «Профессии края»", "Научная конференция школьников"),
    "national": ("Проект «Билет в будущее»",),
}
SEMINARS = ("Семинар в ИМЦ", "Вебинар о профильном обучении", "Круглый стол с вузами")

# What makes the bot ask once more: a class shrank, a mark fell, more winners than took part.
Oddity = Literal["fewer pupils", "lower mark", "more winners"]
# What the school says to a doubt; to all others it says «да, верно».
EXPLANATIONS = {
    "V13": "Посчитаны итоги прошлогодней олимпиады",
    "V17": "Сменился педагог, итоговая работа оказалась трудной",
}


def filled(
    sheet: Sheet,
    chance: random.Random,
    oddities: tuple[Oddity, ...] = (),
    most: int | None = None,
) -> Sheet:
    """The sheet answered to its end, or left after ``most`` answers."""
    given = 0
    while given != most and (gap := sheet.next_gap()) is not None:
        edits = change(sheet, gap, _answer(sheet, gap, chance, oddities))
        assert isinstance(edits, tuple), edits
        sheet = applied(sheet, edits)
        given += 1
    return sheet


def _answer(sheet: Sheet, slot: Slot, chance: random.Random, oddities: tuple[Oddity, ...]) -> Value:
    question = sheet.form.question(slot.question)
    if not sheet.form.is_quarterly:
        return _of_questionnaire(sheet, slot, chance)
    offered = sheet.offered(slot)
    if question.offer is not None and offered is not None:
        return Number(offered)
    if slot.question == "r1":
        return _pupils(sheet, slot, chance, odd="fewer pupils" in oddities)
    if question.kind == "average":
        return _mark(sheet, slot, chance, odd="lower mark" in oddities)
    if slot.question == "r3":
        return Number(Decimal(chance.randint(5, 8)))
    if question.kind == "named":
        return _named(sheet, slot.question, chance)
    if question.section == "5":
        odd = "more winners" in oddities and slot.question == "r5.municipal"
        return _winners(sheet, slot, chance, odd=odd)
    if chance.random() < 0.4:
        return Nothing()
    return Number(Decimal(chance.randint(1, 3)))


# Numbers of the yearly questionnaires: from, to; some are a share of another answer.
_BETWEEN = {
    "grads_total": (14, 24),
    "teachers_all": (34, 58),
    "teachers_profile": (4, 8),
    "parents_meetings": (2, 5),
    "announcements": (3, 9),
    "applications": (22, 34),
    "enrolled": (18, 25),
}
_PART_OF = {
    "grads_he": ("grads_total", 25, 45),
    "grads_vet": ("grads_total", 10, 20),
    "teachers_trained": ("teachers_profile", 50, 90),
}


def _of_questionnaire(sheet: Sheet, slot: Slot, chance: random.Random) -> Value:
    question = sheet.form.question(slot.question)
    if question.kind == "confirm":
        return CONFIRMED
    if question.kind == "checklist":
        return Chosen(tuple(one for one in question.options if chance.random() < 0.7))
    if slot.question in _PART_OF:
        whole, least, most = _PART_OF[slot.question]
        percent = chance.randint(least, most)
        return Number(Decimal(int(amount(sheet.answers.get(Slot(whole)))) * percent // 100))
    return Number(Decimal(chance.randint(*_BETWEEN[slot.question])))


def _pupils(sheet: Sheet, slot: Slot, chance: random.Random, *, odd: bool) -> Value:
    before = sheet.previous(slot)
    if not isinstance(before, Number):
        return Number(Decimal(chance.randint(17, 27)))
    if odd and slot.class_id == sheet.classes[0].id:
        return Number(before.value - max(3, -(-int(before.value) // 5)))
    return Number(before.value - chance.choice((0, 0, 0, 1)))


def _mark(sheet: Sheet, slot: Slot, chance: random.Random, *, odd: bool) -> Value:
    before = sheet.previous(slot)
    if not isinstance(before, Number):
        return Number(Decimal(chance.randint(385, 460)) / 100)
    first = sheet.classes[0]
    if odd and (slot.class_id, slot.subject_id) == (first.id, first.subjects[0].id):
        return Number(before.value - Decimal("0.75"))
    moved = before.value + Decimal(chance.randint(-12, 15)) / 100
    return Number(min(max(moved, Decimal("3.6")), Decimal("4.8")))


def _winners(sheet: Sheet, slot: Slot, chance: random.Random, *, odd: bool) -> Value:
    took_part = Slot(slot.question.replace("r5.", "r4."))
    most = int(_since_september(sheet, took_part) - _since_september(sheet, slot))
    if odd:
        return Number(Decimal(max(most, 0) + 2))
    if most < 1 or chance.random() < 0.3:
        return Nothing()
    return Number(Decimal(chance.randint(1, min(most, 3))))


def _since_september(sheet: Sheet, slot: Slot) -> Decimal:
    quarters: list[Answers] = [known for period, known in sheet.earlier if period != "base"]
    return sum((amount(known.get(slot)) for known in [*quarters, sheet.answers]), Decimal(0))


def _named(sheet: Sheet, question: str, chance: random.Random) -> Value:
    if question == "r8":
        return Named((Item(chance.choice(SEMINARS), chance.randint(1, 4)),))
    row, level = question.split(".")
    rare = {"municipal": 0.0, "regional": 0.35, "national": 0.6, "fourth": 1.0}
    if chance.random() < rare[level]:
        return Nothing()
    if row == "r4":
        subject = chance.choice(sorted({name for pair in TRACKS.values() for name in pair}))
        return Named((Item(f"Олимпиада: {subject.lower()}", chance.randint(2, 7)),))
    names = chance.sample(EVENTS[level], k=min(len(EVENTS[level]), chance.randint(1, 2)))
    seats = int(sheet.pupils() or 0) // len(names)
    return Named(tuple(Item(name, chance.randint(3, max(3, min(14, seats)))) for name in names))
