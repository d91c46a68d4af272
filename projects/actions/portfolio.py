"""Views of the portfolio kept under a name, and its spreadsheets."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from directory.models import User
from projects.exports.portfolio import write_portfolio
from projects.models import PortfolioSheet, Project, SavedView
from projects.queries.portfolio import Line, line, whole
from workflows.actions import journal
from workflows.actions.files import keep_made, remove_file
from workflows.actions.outbox import queue
from workflows.actions.unit import unit
from workflows.actors import SYSTEM
from workflows.errors import Reason, Refused
from workflows.files import files_of

CHUNK = 1000
MOST_VIEWS = 30
KEPT = dt.timedelta(days=7)
# What a query as saved shows its owner; the filters live with the forms, above this room's actions.
Shown = Callable[[User, str], QuerySet[Project]]


def save_view(*, owner: User, name: str, query: str) -> SavedView:
    """Keep the filters of `query` under `name`; a view of that name is replaced. Raises Refused beyond 30 views."""
    with unit():
        User.objects.select_for_update(of=("self",)).get(pk=owner.pk)
        kept = owner.portfolio_views.exclude(name=name).count()
        if kept >= MOST_VIEWS:
            raise Refused(
                Reason(
                    "too_many_views",
                    _("You have kept %(count)d views, as many as can be.") % {"count": kept},
                    _("Remove one first."),
                )
            )
        return SavedView.objects.update_or_create(owner=owner, name=name, defaults={"query": query})[0]


def remove_view(*, view: SavedView) -> None:
    """Forget a view; the projects are not touched."""
    with unit():
        SavedView.objects.filter(pk=view.pk).delete()


def ask_sheet(*, owner: User, query: str, total: int) -> PortfolioSheet:
    """Have a spreadsheet made of what `query` shows the owner, about `total` rows. One is made at a time."""
    with unit():
        User.objects.select_for_update(of=("self",)).get(pk=owner.pk)
        begun: PortfolioSheet | None = PortfolioSheet.objects.filter(
            owner=owner, query=query, done_at__isnull=True
        ).first()
        if begun is not None:
            return begun
        sheet: PortfolioSheet = PortfolioSheet.objects.create(owner=owner, query=query, total=total)
        queue(kind="projects.portfolio_sheet", key=f"projects.portfolio_sheet:{sheet.uid}", payload={"sheet": sheet.pk})
        journal.append(action="projects.portfolio_sheet.ask", subject=sheet, by=owner, data={"query": query})
    return sheet


def make_sheet(*, sheet: PortfolioSheet, shown: Shown) -> None:
    """Write the spreadsheet with what its owner may see now; one that stands already stays."""
    if sheet.done_at is not None:
        return
    with tempfile.TemporaryDirectory() as folder, translation.override(sheet.owner.language or settings.LANGUAGE_CODE):
        path = Path(folder) / "sheet.xlsx"
        rows = write_portfolio(path, _lines(shown(sheet.owner, sheet.query)), _teller(sheet))
        _finish(sheet, path, rows)


def _lines(projects: QuerySet[Project]) -> Iterator[Line]:
    return (line(one) for one in whole(projects).iterator(CHUNK))


def _teller(sheet: PortfolioSheet) -> Callable[[int], None]:
    def told(rows: int) -> None:
        PortfolioSheet.objects.filter(pk=sheet.pk).update(rows=rows)

    return told


def _finish(sheet: PortfolioSheet, path: Path, rows: int) -> None:
    with unit():
        locked = PortfolioSheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
        if locked.done_at is not None:
            return
        name = f"{_('Projects')}-{timezone.localdate():%Y%m%d}.xlsx"
        keep_made(subject=locked, purpose="sheet", path=path, name=name, by=locked.owner)
        locked.rows = locked.total = rows
        locked.done_at = timezone.now()
        locked.save(update_fields=["rows", "total", "done_at"])


def remove_old_sheets() -> int:
    """Remove the spreadsheets that are older than a week, with their files; how many."""
    old = list(PortfolioSheet.objects.filter(asked_at__lt=timezone.now() - KEPT).order_by("pk")[:CHUNK])
    for sheet in old:
        with unit():
            for file in files_of(sheet):
                remove_file(file=file, by=SYSTEM)
            sheet.delete()
    return len(old)
