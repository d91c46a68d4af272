"""What reports register when the room is ready: verbs, navigation, inbox, clock."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy


def register() -> None:
    """Called once from `AppConfig.ready`."""
    from directory.policies import PERSON
    from projects.actions.report_clock import register_clock
    from projects.queries.reports_in_hand import SOURCES
    from workflows import inbox, navigation

    _verbs()
    for source in SOURCES:
        inbox.register(source)
    own = ("report", "report-edit")
    navigation.register(
        navigation.Entry("projects", 15, pgettext_lazy("navigation", "Reports"), "reports", PERSON, own)
    )
    register_clock()


def _verbs() -> None:
    from projects.actions import reports
    from projects.models import Report
    from workflows.verbs import register as verb

    verb(Report, "submit", action=reports.submit_report)
    verb(Report, "endorse", action=reports.endorse_report)
    verb(Report, "accept", action=reports.accept_report)
    verb(Report, "return_by_organisation", action=reports.return_by_organisation)
    verb(Report, "return_by_department", action=reports.return_by_department)
