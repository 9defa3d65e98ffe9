"""The eight risks of the passport («6. Риски недостижения показателей и результатов Проекта»).

Names, manifestations, probabilities and measures are verbatim. What stands under each risk is ours:
signals, worked out of what is collected anyway. A light is a question to the manager and no
verdict, so it always comes with the numbers behind it; what cannot be worked out is neither amber
nor clear but unknown, and says which datum is missing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Literal, Self

from pydantic import model_validator

from passport.form import Frozen
from passport.numbers import plain

Light = Literal["red", "amber", "clear", "unknown"]
LIGHTS: tuple[Light, ...] = ("red", "amber", "clear", "unknown")
# A colour never stands alone: the word stands beside.
LIGHT_MARKS: dict[Light, str] = {"red": "🔴", "amber": "🟡", "clear": "🟢", "unknown": "⚪"}
LIGHT_NAMES: dict[Light, str] = {
    "red": "красный",
    "amber": "жёлтый",
    "clear": "зелёный",
    "unknown": "нет данных",
}
# How a number is held against a threshold: «от 5 %», «больше 20 %», «меньше 60 %», «за 60 дн.».
Compare = Literal["at_least", "more_than", "below", "at_most"]
Probability = Literal["высокая", "средняя", "низкая"]
ThresholdName = Literal[
    "amber", "red", "days", "summer", "quarters", "kinds", "persons", "percent", "times"
]


class UnknownRiskError(KeyError):
    """A risk, a signal or a threshold that the data lack: an old button."""


class Threshold(Frozen):
    """A number of a signal that staff may set: ``digits`` behind the decimal comma at most."""

    name: ThresholdName
    default: Decimal
    least: Decimal
    most: Decimal
    unit: str
    question: str
    example: str
    digits: int = 0

    @model_validator(mode="after")
    def _default_is_within(self) -> Self:
        if not self.least <= self.default <= self.most:
            raise ValueError(f"порог {self.name}: {self.default} не от {self.least} до {self.most}")
        return self


class Signal(Frozen):
    """``rule`` names its thresholds: {amber}. ``source``: where the datum comes from."""

    key: str
    name: str
    rule: str
    compare: Compare
    source: str
    proxy: bool = False
    thresholds: tuple[Threshold, ...]

    @model_validator(mode="after")
    def _thresholds_fit(self) -> Self:
        names = [one.name for one in self.thresholds]
        if len(names) != len(set(names)) or "amber" not in names:
            raise ValueError(f"у признака {self.key} нужен порог amber, и каждый – один раз")
        try:
            self.rule.format_map(dict.fromkeys(names, ""))
        except (KeyError, ValueError) as error:
            raise ValueError(f"у признака {self.key} в rule есть лишний порог") from error
        if out_of_order(self, {one.name: one.default for one in self.thresholds}):
            raise ValueError(f"у признака {self.key} красный порог мягче жёлтого")
        return self

    def threshold(self, name: str) -> Threshold:
        for one in self.thresholds:
            if one.name == name:
                return one
        raise UnknownRiskError(f"{self.key}/{name}")


class Risk(Frozen):
    """One line of the passport's table; all but ``signals`` is verbatim."""

    no: str
    name: str
    manifestation: str
    probability: Probability
    measures: str
    signals: tuple[Signal, ...]


class Risks(Frozen):
    """The table with its printed heads, the slip «Сетевые проявления» included."""

    document: str
    heading: str
    columns: tuple[str, ...]
    risks: tuple[Risk, ...]

    @model_validator(mode="after")
    def _keys_are_single(self) -> Self:
        keys = [one.key for risk in self.risks for one in risk.signals]
        numbers = [one.no for one in self.risks]
        if len(keys) != len(set(keys)) or len(numbers) != len(set(numbers)):
            raise ValueError("риск или признак записан дважды")
        return self

    @cached_property
    def _of_signal(self) -> dict[str, tuple[Risk, Signal]]:
        return {one.key: (risk, one) for risk in self.risks for one in risk.signals}

    def risk(self, no: str) -> Risk:
        for one in self.risks:
            if one.no == no:
                return one
        raise UnknownRiskError(no)

    def signal(self, key: str) -> Signal:
        return self._known(key)[1]

    def risk_of(self, signal: str) -> Risk:
        return self._known(signal)[0]

    def _known(self, key: str) -> tuple[Risk, Signal]:
        try:
            return self._of_signal[key]
        except KeyError:
            raise UnknownRiskError(key) from None


