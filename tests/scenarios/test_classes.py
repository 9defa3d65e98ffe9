"""Classes and their subjects: first entry, mending, closing, last year's tenth grades."""

import pytest

from demo.telegram import Person
from passport.register import ClassDraft
from passport.values import Slot
from storage import classes
from tests.scenarios.steps import begin, fill, has_live_screen, number, send, stored, to_mark
from tests.world import YEAR, World, shown


@pytest.fixture
async def newcomer(world: World) -> Person:
    """A coordinator of a school whose classes nobody has named yet."""
    return await world.coordinator("s33")


async def names(world: World, school: str = "s24") -> list[str]:
    return [one.full_name for one in (await world.form_year(school)).register.open]


async def to_class(world: World, person: Person, name: str = "10 «А»") -> None:
    """From anywhere to the screen of one class."""
    await world.say(person, "/reports")
    await world.press(person, "II четверть")
    await world.press(person, "Классы")
    await world.press(person, f"✏️ {name}")


async def test_a_bad_line_of_the_first_entry_is_asked_and_the_rest_is_kept(
    world: World, newcomer: Person
) -> None:
    await begin(world, newcomer)
    await world.say(newcomer, "10 А медицинская\n9 Б инженерная")
    assert await names(world, "s33") == ["10 «А» (медицинская)"]
    assert "9 Б инженерная" in shown(newcomer)
    assert "Предпрофессиональные классы – 10 и 11. Например: 10 А медицинская" in shown(newcomer)
    await world.say(newcomer, "11 Б инженерная")
    assert await names(world, "s33") == ["10 «А» (медицинская)", "11 «Б» (инженерная)"]
    assert has_live_screen(newcomer)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("нет", "каждый с новой строки. Например: 10 А медицинская"),
        ("5 А", "классы – 10 и 11"),
        ("10 W медицинская", "букву класса по-русски"),
        ("10 А Иванов Иван Иванович", "Похоже на фамилию"),
        ("10 А 8 914 023-45-67", "В строке личные данные: телефон"),
        ("\u3164", "Например: 10 А медицинская"),
    ],
)
async def test_a_first_entry_that_names_no_class_is_asked_again(
    world: World, newcomer: Person, typed: str, sentence: str
) -> None:
    await begin(world, newcomer)
    await world.say(newcomer, typed)
    assert sentence in shown(newcomer)
    assert "Какие предпрофессиональные классы" in shown(newcomer)
    assert stored(world)["classes"] == []


async def test_the_same_class_twice_is_one_class(world: World, newcomer: Person) -> None:
    await begin(world, newcomer)
    await world.say(newcomer, "10 А медицинская\n10 а медицинская")
    assert await names(world, "s33") == ["10 «А» (медицинская)"]
    await to_class(world, newcomer)
    await world.press(newcomer, "← Классы")
    await world.press(newcomer, "Добавить класс")
    await world.say(newcomer, "10 «А» инженерная")
    assert "Такой класс уже есть в списке" in shown(newcomer)
    assert await names(world, "s33") == ["10 «А» (медицинская)"]


async def test_last_years_tenth_grades_are_this_years_eleventh_by_one_tap(
    world: World, newcomer: Person
) -> None:
    async with world.app.database.write() as tx:
        drafts = [
            ClassDraft(10, "А", "class", "медицинская"),
            ClassDraft(10, "Б", "group", "инженерная"),
            ClassDraft(11, "А", "class", "педагогическая"),
        ]
        await classes.add(tx, "s33", "2025-2026", drafts)
    await begin(world, newcomer)
    await world.press(newcomer, "Как в прошлом году: 11 «А», 11 «Б»")
    assert await names(world, "s33") == ["11 «А» (медицинская)", "11 «Б», группа (инженерная)"]
    assert "Записано. Всё верно?" in shown(newcomer)
    await world.press(newcomer, "Отчёт")
    await world.press(newcomer, "Продолжить")
    assert "11 «А» (медицинская): сколько учеников на" in shown(newcomer)


async def test_a_renamed_class_keeps_its_answers(world: World, coordinator: Person) -> None:
    await to_mark(world, coordinator)
    await to_class(world, coordinator)
    await world.press(coordinator, "Исправить класс")
    assert "Ответы останутся" in shown(coordinator)
    await world.say(coordinator, "11 Б группа инженерная")
    assert await names(world) == ["11 «Б», группа (инженерная)"]
    assert (await world.answers())[Slot("r1", 1)] == number(24)
    await begin(world, coordinator)
    assert "Химия, 11 «Б», группа: средний балл" in shown(coordinator)


async def test_a_class_cannot_take_the_name_of_another(world: World, coordinator: Person) -> None:
    async with world.app.database.write() as tx:
        await classes.add(tx, "s24", YEAR, [ClassDraft(11, "Б", "class", "инженерная")])
    await to_class(world, coordinator)
    await world.press(coordinator, "Исправить класс")
    await world.say(coordinator, "11 Б медицинская")
    assert "Такой класс уже есть в списке. Напишите другую букву" in shown(coordinator)
    assert await names(world) == ["10 «А» (медицинская)", "11 «Б» (инженерная)"]
    await world.say(coordinator, "10 В медицинская")
    assert "10 «В» (медицинская)" in await names(world)


