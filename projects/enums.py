"""Kinds and states of calls, proposals, decisions, contracts and projects."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CallKind(TextChoices):
    """What a call gives."""

    PROJECT = "project", _("research project")
    KEY_LAB = "key_lab", _("key laboratory")
    BASE = "base", _("cooperation base")


class CallState(TextChoices):
    """Where a call stands. Open or closed for filing follows from the deadline, not from the state."""

    DRAFT = "draft", _("draft")
    IN_APPROVAL = "in_approval", _("in approval")
    PUBLISHED = "published", _("published")
    CONCLUDED = "concluded", _("concluded")
    CANCELLED = "cancelled", _("cancelled")


class ExtensionState(TextChoices):
    """Where the extension of a published call stands."""

    PROPOSED = "proposed", pgettext_lazy("extension", "to be approved")
    APPROVED = "approved", pgettext_lazy("extension", "in force")
    REFUSED = "refused", pgettext_lazy("extension", "not approved")
    WITHDRAWN = "withdrawn", pgettext_lazy("extension", "withdrawn")


class BudgetMode(TextChoices):
    """How the money is planned (预算制 or 包干制)."""

    ITEMISED = "itemised", _("itemised budget")
    LUMP_SUM = "lump_sum", _("lump sum")


class ContactKind(TextChoices):
    """What a contact of a call answers."""

    GUIDE = "guide", _("the guide")
    RECOMMENDATION = "recommendation", _("recommendation")
    SYSTEM = "system", _("the system")
    BUDGET = "budget", _("budget")
    INTEGRITY = "integrity", _("research integrity")


class DocumentKind(TextChoices):
    """What a document of a call is for."""

    GUIDE = "guide", pgettext_lazy("document", "guide")
    TEMPLATE = "template", pgettext_lazy("document", "template")
    EXPLANATION = "explanation", pgettext_lazy("document", "how to fill it in")
    OTHER = "other", pgettext_lazy("document", "other")


class ProposalState(TextChoices):
    """Where a proposal stands (design, the machines)."""

    DRAFT = "draft", pgettext_lazy("proposal", "draft")
    SUBMITTED = "submitted", pgettext_lazy("proposal", "submitted")
    RETURNED = "returned", pgettext_lazy("proposal", "returned for correction")
    ENDORSED = "endorsed", pgettext_lazy("proposal", "endorsed")
    RECOMMENDED = "recommended", pgettext_lazy("proposal", "recommended")
    ELIGIBLE = "eligible", pgettext_lazy("proposal", "eligible")
    INELIGIBLE = "ineligible", pgettext_lazy("proposal", "not eligible")
    IN_REVIEW = "in_review", pgettext_lazy("proposal", "in review")
    REVIEWED = "reviewed", pgettext_lazy("proposal", "reviewed")
    PROPOSED = "proposed", pgettext_lazy("proposal", "proposed for funding")
    ON_NOTICE = "on_notice", pgettext_lazy("proposal", "on public notice")
    ON_HOLD = "on_hold", pgettext_lazy("proposal", "on hold (objection)")
    APPROVED = "approved", pgettext_lazy("proposal", "approved")
    DECLINED = "declined", pgettext_lazy("proposal", "not funded")
    NOT_ENDORSED = "not_endorsed", pgettext_lazy("proposal", "not endorsed")
    NOT_RECOMMENDED = "not_recommended", pgettext_lazy("proposal", "not recommended")
    WITHDRAWN = "withdrawn", pgettext_lazy("proposal", "withdrawn")
    EXPIRED = "expired", pgettext_lazy("proposal", "expired")


# States in which its people may write a proposal, and states in which it takes no place any more.
WRITABLE = (ProposalState.DRAFT, ProposalState.RETURNED)
GONE = (ProposalState.WITHDRAWN, ProposalState.EXPIRED)


class ParticipantRole(TextChoices):
    """What a person does in a proposal."""

    INVESTIGATOR = "investigator", _("principal investigator")
    KEY_MEMBER = "key_member", _("key member")
    MEMBER = "member", _("member")


class ParticipantState(TextChoices):
    """Whether a named co-applicant has agreed."""

    NAMED = "named", _("named")
    INVITED = "invited", _("invited")
    CONFIRMED = "confirmed", _("confirmed")
    DECLINED = "declined", _("declined")


class FindingLevel(TextChoices):
    """What a check found."""

    PASSED = "passed", _("passed")
    WARNING = "warning", _("to be confirmed")
    FAILED = "failed", _("does not hold")


class FindingVerdict(TextChoices):
    """What the officer made of a finding."""

    OPEN = "open", _("open")
    CONFIRMED = "confirmed", _("confirmed")
    OVERRULED = "overruled", _("overruled")


class FundingListState(TextChoices):
    """Where a funding list stands."""

    DRAFT = "draft", _("draft")
    IN_APPROVAL = "in_approval", _("in approval")
    ON_NOTICE = "on_notice", _("on public notice")
    CONFIRMED = "confirmed", _("confirmed")
    CANCELLED = "cancelled", _("cancelled")


class NoticeState(TextChoices):
    """Where a public notice (公示) stands."""

    DRAFT = "draft", pgettext_lazy("notice", "draft")
    PUBLISHED = "published", pgettext_lazy("notice", "published")
    CLOSED = "closed", pgettext_lazy("notice", "closed")
    CANCELLED = "cancelled", pgettext_lazy("notice", "cancelled")


class ObjectionState(TextChoices):
    """Where an objection stands."""

    RECEIVED = "received", pgettext_lazy("objection", "received")
    UPHELD = "upheld", pgettext_lazy("objection", "upheld")
    DISMISSED = "dismissed", pgettext_lazy("objection", "dismissed")
    NOT_ACCEPTED = "not_accepted", pgettext_lazy("objection", "not accepted")


class ContractState(TextChoices):
    """Where a contract (任务书) stands."""

    DRAFT = "draft", pgettext_lazy("contract", "draft")
    SIGNING = "signing", pgettext_lazy("contract", "being signed")
    SIGNED = "signed", pgettext_lazy("contract", "signed")
    LAPSED = "lapsed", pgettext_lazy("contract", "lapsed")
    CANCELLED = "cancelled", pgettext_lazy("contract", "cancelled")


class ContractText(TextChoices):
    """Where a version of a contract's text comes from."""

    GENERATED = "generated", pgettext_lazy("contract text", "as generated")
    FOR_SIGNATURE = "signature", pgettext_lazy("contract text", "for signature")
    NOTICE = "notice", pgettext_lazy("contract text", "after a notice")
    SUPPLEMENT = "supplement", pgettext_lazy("contract text", "supplementary contract")


