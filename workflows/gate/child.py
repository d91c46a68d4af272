"""Starting the child process that looks at a file."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from workflows.gate.reasons import TEXTS

SECONDS = 40
ROOT = Path(__file__).resolve().parent.parent.parent


def inspect(path: Path, extension: str) -> str:
    """The code of the refusal, "" for none. A child that dies, hangs or babbles is a refusal."""
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter; path and extension are ours
            [sys.executable, "-m", "workflows.gate", str(path), extension],
            cwd=ROOT,
            env={"PATH": os.environ.get("PATH", ""), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "bomb"
    if done.returncode == 0 and done.stdout == "ok":
        return ""
    return done.stdout if done.stdout in TEXTS else "unreadable"
