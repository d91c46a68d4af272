"""The child process: limits itself, looks at one file, prints the code of the refusal ("ok" for none)."""

from __future__ import annotations

import resource
import sys
from pathlib import Path

MEMORY = 700 * 1024 * 1024
CPU_SECONDS = 20


def main(path: str, extension: str) -> str:
    """The answer for the file at `path`."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    from workflows.gate.check import check
    from workflows.gate.verdict import BadFileError

    try:
        check(Path(path), extension)
    except BadFileError as refusal:
        return refusal.code
    except MemoryError:
        return "bomb"
    return "ok"


if __name__ == "__main__":
    sys.stdout.write(main(sys.argv[1], sys.argv[2]))
