"""The number at the end of a line, told from numbers that belong to the name.

«Турнир 2026 – 12» has 12 people, «Экскурсия в школу № 33» has none named. Read from the end in
one pass, so that no length of text makes it slow.
"""

import re
from dataclasses import dataclass

from passport.parsing.text import DASHES, ascii_digits
from passport.parsing.units import PEOPLE

EXAMPLE = "Ярмарка профессий – 24"
LARGEST = 9999
WHOLE_ONLY = f"Число участников должно быть целым. Например: {EXAMPLE}"
ONE_ONLY = f"Нужно одно число участников. Например: {EXAMPLE}"
NO_MINUS = f"Число участников пишется без минуса. Например: {EXAMPLE}"
NO_PERCENT = f"Нужно число участников, а не проценты. Например: {EXAMPLE}"
ONE_A_LINE = (
    f"Похоже, в строке несколько названий. Напишите каждое с новой строки. Например: {EXAMPLE}"
)

_SEPARATORS = f" {DASHES}:;=,(|_→"
_SPOKEN = frozenset(f"{DASHES}:;=(|→")
_UNIT = re.compile(rf"(?<=[\d\s(]){PEOPLE}\Z", re.IGNORECASE)
_BIG = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?: \d{3})* \Z")
_TWO_DASHES = re.compile(rf"[{DASHES}]\s+[{DASHES}]")
_DATE = re.compile(r"\d[./]\d{1,2}[./]\Z")
_ABBREVIATION = re.compile(r"(?<!\w)[A-ZА-ЯЁ]{2,}\Z")
_AND = re.compile(r"\d\s?(?:и|или|из|до)\Z", re.IGNORECASE)
_SEVERAL = re.compile(
    rf"(?:\s[{DASHES}]{{1,3}}|:)\s?\d{{1,5}}\s?(?:,|{PEOPLE})"
    rf"|(?<!№)\s\d{{1,3}}\s?(?:{PEOPLE}\s?)?,\s?(?-i:[A-ZА-ЯЁ])",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?:№|\bN|\bномер|\bшкол[аыуе]|\bсо?ш|\bлице[йяюе]м?|\bгимнази[яиюе]|\bкабинет\w{0,2})\s?\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Tail:
    """``spoken`` tells «Ярмарка – 24» and «Ярмарка 24 чел.» from a mere «Ярмарка 24»."""

    name: str
    number: int
    spoken: bool


def last_number(line: str) -> Tail | str | None:
    """The name before the last number and the number; a sentence if it is not one; or None."""
    text = ascii_digits(line).rstrip(" .,;)!")
    unit = _UNIT.search(text[-40:])
    body = text[: len(text) - len(unit.group())].rstrip(" (") if unit else text
    if body[-1:] == "%" and body[-2:-1].isdecimal():
        return NO_PERCENT
    head, digits = _cut(body)
    if digits and head[-1:] in (".", ",", "/") and head[-2:-1].isdecimal():
        if _DATE.search(head[-7:]):
            return None
        if head[-1] == "/" or digits not in ("0", "00"):
            return WHOLE_ONLY
        head, digits = _cut(head[:-1])
    if not digits:
        return None
    if len(digits) == 3 and (big := _BIG.search(head[-14:])):
        before = head[: len(head) - len(big.group())]
        thousands = big.group().replace(" ", "")
        if not before or before.rstrip()[-1:] in _SPOKEN:
            head, digits = before, thousands + digits
        elif len(thousands) == 1 and not _NUMBERED.search(before[-20:]):
            return (
                f"Не понял, {thousands} {digits} или {digits}. Поставьте тире. Например: {EXAMPLE}"
            )
    return _joined(line, head, digits, bool(unit))


def _cut(text: str) -> tuple[str, str]:
    head = text.rstrip("0123456789")
    return head, text[len(head) :]


def _joined(line: str, head: str, digits: str, unit: bool) -> Tail | str | None:
    name = head.rstrip(_SEPARATORS)
    sign = head[len(name) :]
    if not sign and (name[-1:].isalnum() or name.endswith("№")):
        return None
    if name.endswith("№"):
        return None
    if name[-1:].isdecimal() and sign and " " not in sign and sign.strip(DASHES) == "":
        return ONE_ONLY
    if (not sign and name[-1:] in ("+", "*", "^", "/", ".")) or _AND.search(name[-12:]):
        return ONE_ONLY
    if _TWO_DASHES.search(sign):
        return NO_MINUS
    if _SEVERAL.search(name):
        return ONE_A_LINE
    if name.count("(") > name.count(")"):
        return None
    spoken = unit or not _SPOKEN.isdisjoint(sign)
    year = len(digits) == 4 and 1990 <= int(digits) <= 2100
    hyphened = sign == "-" and not unit
    if hyphened and (year or _ABBREVIATION.search(name[-20:])):
        return None
    if not spoken and (year or _NUMBERED.search(name[-20:])):
        return None
    number = int(digits) if len(digits.lstrip("0")) <= 6 else LARGEST + 1
    return Tail(line[: len(name)], number, spoken)
