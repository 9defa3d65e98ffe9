"""The texts around the form: greeting, help, privacy, leaving."""

from aiogram.filters.callback_data import CallbackData

from handlers.brief.callbacks import brief_tap
from handlers.campaigns.callbacks import campaign_tap
from handlers.collect.callbacks import DIGEST_ON, school_tap
from handlers.form.callbacks import GoTap
from handlers.indicators.callbacks import indicator_tap
from handlers.parents.callbacks import parent_tap, subscribe_tap
from handlers.registers.callbacks import cards_tap
from handlers.screen import Button, Note, Row, Screen
from handlers.words import q
from storage.invites import Unusable
from storage.people import Person, Role


class StayTap(CallbackData, prefix="s1"):
    """The buttons under /stop and under an invite that changes an account."""

    act: str
    proof: str = ""  # that this chat had the link: a number alone could be guessed


ROLE_NAMES: dict[Role, str] = {
    "coordinator": "координатор школы",
    "methodist": "методист ИМЦ",
    "manager": "руководитель УО",
}

_FORM = Button("Заполнить отчёт", GoTap(to="form").pack(), style="primary")
_REPORTS = Button("Отчёты школы", GoTap(to="reports").pack())
_BOARD = Button("Кто сдал, кто не сдал", school_tap("board"), style="primary")
_SCHOOLS = Button("Школы и координаторы", school_tap("list"))
_INDICATORS = Button("Показатели", indicator_tap("now"))
_BRIEF = Button("Состояние Проекта", brief_tap("show"))
_CAMPAIGN = Button("Приёмная кампания", campaign_tap("show"))


def _cards(person: Person) -> Button:
    return Button("Классы и договоры", cards_tap("school", person.school or ""))


# Of a stranger, who most often is a parent.
PARENTS: tuple[Row, ...] = (
    (Button("Какие классы откроют", parent_tap("tracks"), style="primary"),),
    (Button("Где есть места", parent_tap("seats")), Button("По школам", parent_tap("schools"))),
    (
        Button("Сроки и как подать", parent_tap("topic", "apply")),
        Button("❓ Все вопросы", parent_tap("topic")),
    ),
    (Button("🔔 Сообщить о наборе и местах", subscribe_tap("list")),),
)


def _way_on(person: Person | None) -> tuple[Row, ...]:
    """Back to the report, or to the board; nothing for who may do nothing."""
    if person is None or person.suspended:
        return ()
    return ((_FORM,),) if person.role == "coordinator" else ((_BOARD,),)


MANAGER_HELP = (
    "<b>Приёмная кампания</b>\n"
    "• /campaign – даты, посты канала и их черновики, объявления, справка по п. 2.1. Черновик "
    "приходит накануне; если ничего не нажать, пост выйдет сам в 10:00.\n\n"
)
STAFF_HELP = (
    "<b>Сбор отчётов</b>\n"
    "• /reports – кто сдал, кто не сдал. Номер школы открывает её отчёт: сомнения, пояснения, "
    "что изменилось. Дальше – «Принять», «Вернуть» (отметьте числа и напишите одну фразу) или "
    "«Внести за школу».\n"
    "• «Напомнить всем, кто не сдал» – не чаще раза в день на школу. Обычные напоминания "
    "уходят сами: в рабочие дни с 8:30 до 18:00 и только тем, кто не сдал.\n"
    "• /deadlines – сроки: перенести всем или одной школе.\n"
    "• /schools – школы и координаторы: пригласить, передать, приостановить.\n"
    "• /invite – одноразовая ссылка и QR-код.\n\n"
    "<b>Показатели и файлы</b>\n"
    "• /indicators – факт и цель по Паспорту; <code>/indicators 2024</code> – другой год, "
    "<code>/indicators 33</code> – школа. Каждое число раскрывается до школ и строк.\n"
    "• /brief – состояние Проекта одним экраном и одной страницей (Excel, Word) перед совещанием; "
    "<code>/brief 24</code> – справка о школе.\n"
    "• /tasks – шесть задач Проекта: что измерено и достигнут ли порог.\n"
    "• /plan – план мероприятий: что просрочено, где скоро срок, что идёт; "
    "<code>/plan 4.1</code> – одно мероприятие и отметка о выполнении.\n"
    "• /risks – восемь рисков Проекта: светофор, числа за ним и строки; "
    "<code>риск 3</code> – один риск.\n"
    "• /export – сводная книга, отчёт по п. 1.8, план, риски, договоры, классы в Excel.\n"
    "• /import – форма, заполненная без бота, или история прошлых лет: пришлите файл.\n"
    "• Классы, договоры и партнёры – в /schools: в карточке школы и под списком.\n\n"
    "Понимаю и слова: <code>24</code>, <code>33 школа</code>, <code>кто не сдал</code>, "
    "<code>сроки</code>, <code>показатели</code>, <code>план</code>, <code>задачи</code>, "
    "<code>сводка к совещанию</code>, <code>справка школы 24</code>.\n\n"
)
STAFF_COMMAND = "/staff – методисты и руководители\n"
_OTHER_COMMANDS = "/privacy – что бот хранит\n/stop – удалить меня из бота"


