from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from directory.models import User
from directory.queries.calendar import end_of_working_day
from projects.actions.contract import (
    edit_contract,
    lapse_due,
    return_contract,
    sign_contract,
    start_signing,
)
from projects.actions.contract_clock import give_more_time
from projects.actions.funding import confirm_list
from projects.definitions.contract import contract_rules
from projects.models import Contract
from projects.queries.contract_draft import scaled
from projects.queries.kept_rules import rules_in_force
from projects.queries.signatures import step_for
from tests.factories import directory, way
from tests.projects.actions.test_funding import on_notice
from workflows.actions.deadlines import fire_deadlines, remind_due
from workflows.errors import NotAllowed, Refused
from workflows.models import Message, RouteDecision

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> way.Cast:
    return way.Cast()


@pytest.fixture
def contract(cast: way.Cast) -> Contract:
    funding_list = on_notice(cast, 90)
    with time_machine.travel(timezone.now() + dt.timedelta(days=20)):
        confirm_list(funding_list=funding_list, by=cast.decision_maker)
    found: Contract = Contract.objects.select_related("project").get()
    return found


def in_order(cast: way.Cast) -> list[User]:
    return [cast.applicant, cast.admin, cast.recommender, cast.decision_maker]


def test_the_draft_comes_from_the_frozen_version(contract: Contract) -> None:
    content = contract.content
    assert content["goals"] == "形成可推广的修复技术一套。"
    assert content["milestones"] == [
        {"year": 2027, "text": "完成野外调查"},
        {"year": 2028, "text": "完成示范推广"},
    ]
    assert sum(Decimal(line["fiscal"]) for line in content["budget"]) == contract.project.grant
    assert [one["role"] for one in content["team"]] == ["investigator"]


def test_a_cut_budget_adds_up_to_the_fen() -> None:
    lines = [{"category": name, "fiscal": "100000.00", "own": "0.00", "basis": ""} for name in "abc"]
    cut = scaled(lines, Decimal("100000.00"))
    assert [line["fiscal"] for line in cut] == ["33333.34", "33333.33", "33333.33"]


def test_the_investigator_completes_goals_and_milestones_only(cast: way.Cast, contract: Contract) -> None:
    before = contract.content["budget"]
    edit_contract(contract=contract, goals="新目标", milestones=[{"year": 2027, "text": "一"}], by=cast.applicant)
    assert (contract.content["goals"], contract.content["budget"]) == ("新目标", before)
    with pytest.raises(NotAllowed):
        edit_contract(contract=contract, goals="x", milestones=[], by=cast.officer)


def test_signing_waits_for_a_complete_text(cast: way.Cast, contract: Contract) -> None:
    edit_contract(contract=contract, goals="", milestones=[{"year": 2027, "text": "一"}], by=cast.applicant)
    with pytest.raises(Refused) as refused:
        start_signing(contract=contract, by=cast.applicant)
    assert refused.value.codes == ["no_goals", "no_milestones"]


def test_all_sign_in_order_and_the_project_begins(cast: way.Cast, contract: Contract) -> None:
    start_signing(contract=contract, by=cast.applicant)
    with pytest.raises(Refused) as refused:
        sign_contract(contract=contract, by=cast.admin, sha256=contract.sha256)
    assert refused.value.codes == ["not_your_turn"]
    for user in in_order(cast):
        assert step_for(contract, user) is not None
        sign_contract(contract=contract, by=user, sha256=contract.sha256)
    contract.project.refresh_from_db()
    assert (contract.state, contract.project.state) == ("signed", "active")
    assert contract.signed_at is not None
    assert [one.by for one in RouteDecision.objects.order_by("pk")] == in_order(cast)


def test_a_host_without_an_authority_needs_three_signatures(cast: way.Cast, contract: Contract) -> None:
    cast.host.authority = None
    cast.host.save(update_fields=["authority"])
    contract = Contract.objects.get()
    start_signing(contract=contract, by=cast.applicant)
    for user in (cast.applicant, cast.admin, cast.decision_maker):
        sign_contract(contract=contract, by=user, sha256=contract.sha256)
    assert contract.state == "signed"


def test_one_signs_the_text_that_one_read(cast: way.Cast, contract: Contract) -> None:
    start_signing(contract=contract, by=cast.applicant)
    with pytest.raises(Refused) as refused:
        sign_contract(contract=contract, by=cast.applicant, sha256="0" * 64)
    assert refused.value.codes == ["other_text"]


def test_one_person_signs_in_one_place_only(cast: way.Cast, contract: Contract) -> None:
    directory.RoleGrantFactory.create(person=cast.applicant.person, role="organisation_admin", organisation=cast.host)
    start_signing(contract=contract, by=cast.applicant)
    sign_contract(contract=contract, by=cast.applicant, sha256=contract.sha256)
    again = User.objects.get(pk=cast.applicant.pk)
    with pytest.raises(Refused) as refused:
        sign_contract(contract=contract, by=again, sha256=contract.sha256)
    assert refused.value.codes == ["signed_already"]


def test_a_return_voids_the_signatures_and_keeps_them(cast: way.Cast, contract: Contract) -> None:
    start_signing(contract=contract, by=cast.applicant)
    sign_contract(contract=contract, by=cast.applicant, sha256=contract.sha256)
    return_contract(contract=contract, by=cast.admin, note="指标不明确")
    assert (contract.state, contract.sha256) == ("draft", "")
    assert list(RouteDecision.objects.order_by("pk").values_list("verdict", "void")) == [
        ("approve", True),
        ("return", False),
    ]
    start_signing(contract=contract, by=cast.applicant)
    sign_contract(contract=contract, by=cast.applicant, sha256=contract.sha256)
    assert step_for(contract, cast.admin) is not None


