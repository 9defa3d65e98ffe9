"""Staff mark a measure as done: by a typed day and a link; they change it and take it back."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from demo.telegram import Person
from storage import audit
from storage.tables import plan_marks
from tests.clock import local
from tests.scenarios.crash import Crash, MortalWorld
from tests.scenarios.plan.year import measure, screen
from tests.world import World

LINK = "https://edu.pkgo.ru/perechen.pdf"


@pytest.fixture
async def methodist(world: World) -> Person:
    world.clock.move_to(local(2026, 8, 18, 10))
    return await world.staff("methodist")


async def marks(world: World) -> list[tuple[str, date, str, bool]]:
    """(measure, day, link, whether it was withdrawn), oldest first."""
    async with world.app.database.read() as tx:
        rows = await tx.connection.execute(select(plan_marks).order_by(plan_marks.c.id))
        return [(row.measure, row.done_on, row.link, row.withdrawn_at is not None) for row in rows]


async def test_a_day_and_a_link(world: World, methodist: Person) -> None:
    await world.say(methodist, "/plan 4.1")
    await world.press(methodist, "Отметить выполненным")
    assert "Когда выполнено? Напишите дату, например 15.10.2026, или «сегодня»." in screen(
        methodist
    )
    await world.say(methodist, "15.08.2026")
    assert "Выполнено 15.08.2026. Пришлите ссылку на документ" in screen(methodist)
    await world.say(methodist, LINK)
    text = screen(methodist)
    assert "✅ Отмечено: выполнено 15.08.2026." in text
    assert f"Отметка: выполнено 15.08.2026, документ: {LINK}" in text
    assert "Состояние: ✅ выполнено 15.08.2026" in text
    assert await marks(world) == [("4.1", date(2026, 8, 15), LINK, False)]
    async with world.app.database.read() as tx:
        last = (await audit.page(tx, 1))[0]
    assert (last.act, last.year) == ("mark_plan", "2025-2026")
    assert last.detail == f"п. 4.1, выполнено 15.08.2026, {LINK}"


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("сегодня", date(2026, 8, 18)),
        ("Сегодня.", date(2026, 8, 18)),
        ("вчера", date(2026, 8, 17)),
        ("10.08", date(2026, 8, 10)),
        ("3 июня", date(2026, 6, 3)),
        ("15 апреля 2026", date(2026, 4, 15)),
    ],
)
async def test_days_as_people_write_them(
    world: World, methodist: Person, said: str, day: date
) -> None:
    await world.say(methodist, "/plan 4.1")
    await world.press(methodist, "Отметить выполненным")
    await world.say(methodist, said)
    await world.say(methodist, "Без ссылки")
    assert await marks(world) == [("4.1", day, "", False)]


async def test_buttons_do_as_well(world: World, methodist: Person) -> None:
    await world.say(methodist, "/plan 1.9")
    await world.press(methodist, "Отметить выполненным")
    await world.press(methodist, "Сегодня")
    await world.press(methodist, "Без ссылки")
    assert await marks(world) == [("1.9", date(2026, 8, 18), "", False)]
    assert "документ: без ссылки" in screen(methodist)


async def test_a_wrong_day_gets_a_sentence_with_an_example(world: World, methodist: Person) -> None:
    await world.say(methodist, "/plan 4.1")
    await world.press(methodist, "Отметить выполненным")
    for said, answer in (
        ("давно", "Нужна дата, например 15.10.2026, или «сегодня»"),
        ("31.02.2026", "Нужна дата, например 15.10.2026, или «сегодня»"),
        ("19.08.2026", "19.08.2026 ещё не наступило. Напишите, например: 18.08.2026"),
        ("01.03.2026", "01.03.2026 слишком рано: этот срок начинается 01.06.2026."),
    ):
        await world.say(methodist, said)
        assert answer in screen(methodist), said
        assert "Когда выполнено?" in screen(methodist)
    assert await marks(world) == []


async def test_a_wrong_link_gets_a_sentence_with_an_example(
    world: World, methodist: Person
) -> None:
    await world.say(methodist, "/plan 4.1")
    await world.press(methodist, "Отметить выполненным")
    await world.say(methodist, "сегодня")
    for said in ("приказ 15", "javascript:alert(1)", "https://user:pass@pkgo.ru", "x" * 3000):
        await world.say(methodist, said)
        text = screen(methodist)
        assert "⚠️ Это не похоже на ссылку." in text, said
        assert "например https://edu.pkgo.ru/prikaz.pdf, или напишите «без ссылки»" in text
    await world.say(methodist, f"https://edu.pkgo.ru/{'a' * 300}")
    assert "⚠️ Ссылка длиннее 300 знаков. Пришлите короче" in screen(methodist)
    assert await marks(world) == []
    await world.say(methodist, "edu.pkgo.ru/a?b=1&c=<2>")
    await world.say(methodist, "edu.pkgo.ru/a?b=1&c=2")
    assert await marks(world) == [
        ("4.1", date(2026, 8, 18), "https://edu.pkgo.ru/a?b=1&c=2", False)
    ]


async def test_changed_and_withdrawn(world: World, methodist: Person) -> None:
    await mark(world, methodist)
    await world.press(methodist, "Изменить отметку")
    await world.say(methodist, "17.08.2026")
    await world.say(methodist, LINK)
    assert (await measure(world, "4.1")).done is not None
    await world.press(methodist, "Снять отметку")
    assert "Снять отметку с п. 4.1?" in screen(methodist)
    await world.press(methodist, "Снять отметку")
    assert "✅ Отметка снята." in screen(methodist)
    assert (await measure(world, "4.1")).state == "soon"  # the older one does not come back
    assert await marks(world) == [
        ("4.1", date(2026, 8, 18), "", True),
        ("4.1", date(2026, 8, 17), LINK, True),
    ]


async def mark(world: World, person: Person) -> None:
    await world.say(person, "/plan 4.1")
    await world.press(person, "Отметить выполненным")
    await world.press(person, "Сегодня")
    await world.press(person, "Без ссылки")


async def test_two_people_mark_at_once(world: World, methodist: Person) -> None:
    """The second one sees what the first has written: nothing is overwritten unseen."""
    other = await world.staff("manager")
    for one in (methodist, other):
        await world.say(one, "/plan 4.1")
        await world.press(one, "Отметить выполненным")
        await world.say(one, "15.08.2026" if one is methodist else "16.08.2026")
    await world.say(methodist, LINK)
    await world.say(other, "без ссылки")
    assert "Пока вы смотрели, отметка изменилась: выполнено 15.08.2026." in screen(other)
    assert await marks(world) == [("4.1", date(2026, 8, 15), LINK, False)]


async def test_one_withdraws_what_another_has_changed(world: World, methodist: Person) -> None:
    other = await world.staff("manager")
    await mark(world, methodist)
    await world.press(methodist, "Снять отметку")
    await world.say(other, "/plan 4.1")
    await world.press(other, "Изменить отметку")
    await world.say(other, "16.08.2026")
    await world.say(other, "без ссылки")
    await world.press(methodist, "Снять отметку")
    assert "отметка изменилась: выполнено 16.08.2026" in screen(methodist)
    assert (await measure(world, "4.1")).state == "done"


async def test_what_is_tapped_twice_is_done_once(world: World, methodist: Person) -> None:
    """The second tap of the same button is no colleague's doing."""
    await world.say(methodist, "/plan 4.1")
    await world.press(methodist, "Отметить выполненным")
    await world.press(methodist, "Сегодня")
    for label, told in (
        ("Без ссылки", "✅ Отмечено: выполнено 18.08.2026."),
        ("Снять отметку", "✅ Отметка снята."),
    ):
        if label == "Снять отметку":
            await world.press(methodist, label)
        asked = methodist.screen
        assert asked is not None
        (button,) = [one for row in asked.buttons for one in row if one.text == label]
        assert button.data is not None
        for _ in range(2):
            methodist.forge_callback(button.data, asked)
        await world.pump()
        assert screen(methodist).startswith(told)
    assert await marks(world) == [("4.1", date(2026, 8, 18), "", True)]


