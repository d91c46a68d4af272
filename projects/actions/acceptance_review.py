"""Acceptances that the department organises go to the review service, several in one round, and come back from it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from directory.models import User
from experts.actions.dossier import hand_in_dossier, put_in_round
from experts.actions.draw import set_rules
from experts.actions.round import plan_round
from experts.enums import ExpertKind
from experts.models import DrawRules, ReviewRound
from projects import rules as who
from projects.definitions.acceptance import acceptance_rules
from projects.definitions.acceptance_review import acceptance_review
from projects.models import Acceptance
from projects.queries.acceptance_dossier import dossier_of
from projects.queries.acceptance_review import REFERENCE
from projects.queries.acceptance_verdict import Verdict, verdict_of
from workflows.actions.perform import perform
from workflows.actions.unit import unit
from workflows.actors import SYSTEM
from workflows.errors import NotAllowed, Reason, Refused

PARTS = ("project__contract", "project__organisation", "project__proposal__direction")


def send_to_experts(*, acceptances: Sequence[Acceptance], title: str, by: User) -> ReviewRound:
    """Plan one round for all of them and hand their papers in. NotAllowed for others than programme officers.

    Refused without any, and where one is not checked, or organised by somebody else.
    """
    if not who.is_officer(None, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    if not acceptances:
        raise Refused(Reason("field:acceptances", _("No acceptance is chosen."), _("Choose at least one.")))
    with unit():
        review_round = _round(title, by)
        rows = Acceptance.objects.filter(pk__in=[one.pk for one in acceptances]).select_related(*PARTS).order_by("pk")
        for row in rows:
            with perform(row, "send_to_experts", by=by, data={"round": review_round.reference}) as locked:
                locked.review = review_round.reference
                _forget(locked)
        dossiers = [hand_in_dossier(dossier=dossier_of(row), by=by) for row in rows]
        put_in_round(review_round=review_round, dossiers=dossiers, by=by)
    return review_round


def _round(title: str, by: User) -> ReviewRound:
    rows, least = acceptance_review(), acceptance_rules().least_experts
    planned = plan_round(
        title=title.strip() or _("Acceptances of projects"),
        scheme=rows.scheme(),
        by=by,
        reference=f"{REFERENCE}{uuid.uuid4()}",
        experts_per_dossier=least,
        minimum_sheets=least,
        score_deadline=timezone.now() + dt.timedelta(days=rows.review_days),
        blind=False,
    )
    kinds = {ExpertKind.FINANCE.value: rows.least_finance_experts} if rows.least_finance_experts else {}
    set_rules(review_round=planned, rules=DrawRules(round=planned, least_kinds=kinds), by=by)
    return planned


def _forget(acceptance: Acceptance) -> None:
    """What experts found before a rectification counts no more; it stays in their round and in the journal."""
    acceptance.heard_on, acceptance.finance = None, None
    acceptance.experts = acceptance.task = acceptance.suggested = acceptance.opinion = ""


def finish_acceptance_reviews(*, review_round: ReviewRound) -> list[Acceptance]:
    """Take over what the experts of a closed round found; what was taken over before stays as it is."""
    done = []
    with unit():
        for row in _under_review(review_round):
            verdict = verdict_of(row, review_round)
            if verdict is not None:
                _take_over(row, verdict)
                done.append(row)
    return done


def _take_over(acceptance: Acceptance, verdict: Verdict) -> None:
    data = {"suggested": verdict.suggested, "recommended": dict(verdict.letters)}
    with perform(acceptance, "finish_review", by=SYSTEM, data=data) as row:
        row.heard_on = timezone.localdate()
        row.experts = "\n".join(_heard(number) for number in range(1, verdict.sheets + 1))
        row.task, row.finance = verdict.task, verdict.finance
        row.suggested, row.opinion = verdict.suggested, verdict.opinion


def _heard(number: int) -> str:
    return _("Expert %(number)d of the review") % {"number": number}


def leave_review(*, review_round: ReviewRound) -> list[Acceptance]:
    """The round was cancelled: the organiser's turn again."""
    done = []
    with unit():
        for row in _under_review(review_round):
            with perform(row, "leave_review", by=SYSTEM) as locked:
                locked.review = ""
            done.append(row)
    return done


def _under_review(review_round: ReviewRound) -> list[Acceptance]:
    rows = Acceptance.objects.filter(review=review_round.reference, state="in_review").select_related(*PARTS)
    return list(rows.order_by("pk"))
