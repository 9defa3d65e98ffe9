"""How cards are said: values of fields, one line of a class, one line of a contract."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from handlers.words import q, shorten, value_text
from passport.form import Question
from passport.register import PARTNER_TYPES, ClassCard, Contract
from passport.values import Chosen, Text, Value

LONGEST_LIST = 500  # of what is chosen, in characters
LONGEST_PARTNER = 70  # in a list of contracts

LONGEST_BUTTON = 48


def field_text(question: Question, value: Value | None) -> str:
    """Quoted; dates as people write them."""
    if value is None:
        return "–"
    if question.kind == "date" and isinstance(value, Text):
        return day(date.fromisoformat(value.text))
    if isinstance(value, Chosen):
        return q(shorten(", ".join(value.options), LONGEST_LIST))
    return value_text(value, question.unit)


def day(local: date) -> str:
    return f"{local:%d.%m.%Y}"


def checked(moment: datetime | None, zone: ZoneInfo) -> str:
    return f"проверено {moment.astimezone(zone):%d.%m.%Y}" if moment else "ещё не проверено"


def class_name(card: ClassCard) -> str:
    return f"{card.name} ({card.track})" if card.track else card.name


def class_line(card: ClassCard, zone: ZoneInfo) -> str:
    """«10 «А» (медицинская): зачислено 21 из 25, свободно 4, проверено 12.09.2026»."""
    if card.capacity is None or card.enrolled is None:
        unknown = [
            word
            for word, number in (("мест", card.capacity), ("зачислено", card.enrolled))
            if number is None
        ]
        return f"{q(class_name(card))}: не указано, сколько {' и сколько '.join(unknown)}"
    seats = f"зачислено {card.enrolled} из {card.capacity}, свободно {card.vacancies}"
    return f"{q(class_name(card))}: {seats}, {checked(card.confirmed_at, zone)}"


def contract_name(contract: Contract) -> str:
    return f"{contract.partner.name}: {_said(contract)}"


def listed_name(contract: Contract) -> str:
    """Among others."""
    return f"{shorten(contract.partner.name, LONGEST_PARTNER)}: {_said(contract)}"


def _said(contract: Contract) -> str:
    number = f" № {contract.number}" if contract.number else ""
    return f"договор{number} от {day(contract.signed_on)}"


def contract_button(contract: Contract) -> str:
    """The partner's name gives way, so that the number and the date are seen whole."""
    number = f"№ {contract.number}" if contract.number else "договор"
    tail = f": {shorten(number, 20)} от {day(contract.signed_on)}"
    return shorten(contract.partner.name, LONGEST_BUTTON - len(tail)) + tail


def contract_line(contract: Contract, today: date) -> str:
    """With how long it holds."""
    kind = PARTNER_TYPES[contract.partner.type]
    return f"{q(listed_name(contract))} ({kind}), {term(contract, today)}"


def term(contract: Contract, today: date) -> str:
    last = contract.last_day
    if contract.signed_on > today:
        return "ещё не начался"
    if contract.ended_on is not None and contract.ended_on <= today:
        return f"расторгнут с {day(contract.ended_on)}"
    if last is None:
        return "бессрочный"
    if last < today:
        return f"кончился {day(last)}"
    soon = " ⏳" if contract.ends_soon(today) else ""
    return f"до {day(last)}{soon}"
