"""The minutes of a panel meeting as a paper to sign: confirmed ones always give the same bytes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from reportlab.lib.styles import ParagraphStyle

from experts.minutes import Minutes
from workflows.paper import BODY, SMALL, TITLE, gap, heading, paragraph, table, together, written

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

INDENTED = ParagraphStyle("indented", parent=BODY, leftIndent=12)


def minutes_pdf(minutes: Minutes) -> bytes:
    """The paper in the language of the department, with a line for the signature of everybody who attended."""
    with translation.override(settings.LANGUAGE_CODE):
        meeting = minutes.meeting
        foot = f"{meeting.title} · {meeting.minutes_sha256[:32] or _('draft')}"
        return written(_story(minutes), title=_("Minutes"), foot=foot)


def _story(minutes: Minutes) -> Iterator[Flowable]:
    head, *parts = (part.splitlines() for part in minutes.text.strip().split("\n\n"))
    yield paragraph(head[0], TITLE)
    if not minutes.meeting.minutes_sha256:
        yield paragraph(_("A draft: the chair has not confirmed it."), SMALL)
    yield from (paragraph(line) for line in head[1:])
    for part in parts:
        yield heading(part[0])
        yield from (paragraph(line.strip(), INDENTED) for line in part[1:])
    yield gap()
    if minutes.whole:
        heads = (pgettext("minutes", "Name"), _("Signature"), _("Date"))
        lines = table([heads, *((name, "\n\n", "") for name in minutes.signers())], (30, 45, 25))
        yield together(heading(pgettext("minutes", "Signatures")), lines, gap())
    yield from (paragraph(line, SMALL) for line in minutes.notes())
