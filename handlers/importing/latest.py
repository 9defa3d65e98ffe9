"""The imports that were written last, also by command: each opens to where it can be undone."""

from handlers.importing.callbacks import import_tap
from handlers.screen import Button, Row
from handlers.visit import Visit
from handlers.words import q, school_year, when
from storage import imports
from storage.imports import Import

MOST = 5


async def of(visit: Visit) -> tuple[list[str], list[Row]]:
    """Lines and buttons for staff; nothing when there are none."""
    found = await imports.last_applied(visit.tx, MOST)
    if not found:
        return [], []
    lines = ["", "<b>Последние загрузки</b>"]
    lines += [f"{place}. {_line(visit, one)}" for place, one in enumerate(found, start=1)]
    rows: list[Row] = [
        (Button(f"Отменить: {place}. {what(visit, one)}"[:60], import_tap("show", one.id)),)
        for place, one in enumerate(found, start=1)
    ]
    return lines, rows


def what(visit: Visit, one: Import) -> str:
    """«Школа № 24, 2026/27» of a form; not quoted."""
    if one.school is None or one.year is None:
        return "история показателей"
    return f"{visit.school_name(one.school)}, {school_year(one.year)}"


def _line(visit: Visit, one: Import) -> str:
    assert one.applied_at is not None
    by = "" if one.by is not None else " (командой import)"
    return f"{q(what(visit, one))} – {when(one.applied_at, visit.zone, visit.now)}{by}"
