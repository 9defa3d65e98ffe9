"""How wide a text is in Times New Roman, and how many lines it takes in a column.

openpyxl writes no row heights, LibreOffice and Excel do not agree on working them out, and neither
does it for merged cells: so they are computed. Widths are in thousandths of the type size.
"""

from functools import lru_cache

_SIGNS = {
    200: "'|",
    250: " ,.",
    300: "/:;\\ijlt",
    350: "!()-I[]`fr’",
    400: '"Jsгз',
    450: "?^acezавеёстьэя“”„",
    500: "#$*0123456789_bdghknopquvxy{}Збдклорухчъ«»–",
    550: "+<=>FPS~БРЬийнпц",
    600: "ELTZГЕЁТ",
    650: "BCRВКСЧЭЯмфы",
    700: "ADGHKNOQUVXYwАДИЙЛНОПУХЦЪж",
    750: "шщю",
    800: "&mФ",
    850: "%Ы",
    900: "@MЖМ",
    950: "W№",
    1000: "ШЩ—…",
    1050: "Ю",
}
_WIDTHS = {sign: width for width, signs in _SIGNS.items() for sign in signs}
_OTHER = 1000  # emoji and rare letters come from another font; nearly always narrower than this
_EMOJI = 1500
_BOLD = 1.1
_SPACE = _WIDTHS[" "]
# Excel wraps a little earlier on paper than on the screen, and by other rounding than LibreOffice.
_MARGIN = 1.04
_LEADING = 1.24  # line height to type size: 1.15 in the font itself


def _width(text: str) -> int:
    return sum(_WIDTHS.get(sign) or (_EMOJI if sign > "\uffff" else _OTHER) for sign in text)


def word_width(word: str, size: float, bold: bool = False) -> float:
    """Points that hold the word on one line in any program."""
    return _width(word) * size / 1000 * _MARGIN * (_BOLD if bold else 1)


@lru_cache(maxsize=512)
def line_count(text: str, points: float, size: float, bold: bool = False) -> int:
    """Lines that the text takes when wrapped at ``points``; never fewer than a program needs.

    Breaks only at spaces, and inside a word that is wider than the column.
    """
    room = points * 1000 / size / _MARGIN / (_BOLD if bold else 1)
    lines = 0
    for paragraph in text.split("\n"):
        lines += 1
        used = 0
        for word in paragraph.split(" "):
            width = _width(word)
            if used and used + _SPACE + width > room:
                lines += 1
                used = 0
            elif used:
                used += _SPACE
            lines += max(0, -int(-width // room) - 1)
            used += width if width <= room else int(width % room)
    return lines


def height(lines: int, size: float) -> float:
    """Row height in points for so many lines; Excel allows no row above 409 points."""
    return min(409.0, round(lines * size * _LEADING + 3, 2))
