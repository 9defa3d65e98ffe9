"""«О методике»: what the numbers mean, and how the passport's contradictions were decided."""

from exports.books.desk import Desk
from exports.books.table import MIDDLE, TEXT, Binder, Column, Heading, Table
from exports.books.words import on_day

MEANING = (
    "Отсутствие ответа – пустая клетка: в суммы не входит и нулём не считается.",
    "«–» значит «не было», «н/п» – не применимо, с причиной на листе «Ответы».",
    "В показатели входят только принятые отчёты и действующие договоры.",
    "Строки 3–8 формы складываются по четвертям: это участия, один человек может участвовать "
    "несколько раз и в двух школах сразу.",
    "Строки 1 и 2 – состояние на конец четверти, по четвертям они не складываются.",
    "Официальное значение показателя берётся на свою дату и больше не меняется само; рядом всегда "
    "есть сегодняшнее.",
    "Итоги посчитаны дважды: формулой на листе и ботом. Строка «Сходится» сравнивает их. Пока файл "
    "не пересчитан, формулы могут показываться пустыми: число бота стоит рядом.",
    "Листы защищены от случайной правки без пароля: «Рецензирование – Снять защиту листа».",
)


async def write(binder: Binder, desk: Desk) -> None:
    columns = (Column("№", 6, MIDDLE), Column("Что важно знать", 110, TEXT))
    heading = Heading("О методике", "Как читать эту книгу", (on_day(desk),))
    table = Table(binder, heading, columns, landscape=True, filtered=False)
    number = 0
    for text in MEANING:
        number += 1
        table.row([number, text])
    for remark in desk.passport.indicators.notes:
        number += 1
        table.row([number, remark.text])
    for key, text in desk.passport.form.footnotes.items():
        if key in ("fourth", "olympiads"):
            number += 1
            table.row([number, f"Форма: {text}"])
    table.finish()
