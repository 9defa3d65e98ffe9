"""Typed text made plain: what a phone, Word or Excel adds invisibly is taken away."""

import re
import unicodedata

DASHES = "-–—‒−‐‑―"

_BREAKS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# Blank to the eye, though Unicode calls them letters, marks or symbols; and no characters at all.
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufffe\uffff")
# Controls, format characters (zero-width, bidi), lone surrogates, private use (Word's bullets).
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co"})

# What makes a sign an emoji («2️⃣» is a 2 with two of them) tells nothing when comparing.
_SELECTORS = dict.fromkeys((0xFE0E, 0xFE0F, 0x20E3))

_NOTHING = frozenset(
    {
        "нет",
        "нету",
        "нет, не было",
        "не было",
        "небыло",
        "не было ничего",
        "ничего",
        "ничего не было",
        "нисколько",
        "никто",
        "никого",
        "никто не участвовал",
        "ни одного",
        "ни одной",
        "ни одно",
        "не проводили",
        "не проводилось",
        "не проводились",
        "не участвовали",
        "не принимали участия",
        "не принимали участие",
        "отсутствует",
        "отсутствуют",
        "таких нет",
        "таких не было",
    }
)
_NOTHING_OF = re.compile(
    "(?:нет|не было) (?:участников|победителей|призеров|победителей и призеров|мероприятий"
    "|олимпиад|конкурсов|учеников|педагогов|учителей|таких)"
)


def clean(text: str) -> str:
    """NFC, ordinary spaces, no invisible characters; newlines and tabs stay."""
    visible = (_plain(sign) for sign in _BREAKS.sub("\n", text))
    return unicodedata.normalize("NFC", "".join(visible)).strip()


def clean_line(text: str) -> str:
    """The same on one line, with single spaces."""
    return " ".join(clean(text).split())


def clean_lines(text: str) -> list[str]:
    """The lines that are not blank, each cleaned; tabs inside a line stay."""
    return [line for raw in clean(text).split("\n") if (line := raw.strip())]


def ascii_digits(text: str) -> str:
    """Full-width, Arabic and other decimal digits as 0–9; the length stays the same."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)


def folded(text: str) -> str:
    """One line for comparing: lower case, «е» for «ё», plain digits."""
    line = clean_line(text).translate(_SELECTORS)
    return ascii_digits(line).casefold().replace("ё", "е")


def has_letter(text: str) -> bool:
    return any(sign.isalpha() for sign in text)


def is_nothing(text: str) -> bool:
    """Whether the text says «не было». «0» does not: it is a number."""
    line = folded(text)
    if line and not line.strip(DASHES + " "):
        return True
    words = _bare(line)
    return words in _NOTHING or _NOTHING_OF.fullmatch(words) is not None


def _bare(line: str) -> str:
    """Without signs and smileys around the words."""
    start, end = 0, len(line)
    while start < end and not line[start].isalnum():
        start += 1
    while start < end and not line[end - 1].isalnum():
        end -= 1
    return line[start:end]


def _plain(sign: str) -> str:
    if sign in "\n\t":
        return sign
    category = unicodedata.category(sign)
    if category == "Zs":
        return " "
    return "" if category in _DROPPED or sign in _INVISIBLE else sign
