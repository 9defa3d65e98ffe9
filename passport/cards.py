"""Cards of the registers as forms of the same engine: fields, their values, what must hold."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from passport.form import Form
from passport.limits import broken
from passport.register import PARTNER_TYPES, ClassCard, Contract, Partner, PartnerType
from passport.values import Chosen, Number, Refusal, Text, Value

KINDS = {"class": "класс", "group": "группа"}
TYPES: dict[str, PartnerType] = {name: key for key, name in PARTNER_TYPES.items()}
# What a card is not whole without, in the order of asking; the rest is worth telling parents.
NEEDED = ("track", "capacity", "enrolled")
TEXTS = (
    "letter",
    "track",
    "profile",
    "mode",
    "exams",
    "local_act_url",
    "admission",
    "outsiders",
    "open_days",
    "contact",
)
NUMBERS = ("capacity", "enrolled", "applications")


def of_class(card: ClassCard) -> dict[str, Value]:
    """By field; what was not said is not there."""
    said: dict[str, Value] = {"grade": Text(str(card.grade)), "kind": Text(KINDS[card.kind])}
    for field in TEXTS:
        if text := getattr(card, field):
            said[field] = Text(text)
    for field in NUMBERS:
        number = getattr(card, field)
        if number is not None:
            said[field] = Number(Decimal(number))
    if card.subjects:
        said["advanced_subjects"] = Chosen(card.subjects)
    if card.partners:
        said["partners"] = Chosen(card.partners)
    return said


def of_contract(contract: Contract) -> dict[str, Value]:
    said: dict[str, Value] = {
        "partner": Text(contract.partner.name),
        "signed_on": Text(contract.signed_on.isoformat()),
    }
    if contract.number:
        said["number"] = Text(contract.number)
    if contract.valid_until is not None:
        said["valid_until"] = Text(contract.valid_until.isoformat())
    if contract.ended_on is not None:
        said["ended_on"] = Text(contract.ended_on.isoformat())
    if contract.load:
        said["load"] = Text(contract.load)
    if contract.last_event_on is not None:
        said["last_event_on"] = Text(contract.last_event_on.isoformat())
    return said


def of_partner(partner: Partner) -> dict[str, Value]:
    said: dict[str, Value] = {
        "name": Text(partner.name),
        "type": Text(PARTNER_TYPES[partner.type]),
    }
    if partner.benefit:
        said["benefit"] = Text(partner.benefit)
    return said


def refused(form: Form, said: Mapping[str, Value], field: str, value: Value) -> Refusal | None:
    """Why a field cannot become this; None when it can."""
    after = {**said, field: value}
    numbers = {key: one.value for key, one in after.items() if isinstance(one, Number)}
    for one in broken(form, numbers, {}):
        if one.limit.kind == "hard" and field in (*one.limit.of, one.limit.at_most):
            return Refusal(one.text)
    if form.key == "contract":
        return wrong_dates(_day(after.get("signed_on")), _day(after.get("valid_until")))
    return None


def wrong_dates(signed_on: date | None, valid_until: date | None) -> Refusal | None:
    """A contract cannot end before it starts."""
    if signed_on is None or valid_until is None or valid_until >= signed_on:
        return None
    return Refusal(
        f"Договор подписан {signed_on:%d.%m.%Y}, а кончается {valid_until:%d.%m.%Y}: раньше, чем "
        "начался. Проверьте обе даты, например: 15.09.2026 и 31.08.2028."
    )


def _day(value: Value | None) -> date | None:
    return date.fromisoformat(value.text) if isinstance(value, Text) else None


def missing(card: ClassCard) -> tuple[str, ...]:
    """Needed fields of a class that nobody has said yet."""
    said = of_class(card)
    return tuple(field for field in NEEDED if field not in said)
