"""A typed text as the answer to a question, by the question's kind. Never raises."""

import re
from datetime import date
from urllib.parse import urlsplit

from passport.form import Question
from passport.parsing import (
    clean_line,
    has_contact,
    looks_like_person,
    parse_average,
    parse_count,
    parse_day,
    parse_named,
    parse_percent,
)
from passport.parsing.options import parse_confirmation, parse_option, parse_options
from passport.values import Nothing, Refusal, Text, Value

LONGEST_TEXT = 300
LONGEST_LINK = 300
FIRST_DAY, LAST_DAY = date(2015, 1, 1), date(2045, 12, 31)

_LINK = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_ADDRESS = re.compile(
    r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.(?:ru|рф|su|com|org|net|pro)(?:/[^\s<>\"]*)?", re.I
)
_DIGITS = re.compile(r"\D+")
_EXTENSION = re.compile(r"(?:доб\.?|#)\s*(\d{1,5})\s*$", re.IGNORECASE)


def read(question: Question, text: str, today: date | None = None) -> Value | Refusal:
    """``today`` is needed for dates alone: without a year the nearest coming day is meant."""
    match question.kind:
        case "average":
            value = parse_average(text, question.example)
            if isinstance(value, Nothing):
                return Refusal("Если балла нет, выберите причину кнопкой под вопросом.")
            return value
        case "named":
            return parse_named(text)
        case "choice":
            return parse_option(text, question.options)
        case "checklist":
            return parse_options(text, question.options)
        case "confirm":
            return parse_confirmation(text)
        case "percent":
            return parse_percent(text, question.example)
        case "text":
            return parse_text(text, question.example)
        case "link":
            return parse_link(text, question.example)
        case "phone":
            return parse_phone(text, question.example)
        case "date":
            return parse_date(text, question.example, today or FIRST_DAY)
    return parse_count(text, question.example, question.unit)


def parse_text(text: str, example: str) -> Text | Refusal:
    """A few words about an organisation or a class; nobody's name, phone or mail."""
    said = " ".join(clean_line(text).split())
    contact = has_contact(said)
    if contact or looks_like_person(said):
        return Refusal(
            f"Похоже на личные данные: {contact or 'фамилия'}. Их не храним. Например: {example}"
        )
    if len(said) > LONGEST_TEXT:
        return Refusal(f"Слишком длинно: можно до {LONGEST_TEXT} знаков. Например: {example}")
    if not any(sign.isalnum() for sign in said):
        return Refusal(f"Напишите словами. Например: {example}")
    return Text(said)


def parse_link(text: str, example: str) -> Text | Refusal:
    """An address of a page: http or https, without a name and password in it."""
    said = clean_line(text).strip()
    if not _LINK.match(said) and _ADDRESS.fullmatch(said):
        said = f"https://{said}"
    wrong = Refusal(f"Нужна ссылка на страницу сайта. Например: {example}")
    if len(said) > LONGEST_LINK or not _LINK.fullmatch(said):
        return wrong
    try:
        parts = urlsplit(said)
        if not parts.hostname or "." not in parts.hostname or "@" in parts.netloc:
            return wrong
    except ValueError:
        return wrong
    return Text(said)


def parse_phone(text: str, example: str) -> Text | Refusal:
    """A school's office telephone as «8 (4152) 23-45-67»; a mobile one is somebody's own."""
    said = clean_line(text).strip()
    extension = _EXTENSION.search(said)
    digits = _DIGITS.sub("", said[: extension.start()] if extension else said)
    if len(digits) == 6:  # inside the city
        digits = f"84152{digits}"
    if len(digits) == 10:
        digits = f"8{digits}"
    if len(digits) != 11 or digits[0] not in "78":
        return Refusal(f"Нужен телефон приёмной с кодом города. Например: {example}")
    if digits[1] == "9":
        return Refusal(f"Это мобильный номер, нужен служебный телефон школы. Например: {example}")
    code, number = digits[1:5], digits[5:]
    shown = f"8 ({code}) {number[:2]}-{number[2:4]}-{number[4:]}"
    return Text(f"{shown}, доб. {extension[1]}" if extension else shown)


def parse_date(text: str, example: str, today: date) -> Text | Refusal:
    """A local day as «2026-09-15»."""
    said = clean_line(text).strip()
    found = parse_day(said, today)
    numbers = re.findall(r"\d+", said)
    with_year = len(numbers) == 3 or (len(numbers) == 2 and re.search("[а-яё]{3}", said.casefold()))
    if isinstance(found, Refusal) or not with_year:
        return Refusal(f"Напишите день, месяц и год. Например: {example}")
    if not FIRST_DAY <= found <= LAST_DAY:
        return Refusal(f"Проверьте год: подходит с 2015 по 2045. Например: {example}")
    return Text(found.isoformat())
