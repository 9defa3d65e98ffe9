"""The database is put back from a copy that was made before a post went out."""

from pathlib import Path

import pytest

from demo.telegram import Person
from storage import invites
from tests.clock import local
from tests.scenarios.campaigns.summer import Summer, drafts, told
from tests.scenarios.disk import Disk

OPEN = "Набор в предпрофессиональные классы открыт"


@pytest.fixture
async def eve(summer: Summer, manager: Person) -> Summer:
    """The day before enrolment opens: the draft of its post was shown."""
    await summer.add_class()
    await summer.at(2027, 5, 31, 10, 0)
    assert (await summer.posts())["open"].state == "draft"
    return summer


def asked(manager: Person) -> list[str]:
    return [one.text for one in manager.chat.from_bot if f"Вышел ли пост «{OPEN}»?" in one.text]


@pytest.mark.parametrize(("answer", "stand"), [("Да, вышел", 1), ("Нет, опубликовать", 2)])
async def test_a_post_does_not_go_out_twice_by_itself(
    eve: Summer, manager: Person, tmp_path: Path, answer: str, stand: int
) -> None:
    disk = Disk(eve, tmp_path)
    await eve.at(2027, 6, 1, 10, 0)
    assert eve.titles.count(OPEN) == 1
    assert (await disk.fails()).posts == 1
    await eve.open()
    await eve.at(2027, 6, 1, 12, 0)
    assert eve.titles.count(OPEN) == 1
    (question,) = asked(manager)
    assert "База восстановлена из копии, и бот не знает" in question
    await eve.press_below(manager, "Вышел ли пост", answer)
    for day in (1, 2, 3):
        await eve.at(2027, 6, day, 13, 0)
        await eve.restart()
    assert eve.titles.count(OPEN) == stand
    assert (await eve.acts()).count("recover") == 1


async def test_a_post_on_its_way_is_asked_about(
    eve: Summer, manager: Person, tmp_path: Path
) -> None:
    eve.clock.move_to(local(2027, 6, 1, 10, 0))
    await eve.app.schedule.plan()
    assert (await eve.posts())["open"].state == "queued"
    disk = Disk(eve, tmp_path)
    await eve.tick()
    assert (await disk.fails()).posts == 1
    await eve.open()
    await eve.at(2027, 6, 1, 12, 0)
    assert eve.titles.count(OPEN) == 1
    assert len(asked(manager)) == 1


async def test_a_post_that_leaves_no_time_to_object_is_asked_about(
    eve: Summer, manager: Person, tmp_path: Path
) -> None:
    """Somebody may have sent it off early, and the bot is started after its hour."""
    disk = Disk(eve, tmp_path)
    await eve.press_below(manager, "Черновик поста", "Опубликовать сейчас")
    await eve.tick()
    eve.clock.move_to(local(2027, 6, 1, 9, 50))
    assert (await disk.fails()).posts == 1
    await eve.open()
    await eve.at(2027, 6, 1, 10, 10)
    assert eve.titles.count(OPEN) == 1
    assert len(asked(manager)) == 1


async def test_a_post_that_is_ahead_goes_out_at_its_hour(
    eve: Summer, manager: Person, tmp_path: Path
) -> None:
    assert (await Disk(eve, tmp_path).fails()).posts == 0
    await eve.open()
    await eve.at(2027, 6, 1, 10, 0)
    assert eve.titles.count(OPEN) == 1


@pytest.mark.parametrize(("answer", "stand"), [("Да, вышел", 1), ("Нет, опубликовать", 2)])
async def test_a_post_that_the_copy_knows_nothing_of_is_asked_about(
    summer: Summer, manager: Person, tmp_path: Path, answer: str, stand: int
) -> None:
    await summer.add_class()
    for day in (26, 27):  # an older post is drafted and goes out
        await summer.at(2027, 5, day, 12, 0)
    assert {one.state for one in (await summer.posts()).values()} == {"published"}
    disk = Disk(summer, tmp_path)
    await summer.at(2027, 5, 31, 10, 0)
    await summer.at(2027, 6, 1, 10, 0)
    assert summer.titles.count(OPEN) == 1
    before = drafts(manager)
    assert (await disk.fails()).posts == 1
    await summer.open()
    await summer.at(2027, 6, 1, 12, 0)
    assert len(asked(manager)) == 1
    await summer.press_below(manager, "Вышел ли пост", answer)
    for day in (1, 2, 3):
        await summer.at(2027, 6, day, 13, 0)
    assert drafts(manager) == before
    assert summer.titles.count(OPEN) == stand


async def test_a_draft_that_was_decided_since_is_shown_again(
    eve: Summer, manager: Person, tmp_path: Path
) -> None:
    disk = Disk(eve, tmp_path)
    await eve.press_below(manager, "Черновик поста", "Опубликовать сейчас")
    await eve.tick()
    assert eve.titles.count(OPEN) == 1
    assert (await disk.fails()).posts == 0
    await eve.open()
    before = drafts(manager)
    await eve.at(2027, 5, 31, 12, 0)
    assert drafts(manager) == before + 1
    assert "то, что вы решили о посте после неё, пропало" in told(manager)
    await eve.press_below(manager, "База восстановлена", "Отменить")
    await eve.press_below(manager, "Отменить пост", "Да, отменить")
    await eve.at(2027, 6, 1, 10, 0)
    assert eve.titles.count(OPEN) == 1


async def test_a_link_that_was_used_since_opens_nothing(
    eve: Summer, manager: Person, tmp_path: Path
) -> None:
    async with eve.app.database.write() as tx:
        token = await invites.create(tx, "methodist", None)
    disk = Disk(eve, tmp_path)
    first, second = eve.telegram.person(name="Первый"), eve.telegram.person(name="Второй")
    first.start(token)
    await eve.pump()
    assert "вы методист ИМЦ" in told(first)
    assert (await disk.fails()).links == 1
    await eve.open()
    second.start(token)
    await eve.pump()
    assert "вы методист ИМЦ" not in told(second)
    assert "Эту ссылку отозвали" in told(second)
