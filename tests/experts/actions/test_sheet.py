from __future__ import annotations

import threading
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, connections

from directory.models import Membership, User
from experts.actions.assignment import accept, assign_expert, declare_conflict
from experts.actions.round import rank_round, send_invitations
from experts.actions.sheet import StaleSheet, save_score_sheet, submit_score_sheet
from experts.models import Assignment, Dossier, ExpertProfile, ReviewRound, ScoreSheet
from tests.factories.directory import MembershipFactory, OrganisationFactory, officer
from tests.factories.experts import SCHEME, accepted, answers, days, expert_user, handed_in, profile_of, running
from workflows.errors import NotAllowed, Refused
from workflows.models import JournalEntry

pytestmark = pytest.mark.django_db


def test_saving_computes_the_total_and_begins_the_sheet() -> None:
    user = expert_user()
    assignment = accepted(officer(), user)
    sheet = save_score_sheet(assignment=assignment, answers=answers(), expected_version=0, by=user)
    assert (sheet.total, sheet.version, assignment.state) == (Decimal("86.00"), 1, "scoring")
    assert sheet.questions == assignment.round.scheme


def test_an_incomplete_sheet_is_saved_without_a_total() -> None:
    user = expert_user()
    assignment = accepted(officer(), user)
    sheet = save_score_sheet(assignment=assignment, answers=answers(way="51"), expected_version=0, by=user)
    assert (sheet.total, sheet.scores) == (None, {"novelty": "80", "way": "51"})


def test_a_stale_autosave_keeps_both_texts() -> None:
    user = expert_user()
    assignment = accepted(officer(), user)
    save_score_sheet(assignment=assignment, answers=answers(opinion="第一个窗口"), expected_version=0, by=user)
    with pytest.raises(StaleSheet) as stale:
        save_score_sheet(assignment=assignment, answers=answers(opinion="第二个窗口"), expected_version=0, by=user)
    assert (stale.value.present.opinion, stale.value.typed.opinion) == ("第一个窗口", "第二个窗口")
    assert ScoreSheet.objects.get().opinion == "第一个窗口"


def test_the_same_answers_again_change_nothing() -> None:
    user = expert_user()
    assignment = accepted(officer(), user)
    save_score_sheet(assignment=assignment, answers=answers(), expected_version=0, by=user)
    again = save_score_sheet(assignment=assignment, answers=answers(), expected_version=0, by=user)
    assert again.version == 1
    assert JournalEntry.objects.filter(action="experts.sheet.save").count() == 1


def test_submitting_twice_gives_one_sheet_and_one_transition() -> None:
    user = expert_user()
    assignment = accepted(officer(), user)
    first = submit_score_sheet(assignment=assignment, answers=answers(), by=user)
    assert submit_score_sheet(assignment=assignment, answers=answers(opinion="另一段文字"), by=user) == first
    assert assignment.state == "submitted"
    assert ScoreSheet.objects.get().opinion == answers().opinion
    assert JournalEntry.objects.filter(action="experts.assignment.submit").count() == 1


def test_everything_that_is_missing_is_named_at_once() -> None:
    user = expert_user()
    assignment = accepted(officer(), user)
    with pytest.raises(Refused) as refused:
        submit_score_sheet(assignment=assignment, by=user)
    assert refused.value.codes == ["score_novelty", "score_way", "veto_law", "opinion", "recommendation"]


@pytest.mark.parametrize(
    "opinion", ["同意同意同意同意同意同意", "很好，很好，很好，很好。。。。", "aaaaaaaaaaaaaaa", "无" * 30]
)
def test_a_text_that_says_nothing_is_refused(opinion: str) -> None:
    user = expert_user()
    assignment = accepted(officer(), user)
    with pytest.raises(Refused) as refused:
        submit_score_sheet(assignment=assignment, answers=answers(opinion=opinion), by=user)
    assert refused.value.codes == ["opinion"]


