"""``python -m benchmarks`` runs every benchmark in turn, ``python -m benchmarks NAME`` one.

Each runs in a process of its own, so that none leaves memory or caches to the next.
"""

import subprocess
import sys

NAMES = (
    "answers",
    "soak",
    "sender",
    "footprint",
    "exports",
    "form_workbook",
    "parsing",
    "planning",
    "board",
    "indicators",
    "books",
    "parents",
    "bulletins",
)


def main(arguments: list[str]) -> int:
    unknown = [name for name in arguments if name not in NAMES]
    if unknown:
        print(f"No benchmark {unknown[0]!r}. There are: {', '.join(NAMES)}", file=sys.stderr)
        return 2
    missed = []
    for name in arguments or NAMES:
        print(f"== {name}", flush=True)
        if subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False).returncode:
            missed.append(name)
    if missed:
        print(f"Bars missed: {', '.join(missed)}", file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
