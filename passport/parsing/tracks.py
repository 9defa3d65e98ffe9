"""The track of a class as the register writes it: «медицинский», «мед» → «медицинская»."""

import re

LONGEST = 60

_SHORT = {
    "мед": "медицинская",
    "медкласс": "медицинская",
    "медик": "медицинская",
    "медики": "медицинская",
    "медицина": "медицинская",
    "инж": "инженерная",
    "инжен": "инженерная",
    "инженеры": "инженерная",
    "инженерка": "инженерная",
    "инженерия": "инженерная",
    "пед": "педагогическая",
    "педкласс": "педагогическая",
    "педагог": "педагогическая",
    "педагоги": "педагогическая",
    "педагогика": "педагогическая",
    "псих-пед": "психолого-педагогическая",
    "агро": "аграрная",
    "агрокласс": "аграрная",
    "ит": "ИТ",
    "it": "ИТ",
    "айти": "ИТ",
    "ит-класс": "ИТ",
    "it-класс": "ИТ",
    "атомкласс": "атомкласс",
    "атом-класс": "атомкласс",
    "море": "морская",
}
_ENDING = re.compile(r"(?P<stem>\w[\w-]*(?:[сц]к|н|ов|ев))(?:ий|ый|ой|ое|ого|ие|ые|ая|ую)")
_IDLE = re.compile(
    r"(?:предпроф\w*|профил[ьяе]|профильн\w+|направлени[еяю]|направленност[иью]|направленностью"
    r"|класса?|классы|кл|)",
    re.IGNORECASE,
)


def normal_track(text: str) -> str:
    """Known words and adjectives in the feminine and in lower case, others as typed."""
    words = text.split()
    if words[:1] == ["с"]:
        return text  # «с углублённой химией»: another case, nothing to make feminine
    telling = [word for word in words if not _IDLE.fullmatch(word.strip(",.;").replace("ё", "е"))]
    return " ".join(_normal(word) for word in telling)


def _normal(word: str) -> str:
    bare = word.rstrip(",.;").casefold()
    comma = "," if word.endswith(",") else ""
    if short := _SHORT.get(bare):
        return short + comma
    if found := _ENDING.fullmatch(bare):
        return f"{found['stem']}ая{comma}"
    return word