async def test_an_old_button(world: World, methodist: Person) -> None:
    await world.say(methodist, "/plan 4.1")
    old = methodist.screen
    assert old is not None
    (button,) = [one for row in old.buttons for one in row if one.text == "Отметить выполненным"]
    await mark(world, methodist)
    assert methodist.screen is not None
    assert button.data is not None
    methodist.forge_callback(button.data, methodist.screen)
    await world.pump()
    assert "Пока вы смотрели, отметка изменилась: выполнено 18.08.2026." in screen(methodist)
    for forged in ("z1:card:9.9:2026-06-01:0:", "z1:card:4.1:2026-06-02:0:", "z1:show:zz:::"):
        methodist.forge_callback(forged, methodist.screen)
        await world.pump()
        assert "Эта кнопка устарела" in screen(methodist), forged
    methodist.forge_callback("z1:unlinked:4.1:2026-06-01:0:вчера", methodist.screen)
    await world.pump()
    assert len(await marks(world)) == 1


async def test_a_mark_of_what_is_far_ahead(world: World, methodist: Person) -> None:
    world.clock.move_to(local(2026, 11, 24, 10))
    await world.say(methodist, "/plan 4.1")
    assert methodist.screen is not None
    assert "Отметить выполненным" not in methodist.screen.labels


