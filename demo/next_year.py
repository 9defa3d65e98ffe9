"""Classes that the city opens next September, as the schools tell of them; all of it is invented.

Some schools are early, some silent about seats, some never look at their card again; where nobody
plays the coordinator on the page, numbers move through the summer.
"""

from dataclasses import dataclass
from datetime import date

from passport.register import ClassKind

NEXT_YEAR = "2027-2028"
GRADE = 10
OWN, ANYBODY = "только свои ученики", "принимают по правилам школы"
HERE, AFAR, BOTH = "очная", "дистанционная", "очная и дистанционная"

# Days of the summer on which schools count again: all Mondays.
COUNTED = (
    date(2027, 6, 7),
    date(2027, 6, 21),
    date(2027, 7, 5),
    date(2027, 7, 19),
    date(2027, 8, 2),
    date(2027, 8, 16),
    date(2027, 8, 23),
)
BENEFITS = {
    "Камчатский медицинский колледж": "5 дополнительных баллов выпускникам медицинских классов",
    "Морская академия «Авача»": "Целевые договоры с выпускниками морских классов",
    "Политехнический техникум «Парус»": "Зачёт двух учебных практик",
}
TOLD_BENEFITS = date(2027, 4, 12)


@dataclass(frozen=True, slots=True)
class Offer:
    """A class, the day on which its card was written, and how it filled up.

    ``filled``: how many were enrolled on each day of COUNTED; shorter for a school that counts no
    more. ``looks``: does somebody look at the card every week of the summer.
    """

    school: str
    letter: str
    track: str
    entered: date
    seats: int | None = None
    filled: tuple[int, ...] = ()
    looks: bool = True
    kind: ClassKind = "class"
    exams: str = ""
    partners: tuple[str, ...] = ()
    mode: str = HERE
    outsiders: str = ANYBODY
    open_days: str = ""
    at_once: int = 0  # enrolled from the first day: a class that goes on


_SCIENCE, _TECHNOLOGY = "естественно-научный", "технологический"
_HUMANITIES, _ECONOMY = "гуманитарный", "социально-экономический"
_UNIVERSAL = "универсальный"

# Profile of the federal standard, and what is studied at the advanced level.
TRACKS = {
    "медицинская": (_SCIENCE, ("Химия", "Биология")),
    "агротехнологическая": (_SCIENCE, ("Биология", "Химия")),
    "инженерная": (_TECHNOLOGY, ("Математика", "Физика")),
    "ИТ": (_TECHNOLOGY, ("Информатика", "Математика")),
    "педагогическая": (_HUMANITIES, ("Обществознание", "Литература")),
    "психолого-педагогическая": (_HUMANITIES, ("Обществознание", "Биология")),
    "правоохранительная": (_HUMANITIES, ("Обществознание", "История")),
    "экономическая": (_ECONOMY, ("Математика", "Обществознание")),
    "туристическая": (_ECONOMY, ("География", "Английский язык")),
    "морская": (_UNIVERSAL, ("Физика", "География")),
}

