from __future__ import annotations

import pytest

from directory.models import User
from experts.actions.feedback import redact_opinion, release_opinions
from experts.actions.round import close_round, rank_round
from experts.models import OpinionRedaction, ReviewRound, ScoreSheet
from experts.queries.feedback import feedback
from tests.factories.directory import auditor, officer
from tests.factories.experts import OPINION, expert_user, scored
from workflows.errors import NotAllowed, Refused
from workflows.models import OutboxMessage

pytestmark = pytest.mark.django_db


def ranked(boss: User) -> ReviewRound:
    review_round = scored(boss, [{expert_user(): 80, expert_user(): 70}])
    rank_round(review_round=review_round, by=boss)
    return review_round


def test_the_applicant_reads_what_the_officer_left_and_the_sheet_stays() -> None:
    boss = officer()
    review_round = ranked(boss)
    first, second = ScoreSheet.objects.order_by("pk")
    redact_opinion(sheet=first, text="技术路线清楚。", reason="原文提及本人单位", by=boss)
    redact_opinion(sheet=second, text="", reason="言辞不当", by=boss)
    said = {one.sheet.pk: (one.text, one.redacted) for one in feedback(review_round)[0].opinions}
    assert said == {first.pk: ("技术路线清楚。", True), second.pk: ("", True)}
    assert ScoreSheet.objects.get(pk=first.pk).opinion == OPINION


def test_a_redaction_needs_a_reason_a_ranked_round_and_an_officer() -> None:
    boss = officer()
    sheet = ScoreSheet.objects.filter(assignment__round=ranked(boss))[0]
    with pytest.raises(Refused) as refused:
        redact_opinion(sheet=sheet, text="x", reason=" ", by=boss)
    assert refused.value.codes == ["reason"]
    with pytest.raises(NotAllowed):
        redact_opinion(sheet=sheet, text="x", reason="y", by=auditor())
    early = ScoreSheet.objects.filter(assignment__round=scored(boss, [{expert_user(): 80}]))[0]
    with pytest.raises(Refused) as refused:
        redact_opinion(sheet=early, text="x", reason="y", by=boss)
    assert (refused.value.codes, OpinionRedaction.objects.count()) == (["not_ranked"], 0)


def test_opinions_are_sent_once_from_a_closed_round_and_stay_as_sent() -> None:
    boss = officer()
    review_round = ranked(boss)
    with pytest.raises(Refused) as refused:
        release_opinions(review_round=review_round, by=boss)
    assert refused.value.codes == ["round_not_closed"]
    close_round(review_round=review_round, by=boss)
    with pytest.raises(NotAllowed):
        release_opinions(review_round=review_round, by=auditor())
    release_opinions(review_round=review_round, by=boss)
    with pytest.raises(Refused) as refused:
        release_opinions(review_round=review_round, by=boss)
    assert refused.value.codes == ["released"]
    with pytest.raises(Refused) as refused:
        redact_opinion(sheet=ScoreSheet.objects.all()[0], text="x", reason="y", by=boss)
    assert (refused.value.codes, OutboxMessage.objects.filter(kind="review.released").count()) == (["released"], 1)
