"""Staff at `/risks`: lights, numbers, rows, thresholds; what schools say of their partners."""

from html import unescape

import pytest

from demo.telegram import Person
from passport.values import Nothing, Slot, Value
from storage import audit, risk_thresholds
from tests.clock import local
from tests.scenarios.risks.city import (
    accepted,
    flags,
    give_class,
    lights,
    number,
    sign,
    states,
    two_schools,
)
from tests.scenarios.steps import forge, labels, stored
from tests.world import World, shown

OUTDATED = "Эта кнопка устарела. Вот что сейчас."


def screen(person: Person) -> str:
    return unescape(shown(person))


@pytest.fixture
async def methodist(world: World) -> Person:
    """Two schools; № 24 lost four pupils of 22, and its class card was never looked at."""
    await two_schools(world)
    for school, base, now in (("s24", 22, 18), ("s39", 20, 20)):
        await accepted(world, (school, "base"), {Slot("r1", 1): number(base)})
        said: dict[Slot, Value] = {
            Slot("r1", 1): number(now),
            Slot("r3"): number(2),
            Slot("r8"): Nothing(),
        }
        await accepted(world, (school, "I"), said)
    return await world.staff("methodist")


async def test_eight_lights_and_the_worst_sentence(world: World, methodist: Person) -> None:
    await world.say(methodist, "/risks")
    text = screen(methodist)
    assert text.startswith("Риски Проекта на 12.01.2027")
    assert (
        "🔴 1. Недостаточное количество обучающихся – красный, признаков с данными 2 из 4" in text
    )
    assert "42 ученика на 01.09.2026, цель 500: не хватает 458, по 2 из 2 школ" in text
    assert "⚪ 2. Ограниченное количество сетевых/индустриальных партнеров – нет данных" in text
    assert labels(methodist)[:8] == [
        f"{light} {no}" for no, light in enumerate("🔴⚪⚪⚪⚪🟡🟢🟢", 1)
    ]


async def test_a_risk_opens_down_to_the_report(world: World, methodist: Person) -> None:
    await world.say(methodist, "риск 1")
    text = screen(methodist)
    assert "Вероятность наступления: высокая" in text
    assert "предоставление преференций при поступлении в организации ВО и СПО" in text
    assert "🟡 Учеников стало меньше – жёлтый: I четверть: было 42 на 01.09, стало 38" in text
    await world.press(methodist, "🟡 Учеников стало меньше (2)")
    assert "1. школа № 24: было 22, стало 18" in screen(methodist)
    assert "меньше, чем на 01.09, на 5 % (жёлтый) или на 10 % (красный)" in screen(methodist)
    await world.press(methodist, "1")
    assert "Школа № 24" in screen(methodist)
    assert "I четверть" in screen(methodist)


async def test_rows_are_paged_and_open_cards(world: World) -> None:
    staff = await world.staff("manager")
    for place in range(12):
        await give_class(world, f"s{(3, 4, 10, 21, 24, 27, 28, 31, 33, 35, 36, 39)[place]:02}")
    await world.say(staff, "риск 8")
    await world.press(staff, "🔴 Карточки классов устарели (12)")
    assert "10. " in screen(staff)
    assert "11. " not in screen(staff)
    await world.press(staff, "Дальше →")
    assert "12. гимназия № 39, 10 «А»: ни разу не проверена" in screen(staff)
    await world.press(staff, "12")
    assert "Гимназия № 39" in screen(staff)
    assert "Мест всего" in screen(staff)


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("риски", "Риски Проекта на"),
        ("Риск №3", "Риск 3. "),
        ("риски пороги", "Пороги риска 1"),
        ("Пороги", "Пороги риска 1"),
        ("пороги 3", "Пороги риска 3"),
        ("Пороги риска №3", "Пороги риска 3"),
        ("риск 3 пороги", "Пороги риска 3"),
        ("/risks пороги 8", "Пороги риска 8"),
        ("риски пороги 9", "Не понял «пороги 9»: рисков 8"),
        ("пороги 9", "Не понял «пороги 9»: рисков 8"),
        ("/risks 8", "Риск 8. "),
        ("риск 9", "Не понял «9»: рисков 8"),
        ("риск потери", "Не понял «потери»"),
    ],
)
async def test_words(world: World, words: str, title: str) -> None:
    staff = await world.staff("methodist")
    await world.say(staff, words)
    assert title in screen(staff)


async def test_nobody_else_sees_them(world: World) -> None:
    coordinator = await world.coordinator("s24")
    stranger = world.telegram.person(name="Родитель")
    stranger.start()
    await world.pump()
    for person in (coordinator, stranger):
        for words in ("/risks", "риски", "риск 1"):
            await world.say(person, words)
            assert all("Риски Проекта" not in one.text for one in person.chat.from_bot)
            assert all("Вероятность" not in one.text for one in person.chat.from_bot)
        for data in ("r3:list:::0", "r3:risk:1::0", "r3:threshold:card_stale:days:0"):
            await forge(world, person, data)
            assert OUTDATED in screen(person)


