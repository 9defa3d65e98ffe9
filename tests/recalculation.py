"""LibreOffice works a workbook's formulas out: what a person's Excel would show."""

import subprocess
from pathlib import Path


def recalculated(content: bytes, folder: Path) -> bytes:
    """The .xlsx again, with the values of its formulas; needs ``soffice``."""
    source = folder / "book.xlsx"
    source.write_bytes(content)
    # Through its own format: only then is everything worked out anew.
    for kind, path, out in (("ods", source, "ods"), ("xlsx", folder / "ods" / "book.ods", "back")):
        try:
            _convert(kind, path, folder, out, "office")
        except subprocess.TimeoutExpired:  # a busy machine: once in a while its start hangs
            _convert(kind, path, folder, out, "another")
    return (folder / "back" / "book.xlsx").read_bytes()


def _convert(kind: str, path: Path, folder: Path, out: str, profile: str) -> None:
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{folder}/{profile}",
            "--headless",
            "--convert-to",
            kind,
            "--outdir",
            str(folder / out),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=60,
    )
