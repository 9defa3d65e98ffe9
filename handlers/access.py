"""Who may do what: one table, enforced by one filter on each router."""

from aiogram.filters import Filter
from aiogram.types import TelegramObject

from handlers.visit import Visit
from storage.people import Role

STAFF: frozenset[Role] = frozenset({"methodist", "manager"})
COORDINATOR: frozenset[Role] = frozenset({"coordinator"})
EVERYONE: frozenset[Role | None] = frozenset({None, *STAFF, *COORDINATOR})

# Commands in the order of the menu; None stands for somebody without an account.
COMMANDS: dict[str, tuple[str, frozenset[Role | None]]] = {
    "form": ("Заполнить отчёт", frozenset(COORDINATOR)),
    "reports": ("Отчёты школы", frozenset(COORDINATOR)),
    "school": ("Классы и предметы", frozenset(COORDINATOR)),
    "export": ("Форма в Excel", frozenset(COORDINATOR)),
    "start": ("На главный экран", EVERYONE),
    "help": ("Как пользоваться", EVERYONE),
    "privacy": ("Какие данные хранятся", EVERYONE),
    "stop": ("Забыть меня", EVERYONE),
}


class Only(Filter):
    """Lets the roles through, for messages and for buttons alike."""

    def __init__(self, roles: frozenset[Role]) -> None:
        self._roles = roles

    async def __call__(self, _event: TelegramObject, visit: Visit) -> bool:
        return visit.person is not None and visit.person.role in self._roles


def menu(role: Role | None) -> tuple[tuple[str, str], ...]:
    """The command menu of a role: (command, description)."""
    return tuple((name, text) for name, (text, roles) in COMMANDS.items() if role in roles)