async def test_a_closed_class_keeps_its_answers_and_is_asked_no_more(
    world: World, coordinator: Person
) -> None:
    async with world.app.database.write() as tx:
        await classes.add(tx, "s24", YEAR, [ClassDraft(11, "Б", "class", "инженерная")])
    await to_mark(world, coordinator)
    await to_class(world, coordinator)
    await world.press(coordinator, "Закрыть класс")
    assert "Записанные ответы останутся" in shown(coordinator)
    await world.press(coordinator, "Да, закрыть")
    assert await names(world) == ["11 «Б» (инженерная)"]
    assert (await world.answers())[Slot("r1", 1)] == number(24)
    await begin(world, coordinator)
    assert "11 «Б» (инженерная): сколько учеников на" in shown(coordinator)
    await world.say(coordinator, "20")
    await world.say(coordinator, "Физика – 4,2")
    assert "10 «А»" not in shown(coordinator)
    assert "вне учебного плана" in shown(coordinator)


async def test_a_class_closed_in_one_quarter_is_not_asked_in_the_next(
    world: World, coordinator: Person
) -> None:
    async with world.app.database.write() as tx:
        await classes.add(tx, "s24", YEAR, [ClassDraft(11, "Б", "class", "инженерная")])
    await begin(world, coordinator, "I")
    await world.say(coordinator, "24")
    await to_class(world, coordinator)
    await world.press(coordinator, "Закрыть класс")
    await world.press(coordinator, "Да, закрыть")
    await begin(world, coordinator)
    assert "11 «Б» (инженерная): сколько учеников на" in shown(coordinator)
    assert (await world.answers("I"))[Slot("r1", 1)] == number(24)


async def test_the_answers_of_a_closed_class_are_sent(world: World, coordinator: Person) -> None:
    await fill(world, coordinator)
    await to_class(world, coordinator)
    await world.press(coordinator, "Закрыть класс")
    await world.press(coordinator, "Да, закрыть")
    await world.press(coordinator, "Отчёт")
    assert "1. Ученики – 24 чел." in shown(coordinator)
    await world.press(coordinator, "Проверить и отправить")
    await world.press(coordinator, "тправить")
    assert [str(row[5])[:6] for row in stored(world)["submissions"]] == ['[["r1"']


async def test_a_class_added_later_takes_no_answer_from_a_report_that_was_sent(
    world: World, coordinator: Person
) -> None:
    await send(world, coordinator, "I")
    await to_class(world, coordinator)
    await world.press(coordinator, "← Классы")
    await world.press(coordinator, "Добавить класс")
    await world.say(coordinator, "11 Б инженерная")
    await world.say(coordinator, "/reports")
    await world.press(coordinator, "I четверть")
    assert "появились пропуски" not in shown(coordinator)


async def test_closing_can_be_thought_over(world: World, coordinator: Person) -> None:
    await to_class(world, coordinator)
    before = stored(world)
    await world.press(coordinator, "Закрыть класс")
    await world.press(coordinator, "Не закрывать")
    assert stored(world) == before
    assert "Профильные предметы:" in shown(coordinator)


async def test_a_subject_is_added_by_typing_and_dropped_by_a_tap(
    world: World, coordinator: Person
) -> None:
    await to_class(world, coordinator)
    await world.say(coordinator, "физика")
    assert "• Физика" in shown(coordinator)
    await world.press(coordinator, "✖ Химия")
    one = (await world.form_year()).register.open[0]
    assert [subject.name for subject in one.subjects] == ["Физика"]


async def test_a_subject_with_an_impossible_mark_is_asked_again_and_not_lost(
    world: World, newcomer: Person
) -> None:
    await begin(world, newcomer)
    await world.say(newcomer, "10 А медицинская")
    await world.say(newcomer, "24")
    await world.say(newcomer, "Биология – 4,2\nХимия – 7")
    assert "Химия" in shown(newcomer)
    assert "от 1 до 5" in shown(newcomer)
    await world.say(newcomer, "Химия – 4,7")
    answers = (await world.answers(school="s33")).values()
    assert number("4.7") in answers
    assert number("4.2") in answers


async def test_school_lets_a_class_be_added_between_two_reports(
    world: World, coordinator: Person
) -> None:
    # On 12 January quarter III has begun, its report opens in March; quarter II is being filled.
    await world.say(coordinator, "/school")
    assert "10 «А» (медицинская)" in shown(coordinator)
    await world.press(coordinator, "＋ Класс")
    await world.say(coordinator, "11 Б инженерная")
    async with world.app.database.read() as tx:
        known = (await classes.register(tx, "s24", YEAR)).open
    assert [one.full_name for one in known] == ["10 «А» (медицинская)", "11 «Б» (инженерная)"]


async def test_looking_at_the_classes_begins_no_report_of_the_future(
    world: World, coordinator: Person
) -> None:
    await world.say(coordinator, "/school")
    assert "III" not in {row[3] for row in stored(world)["reports"]}


@pytest.mark.parametrize("by", ["sticker", "/form", "/nonsense"])
async def test_the_request_for_a_new_class_stays_open(
    world: World, coordinator: Person, by: str
) -> None:
    await to_class(world, coordinator)
    await world.press(coordinator, "← Классы")
    await world.press(coordinator, "Добавить класс")
    if by == "sticker":
        coordinator.send_sticker()
        await world.pump()
    else:
        await world.say(coordinator, by)
    await world.say(coordinator, "11 Б инженерная")
    assert await names(world) == ["10 «А» (медицинская)", "11 «Б» (инженерная)"]
