"""What managers decide about a draft, one after the other and at the wrong moment."""

from itertools import product

import pytest

from demo.telegram import Person
from tests.scenarios.campaigns.summer import Summer, drafts, told


@pytest.fixture
async def drafted(summer: Summer, manager: Person, another: Person) -> Summer:
    """The morning of 31 May: both have the draft of «набор открыт»."""
    await summer.add_class()
    await summer.at(2027, 4, 30, 10, 0)
    await summer.at(2027, 5, 4, 10, 0)
    await summer.at(2027, 5, 31, 10, 0)
    return summer


async def test_silence_publishes(drafted: Summer, manager: Person) -> None:
    assert "Выйдет сам вт 1 июня, 10:00, если ничего не нажимать." in told(manager)
    await drafted.at(2027, 6, 1, 9, 59)
    assert "открыт" not in " ".join(drafted.titles)
    await drafted.at(2027, 6, 1, 10, 0)
    assert drafted.titles[-1] == "Набор в предпрофессиональные классы открыт"
    assert drafted.stands[-1].labels == ["Открытые классы"]


async def test_silence_publishes_also_where_nobody_is_a_manager(summer: Summer) -> None:
    """The words are the plan's and parents wait for them; a manager who comes later finds all."""
    await summer.add_class()
    for day in ((4, 30), (5, 4), (5, 31), (6, 1)):
        await summer.at(2027, *day, 10, 0)
    assert len(summer.stands) == 2
    late = await summer.staff("manager")
    await summer.say(late, "/campaign")
    assert "✅ вт 1 июня, 10:00 – Набор в предпрофессиональные классы открыт" in told(late)


FORGED = (
    *("p2:show:2:0:", "p2:now:2:0:", "p2:cancelled:2:0:", "p2:twin:2:0:", "p2:went:2:0:"),
    *("p3:show::", "p3:note::", "p3:book::", "p3:last_year::", "p3:announce_now:2027-2028:"),
    *("p3:day:2027-2028:opens.2027-06-05", "p3:prepare:2027-2028:open"),
)


async def test_whoever_is_no_manager_decides_and_sees_nothing(drafted: Summer) -> None:
    stranger = drafted.telegram.person(name="Родитель")
    stranger.start()
    others = [await drafted.coordinator(), await drafted.staff("methodist"), stranger]
    acts, found = await drafted.acts(), await drafted.posts()
    await drafted.tick()
    for person, data in product(others, FORGED):
        assert person.screen is not None
        person.forge_callback(data, person.screen)
        await drafted.pump()
        assert "Эта кнопка устарела" in told(person), data
        assert "Набор в предпрофессиональные классы открыт" not in told(person)
    assert (await drafted.acts(), await drafted.posts()) == (acts, found)


async def test_now_publishes_once_and_the_second_manager_is_told_who_was_first(
    drafted: Summer, manager: Person, another: Person
) -> None:
    await drafted.press(manager, "Опубликовать сейчас")
    assert "Пост выходит в канал" in told(manager)
    await drafted.press(another, "Отменить")
    assert "Раньше вас руководитель УО отправил этот пост в канал" in told(another)
    await drafted.tick()
    assert drafted.titles.count("Набор в предпрофессиональные классы открыт") == 1
    await drafted.at(2027, 6, 1, 10, 0)
    assert drafted.titles.count("Набор в предпрофессиональные классы открыт") == 1
    assert await drafted.acts() == ["join", "join", "publish"]


async def test_cancelled_by_one_cannot_be_published_by_the_other_unawares(
    drafted: Summer, manager: Person, another: Person
) -> None:
    await drafted.press(manager, "Отменить")
    assert "сам бот его больше не предложит" in told(manager)
    await drafted.press(manager, "Да, отменить")
    await drafted.press(another, "Опубликовать сейчас")
    assert "Раньше вас руководитель УО отменил этот пост" in told(another)
    await drafted.at(2027, 6, 1, 10, 0)
    await drafted.restart()
    await drafted.at(2027, 6, 2, 10, 0)
    assert "Набор в предпрофессиональные классы открыт" not in drafted.titles
    await drafted.press_below(another, "отменён", "Опубликовать сейчас")
    await drafted.tick()
    assert drafted.titles[-1] == "Набор в предпрофессиональные классы открыт"
    assert (await drafted.acts())[-2:] == ["cancel_post", "publish"]


