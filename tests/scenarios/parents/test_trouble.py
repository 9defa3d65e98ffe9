"""What goes wrong around parents: no classes, five hundred, closed meanwhile, crafted buttons."""

import re
from collections import deque
from datetime import timedelta
from html import unescape

import pytest

from demo.telegram import Person
from passport.register import ClassDraft
from storage import classes
from tests.clock import local
from tests.scenarios.parents.city import NEXT_YEAR, SUMMER, july, open_class, parent
from tests.scenarios.steps import begin, forge
from tests.world import World, shown


async def test_no_classes_at_all(world: World) -> None:
    world.clock.move_to(local(*SUMMER))
    person = await parent(world)
    for text in ("/classes", "есть ли места", "медицинский", "33 школа", "что сдавать", "школы"):
        await world.say(person, text)
        said = shown(person)
        assert "готовят списки классов" in said or "не заявили" in said, text
        assert person.screen == person.last


async def test_five_hundred_classes_fit_and_can_be_leafed_through(world: World) -> None:
    world.clock.move_to(local(*SUMMER))
    slugs = [one.slug for one in world.app.passport.schools.schools]
    tracks = [f"{'очень ' * 8}длинная {number}"[:60] for number in range(20)]
    async with world.app.database.write() as tx:
        for slug in slugs:
            drafts = [
                ClassDraft(10, f"{tracks[number % 20][-2:]}{number}", "group", tracks[number % 20])
                for number in range(17)
            ]
            await classes.add(tx, slug, NEXT_YEAR, drafts)
    person = await parent(world)
    await world.say(person, "/classes")
    await world.press(person, "▶️")
    person.click_data(_datas(person)[0])  # a track
    await world.pump()
    await world.press(person, "▶️")
    assert "2 из" in str(person.screen and person.screen.labels)
    for text in ("школы", "что сдавать", "33 школа"):
        await world.say(person, text)
        await world.press(person, "▶️")
        assert len(shown(person)) <= 4096
    await forge(world, person, "r1:list::9999:")
    assert person.screen == person.last


async def test_a_class_that_was_closed_between_the_list_and_the_tap(world: World) -> None:
    ids = await july(world)
    person = await parent(world)
    await world.say(person, "медицинский")
    async with world.app.database.write() as tx:
        await classes.close(tx, ids["21"])
    await world.press(person, "№ 21")
    assert "Этот класс больше не показан" in shown(person)
    assert "№ 33, 10 «А» – 3 места" in shown(person)


async def test_html_links_and_the_longest_texts_of_a_school_are_harmless(world: World) -> None:
    world.clock.move_to(local(*SUMMER))
    evil = "<b>жирно</b> & <a href='http://x.ru'>сюда</a> " + "я" * 250
    url = "https://school33.ru/" + "p" * 275
    number = await open_class(
        world,
        "s33",
        "<i>медицинская</i> " + "щ" * 40,
        "<u>",
        subjects=tuple(f"Предмет {'п' * 50}{at}" for at in range(20)),
        offers={f"Партнёр <{at}> {'ж' * 90}": evil for at in range(12)},
        exams=evil,
        admission=evil[:280] + " https://a.ru",
        open_days=evil,
        local_act_url=url,
        contact="8 (4152) 23-45-67",
        capacity=25,
        enrolled=1,
    )
    person = await parent(world)
    await forge(world, person, f"r1:class:{number}:0::")
    assert "<b>жирно</b> & <a href" in unescape(shown(person))
    assert url in shown(person)
    for text in ("/classes", "есть ли места", "что сдавать", "что даёт", "где положение", "школы"):
        await world.say(person, text)
        assert person.last == person.screen
        assert "не поместился" not in shown(person), text


async def test_links_open_what_they_name_and_an_unknown_one_opens_the_start(world: World) -> None:
    ids = await july(world)
    person = world.telegram.person(name="Родитель")
    expected = {
        "classes": "Предпрофессиональные классы",
        "track_meditsinskaia": "№ 33, 10 «А» – 3 места",
        "school_s24": "инженерная – 5 мест",
        f"class_{ids['33']}": "Предметы ОГЭ: химия, биология",
        "class_999999": "Этот класс больше не показан",
        "class_x": "Этот класс больше не показан",
        "track_nikakaia": "Такой страницы больше нет",
        "school_s99": "Такой страницы больше нет",
        "track_a-b-c-1-2-3": "Такой страницы больше нет",
        "whatever": "Здравствуйте!",
        "track": "Здравствуйте!",
    }
    for payload, said in expected.items():
        person.start(payload)
        await world.pump()
        assert said in shown(person), payload


