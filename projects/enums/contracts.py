"""Kinds and states of contracts and of what changes them."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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
