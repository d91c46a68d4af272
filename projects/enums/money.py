"""Kinds and states of budgets, of what changes them and of what is paid."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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


class FundsSource(TextChoices):
    """Where own money (自筹经费) comes from (domain 1.1)."""

    OWN = "own", pgettext_lazy("own money", "the organisation's own money")
    FISCAL = "other_fiscal", pgettext_lazy("own money", "other fiscal money")
    OTHER = "other", pgettext_lazy("own money", "other money")


class RepaymentState(TextChoices):
    """Where money stands that is returned at the end of a project."""

    TOLD = "told", pgettext_lazy("repayment", "to be confirmed")
    CONFIRMED = "confirmed", pgettext_lazy("repayment", "received")
    REJECTED = "rejected", pgettext_lazy("repayment", "not received")