OFFERS = (
    # Before the year ended, long before anybody asked: tracks are known, seats are not yet.
    Offer(
        "s21",
        "А",
        "медицинская",
        date(2026, 12, 21),
        25,
        (0, 6, 14, 21, 25, 25, 25),
        exams="химия, биология",
        partners=("Тихоокеанская медицинская академия",),
        open_days="17 апреля, 12:00, актовый зал",
    ),
    Offer(
        "s33",
        "А",
        "медицинская",
        date(2026, 12, 23),
        25,
        looks=False,
        exams="химия, биология",
        partners=("Камчатский медицинский колледж", "Городская больница «Маяк»"),
        open_days="24 апреля, 11:00, кабинет химии",
        at_once=19,
    ),
    Offer(
        "s39",
        "А",
        "ИТ",
        date(2026, 12, 24),
        looks=False,
        exams="информатика, математика",
        partners=("ИТ-компания «Кедр»", "Дальневосточный институт связи"),
        mode=BOTH,
    ),
    # In spring, as the plan of measures wants it.
    Offer(
        "s24",
        "А",
        "инженерная",
        date(2027, 4, 28),
        25,
        looks=False,
        exams="физика, математика",
        partners=("Камчатский университет «Вулкан»", "Геотермальная станция «Пар»"),
        open_days="15 мая, 14:00, кабинет физики",
    ),
    Offer(
        "s03",
        "А",
        "педагогическая",
        date(2027, 4, 29),
        25,
        (0, 3, 8, 12, 16, 19, 20),
        exams="обществознание, литература",
        partners=("Педагогический колледж",),
        open_days="22 мая, 10:00",
    ),
    Offer(
        "s03",
        "Б",
        "психолого-педагогическая",
        date(2027, 4, 29),
        20,
        (2, 8, 14, 20, 20, 20, 20),
        exams="обществознание, биология",
        partners=("Восточный педагогический университет",),
    ),
    Offer(
        "s04",
        "А",
        "медицинская",
        date(2027, 5, 6),
        25,
        (2, 11, 25, 25, 24, 25, 25),
        exams="химия",
        partners=("Камчатский медицинский колледж",),
    ),
    Offer(
        "s04",
        "Б",
        "экономическая",
        date(2027, 5, 6),
        25,
        (0, 4, 9, 9, 13, 17, 18),
        exams="обществознание, математика",
    ),
    Offer(
        "s10",
        "А",
        "морская",
        date(2027, 5, 11),
        20,
        (1, 5, 9, 13, 15, 17, 17),
        looks=False,
        exams="физика, география",
        partners=("Морская академия «Авача»",),
    ),
    Offer(
        "s27",
        "А",
        "инженерная",
        date(2027, 5, 12),
        25,
        outsiders=OWN,
        exams="физика",
        partners=("Судоремонтный завод «Якорь»",),
        at_once=25,
    ),
    Offer(
        "s27",
        "Б",
        "правоохранительная",
        date(2027, 5, 12),
        20,
        (3, 7, 12, 18, 20, 20, 20),
        exams="обществознание, история",
    ),
    Offer(
        "s28",
        "А",
        "ИТ",
        date(2027, 5, 13),
        24,
        (0, 8, 15, 19, 22, 24, 24),
        exams="информатика",
        partners=("ИТ-компания «Кедр»",),
        mode=BOTH,
    ),
    Offer(
        "s31",
        "А",
        "педагогическая",
        date(2027, 5, 13),
        looks=False,
        partners=("Педагогический колледж",),
    ),
    Offer(
        "s35",
        "1",
        "психолого-педагогическая",
        date(2027, 5, 14),
        12,
        (0, 2, 4),
        looks=False,
        kind="group",
        exams="обществознание",
    ),
    Offer(
        "s36",
        "А",
        "инженерная",
        date(2027, 5, 17),
        25,
        (0, 5, 11, 16, 20, 23, 24),
        exams="физика, математика",
        partners=("Политехнический техникум «Парус»", "Рыбокомбинат «Океан»"),
    ),
    Offer(
        "s36",
        "Б",
        "туристическая",
        date(2027, 5, 17),
        25,
        (0, 1, 3, 6, 8, 11, 12),
        exams="география",
        partners=("Колледж сферы услуг",),
        mode=BOTH,
    ),
    Offer(
        "s41",
        "А",
        "агротехнологическая",
        date(2027, 5, 18),
        looks=False,
        exams="биология",
        partners=("Рыбокомбинат «Океан»",),
    ),
    Offer(
        "s45",
        "А",
        "морская",
        date(2027, 5, 19),
        25,
        (4, 10, 16, 22, 25, 25, 25),
        exams="физика, математика",
        partners=("Морская академия «Авача»", "Морской колледж"),
        open_days="29 мая, 12:00, спортивный зал",
    ),
    Offer(
        "s46",
        "1",
        "медицинская",
        date(2027, 5, 20),
        15,
        (0, 4, 7, 10, 12, 14, 15),
        kind="group",
        exams="химия, биология",
        partners=("Камчатский медицинский колледж",),
        mode=AFAR,
    ),
)
