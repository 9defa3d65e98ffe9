"""Messages that make a careless parser slow: a part repeated to the end of the longest message.

Each part sets one rule to work at every position: numbers, dashes, brackets, addresses, phones,
surnames, units, combining signs.
"""

MESSAGE = 4096  # the longest message Telegram delivers

# fmt: off
PARTS = (
    "1", "1 ", "1 000 ", "-", "- ", " ", "\t", "1\t", ";", "а;", "а 1;", ",", "а, ", "(", "А.",
    "А ", "а", "аа-", "@", "@а.", "а@", "8", "10 ", "10а", "10 А, ", "1.", "1,", "№", "№1 ", "«",
    "Иванович ", "всего ", "чел", "чел.", "– 1 ", "– 1,", "о\u0306", "\u0315\u0300", "нет ",
    "а\n", "1\n", "\n",
)
# fmt: on
ENDS = ("", "х", " – 24", "!")


def message(part: str, end: str, length: int) -> str:
    return (part * length)[: length - len(end)] + end
