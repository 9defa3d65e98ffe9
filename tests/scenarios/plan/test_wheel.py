"""What staff see of the plan: the year wheel, its filters, a measure's card, choices."""

from html import unescape

import pytest

from demo.telegram import Person
from handlers.screen import TEXT_LIMIT
from storage import audit
from tests.clock import local
from tests.scenarios.plan.year import add_class, measure, only, plan_of, screen
from tests.world import World


@pytest.fixture
async def methodist(world: World) -> Person:
    world.clock.move_to(local(2026, 11, 24, 10))
    return await world.staff("methodist")


def block(text: str, title: str) -> list[str]:
    """The lines below a heading, up to the empty one."""
    lines = text.split("\n")
    begin = next(at for at, line in enumerate(lines) if line.startswith(title))
    end = next((at for at in range(begin, len(lines)) if not lines[at]), len(lines))
    return lines[begin + 1 : end]


async def test_the_wheel_of_a_november(world: World, methodist: Person) -> None:
    """What the project is about on 24 November 2026: see the table of the plan."""
    await world.say(methodist, "/plan")
    text = screen(methodist)
    assert text.startswith("План мероприятий · на 24.11.2026")
    assert "Просрочено" not in text
    running = block(text, "Идёт сейчас: 14")
    assert running[0] == "▶ 2.2. Классные часы и родительские собрания – до 30.05.2027"
    assert (
        block(text, "Впереди: 7")[0]
        == "🕒 1.2. Направленности классов – с 01.05.2027 до 01.08.2027"
    )
    assert "🗄 История 2022 года: 1.1, 1.4, 1.5, 1.7, 2.3, 3.1, 6.2" in text


async def test_late_and_soon_come_first(world: World, methodist: Person) -> None:
    world.clock.move_to(local(2026, 8, 20, 10))
    await world.say(methodist, "план")
    text = screen(methodist)
    assert text.index("Просрочено") < text.index("Срок в ближайшие 30 дней")
    assert "🔴 1.2. Направленности классов – срок был 01.08.2026" in block(text, "Просрочено")
    soon = block(text, "Срок в ближайшие 30 дней")
    assert soon[0] == "⏰ 4.1. Перечень школ-участниц – до 20.08.2026, сегодня последний день"
    assert soon[-1].endswith("до 31.08.2026, осталось 11 дней")


async def test_words_and_a_number_open_a_measure(world: World, methodist: Person) -> None:
    for text in ("/plan 4.1", "план 4.1", "План мероприятий п. 4.1", "/plan 4,1", "4.1", "п. 4.1"):
        await world.say(methodist, text)
        assert screen(methodist).startswith("4.1. Определение перечня ООО ПКГО"), text
    for text in ("/plan 4", "план раздел 4", "План 4."):
        await world.say(methodist, text)
        assert "Раздел 4. Создание условий" in screen(methodist), text
    await world.say(methodist, "/plan 7")
    assert "Не понял «7»" in screen(methodist)
    await world.say(methodist, "/plan 9.9")
    assert "Не понял «9.9». Напишите, например: /plan 4.1" in screen(methodist)
    await world.say(methodist, "/plan завтра")
    assert "Не понял «завтра»" in screen(methodist)


async def test_the_card_has_the_passports_words(world: World, methodist: Person) -> None:
    await world.say(methodist, "/plan 2.1")
    text = screen(methodist)
    for line in (
        "Срок: 01.05.2027 – 31.08.2027, ежегодно",
        "В плане: 01.07.2022 01.05.2024 – 30.09.2022 31.08.2023 далее ежегодно",
        "Ответственный: УО ПКГО, МАУ «ИМЦ», ООО ПКГО",
        "Документ: Информационная справка о ведении информационной кампании",
        "Состояние: 🕒 впереди, с 01.05.2027 до 31.08.2027",
        "Данные: появятся, когда откроется срок",
        "читаем 01.05.2023",
    ):
        assert line in text
    await world.press(methodist, "← 2026")
    assert "Срок: 01.05.2026 – 31.08.2026, ежегодно" in screen(methodist)
    assert "🔴 просрочено, срок был 31.08.2026" in screen(methodist)
    await world.press(methodist, "2027 →")
    assert "01.05.2027 – 31.08.2027" in screen(methodist)


async def test_filters(world: World, methodist: Person) -> None:
    await world.say(methodist, "/plan")
    await world.press(methodist, "По разделам")
    assert "5. Организация повышения уровня компетенции" in screen(methodist)
    await world.press(methodist, "5. Педагоги")
    text = screen(methodist)
    assert "Раздел 5. Организация повышения" in text
    assert "2.1" not in text
    assert "принятых отчётов за четверти пока нет (по 0 из 17 школ)" in text
    await world.press(methodist, "По ответственным")
    await world.press(methodist, "Министерство образования")
    text = screen(methodist)
    assert "Ответственный: Министерство образования" in text
    assert "1.9. Секция августовского совещания" in text
    assert "1.8" not in text
    await world.press(methodist, "Весь план")
    assert "1.8" in screen(methodist)


