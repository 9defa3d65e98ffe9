"""The journal: what went to whom, when and why, and what did not."""

from datetime import timedelta

from demo.telegram import Person
from demo.telegram.faults import Fault
from tests.clock import local
from tests.scenarios.collect.steps import sent
from tests.scenarios.reminders.watch import Watch, every, opened
from tests.world import World, shown


async def journal(world: World, staff: Person) -> list[str]:
    await world.say(staff, "/reports")
    await world.press(staff, "Журнал")
    return shown(staff).splitlines()[2:]


async def prepared(world: World, *schools: str) -> tuple[Watch, Person]:
    watch = await opened(world, *schools, methodist=True)
    await world.at(2026, 12, 23, 9)
    return watch, watch.people["methodist"]


async def test_each_state_in_plain_words(world: World) -> None:
    watch, methodist = await prepared(world, "s24", "s31", "s33", "s35")
    sent_line = (
        "✅ ср 23 декабря, 09:00 – напоминание (отчёт открылся) · Школа № 24, II четверть 2026/27"
        " → координатор, Школа № 24, замдиректора"
    )
    assert sent_line in await journal(world, methodist)
    # One waits for the morning, one has become pointless, one is refused, one blocked.
    world.clock.move_to(local(2026, 12, 24, 19))
    await world.say(methodist, "/reports")
    await world.press(methodist, "Напомнить всем")
    nudge = "напоминание (методист попросил)"
    lines = await journal(world, methodist)
    assert sum(f"🕒 уйдёт пт 25 декабря, 08:30 – {nudge}" in one for one in lines) == 4
    await sent(world, watch.people["s24"])
    for school, words in (("s31", "bot was blocked by the user"), ("s33", "user is deactivated")):
        chat = watch.people[school].id
        fault = Fault("sendMessage", {"chat_id": chat}, code=403, times=None)
        fault.description = f"Forbidden: {words}"
        world.telegram.faults.add(fault)
    await world.at(2026, 12, 25, 8, 31)
    lines = await journal(world, methodist)

    def of(number: int) -> str:
        line = next(one for one in lines if nudge in one and f"№ {number}," in one)
        return line.split(" – ")[0]

    assert of(24) == "➖ чт 24 декабря, 19:00, не отправлено (отчёт уже отправлен)"
    assert of(31) == "⚠️ чт 24 декабря, 19:00, не дошло: заблокировал бота"
    assert of(33) == "⚠️ чт 24 декабря, 19:00, не дошло: учётная запись удалена"
    assert of(35) == "✅ пт 25 декабря, 08:31"
    text = "\n".join(lines)
    assert "нет связи с человеком → методист ИМЦ" in text
    assert "пришёл отчёт · Школа № 24, II четверть 2026/27 → методист ИМЦ" in text
    assert not any(word in text for word in ("reminder", "nudge", "DROPPED", "None", "s24"))


async def test_one_on_its_way_is_not_promised_for_the_past(world: World) -> None:
    _, methodist = await prepared(world, "s24")
    world.clock.move_to(local(2027, 1, 12, 9))
    fault = world.telegram.faults.add(Fault("sendMessage", drop_connection=True, times=None))
    await world.app.schedule.plan()
    await world.app.sender.once()
    await world.app.sender.flush()
    world.telegram.faults.remove(fault)
    world.clock.move_to(local(2027, 1, 12, 9, 5))
    assert "🕒 отправляется, с вт 12 января, 09:00" in "\n".join(await journal(world, methodist))


async def test_pages_and_the_journal_of_one_school(world: World) -> None:
    watch, methodist = await prepared(world, "s24", "s31")
    for moment in every(timedelta(hours=2), local(2026, 12, 24, 9), local(2027, 1, 22, 12)):
        world.clock.move_to(moment)
        await watch.tick()
    seen = list(await journal(world, methodist))
    assert methodist.screen is not None
    assert "← Новее" not in methodist.screen.labels
    pages = 1
    while "Раньше →" in methodist.screen.labels:
        await world.press(methodist, "Раньше →")
        more = shown(methodist).splitlines()[2:]
        assert more
        assert not any(one in seen for one in more if "напоминание" in one)
        seen += more
        pages += 1
    assert pages == 2
    reminders = [one for one in seen if "напоминание" in one]
    assert len(reminders) == 2 * 6
    assert "Пока ничего." not in seen
    await world.press(methodist, "← Новее")
    assert "Раньше →" in methodist.screen.labels
    await world.say(methodist, "31")
    await world.press(methodist, "Журнал школы")
    of_school = shown(methodist).splitlines()
    assert of_school[0] == "Что отправил бот: Школа № 31"
    assert len(of_school[2:]) == 6
    assert all("№ 31" in one for one in of_school[2:])
    await world.press(methodist, "← Школа")
    assert "«Средняя школа № 31»" in shown(methodist)


async def test_reasons_of_the_whole_ladder(world: World) -> None:
    watch, methodist = await prepared(world, "s24")
    for moment in every(timedelta(hours=2), local(2026, 12, 24, 9), local(2027, 1, 26, 12)):
        world.clock.move_to(moment)
        await watch.tick()
    await world.say(methodist, "24")
    await world.press(methodist, "Журнал школы")
    lines = shown(methodist).splitlines()[2:]
    reasons = [line.split("напоминание (")[1].split(")")[0] for line in lines]
    assert reasons[::-1] == [
        "отчёт открылся",
        "за два рабочих дня",
        "день срока",
        "день после срока",
        "опоздание, первое",
        "опоздание, второе",
        "опоздание, третье",
    ]
