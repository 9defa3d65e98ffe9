"""Numbers as people here read them: a decimal comma, no needless zeros, no exponent."""

from decimal import Decimal


def plain(number: Decimal | int) -> str:
    """24 → «24», 4.350 → «4,35»."""
    text = f"{Decimal(number):f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", ",")


def grouped(number: int) -> str:
    """1350 → «1 350», with spaces that do not break."""
    return f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")


def plural(number: Decimal | int, one: str, few: str, many: str) -> str:
    """The Russian form that goes with a whole number: 1 школа, 2 школы, 5 школ."""
    whole = abs(int(number)) % 100
    if whole in range(11, 15):
        return many
    match whole % 10:
        case 1:
            return one
        case 2 | 3 | 4:
            return few
        case _:
            return many
