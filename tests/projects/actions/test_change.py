"""Changes of a project: who may ask, which way they go, what they do, what is signed afterwards."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from directory.queries.calendar import end_of_working_day
from experts.conflicts.blocks import Block, register_blocks, unregister_blocks
from projects.actions.adjustment import ask_adjustment
from projects.actions.change import ask_change, withdraw_change
from projects.actions.change_decision import decide_change
from projects.actions.payment import claim_milestone
from projects.actions.supplement import sign_supplement
from projects.budget import in_wan
from projects.definitions.contract import contract_rules
from projects.enums import ChangeKind
from projects.models import Instalment, LedgerLine, Milestone, Project, ProjectChange, Proposal, Supplement
from projects.queries.change_offers import offers
from projects.queries.common_work import common_projects
from projects.queries.contract_versions import present_content
from projects.queries.holds import holds_of
from projects.queries.signatures import step_for
from tests.factories import directory, way
from tests.projects.budgets import again, running_project
from tests.projects.budgets import wish as budget_wish
from tests.projects.changes import GOALS, all_hands, approve, asked, wish
from workflows.actions.deadlines import fire_deadlines
from workflows.enums import Verdict
from workflows.errors import NotAllowed, Refused
from workflows.models import Deadline, Message
from workflows.models.journal import JournalEntry

pytestmark = pytest.mark.django_db
EXTENSION = {"ends_on": "2029-06-30", "work": "补充一个生长季的观测"}


@pytest.fixture
def cast() -> way.Cast:
    return way.Cast()


@pytest.fixture
def project(cast: way.Cast) -> Project:
    return running_project(cast)


def refused(project: Project, by: Any, kind: str, **payload: Any) -> list[str]:
    with pytest.raises(Refused) as refusal:
        asked(project, by, kind, **payload)
    return refusal.value.codes


def kinds(project: Project, user: Any) -> list[str]:
    return [one.kind.value for one in offers(project, again(user))]


def test_the_rows_say_who_may_begin_which_change(cast: way.Cast, project: Project) -> None:
    own = ["participants", "method", "organisation", "goals", "title", "extension", "suspension", "termination"]
    assert kinds(project, cast.applicant) == own
    assert kinds(project, cast.admin) == ["investigator", "suspension", "termination"]
    assert kinds(project, cast.integrity) == ["revocation"]
    assert [kinds(project, user) for user in (cast.officer, cast.stranger, cast.other_admin)] == [[], [], []]
    with pytest.raises(NotAllowed):
        asked(project, cast.applicant, "investigator", person=1, name="x", stays=False)


def test_a_small_change_is_a_notice_in_force_at_once(cast: way.Cast, project: Project) -> None:
    joins = {"name": "乌云", "organisation": "某大学", "task": "取样", "role": "member", "months_per_year": ""}
    Message.objects.all().delete()
    made = asked(project, cast.applicant, "participants", leave=[], join=[joins])
    assert (made.state, made.rows) == ("recorded", [["join", "", "乌云，某大学，取样"]])
    assert [one["name"] for one in present_content(project.contract)["team"]][-1] == "乌云"
    assert project.contract.versions.count() == 2
    assert Supplement.objects.count() == 0
    told = set(Message.objects.values_list("to", flat=True))
    assert told == {cast.applicant.pk, cast.admin.pk, cast.officer.pk}


def test_a_big_change_goes_through_all_hands_and_is_in_force_with_the_last(cast: way.Cast, project: Project) -> None:
    made = asked(project, cast.applicant, "title", title="退化草原修复新题")
    states = [made.state]
    for user in all_hands(cast):
        decide_change(change=made, verdict=Verdict.APPROVE, by=again(user))
        states.append(made.state)
    assert states == ["with_organisation", "with_authority", "with_department", "applied"]
    project.refresh_from_db()
    supplement = Supplement.objects.get()
    assert (project.title, supplement.text.content["title"]) == ("退化草原修复新题", "退化草原修复新题")
    assert supplement.text.note.endswith("→ 退化草原修复新题")
    assert project.contract.content["title"] != project.title


def test_a_supplementary_contract_is_signed_in_the_order_of_the_contract(cast: way.Cast, project: Project) -> None:
    approve(asked(project, cast.applicant, "goals", **GOALS), *all_hands(cast))
    supplement = Supplement.objects.get()
    with pytest.raises(Refused) as refusal:
        sign_supplement(supplement=supplement, by=again(cast.admin), sha256=supplement.text.sha256)
    assert refusal.value.codes == ["not_your_turn"]
    with pytest.raises(Refused) as refusal:
        sign_supplement(supplement=supplement, by=again(cast.applicant), sha256="0" * 64)
    assert refusal.value.codes == ["other_text"]
    for user in (cast.applicant, *all_hands(cast)):
        assert step_for(supplement, again(user)) is not None
        sign_supplement(supplement=supplement, by=again(user), sha256=supplement.text.sha256)
    assert (supplement.state, supplement.signed_at is not None) == ("signed", True)


def test_milestones_ahead_follow_the_goals_and_no_others(cast: way.Cast, project: Project) -> None:
    waiting = Instalment.objects.select_related("milestone").get(project=project, milestone__isnull=False)
    one = waiting.milestone
    assert one is not None
    other = Milestone.objects.filter(project=project).exclude(pk=one.pk).get()
    texts = {str(other.number): "改查三个旗县", str(one.number): "示范两处"}
    claim_milestone(milestone=other, by=cast.applicant, note="调查报告已交")
    assert refused(project, cast.applicant, "goals", **GOALS, milestones=texts) == ["not_ahead"]
    made = asked(project, cast.applicant, "goals", **GOALS, milestones={str(one.number): "示范两处"})
    said = {key: (old, new) for key, old, new in made.rows}
    assert [one.text in said["milestones"][0], "示范两处" in said["milestones"][1]] == [True, True]
    assert said["waiting"][1] == f"第{waiting.number}期{in_wan(waiting.amount)}万元：里程碑{one.number}"
    approve(made, *all_hands(cast))
    found = dict(Milestone.objects.filter(project=project).values_list("number", "text"))
    assert (found[other.number], found[one.number]) == (other.text, "示范两处")
    kept = present_content(project.contract)["milestones"]
    assert [row["text"] for row in kept] == [found[number] for number in sorted(found)]
    assert "示范两处" in Supplement.objects.get().text.note


def test_what_is_said_to_be_reached_while_a_change_waits_stays(cast: way.Cast, project: Project) -> None:
    last = Milestone.objects.filter(project=project).order_by("number").last()
    assert last is not None
    made = asked(project, cast.applicant, "goals", **GOALS, milestones={str(last.number): "示范两处"})
    claim_milestone(milestone=last, by=cast.applicant, note="已示范")
    with pytest.raises(Refused) as refusal:
        approve(made, *all_hands(cast))
    assert refusal.value.codes == ["not_ahead"]
    assert Milestone.objects.get(pk=last.pk).text == last.text


def test_a_rejection_ends_it_with_its_reason_and_changes_nothing(cast: way.Cast, project: Project) -> None:
    made = asked(project, cast.applicant, "extension", **EXTENSION)
    with pytest.raises(Refused):
        decide_change(change=made, verdict=Verdict.REFUSE, by=again(cast.admin), note=" ")
    decide_change(change=made, verdict=Verdict.REFUSE, by=again(cast.admin), note="理由不充分")
    assert (made.state, Supplement.objects.count()) == ("rejected", 0)
    assert Project.objects.get().ends_on == dt.date(2028, 12, 31)
    with pytest.raises(Refused) as refusal:
        decide_change(change=made, verdict=Verdict.APPROVE, by=again(cast.admin))
    assert refusal.value.codes == ["wrong_state"]


def test_only_who_asked_withdraws_and_asks_again(cast: way.Cast, project: Project) -> None:
    made = asked(project, cast.applicant, "title", title="新题")
    assert refused(project, cast.applicant, "title", title="又一题") == ["one_waits"]
    with pytest.raises(NotAllowed):
        withdraw_change(projectchange=made, by=again(cast.admin))
    withdraw_change(projectchange=made, by=again(cast.applicant))
    assert asked(project, cast.applicant, "title", title="又一题").number == 2


def test_sent_twice_it_is_one_change(cast: way.Cast, project: Project) -> None:
    same = wish("title", title="新题")
    made = [ask_change(project=project, wish=same, by=again(cast.applicant)) for _time in range(2)]
    assert made[0] == made[1]
    assert ProjectChange.objects.count() == 1


def test_the_term_is_extended_once_by_a_year_at_most_and_asked_for_in_time(cast: way.Cast, project: Project) -> None:
    for day in ("2028-12-31", "2030-01-01", "2020-01-01"):
        assert refused(project, cast.applicant, "extension", ends_on=day, work="x") == ["not_a_year"]
    with time_machine.travel(dt.datetime(2028, 10, 3, 12, tzinfo=dt.UTC)):
        assert refused(project, cast.applicant, "extension", **EXTENSION) == ["too_late"]
    with time_machine.travel(dt.datetime(2028, 10, 2, 12, tzinfo=dt.UTC)):
        made = approve(asked(project, cast.applicant, "extension", **EXTENSION), *all_hands(cast))
    project.refresh_from_db()
    assert (made.state, project.ends_on) == ("applied", dt.date(2029, 6, 30))
    last = project.milestones.latest("number")
    assert (last.due_on, last.text) == (dt.date(2029, 6, 30), EXTENSION["work"])
    running = Deadline.objects.filter(kind="projects.report", state="running").count()
    assert project.reports.count() == running
    again_asked = refused(project, cast.applicant, "extension", ends_on="2029-12-31", work="x")
    assert again_asked == ["extended"]


def test_another_investigator_leads_signs_and_sees_and_the_one_before_is_free(cast: way.Cast, project: Project) -> None:
    new = directory.applicant(cast.host)
    person = new.person
    assert person is not None
    assert not Proposal.objects.visible_to(again(new)).exists()
    made = asked(project, cast.admin, "investigator", person=person.pk, name=person.name, stays=False)
    assert made.state == "with_authority"
    approve(made, cast.recommender, cast.decision_maker)
    project.refresh_from_db()
    assert project.investigator == person
    assert [(one["name"], one["role"]) for one in present_content(project.contract)["team"]] == [
        (person.name, "investigator")
    ]
    assert step_for(Supplement.objects.get(), again(new)) is not None
    assert [row.pk for row in Project.objects.visible_to(again(new))] == [project.pk]
    old = project.proposal.applicant_id
    held = holds_of([old, person.pk])
    together = {(one.person, one.other) for one in common_projects([old], dt.date(2026, 1, 1))}
    assert together == {(old, person.pk)}
    assert (held.get(old, ()), [one.leading for one in held[person.pk]]) == ((), [True])


def test_who_is_to_lead_or_has_asked_does_not_decide(cast: way.Cast, project: Project) -> None:
    person = cast.decision_maker.person
    assert person is not None
    directory.MembershipFactory.create(person=person, organisation=cast.host)
    made = asked(project, cast.admin, "investigator", person=person.pk, name=person.name, stays=True)
    approve(made, cast.recommender)
    with pytest.raises(NotAllowed):
        decide_change(change=made, verdict=Verdict.APPROVE, by=again(cast.decision_maker))


def test_nobody_under_a_penalty_comes_to_lead(cast: way.Cast, project: Project) -> None:
    person = directory.applicant(cast.host).person
    assert person is not None

    def penalties(people: Any, _day: Any) -> list[Block]:
        return [Block(person.pk, "处罚期内")] if person.pk in people else []

    register_blocks(penalties)
    try:
        found = refused(project, cast.admin, "investigator", person=person.pk, name=person.name, stays=True)
    finally:
        unregister_blocks(penalties)
    assert found == ["integrity_block"]


def test_another_host_agrees_and_takes_the_budget_over(cast: way.Cast, project: Project) -> None:
    new = directory.OrganisationFactory.create(authority=cast.authority)
    admin = directory.organisation_admin(new)
    open_change = ask_adjustment(
        project=project,
        wish=budget_wish(project, equipment__purchase=20_000, operating__materials=-20_000),
        by=cast.applicant,
    )
    assert open_change.is_open
    payload = {"organisation": new.pk, "name": new.name}
    assert refused(project, cast.applicant, "organisation", **payload) == ["budget_waits"]
    from projects.actions.adjustment import withdraw_adjustment

    withdraw_adjustment(adjustment=open_change, by=again(cast.applicant))
    made = asked(project, cast.applicant, "organisation", **payload)
    approve(made, cast.admin)
    assert made.state == "with_new_host"
    approve(made, admin, cast.recommender, cast.decision_maker)
    project.refresh_from_db()
    assert project.organisation == new
    assert set(LedgerLine.objects.values_list("organisation", flat=True)) == {new.pk}
    assert [row.pk for row in Project.objects.visible_to(again(admin))] == [project.pk]


def test_a_project_is_suspended_and_resumed_by_its_organisation(cast: way.Cast, project: Project) -> None:
    approve(asked(project, cast.applicant, "suspension"), *all_hands(cast))
    project.refresh_from_db()
    assert (project.state, kinds(project, cast.applicant)) == ("suspended", ["resumption", "termination"])
    assert refused(project, cast.applicant, "title", title="新题") == ["not_now"]
    approve(asked(project, cast.applicant, "resumption"), cast.admin)
    project.refresh_from_db()
    assert project.state == "active"
    assert Supplement.objects.count() == 0


def test_a_termination_settles_the_money_and_ends_what_waits(cast: way.Cast, project: Project) -> None:
    waiting = asked(project, cast.applicant, "title", title="新题")
    approve(asked(project, cast.applicant, "goals", **GOALS), *all_hands(cast))
    settled = {"why": "force_majeure", "spent": "0.00", "returned": "0.00"}
    wrong = {**settled, "returned": "10000.00"}
    assert refused(project, cast.applicant, "termination", **wrong) == ["settlement"]
    made = approve(asked(project, cast.applicant, "termination", **settled), *all_hands(cast))
    project.refresh_from_db()
    waiting.refresh_from_db()
    found = (made.state, project.state, waiting.state, Supplement.objects.get().state)
    assert found == ("applied", "terminated", "rejected", "cancelled")
    assert holds_of([project.investigator_id]) == {}
    assert Deadline.objects.filter(kind="projects.report", state="running").count() == 0
    assert offers(project, again(cast.applicant)) == []


def test_a_revocation_takes_two_people_of_the_department(cast: way.Cast, project: Project) -> None:
    made = asked(project, cast.integrity, "revocation", basis="处理决定〔2026〕3号", returned="0.00")
    assert made.state == "with_department"
    with pytest.raises(NotAllowed):
        decide_change(change=made, verdict=Verdict.APPROVE, by=again(cast.integrity))
    approve(made, cast.decision_maker)
    project.refresh_from_db()
    assert project.state == "revoked"
    entry = JournalEntry.objects.filter(action="projects.project.revoke").get()
    assert entry.data["change"] == made.pk


def test_each_hand_has_a_clock_and_silence_decides_nothing(cast: way.Cast, project: Project) -> None:
    at = timezone.now()
    with time_machine.travel(at, tick=False):
        made = asked(project, cast.applicant, "title", title="新题")
    assert made.due_at == end_of_working_day(at, contract_rules().clock_of("organisation").working_days)
    Message.objects.all().delete()
    with time_machine.travel(made.due_at):
        fire_deadlines()
    made.refresh_from_db()
    assert made.state == "with_organisation"
    assert set(Message.objects.values_list("to", flat=True)) == {cast.applicant.pk, cast.admin.pk, cast.officer.pk}


def test_what_cannot_be_any_more_is_not_approved(cast: way.Cast, project: Project) -> None:
    made = asked(project, cast.applicant, "title", title="新题")
    approve(made, cast.admin, cast.recommender)
    approve(asked(project, cast.applicant, "suspension"), *all_hands(cast))
    with pytest.raises(Refused) as refusal:
        decide_change(change=made, verdict=Verdict.APPROVE, by=again(cast.decision_maker))
    assert refusal.value.codes == ["not_now"]
    assert set(ChangeKind.values) == {row.kind for row in contract_rules().changes}
