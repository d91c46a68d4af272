"""Members of the team act for the investigator: named things, for a time, under both names, ended at once."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from directory.models import User
from projects.actions.adjustment import ask_adjustment
from projects.actions.delegation import Powers, delegate, end_delegation, prepare_adjustment
from projects.actions.own_funds import Arrival, record_own_funds
from projects.actions.reports import Texts, save_report, submit_report
from projects.actions.spending import Entry, record_spending
from projects.enums import FundsSource
from projects.models import Delegation, LedgerLine, Participant, PreparedAdjustment, Project, Report
from projects.queries.ledger import ledger
from tests.factories import way
from tests.factories.directory import applicant
from tests.projects.budgets import again, running_project, wish
from tests.projects.papers import pdf
from workflows.errors import NotAllowed, Refused
from workflows.inbox import waiting_for
from workflows.models import JournalEntry, Message

pytestmark = pytest.mark.django_db
TEXTS = Texts("进展", "问题", "计划")


@pytest.fixture
def cast() -> way.Cast:
    return way.Cast()


@pytest.fixture
def project(cast: way.Cast) -> Project:
    return running_project(cast)


def member(project: Project, cast: way.Cast, **more: Any) -> User:
    """Somebody in the team with an account, from elsewhere."""
    user = applicant()
    fields = {"name": user.person.name, "role": "member", "state": "confirmed", **more}
    Participant.objects.create(proposal=project.proposal, person=user.person, **fields)
    return user


def powers(project: Project, **more: Any) -> Powers:
    return replace(Powers(project.ends_on, "协助管理"), **more)


def within(project: Project) -> Any:
    return time_machine.travel(dt.datetime.combine(project.starts_on, dt.time(4), dt.UTC) + dt.timedelta(days=40))


def entry(project: Project) -> Entry:
    return Entry("V-1", project.starts_on, Decimal(100), "operating.materials")


def test_each_act_is_done_under_both_names_and_nothing_else(cast: way.Cast, project: Project) -> None:
    helper = member(project, cast)
    with within(project):
        accounts = powers(project, accounts=True)
        given = delegate(project=project, person=helper.person, powers=accounts, by=cast.applicant)
        record_spending(project=project, entry=entry(project), by=helper)
        arrival = Arrival(Decimal(5), timezone.localdate(), FundsSource.OWN, uuid.uuid4())
        record_own_funds(project=project, arrival=arrival, paper=pdf(), by=helper)
        report = Report.objects.filter(project=project).first()
        assert report is not None
        with pytest.raises(NotAllowed):
            save_report(report=report, texts=TEXTS, expected_version=report.version, by=helper)
        delegate(project=project, person=helper.person, powers=powers(project, reports=True), by=cast.applicant)
        save_report(report=report, texts=TEXTS, expected_version=report.version, by=helper)
        for act in (
            lambda: submit_report(report=report, by=helper),
            lambda: record_spending(project=project, entry=entry(project), by=helper),
            lambda: ask_adjustment(project=project, wish=wish(project), by=helper),
            lambda: delegate(project=project, person=helper.person, powers=powers(project, reports=True), by=helper),
        ):
            with pytest.raises(NotAllowed):
                act()
    for name in ("spending.record", "own_funds.record", "report.save"):
        done = JournalEntry.objects.get(action=f"projects.{name}")
        assert (done.actor, done.on_behalf) == (f"user:{helper.pk}", f"user:{cast.applicant.pk}")
    given.refresh_from_db()
    assert given.ended_at is not None
    told = Message.objects.filter(key__startswith="delegation:")
    assert {one.to for one in told} == {helper}


def test_it_ends_at_once_by_its_day_and_with_who_gave_it(cast: way.Cast, project: Project) -> None:
    helper = member(project, cast)
    with within(project):
        day = timezone.localdate()
        given = delegate(
            project=project, person=helper.person, powers=powers(project, reports=True, last_day=day), by=cast.applicant
        )
        report = Report.objects.filter(project=project).first()
        assert report is not None
        save_report(report=report, texts=TEXTS, expected_version=report.version, by=helper)
        report.refresh_from_db()
        with time_machine.travel(timezone.now() + dt.timedelta(days=1)), pytest.raises(NotAllowed):
            save_report(report=report, texts=TEXTS, expected_version=report.version, by=helper)
        Project.objects.filter(pk=project.pk).update(investigator=cast.stranger.person)
        assert Delegation.objects.in_force().count() == 0
        Project.objects.filter(pk=project.pk).update(investigator=cast.applicant.person)
        project.former.add(helper.person)
        assert Delegation.objects.in_force().count() == 0
        project.former.clear()
        for user in (cast.admin, cast.stranger):
            with pytest.raises(NotAllowed):
                end_delegation(delegation=given, by=user)
        assert Delegation.objects.in_force().count() == 1
        end_delegation(delegation=given, by=helper)
        with pytest.raises(NotAllowed):
            save_report(report=report, texts=TEXTS, expected_version=report.version, by=helper)


def test_a_change_of_the_budget_is_prepared_and_sent_by_the_investigator(cast: way.Cast, project: Project) -> None:
    helper = member(project, cast)
    lines = {line.category: line.pk for line in ledger(project)}
    changes = {lines["operating.materials"]: Decimal(-100), lines["operating.travel"]: Decimal(100)}
    with pytest.raises(NotAllowed):
        prepare_adjustment(project=project, changes=changes, reason="x", by=helper)
    with within(project):
        delegate(project=project, person=helper.person, powers=powers(project, adjustments=True), by=cast.applicant)
        for wrong, code in (({}, "nothing"), ({0: Decimal(1)}, "foreign_line")):
            with pytest.raises(Refused) as refused:
                prepare_adjustment(project=project, changes=wrong, reason="x", by=helper)
            assert refused.value.codes == [code]
        for _one in range(2):
            prepare_adjustment(project=project, changes=changes, reason="x", by=helper)
        prepared = PreparedAdjustment.objects.get()
        assert prepared.get_absolute_url() in [one.url for one in waiting_for(again(cast.applicant))]
        assert LedgerLine.objects.get(pk=lines["operating.travel"]).approved == 0
        sent = wish(project, operating__materials=-100, operating__travel=100)
        ask_adjustment(project=project, wish=sent, by=cast.applicant)
    assert PreparedAdjustment.objects.count() == 0
    assert JournalEntry.objects.filter(action="projects.adjustment.prepare").first().on_behalf == (  # type: ignore[union-attr]  # written above
        f"user:{cast.applicant.pk}"
    )


def test_everything_that_is_wrong_is_said_at_once(cast: way.Cast, project: Project) -> None:
    wrong = Powers(project.ends_on + dt.timedelta(days=1), " ")
    with pytest.raises(Refused) as refused:
        delegate(project=project, person=cast.stranger.person, powers=wrong, by=cast.applicant)
    assert refused.value.codes == ["not_in_team", "no_acts", "last_day", "no_reason"]
    named = member(project, cast, state="named")
    for person in (named.person, cast.applicant.person):
        with pytest.raises(Refused) as refused:
            delegate(project=project, person=person, powers=powers(project, reports=True), by=cast.applicant)
        assert refused.value.codes == ["not_in_team"]
