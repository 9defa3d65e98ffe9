"""The database is put back from a copy that was made before a post went out."""

from pathlib import Path

import pytest

from demo.telegram import Person
from reminders.recovery import Recovered, recover
from storage import copies, invites
from storage.database import Database
from tests.clock import local
from tests.scenarios.campaigns.summer import Summer, told

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


class Disk:
    """A copy made now, and the way back to it."""

    def __init__(self, summer: Summer, folder: Path) -> None:
        self._summer = summer
        self._file, self._copy = folder / "bot.sqlite", folder / "copy.sqlite"
        copies.copy(self._file, self._copy, summer.clock.now())

    async def fails(self) -> Recovered:
        """Everything since the copy is gone; what the operator's command answers."""
        await self._summer.close()
        self._file.unlink()
        with copies.staged(self._copy, self._file) as stage:
            copies.put(stage, self._file, None)
        database = Database(f"sqlite+aiosqlite:///{self._file}", self._summer.clock)
        try:
            return await recover(database, "копия от 31.05.2027 10:00")
        finally:
            await database.close()


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


async def test_a_post_that_is_ahead_goes_out_at_its_hour(
    eve: Summer, manager: Person, tmp_path: Path
) -> None:
    assert (await Disk(eve, tmp_path).fails()).posts == 0
    await eve.open()
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
