"""Small papers for tests: what the gate lets in."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.workflows.gate import corpus


def pdf(name: str = "到账凭证.pdf") -> SimpleUploadedFile:
    """A sound PDF."""
    return SimpleUploadedFile(name, corpus.pdf(), "application/pdf")
