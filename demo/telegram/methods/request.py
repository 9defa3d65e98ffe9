"""One call of a method: its parameters, already decoded, and the files that came with it."""

from collections.abc import Mapping
from dataclasses import dataclass

from demo.telegram.model import Json, UploadedFile


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    values: Json
    files: Mapping[str, UploadedFile]

    def text(self, name: str) -> str:
        value = self.values.get(name)
        return "" if value is None else str(value)

    def number(self, name: str, default: int = 0) -> int:
        value = self.values.get(name)
        return value if isinstance(value, int) else default

    def flag(self, name: str) -> bool:
        return bool(self.values.get(name))

    def object(self, name: str) -> Json | None:
        value = self.values.get(name)
        return value if isinstance(value, dict) else None

    def objects(self, name: str) -> list[Json] | None:
        value = self.values.get(name)
        return value if isinstance(value, list) else None
