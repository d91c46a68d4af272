"""What the child process does: one file in, its copy out."""

from __future__ import annotations

from pathlib import Path

from workflows.gate.kinds import IMAGE_FORMATS, OFFICE_PARTS
from workflows.gate.verdict import BadFileError
from workflows.scrub.images import scrub_image
from workflows.scrub.office import scrub_office
from workflows.scrub.pdf import scrub_pdf


def scrubbed(data: bytes, extension: str) -> bytes:
    """The bytes of a copy without metadata. Raises BadFileError for what cannot be read."""
    if extension in OFFICE_PARTS:
        return scrub_office(data)
    if extension in IMAGE_FORMATS:
        return scrub_image(data, extension)
    if extension == "pdf":
        return scrub_pdf(data)
    raise BadFileError("extension")


def scrub(source: Path, extension: str, target: Path) -> None:
    """Write the copy of `source` to `target`. Raises BadFileError."""
    target.write_bytes(scrubbed(source.read_bytes(), extension))