async def test_a_threshold_is_typed_and_taken_back(world: World, methodist: Person) -> None:
    await world.say(methodist, "риск 1")
    await world.press(methodist, "Пороги")
    await world.press(methodist, "1: жёлтый 5")
    text = screen(methodist)
    assert "Целое число от 1 до 10 % (красный порог сейчас 10). Например: 5" in text
    before = await lights(world, "pupils_drop")
    for nonsense in ("много", "11", "-3", "5,5", "9" * 30, "0"):
        await world.say(methodist, nonsense)
        text = screen(methodist)
        assert text.startswith(
            "⚠️ Нужно целое число от 1 до 10 % (красный порог сейчас 10). Например: 5"
        ), nonsense
    assert await lights(world, "pupils_drop") == before == ["amber"]
    await world.say(methodist, "10 %")
    assert "✅ Учеников стало меньше: жёлтый – 10 %." in screen(methodist)
    assert "Изменено, обычно: жёлтый 5" in screen(methodist)
    assert await lights(world, "pupils_drop") == ["clear"]
    async with world.app.database.read() as tx:
        (entry,) = [one for one in await audit.page(tx, 9) if one.act == "set_threshold"]
    assert entry.detail == "Учеников стало меньше: жёлтый – 10 %"
    await world.press(methodist, "1: жёлтый 10")
    asked = methodist.screen
    await world.press(methodist, "Вернуть обычный: 5 %")
    assert "жёлтый – 5 %, снова обычный" in screen(methodist)
    assert await lights(world, "pupils_drop") == ["amber"]
    # The second tap of the same button, and an old message: nothing happens twice.
    assert asked is not None
    await forge(world, methodist, "r3:usual:pupils_drop:amber:0")
    assert "Порог и так обычный." in screen(methodist)
    async with world.app.database.read() as tx:
        assert await risk_thresholds.every(tx) == {}
        entries = [one for one in await audit.page(tx, 9) if one.act == "set_threshold"]
    assert len(entries) == 2


async def test_the_usual_value_may_have_to_wait_for_the_other(
    world: World, methodist: Person
) -> None:
    """Red was brought below amber's usual value, amber with it."""
    await forge_threshold(world, methodist, "amber", "2")
    await forge_threshold(world, methodist, "red", "3")
    await forge(world, methodist, "r3:usual:pupils_drop:amber:0")
    assert "Обычное значение 5 сейчас не подходит: сначала верните красный порог" in screen(
        methodist
    )
    await forge(world, methodist, "r3:usual:pupils_drop:red:0")
    await forge(world, methodist, "r3:usual:pupils_drop:amber:0")
    async with world.app.database.read() as tx:
        assert await risk_thresholds.every(tx) == {}


async def forge_threshold(world: World, person: Person, name: str, value: str) -> None:
    await world.say(person, "/risks пороги")
    await forge(world, person, f"r3:threshold:pupils_drop:{name}:0")
    await world.say(person, value)


@pytest.mark.parametrize(
    "data",
    [
        "r3:risk:9::0",
        "r3:rows:weather::0",
        "r3:threshold:card_stale:kinds:0",
        "r3:threshold:weather:amber:0",
        "r3:usual:grants_zero:red:0",
        "r3:choose:weather::0",
        "r3:no_grants:2025-2026::0",
        "r3:sing:::0",
        "r2:risk:1::0",
    ],
)
async def test_buttons_that_are_none(world: World, methodist: Person, data: str) -> None:
    await world.say(methodist, "/risks")
    before = stored(world)
    await forge(world, methodist, data)
    assert "устарела" in screen(methodist)
    assert stored(world) == before


async def test_a_page_that_is_no_more_is_the_last(world: World, methodist: Person) -> None:
    await world.say(methodist, "/risks")
    await forge(world, methodist, f"r3:rows:pupils_drop::{2**40}")
    assert "1. школа № 24" in screen(methodist)


