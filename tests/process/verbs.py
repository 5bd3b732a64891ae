"""The command as a person types it, without a terminal."""

import os
import subprocess
import sys
from pathlib import Path


def shuro_tui(
    *arguments: str | Path, data: Path, typed: str | None = None, **environment: str
) -> "subprocess.CompletedProcess[str]":
    """Run one verb to its end, with a data folder and a home of its own."""
    return subprocess.run(
        [sys.executable, "-m", "shuro_tui", *map(str, arguments)],
        capture_output=True,
        check=False,
        encoding="utf-8",
        input=typed,
        cwd=data.parent,
        timeout=60,
        env={**os.environ, "SHURO_TUI_DATA": str(data), "HOME": str(data.parent), **environment},
    )
