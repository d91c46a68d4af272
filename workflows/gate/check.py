"""What the child process does with one file."""

from __future__ import annotations

from pathlib import Path

import filetype

from workflows.gate.images import check_image
from workflows.gate.kinds import IMAGE_FORMATS, OFFICE_PARTS
from workflows.gate.office import check_office
from workflows.gate.pdf import check_pdf
from workflows.gate.verdict import BadFileError


def check(path: Path, extension: str) -> None:
    """Raise BadFileError unless the content is what `extension` says, and harmless."""
    if extension in OFFICE_PARTS:
        check_office(path, extension)
        return
    sniffed = filetype.guess_extension(str(path))
    if sniffed != ("jpg" if extension == "jpeg" else extension):
        raise BadFileError("type")
    if extension in IMAGE_FORMATS:
        check_image(path, extension)
    elif extension == "pdf":
        check_pdf(path)
    else:
        raise BadFileError("extension")
