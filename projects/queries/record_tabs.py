"""The parts of a proposal's record page: one is read at a time on the screen, all of them on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from projects.queries.content_pages import Pages
from projects.queries.findings import Findings


@dataclass(frozen=True)
class Tab:
    """One part: its name in the address, its label, how much is in it, and whether that waits for somebody."""

    name: str
    label: str
    count: int = 0
    urgent: bool = False


def tabs_of(findings: Findings | None, content: Pages) -> list[Tab]:
    """The parts that the reader has, in order; findings are there for the department only."""
    check = [] if findings is None else [Tab("check", _("Examination"), findings.open, urgent=True)]
    return [
        *check,
        Tab("proposal", _("Proposal")),
        Tab("budget", _("Budget")),
        Tab("team", _("Team"), len(content.team)),
        Tab("files", _("Files"), len(content.files)),
        Tab("history", _("What happened")),
    ]


def chosen(tabs: Sequence[Tab], name: str) -> str:
    """The part asked for by `name`; the first one when the reader has none of that name."""
    return next((one.name for one in tabs if one.name == name), tabs[0].name)
