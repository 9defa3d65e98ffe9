"""Three years of three schools: a busy one, a quiet one, and one where nobody has begun."""

from datetime import UTC, datetime
from decimal import Decimal

from exports.form_book import FormBook, form_book
from passport.form import PERIODS
from passport.loader import load_passport
from passport.printed import PeriodColumn
from passport.register import ProfileClass, Subject
from passport.values import Item, Named, NotApplicable, Nothing, Number, Slot, Value

HALF_YEARS = "отметок нет (аттестация по полугодиям)"
LONG_EVENT = (
    "Межрегиональная научно-практическая конференция школьников «Шаги в медицину: от первой "
    "помощи до высоких технологий» с выездной сессией на базе краевой больницы и встречей "
    "с выпускниками прошлых лет"
)
BUSY_CLASSES = (
    ProfileClass(1, 10, "А", "class", "медицинский", (Subject(1, "Химия"), Subject(2, "Биология"))),
    ProfileClass(
        2,
        10,
        "Б",
        "group",
        "инженерная",
        (Subject(3, "Физика"), Subject(4, "Информатика"), Subject(5, "Математика")),
    ),
    ProfileClass(
        3, 11, "А", "class", "педагогический", (Subject(6, "Обществознание"), Subject(7, "Химия"))
    ),
)
QUIET_CLASS = ProfileClass(9, 11, "Б", "group", "морская", (Subject(1, "Физика"),))


def count(number: int) -> Number:
    return Number(Decimal(number))


def named(*items: tuple[str, int]) -> Named:
    return Named(tuple(Item(name, persons) for name, persons in items))


def row_was_not(row: str, levels: tuple[str, ...]) -> dict[Slot, Value]:
    """«Не было» at the head, and what the sheet works out of it."""
    below = [f"r{row}.{level}" for level in levels]
    below += [f"{key}.total" for key in below] if row != "5" else []
    return {Slot(key): Nothing() for key in (f"r{row}", *below)}


def busy_values(quarter: int) -> dict[Slot, Value]:
    values: dict[Slot, Value] = {
        Slot("r1", 1): count(24),
        Slot("r1", 2): count(4),
        Slot("r1", 3): count(19),
    }
    for class_ in BUSY_CLASSES:
        for subject in class_.subjects:
            mark = Decimal("4.35") - Decimal(subject.id) / 50 + Decimal(quarter) / 100
            values[Slot("r2", class_.id, subject.id)] = Number(mark)
    values[Slot("r2", 3, 7)] = NotApplicable(HALF_YEARS)
    if quarter == 0:
        return values
    values |= {
        Slot("r3"): count(7),
        Slot("r3.municipal"): named(
            ("Ярмарка профессий", 24), ("=Хакатон «Траектория»", 12), ("+100 идей для города 🚀", 9)
        ),
        Slot("r3.municipal.total"): count(40),
        Slot("r3.regional"): named(
            (LONG_EVENT, 11),
            ("Экскурсия в порт", 12 + quarter),
            (
                "День открытых дверей Камчатского государственного технического университета "
                "с мастер-классами кафедр и посещением учебного судна",
                14,
            ),
            ("Профессиональная встреча «Врач скорой помощи: один день из жизни»", 19),
        ),
        Slot("r3.regional.total"): count(20),
        Slot("r3.national"): named(
            (f"Всероссийский форум профориентации «ПроеКТОриЯ», {quarter}-й сезон", 31),
            ("Большая перемена: дистанционный этап, командные и личные кейсы", 3),
        ),
        Slot("r3.national.total"): count(31),
        Slot("r3.fourth"): Nothing(),
        Slot("r3.fourth.total"): Nothing(),
        Slot("r4.municipal"): named(("Олимпиада по химии", 6), ("олимпиада  по «Химии»", 2)),
        Slot("r4.municipal.total"): count(8),
        Slot("r4.regional"): count(3),
        Slot("r4.regional.total"): count(3),
        Slot("r4.national"): Nothing(),
        Slot("r4.national.total"): Nothing(),
        Slot("r4"): count(2),
        Slot("r5.municipal"): count(2),
        Slot("r5.regional"): count(1),
        Slot("r5.national"): Nothing(),
        Slot("r5"): count(2),
        Slot("r6"): count(quarter),
        Slot("r7"): Nothing() if quarter % 2 else count(3),
        Slot("r8"): named(
            (f"Семинар «Профильное обучение: опыт {quarter} четверти»", 5),
            ("@Вебинар МАУ «ИМЦ»", 2),
            ("Августовское совещание <педагогов> & партнёров", 8),
        ),
        Slot("r8.total"): count(9),
    }
    return values


def busy_book() -> FormBook:
    notes = ("принято 10.09.2026", "принято 29.10.2026", "отправлено 14.01.2027, 16:40, опоздание")
    columns = [
        PeriodColumn(key, busy_values(position), note, sent=True)
        for position, (key, note) in enumerate(zip(PERIODS, notes, strict=False))
    ]
    draft: dict[Slot, Value] = {Slot("r1", 1): count(25), Slot("r3"): count(4)}
    columns += [PeriodColumn("III", draft, "черновик"), PeriodColumn("IV", {}, "не начато")]
    return form_book(
        load_passport().form,
        school_name="МАОУ «Средняя школа № 28 им. Г.Ф. Кирдищева»",
        school_year="2026-2027",
        classes=BUSY_CLASSES,
        columns=columns,
        made_from=datetime(2027, 3, 20, 4, 15, 30, tzinfo=UTC),
    )


def quiet_values() -> dict[Slot, Value]:
    return {
        Slot("r1", 9): count(12),
        Slot("r2", 9, 1): Number(Decimal("4.1")),
        **row_was_not("3", ("municipal", "regional", "national", "fourth")),
        **row_was_not("4", ("municipal", "regional", "national")),
        **row_was_not("5", ("municipal", "regional", "national")),
        Slot("r6"): Nothing(),
        Slot("r7"): Nothing(),
        Slot("r8"): Nothing(),
        Slot("r8.total"): Nothing(),
    }


def quiet_book() -> FormBook:
    base = {slot: value for slot, value in quiet_values().items() if slot.class_id}
    columns = [PeriodColumn("base", base, "принято 10.09.2026", sent=True)]
    columns += [PeriodColumn(key, quiet_values(), "принято", sent=True) for key in PERIODS[1:]]
    return form_book(
        load_passport().form,
        school_name="МБОУ «Лицей № 21»",
        school_year="2026-2027",
        classes=(QUIET_CLASS,),
        columns=columns,
        made_from=datetime(2027, 6, 2, 1, 0, tzinfo=UTC),
    )


def empty_book() -> FormBook:
    return form_book(
        load_passport().form,
        school_name="=МБОУ «Средняя школа\x0b № 4»",
        school_year="2026-2027",
        classes=(),
        columns=[PeriodColumn(key, {}, "не начато") for key in PERIODS],
    )
