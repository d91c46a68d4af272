"""The funding list: made from the ranking, corrected with reasons, approved by a second person, confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from directory.models import User
from experts.queries.meeting import Decision
from projects import rules as who
from projects.actions import letter, notice, project
from projects.actions.step import step
from projects.definitions.plan import Plan
from projects.enums import FundingListState, LetterKind, ProposalState
from projects.models import Call, FundingItem, FundingList, Proposal
from projects.queries.panel import Refill, panel_decisions, panel_reason, refills, seal_of
from projects.queries.ranking import ranked
from workflows.actions import journal
from workflows.actions.perform import perform
from workflows.actions.unit import unit
from workflows.actors import SYSTEM
from workflows.errors import NotAllowed, Reason, Refused


def make_funding_list(*, call: Call, by: User) -> FundingList:
    """Draft the list of a call: every reviewed proposal is an item, the best are funded as asked.

    How many follows from the plan's places (none given: nothing is funded yet); what a panel decided in a meeting whose
    minutes are confirmed goes before that, and its reason is the reason of the departure. The call's present list is
    returned when there is one. Refused while reviews run or when nothing was reviewed.
    """
    if not who.is_officer(call, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    with unit():
        locked = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
        present: FundingList | None = locked.funding_lists.exclude(state=FundingListState.CANCELLED).first()
        if present is not None:
            return present
        rows = _ready(locked)
        funding_list = FundingList.objects.create(call=locked, drafted_by=by)
        places = Plan.model_validate(locked.plan).places
        panel = panel_decisions(row for _rank, row in rows)
        FundingItem.objects.bulk_create(
            _item(funding_list, rank, row, by_rank=rank <= places, panel=panel.get(row.pk)) for rank, row in rows
        )
        _total(funding_list)
        journal.append(action="projects.fundinglist.make", subject=funding_list, by=by, data={"items": len(rows)})
    return funding_list


def _ready(call: Call) -> list[tuple[int, Proposal]]:
    if call.proposals.filter(state__in=[ProposalState.ELIGIBLE, ProposalState.IN_REVIEW]).exists():
        raise Refused(Reason("review_running", _("Proposals of this call are still in review."), _("Wait for them.")))
    rows = ranked(call)
    if not rows:
        raise Refused(Reason("nothing_reviewed", _("No proposal of this call was reviewed."), _("Run a review first.")))
    return rows


def _item(
    funding_list: FundingList, rank: int, proposal: Proposal, *, by_rank: bool, panel: Decision | None
) -> FundingItem:
    funded = (panel.funds if panel else by_rank) and proposal.requested > 0
    departs = panel is not None and panel.funds != by_rank
    return FundingItem(
        funding_list=funding_list,
        proposal=proposal,
        rank=rank,
        score=proposal.score or Decimal(0),
        requested=proposal.requested,
        funded=funded,
        amount=proposal.requested if funded else Decimal(0),
        reason=panel_reason(panel) if panel and departs else "",
    )


def edit_item(*, item: FundingItem, funded: bool, amount: Decimal, reason: str, by: User) -> FundingItem:
    """Put an item on one side of the line with its amount in yuan and, for a departure, the reason.

    What is not funded gets nothing. Refused once the list has left the officer.
    """
    if not who.is_officer(item.funding_list, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    with unit():
        funding_list = FundingList.objects.select_for_update(of=("self",)).get(pk=item.funding_list_id)
        _check_draft(funding_list)
        _check_amount(item, amount, funded=funded)
        item.funded, item.amount, item.reason = funded, amount if funded else Decimal(0), reason.strip()
        item.save(update_fields=["funded", "amount", "reason"])
        _total(funding_list)
        journal.append(
            action="projects.fundingitem.edit",
            subject=funding_list,
            by=by,
            data={"item": item.pk, "funded": funded, "amount": str(item.amount)},
        )
    return item


def take_panel_decisions(*, funding_list: FundingList, chosen: Sequence[int], seal: str, by: User) -> FundingList:
    """Make the chosen items (by primary key) what the panels decided, as it was shown.

    seal -- `seal_of` the rows shown. Refused when the list or the decisions have changed since, when nothing is chosen,
    and once the list has left the officer.
    """
    if not who.is_officer(funding_list, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    with unit():
        locked = FundingList.objects.select_for_update(of=("self",)).select_related("call").get(pk=funding_list.pk)
        _check_draft(locked)
        rows = refills(locked)
        _check_refills(rows, chosen, seal)
        taken = [one for one in rows if one.item.pk in set(chosen)]
        for one in taken:
            one.item.funded, one.item.amount, one.item.reason = one.funded, one.amount, one.reason
        FundingItem.objects.bulk_update([one.item for one in taken], ["funded", "amount", "reason"])
        _total(locked)
        facts = [{"item": one.item.pk, "funded": one.funded, "meeting": one.decision.uid} for one in taken]
        journal.append(action="projects.fundinglist.panel", subject=locked, by=by, data={"items": facts})
    funding_list.refresh_from_db()
    return funding_list


def _check_draft(funding_list: FundingList) -> None:
    if funding_list.state != FundingListState.DRAFT:
        text = _("The list is not a draft any more.")
        raise Refused(Reason("wrong_state", text, _("Ask for it to be returned to you.")))


def _check_refills(rows: Sequence[Refill], chosen: Sequence[int], seal: str) -> None:
    if seal != seal_of(rows):
        text = _("The list or the decisions of the panels have changed since this was shown.")
        raise Refused(Reason("changed_since", text, _("Look at the rows again and tick what you take over.")))
    if not {one.item.pk for one in rows} & set(chosen):
        raise Refused(Reason("nothing_chosen", _("Nothing is ticked."), _("Tick the rows that you take over.")))


def _check_amount(item: FundingItem, amount: Decimal, *, funded: bool) -> None:
    if funded and not 0 < amount <= item.requested:
        raise Refused(
            Reason(
                "amount_out_of_range",
                _("“%(title)s”: the amount must be above zero and at most what was requested.")
                % {"title": item.proposal.title},
                _("Correct the amount."),
            )
        )


def _total(funding_list: FundingList) -> None:
    funding_list.total = funding_list.items.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)
    funding_list.save(update_fields=["total"])


def ask_approval(*, funding_list: FundingList, by: User, note: str = "") -> FundingList:
    """Hand the list to a decision maker; its funded proposals become “proposed”."""
    with unit():
        with perform(funding_list, "ask_approval", by=by, note=note):
            pass
        for proposal in _proposals(funding_list, ProposalState.REVIEWED, funded=True):
            with step(proposal, "propose", by=SYSTEM):
                pass
    return funding_list


def return_list(*, funding_list: FundingList, by: User, note: str) -> FundingList:
    """Give the list back to the officer; its proposals are “reviewed” again."""
    with unit():
        with perform(funding_list, "return_list", by=by, note=note):
            pass
        for proposal in _proposals(funding_list, ProposalState.PROPOSED):
            with step(proposal, "unpropose", by=SYSTEM):
                pass
    return funding_list


def cancel_list(*, funding_list: FundingList, by: User, note: str) -> FundingList:
    """Discard a draft; another one can then be made."""
    with perform(funding_list, "cancel_list", by=by, note=note):
        pass
    return funding_list


def approve_list(*, funding_list: FundingList, by: User, note: str = "") -> FundingList:
    """Approve as the second person: the public notice opens and the funded proposals are on it."""
    with unit():
        with perform(funding_list, "approve_list", by=by, note=note) as row:
            row.approved_by = by
        for proposal in _proposals(funding_list, ProposalState.PROPOSED):
            with step(proposal, "put_on_notice", by=SYSTEM):
                pass
        notice.publish_notice(funding_list=funding_list)
    return funding_list


def confirm_list(*, funding_list: FundingList, by: User, note: str = "") -> FundingList:
    """Confirm after the notice: approve and decline, write the letters, begin the projects."""
    with unit():
        with perform(funding_list, "confirm", by=by, note=note):
            notice.close_notices(funding_list=funding_list)
        items = funding_list.items.select_related("proposal__call", "proposal__organisation", "proposal__applicant")
        for item in items:
            _conclude(item)
    return funding_list


def _conclude(item: FundingItem) -> None:
    proposal = item.proposal
    if item.funded and proposal.state == ProposalState.ON_NOTICE:
        with step(proposal, "approve", by=SYSTEM):
            pass
        letter.write_letter(proposal=proposal, kind=LetterKind.APPROVAL, amount=item.amount)
        project.begin_project(item=item)
    elif proposal.state == ProposalState.REVIEWED:
        with step(proposal, "decline", by=SYSTEM):
            pass
        letter.write_letter(proposal=proposal, kind=LetterKind.REFUSAL)


def _proposals(funding_list: FundingList, state: ProposalState, **conditions: bool) -> Sequence[Proposal]:
    items = funding_list.items.filter(proposal__state=state, **conditions).select_related("proposal")
    return [item.proposal for item in items]
