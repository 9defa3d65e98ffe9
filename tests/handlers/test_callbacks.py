"""Callback data: 64 bytes at the extremes, and an old schema is told from a new one."""

import pytest
from aiogram.filters.callback_data import CallbackData

from handlers.brief.callbacks import BriefTap, TaskTap
from handlers.campaigns.callbacks import CampaignTap, PostTap
from handlers.collect.callbacks import (
    AnswerTimeTap,
    BoardTap,
    DateTap,
    DigestTap,
    InviteTap,
    JournalTap,
    PickTap,
    ReportTap,
    SchoolTap,
    StaffTap,
)
from handlers.form.callbacks import BeginTap, CardTap, GoTap, ListTap, PeriodTap, Tap, TimeTap
from handlers.form.classes import ClassTap
from handlers.form.review import DoubtTap
from handlers.importing.callbacks import ImportTap
from handlers.indicators.callbacks import ExportTap, IndicatorTap
from handlers.parents.callbacks import ParentTap, SubscribeTap
from handlers.parents.scope import Scope, latin
from handlers.parents.topics import TOPICS
from handlers.registers.callbacks import CardsTap, ClassCardTap, ContractTap, PartnerTap
from handlers.welcome import StayTap
from passport.loader import load_passport

FORM = load_passport().form
LONGEST_INDICATOR = max((one.key for one in load_passport().indicators.indicators), key=len)
LONGEST_MEASURE = max(load_passport().tasks.measures, key=len)
MANY = 99_999  # reports: 30 schools × 5 periods × 5 years are 750
LONGEST_QUESTION = max((question.key for question in FORM.questions), key=len)
PER_CLASS = [question.key for question in FORM.questions if question.per != "school"]
LONGEST_TOPIC = max(TOPICS, key=len)
LONGEST_TRACK = latin("щ" * 60)
LONGEST_SCOPE = Scope(LONGEST_TRACK, "s1234", 3, 5, 11).key
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
    StayTap(act="forget", proof="f" * 20),
    BeginTap(act="tomorrow", year="2026-2027", period="base"),
    TimeTap(act="why", report=MANY, day="2027-01-18", reason=9),
    BoardTap(act="periods", year="2026-2027", period="base", only="returned", page=99),
    ReportTap(act="accept_sent", report=MANY, number=999, arg="8"),
    *(
        PickTap(report=MANY, number=999, question=key, class_id=MANY, subject_id=MANY)
        for key in PER_CLASS
    ),
    PickTap(report=MANY, number=999, question=LONGEST_QUESTION),
    SchoolTap(act="take_part", school="s1234", person=MANY),
    StaffTap(act="invite_methodist", person=MANY),
    DigestTap(act="off"),
    InviteTap(act="make", role="coordinator", school="s1234", post=9, replaces=MANY),
    DateTap(
        act="open_set", year="2026-2027", period="base", school="s1234", day="2027-01-18", reason=9
    ),
    AnswerTimeTap(act="refuse", request=MANY),
    JournalTap(act="sent", school="s1234", page=9999),
    IndicatorTap(act="settings", year="2026-2027", key=LONGEST_INDICATOR, page=2**32 - 1),
    ExportTap(act="contracts", year="2026-2027"),
    CardsTap(act="contracts_fine", school="s1234", year="2026-2027"),
    ClassCardTap(act="clear", id=MANY, field="local_act_url", arg=99, seen=2**32 - 1),
    ClassCardTap(act="drop", id=MANY, field="advanced_subjects", arg=MANY),
    ContractTap(act="partner", arg=str(MANY)),
    ContractTap(act="clear", id=MANY, field="valid_until", seen=2**32 - 1),
    PartnerTap(act="merged", id=MANY, other=MANY, page=99),
    ParentTap(act="topic", key=LONGEST_TOPIC, page=99, only="s", within=LONGEST_SCOPE),
    ParentTap(act="list", key=LONGEST_SCOPE, page=99, only="s"),
    SubscribeTap(act="off", kind="school", key=LONGEST_TRACK),
    ImportTap(act="problems", id=MANY, mark=2**32 - 1),
    CampaignTap(act="announce_back", year="2027-2028", arg="starts.2027-05-01"),
    BriefTap(act="schools", school="s1234"),
    TaskTap(act="rows", key=LONGEST_MEASURE, page=99),
    PostTap(act="cancelled", id=MANY, seen=MANY, arg="2027-05-01"),
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
