"""The hand-over to review, and what comes back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models import User
from experts.actions.dossier import HandIn, hand_in_dossier, put_in_round
from experts.actions.round import plan_round
from experts.models import Dossier, ReviewRound
from experts.queries.naming import as_data
from projects import rules as who
from projects.actions.step import step
from projects.definitions.plan import Plan
from projects.definitions.scoring import Scoring
from projects.enums import ProposalState
from projects.models import Call, Proposal
from projects.queries.avoidance import asked_to_avoid
from projects.queries.dossier import (
    dossier_content,
    dossier_keywords,
    dossier_title,
    hidden_names,
    kept_away_organisations,
    kept_away_people,
)
from workflows.actions.unit import unit
from workflows.actors import SYSTEM, Actor
from workflows.errors import NotAllowed, Reason, Refused

FULL_POINTS = 100
FEWEST_SHEETS = 3


def send_call_to_review(*, call: Call, by: User) -> list[Proposal]:
    """Send every eligible proposal of the call to one review round, as frozen dossiers.

    Sent again, what came late joins the same round; what is in it stays. Refused while proposals of the call
    still wait for the check, when none is eligible, and once the round's invitations are out.
    """
    if not who.is_officer(call, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    with unit():
        locked = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
        waiting = _ready(locked)
        review_round = _round(locked, by)
        dossiers = [_hand_in(proposal, by) for proposal in waiting]
        put_in_round(review_round=review_round, dossiers=dossiers, by=by)
        for proposal in waiting:
            with step(proposal, "send_to_review", by=by, data={"round": review_round.pk}):
                pass
    return waiting


def send_to_review(*, proposal: Proposal, by: User, note: str = "") -> Proposal:
    """Send the whole call of `proposal` to review: experts compare, so nothing is reviewed alone."""
    send_call_to_review(call=proposal.call, by=by)
    proposal.refresh_from_db()
    return proposal


def _ready(call: Call) -> list[Proposal]:
    if call.proposals.filter(state=ProposalState.RECOMMENDED).exists():
        raise Refused(Reason("check_running", _("Proposals still wait for the check."), _("Decide on them first.")))
    rows = call.proposals.filter(state=ProposalState.ELIGIBLE)
    waiting = list(
        rows.select_related("call", "organisation", "applicant", "direction", "current_version").order_by("pk")
    )
    if not waiting:
        raise Refused(Reason("nothing_eligible", _("No proposal is ready for review."), _("Finish the check first.")))
    return waiting


def reference_of(call: Call) -> str:
    """The label under which the review of a call comes back."""
    return f"projects.call:{call.pk}"


def _round(call: Call, by: Actor) -> ReviewRound:
    plan = Plan.model_validate(call.plan)
    return plan_round(
        title=call.title,
        scheme=scheme_of(call),
        by=by,
        reference=reference_of(call),
        experts_per_dossier=plan.experts_per_proposal,
        minimum_sheets=min(FEWEST_SHEETS, plan.experts_per_proposal),
        score_deadline=timezone.now() + dt.timedelta(days=plan.review_days),
        blind=plan.blind,
        names_first=plan.names_first,
        ranking_method=plan.ranking_method,
        extra_expert=plan.extra_expert,
        divergence=Decimal(plan.divergence),
        answer_days=plan.answer_days,
    )


def scheme_of(call: Call) -> dict[str, Any]:
    """The scoring scheme of a call as the review service reads it: each criterion from 0 to 100 points."""
    scoring = Scoring.model_validate(call.scoring)
    return {
        "criteria": [
            {
                "id": one.id,
                "name": one.name,
                "guidance": one.guidance,
                "weight": str(one.weight),
                "max": str(FULL_POINTS),
            }
            for one in scoring.criteria
        ],
        "veto": [{"id": one.id, "name": one.name} for one in scoring.vetoes],
        "recommendation": scoring.recommendation,
        "min_opinion_length": scoring.least_opinion,
        "extremes": {
            "low": str(scoring.explain_to),
            "high": str(scoring.explain_from),
            "length": scoring.explain_length,
        },
        "checks": {"placeholder": scoring.placeholder, "pasted": scoring.pasted, "all_equal": scoring.all_equal},
    }


def _hand_in(proposal: Proposal, by: Actor) -> Dossier:
    names = hidden_names(proposal)
    content, avoided = dossier_content(proposal, names), asked_to_avoid(proposal)
    area = proposal.direction.focus_area_id if proposal.direction else None
    return hand_in_dossier(
        dossier=HandIn(
            subject_type=proposal._meta.label_lower,
            subject_id=str(proposal.pk),
            title=dossier_title(proposal, names),
            sections=tuple(content["sections"]),
            files=tuple(content["files"]),
            focus_areas=(area,) if area else (),
            keywords=tuple(dossier_keywords(proposal, names)),
            kept_away_people=tuple(kept_away_people(proposal)),
            kept_away_organisations=tuple(kept_away_organisations(proposal)),
            asked_to_avoid=tuple(sorted({pk for one in avoided for pk in one.people})),
            organisations_to_avoid=tuple(sorted({pk for one in avoided for pk in one.organisations})),
            names=tuple(as_data(names)),
            requests=tuple({"who": one.who, "reason": one.reason, "known": one.known} for one in avoided),
        ),
        by=by,
    )


def leave_reviews(*, proposals: Iterable[int]) -> list[Proposal]:
    """Their round was cancelled: by primary key, those still in review can be sent to another round."""
    done = []
    with unit():
        for proposal in Proposal.objects.filter(pk__in=proposals, state=ProposalState.IN_REVIEW).order_by("pk"):
            with step(proposal, "leave_review", by=SYSTEM):
                pass
            done.append(proposal)
    return done


def finish_reviews(*, scores: Mapping[int, Decimal], method: str = "mean") -> list[Proposal]:
    """Take over the scores of a closed round, by primary key; what was taken over before stays as it is.

    method -- what the scores follow (experts.enums.RankingMethod); it is journaled with each proposal.
    """
    done = []
    with unit():
        for pk, score in sorted(scores.items()):
            proposal = Proposal.objects.get(pk=pk)
            if proposal.state != ProposalState.IN_REVIEW:
                continue
            with step(proposal, "finish_review", by=SYSTEM, data={"method": method}) as row:
                row.score = score.quantize(Decimal("0.01"))
            done.append(proposal)
    return done
