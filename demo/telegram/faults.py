"""Things that go wrong on the way: answers that are not Telegram's will, and lost connections."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase

from demo.telegram.model import Json
from demo.telegram.refusals import ApiError, too_many_requests

_WORDS = {
    400: "Bad Request: made to fail",
    403: "Forbidden: made to fail",
    500: "Internal Server Error",
    502: "Bad Gateway",
    504: "Gateway Timeout",
}


@dataclass(slots=True)
class Fault:
    """What to do to the next calls of a method, which may be a pattern: `send*`.

    `match` is a dict that the parameters must contain, or a predicate over them. `times` is how
    many calls are hit, None for every one. `delay` is in real seconds. With `after_effect` the call
    is carried out first and only its answer is lost: a bot that simply repeats sends twice.
    """

    method: str = "*"
    match: Json | Callable[[Json], bool] | None = None
    code: int | None = None
    description: str | None = None
    retry_after: int | None = None
    times: int | None = 1
    delay: float = 0.0
    drop_connection: bool = False
    after_effect: bool = False
    hits: int = field(default=0)

    def concerns(self, method: str, params: Json) -> bool:
        if self.spent:
            return False
        if not fnmatchcase(method.lower(), self.method.lower()):
            return False
        if self.match is None:
            return True
        if callable(self.match):
            return self.match(params)
        return all(params.get(key) == value for key, value in self.match.items())

    @property
    def spent(self) -> bool:
        return self.times is not None and self.hits >= self.times

    @property
    def error(self) -> ApiError | None:
        """The answer, or None for a fault that only delays."""
        if self.retry_after is not None and self.code in {None, 429}:
            refusal = too_many_requests(self.retry_after)
            refusal.description = self.description or refusal.description
            return refusal
        if self.code is None:
            return None
        words = self.description or _WORDS.get(self.code, "made to fail")
        return ApiError(self.code, words)


class Faults:
    """Faults in the order in which they were added; the first that concerns a call hits it."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def __iter__(self) -> Iterator[Fault]:
        return iter(self._faults)

    def add(self, fault: Fault) -> Fault:
        self._faults.append(fault)
        return fault

    def remove(self, fault: Fault) -> None:
        self._faults = [other for other in self._faults if other is not fault]

    def clear(self) -> None:
        self._faults.clear()

    def strike(self, method: str, params: Json) -> Fault | None:
        for fault in self._faults:
            if fault.concerns(method, params):
                fault.hits += 1
                return fault
        return None

    def copies(self) -> tuple[Fault, ...]:
        return tuple(replace(fault) for fault in self._faults)

    def put_back(self, faults: tuple[Fault, ...]) -> None:
        self._faults = [replace(fault) for fault in faults]
