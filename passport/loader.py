"""Reads the passport's files. A wrong file is refused at the start, in one plain line."""

import json
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from passport.calendar import Calendar
from passport.campaign import CampaignPlan
from passport.form import Form, Forms, Frozen
from passport.indicators import Indicators
from passport.plan import Plan
from passport.questions import Questions
from passport.risks import Risks
from passport.schools import Schools
from passport.tasks import Tasks

DATA = Path(__file__).with_name("data")
FORMS = ("form", "may", "campaign", "september")
Model = TypeVar("Model", bound=BaseModel)
Place = tuple[str | int, ...]

_GAP = re.compile(r"[\s,:]*")

# How the json module's complaints begin, and what to do about each.
_SYNTAX = {
    "Expecting ',' delimiter": "здесь нужна запятая или закрывающая скобка",
    "Expecting ':' delimiter": "после ключа нужно двоеточие",
    "Expecting property name": "нужен ключ в двойных кавычках (или перед ним лишняя запятая)",
    "Illegal trailing comma": "лишняя запятая перед закрывающей скобкой",
    "Expecting value": "здесь нужно значение",
    "Unterminated string": "нет закрывающей кавычки",
    "Invalid control character": "текст в кавычках должен стоять на одной строке",
    "Invalid \\": "после обратной косой черты стоит недопустимый знак",
    "Extra data": "после конца файла стоит лишний текст",
}
# How the types of pydantic's errors begin.
_REASONS = {
    "missing": "этого ключа не хватает",
    "extra_forbidden": "лишний ключ",
    "date_": 'нужна дата вида "2026-10-29"',
    "time_": 'нужно время вида "17:00"',
    "int_": "нужно целое число без кавычек",
    "bool_": "нужно true или false без кавычек",
    "string_": "нужен текст в кавычках",
    "tuple_": "нужен список в квадратных скобках",
    "dict_": "нужен объект в фигурных скобках",
    "model_": "нужен объект в фигурных скобках",
    "zoneinfo_": 'нет такого часового пояса (нужен, например, "Asia/Kamchatka")',
}


class Cards(Frozen):
    """The forms of the registers' cards."""

    forms: tuple[Form, ...]


class PassportError(Exception):
    """A file of the passport cannot be used; the text is for the person who starts the bot."""


@dataclass(frozen=True, slots=True)
class Passport:
    """``forms`` are filled by schools; ``cards`` are the forms of the registers, by key."""

    forms: Forms
    cards: dict[str, Form]
    schools: Schools
    calendar: Calendar
    indicators: Indicators
    campaigns: CampaignPlan
    questions: Questions
    tasks: Tasks
    plan: Plan
    risks: Risks

    @property
    def form(self) -> Form:
        """The quarterly form."""
        return self.forms.quarterly


def load_passport(folder: Path | None = None) -> Passport:
    """Everything the domain knows from files; PassportError says which file is wrong, and why."""
    place = folder or DATA
    filled = tuple(_load(place / f"{name}.json", Form) for name in FORMS)
    cards = _load(place / "cards.json", Cards)
    return Passport(
        forms=Forms(forms=filled),
        cards={card.key: card for card in cards.forms},
        schools=_load(place / "schools.json", Schools),
        calendar=_load(place / "calendar.json", Calendar),
        indicators=_load(place / "indicators.json", Indicators),
        campaigns=_load(place / "campaigns.json", CampaignPlan),
        questions=_load(place / "questions.json", Questions),
        tasks=_load(place / "tasks.json", Tasks),
        plan=_load(place / "plan.json", Plan),
        risks=_load(place / "risks.json", Risks),
    )


def localised(passport: Passport, time_zone: str) -> Passport:
    """The same passport with its dates in the operator's time zone."""
    zone = ZoneInfo(time_zone)
    return replace(passport, calendar=passport.calendar.model_copy(update={"zone": zone}))


def _load(path: Path, model: type[Model]) -> Model:
    text = _read(path)
    try:
        # Strict: "5" is no number and 1 is no date, though pydantic would make them so.
        return model.model_validate_json(text, strict=True)
    except ValidationError as error:
        first = error.errors()[0]
        if first["type"] == "json_invalid":
            raise PassportError(f"{path.name}{_syntax(text)}") from error
        where = _where(text, first["loc"])
        more = f" (и ещё ошибок: {error.error_count() - 1})" if error.error_count() > 1 else ""
        raise PassportError(f"{path.name}{where}: {_reason(first)}{more}") from error


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")  # Notepad puts a mark before the text
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise PassportError(
            f"{path.name}, строка {line}: файл нужно сохранить в кодировке UTF-8"
        ) from error
    except FileNotFoundError as error:
        raise PassportError(f"{path.name}: такого файла нет в папке {path.parent}") from error
    except OSError as error:
        raise PassportError(f"{path.name}: файл не прочитать ({error.strerror})") from error


def _syntax(text: str) -> str:
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        reason = _by_beginning(_SYNTAX, error.msg, "запись JSON не разобрать")
        return f", строка {error.lineno}, столбец {error.colno}: {reason}"
    except RecursionError:
        pass
    return ": запись JSON не разобрать"  # refused by pydantic's stricter parser alone


def _where(text: str, place: Place) -> str:
    """«, строка 14, years → 5 → due», counted from 1; nothing if the whole file is meant."""
    if not place:
        return ""
    steps = " → ".join(str(step + 1) if isinstance(step, int) else step for step in place)
    return f", строка {line_of(text, place)}, {steps}"


def _reason(error: ErrorDetails) -> str:
    if error["type"] == "value_error":
        return str(error["ctx"]["error"])
    if error["type"] == "literal_error":
        expected = str(error["ctx"]["expected"]).replace(" or ", " или ")
        return f"подходит только {expected}"
    return _by_beginning(_REASONS, error["type"], "такое значение не подходит")


def _by_beginning(sentences: dict[str, str], code: str, otherwise: str) -> str:
    return next((text for start, text in sentences.items() if code.startswith(start)), otherwise)


def line_of(text: str, place: Place) -> int:
    """The line where the value at ``place`` begins: or its container, if it is not there.

    The text is whole JSON. Values beside the path are skipped by the json module itself, so
    quotes and brackets inside strings cannot mislead it.
    """
    at = _skip(text, 0)
    for step in place:
        inside = _descend(text, at, step)
        if inside is None:
            break
        at = inside
    return text.count("\n", 0, at) + 1


def _descend(text: str, at: int, step: str | int) -> int | None:
    closing = {"{": "}", "[": "]"}.get(text[at])
    if closing is None:
        return None
    decoder = json.JSONDecoder()
    index = 0
    found: int | None = None
    at = _skip(text, at + 1)
    while text[at] != closing:
        key: str | int = index
        if closing == "}":
            key, at = decoder.raw_decode(text, at)
            at = _skip(text, at)
        if key == step:
            found = at  # of a key that stands twice the last one counts
        at = _skip(text, decoder.raw_decode(text, at)[1])
        index += 1
    return found


def _skip(text: str, at: int) -> int:
    gap = _GAP.match(text, at)
    return gap.end() if gap else at