def test_strangers_do_not_sign(cast: way.Cast, contract: Contract) -> None:
    start_signing(contract=contract, by=cast.applicant)
    for name, user in cast.everybody().items():
        if name not in ("applicant", "admin", "recommender", "decision_maker"):
            with pytest.raises(NotAllowed):
                sign_contract(contract=contract, by=user, sha256=contract.sha256)


def test_what_is_not_signed_in_time_lapses_with_its_project(cast: way.Cast, contract: Contract) -> None:
    start_signing(contract=contract, by=cast.applicant)
    assert contract.sign_by is not None
    assert lapse_due(at=contract.sign_by - dt.timedelta(seconds=1)) == []
    assert len(lapse_due(at=contract.sign_by)) == 1
    contract.refresh_from_db()
    contract.project.refresh_from_db()
    assert (contract.state, contract.project.state) == ("lapsed", "lapsed")
    assert lapse_due(at=contract.sign_by) == []


def test_the_investigator_is_warned_once_before(cast: way.Cast, contract: Contract) -> None:
    assert contract.sign_by is not None
    Message.objects.all().delete()
    soon = contract.sign_by - dt.timedelta(days=2)
    assert (remind_due(at=soon), remind_due(at=soon)) == (1, 1)
    assert list(Message.objects.values_list("to", flat=True)) == [cast.applicant.pk]


def test_each_signatory_has_a_clock_and_is_told_of_the_turn(cast: way.Cast, contract: Contract) -> None:
    at = timezone.now()
    with time_machine.travel(at, tick=False):
        start_signing(contract=contract, by=cast.applicant)
        Message.objects.all().delete()
        sign_contract(contract=contract, by=cast.applicant, sha256=contract.sha256)
        step = step_for(contract, cast.admin)
        assert step is not None
        assert step.due_at == end_of_working_day(at, contract_rules().signing_of("organisation_admin").working_days)
        assert list(Message.objects.values_list("to", flat=True)) == [cast.admin.pk]
    with time_machine.travel(step.due_at):
        assert fire_deadlines() == 1
    late = Message.objects.exclude(title="有任务书待您签署")
    assert set(late.values_list("to", flat=True)) == {cast.admin.pk, cast.applicant.pk, cast.officer.pk}
    contract.refresh_from_db()
    assert contract.state == "signing"


def test_no_clock_of_a_signatory_runs_beyond_the_whole_contract(cast: way.Cast, contract: Contract) -> None:
    assert contract.sign_by is not None
    with time_machine.travel(contract.sign_by - dt.timedelta(days=1)):
        start_signing(contract=contract, by=cast.applicant)
        step = step_for(contract, cast.applicant)
    assert step is not None
    assert step.due_at == contract.sign_by


def test_a_delay_of_the_department_does_not_lapse_a_project(cast: way.Cast, contract: Contract) -> None:
    start_signing(contract=contract, by=cast.applicant)
    for user in (cast.applicant, cast.admin, cast.recommender):
        sign_contract(contract=contract, by=user, sha256=contract.sha256)
    assert contract.sign_by is not None
    assert lapse_due(at=contract.sign_by + dt.timedelta(days=9)) == []
    with time_machine.travel(contract.sign_by + dt.timedelta(days=9)):
        sign_contract(contract=contract, by=cast.decision_maker, sha256=contract.sha256)
    assert contract.state == "signed"


def test_who_has_to_know_is_told_of_a_lapse(cast: way.Cast, contract: Contract) -> None:
    Message.objects.all().delete()
    assert contract.sign_by is not None
    lapse_due(at=contract.sign_by)
    told = set(Message.objects.values_list("to", flat=True))
    assert told == {cast.applicant.pk, cast.admin.pk, cast.officer.pk}


def test_an_officer_gives_more_time_once_with_a_reason(cast: way.Cast, contract: Contract) -> None:
    first = contract.sign_by
    assert first is not None
    with pytest.raises(NotAllowed):
        give_more_time(contract=contract, working_days=5, reason="x", by=cast.applicant)
    with pytest.raises(Refused) as refused:
        give_more_time(contract=contract, working_days=99, reason=" ", by=cast.officer)
    assert refused.value.codes == ["too_long", "no_reason"]
    give_more_time(contract=contract, working_days=5, reason="用印流程调整", by=cast.officer)
    assert (contract.sign_by_first, contract.sign_by) == (
        first,
        end_of_working_day(first - dt.timedelta(seconds=1), 5),
    )
    assert lapse_due(at=first) == []
    with pytest.raises(Refused) as refused:
        give_more_time(contract=contract, working_days=5, reason="再延", by=cast.officer)
    assert refused.value.codes == ["once"]


def test_more_time_is_not_given_when_it_is_over(cast: way.Cast, contract: Contract) -> None:
    assert contract.sign_by is not None
    with time_machine.travel(contract.sign_by), pytest.raises(Refused) as refused:
        give_more_time(contract=contract, working_days=5, reason="晚了", by=cast.officer)
    assert refused.value.codes == ["over"]


def test_a_project_keeps_the_names_of_its_rules_and_the_text_has_them(contract: Contract) -> None:
    kept = rules_in_force(contract.project.proposal.call)
    assert (contract.project.rules, contract.content["rules"]) == (kept, kept)
