"""One version of a contract as a PDF: the same version with the same signatures always gives the same bytes.

The Chinese face is the standard one of PDF readers (Adobe-GB1), named and not embedded: no font file is needed here.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from html import escape
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from projects.budget import LABELS, in_wan
from projects.definitions.form import EQUIPMENT_COLUMNS
from projects.enums import ContractText, ParticipantRole
from projects.models import ContractVersion
from projects.queries.contract_versions import Signature, signatures_of
from projects.queries.kept_rules import CHANNEL, CONTRACT

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


def contract_pdf(version: ContractVersion) -> bytes:
    """The text of a version in the site's language, with who has signed it. Two queries."""
    with translation.override(settings.LANGUAGE_CODE):
        pdfmetrics.registerFont(UnicodeCIDFont(FACE))
        target = io.BytesIO()
        number, name = str(version.content.get("number", "")), str(_heading(version))
        frame = SimpleDocTemplate(
            target,
            pagesize=A4,
            leftMargin=MARGIN,
            rightMargin=MARGIN,
            topMargin=MARGIN,
            bottomMargin=MARGIN,
            title=f"{name} {number}",
            author="",
            invariant=1,
        )
        foot = _("%(number)s · version %(version)d · %(digest)s")
        words = foot % {"number": number, "version": version.number, "digest": version.sha256[:32]}
        frame.build(list(_story(version, name)), canvasmaker=partial(_Numbered, words=words))
    return target.getvalue()


def _heading(version: ContractVersion) -> str:
    return _("Supplementary contract") if version.is_supplement else _("Contract of a science and technology project")


def _story(version: ContractVersion, name: str) -> list[Flowable]:
    content: dict[str, Any] = version.content
    signatures = signatures_of(version)
    found: list[Flowable] = [Paragraph(escape(name), TITLE)]
    if version.kind == ContractText.NOTICE:
        found.append(_paragraph(_("The text as it stands after a notice, for which nothing is signed."), SMALL))
    elif not any(one.at for one in signatures):
        found.append(_paragraph(_("A draft: nobody has signed this text."), SMALL))
    found += [_table(_facts(content), (30, 70)), Spacer(1, 4 * mm)]
    if version.note:
        found += [_head(_("What changes")), _paragraph(version.note)]
    found += [_head(_("Goals and indicators")), _paragraph(content.get("goals", ""))]
    targets = [(one["name"], one["value"], one["check"]) for one in content.get("targets", [])]
    if targets:
        found.append(_table([(_("Indicator"), _("Target"), _("How it is checked")), *targets], (40, 30, 30)))
    found += [_head(_("Milestones")), _table(_milestones(content), (15, 85))]
    found += [_head(_("Budget, in 万元")), _table(_budget(content), (60, 20, 20))]
    if content.get("equipment"):
        found += [
            _head(_("List of equipment, in 万元")),
            _table(_equipment(content["equipment"]), (24, 20, 10, 8, 22, 16)),
        ]
    found += _spread(content)
    if content.get("commitment"):
        found += [_head(_("Lump sum: commitment and negative list")), *_commitment(content["commitment"])]
    found += [_head(_("Team")), _table(_team(content), (25, 50, 25))]
    found += [_head(_("Signatures")), _table(_signed(signatures), (25, 40, 35))]
    digest = _("SHA-256 of the text: %(digest)s") % {"digest": version.sha256}
    return [*found, Spacer(1, 4 * mm), _paragraph(digest, SMALL)]


def _facts(content: dict[str, Any]) -> Rows:
    names = {CHANNEL: _("Budget rules"), CONTRACT: _("Contract rules")}
    kept = sorted(content.get("rules", {}).items())
    rules = "\n".join(f"{names.get(name, name)} {version}" for name, version in kept)
    return [
        (_("Number"), content.get("number", "")),
        (_("Project"), content.get("title", "")),
        (_("Investigator"), content.get("investigator", "")),
        (_("Host"), content.get("organisation", "")),
        (_("Term"), f"{content.get('starts_on', '')} – {content.get('ends_on', '')}"),
        (_("Grant, 万元"), in_wan(Decimal(content.get("grant", "0")))),
        (_("Own money, 万元"), in_wan(Decimal(content.get("own", "0")))),
        (_("Versions of the rules"), rules),
    ]


def _milestones(content: dict[str, Any]) -> Rows:
    return [(one["year"], one["text"]) for one in content.get("milestones", [])] or [("", _("nothing entered"))]


def _budget(content: dict[str, Any]) -> Rows:
    lines = content.get("budget", [])
    rows = [
        (LABELS.get(one["category"], _("grant")), in_wan(Decimal(one["fiscal"])), in_wan(Decimal(one["own"])))
        for one in lines
    ]
    sums = [in_wan(sum((Decimal(one[kind]) for one in lines), Decimal(0))) for kind in ("fiscal", "own")]
    return [(_("Category"), _("Fiscal money"), _("Own money")), *rows, (_("Total"), *sums)]


def _equipment(rows: list[dict[str, Any]]) -> Rows:
    heads = tuple(column.label for column in EQUIPMENT_COLUMNS)
    kept = [{**row, "price": in_wan(Decimal(row["price"]))} for row in rows]
    return [heads, *(tuple(row[column.id] for column in EQUIPMENT_COLUMNS) for row in kept)]


def _spread(content: dict[str, Any]) -> list[Flowable]:
    found: list[Flowable] = []
    money = (_("Fiscal money"), _("Own money"))
    if content.get("years"):
        rows = [(str(one["year"]), *_amounts(one)) for one in content["years"]]
        found += [_head(_("Budget by year, in 万元")), _table([(_("Year"), *money), *rows], (40, 30, 30))]
    if content.get("shares"):
        parts = [
            (one["topic"], one["organisation"], LABELS.get(one["category"], ""), *_amounts(one))
            for one in content["shares"]
        ]
        heads = (_("Sub-project"), _("Organisation"), _("Category"), *money)
        found += [
            _head(_("Budget by sub-project and organisation, in 万元")),
            _table([heads, *parts], (22, 30, 20, 14, 14)),
        ]
    return found


def _amounts(row: dict[str, Any]) -> tuple[str, str]:
    return in_wan(Decimal(row["fiscal"])), in_wan(Decimal(row["own"]))


def _commitment(agreed: dict[str, Any]) -> list[Flowable]:
    items = "\n".join(f"{number}. {item}" for number, item in enumerate(agreed["items"], 1))
    return [_paragraph(agreed["text"]), _paragraph(f"{agreed['document']}\n{items}")]


def _team(content: dict[str, Any]) -> Rows:
    rows = [(one["name"], one.get("organisation", ""), _role(one.get("role", ""))) for one in content.get("team", [])]
    return rows or [(content.get("investigator", ""), content.get("organisation", ""), "")]


def _role(code: str) -> str:
    return str(ParticipantRole(code).label) if code in ParticipantRole.values else code


def _signed(signatures: Sequence[Signature]) -> Rows:
    return [(one.place, one.name, _moment(one)) for one in signatures] or [("", "", _("Signing has not begun"))]


def _moment(one: Signature) -> str:
    return f"{timezone.localtime(one.at):%Y-%m-%d %H:%M:%S}" if one.at else _("not yet")


def _head(text: str) -> Flowable:
    return _paragraph(text, HEAD)


def _paragraph(text: object, style: ParagraphStyle = BODY) -> Flowable:
    return Paragraph(escape(str(text)).replace("\n", "<br/>"), style)


def _table(rows: Rows, shares: Sequence[int]) -> Flowable:
    cells = [[_paragraph(cell) for cell in row] for row in rows]
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
