"""What a school's page says of risks: only what is the school's own trouble."""

from datetime import date
from decimal import Decimal

import pytest

from passport.brief_risks import risks_of_school
from passport.risks import Flag, FlagRow, RiskState, scale_of
from tests.passport.risk_samples import RISKS


def page_of(signal: str, *rows: FlagRow) -> list[str]:
    """Heads and words of № 24's section when this signal alone is amber."""
    risk, one = RISKS.risk_of(signal), RISKS.signal(signal)
    flag = Flag(one, "amber", "числа", rows, "", scale_of(one, {}))
    state = RiskState(risk, "amber", (flag,), date(2027, 1, 20))
    return [entry.says for entry in risks_of_school((state,), "s24", "Школа № 24").entries]


def row(text: str, was: int | None = None, now: int | None = None, school: str = "s24") -> FlagRow:
    before, after = (None if one is None else Decimal(one) for one in (was, now))
    return FlagRow(text, school, before, after)


@pytest.mark.parametrize(
    ("signal", "rows", "said"),
    [
        ("pupils_drop", [row("школа № 24: было 22, стало 18", 22, 18)], ["было 22, стало 18"]),
        ("pupils_drop", [row("школа № 24: было 22, стало 22", 22, 22)], []),
        ("pupils_drop", [row("школа № 33: было 22, стало 18", 22, 18, "s33")], []),
        ("off_track_admission", [row("школа № 24: 6 из 16", 16, 6)], ["6 из 16"]),
        ("off_track_admission", [row("школа № 24: 8 из 16", 16, 8)], []),
        ("target_gap", [row("школа № 24: 19 на 01.09", None, 19)], []),
        ("industry_gap", [row("Завод, № 1, бессрочный: школа № 24")], []),
        (
            "contracts_expiring",
            [row("Завод, № 1, до 21.03.2027: школа № 24 (через 60 дней)")],
            ["Завод, № 1, до 21.03.2027: школа № 24 (через 60 дней)"],
        ),
        ("card_stale", [row("школа № 24, 10 «А»: ни разу")], ["10 «А»: ни разу"]),
        (
            "marks_drop",
            [row("школа № 24, 11 «А», Физика: было 4,5, стало 4", 4, 3)],
            ["1 случай, числа – в боте: /risks"],
        ),
    ],
)
def test_only_its_own_troubles_without_its_own_name(
    signal: str, rows: list[FlagRow], said: list[str]
) -> None:
    assert page_of(signal, *rows) == said


def test_another_number_that_begins_alike_keeps_its_name() -> None:
    text = "школа № 240: договоров нет"
    assert page_of("school_without_partner", row(text)) == [text]
