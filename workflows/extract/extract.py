"""What the child process does: one file in, its text out."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from workflows.extract.office import office_text
from workflows.extract.pdf import pdf_text
from workflows.gate.kinds import IMAGE_FORMATS, OFFICE_PARTS
from workflows.gate.verdict import BadFileError

# A book has half a million characters; what stands behind that is not looked through.
MOST_CHARACTERS = 1_000_000


def extract(source: Path, extension: str) -> str:
    """The text of the file in compatibility form; nothing for a picture. Raises BadFileError."""
    if extension in IMAGE_FORMATS:
        return ""
    if extension in OFFICE_PARTS:
        text = office_text(source.read_bytes())
    elif extension == "pdf":
        text = pdf_text(source)
    else:
        raise BadFileError("extension")
    return unicodedata.normalize("NFKC", text[:MOST_CHARACTERS]).replace("\x00", "")
