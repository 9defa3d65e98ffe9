"""What the buttons of an import carry."""

from aiogram.filters.callback_data import CallbackData

from handlers.ids import RowId


class ImportTap(CallbackData, prefix="u1"):
    """``act``: show, changes, problems, apply, drop, undo; ``mark`` of what was on the screen."""

    act: str
    id: RowId
    mark: RowId = 0


def import_tap(act: str, id_: int, mark: int = 0) -> str:
    return ImportTap(act=act, id=id_, mark=mark).pack()
