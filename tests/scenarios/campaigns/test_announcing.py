"""Free announcements: typed, looked at, published now, on a day, or not."""

import pytest

from demo.telegram import Person
from tests.scenarios.campaigns.summer import Summer, drafts, told

TEXT = (
    "День открытых дверей\nШкола № 33 ждёт 15 мая в 17:00 <b>всех</b>. "
    "Приёмная: 8 (4152) 23-45-67, https://school33.ru"
)


async def begin(summer: Summer, manager: Person) -> None:
    await summer.say(manager, "/campaign")
    await summer.press(manager, "Объявление в канал")


async def test_now_with_the_schools_own_button(summer: Summer, manager: Person) -> None:
    await begin(summer, manager)
    await summer.say(manager, TEXT)
    assert "Классы: Школа № 33" in told(manager)
    assert "<b>всех</b>" in told(manager)
    await summer.press(manager, "Опубликовать сейчас")
    await summer.tick()
    (post,) = summer.stands
    assert post.text.startswith("День открытых дверей\n\nШкола № 33")
    assert "<b>всех</b>" in post.text
    (button,) = post.buttons[0]
    assert button.url == "https://t.me/traektoria_bot?start=school_s33"
    assert await summer.acts() == ["join", "announce"]


async def test_on_a_chosen_day_with_a_draft_the_day_before(summer: Summer, manager: Person) -> None:
    other = await summer.staff("manager")
    await summer.tick()
    await begin(summer, manager)
    await summer.say(manager, TEXT)
    await summer.press(manager, "В 10:00 выбранного дня")
    await summer.say(manager, "19.04.2026")
    assert "Подходит день с вт 20 апреля" in told(manager)
    await summer.say(manager, "когда-нибудь")
    assert "Напишите день и месяц, например: 20.04" in told(manager)
    await summer.say(manager, "24.04")  # a Saturday, if they want it so
    assert "Выйдет сам сб 24 апреля, 10:00" in told(manager)
    await summer.press(manager, "Перенести")
    assert manager.screen is not None
    assert not any("сб" in label or "вс" in label for label in manager.screen.labels)
    await summer.at(2027, 4, 22, 10, 0)
    assert drafts(other) == 0
    await summer.at(2027, 4, 23, 10, 0)
    assert drafts(other) == 1
    await summer.at(2027, 4, 24, 10, 0)
    assert len(summer.stands) == 1
    await summer.restart()
    await summer.at(2027, 4, 25, 10, 0)
    assert len(summer.stands) == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Звоните 8 914 123-45-67", "Похоже на личный телефон"),
        ("Пишите na.pochtu@mail.ru", "личные данные: почта"),
        ("Ведёт Иванова Мария Петровна", "личные данные: имя или фамилия"),
        ("я" * 2501, "2501 знаков, а можно до 2500"),
        ("!!!", "Напишите текст словами"),
        ("ку", "Слишком коротко для канала"),
    ],
)
async def test_what_must_not_stand_in_the_channel(
    summer: Summer, manager: Person, text: str, words: str
) -> None:
    await begin(summer, manager)
    await summer.say(manager, text)
    assert words in told(manager)
    await summer.say(manager, "День открытых дверей в пятницу")
    assert "Так объявление будет выглядеть" in told(manager)
    await summer.press(manager, "Не публиковать")
    await summer.tick()
    assert summer.stands == []


async def test_tomorrow_is_a_day(summer: Summer, manager: Person) -> None:
    await begin(summer, manager)
    await summer.say(manager, TEXT)
    await summer.press(manager, "В 10:00 выбранного дня")
    await summer.say(manager, "на завтра")
    assert "ср 21 апреля, 10:00" in told(manager)


async def test_an_old_preview_does_not_publish_twice(summer: Summer, manager: Person) -> None:
    await begin(summer, manager)
    await summer.say(manager, TEXT)
    assert manager.screen is not None
    old = next(
        one.data for row in manager.screen.buttons for one in row if one.text.startswith("Опубл")
    )
    await summer.press(manager, "Опубликовать сейчас")
    assert manager.last is not None
    manager.forge_callback(old or "", manager.last)
    await summer.pump()
    assert "уже отправлен или не сохранился" in told(manager)
    await summer.tick()
    assert len(summer.stands) == 1


async def test_one_that_waited_for_rights_past_its_day_is_asked_about(
    summer: Summer, manager: Person
) -> None:
    summer.channel.kick(summer.admin.id)
    await begin(summer, manager)
    await summer.say(manager, TEXT)
    await summer.press(manager, "Опубликовать сейчас")
    await summer.at(2027, 4, 22, 9, 0)
    summer.admit()
    await summer.at(2027, 4, 22, 9, 5)
    assert summer.stands == []
    assert any("вовремя не вышло" in one.text for one in manager.chat.from_bot)


async def test_something_that_is_no_text_keeps_the_question(
    summer: Summer, manager: Person
) -> None:
    await begin(summer, manager)
    manager.send_sticker()
    await summer.pump()
    assert "Объявление в канал" in told(manager)


async def test_a_text_sent_before_its_question_is_not_taken(
    summer: Summer, manager: Person
) -> None:
    await summer.say(manager, "/campaign")
    await summer.press(manager, "Объявление в канал")
    manager.send("День открытых дверей в пятницу")
    manager.send("Ждём всех в 17:00")
    await summer.pump()
    assert "пришло раньше вопроса" in told(manager)
    assert "День открытых дверей в пятницу" in told(manager)
    assert "Ждём всех" not in told(manager)
