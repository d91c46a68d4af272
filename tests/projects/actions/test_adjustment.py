from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest

from projects.actions.adjustment import ask_adjustment, withdraw_adjustment
from projects.actions.adjustment_policy import rule_adjustments
from projects.channel.rules import channel_rules
from projects.models import Adjustment, AdjustmentPolicy, Project
from projects.queries.ledger import decision_on, fingerprint, ledger
from tests.factories import way
from tests.projects.budgets import amounts, running_project, wish
from workflows.errors import NotAllowed, Refused
from workflows.models import Deadline, JournalEntry, Message

pytestmark = pytest.mark.django_db
START = {"equipment.purchase": Decimal(100_000), "operating.materials": Decimal(300_000)}
TESTING = {"operating__materials": -50_000, "operating__testing": 50_000}


@pytest.fixture
def cast() -> way.Cast:
    return way.Cast()


@pytest.fixture
def project(cast: way.Cast) -> Project:
    return running_project(cast)


def test_the_signed_contract_opens_the_ledger_with_a_line_for_each_category(project: Project) -> None:
    assert amounts(project) == START
    assert project.ledger.count() == 13
    assert list(project.ledger.exclude(organisation=project.organisation)) == []


def test_what_is_the_investigators_own_is_recorded_and_in_force_at_once(cast: way.Cast, project: Project) -> None:
    made = ask_adjustment(project=project, wish=wish(project, **TESTING), by=cast.applicant)
    assert (made.state, made.route, made.moved, made.number) == ("recorded", "recorded", Decimal(50_000), 1)
    assert amounts(project) == {**START, "operating.materials": 250_000, "operating.testing": 50_000}
    assert made.documents == ["国办发〔2021〕32号"]
    assert [one.to for one in Message.objects.filter(key__contains=":recorded")] == [cast.admin]


def test_what_the_organisation_decides_waits_for_it_and_changes_nothing_yet(cast: way.Cast, project: Project) -> None:
    asked = wish(project, equipment__purchase=20_000, operating__materials=-20_000)
    made = ask_adjustment(project=project, wish=asked, by=cast.applicant)
    assert (made.state, made.route) == ("with_organisation", "organisation")
    assert amounts(project) == START
    assert made.due_at == Deadline.objects.get(kind="projects.adjustment").due_at
    assert [one.to for one in Message.objects.filter(key__endswith=f":ask:{cast.admin.pk}")] == [cast.admin]


def test_what_is_never_allowed_is_refused_with_its_rule(cast: way.Cast, project: Project) -> None:
    asked = wish(project, indirect__management=10_000, operating__materials=-10_000)
    with pytest.raises(Refused) as refused:
        ask_adjustment(project=project, wish=asked, by=cast.applicant)
    assert refused.value.codes == ["indirect_grows"]
    assert (Adjustment.objects.count(), amounts(project)) == (0, START)


def test_all_that_is_missing_is_said_at_once(cast: way.Cast, project: Project) -> None:
    asked = dataclasses.replace(wish(project, **TESTING), reason=" ", promised=False, seen="old")
    with pytest.raises(Refused) as refused:
        ask_adjustment(project=project, wish=asked, by=cast.applicant)
    assert refused.value.codes == ["no_reason", "no_promise", "stale"]


def test_a_line_of_another_project_is_refused(cast: way.Cast, project: Project) -> None:
    asked = dataclasses.replace(wish(project), changes={0: Decimal(1)})
    with pytest.raises(Refused) as refused:
        ask_adjustment(project=project, wish=asked, by=cast.applicant)
    assert refused.value.codes == ["foreign_line"]


def test_sent_twice_it_is_asked_once(cast: way.Cast, project: Project) -> None:
    asked = wish(project, **TESTING)
    first = ask_adjustment(project=project, wish=asked, by=cast.applicant)
    assert ask_adjustment(project=project, wish=asked, by=cast.applicant) == first
    assert amounts(project)["operating.testing"] == 50_000


