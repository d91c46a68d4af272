"""Starting the child process that writes a copy."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SECONDS = 120
ROOT = Path(__file__).resolve().parent.parent.parent


def write_copy(source: Path, extension: str, target: Path) -> str:
    """Write a copy of `source` without metadata to `target`; the code of the refusal, "" for none.

    A child that dies, hangs or babbles is a refusal ("unreadable").
    """
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter; paths and extension are ours
            [sys.executable, "-m", "workflows.scrub", str(source), extension, str(target)],
            cwd=ROOT,
            env={"PATH": os.environ.get("PATH", ""), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "unreadable"
    return "" if done.returncode == 0 and done.stdout == "ok" else done.stdout or "unreadable"
