"""The section of the portal: one page and one JSON of the same data, for everybody."""

import asyncio
import json
from datetime import date
from html import unescape
from importlib.resources import files
from pathlib import Path

import pytest

from exports.portal import Portal, PortalClass, PortalPartner, portal_json, stored_portal
from exports.portal_page import portal_page
from passport.register import ClassDraft
from storage import class_cards, classes, partners
from storage.database import Transaction
from tests.clock import local
from tests.world import World

YEAR = "2027-2028"
AXE = files("axe_core_python") / "axe.min.js"
SCHEMES = {"light": 1, "dark": 0}


def card(**changed: object) -> PortalClass:
    said: dict[str, object] = {
        "school": "Школа № 33",
        "class_name": "10 «А»",
        "track": "медицинская",
        "profile": "естественно-научный",
        "advanced_subjects": ("Химия", "Биология"),
        "exams": "химия, биология",
        "partners": (PortalPartner(name="Медицинский колледж", type="СПО", benefit="5 баллов"),),
        "mode": "очная",
        "local_act_url": "https://school33.ru/polozhenie.pdf",
        "capacity": 25,
        "enrolled": 22,
        "vacancies": 3,
        "admission": "Правила: https://school33.ru/priem",
        "outsiders": "принимают по правилам школы",
        "open_days": "18 апреля, 14:00",
        "contact": "8 (4152) 23-45-67",
        "data_of": date(2027, 7, 12),
        "is_stale": False,
    }
    return PortalClass.model_validate(said | changed)


def portal(*cards: PortalClass) -> Portal:
    return Portal(
        title="Предпрофессиональные классы",
        school_year=YEAR,
        enrolment_opens=date(2027, 6, 1),
        enrolment_closes=date(2027, 8, 20),
        as_of=date(2027, 7, 12),
        classes=cards,
    )


async def add(tx: Transaction, school: str, track: str, **said: str | int) -> None:
    await classes.add(tx, school, YEAR, [ClassDraft(10, "А", "class", track)])
    (one,) = await class_cards.of_school(tx, school, YEAR)
    for field, value in said.items():
        fresh = await class_cards.get(tx, one.id)
        assert fresh is not None
        await class_cards.change(tx, fresh, field, value, None)


async def test_what_schools_have_said_is_on_the_page_and_in_the_data(world: World) -> None:
    world.clock.move_to(local(2027, 7, 12, 10))
    async with world.app.database.write() as tx:
        college = await partners.add(tx, "Медицинский колледж", "vet", None)
        await partners.set_benefit(tx, college, "5 дополнительных баллов", None)
        await add(tx, "s33", "медицинская", capacity=25, enrolled=22, contact="8 (4152) 23-45-67")
        (one,) = await class_cards.of_school(tx, "s33", YEAR)
        await class_cards.set_partners(tx, one, [college.id], None)
        await add(tx, "s21", "медицинская", capacity=20, enrolled=20)
        await add(tx, "s42", "инженерная")
    async with world.app.database.read() as tx:
        made = await stored_portal(tx, world.app.passport, YEAR)
    assert [(one.school, one.vacancies) for one in made.classes] == [
        ("Школа № 42", None),
        ("Лицей № 21", 0),
        ("Школа № 33", 3),
    ]
    page = portal_page(made).decode()
    for words in (
        "3 места (на 12.07.2027)",
        "мест нет (на 12.07.2027)",
        "о местах школа ещё не сообщила",
    ):
        assert words in page
    assert "5 дополнительных баллов" in page
    assert page.count("а не обещание") == 1
    assert "с 01.06.2027 по 20.08.2027" in page
    assert "Страница собрана 12.07.2027" in page
    data = json.loads(portal_json(made))
    assert Portal.model_validate(data) == made
    assert portal_page(made) == portal_page(Portal.model_validate(data))


def test_what_people_typed_stays_text() -> None:
    page = portal_page(
        portal(card(track="<b>ИТ</b>", local_act_url="javascript:alert(1)", admission="<script>"))
    ).decode()
    assert "<b>ИТ" not in page
    assert "<script>" not in page
    assert 'href="javascript' not in page
    assert "<b>ИТ</b>" in unescape(page)


def test_a_city_with_no_classes_says_so() -> None:
    page = portal_page(portal()).decode()
    assert "Школы ещё готовят списки классов" in page
    assert "свободных мест" not in page


def test_old_data_say_their_date_beside_the_seats() -> None:
    page = portal_page(portal(card(is_stale=True, data_of=date(2027, 6, 1)))).decode()
    assert "3 места (на 01.06.2027, уточните в школе)" in page
    old = card(is_stale=True, data_of=date(2027, 6, 1), vacancies=0)
    assert "мест нет (на 01.06.2027, уточните в школе)" in portal_page(portal(old)).decode()


def test_short_names_of_partners_types_are_spelt_out_once() -> None:
    university = PortalPartner(name="КамГУ", type="ВО", benefit="")
    page = portal_page(portal(card(), card(partners=(university,)), card())).decode()
    assert page.count("ВО – высшее образование: вузы; СПО – среднее профессиональное") == 1
    assert "реальный сектор" not in page
    assert "Партнёры классов" not in portal_page(portal(card(partners=()))).decode()


@pytest.mark.browser
@pytest.mark.parametrize("scheme", SCHEMES)
async def test_the_page_is_accessible(tmp_path: Path, scheme: str) -> None:
    """By axe-core, in both colour schemes, with every card open."""
    made = portal(
        card(), card(school="Лицей № 21", vacancies=0), card(track="инженерная", vacancies=None)
    )
    script = (
        "axe.run().then(found => { document.body.dataset.found = JSON.stringify("
        "found.violations.map(one => [one.id, one.nodes.map(node => node.html)])); });"
    )
    page = portal_page(made).decode().replace("<details>", "<details open>")
    tested = page.replace(
        "</body>", f"<script>{AXE.read_text()}</script><script>{script}</script></body>"
    )
    path = tmp_path / "portal.html"
    await asyncio.to_thread(path.write_text, tested)
    chromium = await asyncio.create_subprocess_exec(
        "chromium",
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        f"--user-data-dir={tmp_path / 'profile'}",
        f"--blink-settings=preferredColorScheme={SCHEMES[scheme]}",
        "--window-size=400,800",
        "--virtual-time-budget=20000",
        "--dump-dom",
        path.as_uri(),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    printed, _ = await chromium.communicate()
    dom = printed.decode()
    assert 'data-found="' in dom
    assert json.loads(unescape(dom.split('data-found="')[1].split('"')[0])) == []
