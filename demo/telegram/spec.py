"""Parameters read against the Bot API's own description: decoded, and checked to the letter.

The real server ignores what it does not know, so that a misspelt parameter fails in silence. Here
such a call is refused and remembered. The description (spec.json) says version 10.3.
"""

import json
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files as package_files
from typing import Any

from demo.telegram.model import Json

_TRUE = {"true", "1", "yes", "True"}
_FALSE = {"false", "0", "no", "False"}
_STRING_IS_ENOUGH = {"KeyboardButton"}  # the server takes a plain string for such a button
_MISSING = object()

Fields = dict[str, tuple[str, bool]]  # name to type and whether it is required


@dataclass(slots=True)
class Reading:
    """Parameters as Python values, and what is wrong with them."""

    values: Json
    problems: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


class Spec:
    def __init__(self, description: Json) -> None:
        self.version: str = description["version"]
        self._methods = {name: _fields(raw) for name, raw in description["methods"].items()}
        self._types: dict[str, Fields | str] = {
            name: raw if isinstance(raw, str) else _fields(raw)
            for name, raw in description["types"].items()
        }
        self._names = {name.lower(): name for name in (*self._methods, *description["others"])}

    def canonical(self, method: str) -> str | None:
        """The method's name as documented, whatever the case: the server does not look at it."""
        return self._names.get(method.lower())

    def read(self, method: str, params: Json, file_fields: frozenset[str]) -> Reading:
        fields = self._methods[method]
        reading = Reading({})
        checker = _Checker(self._types, file_fields, reading.problems)
        for name, raw in params.items():
            if name not in fields:
                reading.problems.append(f'parameter "{name}" is unknown')
            elif raw is not None:
                value = checker.decode(raw, fields[name][0], name, top=True)
                if value is not _MISSING:
                    reading.values[name] = value
        for name in file_fields & fields.keys():
            reading.values.setdefault(name, f"attach://{name}")
        reading.missing = [
            name
            for name, (_, required) in fields.items()
            if required and name not in reading.values
        ]
        return reading

    def read_object(self, kind: str, raw: Json, path: str) -> Reading:
        """An object of a type that the description leaves open where it is used."""
        reading = Reading({})
        reading.values = _Checker(self._types, frozenset(), reading.problems).decode(
            raw, kind, path
        )
        return reading


@cache
def bot_api() -> Spec:
    return Spec(json.loads(package_files(__package__).joinpath("spec.json").read_text()))


def _fields(raw: dict[str, str]) -> Fields:
    return {name.rstrip("!"): (kind, name.endswith("!")) for name, kind in raw.items()}


class _Checker:
    """Decodes one call; every problem is named by the path to it."""

    def __init__(
        self, types: dict[str, Fields | str], file_fields: frozenset[str], problems: list[str]
    ) -> None:
        self.types = types
        self.file_fields = file_fields
        self.problems = problems

    def decode(self, raw: Any, kind: str, path: str, *, top: bool = False) -> Any:
        if " or " in kind:
            return self._one_of(raw, kind.split(" or "), path, top=top)
        match kind:
            case "Integer":
                return self._integer(raw, path, top=top)
            case "Boolean" | "True":
                return self._boolean(raw, path, top=top)
            case "String":
                return raw if isinstance(raw, str) else self._wrong(raw, kind, path)
            case "InputFile":
                return self._file(raw, path)
        if top and isinstance(raw, str):
            raw = self._json(raw, path)
        if raw is _MISSING:
            return raw
        if kind.startswith("Array of "):
            return self._array(raw, kind.removeprefix("Array of "), path)
        return self._object(raw, kind, path)

    def _wrong(self, raw: Any, kind: str, path: str) -> Any:
        self.problems.append(f'"{path}" must be {kind}, not {type(raw).__name__}')
        # Read on as the lenient server does, so that one slip makes one problem.
        return str(raw) if kind == "String" else _MISSING

    def _integer(self, raw: Any, path: str, *, top: bool) -> Any:
        if isinstance(raw, int) and not isinstance(raw, bool):
            return raw
        if top and isinstance(raw, str):
            if not raw:
                return _MISSING
            if raw.removeprefix("-").isdecimal():
                return int(raw)
        return self._wrong(raw, "Integer", path)

    def _boolean(self, raw: Any, path: str, *, top: bool) -> Any:
        if isinstance(raw, bool):
            return raw
        if top and isinstance(raw, str) and (raw in _TRUE or raw in _FALSE):
            return raw in _TRUE
        return self._wrong(raw, "Boolean", path)

    def _file(self, raw: Any, path: str) -> Any:
        if isinstance(raw, str) and raw.startswith("attach://"):
            if raw.removeprefix("attach://") in self.file_fields:
                return raw
            self.problems.append(f'"{path}" points to a file that was not sent: {raw}')
            return _MISSING
        return self._wrong(raw, "InputFile", path)

    def _json(self, raw: str, path: str) -> Any:
        if not raw:
            return _MISSING
        try:
            return json.loads(raw)
        except ValueError:
            self.problems.append(f'"{path}" is not JSON')
            return _MISSING

    def _array(self, raw: Any, kind: str, path: str) -> Any:
        if not isinstance(raw, list):
            return self._wrong(raw, f"Array of {kind}", path)
        read = [self.decode(item, kind, f"{path}[{place}]") for place, item in enumerate(raw)]
        return [item for item in read if item is not _MISSING]

    def _object(self, raw: Any, kind: str, path: str) -> Any:
        if kind in _STRING_IS_ENOUGH and isinstance(raw, str):
            return {"text": raw}
        if not isinstance(raw, dict):
            return self._wrong(raw, kind, path)
        fields = self.types[kind]
        if fields == "Object":
            return raw
        if isinstance(fields, str):
            return self._one_of(raw, fields.split(" or "), path, top=False)
        read: Json = {}
        for name, value in raw.items():
            if name not in fields:
                self.problems.append(f'"{path}.{name}" is unknown in {kind}')
                read[name] = value
            elif value is not None:
                decoded = self.decode(value, fields[name][0], f"{path}.{name}")
                if decoded is not _MISSING:
                    read[name] = decoded
        for name, (_, required) in fields.items():
            if required and raw.get(name) is None:
                self.problems.append(f'"{path}.{name}" is required in {kind}')
        return read

    def _one_of(self, raw: Any, kinds: list[str], path: str, *, top: bool) -> Any:
        """The first kind that fits without a problem, otherwise the one that fits best."""
        best: tuple[Any, list[str]] | None = None
        for kind in kinds:
            problems: list[str] = []
            checker = _Checker(self.types, self.file_fields, problems)
            value = checker.decode(raw, kind, path, top=top)
            if not problems:
                return value
            if best is None or len(problems) < len(best[1]):
                best = value, problems
        value, problems = best or (_MISSING, [])
        self.problems.extend(problems)
        return value