PARENTS_HELP = (
    "<b>Родителям</b>\n"
    "• /classes – открытые классы по направленностям: места, предметы, партнёры, как поступить.\n"
    "• Вопрос можно написать своими словами: <code>мед класс 33</code>, "
    "<code>есть ли места</code>, <code>до какого числа</code>, <code>можно из другой школы</code>, "
    "<code>очно или дистанционно</code>, <code>где положение</code>.\n"
    "• 🔔 – сообщу, когда откроется набор или появится место. Отключается одним нажатием.\n"
    "• У чисел стоит дата. Чего школа не сообщила, бот не знает и даёт телефон приёмной.\n"
    "• Заявления принимает школа: документы и данные ребёнка сюда не пишите.\n\n"
    "<b>Школам</b>\n"
    "Координатор школы входит по одноразовой ссылке от методиста ИМЦ и раз в четверть отвечает "
    "здесь на вопросы формы отчётности. Если ссылки нет, попросите её в ИМЦ.\n\n"
    "/privacy – что бот хранит\n/stop – удалить меня из бота"
)


def home(person: Person | None) -> Screen:
    if person is None:
        return Screen(
            "Здравствуйте! Подскажу о предпрофессиональных классах школ "
            "Петропавловска-Камчатского (проект «Траектория будущего»): какие откроют, где есть "
            "места, когда и как подавать.\n\n"
            "Нажмите кнопку или напишите вопрос: <code>медицинский</code>, <code>33 школа</code>, "
            "<code>что сдавать</code>. Имя и телефон не нужны.\n\n"
            "Координатор школы? Тогда откройте ссылку-приглашение; если её нет, попросите в ИМЦ.\n"
            "Что я храню о людях: /privacy",
            PARENTS,
        )
    if person.suspended:
        return Screen(
            "Ваш доступ приостановлен. Если это ошибка, напишите методисту ИМЦ.\n\n"
            f"{_OTHER_COMMANDS}"
        )
    if person.role == "coordinator":
        return Screen(
            f"<b>{q(person.school_name or '')}</b>, {ROLE_NAMES[person.role]}.\n\n"
            "Отчёт заполняется здесь, по одному вопросу. Остановиться можно в любой момент: "
            "ответы сохраняются сразу.",
            ((_FORM,), (_REPORTS,), (_cards(person),)),
        )
    digest: tuple[Row, ...] = () if person.digest else ((DIGEST_ON,),)
    return Screen(
        f"Вы вошли как {ROLE_NAMES[person.role]}.\n\n"
        "Здесь видно, кто сдал отчёт, а кто нет, и как идёт Проект: показатели, план, риски. "
        "Отсюда же отправляют напоминания, переносят сроки и приглашают людей. Можно написать "
        "номер школы, например: <code>24</code>",
        ((_BOARD,), (_BRIEF, _INDICATORS), (_SCHOOLS,), *_of_manager(person), *digest),
    )


def _of_manager(person: Person) -> tuple[Row, ...]:
    return ((_CAMPAIGN,),) if person.role == "manager" else ()


def joined(person: Person) -> Screen:
    place = f" ({q(person.school_name)})" if person.school_name else ""
    if person.role != "coordinator":
        return Screen(
            f"Готово: вы {ROLE_NAMES[person.role]}{place}.\n\n"
            "Отчёты школ, показатели, сроки и приглашения – в меню команд. Как всё устроено: /help",
            ((_BOARD,), (_SCHOOLS,)),
        )
    return Screen(
        f"Готово: вы {ROLE_NAMES[person.role]}{place}.\n\n"
        "Раз в четверть я спрошу данные для формы отчётности – это 8–25 коротких ответов. "
        "Можно прерваться и продолжить с того же места, хоть с другого телефона.",
        ((_FORM,), (_REPORTS,)),
    )


def unusable_invite(reason: Unusable, person: Person | None) -> Screen:
    text = {
        "unknown": "Эта ссылка не подходит: возможно, она скопирована не целиком.",
        "used": "Эта ссылка уже использована: каждая открывается один раз.",
        "expired": "Срок этой ссылки истёк.",
        "revoked": "Эту ссылку отозвали.",
    }[reason]
    return Screen(
        f"{text}\nПопросите новую ссылку у того, кто её прислал, и откройте её здесь.",
        _way_on(person),
    )


def for_a_colleague(person: Person) -> Screen:
    place = f" ({q(person.school_name)})" if person.school_name else ""
    return Screen(
        f"Вы уже {ROLE_NAMES[person.role]}{place}. Эта ссылка – для коллеги: перешлите её, "
        "она по-прежнему открывается один раз.",
        _way_on(person),
    )