class SupplementState(TextChoices):
    """Where a supplementary contract (补充任务书) stands."""

    SIGNING = "signing", pgettext_lazy("contract", "being signed")
    SIGNED = "signed", pgettext_lazy("contract", "signed")
    CANCELLED = "cancelled", pgettext_lazy("contract", "cancelled")


class ChangeKind(TextChoices):
    """What a change of a running project (变更) changes (domain 2.6)."""

    PARTICIPANTS = "participants", pgettext_lazy("change", "participants")
    METHOD = "method", pgettext_lazy("change", "technical route")
    INVESTIGATOR = "investigator", pgettext_lazy("change", "principal investigator")
    ORGANISATION = "organisation", pgettext_lazy("change", "host organisation")
    GOALS = "goals", pgettext_lazy("change", "goals and indicators")
    TITLE = "title", pgettext_lazy("change", "title")
    EXTENSION = "extension", pgettext_lazy("change", "extension of the term")
    SUSPENSION = "suspension", pgettext_lazy("change", "suspension")
    RESUMPTION = "resumption", pgettext_lazy("change", "resumption")
    TERMINATION = "termination", pgettext_lazy("change", "termination")
    REVOCATION = "revocation", pgettext_lazy("change", "revocation")


class ChangeRoute(TextChoices):
    """Who decides on a change, the most lenient first."""

    NOTICE = "notice", pgettext_lazy("change route", "recorded at once, by notice")
    ORGANISATION = "organisation", pgettext_lazy("change route", "the organisation decides")
    DEPARTMENT = "department", pgettext_lazy("change route", "the department decides")


