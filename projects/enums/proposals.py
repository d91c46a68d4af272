"""Kinds and states of proposals, of what checks find, and of what is decided on them."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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
