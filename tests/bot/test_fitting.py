"""A screen of any length becomes a message, and its buttons work."""

from html import unescape

import pytest

from bot.fitting import LABEL, fitted, fitted_caption
from demo.telegram import Person
from handlers.collect.callbacks import school_tap
from handlers.screen import TEXT_LIMIT, Button, Envelope, FormFile, Note, Reply, Screen
from tests.world import YEAR, World, shown

LINE = "Школа № 24, <b>II четверть</b> &lt;не сдала&gt;: " + "я" * 60


def cut(text: str) -> str:
    return fitted(Screen(text)).text


def test_what_fits_stays_as_it_is() -> None:
    screen = Screen("<b>ы</b>" * TEXT_LIMIT, ((Button("Дальше", "x"),),))
    assert fitted(screen) is screen


def test_a_long_list_is_cut_between_lines() -> None:
    lines = [f"{n}. {LINE}" for n in range(100)]
    kept = cut("\n".join(lines)).split("\n")
    assert kept[:-1] == lines[: len(kept) - 1]
    assert kept[-1] == f"… и ещё {101 - len(kept)} строк"
    assert len(kept) > 30


def test_no_tag_is_left_open() -> None:
    inside = "\n".join([LINE] * 60)
    assert cut(f"Заголовок\n<blockquote>{inside}</blockquote>") == "Заголовок\n… и ещё 60 строк"


@pytest.mark.parametrize("text", ["ы&lt;" * 3000, "<b>" + "ы\n" * 5000 + "</b>"])
def test_one_paragraph_is_cut_inside(text: str) -> None:
    said = cut(text)
    assert "<" not in said
    assert len(unescape(said)) == TEXT_LIMIT
    assert said.endswith("…")


def test_a_long_label_is_cut_and_its_button_stays() -> None:
    long, short = Button("ы" * 300, "x", style="primary"), Button("Дальше", "y")
    screen = fitted(Screen("Текст", ((long, short), (short,))))
    assert screen.keyboard == (
        (Button("ы" * (LABEL - 1) + "…", "x", style="primary"), short),
        (short,),
    )


def test_a_long_caption_is_cut_between_lines() -> None:
    caption = fitted_caption("\n".join(f"{n}. <b>{'ы' * 50}</b> &lt;" for n in range(40)))
    assert len(unescape(caption.replace("<b>", "").replace("</b>", ""))) <= 1024
    assert caption.split("\n")[-1].startswith("… и ещё ")


async def test_a_long_toast_is_shown_and_a_file_with_a_long_caption_comes(
    world: World, coordinator: Person
) -> None:
    assert coordinator.screen is not None
    press = coordinator.forge_callback("x", coordinator.screen)
    note = Note("Форма\n" + "ы" * 2000, FormFile("s24", YEAR))
    screen = Screen("Готово", ((Button("ы" * 300, "x"),),))
    reply = Reply(screen, toast="я" * 300, notes=(note,))
    await world.app.courier.deliver(Envelope(coordinator.id, reply, callback_id=press.id))
    assert [len(one.text) for one in coordinator.toasts] == [200]
    assert any(one.text == "Форма\n… и ещё 1 строка" for one in coordinator.chat.from_bot)
    assert [len(label) for label in coordinator.screen.labels] == [LABEL]


async def test_the_buttons_of_a_long_screen_work(world: World, coordinator: Person) -> None:
    methodist = await world.staff("methodist")
    text = "\n".join([LINE] * 100)
    long = Screen(text, ((Button("Все школы", school_tap("board")),),))
    await world.app.courier.deliver(Envelope(methodist.id, Reply(long)))
    assert "… и ещё " in shown(methodist)
    await world.press(methodist, "Все школы")
    assert "сдали" in shown(methodist).lower()