def test_only_the_investigator_asks(cast: way.Cast, project: Project) -> None:
    for name, user in cast.everybody().items():
        if name != "applicant":
            with pytest.raises(NotAllowed):
                ask_adjustment(project=project, wish=wish(project, **TESTING), by=user)


def test_a_project_that_does_not_run_has_no_changes(cast: way.Cast, project: Project) -> None:
    Project.objects.filter(pk=project.pk).update(state="contract")
    with pytest.raises(Refused) as refused:
        ask_adjustment(project=project, wish=wish(project, **TESTING), by=cast.applicant)
    assert refused.value.codes == ["not_active"]
    Project.objects.filter(pk=project.pk).update(state="active")


def test_taken_back_it_waits_for_nobody(cast: way.Cast, project: Project) -> None:
    asked = wish(project, equipment__purchase=20_000, operating__materials=-20_000)
    made = withdraw_adjustment(
        adjustment=ask_adjustment(project=project, wish=asked, by=cast.applicant), by=cast.applicant
    )
    assert (made.state, amounts(project)) == ("withdrawn", START)
    assert Deadline.objects.get(kind="projects.adjustment").state == "met"
    with pytest.raises(Refused) as refused:
        withdraw_adjustment(adjustment=made, by=cast.applicant)
    assert refused.value.codes == ["wrong_state"]


def test_the_policy_of_the_organisation_narrows_the_channel(cast: way.Cast, project: Project) -> None:
    rules = {"equipment_decrease": "investigator", "max_adjustments": 1, "second_signature_over": Decimal(10_000)}
    rule_adjustments(organisation=cast.host, rules=rules, by=cast.admin)
    falls = wish(project, equipment__purchase=-20_000, operating__materials=20_000)
    assert ask_adjustment(project=project, wish=falls, by=cast.applicant).state == "recorded"
    with pytest.raises(Refused) as refused:
        ask_adjustment(project=project, wish=wish(project, **TESTING), by=cast.applicant)
    assert refused.value.codes == ["too_many"]


def test_an_organisation_rules_for_itself_alone(cast: way.Cast) -> None:
    rules = {"equipment_decrease": "investigator"}
    with pytest.raises(NotAllowed):
        rule_adjustments(organisation=cast.host, rules=rules, by=cast.other_admin)
    made = rule_adjustments(organisation=cast.host, rules=rules, by=cast.admin)
    assert (made.version, list(AdjustmentPolicy.objects.visible_to(cast.other_admin))) == (1, [])


def test_the_journal_alone_rebuilds_the_ledger(cast: way.Cast, project: Project) -> None:
    ask_adjustment(project=project, wish=wish(project, **TESTING), by=cast.applicant)
    more = {"operating__travel": 7_000, "operating__testing": -7_000}
    ask_adjustment(project=project, wish=wish(project, **more), by=cast.applicant)
    opened = JournalEntry.objects.get(action="projects.ledger.open").data["amounts"]
    rebuilt = {int(line): Decimal(amount) for line, amount in opened.items()}
    for entry in JournalEntry.objects.filter(action__in=["projects.adjustment.record", "projects.adjustment.apply"]):
        for line, change in entry.data["changes"].items():
            rebuilt[int(line)] += Decimal(change)
    assert rebuilt == dict(project.ledger.values_list("pk", "approved"))


def test_the_fingerprint_names_the_amounts(cast: way.Cast, project: Project) -> None:
    before = fingerprint(list(ledger(project)))
    ask_adjustment(project=project, wish=wish(project, **TESTING), by=cast.applicant)
    assert fingerprint(list(ledger(project))) != before


def test_a_project_is_routed_by_the_version_of_the_rules_that_it_keeps(project: Project) -> None:
    lines, changes = list(ledger(project)), wish(project, operating__materials=-1, operating__testing=1).changes
    assert project.rules["channel"] == channel_rules().name
    project.rules = {"channel": "2001-01-01"}
    with pytest.raises(KeyError, match="2001-01-01"):
        decision_on(project, lines, changes)