async def test_a_changed_text_goes_out_and_the_usual_one_can_come_back(
    drafted: Summer, manager: Person, another: Person
) -> None:
    await drafted.press(manager, "Изменить")
    await drafted.say(manager, "Пишите Ивановой Марии Петровне")
    assert "Похоже на личные данные: имя или фамилия" in told(manager)
    await drafted.say(manager, "я" * 1001)
    assert "Слишком длинно: 1001 знаков, а можно до 1000" in told(manager)
    await drafted.say(manager, "Ждём <b>вас</b>\nПриходите & приводите")
    assert "✅ Текст изменён" in told(manager)
    await drafted.press(another, "Перенести")
    assert "Раньше вас руководитель УО изменил этот пост" in told(another)
    assert "Ждём <b>вас</b>" in told(another)
    await drafted.press(another, "Изменить")
    await drafted.press(another, "Вернуть обычный текст")
    assert "Набор в предпрофессиональные классы открыт" in told(another)
    await drafted.press(another, "Изменить")
    await drafted.say(another, "Ждём <b>вас</b>\nПриходите & приводите")
    await drafted.at(2027, 6, 1, 10, 0)
    assert drafted.stands[-1].text.startswith("Ждём <b>вас</b>\n\nПриходите & приводите\n")
    assert "№ 24 – 25" in drafted.stands[-1].text


async def test_a_second_text_is_offered_at_the_draft_and_not_taken_unasked(
    drafted: Summer, manager: Person, another: Person
) -> None:
    await drafted.press(manager, "Изменить")
    await drafted.say(manager, "Ждём всех\nв субботу")
    assert "чтобы заменить, пришлите другой" in told(manager)
    await drafted.say(manager, "Ждём всех\nв <воскресенье>")
    assert "Заменить текст поста этим?" in told(manager)
    assert "в <воскресенье>" in told(manager)
    assert (await drafted.posts())["open"].words == "Ждём всех\nв субботу"
    await drafted.say(manager, "ку")
    assert "Новый текст не записан. Слишком коротко для канала" in told(manager)
    await drafted.say(manager, "Ждём всех\nв понедельник")
    await drafted.press(manager, "Заменить")
    assert (await drafted.posts())["open"].words == "Ждём всех\nв понедельник"
    await drafted.say(manager, "И ещё раз\nиначе")
    await drafted.press(manager, "← Оставить прежний")
    assert "в понедельник" in told(manager)
    await drafted.say(manager, "И ещё раз\nиначе")
    await drafted.press(another, "Отменить")
    await drafted.press(another, "Изменить")
    await drafted.say(another, "Решил другой\nи всё")
    await drafted.press(manager, "Заменить")
    assert "Раньше вас руководитель УО изменил этот пост" in told(manager)
    await drafted.say(manager, "кампания")  # a word that stands for a command stays one
    assert "Приёмная кампания лета 2027" in told(manager)
    await drafted.say(manager, "И ещё раз\nиначе")
    assert "Заменить" not in told(manager)
    await drafted.at(2027, 6, 1, 10, 0)
    assert drafted.titles[-1] == "Решил другой"


async def test_a_second_text_after_a_colleague_or_the_hour_says_so(
    drafted: Summer, manager: Person, another: Person
) -> None:
    await drafted.press(manager, "Изменить")
    await drafted.say(manager, "Ждём всех\nв субботу")
    await drafted.at(2027, 6, 1, 10, 0)
    await drafted.say(manager, "Ждём всех\nв воскресенье")
    assert "Новый текст не записан: пост уже другой" in told(manager)
    assert "Пост вышел" in told(manager)
    assert drafted.stands[-1].text.startswith("Ждём всех\n\nв субботу")


async def test_one_that_was_cancelled_by_mistake_can_go_out_at_its_hour(
    drafted: Summer, manager: Person, another: Person
) -> None:
    await drafted.press(manager, "Отменить")
    await drafted.press(manager, "Да, отменить")
    assert manager.screen is not None
    assert manager.screen.labels[:2] == [
        "Вернуть: выйдет вт 1 июня, 10:00",
        "Опубликовать сейчас",
    ]
    await drafted.press(manager, "Вернуть")
    assert "Выйдет сам вт 1 июня, 10:00" in told(manager)
    await drafted.press(another, "Отменить")
    assert "Раньше вас руководитель УО изменил этот пост" in told(another)
    await drafted.at(2027, 6, 1, 10, 0)
    assert drafted.titles[-1] == "Набор в предпрофессиональные классы открыт"
    assert (await drafted.acts())[-2:] == ["cancel_post", "move_post"]


async def test_a_slip_of_the_finger_is_no_text_for_the_channel(
    drafted: Summer, manager: Person
) -> None:
    await drafted.press(manager, "Изменить")
    await drafted.say(manager, "ок")
    assert "Слишком коротко для канала" in told(manager)
    await drafted.at(2027, 6, 1, 10, 0)
    assert drafted.titles[-1] == "Набор в предпрофессиональные классы открыт"


