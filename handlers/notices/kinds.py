"""What each kind of message is called in the journal."""

from storage.outbox import Kind

KINDS: dict[Kind, str] = {
    "reminder": "напоминание",
    "submitted": "пришёл отчёт",
    "returned": "отчёт возвращён",
    "accepted": "отчёт принят",
    "reopened": "отчёт открыт снова",
    "moved": "срок перенесён",
    "time_asked": "просьба о сроке",
    "time_answered": "ответ о сроке",
    "joined": "новый коллега",
    "handed_over": "доступ передан",
    "unreachable": "нет связи с человеком",
    "digest": "утренняя сводка",
    "confirm_dates": "просьба проверить сроки",
    "contract_ends": "договор кончается",
    "cards_check": "просьба проверить классы",
    "measures": "сроки плана",
    "last_summer": "сроки последнего лета",
    "draft": "черновик поста",
    "post_trouble": "пост не вышел",
    "post": "пост в канале",
    "bulletin": "сообщение подписчику",
}
# Why a reminder was sent: the rungs of the ladder, and what is outside of it.
WHY = {
    "opening": "отчёт открылся",
    "before": "за два рабочих дня",
    "due": "день срока",
    "after": "день после срока",
    "late1": "опоздание, первое",
    "late2": "опоздание, второе",
    "late3": "опоздание, третье",
    "returned": "возвращён и ждёт исправления",
    "snooze": "просили напомнить",
    "nudge": "методист попросил",
}
