"""Names of uploads: labels for people, never places on a disk."""

from __future__ import annotations

import unicodedata

LONGEST = 180


def safe_name(name: str) -> str:
    """The last part of `name` without control characters and direction overrides; "file" when nothing is left."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(c for c in unicodedata.normalize("NFC", last) if unicodedata.category(c)[0] != "C")
    stem, dot, extension = " ".join(kept.split()).strip(". ").rpartition(".")
    return f"{stem[: LONGEST - len(extension) - 1]}{dot}{extension}"[:LONGEST] or "file"


def extension_of(name: str) -> str:
    """The extension in lower case, without its dot; "" when there is none."""
    stem, _dot, extension = name.rpartition(".")
    return extension.lower() if stem else ""
