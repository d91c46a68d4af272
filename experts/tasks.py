"""Effects and periodic jobs of this room."""

from __future__ import annotations

from typing import Any

from experts.actions.assignment import expire_overdue, expire_unanswered
from experts.actions.credit import update_credit
from experts.actions.divergence import propose_one_more
from experts.actions.dossier import copy_attachments
from experts.actions.draw import carry_out
from experts.actions.listing import carry_out_taking, read_pool_list
from experts.actions.naming import look_for_names
from experts.actions.pool import end_suspensions
from experts.actions.ranking import compute_ranking
from experts.models import Dossier, Draw, PoolList, ReviewRound
from workflows.effects import effect
from workflows.schedule import every


@every(minutes=5)
def expire_overdue_reviews() -> None:
    """Seats whose invitation ran out, or whose scores were due and are not submitted, become free."""
    expire_unanswered()
    expire_overdue()


@effect("experts.one_more")
def propose_one_more_expert(_key: str, payload: dict[str, Any]) -> None:
    """Where opinions diverge the rule of a round proposes one more expert; once."""
    propose_one_more(dossier=Dossier.objects.get(pk=payload["dossier"]))


@effect("experts.credit")
def compute_the_credit(_key: str, payload: dict[str, Any]) -> None:
    """When a round is closed the credit of its experts is computed; ratings given since stay."""
    update_credit(review_round=ReviewRound.objects.get(pk=payload["round_id"]))


@every(minutes=60)
def end_suspensions_with_a_term() -> None:
    """Suspensions whose last day has passed end by themselves."""
    end_suspensions()


@effect("experts.ranking")
def compute_the_ranking(_key: str, payload: dict[str, Any]) -> None:
    """Calibrated figures are computed away from the request; those of the same scores stay as they are."""
    compute_ranking(review_round=ReviewRound.objects.get(pk=payload["round_id"]))


@effect("experts.dossier.copy")
def copy_the_attachments(_key: str, payload: dict[str, Any]) -> None:
    """Names are looked for, copies without metadata written, away from the request; what stands already stays."""
    dossier = Dossier.objects.get(pk=payload["dossier"])
    look_for_names(dossier=dossier)
    copy_attachments(dossier=dossier)


@effect("experts.draw")
def carry_out_a_draw(_key: str, payload: dict[str, Any]) -> None:
    """Two thousand dossiers and three thousand experts take longer than a page may."""
    carry_out(draw=Draw.objects.select_related("round").get(pk=payload["draw"]))


@effect("experts.list.read")
def read_a_list_of_experts(_key: str, payload: dict[str, Any]) -> None:
    """Three thousand rows take longer than a page may; a preview that stands already stays."""
    read_pool_list(pool_list=PoolList.objects.select_related("by").get(pk=payload["list"]))


@effect("experts.list.take")
def take_a_list_of_experts(_key: str, payload: dict[str, Any]) -> None:
    """Writing three thousand people takes longer than a page may; a list that was taken stays as it is."""
    carry_out_taking(pool_list=PoolList.objects.select_related("asked_by").get(pk=payload["list"]))
