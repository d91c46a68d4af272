"""What the page of the money offers to whom."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import pgettext

from projects import rules as who
from projects.conditions import condition_is_met, project_runs
from projects.enums import InstalmentState, RepaymentState
from projects.models import Instalment, Repayment
from workflows.verbs import verb_url


@dataclass(frozen=True)
class Offer:
    """Something that can be done with an instalment at `url`."""

    label: str
    url: str
    main: bool = True


def offers_of_repayment(repayment: Repayment, user: Any) -> list[Offer]:
    """What `user` can do with money that was returned."""
    if repayment.state != RepaymentState.TOLD or not who.is_officer(repayment, user):
        return []
    rejected = Offer(pgettext("repayment", "Not received"), verb_url(repayment, "reject"), main=False)
    return [Offer(pgettext("repayment", "Confirm"), verb_url(repayment, "confirm")), rejected]


def offers_of(instalment: Instalment, user: Any, left: Decimal) -> list[Offer]:
    """What `user` can do with the instalment now; `left` is what may still be paid, in yuan."""
    if instalment.state == InstalmentState.PLANNED and who.is_officer(instalment, user):
        if project_runs(instalment) or condition_is_met(instalment) or instalment.amount > left:
            return []
        label = pgettext("instalment", "Record the payment")
        return [Offer(label, reverse("instalment-pay", args=[instalment.uid]))]
    if instalment.state != InstalmentState.PAID:
        return []
    if who.is_officer(instalment, user):
        back = reverse("transition", args=["projects.instalment", instalment.uid, "take_back"])
        return [Offer(pgettext("instalment", "The payment came back"), back, main=False)]
    if who.administers(instalment, user):
        label = pgettext("instalment", "Confirm the arrival")
        return [Offer(label, reverse("instalment-arrival", args=[instalment.uid]))]
    return []
