"""Who may do what: one table, enforced by one filter on each router."""

from typing import Literal

from aiogram.filters import Filter
from aiogram.types import TelegramObject

from handlers.visit import Actor, Visit

Right = Literal[
    "fill",
    "own reports",
    "keep cards",
    "import",
    "collect",
    "see indicators",
    "see project",
    "invite staff",
    "publish",
]

COORDINATOR: frozenset[Actor | None] = frozenset({"coordinator"})
MANAGERS: frozenset[Actor | None] = frozenset({"manager", "owner"})
STAFF: frozenset[Actor | None] = MANAGERS | {"methodist"}
EVERYONE: frozenset[Actor | None] = STAFF | COORDINATOR | {None}

RIGHTS: dict[Right, frozenset[Actor | None]] = {
    # Staff fill for a school that phoned; which school's report it is, is asked at each step.
    "fill": COORDINATOR | STAFF,
    "own reports": COORDINATOR,
    # Of the own school; staff of all. Whose card it is, is asked at each step.
    "keep cards": COORDINATOR | STAFF,
    # A form of the own school; staff of all, and the history of the years before.
    "import": COORDINATOR | STAFF,
    "collect": STAFF,
    "see indicators": STAFF,
    # The plan, the risks, the tasks, the brief of the city.
    "see project": STAFF,
    "invite staff": MANAGERS,
    "publish": MANAGERS,
}

# Commands in the order of the menu; one name may mean another screen to another role. None stands
# for somebody without an account, or with one that was suspended.
COMMANDS: tuple[tuple[str, str, frozenset[Actor | None]], ...] = (
    ("form", "Заполнить отчёт", COORDINATOR),
    ("reports", "Отчёты и анкеты школы", COORDINATOR),
    ("school", "Классы и договоры", COORDINATOR),
    ("brief", "Справка о школе", COORDINATOR),
    ("export", "Форма в Excel", COORDINATOR),
    ("indicators", "Вклад школы в показатели", COORDINATOR),
    ("indicators", "Показатели", STAFF),
    ("brief", "Состояние Проекта", STAFF),
    ("plan", "План мероприятий", STAFF),
    ("tasks", "Задачи Проекта", STAFF),
    ("export", "Выгрузки в Excel", STAFF),
    ("import", "Загрузить файл Excel", COORDINATOR | STAFF),
    ("reports", "Кто сдал, кто не сдал", STAFF),
    ("risks", "Риски Проекта", STAFF),
    ("schools", "Школы и координаторы", STAFF),
    ("deadlines", "Сроки отчётов", STAFF),
    ("invite", "Пригласить", STAFF),
    ("campaign", "Приёмная кампания и канал", MANAGERS),
    ("staff", "Методисты и руководители", MANAGERS),
    ("classes", "Открытые классы и места", EVERYONE),
    ("start", "На главный экран", EVERYONE),
    ("help", "Как пользоваться", EVERYONE),
    ("privacy", "Какие данные хранятся", EVERYONE),
    ("stop", "Удалить меня из бота", EVERYONE),
)


class May(Filter):
    """Lets those through who have the right, for messages and for buttons alike."""

    def __init__(self, right: Right) -> None:
        self._actors = RIGHTS[right]

    async def __call__(self, _event: TelegramObject, visit: Visit) -> bool:
        return visit.actor in self._actors


def menu(actor: Actor | None) -> tuple[tuple[str, str], ...]:
    """The command menu of a role: (command, description)."""
    return tuple((name, text) for name, text, actors in COMMANDS if actor in actors)
