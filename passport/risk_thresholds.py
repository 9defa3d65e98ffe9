"""A typed threshold: one number within its bounds, and red never milder than amber."""

import re
from collections.abc import Mapping
from decimal import Decimal

from passport.numbers import plain
from passport.risks import PAIR, Scale, Threshold
from passport.values import Refusal

_NUMBER = re.compile(r"([0-9]{1,7}(?:[.,][0-9]{1,4})?)\s*([%а-яёА-ЯЁ. ₽]{0,20})")
# What people write beside a number instead of its unit. Another word is another number: «2 недели»
# are not 2 days, «100 рублей» not 100 thousand.
ALSO: Mapping[str, tuple[str, ...]] = {
    "%": ("процент",),
    "п. п.": ("%",),  # «процентных пунктов» begins as the unit does
    "чел.": ("учен", "учащ"),
    "возврата": ("раз",),
}
COLOURS = {"amber": "жёлтый", "red": "красный"}


def bounds(scale: Scale, one: Threshold) -> tuple[Decimal, Decimal]:
    """Least and most that it may be now: between its own bounds and the other colour's value."""
    least, most = one.least, one.most
    if one.name not in PAIR or "red" not in scale.values:
        return least, most
    rising = scale.signal.compare in ("at_least", "more_than")
    other = scale["amber" if one.name == "red" else "red"]
    if (one.name == "red") == rising:
        return max(least, other), most
    return least, min(most, other)


def read_threshold(scale: Scale, one: Threshold, text: str) -> Decimal | Refusal:
    """«5», «5 %», «0,3»; a refusal is one sentence with the bounds and an example. Never raises."""
    least, most = bounds(scale, one)
    found = _NUMBER.fullmatch(" ".join(text.split()))
    value = Decimal(found[1].replace(",", ".")) if found else None
    said = found is not None and _is_unit(found[2], one.unit)
    if value is not None and said and least <= value <= most and _fits(value, one.digits):
        return value.quantize(Decimal(1).scaleb(-one.digits)).normalize() + 0
    return Refusal(f"Нужно {words(scale, one)}. Например: {example(scale, one)}")


def _is_unit(words: str, unit: str) -> bool:
    """Whether what stands behind a number is its unit, in any form: «дней» is «дн.»."""
    said = words.strip().casefold()
    return not said or said.startswith((unit[0], *ALSO.get(unit, ())))


def _fits(value: Decimal, digits: int) -> bool:
    return value == value.quantize(Decimal(1).scaleb(-digits))


def _kind(one: Threshold) -> str:
    return "число" if one.digits else "целое число"


def _between(scale: Scale, one: Threshold) -> str:
    """«от 5 до 100 %, потому что жёлтый сейчас 5»."""
    least, most = bounds(scale, one)
    text = f"от {plain(least)} до {plain(most)} {one.unit}"
    if (least, most) != (one.least, one.most):
        other = "amber" if one.name == "red" else "red"
        text += f" ({COLOURS[other]} порог сейчас {plain(scale.values[other])})"
    return text


def words(scale: Scale, one: Threshold) -> str:
    """What may be typed: «целое число от 1 до 100 %»; the full stop is the sentence's own."""
    return f"{_kind(one)} {_between(scale, one)}".rstrip(".")


def example(scale: Scale, one: Threshold) -> str:
    """The data's example, if it may be said now, else the nearest that may."""
    least, most = bounds(scale, one)
    wanted = Decimal(one.example.replace(",", "."))
    return plain(min(max(wanted, least), most))
