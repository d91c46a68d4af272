"""The answer of the gate."""

from __future__ import annotations


class BadFileError(Exception):
    """The file is refused; `code` says why (`workflows.gate.reasons` puts it into words)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
