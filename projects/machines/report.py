"""The machine of a report."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects import conditions as when
from projects import rules as who
from projects.enums import OPEN_REPORTS
from projects.enums import ReportState as S
from workflows.machine import Machine, State, Transition

REPORT = Machine(
    model="projects.Report",
    title=_("Report"),
    states=(
        State(S.DRAFT, S.DRAFT.label, S.DRAFT.label, "", _("the investigator")),
        State(S.SUBMITTED, S.SUBMITTED.label, S.SUBMITTED.label, "go", _("the organisation")),
        State(S.RETURNED, S.RETURNED.label, S.RETURNED.label, "warn", _("the investigator")),
        State(S.ENDORSED, S.ENDORSED.label, S.ENDORSED.label, "go", _("the programme officer")),
        State(S.ACCEPTED, S.ACCEPTED.label, S.ACCEPTED.label, "ok", final=True),
    ),
    way=(S.DRAFT, S.SUBMITTED, S.ENDORSED, S.ACCEPTED),
    transitions=(
        Transition(
            "submit",
            OPEN_REPORTS,
            S.SUBMITTED,
            pgettext_lazy("report", "Submit"),
            who.is_investigator,
            (when.project_runs, when.report_is_written),
        ),
        Transition("endorse", (S.SUBMITTED,), S.ENDORSED, pgettext_lazy("report", "Endorse"), who.administers),
        Transition(
            "return_by_organisation",
            (S.SUBMITTED,),
            S.RETURNED,
            pgettext_lazy("report", "Return for correction"),
            who.administers,
            note="required",
        ),
        Transition("accept", (S.ENDORSED,), S.ACCEPTED, pgettext_lazy("report", "Accept"), who.is_officer),
        Transition(
            "return_by_department",
            (S.ENDORSED,),
            S.RETURNED,
            pgettext_lazy("report", "Return for correction"),
            who.is_officer,
            note="required",
        ),
    ),
)
