"""Marks of what a button was drawn for: whoever presses it later may have seen something else."""

from zlib import crc32


def mark(value: object) -> int:
    """Of a value as it is shown; 0 for none at all."""
    return 0 if value is None else crc32(repr(value).encode())
