"""Posts whose occasion was taken out of the data after they had been written down."""

from demo.telegram import Person
from storage import posts
from tests.clock import local
from tests.scenarios.campaigns.summer import CHANNEL, YEAR, Summer, told

GONE = "party"
PLAIN = "Пост о наборе"


async def test_the_campaign_and_the_brief_call_them_by_a_plain_name(
    summer: Summer, manager: Person
) -> None:
    async with summer.app.database.write() as tx:
        number = await posts.propose(tx, YEAR, GONE, local(2027, 4, 19, 10))
        assert number is not None
        await posts.published(tx, number, CHANNEL, None, "")
        await posts.propose(tx, YEAR, "feast", local(2027, 4, 19, 11), "cancelled")
    await summer.say(manager, "/campaign")
    assert f"✅ вт 20 апреля, 09:30 – {PLAIN}" in told(manager)
    assert f"➖ пн 19 апреля, 11:00 – {PLAIN} (отменён)" in told(manager)
    await summer.press(manager, f"✅ {PLAIN}")
    assert "Пост вышел" in told(manager)
    assert "обновляются" not in told(manager)
    await summer.say(manager, "/campaign")
    await summer.press(manager, f"➖ {PLAIN}")
    assert manager.screen is not None
    assert "Опубликовать сейчас" not in manager.screen.labels
    await summer.say(manager, "/brief")
    assert "это моя ошибка" not in told(manager)


async def test_a_draft_without_words_of_its_own_is_missed_and_one_with_them_goes_out(
    summer: Summer, manager: Person
) -> None:
    due_at = local(2027, 4, 21, 10)
    async with summer.app.database.write() as tx:
        await posts.propose(tx, YEAR, GONE, due_at)
        number = await posts.propose(tx, YEAR, "feast", due_at)
        assert number is not None
        draft = await posts.get(tx, number)
        assert draft is not None
        await posts.decide(tx, draft, None, words="Ждём всех\nв субботу")
    await summer.at(2027, 4, 20, 10, 0)
    await summer.say(manager, "/campaign")
    await summer.press(manager, f"➖ {PLAIN}")
    assert "Такого повода среди постов кампании больше нет." in told(manager)
    await summer.at(2027, 4, 21, 10, 0)
    assert [one.text for one in summer.stands] == ["Ждём всех\n\nв субботу"]
    await summer.at(2027, 4, 21, 12, 0)
    assert [one.text for one in summer.stands] == ["Ждём всех\n\nв субботу"]


async def test_one_that_was_kept_fresh_stays_as_it_stands(summer: Summer, manager: Person) -> None:
    class_id = await summer.add_class()
    for day in ((4, 30), (5, 4), (5, 31), (6, 1)):
        await summer.at(2027, *day, 10, 0)
    stood = summer.stands[-1].text
    async with summer.app.database.write() as tx:
        await tx.connection.exec_driver_sql(
            "UPDATE posts SET occasion = 'party' WHERE occasion = 'open'"
        )
    await summer.enrol(class_id, 20)
    await summer.at(2027, 6, 1, 12, 0)
    assert summer.stands[-1].text == stood
