"""Answers to parents' questions: what is true of all classes, then what each class says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from handlers.errors import Outdated
from handlers.parents import wording
from handlers.parents.callbacks import parent_tap, subscribe_tap
from handlers.parents.card import NO_PROMISE, offer
from handlers.parents.lists import HOME, QUESTIONS, pages
from handlers.parents.scope import Meant, Scope, meant, title
from handlers.parents.season import season, sentence, whose
from handlers.screen import Button, Row, Screen
from handlers.visit import Visit
from handlers.words import q, shorten
from passport.register import ClassCard, Partner
from passport.season import Season
from storage import partners, showcase

PAGE = 6  # classes
FACT = 300  # signs of what one class says: as long as a card's text, so that no link is cut

Partners = Mapping[str, Partner]
# What a class says of a topic, quoted; empty when it has not said.
Fact = Callable[[ClassCard, Partners], str]


@dataclass(frozen=True, slots=True)
class Topic:
    """``lead`` is true of every class. Without ``fact`` the answer is the lead and the phones."""

    title: str
    lead: str
    fact: Fact


def _field(name: str) -> Fact:
    return lambda card, _: q(shorten(getattr(card, name), FACT))


def _link(card: ClassCard, _: Partners) -> str:
    return q(card.local_act_url)


def _subjects(card: ClassCard, _: Partners) -> str:
    return q(shorten(", ".join(card.subjects), FACT))


def _partners(card: ClassCard, _: Partners) -> str:
    return q(shorten(", ".join(card.partners), FACT))


def _benefit(card: ClassCard, known: Partners) -> str:
    offers = [known[name] for name in card.partners if name in known and known[name].benefit]
    more = f"; и ещё {len(offers) - 2} – в карточке" if len(offers) > 2 else ""
    return "; ".join(offer(one) for one in offers[:2]) + more


TOPICS: dict[str, Topic] = {
    "apply": Topic(
        "До какого числа и куда подавать",
        "Заявления принимает сама школа. Бот не берёт ни заявлений, ни документов. Сроки и порядок "
        "каждой школы – в её правилах:",
        _field("admission"),
    ),
    "subjects": Topic("Какие предметы углублённо", "На углублённом уровне изучают:", _subjects),
    "exams": Topic(
        "Что сдавать на ОГЭ",
        "При приёме школы учитывают такие предметы ОГЭ:",
        _field("exams"),
    ),
    "outsiders": Topic(
        "Можно ли из другой школы",
        "Решает школа, по своим правилам. Вот что школы сообщили:",
        _field("outsiders"),
    ),
    "partners": Topic(
        "С какими вузами и колледжами дружат",
        "Партнёры классов – вузы, колледжи, предприятия:",
        _partners,
    ),
    "mode": Topic("Очно или дистанционно", "Форма занятий в классах:", _field("mode")),
    "benefit": Topic(
        "Что даёт при поступлении",
        f"Только то, что объявили сами партнёры. {NO_PROMISE}",
        _benefit,
    ),
    "open_days": Topic(
        "Когда день открытых дверей", "Дни открытых дверей назначают школы:", _field("open_days")
    ),
    "local_act": Topic("Где прочитать положение", "Положения (ЛНА) – на сайтах школ:", _link),
    "contact": Topic(
        "Телефоны школ",
        "Телефоны приёмных, которые дали школы. Чего бот не знает – адрес, проезд, стоимость, – "
        "спросите там:",
        _field("contact"),
    ),
    "chance": Topic(
        "Возьмут ли нас",
        "Этого бот не знает и обещать не может: зачисляет школа, по своим правилам. "
        "Спросите в приёмной:",
        _field("contact"),
    ),
    "closed": Topic(
        "Баллы, заявления, отчёты",
        "Проходные баллы, число заявлений, оценки и отчёты школ бот родителям не показывает. "
        "Что можно узнать – места, предметы, правила приёма. Остальное спросите в школе:",
        _field("contact"),
    ),
}
# In the menu, in the order of what parents ask most.
ASKED = (
    "apply",
    "exams",
    "subjects",
    "outsiders",
    "partners",
    "benefit",
    "open_days",
    "local_act",
    "mode",
    "contact",
)


async def show_topics(visit: Visit, within: Scope) -> Screen:
    """All questions that have an answer."""
    now = await season(visit)
    what = await meant(visit, now, within)
    within = what.scope
    about = f": {title(what)}" if not within.whole else ""
    text = [
        f"<b>Вопросы{about}</b>",
        "Выберите вопрос или напишите его своими словами, например: "
        "<code>что сдавать в медицинский</code>",
    ]
    rows: list[Row] = [
        (Button(TOPICS[key].title, parent_tap("topic", key, within=within.key)),) for key in ASKED
    ]
    if within.whole:
        rows.insert(
            0,
            (
                Button("Какие классы откроют", parent_tap("tracks")),
                Button("Где есть места", parent_tap("seats")),
            ),
        )
        rows.append((Button("🔔 Сообщить о наборе и местах", subscribe_tap("list")), HOME))
    else:
        rows.append((Button("← К классам", parent_tap("list", within.key)), HOME))
    return Screen("\n".join(text), tuple(rows))


async def show_topic(
    visit: Visit, key: str, within: Scope, page: int = 0, notice: str = ""
) -> Screen:
    """What classes say of a topic: those that have said it first."""
    topic = TOPICS.get(key)
    if topic is None:
        raise Outdated
    now = await season(visit)
    what = await meant(visit, now, within)
    within = what.scope
    known = {one.name: one for one in await partners.every(visit.tx)}
    cards = await showcase.cards(visit.tx, what.wanted)
    facts = [(card, topic.fact(card, known)) for card in cards]
    facts.sort(key=lambda pair: not pair[1])
    page = min(page, max(0, (len(facts) - 1) // PAGE))
    shown = facts[page * PAGE : (page + 1) * PAGE]
    text = _head(now, topic, what, notice)
    text += [_line(card, fact, key) for card, fact in shown]
    told = [card.confirmed_at for card, fact in shown if fact]
    if told:
        oldest = None if None in told else min(one for one in told if one is not None)
        text.append(f"<i>Данные школ {wording.as_of(visit, now, oldest)}</i>")
    if not cards:
        text.append(_no_class(what))
    elif not any(fact for _, fact in facts):
        text += ["", "Пока этого не сообщила ни одна из школ."]
    if key == "apply" and visit.passport.campaigns.portal_url:
        text += ["", f"Портал города: {q(visit.passport.campaigns.portal_url)}"]
    turning = pages(
        page, len(facts), PAGE, lambda to: parent_tap("topic", key, to, within=within.key)
    )
    return Screen("\n".join(text), (*_classes(shown), *turning, *_around(within)))


def _head(now: Season, topic: Topic, what: Meant, notice: str) -> list[str]:
    about = title(what)
    text = [f"<b>{topic.title}</b>", *([about] if about else [])]
    text += [notice] if notice else []
    return [*text, sentence(now), "", f"<i>{whose(now)}</i>", topic.lead]


def _line(card: ClassCard, fact: str, key: str) -> str:
    name = q(f"{wording.place(card)}, {shorten(card.track, 60)}")
    if fact:
        return f"• {name}: {fact}"
    phone = f", телефон {q(card.contact)}" if card.contact and key != "contact" else ""
    return f"• {name}: школа не сообщила{phone}"


def _no_class(what: Meant) -> str:
    if what.scope.whole:
        return "Школы ещё готовят списки классов."
    return "Таких классов школы не заявили."


def _classes(shown: list[tuple[ClassCard, str]]) -> tuple[Row, ...]:
    buttons = [Button(wording.place(card), parent_tap("class", str(card.id))) for card, _ in shown]
    return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))


def _around(within: Scope) -> tuple[Row, ...]:
    if within.whole:
        narrower = (
            Button("По направленности", parent_tap("tracks")),
            Button("По школе", parent_tap("schools")),
        )
        return (narrower, (QUESTIONS, HOME))
    return (
        (
            Button("Другой вопрос", parent_tap("topic", within=within.key)),
            Button("← К классам", parent_tap("list", within.key)),
        ),
        (HOME,),
    )
