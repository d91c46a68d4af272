"""Conditions of funding lists and public notices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.enums import NoticeState, ObjectionState
from workflows.errors import Reason

if TYPE_CHECKING:
    from projects.models import FundingList


def departures_have_reasons(funding_list: FundingList) -> list[Reason]:
    """Every item on a side that its rank does not give it, or with another amount than asked, has a reason."""
    from projects.queries.departures import departures

    return [
        Reason(
            "departure_without_reason",
            _("“%(title)s” departs from the ranking or the amount without a reason.") % {"title": item.proposal.title},
            _("Write the reason beside it."),
        )
        for item in departures(funding_list)
        if not item.reason.strip()
    ]


def list_funds_something(funding_list: FundingList) -> Reason | None:
    """At least one proposal is funded."""
    if funding_list.items.filter(funded=True, amount__gt=0).exists():
        return None
    return Reason("nothing_funded", _("The list funds nothing."), _("Choose the proposals to fund and their amounts."))


def funded_items_have_amounts(funding_list: FundingList) -> list[Reason]:
    """Every funded item gets money, and none more than it asked for."""
    return [
        Reason(
            "amount_out_of_range",
            _("“%(title)s”: the amount must be above zero and at most what was requested.")
            % {"title": item.proposal.title},
            _("Correct the amount."),
        )
        for item in funding_list.items.filter(funded=True).select_related("proposal")
        if not 0 < item.amount <= item.requested
    ]


def notice_is_over(funding_list: FundingList) -> Reason | None:
    """The public notice was published and its time has passed."""
    notice = funding_list.notices.filter(state__in=[NoticeState.PUBLISHED, NoticeState.CLOSED]).first()
    if notice is not None and notice.closes_at is not None and notice.closes_at <= timezone.now():
        return None
    return Reason("notice_running", _("The public notice is not over yet."), _("Wait until its last day has passed."))


def objections_are_decided(funding_list: FundingList) -> Reason | None:
    """No objection to the notice is open."""
    from projects.models import Objection

    open_ones = Objection.objects.filter(notice__funding_list=funding_list, state=ObjectionState.RECEIVED).count()
    if open_ones == 0:
        return None
    return Reason(
        "objections_open",
        _("Objections still wait for a decision: %(count)d.") % {"count": open_ones},
        _("The integrity officer decides on them first."),
    )
