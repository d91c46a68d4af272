"""The child process: limits itself, writes the text of one file, prints the code of the refusal ("ok" for none)."""

from __future__ import annotations

import resource
import sys
from pathlib import Path

MEMORY = 1024 * 1024 * 1024
CPU_SECONDS = 60
MOST_BYTES = 16 * 1024 * 1024


def main(source: str, extension: str, target: str) -> str:
    """The answer for the file at `source`."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_BYTES, MOST_BYTES))
    from workflows.extract.extract import extract
    from workflows.gate.verdict import BadFileError

    try:
        Path(target).write_text(extract(Path(source), extension), encoding="utf-8", errors="replace")
    except BadFileError as refusal:
        return refusal.code
    except (MemoryError, OSError):
        return "unreadable"
    return "ok"


if __name__ == "__main__":
    sys.stdout.write(main(*sys.argv[1:4]))
