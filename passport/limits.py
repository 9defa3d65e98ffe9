"""What must hold between the numbers of a form, by its data: «зачислено» is at most «мест».

A limit with an unknown part is not checked: nobody is asked about what was not said yet.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from passport.form import Form, Limit
from passport.numbers import plain

Numbers = Mapping[str, Decimal | None]
FACT = "fact:"


@dataclass(frozen=True, slots=True)
class Broken:
    """A limit that does not hold, and the sentence with its numbers."""

    limit: Limit
    text: str


def broken(form: Form, numbers: Numbers, facts: Numbers) -> Iterator[Broken]:
    """``numbers`` by question, ``facts`` by what is known from elsewhere («pupils_11»)."""
    for limit in form.limits:
        most = _most(limit, numbers, facts)
        parts = [numbers.get(key) for key in limit.of]
        known = [part for part in parts if part is not None]
        if most is None or not known:
            continue
        total = sum(known, Decimal(0))
        if total > most:
            yield Broken(limit, limit.text.format(sum=plain(total), most=plain(most)))


def _most(limit: Limit, numbers: Numbers, facts: Numbers) -> Decimal | None:
    if limit.at_most.startswith(FACT):
        return facts.get(limit.at_most.removeprefix(FACT))
    return numbers.get(limit.at_most)
