"""The recommending authority's part: one letter with a list, or a return or refusal with reasons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext_lazy as _

from directory.models import Organisation, User
from directory.queries.standing import standing
from projects.actions.step import Outcome, each, step
from projects.models import Call, Proposal, RecommendationLetter
from workflows.actions import journal
from workflows.actions.unit import unit
from workflows.actors import Actor
from workflows.errors import NotAllowed, Reason, Refused


def recommend_proposals(
    *, call: Call, authority: Organisation, proposals: Iterable[Proposal], number: str, by: User
) -> tuple[RecommendationLetter, list[Outcome]]:
    """Recommend proposals of one call under one letter; what is refused stays out of the letter and says why.

    Refused when the number is empty or used, when nothing is chosen, or when not one could be recommended.
    """
    chosen, number = list(proposals), number.strip()
    if authority.pk not in standing(by).recommends_for:
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    with unit():
        _check_letter(authority, number, chosen)
        letter = RecommendationLetter.objects.create(call=call, authority=authority, number=number, by=by)
        outcomes = each(chosen, lambda proposal: _recommend(proposal, letter, by))
        done = [one.proposal for one in outcomes if one.done]
        if not done:
            raise Refused(*(reason for one in outcomes for reason in one.reasons))
        journal.append(
            action="projects.recommendationletter.send",
            subject=letter,
            by=by,
            data={"call": call.pk, "authority": authority.pk, "proposals": [one.pk for one in done]},
        )
    return letter, outcomes


def _check_letter(authority: Organisation, number: str, chosen: Sequence[Proposal]) -> None:
    if not chosen:
        raise Refused(Reason("nothing_chosen", _("No proposal is chosen."), _("Choose the proposals to recommend.")))
    if not number:
        raise Refused(Reason("number_missing", _("The letter has no number."), _("Write the number of the letter.")))
    if RecommendationLetter.objects.filter(authority=authority, number=number).exists():
        raise Refused(
            Reason(
                "number_used", _("A letter with this number was sent already."), _("Check the number of the letter.")
            )
        )


def _recommend(proposal: Proposal, letter: RecommendationLetter, by: User) -> None:
    if proposal.call_id != letter.call_id or proposal.organisation.authority_id != letter.authority_id:
        raise Refused(Reason("other_call", _("This proposal does not belong to the letter's call and authority.")))
    with step(proposal, "recommend", by=by, data={"letter": letter.pk}) as row:
        row.recommendation = letter


def return_by_authority(*, proposal: Proposal, by: Actor, note: str) -> Proposal:
    """Send the proposal back to the applicant with what is to be corrected. Refused once it could not come back."""
    with step(proposal, "return_by_authority", by=by, note=note):
        pass
    return proposal


def refuse_recommendation(*, proposal: Proposal, by: Actor, note: str) -> Proposal:
    """Refuse for good, with reasons."""
    with step(proposal, "refuse_recommendation", by=by, note=note):
        pass
    return proposal