class ChangeState(TextChoices):
    """Where a change stands; it is in force from `recorded` or `applied` on."""

    DRAFT = "draft", pgettext_lazy("change", "draft")
    RECORDED = "recorded", pgettext_lazy("change", "recorded at once")
    WITH_ORGANISATION = "with_organisation", pgettext_lazy("change", "with the organisation")
    WITH_NEW_HOST = "with_new_host", pgettext_lazy("change", "with the new host organisation")
    WITH_AUTHORITY = "with_authority", pgettext_lazy("change", "with the recommending authority")
    WITH_DEPARTMENT = "with_department", pgettext_lazy("change", "with the department")
    APPLIED = "applied", pgettext_lazy("change", "approved and in force")
    REJECTED = "rejected", pgettext_lazy("change", "rejected")
    WITHDRAWN = "withdrawn", pgettext_lazy("change", "withdrawn")


OPEN_CHANGES = (
    ChangeState.WITH_ORGANISATION,
    ChangeState.WITH_NEW_HOST,
    ChangeState.WITH_AUTHORITY,
    ChangeState.WITH_DEPARTMENT,
)
IN_FORCE_CHANGES = (ChangeState.RECORDED, ChangeState.APPLIED)


class ChangeStarter(TextChoices):
    """Who may ask for a change."""

    INVESTIGATOR = "investigator", pgettext_lazy("change", "the investigator")
    ORGANISATION = "organisation", pgettext_lazy("change", "the host organisation")
    INTEGRITY = "integrity", pgettext_lazy("change", "an integrity officer")


class TerminationReason(TextChoices):
    """Why a project ends before its time (domain 2.6)."""

    FORCE_MAJEURE = "force_majeure", _("force majeure")
    OVERTAKEN = "overtaken", _("the key technology was published by others, or is not needed any more")
    INVESTIGATOR_GONE = "investigator_gone", _("the investigator has died, is ill, has left, or was convicted")
    PROPERTY_CONFLICT = "property_conflict", _("a conflict over intellectual property")
    HARDSHIP = "hardship", _("the organisation is in great difficulty and returns the money")
    NOT_RECTIFIABLE = "not_rectifiable", _("what was found wrong cannot be put right")


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


class AdjustmentRoute(TextChoices):
    """Who decides on a change of a budget, the most lenient first (domain 1.3)."""

    RECORDED = "recorded", pgettext_lazy("adjustment route", "recorded at once")
    ORGANISATION = "organisation", pgettext_lazy("adjustment route", "the organisation decides")
    DEPARTMENT = "department", pgettext_lazy("adjustment route", "the department decides")
    REFUSED = "refused", pgettext_lazy("adjustment route", "not allowed")

    @property
    def strictness(self) -> int:
        """The greater, the stricter: of all routes that apply the strictest wins."""
        return AdjustmentRoute.values.index(self.value)


class ChannelVersionState(TextChoices):
    """Where a version of the rules of the green channel stands."""

    DRAFT = "draft", pgettext_lazy("rules", "draft")
    PROPOSED = "proposed", pgettext_lazy("rules", "to be approved")
    APPROVED = "approved", pgettext_lazy("rules", "approved, to come")
    IN_FORCE = "in_force", pgettext_lazy("rules", "in force")
    RETIRED = "retired", pgettext_lazy("rules", "followed by a later version")
    WITHDRAWN = "withdrawn", pgettext_lazy("rules", "withdrawn")


# Versions that a project can keep, or will from their day on.
STANDING_VERSIONS = (ChannelVersionState.APPROVED, ChannelVersionState.IN_FORCE, ChannelVersionState.RETIRED)


class CreditGrade(TextChoices):
    """The credit grade (信用等级) of an organisation, the best first."""

    A = "A", pgettext_lazy("credit grade", "A")
    B = "B", pgettext_lazy("credit grade", "B")
    C = "C", pgettext_lazy("credit grade", "C")
    D = "D", pgettext_lazy("credit grade", "D")


class StandingKind(TextChoices):
    """What of an organisation widens or narrows the green channel."""

    PILOT = "pilot", _("pilot of the green channel")
    GRADE = "grade", _("credit grade")


