"""PDF: the text of the pages by PDFium, and what stands in links, bookmarks, fields and descriptions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2

from workflows.gate.verdict import BadFileError

MOST_PAGES = 2000
# Texts of objects that stay in the copy: addresses of links, bookmarks, values of fields, descriptions of pictures.
SPOKEN = ("/URI", "/Title", "/V", "/Alt", "/ActualText", "/E")


def pdf_text(source: Path) -> str:
    """The text of the file, page by page. Raises BadFileError."""
    try:
        return "\n".join([*_pages(source), *_spoken(source)])
    except (pypdfium2.PdfiumError, pikepdf.PdfError, ValueError, TypeError) as error:
        raise BadFileError("unreadable") from error


def _pages(source: Path) -> Iterator[str]:
    document = pypdfium2.PdfDocument(source)
    for number in range(min(len(document), MOST_PAGES)):
        page = document[number]
        yield page.get_textpage().get_text_bounded()
        page.close()


def _spoken(source: Path) -> Iterator[str]:
    with pikepdf.open(source) as pdf:
        of_the_file = pdf.trailer.get("/Info")
        for one in pdf.objects:
            if not isinstance(one, pikepdf.Dictionary | pikepdf.Stream) or one == of_the_file:
                continue
            yield from (str(one[key]) for key in SPOKEN if isinstance(one.get(key), pikepdf.String))
            action = one.get("/A")
            if isinstance(action, pikepdf.Dictionary) and isinstance(action.get("/URI"), pikepdf.String):
                yield str(action["/URI"])
