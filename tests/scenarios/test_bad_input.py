"""Whatever is typed instead of an answer: a sentence says what to do, the question stays."""

import pytest

from demo.telegram import Person
from passport.values import Item, Named, Nothing, Slot
from tests.scenarios.steps import (
    EVENTS,
    MUNICIPAL,
    begin,
    everything,
    has_live_screen,
    labels,
    number,
    on_disk,
    stored,
    to_events,
    to_list,
    to_mark,
)
from tests.world import World, shown

PHONE = "9140234567"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("двадцать", "Нужно число цифрами. Например: 24"),
        ("3.5", "Людей считаем целыми числами, без дробей. Например: 24"),
        ("1000000000", "не больше 9999. Например: 24"),
        ("-5", "без минуса, 0 или больше. Например: 24"),
        ("24 или 25", "Нужно одно число, а здесь их несколько. Например: 24"),
        ("24 ученика и кошка", "Нужно только число, без других слов и знаков. Например: 24"),
        ("\u200b\u2060\u200b", "Нужно число цифрами. Например: 24"),
        ("\u3164", "Нужно число цифрами. Например: 24"),
        ("👍", "Нужно число цифрами. Например: 24"),
        ("<b>24</b>", "Например: 24"),
        ("а" * 4096, "Нужно число цифрами. Например: 24"),
        ("7" * 4096, "не больше 9999. Например: 24"),
    ],
)
async def test_what_is_no_number_of_pupils_is_asked_again_with_an_example(
    world: World, coordinator: Person, typed: str, sentence: str
) -> None:
    await begin(world, coordinator)
    await world.say(coordinator, typed)
    assert "⚠️" in shown(coordinator)
    assert sentence in shown(coordinator)
    assert "10 «А» (медицинская): сколько учеников на" in shown(coordinator)
    assert await world.answers() == {}
    await world.say(coordinator, "24")
    assert number(24) in (await world.answers()).values()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("7", "Средний балл – от 1 до 5, например 4,35"),
        ("0", "Средний балл – от 1 до 5, например 4,35"),
        ("435", "Если это 4,35, так и напишите: 4,35"),
        ("87%", "Нужен средний балл, а не проценты. Например: 4,35"),
        ("четыре", "Нужно число цифрами. Например: 4,35"),
        ("нет", "выберите причину кнопкой"),
        ("-4,35", "Средний балл – от 1 до 5, например 4,35"),
    ],
)
async def test_what_is_no_mark_is_asked_again_with_an_example(
    world: World, coordinator: Person, typed: str, sentence: str
) -> None:
    await to_mark(world, coordinator)
    await world.say(coordinator, typed)
    assert sentence in shown(coordinator)
    assert "Химия, 10 «А»: средний балл" in shown(coordinator)
    assert list((await world.answers()).values()) == [number(24)]
    await world.say(coordinator, "4.356")
    assert number("4.36") in (await world.answers()).values()


async def test_a_name_of_300_letters_is_asked_to_be_shorter(
    world: World, coordinator: Person
) -> None:
    await to_list(world, coordinator)
    await world.say(coordinator, "Ярмарка " + "п" * 292 + " – 24")
    assert "300 знаков, можно до 200" in shown(coordinator)
    assert "Не записано (1)" in shown(coordinator)
    await world.say(coordinator, "Ярмарка профессий – 24")
    assert (await world.answers())[MUNICIPAL] == Named((Item("Ярмарка профессий", 24),))


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("🎉 Ярмарка 🎉 – 24", "🎉 Ярмарка 🎉"),
        ("<b>x</b> & <script> – 24", "<b>x</b> & <script>"),
        ("Ярмарка \u202eпрофессий\u202c – 24", "Ярмарка профессий"),
        ("Яр\u200bмар\u00adка профе\ufeffссий – 24", "Ярмарка профессий"),
        ("يوم المهنة – 24", "يوم المهنة"),
        ("«Ярмарка  &amp;  Ко» – 24", "«Ярмарка &amp; Ко»"),
    ],
)
async def test_a_strange_name_is_stored_clean_and_shown_as_it_is(
    world: World, coordinator: Person, typed: str, name: str
) -> None:
    await to_list(world, coordinator)
    await world.say(coordinator, typed)
    assert (await world.answers())[MUNICIPAL] == Named((Item(name, 24),))
    line = coordinator.chat.from_bot[-2]
    assert f"{name} – 24" in line.text
    assert {entity["type"] for entity in line.entities} <= {"bold", "italic", "code"}


