"""What the portfolio registers when the room is ready: its place in the rail, who reads its spreadsheets; own dates."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _


def register() -> None:
    """Called once from `AppConfig.ready`."""
    from projects.queries.own_dates import own_dates
    from projects.views.portfolio import PORTFOLIO
    from workflows import calendar
    from workflows.files import register_reader
    from workflows.navigation import Entry
    from workflows.navigation import register as entry

    entry(Entry("projects", 5, _("Portfolio"), "portfolio", PORTFOLIO, ("portfolio-sheet",)))
    calendar.register(own_dates)
    register_reader("projects.PortfolioSheet", lambda user, sheet: sheet.owner_id == user.pk)
