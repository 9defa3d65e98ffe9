"""Text that people typed, made fit for a cell: inert and legal in XML."""

import re

# Control signs, halves of surrogate pairs and non-characters: XML 1.0 has no way to write them,
# and one of them makes the whole file unreadable.
_ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_FORMULA_SIGNS = ("=", "+", "-", "@")


def clean(text: str) -> str:
    return _ILLEGAL.sub("", text)


def looks_like_formula(text: str) -> bool:
    """Whether Excel would take the text for a formula once somebody edits the cell."""
    return text.lstrip().startswith(_FORMULA_SIGNS)


def inert_text(text: str) -> str:
    """For a plain table, which knows no looks of cells: the apostrophe keeps it a text."""
    text = clean(text)
    return f"'{text}" if looks_like_formula(text) else text
