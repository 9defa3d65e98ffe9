"""What tests of commands share: a clean environment, and how a refusal looks."""

import os
import re
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from bot.settings import EXAMPLES

MAIN = Path(__file__).parents[2] / "main.py"
NAMES = (*(name.upper() for name in EXAMPLES), "BOT_TOKEN", "WEBHOOK_SECRET")
Ran = subprocess.CompletedProcess[str]
Command = Callable[..., Ran]


def environment(folder: Path) -> dict[str, str]:
    """Nothing of the settings but where the database is."""
    clean = {name: value for name, value in os.environ.items() if name.upper() not in NAMES}
    url = f"sqlite+aiosqlite:///{folder}/bot.sqlite"
    return clean | {"DATABASE_URL": url, "PYTHONIOENCODING": "utf-8"}


def refused(ran: Ran) -> str:
    """The one sentence with which a command refuses."""
    assert ran.returncode == 1
    assert ran.stdout == ""
    (sentence,) = ran.stderr.splitlines()
    assert re.match("[А-Я]", sentence)
    assert sentence.endswith((".", "2026-2027", "s24", "DEF", "xlsx", "sqlite")), sentence
    return sentence


def rows(folder: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / "bot.sqlite")) as connection:
        return connection.execute(query).fetchall()