@pytest.mark.parametrize("what", ["photo", "sticker", "voice", "contact", "location", "captioned"])
async def test_what_is_not_text_leaves_the_question_and_the_answers(
    world: World, coordinator: Person, what: str
) -> None:
    await to_mark(world, coordinator)
    match what:
        case "photo":
            coordinator.send_photo(b"\xff\xd8\xff")
        case "sticker":
            coordinator.send_sticker()
        case "voice":
            coordinator.send_voice()
        case "contact":
            coordinator.send_contact("+7" + PHONE)
        case "location":
            coordinator.send_location()
        case _:
            coordinator.send_photo(b"\xff\xd8\xff", caption="4,35")
    await world.pump()
    assert "Я понимаю только текст и кнопки" in shown(coordinator)
    assert "Напишите ответ сообщением" in shown(coordinator)
    assert "Химия, 10 «А»: средний балл" in shown(coordinator)
    assert has_live_screen(coordinator)
    assert list((await world.answers()).values()) == [number(24)]
    await world.restart()
    assert PHONE not in everything(world)
    await world.say(coordinator, "4,35")
    assert number("4.35") in (await world.answers()).values()


async def test_a_persons_full_name_is_kept_only_when_it_is_said_to_be_a_title(
    world: World, coordinator: Person
) -> None:
    await to_list(world, coordinator)
    await world.say(coordinator, "Ярмарка – 24\nИванов Иван Иванович – 5")
    assert "Похоже на фамилию" in shown(coordinator)
    pending = (await world.answers())[MUNICIPAL]
    assert isinstance(pending, Named)
    assert pending.items == (Item("Ярмарка", 24),)
    await world.press(coordinator, "Это название, не человек")
    assert (await world.answers())[MUNICIPAL] == Named(
        (Item("Ярмарка", 24), Item("Иванов Иван Иванович", 5))
    )
    assert "сколько всего учеников" in shown(coordinator)


async def test_a_persons_full_name_can_be_dropped(world: World, coordinator: Person) -> None:
    await to_list(world, coordinator)
    await world.say(coordinator, "Ярмарка – 24\nИванов Иван Иванович – 5")
    await world.press(coordinator, "Обойтись без этих строк")
    assert (await world.answers())[MUNICIPAL] == Named((Item("Ярмарка", 24),))


async def test_a_phone_number_in_a_name_is_in_no_row(world: World, coordinator: Person) -> None:
    await to_list(world, coordinator)
    await world.say(coordinator, f"Ярмарка – 24\nЗвонить Маше 8{PHONE} – 5")
    assert "В строке личные данные: телефон. Их не храним" in shown(coordinator)
    assert PHONE not in shown(coordinator)
    await world.restart()
    assert PHONE not in everything(world)
    await world.say(coordinator, "Встреча – 5")
    assert (await world.answers())[MUNICIPAL] == Named((Item("Ярмарка", 24), Item("Встреча", 5)))


@pytest.mark.parametrize("when", ["answered", "restarted"])
async def test_a_phone_number_in_a_name_is_nowhere_on_the_disk(
    world: World, coordinator: Person, when: str
) -> None:
    await to_list(world, coordinator)
    await world.say(coordinator, f"Звонить Маше 8{PHONE} – 5")
    if when == "restarted":
        await world.restart()
    else:
        await world.say(coordinator, "/form")  # the marks of what went out ride along
    found = PHONE.encode() in on_disk(world)
    assert not found


async def test_a_phone_number_as_an_answer_is_not_kept(world: World, coordinator: Person) -> None:
    await begin(world, coordinator)
    before = stored(world)
    await world.say(coordinator, f"8{PHONE}")
    assert "Например: 24" in shown(coordinator)
    assert stored(world) == before
    await world.restart()
    assert PHONE not in everything(world)


async def test_a_no_under_a_list_is_an_answer(world: World, coordinator: Person) -> None:
    await to_list(world, coordinator)
    await world.say(coordinator, "Не было.")
    assert (await world.answers())[MUNICIPAL] == Nothing()
    assert Slot("r3.municipal.total") not in await world.answers()
    assert "Не было" in labels(coordinator)
    assert "региональный" in shown(coordinator)


async def test_of_twenty_messages_at_once_only_the_first_is_the_answer(
    world: World, coordinator: Person
) -> None:
    await to_events(world, coordinator)
    before = stored(world)
    said = len(coordinator.chat.history)
    for n in range(3, 23):
        coordinator.send(str(n))
    await world.pump()
    assert (await world.answers())[EVENTS] == number(3)
    assert len(stored(world)["answers"]) == len(before["answers"]) + 1
    assert "пришло раньше вопроса, я его не записал" in shown(coordinator)
    assert "Мероприятия, муниципальный уровень" in shown(coordinator)
    sentences = [one for one in coordinator.chat.from_bot if "раньше вопроса" in one.text]
    assert len(sentences) == 1
    assert len(coordinator.chat.history) <= said + 20 + 3


async def test_twenty_forwarded_messages_are_answered_once(
    world: World, coordinator: Person
) -> None:
    await to_events(world, coordinator)
    colleague = world.telegram.person(name="Коллега")
    originals = [colleague.send(f"Поездка {n} – {n}") for n in range(1, 21)]
    await world.pump()
    before = stored(world)
    for original in originals:
        coordinator.forward(original)
    await world.pump()
    assert stored(world)["answers"] == before["answers"]
    assert "Сколько было мероприятий" in shown(coordinator)
