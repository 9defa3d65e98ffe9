import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command_line.shell import MAIN, NAMES, Command, Ran, environment


@pytest.fixture
def command(tmp_path: Path) -> Command:
    """Runs main.py in an empty folder."""

    def run(*words: str, **settings: str) -> Ran:
        ran = subprocess.run(
            [sys.executable, "-X", "importtime", MAIN, *words],
            cwd=tmp_path,
            env=environment(tmp_path) | settings,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        lines = ran.stderr.splitlines()
        imported = [line for line in lines if line.startswith("import time:")]
        if words[0] not in ("run", "check"):
            assert not [line for line in imported if re.search(r"\| +aiogram", line)]
        assert imported
        ran.stderr = "\n".join(line for line in lines if not line.startswith("import time:"))
        assert "Traceback" not in ran.stderr
        return ran

    return run


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same folder and settings for commands that are called in this process."""
    monkeypatch.chdir(tmp_path)
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/bot.sqlite")
    return tmp_path
