"""Values as JSON, for the log and for the snapshot of a submission. Pending lines stay out."""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from passport.values import (
    Chosen,
    Item,
    Named,
    NotApplicable,
    Nothing,
    Number,
    Slot,
    Text,
    Value,
)


def dump(value: Value | None) -> str | None:
    return None if value is None else json.dumps(_plain(value), ensure_ascii=False)


def load(text: str | None) -> Value | None:
    return None if text is None else _value(json.loads(text))


def dump_answers(answers: Mapping[Slot, Value]) -> str:
    """A whole report, slots in order: the same answers always give the same text."""
    rows = [
        [slot.question, slot.class_id, slot.subject_id, _plain(answers[slot])]
        for slot in sorted(answers)
    ]
    return json.dumps(rows, ensure_ascii=False)


def load_answers(text: str) -> dict[Slot, Value]:
    return {Slot(question, one, subj): _value(raw) for question, one, subj, raw in json.loads(text)}


def _plain(value: Value) -> dict[str, Any]:
    match value:
        case Number(number):
            return {"number": str(number)}
        case Nothing():
            return {"none": True}
        case NotApplicable(reason):
            return {"na": reason}
        case Text(text):
            return {"text": text}
        case Chosen(options):
            return {"chosen": list(options)}
        case Named(items):
            # Pending lines may hold somebody's name: they live in the answer alone, and briefly.
            return {"items": [[item.name, item.persons] for item in items]}


def _value(raw: dict[str, Any]) -> Value:
    if "number" in raw:
        return Number(Decimal(raw["number"]))
    if "none" in raw:
        return Nothing()
    if "na" in raw:
        return NotApplicable(raw["na"])
    if "text" in raw:
        return Text(raw["text"])
    if "chosen" in raw:
        return Chosen(tuple(raw["chosen"]))
    return Named(tuple(Item(name, persons) for name, persons in raw["items"]))