async def test_what_an_older_post_shows_is_not_what_stands_in_the_channel(
    drafted: Summer, manager: Person
) -> None:
    await drafted.say(manager, "кампания")
    await drafted.press(manager, "✅ Скоро набор")
    assert "Числа и даты в нём обновляются сами" in told(manager)
    await drafted.at(2027, 6, 1, 10, 0)
    await drafted.say(manager, "кампания")
    await drafted.press(manager, "✅ Скоро набор")
    assert "в канале остался таким, каким был" in told(manager)


async def test_signs_that_html_quotes_leave_room_for_the_list(
    drafted: Summer, manager: Person
) -> None:
    await drafted.press(manager, "Изменить")
    await drafted.say(manager, "Ждём всех " + "<&>" * 330)
    assert "<&>" in told(manager)
    await drafted.at(2027, 6, 1, 10, 0)
    assert "№ 24 – 25" in drafted.stands[-1].text


async def test_a_moved_post_comes_with_a_draft_again(
    drafted: Summer, manager: Person, another: Person
) -> None:
    shown = drafts(another)
    await drafted.press(manager, "Перенести")
    await drafted.say(manager, "как-нибудь потом")
    assert "Напишите день и месяц, например: 02.06" in told(manager)
    await drafted.say(manager, "32.06")
    assert "Такого дня нет. Напишите день и месяц, например: 02.06" in told(manager)
    await drafted.say(manager, "5.06")
    assert "сб 5 июня – выходной" in told(manager)
    await drafted.say(manager, "1.09")
    assert "Кампания кончается вт 31 августа" in told(manager)
    await drafted.say(manager, "30.05")
    assert "10:00 этого дня уже прошло" in told(manager)
    await drafted.say(manager, "4.06")
    assert "✅ Перенесено на пт 4 июня." in told(manager)
    await drafted.at(2027, 6, 1, 10, 0)
    assert len(drafted.stands) == 1
    await drafted.at(2027, 6, 3, 10, 0)
    assert drafts(another) == shown + 1
    await drafted.at(2027, 6, 4, 10, 0)
    assert len(drafted.stands) == 2


async def test_a_day_is_named_by_tomorrow_and_the_day_after(
    drafted: Summer, manager: Person
) -> None:
    await drafted.press(manager, "Перенести")
    await drafted.say(manager, "завтра")
    assert "Этот день уже стоит: вт 1 июня." in told(manager)
    await drafted.press(manager, "Перенести")
    await drafted.say(manager, "сегодня")
    assert "10:00 этого дня уже прошло" in told(manager)
    await drafted.say(manager, "Послезавтра")
    assert "✅ Перенесено на ср 2 июня." in told(manager)


async def test_a_drafts_button_after_publication_says_so(drafted: Summer, manager: Person) -> None:
    await drafted.at(2027, 6, 1, 10, 0)
    for label in ("Опубликовать сейчас", "Изменить", "Перенести"):
        message = [one for one in manager.chat.history if "Черновик" in one.text][-1]
        old = next(one for row in message.buttons for one in row if one.text == label)
        manager.forge_callback(old.data or "", manager.chat.from_bot[-1])
        await drafted.pump()
        assert "Пост вышел" in told(manager)
    assert len(drafted.stands) == 2


async def test_a_text_typed_after_the_post_went_out_changes_nothing(
    drafted: Summer, manager: Person
) -> None:
    await drafted.press(manager, "Изменить")
    await drafted.at(2027, 6, 1, 10, 0)
    await drafted.say(manager, "Поздно\nслишком")
    assert "Пост вышел" in told(manager)
    assert "Поздно" not in drafted.stands[-1].text


async def test_a_post_can_be_prepared_before_its_time(summer: Summer, manager: Person) -> None:
    await summer.say(manager, "кампания")
    await summer.press(manager, "Последние дни")
    assert "Черновик придёт вт 17 августа, 10:00" in told(manager)
    await summer.press(manager, "Изменить или перенести сейчас")
    await summer.press(manager, "Изменить")
    await summer.say(manager, "Осталось два дня\nПоторопитесь")
    await summer.at(2027, 4, 30, 10, 0)
    await summer.at(2027, 5, 4, 10, 0)
    assert summer.titles == ["Скоро набор в предпрофессиональные классы"]
    before = drafts(manager)
    await summer.at(2027, 8, 17, 10, 0)
    assert drafts(manager) > before
    await summer.at(2027, 8, 18, 10, 0)
    assert summer.titles[-1] == "Осталось два дня"
