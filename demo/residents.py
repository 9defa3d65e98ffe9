"""Who lives in the sample city: the bot stores no names, these are for the demo page only."""

from dataclasses import dataclass

from passport.loader import Passport
from storage.people import Role

NEWCOMER_SCHOOL = "s40"  # takes part, but nobody of it has opened the bot yet
BLOCKED_SCHOOL = "s10"  # its coordinator has blocked the bot: somebody must phone
METHODIST = 1005
MANAGER = 1006


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody with an account, or about to get one; not everybody stands on the page's list."""

    telegram_id: int
    name: str
    role: Role | None
    school: str | None
    note: str
    shown: bool = True
    blocked: bool = False


SHOWN = (
    Resident(1001, "Координатор школы № 24", "coordinator", "s24", "замдиректора, отчёт начат"),
    Resident(1002, "Второй координатор № 24", "coordinator", "s24", "та же школа, другой телефон"),
    Resident(1003, "Координатор школы № 33", "coordinator", "s33", "отчёт за II четверть не начат"),
    Resident(1008, "Координатор гимназии № 39", "coordinator", "s39", "отчёт вернули исправить"),
    Resident(1009, "Координатор школы № 31", "coordinator", "s31", "сдаёт позже срока"),
    Resident(1004, "Новый координатор", None, NEWCOMER_SCHOOL, "школа № 40, ссылка ещё не открыта"),
    Resident(METHODIST, "Методист ИМЦ", "methodist", None, "собирает отчёты, есть что проверить"),
    Resident(MANAGER, "Начальник отдела УО", "manager", None, "смотрит показатели"),
    Resident(1007, "Родитель девятиклассника", None, None, "в боте впервые"),
)


def residents(passport: Passport) -> tuple[Resident, ...]:
    """Those of the page in its order, then a coordinator of every other school that takes part."""
    known = {one.school for one in SHOWN}
    return SHOWN + tuple(
        Resident(
            1100 + school.number,
            f"Координатор школы № {school.number}",
            "coordinator",
            school.slug,
            "",
            shown=False,
            blocked=school.slug == BLOCKED_SCHOOL,
        )
        for school in passport.schools.schools
        if school.list == "candidate" and school.slug not in known
    )