async def test_history_may_be_marked_and_stays_history(world: World, methodist: Person) -> None:
    await world.say(methodist, "/plan 1.1")
    await world.press(methodist, "Отметить выполненным")
    await world.say(methodist, "20.07.2022")
    await world.say(methodist, LINK)
    assert (await measure(world, "1.1")).state == "history"
    await world.say(methodist, "/plan")
    await world.press(methodist, "История 2022")
    assert f"✅ выполнено 20.07.2022 {LINK}" in screen(methodist)


async def test_a_restart_in_the_middle(world: World, methodist: Person) -> None:
    await world.say(methodist, "/plan 4.1")
    await world.press(methodist, "Отметить выполненным")
    await world.say(methodist, "15.08.2026")
    await world.restart()
    methodist.send_sticker()
    await world.pump()
    assert "Выполнено 15.08.2026. Пришлите ссылку" in screen(methodist)
    await world.say(methodist, LINK)
    assert await marks(world) == [("4.1", date(2026, 8, 15), LINK, False)]


async def test_every_update_is_delivered_twice(world: World, methodist: Person) -> None:
    world.telegram.deliver_twice = True
    await mark(world, methodist)
    assert await marks(world) == [("4.1", date(2026, 8, 18), "", False)]
    await world.press(methodist, "Снять отметку")
    await world.press(methodist, "Снять отметку")
    assert await marks(world) == [("4.1", date(2026, 8, 18), "", True)]
    assert (await acts(world)).count("mark_plan") == 1
    assert (await acts(world)).count("withdraw_plan") == 1


async def acts(world: World) -> list[str]:
    async with world.app.database.read() as tx:
        return [one.act for one in await audit.page(tx, 50)]


async def test_killed_at_every_step_of_a_mark(tmp_path: Path) -> None:
    """Whatever the step: one mark, one line of the journal, and the card."""
    world = MortalWorld(tmp_path)
    world.clock.move_to(local(2026, 8, 18, 10))
    await world.open()
    person = await world.staff("methodist")
    for act in ("/plan 4.1", "Отметить выполненным", "Сегодня"):
        await (world.say(person, act) if act[0] == "/" else world.press(person, act))
    await world.close()
    kept, snapshot = world.database_file.read_bytes(), world.telegram.snapshot()
    step, taken = 0, 99
    while step <= taken:
        for suffix in ("-wal", "-shm"):
            world.database_file.with_name(f"bot.sqlite{suffix}").unlink(missing_ok=True)
        world.database_file.write_bytes(kept)
        world.telegram.restore(snapshot)
        world.steps.start(None)
        await world.open()
        world.steps.start(step or None)  # the first time undisturbed: how many steps there are
        person.click("Без ссылки")
        try:
            await world.pump()
            await world.app.inbox.finished.flush()
        except Crash:
            pass
        if step == 0:
            taken = world.steps.taken
            assert taken > 5
        else:
            await world.die()
            world.steps.start(None)
            await world.open()
            await world.pump()
        assert await marks(world) == [("4.1", date(2026, 8, 18), "", False)], step
        assert (await acts(world)).count("mark_plan") == 1
        assert "✅ Отмечено: выполнено 18.08.2026." in screen(person)
        await world.close()
        step += 1
    await world.telegram.close()


async def test_a_link_sent_before_it_was_asked_for_is_no_link(
    world: World, methodist: Person
) -> None:
    await world.say(methodist, "/plan 4.1")
    await world.press(methodist, "Отметить выполненным")
    methodist.send("сегодня")
    methodist.send("edu.pkgo.ru/prikaz.pdf")
    await world.pump()
    assert "пришло раньше вопроса" in screen(methodist)
    assert "Пришлите ссылку на документ" in screen(methodist)
    assert await marks(world) == []


async def test_an_edited_message_leaves_the_question_open(world: World, methodist: Person) -> None:
    message = await world.say(methodist, "/plan 4.1")
    await world.press(methodist, "Отметить выполненным")
    methodist.edit(message, "план")
    await world.pump()
    assert "Правку сообщения я не записал" in screen(methodist)
    assert "Когда выполнено?" in screen(methodist)
    await world.say(methodist, "15.08.2026")
    assert "Выполнено 15.08.2026. Пришлите ссылку" in screen(methodist)
