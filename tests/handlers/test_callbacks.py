"""Callback data: 64 bytes at the extremes, and an old schema is told from a new one."""

import pytest
from aiogram.filters.callback_data import CallbackData

from handlers.form.callbacks import CardTap, GoTap, ListTap, PeriodTap, Tap
from handlers.form.classes import ClassTap
from handlers.form.review import DoubtTap
from handlers.start import StayTap
from passport.loader import load_passport

FORM = load_passport().form
MANY = 99_999  # reports: 30 schools × 5 periods × 5 years are 750
LONGEST_QUESTION = max((question.key for question in FORM.questions), key=len)
PER_CLASS = [question.key for question in FORM.questions if question.per != "school"]
EXTREMES: list[CallbackData] = [
    Tap(act="title", report=MANY, question=LONGEST_QUESTION, revision=9_999_999),
    *(
        Tap(
            act="del39",
            report=MANY,
            question=key,
            class_id=MANY,
            subject_id=MANY,
            revision=9_999_999,
        )
        for key in PER_CLASS
    ),
    CardTap(act="subjects", report=MANY, arg=str(MANY)),
    PeriodTap(year="2026-2027", period="base"),
    ListTap(year="2026-2027"),
    GoTap(to="reports"),
    ClassTap(act="closed", report=MANY, class_id=MANY, subject_id=MANY),
    DoubtTap(act="send", report=MANY, doubt="", mark=2**32 - 1),
    DoubtTap(act="yes", report=MANY, doubt="V10/r3.municipal/0/0", mark=2**32 - 1),
    DoubtTap(act="yes", report=MANY, doubt=f"V17_low/r2/{MANY}/{MANY}", mark=2**32 - 1),
    StayTap(act="forget", invite=MANY),
]


@pytest.mark.parametrize("data", EXTREMES, ids=lambda data: type(data).__name__)
def test_it_fits_and_comes_back(data: CallbackData) -> None:
    packed = data.pack()
    assert len(packed.encode()) <= 64
    assert type(data).unpack(packed) == data


def test_every_prefix_is_its_own_and_ends_with_a_version() -> None:
    prefixes = [type(data).__prefix__ for data in EXTREMES]
    by_class = {type(data): type(data).__prefix__ for data in EXTREMES}
    assert len(set(prefixes)) == len(by_class)
    assert all(prefix[-1].isdigit() for prefix in prefixes)


def test_a_schema_of_another_version_is_not_misread() -> None:
    packed = Tap(act="none", report=1, question="r6").pack().replace("f1:", "f0:", 1)
    with pytest.raises(ValueError, match="prefix"):
        Tap.unpack(packed)
