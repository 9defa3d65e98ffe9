"""The last router: whatever nobody else answered is answered here, never with silence."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from handlers.campaigns.routes import present as campaigns_present
from handlers.collect import typed
from handlers.errors import ForPerson
from handlers.form.flow import present
from handlers.parents.talk import answer_account
from handlers.plan.routes import present as plan_present
from handlers.registers.routes import present as cards_present
from handlers.risks.routes import present as risks_present
from handlers.screen import Reply, Screen
from handlers.visit import Visit
from handlers.welcome import home
from handlers.words import q

router = Router(name=__name__)

NOT_TEXT = (
    "⚠️ Я понимаю только текст и кнопки. Фото, файлы и контакты не принимаю: в них могут быть "
    "личные данные. Напишите вопрос словами."
)
NOT_TEXT_NOR_FORM = (
    "⚠️ Я понимаю только текст и кнопки, а из файлов – форму в Excel: /import. Фото, голосовые и "
    "контакты не принимаю: в них могут быть личные данные. Напишите ответ сообщением."
)

EDITED = "⚠️ Правку сообщения я не записал. Ответьте ещё раз новым сообщением."


# Whose question is open: each says None when it is not theirs.
WAITING = (
    typed.present,
    campaigns_present,
    plan_present,
    cards_present,
    risks_present,
    present,
)


async def _now(visit: Visit, notice: str) -> Screen:
    """The screen of this moment under a notice (HTML)."""
    if visit.actor is not None:  # a suspended account keeps its place, and does not see it
        for waiting in WAITING:
            screen = await waiting(visit, notice)
            if screen is not None:
                return screen
    start = home(visit.person)
    return Screen(f"{notice}\n\n{start.text}", start.keyboard)


@router.message()
async def any_message(message: Message, visit: Visit) -> Reply:
    if message.text is None:
        words = NOT_TEXT if visit.actor is None else NOT_TEXT_NOR_FORM
        return Reply(await _now(visit, words), burst=True)
    if message.text.startswith("/"):
        notice = "Такой команды для вас нет. Что я умею: /help"
    else:
        found = await answer_account(visit, message.text)
        if found is not None:
            return Reply(found)
        notice = "Не понял это сообщение. Что я умею: /help"
    return Reply(await _now(visit, notice), burst=True)


@router.edited_message()
async def any_edited(_: Message, visit: Visit) -> Reply:
    if visit.actor is None:
        return Reply()  # nothing depended on that message
    return Reply(await _now(visit, EDITED), burst=True)


@router.callback_query()
async def any_button(_: CallbackQuery, visit: Visit) -> Reply:
    return Reply(await _now(visit, "Эта кнопка устарела. Вот что сейчас."), toast="Кнопка устарела")


async def refused(error: ForPerson, visit: Visit) -> Reply:
    """What a handler refused, above the screen of this moment."""
    return Reply(await _now(visit, f"⚠️ {q(error.text)}"))


APOLOGY = "⚠️ Не получилось, это моя ошибка. Ответ не записан, повторите его."


async def failed(visit: Visit) -> Reply:
    """An error of ours: nothing was changed, the person can go on."""
    return Reply(await _now(visit, APOLOGY))


def broken(visit: Visit) -> Reply:
    """An error that even the present screen runs into: the way out needs nothing stored."""
    start = home(visit.person)
    return Reply(
        Screen(
            f"{APOLOGY}\nЕсли не получится снова, сообщите методисту ИМЦ.\n\n{start.text}",
            start.keyboard,
        )
    )