async def test_a_link_with_the_whole_latin_name_of_a_long_track_leads_there(world: World) -> None:
    world.clock.move_to(local(*SUMMER))
    await open_class(world, "s33", "химико-биологическая с углублённым изучением предметов")
    person = world.telegram.person(name="Родитель")
    person.start("track_khimiko-biologicheskaia-s-uglublennym-izucheniem-predmetov")
    await world.pump()
    assert "№ 33, 10 «А»" in shown(person)
    await world.press(person, "Вопросы об этом")
    await world.press(person, "Что сдавать на ОГЭ")
    assert "№ 33, 10 «А»" in shown(person)


async def test_a_coordinators_number_still_answers_the_form(
    world: World, coordinator: Person
) -> None:
    await begin(world, coordinator)
    await world.say(coordinator, "24")
    assert "медицинск" not in shown(coordinator).casefold() or "балл" in shown(coordinator)
    (answered,) = [slot for slot in await world.answers() if slot.question == "r1"]
    assert answered
    await world.say(coordinator, "/classes")
    await world.say(coordinator, "33")
    assert "Сейчас вопрос не открыт" in shown(coordinator)
    assert len(await world.answers()) == 1
    await world.say(coordinator, "33 школа")
    assert "Школа № 33" in shown(coordinator)
    await world.say(coordinator, "медицинский")
    assert "Медицинская" in shown(coordinator) or "медицинская" in shown(coordinator)
    await world.say(coordinator, "сроки")
    assert "Сейчас вопрос не открыт" in shown(coordinator)


@pytest.mark.parametrize("role", ["methodist", "manager"])
async def test_staff_ask_about_classes_in_words_too(world: World, role: str) -> None:
    await july(world)
    person = await world.staff("methodist" if role == "methodist" else "manager")
    await world.say(person, "медицинский")
    assert "№ 33, 10 «А» – 3 места" in shown(person)
    await world.say(person, "33 школа")
    assert "№ 33, 10 «А» – 3 места" not in shown(person)
    await world.say(person, "абракадабра")
    assert "Не понял" in shown(person)


SECRETS = re.compile(
    r"87|заявлений[^,]*\d|замдиректора|балл: |Средний балл|сдал|координатор:|методист:|Отчёты:"
)
FORGED = (
    *("r1:class:0:0::", "r1:class:99999999999:0::", "r1:class:x:0::", "r1:list:....:0::"),
    *("r1:list:x.s33:0::", "r1:list:.s33.9:0::", "r1:list:..a:0::", "r1:topic:nothing:0::"),
    *("r1:topic:exams:0::..99", "r1:track:-:0::", "r1:mode:77:0::", "r1:boo::0::"),
    *("r1:seats::9999999:s:", "r1:tracks::99:q:", "r1:topic:closed:0::", "r1:school:s999:0::"),
    *("r1:list:a.b.c.d.e.f.g.h.i.j:0::", "r1:list:..²:0::", "b1:show:2026-2027:II::0"),
    *("o2:show:1::0:0", "v1:show:1:0:", "q1:year:2026-2027::0", "c1:card:1:", "r1:class:-1:0::"),
)


def _datas(person: Person) -> list[str]:
    assert person.screen is not None
    return [button.data for row in person.screen.buttons for button in row if button.data]


async def test_no_path_of_a_stranger_leads_to_what_is_not_theirs(world: World) -> None:
    """Presses every button that can be reached, each kind of act and screen once, then forges."""
    await july(world)
    await world.coordinator("s33")
    person = await parent(world)
    queue = deque(_datas(person))
    seen: set[str] = set()
    while queue and len(seen) < 120:
        data = queue.popleft()
        if data in seen:
            continue
        seen.add(data)
        world.clock.shift(timedelta(seconds=2))
        await forge(world, person, data)
        assert person.screen == person.last, data
        assert not SECRETS.search(shown(person)), (data, shown(person))
        assert "это моя ошибка" not in shown(person), data
        queue.extend(_datas(person))
    assert len(seen) > 60
    for data in FORGED:
        world.clock.shift(timedelta(seconds=2))
        await forge(world, person, data)
        assert person.last == person.screen, data
        assert "это моя ошибка" not in shown(person), data
        assert not SECRETS.search(shown(person)), data
