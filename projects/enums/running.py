"""Kinds and states of projects under way: reports, results, milestones, acceptance."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class ProjectState(TextChoices):
    """Where a project stands; what follows `active` is the life of the project."""

    CONTRACT = "contract", pgettext_lazy("project", "contract")
    ACTIVE = "active", pgettext_lazy("project", "active")
    LAPSED = "lapsed", pgettext_lazy("project", "lapsed")
    SUSPENDED = "suspended", pgettext_lazy("project", "suspended")
    TERMINATED = "terminated", pgettext_lazy("project", "terminated")
    REVOKED = "revoked", pgettext_lazy("project", "revoked")
    PASSED = "passed", pgettext_lazy("project", "passed")
    CONCLUDED = "concluded", pgettext_lazy("project", "concluded")
    FAILED = "failed", pgettext_lazy("project", "failed")


ENDED_EARLY = (ProjectState.LAPSED, ProjectState.TERMINATED, ProjectState.REVOKED)
ACCEPTED = (ProjectState.PASSED, ProjectState.CONCLUDED, ProjectState.FAILED)
OVER = (*ENDED_EARLY, *ACCEPTED)


class AcceptanceState(TextChoices):
    """Where the acceptance (验收) of a project stands."""

    DRAFT = "draft", pgettext_lazy("acceptance", "to be filed")
    RETURNED = "returned", pgettext_lazy("acceptance", "returned")
    FILED = "filed", pgettext_lazy("acceptance", "filed")
    CONFIRMED = "confirmed", pgettext_lazy("acceptance", "confirmed by the organisation")
    CHECKED = "checked", pgettext_lazy("acceptance", "checked")
    IN_REVIEW = "in_review", pgettext_lazy("acceptance", "with experts")
    OPINED = "opined", pgettext_lazy("acceptance", "experts heard")
    PROPOSED = "proposed", pgettext_lazy("acceptance", "outcome proposed")
    RECTIFYING = "rectifying", pgettext_lazy("acceptance", "being rectified")
    DECIDED = "decided", pgettext_lazy("acceptance", "decided")


OPEN_ACCEPTANCES = (AcceptanceState.DRAFT, AcceptanceState.RETURNED, AcceptanceState.RECTIFYING)


class AcceptanceOutcome(TextChoices):
    """What an acceptance ends with; rectification is asked for once and is no end (domain 2.7)."""

    PASSED = "passed", pgettext_lazy("acceptance", "passed")
    CONCLUDED = "concluded", pgettext_lazy("acceptance", "concluded")
    FAILED = "failed", pgettext_lazy("acceptance", "not passed")
    RECTIFY = "rectify", pgettext_lazy("acceptance", "to be rectified")


class AppealState(TextChoices):
    """What became of an appeal against the outcome of an acceptance."""

    MADE = "made", pgettext_lazy("appeal", "to be answered")
    UPHELD = "upheld", pgettext_lazy("appeal", "outcome stands")
    GRANTED = "granted", pgettext_lazy("appeal", "granted")


class Organiser(TextChoices):
    """Who calls the experts of an acceptance together, by the grant (domain 2.7)."""

    ORGANISATION = "organisation", pgettext_lazy("acceptance", "the host organisation")
    AUTHORITY = "authority", pgettext_lazy("acceptance", "the recommending authority")
    DEPARTMENT = "department", pgettext_lazy("acceptance", "the department")


class Attainment(TextChoices):
    """How far a target of the contract was reached."""

    REACHED = "reached", pgettext_lazy("target", "reached")
    PARTLY = "partly", pgettext_lazy("target", "partly reached")
    MISSED = "missed", pgettext_lazy("target", "not reached")


class HandoverState(TextChoices):
    """Where a hand-over of projects between officers stands."""

    PLANNED = "planned", pgettext_lazy("hand-over", "planned")
    RUNNING = "running", pgettext_lazy("hand-over", "handed over")
    ENDED = "ended", pgettext_lazy("hand-over", "handed back")
    CANCELLED = "cancelled", pgettext_lazy("hand-over", "cancelled")


class MilestoneState(TextChoices):
    """Where a milestone (里程碑) of a contract stands."""

    AHEAD = "ahead", pgettext_lazy("milestone", "ahead")
    CLAIMED = "claimed", pgettext_lazy("milestone", "said to be reached")
    REACHED = "reached", pgettext_lazy("milestone", "reached")


class ResultKind(TextChoices):
    """What came out of a project."""

    PAPER = "paper", pgettext_lazy("result", "paper")
    PATENT = "patent", pgettext_lazy("result", "patent")
    STANDARD = "standard", pgettext_lazy("result", "standard")
    PEOPLE = "people", pgettext_lazy("result", "people trained")
    CONTRACT = "contract", pgettext_lazy("result", "technology contract")


class ReportKind(TextChoices):
    """What a report is for."""

    ANNUAL = "annual", pgettext_lazy("report", "annual report")
    MIDTERM = "midterm", pgettext_lazy("report", "mid-term check")


class ReportState(TextChoices):
    """Where a report on a project stands."""

    DRAFT = "draft", pgettext_lazy("report", "to be written")
    SUBMITTED = "submitted", pgettext_lazy("report", "submitted")
    RETURNED = "returned", pgettext_lazy("report", "returned")
    ENDORSED = "endorsed", pgettext_lazy("report", "endorsed")
    ACCEPTED = "accepted", pgettext_lazy("report", "accepted")


OPEN_REPORTS = (ReportState.DRAFT, ReportState.RETURNED)
