"""Starting the child process that reads the text of a file."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SECONDS = 120
ROOT = Path(__file__).resolve().parent.parent.parent


def read_text(source: Path, extension: str, target: Path) -> str | None:
    """The text of the file at `source`, by way of a file at `target`; None when it cannot be read.

    A child that dies, hangs or babbles is a file that cannot be read.
    """
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter; paths and extension are ours
            [sys.executable, "-m", "workflows.extract", str(source), extension, str(target)],
            cwd=ROOT,
            env={"PATH": os.environ.get("PATH", ""), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    return target.read_text(encoding="utf-8") if done.returncode == 0 and done.stdout == "ok" else None
