"""Acceptances before the review service: sent in a round, brought back as a verdict, taken back when cancelled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from directory.models import User
from experts.actions.assignment import accept, assign_expert
from experts.actions.feedback import redact_opinion, release_opinions
from experts.actions.round import cancel_round, close_round, open_round, rank_round, send_invitations
from experts.actions.sheet import Answers, submit_score_sheet
from experts.models import Assignment, ReviewRound, ScoreSheet
from experts.planning.rules import rules_of
from experts.scheme import CHECKS
from projects.actions.acceptance import (
    approve_acceptance,
    ask_rectification,
    check_acceptance,
    confirm_acceptance,
    enter_opinion,
    file_acceptance,
    propose_outcome,
)
from projects.actions.acceptance_review import send_to_experts
from projects.definitions.acceptance_review import acceptance_review
from projects.models import Acceptance, Project
from projects.queries.acceptance_review import earlier_rounds
from projects.queries.acceptance_verdict import Found, advised_by, suggested
from projects.tasks import take_back_from_review, take_over_results
from tests.factories import way
from tests.factories.directory import OrganisationFactory
from tests.factories.experts import ExpertProfileFactory, expert_user, profile_of
from tests.projects.acceptances import MEETING, checked, of
from tests.projects.budgets import running_project
from workflows.errors import NotAllowed, Refused
from workflows.inbox import waiting_for
from workflows.models import Message, OutboxMessage

pytestmark = pytest.mark.django_db

OPINION = "任务书各项指标经核实，资料齐全，支出与预算基本相符，同意如上评分。"


@pytest.fixture(autouse=True)
def _one_factor(settings: Any) -> None:
    settings.MFA_REQUIRED_FOR_STAFF = False


@pytest.fixture
def cast() -> way.Cast:
    return way.Cast()


@pytest.fixture
def acceptance(cast: way.Cast) -> Iterator[Acceptance]:
    """Checked, and large enough for the department to organise it."""
    project = running_project(cast)
    with time_machine.travel(dt.datetime(2028, 12, 1, 4, tzinfo=dt.UTC)):
        checked(cast, project)
        Acceptance.objects.update(organiser="department")
        yield of(project)


def refused(call: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value.codes


def send(acceptance: Acceptance, by: User) -> ReviewRound:
    made = send_to_experts(acceptances=[acceptance], title="2028年第四季度验收评议", by=by)
    acceptance.refresh_from_db()
    return made


def seat(review_round: ReviewRound, by: User) -> list[tuple[Assignment, User]]:
    """Five experts, one of finance, who have all accepted."""
    open_round(review_round=review_round, by=by)
    users = [expert_user(kinds=["finance"] if number == 0 else ["technical"]) for number in range(5)]
    dossier = review_round.dossiers.get()
    for user in users:
        assign_expert(dossier=dossier, expert=profile_of(user), by=by)
    send_invitations(review_round=review_round, by=by)
    seats = [(Assignment.objects.get(expert__person=user.person), user) for user in users]
    for one, user in seats:
        accept(assignment=one, by=user, statement=True)
    return seats


def judged(review_round: ReviewRound, by: User, letters: str = "AAAAA", **questions: bool) -> None:
    """All five hand the same answers in, each with a letter of `letters`; the round is ranked and closed."""
    rows = acceptance_review()
    scores = {one.id: f"{90 if one.id == rows.task else 75}" for one in rows.criteria}
    vetoes = {"truth": True, "money": True, "cause": True, **questions}
    for (one, user), letter in zip(seat(review_round, by), letters, strict=True):
        given = Answers(scores, vetoes, letter, f"{OPINION}{user.person.name}")
        submit_score_sheet(assignment=one, by=user, answers=given, meant=CHECKS)
    rank_round(review_round=review_round, by=by)
    close_round(review_round=review_round, by=by)
    take_over_results("", OutboxMessage.objects.filter(kind="review.closed").latest("pk").payload)


def test_it_comes_back_with_what_the_experts_found_and_the_officer_goes_on(
    cast: way.Cast, acceptance: Acceptance
) -> None:
    review_round = send(acceptance, cast.officer)
    assert (acceptance.state, acceptance.review) == ("in_review", review_round.reference)
    assert [(one.subject_id, one.kept_away_people) for one in review_round.dossiers.all()] == [
        (str(acceptance.pk), [acceptance.project.investigator_id])
    ]
    assert refused(lambda: send(acceptance, cast.officer)) == ["wrong_state"]
    assert refused(lambda: enter_opinion(acceptance=acceptance, opinion=MEETING, by=cast.officer)) == ["in_review"]
    assert rules_of(review_round).least_kinds == {"finance": 1}
    judged(review_round, cast.officer, "AAABA")
    acceptance.refresh_from_db()
    assert acceptance.opinion.startswith("专家建议：A 通过验收 × 4 / B 限期整改后再验收 × 1。")
    assert (acceptance.state, acceptance.task, acceptance.finance, acceptance.suggested) == (
        "opined",
        "reached",
        True,
        "passed",
    )
    assert acceptance.experts.splitlines() == [f"评议专家{number}" for number in range(1, 6)]
    assert acceptance.opinion.count(OPINION) == 5
    assert "财务专家" not in acceptance.opinion
    assert acceptance.get_absolute_url() in [row.url for row in waiting_for(cast.officer)]
    propose_outcome(acceptance=acceptance, outcome="passed", reason="", by=cast.officer)
    approve_acceptance(acceptance=acceptance, by=cast.decision_maker)
    assert Project.objects.get().state == "passed"


def test_its_experts_read_words_about_acceptance_and_not_about_funding(cast: way.Cast, acceptance: Acceptance) -> None:
    seat_of_one, user = seat(send(acceptance, cast.officer), cast.officer)[0]
    page = read(reverse("review", args=[seat_of_one.uid]), user)
    assert ["C 结题" in page, "资助" in page.split('id="recommendation"')[1].split("</fieldset>")[0]] == [True, False]


def test_money_used_wrongly_is_put_right_once(cast: way.Cast, acceptance: Acceptance) -> None:
    judged(send(acceptance, cast.officer), cast.officer, money=False)
    acceptance.refresh_from_db()
    assert (acceptance.finance, acceptance.suggested) == (False, "rectify")


def test_after_rectification_it_goes_to_a_second_round_and_is_not_rectified_again(
    cast: way.Cast, acceptance: Acceptance
) -> None:
    first = send(acceptance, cast.officer)
    judged(first, cast.officer, money=False)
    acceptance.refresh_from_db()
    propose_outcome(acceptance=acceptance, outcome="rectify", reason="", by=cast.officer)
    ask_rectification(acceptance=acceptance, by=cast.decision_maker)
    assert Message.objects.filter(to=cast.applicant).latest("pk").body.count(OPINION) == 5
    file_acceptance(acceptance=acceptance, by=cast.applicant)
    confirm_acceptance(acceptance=acceptance, by=cast.admin)
    check_acceptance(acceptance=acceptance, by=cast.officer)
    Acceptance.objects.update(organiser="department")
    second = send(of(acceptance.project), cast.officer)
    acceptance.refresh_from_db()
    assert (second.reference != first.reference, acceptance.heard_on, acceptance.opinion) == (True, None, "")
    judged(second, cast.officer, money=False)
    acceptance.refresh_from_db()
    assert (acceptance.state, acceptance.review, acceptance.suggested) == ("opined", second.reference, "failed")
    assert list(earlier_rounds(acceptance, cast.officer)) == [first]
    assert list(earlier_rounds(acceptance, cast.applicant)) == []


def test_host_and_investigator_read_what_is_let_go_once_the_outcome_is_approved(
    cast: way.Cast, acceptance: Acceptance
) -> None:
    review_round = send(acceptance, cast.officer)
    judged(review_round, cast.officer)
    acceptance.refresh_from_db()
    sheet = ScoreSheet.objects.order_by("pk")[0]
    redact_opinion(sheet=sheet, text="已作处理。", reason="涉及个人信息", by=cast.officer)
    assert refused(lambda: release_opinions(review_round=review_round, by=cast.officer)) == ["with_the_outcome"]
    page = acceptance.get_absolute_url()
    assert [OPINION in read(page, user) for user in (cast.applicant, cast.admin, cast.officer)] == [False, False, True]
    propose_outcome(acceptance=acceptance, outcome="passed", reason="", by=cast.officer)
    approve_acceptance(acceptance=acceptance, by=cast.decision_maker)
    assert [read(page, user).count(OPINION) for user in (cast.applicant, cast.officer)] == [4, 5]
    assert "已作处理。" in read(page, cast.applicant)


def read(page: str, user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.get(page).content.decode()


def test_what_is_in_a_cancelled_round_can_be_sent_again(cast: way.Cast, acceptance: Acceptance) -> None:
    first = send(acceptance, cast.officer)
    cancel_round(review_round=first, by=cast.officer, note="专家不足")
    take_back_from_review("", OutboxMessage.objects.get(kind="review.cancelled").payload)
    acceptance.refresh_from_db()
    assert (acceptance.state, acceptance.review) == ("checked", "")
    second = send(acceptance, cast.officer)
    assert second.pk != first.pk
    assert second.dossiers.count() == 1


def test_only_officers_send_and_only_what_the_department_organises(cast: way.Cast, acceptance: Acceptance) -> None:
    with pytest.raises(NotAllowed):
        send(acceptance, cast.admin)
    assert refused(lambda: send_to_experts(acceptances=[], title="", by=cast.officer)) == ["field:acceptances"]
    Acceptance.objects.update(organiser="organisation")
    with pytest.raises(NotAllowed):
        send(acceptance, cast.officer)
    assert ReviewRound.objects.count() == 0


def test_who_takes_part_is_no_expert_of_it(cast: way.Cast, acceptance: Acceptance) -> None:
    joined = OrganisationFactory.create()
    text = acceptance.project.contract.versions.order_by("-number")[0]
    text.content["team"] = [*text.content.get("team", []), {"name": "后来者", "organisation": joined.name}]
    text.save()
    review_round = send(acceptance, cast.officer)
    open_round(review_round=review_round, by=cast.officer)
    own = ExpertProfileFactory.create(person=cast.applicant.person)
    codes = refused(lambda: assign_expert(dossier=review_round.dossiers.get(), expert=own, by=cast.officer))
    assert codes == ["SAME_UNIT", "PERSON_KEPT_AWAY"]
    assert joined.pk in review_round.dossiers.get().kept_away_organisations


@pytest.mark.parametrize(
    ("found", "end"),
    [
        (("reached", True, True, True, False), "passed"),
        (("reached", True, True, False, True), "passed"),
        (("reached", True, False, True, False), "failed"),
        (("reached", False, True, True, False), "rectify"),
        (("reached", False, True, True, True), "failed"),
        (("partly", True, True, True, False), "rectify"),
        (("partly", True, True, True, True), "concluded"),
        (("partly", True, True, False, True), "failed"),
        (("partly", False, True, True, True), "failed"),
        (("missed", True, True, True, False), "concluded"),
        (("missed", True, True, False, False), "failed"),
        (("missed", False, True, True, False), "failed"),
    ],
)
def test_how_it_should_end(found: tuple[Any, ...], end: str) -> None:
    assert suggested(Found(*found)) == end


@pytest.mark.parametrize(
    ("letters", "found", "end"),
    [
        ({"A": 3, "B": 2}, ("reached", True, True, True, False), "passed"),
        ({"A": 2, "B": 2, "D": 1}, ("reached", True, True, True, False), "rectify"),  # a tie: the strictest of the two
        ({"A": 2, "D": 2, "B": 1}, ("reached", True, True, True, False), "failed"),
        ({"D": 3, "A": 2}, ("reached", True, True, True, False), "failed"),
        ({"A": 5}, ("reached", True, False, True, False), "failed"),  # untrue papers
        ({"C": 5}, ("partly", True, False, True, False), "failed"),
        ({"A": 5}, ("reached", False, True, True, False), "rectify"),  # never passed with one of the two alone
        ({"A": 5}, ("missed", True, True, False, False), "failed"),
        ({"B": 5}, ("missed", True, True, False, False), "rectify"),
        ({"B": 5}, ("partly", True, True, True, True), "concluded"),  # rectified once
        ({"C": 5}, ("partly", True, True, True, False), "concluded"),
        ({"C": 5}, ("partly", True, True, False, False), "rectify"),  # what is missing is the host's fault
        ({"C": 3, "A": 2}, ("reached", True, True, True, False), "passed"),  # nothing is missing
        ({}, ("partly", True, True, True, True), "concluded"),
    ],
)
def test_the_experts_advice_counts_where_the_rules_leave_it_open(
    letters: dict[str, int], found: tuple[Any, ...], end: str
) -> None:
    assert suggested(Found(*found), advised_by(letters)) == end


@pytest.mark.parametrize(
    ("points", "task"), [("80", "reached"), ("79.99", "partly"), ("60", "partly"), ("59", "missed")]
)
def test_the_mean_of_the_points_says_how_far_the_task_was_reached(points: str, task: str) -> None:
    assert acceptance_review().attainment(Decimal(points)) == task