async def test_grants_are_told_by_staff(world: World, methodist: Person) -> None:
    assert await lights(world, "grants_zero") == ["unknown"]
    await world.say(methodist, "риск 5")
    await world.press(methodist, "Указать гранты года")
    await world.say(methodist, "миллион")
    assert "⚠️ Нужно целое число от 0 до 999999, в тысячах рублей. Например: 350" in screen(
        methodist
    )
    # Roubles are not thousands of them.
    for typed in ("350 000 ₽", "350000 рублей", "٣٥٠"):
        await world.say(methodist, typed)
        assert "⚠️ Нужно целое число" in screen(methodist)
        assert await lights(world, "grants_zero") == ["unknown"]
    await world.say(methodist, "1 350 тыс. руб.")
    assert "✅ Записано: грантов за год – 1\N{NO-BREAK SPACE}350 тыс. ₽." in screen(methodist)
    assert "1\N{NO-BREAK SPACE}350 тыс. ₽, указано 12.01.2027" in screen(methodist)
    assert await lights(world, "grants_zero") == ["clear"]
    await world.press(methodist, "Указать гранты года")
    await world.press(methodist, "Не было")
    assert await lights(world, "grants_zero") == ["amber"]
    assert (await flags(world))["grants_zero"].says == (
        "за 2026/27 учебный год грантов не получено, указано 12.01.2027"
    )


async def test_a_school_says_how_its_partner_copes(world: World, methodist: Person) -> None:
    await sign(world, "7", "s24", partner="Морской колледж", type_="vet")
    coordinator = await world.coordinator("s24")
    assert await lights(world, "comment_tag", "partner_idle") == ["unknown", "unknown"]
    await world.say(coordinator, "/school")
    await world.press(coordinator, "Договоры")
    await world.press(coordinator, "Морской колледж")
    assert "Как справляется партнёр: не отмечено" in screen(coordinator)
    await world.press(coordinator, "Как справляется")
    await world.press(coordinator, "Справляется")
    assert await lights(world, "comment_tag") == ["clear"]
    await world.press(coordinator, "Как справляется")
    await world.say(coordinator, "партнер перегружен")
    assert "Как справляется партнёр: партнёр перегружен" in screen(coordinator)
    found = (await flags(world))["comment_tag"]
    assert found.light == "amber"
    assert found.rows[0].text == "Морской колледж, № 7, бессрочный: школа № 24"
    await world.press(coordinator, "Последнее мероприятие")
    await world.say(coordinator, "20.11.2027")
    assert "20.11.2027 ещё не наступило" in screen(coordinator)
    await world.say(coordinator, "20.05.2026")
    assert "Последнее совместное мероприятие: 20.05.2026" in screen(coordinator)
    found = (await flags(world))["partner_idle"]
    assert found.light == "amber"
    assert "Морской колледж: последнее мероприятие 20.05.2026" in found.says
    await world.press(coordinator, "Последнее мероприятие")
    await world.say(coordinator, "20.11.2026")
    assert await lights(world, "partner_idle") == ["clear"]
    await world.press(coordinator, "Последнее мероприятие")
    await world.press(coordinator, "Не указывать")
    assert await lights(world, "partner_idle") == ["unknown"]


async def test_parents_who_ask_and_parents_who_do_not(world: World) -> None:
    """Their updates are counted by the day, before and after the nightly job has erased them."""
    world.clock.move_to(local(2027, 5, 20, 12))
    parent = world.telegram.person(name="Родитель")
    parent.start()
    await world.pump()
    await world.say(parent, "мед класс")
    await world.app.inbox.finished.flush()
    found = (await flags(world))["no_questions"]
    assert (found.light, found.says) == ("clear", "сегодня родители обращались к боту, раз: 2")
    for day in range(21, 30):
        world.clock.move_to(local(2027, 5, day, 3, 30))
        await world.app.schedule.trim()
        await world.app.schedule.trim()  # a job that runs twice counts nothing twice
    found = (await flags(world))["no_questions"]
    assert found.light == "amber"
    assert found.says == (
        "дней подряд без обращений родителей: 8, последний раз – 20.05.2027 (обращений: 2)"
    )
    coordinator = await world.coordinator("s24")  # has an account: is no parent
    await world.say(coordinator, "/classes")
    await world.app.inbox.finished.flush()
    assert await lights(world, "no_questions") == ["amber"]
    await world.say(parent, "мед класс")
    await world.app.inbox.finished.flush()
    assert await lights(world, "no_questions") == ["clear"]


async def test_an_early_message_is_no_threshold(world: World, methodist: Person) -> None:
    await world.say(methodist, "/risks пороги")
    early = methodist.send("7")
    methodist.click("1: жёлтый 5")
    await world.pump()
    assert early.text == "7"
    async with world.app.database.read() as tx:
        assert await risk_thresholds.every(tx) == {}


async def test_after_the_project(world: World, methodist: Person) -> None:
    world.clock.move_to(local(2027, 9, 1, 12))  # its last day: the plan runs, too
    await world.say(methodist, "/risks")
    assert "Проект завершён" not in screen(methodist)
    world.clock.move_to(local(2027, 9, 2, 12))
    await world.say(methodist, "/risks")
    assert "Проект завершён 01.09.2027" in screen(methodist)
    assert len(await states(world)) == 8