def test_after_the_deadline_nothing_is_saved_or_submitted() -> None:
    user = expert_user()
    assignment = accepted(officer(), user)
    ReviewRound.objects.update(score_deadline=days(-1))
    with pytest.raises(Refused) as refused:
        save_score_sheet(assignment=assignment, answers=answers(), expected_version=0, by=user)
    assert refused.value.codes == ["deadline_passed"]


def test_a_conflict_that_arose_later_refuses_the_sheet_without_saying_why() -> None:
    user = expert_user()
    unit = OrganisationFactory.create(name="ORGTOKEN大学")
    assignment = accepted(officer(), user)
    save_score_sheet(assignment=assignment, answers=answers(), expected_version=0, by=user)
    Dossier.objects.update(kept_away_organisations=[unit.pk])
    MembershipFactory.create(organisation=unit, person=user.person)
    assert Membership.objects.filter(person=user.person).count() == 2
    with pytest.raises(Refused) as refused:
        submit_score_sheet(assignment=assignment, by=user)
    assert refused.value.codes == ["conflict"]
    assert "ORGTOKEN" not in str([str(reason.text) for reason in refused.value.reasons])


def test_a_suspended_expert_submits_nothing() -> None:
    user = expert_user()
    assignment = accepted(officer(), user)
    ExpertProfile.objects.update(state="suspended")
    with pytest.raises(Refused) as refused:
        submit_score_sheet(assignment=assignment, answers=answers(), by=user)
    assert refused.value.codes == ["conflict"]


def test_nobody_writes_the_sheet_of_another_expert() -> None:
    assignment = accepted(officer(), expert_user())
    with pytest.raises(NotAllowed):
        save_score_sheet(assignment=assignment, answers=answers(), expected_version=0, by=expert_user())


def test_a_recused_expert_writes_no_more() -> None:
    user = expert_user()
    assignment = accepted(officer(), user)
    declare_conflict(assignment=assignment, kind="family", by=user)
    with pytest.raises(Refused) as refused:
        save_score_sheet(assignment=assignment, answers=answers(), expected_version=0, by=user)
    assert refused.value.codes == ["wrong_state"]


def test_a_ranked_round_locks_the_sheet() -> None:
    boss, user = officer(), expert_user()
    assignment = accepted(boss, user)
    submit_score_sheet(assignment=assignment, answers=answers(), by=user)
    rank_round(review_round=ReviewRound.objects.get(), by=boss)
    assert Assignment.objects.get().state == "locked"
    with pytest.raises(Refused):
        save_score_sheet(assignment=assignment, answers=answers(way="1"), expected_version=1, by=user)


@pytest.mark.django_db(transaction=True)
def test_two_submits_at_once_give_one_transition() -> None:
    user = expert_user()
    assignment = accepted(officer(), user)
    barrier = threading.Barrier(2)
    seen: list[int] = []

    def submit() -> None:
        try:
            own = User.objects.get(pk=user.pk)
            mine = Assignment.objects.get(pk=assignment.pk)
            barrier.wait(5)
            seen.append(submit_score_sheet(assignment=mine, answers=answers(), by=own).pk)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=submit) for _one in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    connection.close()
    assert seen == [ScoreSheet.objects.get().pk] * 2
    assert JournalEntry.objects.filter(action="experts.assignment.submit").count() == 1


def strict_scheme(**checks: str) -> dict[str, Any]:
    return {**SCHEME, "extremes": {"low": "30", "high": "95", "length": 40}, "checks": checks}


def two_seats(user: User, scheme: dict[str, Any]) -> list[Assignment]:
    """Two accepted dossiers of one round with this scheme."""
    boss = officer()
    dossiers = [handed_in(number, boss) for number in (1, 2)]
    review_round = running(boss, *dossiers, scheme=scheme)
    for dossier in dossiers:
        assign_expert(dossier=Dossier.objects.get(pk=dossier.pk), expert=profile_of(user), by=boss)
    send_invitations(review_round=review_round, by=boss)
    seats = list(Assignment.objects.order_by("pk"))
    for seat in seats:
        accept(assignment=seat, by=user, statement=True)
    return seats


