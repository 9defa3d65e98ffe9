"""One typed number: a count of people or events (V01), an average mark (V02)."""

import re
from decimal import ROUND_HALF_UP, Decimal

from passport.parsing.text import DASHES, folded, is_nothing
from passport.parsing.units import EVENTS, PEOPLE, WHOLE
from passport.values import Nothing, Number, Refusal

LARGEST = 9999
MARK_RANGE = "Средний балл – от 1 до 5"

_UNIT = f"(?:{PEOPLE}|{EVENTS})"
_COUNT = re.compile(
    rf"[=+]?\s*(?:(?:всего|итого|{_UNIT})\s*[{DASHES}:=]?\s*)?{WHOLE}\s*{_UNIT}?"
    r"(?:\s(?:всего|итого))?\s*[.,;!]*"
)
_DATE = re.compile(r"(?<!\d)(?:\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{4}-\d\d-\d\d)(?!\d)")
_DIGITS = re.compile(r"\d+")
_THOUSANDS = re.compile(r"(?<!\d)\d{1,3}[.,]\d{3}(?!\d)")
_FRACTION = re.compile(r"\d[.,/]\d")
_MARK = re.compile(
    r"[=+]?\s*(?:(?:ср\.|средний)?\s?балл?\.?\s*[:=–—-]?\s*)?"
    r"(?P<mark>\d+(?:[.,]\d+|\s?[.,] \d\d|\s[.,]\d\d)?)\s*(?:балл\w{0,2}|б)?[.,;!]*"
)
_MARK_PARTS = re.compile(r"(?P<whole>[2-5])(?: ?[.,]? ?)(?P<rest>\d{1,2})|(?P<tens>[2-5]\d)[.,]\d")
_PERCENT = re.compile(r"\d{1,3}(?:[.,]\d)?")
_NO_MARKS = re.compile(
    "н/а|н/о|н а|не аттестован\\w{0,2}|предмет не велся|не велся|по полугодиям"
    "|(?:отметок|оценок|баллов) (?:нет|не было)|без (?:отметок|оценок)"
    "|нет (?:отметок|оценок|баллов|балла|аттестации)"
)


def parse_count(text: str, example: str = "24", unit: str = "чел.") -> Number | Nothing | Refusal:
    """A whole number 0..9999, with the words people add to it; «не было» is Nothing.

    «unit» («чел.» or «ед.») only chooses the wording of a refusal.
    """
    if is_nothing(text):
        return Nothing()
    line = folded(text).strip("()«»\"' ")
    if line in ("ноль", "нуль"):
        return Number(Decimal(0))
    if found := _COUNT.fullmatch(line):
        digits = found["number"].replace(" ", "").lstrip("0") or "0"
        if len(digits) <= len(str(LARGEST)):
            return Number(Decimal(digits))
    return Refusal(f"{_why_no_count(line, unit)}. Например: {example}")


def _why_no_count(line: str, unit: str) -> str:
    numbers = _DIGITS.findall(line)
    if _COUNT.fullmatch(line):
        return f"Слишком большое число: здесь может быть не больше {LARGEST}"
    if not numbers:
        return "Нужно число цифрами"
    if _DATE.search(line):
        return "Это похоже на дату, а нужно число"
    if "%" in line:
        return "Нужно число, а не проценты"
    if line[0] in DASHES:
        return "Напишите число без минуса, 0 или больше"
    if _THOUSANDS.search(line):
        return "Напишите число без точек и запятых"
    if _FRACTION.search(line) and len(numbers) == 2:
        whom = "Людей считаем" if unit == "чел." else "Здесь считаем"
        return f"{whom} целыми числами, без дробей"
    if len(numbers) > 1:
        return "Нужно одно число, а здесь их несколько"
    return "Нужно только число, без других слов и знаков"


def parse_average(text: str, example: str = "4,35") -> Number | Nothing | Refusal:
    """A mark 1..5 with a comma or a point; «отметок нет» is Nothing.

    More than two decimals are rounded half up, as e-journals do: 4,356 is 4,36. The range is
    checked before that: 5,004 is refused.
    """
    line = folded(text)
    if is_nothing(text) or _says_no_marks(line):
        return Nothing()
    line = line.strip("()«»\"' ")
    if found := _MARK.fullmatch(line):
        mark = Decimal(re.sub(r"\s", "", found["mark"]).replace(",", "."))
        if 1 <= mark <= 5:
            return Number(mark.quantize(Decimal("0.01"), ROUND_HALF_UP))
    return _refused_mark(line, example)


def parse_percent(text: str, example: str = "87") -> Number | Refusal:
    """0..100 with at most one decimal; the sign «%» may stand or not."""
    line = folded(text).strip("()«»\"' ").removesuffix("%").removesuffix("процентов").strip()
    if _PERCENT.fullmatch(line):
        number = Decimal(line.replace(",", "."))
        if number <= 100:
            return Number(number)
    return Refusal(f"Нужен процент от 0 до 100. Например: {example}")


def _says_no_marks(line: str) -> bool:
    words = line.strip(" .!")
    found = _NO_MARKS.match(words)
    return found is not None and not _DIGITS.search(words)


def _refused_mark(line: str, example: str) -> Refusal:
    if suggested := _suggestion(line):
        return Refusal(f"{MARK_RANGE}. Если это {suggested}, так и напишите: {suggested}")
    numbers = _DIGITS.findall(line)
    if not numbers:
        return Refusal(f"Нужно число цифрами. Например: {example}")
    if "%" in line:
        return Refusal(f"Нужен средний балл, а не проценты. Например: {example}")
    if _MARK.fullmatch(line) or line[0] in DASHES:
        return Refusal(f"{MARK_RANGE}, например {example}")
    if len(numbers) > 2 or re.fullmatch(r"[1-5], [1-5]", line):
        return Refusal(f"Нужно одно число через запятую. Например: {example}")
    return Refusal(f"Нужен только балл, без других слов и знаков. Например: {example}")


def _suggestion(line: str) -> str:
    """«4 35», «435» and «43.5» are most likely 4,35."""
    if not _MARK_PARTS.fullmatch(line) or re.fullmatch(r"[1-5], ?\d", line):
        return ""
    digits = "".join(_DIGITS.findall(line))
    mark = f"{digits[0]},{digits[1:]}"
    return mark if Decimal(mark.replace(",", ".")) <= 5 else ""
