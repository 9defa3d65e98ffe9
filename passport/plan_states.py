"""How the measures stand on a day: late, due, running, ahead, done, history."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from passport.plan import STATES, Measure, State
from passport.plan_windows import Terms, Window

SOON = timedelta(days=30)
# 1.4 in a later summer: no history of 2022, and nobody was late with it.
PAST_OFFER = "срок прошёл, для новых школ, необязательно"


@dataclass(frozen=True, slots=True)
class Done:
    """That a measure is done: by a mark of staff (``link`` to its document), or by the data, then
    ``on`` is the day that the data are of. ``mark`` is the number of the mark."""

    on: date
    source: Literal["mark", "data"]
    link: str = ""
    mark: int = 0


@dataclass(frozen=True, slots=True)
class MeasureState:
    """A measure as of a day; ``says`` is one sentence about what the bot's data have of it.

    ``missing``: schools that still owe something to it; None when nobody can say.
    """

    measure: Measure
    window: Window
    state: State
    done: Done | None = None
    says: str = ""
    missing: frozenset[str] | None = None

    @property
    def word(self) -> str:
        """The state in Russian, for the chat and for paper."""
        return PAST_OFFER if self.state == "history" and self.window.soft else STATES[self.state]


def state(window: Window, terms: Terms, day: date, done: Done | None) -> State:
    """How the window of a measure stands on a day.

    A continuous measure runs until the project ends, however well it stands by the data: only in
    its last days can the data show it done. A mark of staff holds always.
    """
    if (window.recurrence == "once" or window.soft) and day > window.end:
        return "history"
    if done is not None and (done.source == "mark" or _may_be_done(window, day)):
        return "done"
    if day > terms.ends:
        return "over"
    if not terms.last_summer and window.is_last_summer(terms):
        return "off"
    if day < window.start:
        return "ahead"
    if day > window.end:
        return "late"
    return "soon" if window.end - day <= SOON else "running"


def _may_be_done(window: Window, day: date) -> bool:
    """By the data: never before it has begun, and at the end of what is continuous."""
    if window.recurrence == "continuous":
        return window.end - day <= SOON
    return day >= window.start


@dataclass(frozen=True, slots=True)
class PlanState:
    """The whole plan as of a local day, in the passport's order."""

    day: date
    terms: Terms
    measures: tuple[MeasureState, ...]

    def those(self, *states: State) -> tuple[MeasureState, ...]:
        """The measures that stand so, the nearest end first (of what is ahead, the start)."""
        found = [one for one in self.measures if one.state in states]
        found.sort(key=lambda one: one.window.start if one.state == "ahead" else one.window.end)
        return tuple(found)

    def of(self, key: str) -> MeasureState:
        return next(one for one in self.measures if one.measure.key == key)
