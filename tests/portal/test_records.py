"""What a record page shows of its machine, to those inside the department and to those outside."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from directory.models import User
from portal import records
from projects.actions.call import draft_call
from projects.models import Proposal
from tests.factories.directory import applicant, officer
from tests.factories.projects import ProposalFactory, days
from workflows.actions import journal
from workflows.actions.unit import unit
from workflows.machine import machine_of
from workflows.models import StateChange

# The histories here are written by hand, so that their dates are known: nothing vouches for them.
pytestmark = [pytest.mark.django_db, pytest.mark.tampers]


def happened(proposal: Proposal, by: User, *moves: tuple[str, str, str], note: str = "") -> None:
    """Write the history of a proposal, one day apart, the last one yesterday."""
    for place, (name, source, target) in enumerate(moves):
        with unit():
            entry = journal.append(action=f"projects.proposal.{name}", subject=proposal, by=by)
            StateChange.objects.create(
                subject_type="projects.proposal",
                subject_id=proposal.pk,
                transition=name,
                source=source,
                target=target,
                by=by,
                note=note,
                at=days(place - len(moves)),
                entry=entry,
            )


def way(proposal: Proposal, *, inside: bool) -> list[tuple[str, str]]:
    with translation.override("en"):
        return [(str(step.label), step.status) for step in records.steps(proposal, inside=inside)]


def card(proposal: Proposal, user: User) -> str:
    request = RequestFactory().get("/")
    request.user = user
    with translation.override("en"):
        return Template("{% now_you_can record %}").render(Context({"request": request, "record": proposal}))


ON_THE_WAY = (
    ("submit", "draft", "submitted"),
    ("endorse", "submitted", "endorsed"),
    ("recommend", "endorsed", "recommended"),
    ("pass_check", "recommended", "eligible"),
    ("begin_review", "eligible", "in_review"),
    ("finish_review", "in_review", "reviewed"),
    ("propose", "reviewed", "proposed"),
)


def test_a_draft_stands_before_the_way() -> None:
    assert way(ProposalFactory.create(), inside=True)[:2] == [("draft", "current"), ("submitted", "ahead")]


def test_steps_taken_are_done_and_dated() -> None:
    proposal = ProposalFactory.create(submitted=True, state="endorsed")
    happened(proposal, officer(), *ON_THE_WAY[:2])
    steps = records.steps(proposal, inside=True)
    assert [step.status for step in steps[:3]] == ["done", "current", "ahead"]
    assert [step.at is not None for step in steps[:3]] == [True, True, False]


def test_a_returned_proposal_stands_after_the_last_step_it_reached() -> None:
    proposal = ProposalFactory.create(submitted=True, state="returned", state_since=days(0))
    happened(proposal, officer(), *ON_THE_WAY[:1], ("return_by_organisation", "submitted", "returned"))
    assert way(proposal, inside=True)[:3] == [
        ("submitted", "done"),
        ("returned for correction", "current"),
        ("endorsed", "ahead"),
    ]


def test_what_lies_between_states_of_one_public_name_stays_inside() -> None:
    proposal = ProposalFactory.create(submitted=True, state="proposed")
    happened(proposal, officer(), *ON_THE_WAY)
    outside = {str(step.label): step for step in records.steps(proposal, inside=False)}
    in_review = records.public_state(machine_of(proposal), "in_review")
    assert outside[str(in_review.public)].status == "current"
    entered: dt.datetime = StateChange.objects.get(transition="begin_review").at
    assert outside[str(in_review.public)].at == entered
    shown = [event.what for event in records.events(proposal, inside=False)]
    assert len(shown) == len(records.events(proposal, inside=True)) - 2


def test_the_history_ends_with_who_made_the_record() -> None:
    by = officer(name="乌兰")
    call = draft_call(code="2027-XT", title="能源专项", kind="project", programme="", budget_mode="itemised", by=by)
    unknown = ProposalFactory.create(submitted=True)
    with unit():
        journal.append(action="projects.proposal.write", subject=unknown, by=by)
    Proposal.objects.filter(pk=unknown.pk).update(created_at=days(-3))
    unknown.refresh_from_db()
    made = records.maker(call)
    assert (made and made.who, records.maker(unknown)) == ("乌兰", None)


def test_the_history_reads_newest_first_in_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    proposal = ProposalFactory.create(submitted=True, state="recommended")
    happened(proposal, officer(name="乌兰"), *ON_THE_WAY[:3], note="材料完整")
    with django_assert_num_queries(1):
        events = records.events(proposal, inside=True)
        records.steps(proposal, inside=True)
    assert [(event.who, event.state.value, event.note) for event in events] == [
        ("乌兰", "recommended", "材料完整"),
        ("乌兰", "endorsed", "材料完整"),
        ("乌兰", "submitted", "材料完整"),
    ]
    places = [event.seq or 0 for event in events]
    assert places == sorted(places, reverse=True)


def test_who_can_do_nothing_is_told_who_acts_next() -> None:
    assert "with: <b>the host organisation</b>" in card(ProposalFactory.create(submitted=True), officer())


def test_a_hold_is_not_told_to_those_outside() -> None:
    proposal: Any = ProposalFactory.create(submitted=True, state="on_hold")
    assert "integrity officer" in card(proposal, officer())
    assert "integrity officer" not in card(proposal, applicant())


def test_grave_things_are_offered_last_and_never_as_the_main_one() -> None:
    proposal = ProposalFactory.create(submitted=True, state="recommended")
    found = records.offers(proposal, officer())
    assert found != []
    assert [offer.choice.transition.grave for offer in found] == sorted(o.choice.transition.grave for o in found)
    assert [offer.main for offer in found if offer.choice.transition.grave] == [False]
