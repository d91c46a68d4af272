"""Papers as PDF: the same story always gives the same bytes, every page has its foot and its number.

The Chinese face is the standard one of PDF readers (Adobe-GB1), named and not embedded: no font file is needed here.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from html import escape
from typing import Any

from django.utils.translation import gettext as _
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepTogether, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

FACE = "STSong-Light"
MARGIN, FOOT = 22 * mm, 12 * mm
WIDTH = A4[0] - 2 * MARGIN
BODY = ParagraphStyle("body", fontName=FACE, fontSize=10.5, leading=17, wordWrap="CJK")
SMALL = ParagraphStyle("small", parent=BODY, fontSize=8.5, leading=13, textColor=colors.HexColor("#444444"))
TITLE = ParagraphStyle("title", parent=BODY, fontSize=18, leading=30, alignment=1)
HEAD = ParagraphStyle("head", parent=BODY, fontSize=13, leading=24, spaceBefore=8)
GRID = TableStyle(
    [
        ("GRID", (0, 0), (-1, -1), 0.5, colors.HexColor("#888888")),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ]
)
Rows = Sequence[Sequence[object]]


def written(story: Iterable[Flowable], *, title: str, foot: str) -> bytes:
    """The PDF of a story on A4, in the language that is on; `foot` stands at the foot of every page."""
    _know_face()
    target = io.BytesIO()
    frame = SimpleDocTemplate(
        target,
        pagesize=A4,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN,
        title=title,
        author="",
        invariant=1,
    )
    frame.build(list(story), canvasmaker=partial(_Numbered, words=foot))
    return target.getvalue()


@cache
def _know_face() -> None:
    """Once in a process, before the first paragraph: styles name the face."""
    pdfmetrics.registerFont(UnicodeCIDFont(FACE))


def paragraph(text: object, style: ParagraphStyle = BODY) -> Flowable:
    """A paragraph of plain text; its line ends are kept."""
    _know_face()
    return Paragraph(escape(str(text)).replace("\n", "<br/>"), style)


def heading(text: object) -> Flowable:
    """The heading of a part."""
    return paragraph(text, HEAD)


def gap() -> Flowable:
    """A little room."""
    return Spacer(1, 4 * mm)


def together(*parts: Flowable) -> Flowable:
    """Parts that stay on one page if they fit on one."""
    return KeepTogether(list(parts))


def table(rows: Rows, shares: Sequence[int]) -> Flowable:
    """A table of plain texts; `shares` of the width per column, in hundredths."""
    cells = [[paragraph(cell) for cell in row] for row in rows]
    return Table(cells, colWidths=[WIDTH * share / 100 for share in shares], style=GRID, splitInRow=1)


@dataclass
class _Page:
    state: dict[str, Any]


class _Numbered(Canvas):
    """Writes the foot of every page once the number of pages is known."""

    def __init__(self, *args: Any, words: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._words = words
        self._kept: list[_Page] = []

    def showPage(self) -> None:  # noqa: N802 - the name that the library calls
        """Keep the page for later."""
        self._kept.append(_Page(dict(self.__dict__)))
        self._startPage()

    def save(self) -> None:
        """Write every page with its foot."""
        for number, page in enumerate(self._kept, start=1):
            self.__dict__.update(page.state)
            self.setFont(FACE, 8)
            self.drawString(MARGIN, FOOT, self._words)
            text = _("page %(number)d of %(pages)d") % {"number": number, "pages": len(self._kept)}
            self.drawRightString(A4[0] - MARGIN, FOOT, text)
            super().showPage()
        super().save()
