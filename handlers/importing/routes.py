"""Routes of files: `/import`, a document, the buttons of a preview."""

from typing import Any

from aiogram import Router
from aiogram.filters import Command, Filter
from aiogram.types import CallbackQuery, Message

from exports.reading.door import Refused
from exports.reading.form_file import ReadForm
from exports.reading.upload import Reading
from handlers.access import May
from handlers.errors import ForPerson, Outdated
from handlers.filters import Typed
from handlers.importing import form, history, latest
from handlers.importing.callbacks import ImportTap
from handlers.indicators.callbacks import export_tap
from handlers.indicators.year import year_at_hand
from handlers.screen import Button, FormFile, Note, Reply, Screen
from handlers.visit import Visit
from storage import imports, prompts

router = Router(name=__name__)
router.message.filter(May("import"))
router.callback_query.filter(May("import"))


class ReadFile(Filter):
    """A document that was fetched and read; hands it over as ``reading``."""

    async def __call__(
        self, message: Message, upload: Reading | None = None
    ) -> bool | dict[str, Any]:
        if message.document is None or upload is None:
            return False
        return {"reading": upload}


@router.message(Command("import"), Typed())
async def import_command(_: Message, visit: Visit) -> Reply:
    """What can be sent; a coordinator gets the blank form at once."""
    await prompts.put(visit.tx, visit.chat_id, None)
    words = (
        "<b>Загрузить файл</b>\n"
        "Пришлите сюда форму отчётности в Excel (.xlsx), заполненную без бота. Я покажу, что понял "
        "и что изменится; без подтверждения ничего не запишется."
    )
    if visit.is_staff:
        words += "\nТак же загружается история показателей за прошлые годы: шаблон под кнопкой."
        template = export_tap("history", year_at_hand(visit))
        lines, undo = await latest.of(visit)
        rows = ((Button("История прошлых лет: шаблон", template),), *undo, *form.way_on(visit))
        return Reply(Screen("\n".join([words, *lines]), rows))
    assert visit.person is not None
    year = visit.calendar.current(visit.now)[0]
    file = FormFile(visit.person.school or "", year)
    note = Note("Форма вашей школы: заполните в ней пустые клетки и пришлите сюда.", file)
    return Reply(Screen(words, form.way_on(visit)), notes=(note,))


@router.message(ReadFile())
async def document(_: Message, visit: Visit, reading: Reading) -> Reply:
    if isinstance(reading, Refused):
        raise ForPerson(reading.text)
    if isinstance(reading, ReadForm):
        return Reply(await form.received(visit, reading))
    if not visit.is_staff:
        raise ForPerson("Историю показателей загружает методист. Пришлите форму своей школы.")
    return Reply(await history.received(visit, reading))


@router.callback_query(ImportTap.filter())
async def import_tap(_: CallbackQuery, callback_data: ImportTap, visit: Visit) -> Reply:
    data = callback_data
    found = await imports.get(visit.tx, data.id)
    if found is None:
        raise Outdated
    kind = form if found.kind == "form" else history
    await kind.load(visit, data.id)  # whose it is
    match data.act:
        case "show":
            return Reply(await kind.show(visit, data.id))
        case "apply":
            return Reply(await kind.confirm(visit, data.id, data.mark))
        case "undo":
            return Reply(await kind.take_back(visit, data.id))
        case "changes" if found.kind == "form":
            return Reply(await form.show_changes(visit, data.id))
        case "problems" if found.kind == "form":
            return Reply(await form.show_problems(visit, data.id))
        case "drop":
            if found.applied_at is not None:
                return Reply(await kind.show(visit, data.id))
            await imports.mark_undone(visit.tx, data.id)
            words = "Хорошо, ничего не записано. Файл я не храню."
            return Reply(Screen(words, form.way_on(visit)))
    raise Outdated
