"""Whether reading a message takes time in proportion to its length, whatever the message says.

Each parser reads a hostile message of 4,096 characters and the same one of 2,048 in turn. Twice
the text is twice the work. Four times is the limit of what is let pass: the worst messages repeat
one odd sign thousands of times, cost about a hundredth of a second, and nobody types them.
"""

from collections.abc import Callable
from statistics import median
from time import process_time_ns

from benchmarks.hostile import ENDS, MESSAGE, PARTS, message
from benchmarks.ratios import Bar, tell
from passport.parsing import (
    clean,
    has_contact,
    looks_like_person,
    name_key,
    parse_average,
    parse_classes,
    parse_count,
    parse_named,
    parse_subjects,
)

AT_WORST = Bar(4)
SUSPECTS = 6  # messages that are measured again
PAIRS, MORE_PAIRS = 3, 15
# A shorter time is mostly that of the call itself.
TRIFLE = 20_000  # nanoseconds

Parser = Callable[[str], object]
PARSERS: tuple[Parser, ...] = (
    clean,
    has_contact,
    looks_like_person,
    name_key,
    parse_count,
    parse_average,
    parse_named,
    parse_subjects,
    parse_classes,
)


def nanoseconds(parse: Parser, text: str) -> int:
    start = process_time_ns()
    parse(text)
    return process_time_ns() - start


def growth(parse: Parser, part: str, end: str, pairs: int) -> list[float]:
    """How many times longer the message twice as long takes."""
    long, short = message(part, end, MESSAGE), message(part, end, MESSAGE // 2)
    return [nanoseconds(parse, long) / max(nanoseconds(parse, short), TRIFLE) for _ in range(pairs)]


def worst(parse: Parser) -> list[float]:
    """The pairs of the message that grows most; all are tried, the suspicious ones again."""
    tried = sorted(
        ((median(growth(parse, part, end, PAIRS)), part, end) for part in PARTS for end in ENDS),
        reverse=True,
    )
    again = (growth(parse, part, end, MORE_PAIRS) for _, part, end in tried[:SUSPECTS])
    return max(again, key=median)


def main() -> int:
    good = True
    messages = len(PARTS) * len(ENDS)
    for parse in PARSERS:
        name = f"{parse.__name__}, worst of {messages} messages, 4,096 / 2,048 characters"
        good = tell(name, worst(parse), AT_WORST) and good
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
