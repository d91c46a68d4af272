from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
import time_machine

from directory.queries.standing import standing
from projects.actions import adjustment_clock
from projects.actions.adjustment import ask_adjustment
from projects.actions.adjustment_decision import decide_adjustment
from projects.actions.adjustment_policy import rule_adjustments
from projects.channel.rules import channel_rules
from projects.models import Adjustment, Project
from projects.queries.adjustments_in_hand import to_decide
from projects.queries.deciding_adjustments import step_for
from tests.factories import directory, way
from tests.projects.budgets import amounts, running_project, wish
from workflows.actions.deadlines import fire_deadlines
from workflows.enums import Verdict
from workflows.errors import NotAllowed, Refused
from workflows.models import Message

pytestmark = pytest.mark.django_db
EQUIPMENT = {"equipment__purchase": 20_000, "operating__materials": -20_000}
CHANGED = {"equipment.purchase": Decimal(120_000), "operating.materials": Decimal(280_000)}
START = {"equipment.purchase": Decimal(100_000), "operating.materials": Decimal(300_000)}


@pytest.fixture
def cast() -> way.Cast:
    return way.Cast()


@pytest.fixture
def project(cast: way.Cast) -> Project:
    return running_project(cast)


def asked(cast: way.Cast, project: Project, **changes: int) -> Adjustment:
    return ask_adjustment(project=project, wish=wish(project, **changes), by=cast.applicant)


def approve(adjustment: Adjustment, by: Any) -> Adjustment:
    return decide_adjustment(adjustment=adjustment, verdict=Verdict.APPROVE, by=by)


def test_the_organisation_approves_and_it_is_applied(cast: way.Cast, project: Project) -> None:
    made = asked(cast, project, **EQUIPMENT)
    assert list(to_decide(standing(cast.admin))) == [made]
    approve(made, cast.admin)
    assert (made.state, amounts(project)) == ("applied", CHANGED)
    assert made.decided_at is not None
    assert list(to_decide(standing(cast.admin))) == []
    assert Message.objects.filter(to=cast.applicant, key__contains=":apply").count() == 1


def test_a_rejection_needs_its_reason_and_changes_nothing(cast: way.Cast, project: Project) -> None:
    made = asked(cast, project, **EQUIPMENT)
    with pytest.raises(Refused) as refused:
        decide_adjustment(adjustment=made, verdict=Verdict.REFUSE, by=cast.admin)
    assert refused.value.codes == ["note_required"]
    decide_adjustment(adjustment=made, verdict=Verdict.REFUSE, by=cast.admin, note="设备可共享")
    assert (made.state, amounts(project)) == ("rejected", START)


def test_a_change_of_the_total_goes_through_both_hands(cast: way.Cast, project: Project) -> None:
    made = asked(cast, project, operating__materials=-30_000)
    assert (made.route, made.state) == ("department", "with_organisation")
    with pytest.raises(NotAllowed):
        approve(made, cast.decision_maker)
    approve(made, cast.admin)
    assert made.state == "with_department"
    assert list(to_decide(standing(cast.decision_maker))) == [made]
    approve(made, cast.decision_maker)
    assert amounts(project) == {**START, "operating.materials": 270_000}


def test_above_the_organisations_sum_two_people_sign(cast: way.Cast, project: Project) -> None:
    rules = {"equipment_decrease": "organisation", "second_signature_over": Decimal(10_000)}
    rule_adjustments(organisation=cast.host, rules=rules, by=cast.admin)
    second = directory.organisation_admin(cast.host)
    made = asked(cast, project, **EQUIPMENT)
    approve(made, cast.admin)
    assert (made.state, step_for(made, cast.admin)) == ("with_organisation", None)
    with pytest.raises(Refused) as refused:
        approve(made, cast.admin)
    assert refused.value.codes == ["one_voice"]
    approve(made, second)
    assert made.state == "applied"


def test_an_administrator_who_leads_the_project_does_not_decide_on_it(cast: way.Cast, project: Project) -> None:
    directory.RoleGrantFactory.create(person=cast.applicant.person, role="organisation_admin", organisation=cast.host)
    made = asked(cast, project, **EQUIPMENT)
    leader = type(cast.applicant).objects.get(pk=cast.applicant.pk)
    assert list(to_decide(standing(leader))) == []
    with pytest.raises(NotAllowed):
        approve(made, leader)


def test_what_the_budget_no_longer_allows_cannot_be_approved(cast: way.Cast, project: Project) -> None:
    made = asked(cast, project, equipment__purchase=200_000, operating__materials=-200_000)
    asked(cast, project, operating__materials=-150_000, operating__testing=150_000)
    with pytest.raises(Refused) as refused:
        approve(made, cast.admin)
    assert refused.value.codes == ["line_below_zero"]
    assert (made.state, amounts(project)["operating.materials"]) == ("with_organisation", Decimal(150_000))


def test_nobody_else_decides(cast: way.Cast, project: Project) -> None:
    made = asked(cast, project, **EQUIPMENT)
    for name, user in cast.everybody().items():
        if name != "admin":
            with pytest.raises(NotAllowed):
                approve(made, user)


def at(when: dt.datetime | None) -> Any:
    assert when is not None
    return time_machine.travel(when + dt.timedelta(minutes=1), tick=False)


def test_whoever_is_late_is_warned_then_the_department_is_told(cast: way.Cast, project: Project) -> None:
    made = asked(cast, project, **EQUIPMENT)
    with at(made.due_at):
        assert fire_deadlines() == 1
        made.refresh_from_db()
        assert (made.state, made.is_late) == ("with_organisation", True)
    told = Message.objects.filter(key__contains=":escalate").values_list("to", flat=True)
    assert set(told) == {cast.admin.pk, cast.applicant.pk, cast.officer.pk}


def test_a_warning_comes_before(cast: way.Cast, project: Project) -> None:
    made = asked(cast, project, **EQUIPMENT)
    assert made.due_at is not None
    with time_machine.travel(made.due_at - dt.timedelta(hours=1), tick=False):
        assert fire_deadlines() == 1
    assert [one.to for one in Message.objects.filter(key__contains=":warn")] == [cast.admin]


@pytest.fixture
def silence_is_consent(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = channel_rules()
    clocks = tuple(clock.model_copy(update={"silence": "consent"}) for clock in rows.clocks)
    monkeypatch.setattr(
        adjustment_clock, "channel_rules_of", lambda _project: rows.model_copy(update={"clocks": clocks})
    )


@pytest.mark.usefixtures("silence_is_consent")
def test_where_the_row_says_so_silence_is_consent(cast: way.Cast, project: Project) -> None:
    made = asked(cast, project, **EQUIPMENT)
    with at(made.due_at):
        fire_deadlines()
    made.refresh_from_db()
    assert (made.state, amounts(project)) == ("applied", CHANGED)


@pytest.mark.usefixtures("silence_is_consent")
def test_silence_never_takes_the_departments_word(cast: way.Cast, project: Project) -> None:
    made = asked(cast, project, operating__materials=-30_000)
    with at(made.due_at):
        fire_deadlines()
    made.refresh_from_db()
    assert (made.state, amounts(project)) == ("with_organisation", START)
