"""Who came, who was replaced, whom the bot cannot reach."""

from handlers.collect.callbacks import school_tap
from handlers.form.callbacks import GoTap
from handlers.screen import Button, Screen
from handlers.visit import Visit
from handlers.welcome import ROLE_NAMES, StayTap
from handlers.words import q
from storage import people
from storage.outbox import Posted
from storage.people import Person


def _who(visit: Visit, person: Person) -> str:
    words = ["координатор", visit.school_name(person.school)] if person.school else []
    words = words or [ROLE_NAMES[person.role]]
    if person.post:
        words.append(person.post)
    return q(", ".join(words))


async def joined(visit: Visit, posted: Posted) -> Screen | None:
    """To colleagues of the school, and to whoever made the link."""
    person = await people.get(visit.tx, posted.ref or 0)
    if person is None:
        return None
    if visit.is_staff:
        text = f"👋 По вашей ссылке вошёл {_who(visit, person)}."
        if person.school is None:
            return Screen(text, ((Button("На главный экран", StayTap(act="home").pack()),),))
        return Screen(text, ((Button("Школа", school_tap("show", person.school)),),))
    if visit.person is None or visit.person.school != person.school:
        return None
    post = f" ({q(person.post)})" if person.post else ""
    text = f"👋 К вашей школе подключился ещё один координатор{post}. Отчёт у вас общий."
    return Screen(text, ((Button("Отчёты школы", GoTap(to="reports").pack()),),))


async def handed_over(visit: Visit, _posted: Posted) -> Screen | None:
    """To whoever was replaced: the last message that they get."""
    if visit.person is None or not visit.person.suspended:
        return None
    school = f" ({q(visit.person.school_name)})" if visit.person.school_name else ""
    text = (
        f"Отчёты школы{school} теперь ведёт коллега, ваш доступ закрыт. Спасибо за работу!\n"
        "Если это ошибка, напишите методисту ИМЦ."
    )
    return Screen(text, ((Button("Удалить меня из бота", StayTap(act="ask").pack()),),))


async def unreachable(visit: Visit, posted: Posted) -> Screen | None:
    """To methodists: somebody must phone."""
    person = await people.get(visit.tx, posted.ref or 0)
    if person is None or person.reachable or person.suspended:
        return None
    text = (
        f"⚠️ Не могу написать: {_who(visit, person)}. Человек остановил бота или удалил "
        "учётную запись Telegram. "
    )
    if person.school is None:
        text += "Сообщения бота к нему не приходят: позвоните."
        return Screen(text, ((Button("На главный экран", StayTap(act="home").pack()),),))
    text += "Напоминания к нему не приходят: позвоните или пригласите другого."
    return Screen(text, ((Button("Школа", school_tap("show", person.school)),),))
