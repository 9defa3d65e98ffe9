"""What people type, read into values; pure and forgiving, and it never raises.

An answer comes back as a value; what cannot be one comes back as a sentence to the person.
"""

from passport.parsing.classes import ClassList, parse_classes, parse_letter, parse_track
from passport.parsing.coming_day import parse_coming_day
from passport.parsing.contacts import has_contact
from passport.parsing.day import parse_day
from passport.parsing.done_day import parse_done_day
from passport.parsing.lists import parse_named
from passport.parsing.names import name_key, same_name
from passport.parsing.numbers import parse_average, parse_count, parse_percent
from passport.parsing.person import looks_like_person
from passport.parsing.spelt import with_figures
from passport.parsing.subjects import SubjectLine, SubjectList, parse_subjects
from passport.parsing.text import clean, clean_line

__all__ = [
    "ClassList",
    "SubjectLine",
    "SubjectList",
    "clean",
    "clean_line",
    "has_contact",
    "looks_like_person",
    "name_key",
    "parse_average",
    "parse_classes",
    "parse_coming_day",
    "parse_count",
    "parse_day",
    "parse_done_day",
    "parse_letter",
    "parse_named",
    "parse_percent",
    "parse_subjects",
    "parse_track",
    "same_name",
    "with_figures",
]