def change_account(
    person: Person, role: Role, school_name: str | None, yes: str, no: str
) -> Screen:
    now = ROLE_NAMES[person.role] + (f" ({q(person.school_name)})" if person.school_name else "")
    new = ROLE_NAMES[role] + (f" ({q(school_name)})" if school_name else "")
    return Screen(
        f"Сейчас вы: {now}.\nПо этой ссылке будете: {new}.\nПерейти?",
        ((Button("Перейти", yes),), (Button("Остаться", no),)),
    )


def help_screen(person: Person | None) -> Screen:
    if person is not None and person.role != "coordinator" and not person.suspended:
        text = f"{STAFF_HELP}{_OTHER_COMMANDS}"
        if person.role == "manager":
            text = f"{MANAGER_HELP}{STAFF_HELP}{STAFF_COMMAND}{_OTHER_COMMANDS}"
        return Screen(text, ((_BOARD,), (_SCHOOLS,), *_of_manager(person)))
    if person is None:
        return Screen(PARENTS_HELP, PARENTS)
    if person.suspended:
        return Screen(
            "Школы раз в четверть отвечают здесь на вопросы формы отчётности проекта "
            "«Траектория будущего».\n\n"
            "Координатор школы входит по одноразовой ссылке от методиста ИМЦ. "
            f"Если ссылки нет, попросите её в ИМЦ.\n\n{_OTHER_COMMANDS}"
        )
    return Screen(
        "<b>Как заполнять</b>\n"
        "• /form – продолжить отчёт с того места, где остановились.\n"
        "• Ответ пишите сообщением: <code>24</code>, <code>4,35</code>, «не было».\n"
        "• Список – одним сообщением, по строке: <code>Ярмарка профессий – 24</code>. "
        "Можно вставить из Excel.\n"
        "• Ошиблись – измените своё сообщение или нажмите номер строки в отчёте и выберите ответ.\n"
        "• «Позже» – отложить вопрос, «Назад» – вернуться к прошлому.\n"
        "• Перед отправкой я покажу, что стоит проверить. После отправки пришлю квитанцию "
        "и заполненную форму в Excel.\n"
        "• Не успеваете – «Попросить ещё времени» в карточке отчёта.\n\n"
        "/reports – все отчёты и анкеты школы\n/school – классы и договоры\n"
        "/indicators – вклад школы в показатели\n"
        "/brief – справка о школе: что нужно сделать, места, отчёты, договоры; Excel и Word\n"
        "/export – форма в Excel\n/import – загрузить форму, заполненную без бота\n"
        f"{_OTHER_COMMANDS}",
        ((_FORM,), (_REPORTS,)),
    )


def privacy(person: Person | None) -> Screen:
    return Screen(
        "<b>Что хранит бот</b>\n"
        "• Номер вашей учётной записи Telegram, роль, школу и, если её указали, должность. "
        "Ваши имя и телефон не хранятся.\n"
        "• Отчёты, карточки классов и договоров: числа, названия, пояснения; кто и когда их "
        "изменил.\n"
        "• Когда и о каком отчёте бот вам писал – чтобы не написать дважды.\n"
        "• Подписки родителей: номер чата и что выбрано (направленность, школа или все классы) – "
        "до отключения одним нажатием или командой /stop.\n"
        "• Сколько раз за день обратились люди без учётной записи: только число.\n"
        "• Текст сообщения хранится, пока бот на него не ответил или пока вы не решили, "
        "что оставить.\n\n"
        "Не пишите имена детей и педагогов, личные телефоны и номера документов: бот их не "
        "принимает. Фото – тоже. Файл формы бот прочитает и не сохранит.\n\n"
        "/stop – удалить вас из бота и подписки. Отчёты школы останутся, но без связи с вами.",
        _way_on(person),
    )


def really_forget(person: Person, yes: str, no: str) -> Screen:
    school = f" ({q(person.school_name)})" if person.school_name else ""
    return Screen(
        f"Удалить вас из бота{school}? Отчёты {'школы' if school else 'школ'} останутся, ваш "
        "Telegram – тоже. "
        "Чтобы вернуться, понадобится новая ссылка-приглашение.",
        ((Button("Удалить", yes, style="danger"),), (Button("Остаться", no),)),
    )


def forgotten() -> Note:
    return Note(
        "Готово: вы удалены из бота, писать вам больше не буду.\n"
        "Чтобы вернуться, откройте новую ссылку-приглашение."
    )


def subscriptions_forgotten() -> Screen:
    return Screen(
        "Готово: подписки удалены, писать вам больше не буду. Больше о вас ничего не хранится.",
        PARENTS,
    )


def nothing_to_forget() -> Screen:
    return Screen(
        "О вас ничего не хранится: подписок нет, по ссылке-приглашению вы не входили.", PARENTS
    )
