"""PDF: readable, unlocked, and nothing in it that acts."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pikepdf

from workflows.gate.verdict import BadFileError

MOST_TRAILING = 64
ACTIVE = frozenset({"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/RichMediaExecute"})


def check_pdf(path: Path) -> None:
    """Raise BadFileError unless the file is a plain PDF."""
    _only_a_pdf(path)
    try:
        with pikepdf.open(path) as document:
            if document.is_encrypted:
                raise BadFileError("encrypted")
            _check_root(document.Root)
            for thing in document.objects:
                _check_object(thing)
            if not len(document.pages):
                raise BadFileError("unreadable")
    except pikepdf.PasswordError as error:
        raise BadFileError("encrypted") from error
    except (pikepdf.PdfError, ValueError, TypeError) as error:
        raise BadFileError("unreadable") from error


def _only_a_pdf(path: Path) -> None:
    content = path.read_bytes()
    if not content.startswith(b"%PDF-"):
        raise BadFileError("type")
    end = content.rfind(b"%%EOF")
    if end < 0:
        raise BadFileError("unreadable")
    if len(content) - end - len(b"%%EOF") > MOST_TRAILING or zipfile.is_zipfile(path):
        raise BadFileError("polyglot")


def _check_root(root: Any) -> None:
    action = root.get("/OpenAction")
    if isinstance(action, pikepdf.Dictionary) and str(action.get("/S")) != "/GoTo":
        raise BadFileError("script")
    names = root.get("/Names")
    if isinstance(names, pikepdf.Dictionary) and "/JavaScript" in names:
        raise BadFileError("script")
    if isinstance(names, pikepdf.Dictionary) and "/EmbeddedFiles" in names:
        raise BadFileError("nested")


def _check_object(thing: Any) -> None:
    """One object of the file; what stands inside of it without a number of its own is walked too."""
    waiting = [thing]
    while waiting:
        each = waiting.pop()
        if isinstance(each, pikepdf.Array):
            waiting.extend(part for part in each if _is_direct(part))
        elif isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
            _check_dictionary(each)
            waiting.extend(part for _key, part in each.items() if _is_direct(part))


def _is_direct(part: Any) -> bool:
    return isinstance(part, pikepdf.Object) and not part.is_indirect


def _check_dictionary(each: Any) -> None:
    if "/JS" in each or "/AA" in each or str(each.get("/S")) in ACTIVE:
        raise BadFileError("script")
    if "/EF" in each or str(each.get("/Type")) == "/EmbeddedFile":
        raise BadFileError("nested")