@pytest.mark.parametrize(
    ("novelty", "way", "codes"),
    [
        ("94", "45", []),
        ("95", "30", ["opinion"]),
        ("30", "45", ["opinion"]),
        ("31", "20", []),
        ("5", "50", ["opinion"]),
    ],
)
def test_a_score_at_the_top_or_the_bottom_needs_more_words(novelty: str, way: str, codes: list[str]) -> None:
    user = expert_user()
    assignment = accepted(officer(), user, scheme=strict_scheme())
    found: list[str] = []
    try:
        submit_score_sheet(assignment=assignment, answers=answers(novelty=novelty, way=way), by=user)
    except Refused as refused:
        found = refused.codes
    assert found == codes


def test_the_refusal_names_the_criterion_at_the_end_and_how_much_is_lacking() -> None:
    user = expert_user()
    assignment = accepted(officer(), user, scheme=strict_scheme())
    with pytest.raises(Refused) as refused:
        submit_score_sheet(assignment=assignment, answers=answers(novelty="100"), by=user)
    lacking = 40 - len(answers().opinion)
    told = f"最高或最低分：创新性。意见还差 {lacking} 字。"
    assert [str(reason.text) for reason in refused.value.reasons] == [told]


@pytest.mark.parametrize(("strictness", "codes"), [("refuse", ["opinion"]), ("ask", ["pasted"]), ("off", [])])
def test_the_same_opinion_in_a_second_sheet_is_refused_asked_about_or_let_pass(
    strictness: str, codes: list[str]
) -> None:
    user = expert_user()
    first, second = two_seats(user, strict_scheme(pasted=strictness))
    submit_score_sheet(assignment=first, answers=answers(), by=user)
    found: list[str] = []
    try:
        submit_score_sheet(assignment=second, answers=answers(opinion=f" {answers().opinion} !"), by=user)
    except Refused as refused:
        found = refused.codes
    assert found == codes


def test_equal_shares_on_every_criterion_are_asked_about_and_what_is_meant_is_journaled() -> None:
    user = expert_user()
    assignment = accepted(officer(), user)
    equal = answers(novelty="80", way="40")
    with pytest.raises(Refused) as refused:
        submit_score_sheet(assignment=assignment, answers=equal, by=user)
    assert refused.value.codes == ["all_equal"]
    submit_score_sheet(assignment=assignment, answers=equal, by=user, meant=["all_equal"])
    assert JournalEntry.objects.get(action="experts.assignment.submit").data["meant"] == ["all_equal"]


def test_a_sheet_keeps_the_questions_it_answered_whatever_the_round_says_later() -> None:
    user = expert_user()
    assignment = accepted(officer(), user)
    save_score_sheet(assignment=assignment, answers=answers(), expected_version=0, by=user)
    ReviewRound.objects.update(scheme=strict_scheme())
    submit_score_sheet(assignment=Assignment.objects.get(), by=user)
    assert ScoreSheet.objects.get().questions == SCHEME


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_once_from_one_version_one_is_kept_and_the_other_is_told() -> None:
    user = expert_user()
    assignment = accepted(officer(), user)
    barrier = threading.Barrier(2)
    outcomes: list[str] = []

    def save(text: str) -> None:
        try:
            own, mine = User.objects.get(pk=user.pk), Assignment.objects.get(pk=assignment.pk)
            barrier.wait(5)
            save_score_sheet(assignment=mine, answers=answers(opinion=text), expected_version=0, by=own)
            outcomes.append("saved")
        except StaleSheet as stale:
            outcomes.append(f"kept {stale.present.opinion}, typed {stale.typed.opinion}")
        finally:
            connections.close_all()

    texts = ("第一个窗口写的意见", "第二个窗口写的意见")
    threads = [threading.Thread(target=save, args=(text,)) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    connection.close()
    kept = ScoreSheet.objects.get()
    lost = next(text for text in texts if text != kept.opinion)
    assert sorted(outcomes) == sorted(["saved", f"kept {kept.opinion}, typed {lost}"])
    assert kept.version == 1