class StandingState(TextChoices):
    """Where the pilot status or credit grade of an organisation stands; dates say whether it holds today."""

    PROPOSED = "proposed", pgettext_lazy("standing", "to be approved")
    GRANTED = "granted", pgettext_lazy("standing", "given")
    REFUSED = "refused", pgettext_lazy("standing", "not approved")
    WITHDRAWN = "withdrawn", pgettext_lazy("standing", "withdrawn")
    ENDED = "ended", pgettext_lazy("standing", "ended")


# What held for some time at least.
GIVEN_STANDINGS = (StandingState.GRANTED, StandingState.ENDED)


class AdjustmentState(TextChoices):
    """Where a change of a budget (预算调剂) stands; it counts from `recorded` or `applied` on."""

    DRAFT = "draft", pgettext_lazy("adjustment", "draft")
    RECORDED = "recorded", pgettext_lazy("adjustment", "recorded at once")
    WITH_ORGANISATION = "with_organisation", pgettext_lazy("adjustment", "with the organisation")
    WITH_DEPARTMENT = "with_department", pgettext_lazy("adjustment", "with the department")
    APPLIED = "applied", pgettext_lazy("adjustment", "approved and applied")
    REJECTED = "rejected", pgettext_lazy("adjustment", "rejected")
    WITHDRAWN = "withdrawn", pgettext_lazy("adjustment", "withdrawn")


COUNTING_ADJUSTMENTS = (AdjustmentState.RECORDED, AdjustmentState.APPLIED)
OPEN_ADJUSTMENTS = (AdjustmentState.WITH_ORGANISATION, AdjustmentState.WITH_DEPARTMENT)


class EquipmentDecrease(TextChoices):
    """Who decides that the equipment falls: the national variants differ, so each organisation rules it."""

    INVESTIGATOR = "investigator", _("the investigator alone")
    ORGANISATION = "organisation", _("the organisation")


class MilestoneState(TextChoices):
    """Where a milestone (里程碑) of a contract stands."""

    AHEAD = "ahead", pgettext_lazy("milestone", "ahead")
    CLAIMED = "claimed", pgettext_lazy("milestone", "said to be reached")
    REACHED = "reached", pgettext_lazy("milestone", "reached")


class InstalmentState(TextChoices):
    """Where an instalment (拨款) of the fiscal money stands."""

    PLANNED = "planned", pgettext_lazy("instalment", "planned")
    PAID = "paid", pgettext_lazy("instalment", "paid")
    ARRIVED = "arrived", pgettext_lazy("instalment", "arrived")
    CANCELLED = "cancelled", pgettext_lazy("instalment", "cancelled")


PAID_INSTALMENTS = (InstalmentState.PAID, InstalmentState.ARRIVED)


class PaymentCondition(TextChoices):
    """What an instalment waits for."""

    SIGNATURE = "signature", pgettext_lazy("instalment", "the signed contract")
    MILESTONE = "milestone", pgettext_lazy("instalment", "a milestone")
    DATE = "date", pgettext_lazy("instalment", "a date")


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


class FundsSource(TextChoices):
    """Where own money (自筹经费) comes from (domain 1.1)."""

    OWN = "own", pgettext_lazy("own money", "the organisation's own money")
    FISCAL = "other_fiscal", pgettext_lazy("own money", "other fiscal money")
    OTHER = "other", pgettext_lazy("own money", "other money")


class LetterKind(TextChoices):
    """What a letter tells."""

    APPROVAL = "approval", _("approval")
    REFUSAL = "refusal", _("refusal")
    INELIGIBLE = "ineligible", _("not eligible")
    RECEIPT = "receipt", _("receipt")
    OPINIONS = "opinions", _("opinions of the experts")


class FeedbackAfter(TextChoices):
    """The decision after which applicants may read what the experts wrote."""

    LIST = "list", _("once the funding list is approved")
    DECISION = "decision", _("once the public notice is over and confirmed")
    NEVER = "never", _("not at all")


class ScoreKind(TextChoices):
    """How a criterion is answered."""

    POINTS = "points", _("points")
    VETO = "veto", _("pass or fail")