# --- thresholds as they hold ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Scale:
    """A signal with its thresholds as staff have set them: number in, light out."""

    signal: Signal
    values: Mapping[str, Decimal]

    def __getitem__(self, name: ThresholdName) -> Decimal:
        return self.values[name]

    def light(self, number: Fraction | Decimal | int) -> Light:
        """Red and amber where the number passes their thresholds, else clear."""
        exact = Fraction(number)
        for light in ("red", "amber"):
            bound = self.values.get(light)
            if bound is not None and _passes(self.signal.compare, exact, Fraction(bound)):
                return "red" if light == "red" else "amber"
        return "clear"

    def counts(self, number: Fraction | Decimal | int) -> bool:
        """Whether it is past the amber threshold."""
        return self.light(number) != "clear"

    @property
    def rule(self) -> str:
        return self.signal.rule.format_map({name: plain(one) for name, one in self.values.items()})


def _passes(compare: Compare, number: Fraction, bound: Fraction) -> bool:
    match compare:
        case "at_least":
            return number >= bound
        case "more_than":
            return number > bound
        case "below":
            return number < bound
        case "at_most":
            return number <= bound


Overrides = Mapping[tuple[str, str], Decimal]  # (signal, threshold) → what staff have said


def scale_of(signal: Signal, said: Overrides) -> Scale:
    """A value of staff that no longer fits the data is left aside, a pair out of order too."""
    values: dict[str, Decimal] = {}
    for one in signal.thresholds:
        value = said.get((signal.key, one.name), one.default)
        values[one.name] = value if one.least <= value <= one.most else one.default
    if out_of_order(signal, values):
        values |= {one.name: one.default for one in signal.thresholds if one.name in PAIR}
    return Scale(signal, values)


PAIR = ("amber", "red")


def out_of_order(signal: Signal, values: Mapping[str, Decimal]) -> bool:
    """Whether red would begin before amber does: nothing would ever be amber then."""
    if "red" not in values:
        return False
    amber, red = values["amber"], values["red"]
    return red < amber if signal.compare in ("at_least", "more_than") else red > amber


# --- what comes out ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FlagRow:
    """One row behind a light, in words: «школа № 24: было 22, стало 18».

    ``was`` and ``now`` are its two numbers where it has them (places and pupils, target and fact).
    ``school`` is a slug, or several with commas: of a contract. What it opens: a ``report``, a
    class card, a contract (0 for none), an indicator by key.
    """

    text: str
    school: str = ""
    was: Decimal | None = None
    now: Decimal | None = None
    report: int = 0
    class_card: int = 0
    contract: int = 0
    indicator: str = ""


@dataclass(frozen=True, slots=True)
class Flag:
    """A signal as it stands. ``says``: one sentence with the numbers behind the light.

    Of an unknown one ``says`` is empty and ``missing`` names the datum; of a known one ``missing``
    may say what is left out of it.
    """

    signal: Signal
    light: Light
    says: str
    rows: tuple[FlagRow, ...] = ()
    missing: str = ""
    scale: Scale | None = None

    @property
    def words(self) -> str:
        """What there is to say in one line, known or not."""
        return self.says or self.missing


@dataclass(frozen=True, slots=True)
class RiskState:
    """A risk on a local day: its light is the worst of its signals' lights."""

    risk: Risk
    light: Light
    flags: tuple[Flag, ...]
    on: date

    @property
    def worst(self) -> Flag:
        """The first of the flags that give the risk its light."""
        return next(one for one in self.flags if one.light == self.light)

    @property
    def known(self) -> int:
        """How many of its signals could be worked out."""
        return sum(one.light != "unknown" for one in self.flags)


def worst(lights: Iterable[Light]) -> Light:
    """Unknown only when nothing is known."""
    return min(lights, key=LIGHTS.index, default="unknown")


def is_worse(now: Light, was: Light) -> bool:
    """Whether a light has come on, or deepened: what somebody should hear of the same morning."""
    return now in PAIR and LIGHTS.index(now) < LIGHTS.index(was)