async def test_history_of_2022(world: World, methodist: Person) -> None:
    await world.say(methodist, "/plan")
    await world.press(methodist, "История 2022")
    text = screen(methodist)
    assert "Их сроки прошли: это история Проекта." in text
    assert "🗄 1.1. Рабочая группа, 01.07.2022 – 31.07.2022" in text
    assert "Приказ УО ПКГО о формировании и составе рабочей группы" in text
    await world.press(methodist, "🗄 1.1")
    assert "Состояние: 🗄 история 2022 года" in screen(methodist)


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ((2022, 9, 1), "Идёт сейчас"),
        ((2027, 1, 1), "Впереди: 7"),
        ((2027, 9, 1), "Срок в ближайшие 30 дней: 6"),
        ((2027, 9, 15), "Проект завершён 01.09.2027."),
        ((2028, 3, 1), "Проект завершён, не отмечено: 21"),
    ],
)
async def test_a_day_of_the_edges(
    world: World, methodist: Person, moment: tuple[int, int, int], said: str
) -> None:
    world.clock.move_to(local(*moment, 10))
    await world.say(methodist, "/plan")
    assert said in screen(methodist)
    for label in (
        "По разделам",
        "4. Контингент",
        "По ответственным",
        "ООО ПКГО",
        "Настроить сроки",
    ):
        await world.press(methodist, label)
        assert len(unescape(screen(methodist))) <= TEXT_LIMIT


async def test_the_data_open(world: World, methodist: Person) -> None:
    """Each button of a card leads to a screen, and not to an apology."""
    await only(world, "s24")
    await add_class(world, "s24")
    opened = {
        "2.2": ("Кто сдал: майская анкета", "Отчёты: "),
        "2.4": ("Кто не проверил карточки", "Карточки классов"),
        "2.5": ("Школы и классы", "Школы Проекта"),
        "3.2": ("Договоры города", "Договоры города"),
        "3.3": ("Партнёры", "Партнёры: 0"),
        "4.1": ("Школы и классы", "Школы Проекта"),
        "4.3": ("Кто сдал: II четверть", "Отчёты: II четверть"),
        "4.6": ("Кто сдал: II четверть", "Отчёты: II четверть"),
        "5.1": ("Кто сдал", "Отчёты: "),
        "6.1": ("Кто сдал", "Отчёты: "),
    }
    for key, (label, begins) in opened.items():
        await world.say(methodist, f"/plan {key}")
        await world.press(methodist, label)
        assert begins in screen(methodist), key


async def test_the_note_is_opened_by_a_manager(world: World) -> None:
    world.clock.move_to(local(2027, 6, 1, 10))
    manager = await world.staff("manager")
    await world.say(manager, "/plan 2.1")
    await world.press(manager, "Справка 2.1")
    assert "Информационная справка" in screen(manager)


async def test_the_last_summer_is_switched_off_and_on(world: World, methodist: Person) -> None:
    await world.say(methodist, "/plan")
    await world.press(methodist, "Настроить сроки")
    assert "Сроки лета 2027 включены (пп. 1.2, 1.8, 1.9, 2.1, 4.1, 4.2, 5.1)" in screen(methodist)
    old = methodist.screen
    assert old is not None
    await world.press(methodist, "Отключить сроки лета 2027")
    assert "✅ Сроки лета 2027 отключены." in screen(methodist)
    found = await plan_of(world)
    assert {one.measure.key for one in found.measures if one.state == "off"} == {
        *("1.2", "1.8", "1.9", "2.1", "4.1", "4.2", "5.1")
    }
    await world.say(methodist, "/plan")
    assert "Отключено: 7" in screen(methodist)
    await world.press(methodist, "Настроить сроки")
    await world.press(methodist, "Включить сроки лета 2027")
    assert (await measure(world, "1.2")).state == "ahead"
    async with world.app.database.read() as tx:
        acts = [one.detail for one in await audit.page(tx, 10) if one.act == "switch_plan"]
    assert acts == ["окна лета 2027 включены", "окна лета 2027 отключены"]


async def test_the_same_choice_twice(world: World, methodist: Person) -> None:
    other = await world.staff("manager")
    for one in (methodist, other):
        await world.say(one, "/plan")
        await world.press(one, "Настроить сроки")
    await world.press(methodist, "Отключить сроки лета 2027")
    await world.press(other, "Отключить сроки лета 2027")
    assert "Сроки лета 2027 уже отключены." in screen(other)


async def test_funding_becomes_yearly(world: World, methodist: Person) -> None:
    assert (await measure(world, "6.2")).state == "history"
    await world.say(methodist, "/plan 6.2")
    await world.press(methodist, "Настроить сроки")
    await world.press(methodist, "Сделать 6.2 ежегодным")
    assert "✅ П. 6.2 теперь ежегодный, с 2026/27: 01.09.2026 – 30.05.2027." in screen(methodist)
    assert (await measure(world, "6.2")).state == "running"
    await world.say(methodist, "/plan 6.2")
    assert "01.09.2026 – 30.05.2027, ежегодно по решению сотрудников" in screen(methodist)
    await world.press(methodist, "Настроить сроки")
    await world.press(methodist, "Сделать 6.2 разовым")
    assert (await measure(world, "6.2")).state == "history"


async def test_choices_after_the_project(world: World, methodist: Person) -> None:
    await world.say(methodist, "/plan")
    await world.press(methodist, "Настроить сроки")
    world.clock.move_to(local(2027, 9, 2, 10))
    await world.press(methodist, "Отключить сроки лета 2027")
    assert "Проект завершён 01.09.2027: сроки плана не меняются." in screen(methodist)
