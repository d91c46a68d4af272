"""The machines of this room: every state × transition × role.

A fee sheet is left out of the first test: its constraints demand who confirmed it with the state, which a bare
transition does not write; who may confirm is tested with its action.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.utils import timezone

from directory.models import User
from experts.machines import ASSIGNMENT, DRAW, EXPERT, FEES, MEETING, ROUND
from experts.models import (
    Assignment,
    Dossier,
    Draw,
    ExpertProfile,
    FeeSheet,
    FeeStandard,
    Meeting,
    MeetingMember,
    ReviewRound,
)
from tests import machines
from tests.factories import directory
from tests.factories.experts import SCHEME, ExpertProfileFactory, days
from tests.machines import World

# Bare transitions, without the actions that keep the records beside each other in step.
pytestmark = [pytest.mark.django_db, pytest.mark.tampers]

OFFICERS = frozenset({"officer", "second_officer"})
EXPERT_ALONE, CHAIR_ALONE = frozenset({"expert"}), frozenset({"chair"})


@dataclass
class Cast:
    """Everybody who has to do with reviews, and some who have not."""

    people: dict[str, User] = field(init=False)
    expert: ExpertProfile = field(init=False)
    chair: ExpertProfile = field(init=False)

    def __post_init__(self) -> None:
        """An expert and a chair with profiles, each person in a fresh organisation."""
        self.people = {
            "officer": directory.officer(),
            "second_officer": directory.officer(),
            "expert": directory.expert(),
            "chair": directory.expert(),
            "other_expert": directory.expert(),
            "applicant": directory.applicant(),
            "decision_maker": directory.decision_maker(),
            "integrity": directory.integrity_officer(),
            "auditor": directory.auditor(),
            "system_admin": directory.system_admin(),
        }
        self.expert = ExpertProfileFactory.create(person=self.people["expert"].person)
        self.chair = ExpertProfileFactory.create(person=self.people["chair"].person)

    def everybody(self) -> dict[str, User]:
        """All of them by their part."""
        return self.people


def make_expert(cast: Cast, state: str) -> ExpertProfile:
    ExpertProfile.objects.filter(pk=cast.expert.pk).update(state=state)
    cast.expert.refresh_from_db()
    return cast.expert


def make_round(cast: Cast, state: str, **more: Any) -> ReviewRound:
    made: ReviewRound = ReviewRound.objects.create(
        title="2027年第一轮评审",
        scheme=SCHEME,
        experts_per_dossier=1,
        minimum_sheets=1,
        score_deadline=days(10),
        ranked_at=timezone.now(),
        officer=cast.people["officer"],
        state=state,
        **more,
    )
    return made


def make_dossier(review_round: ReviewRound) -> Dossier:
    number = Dossier.objects.count()
    title = f"钠离子电池硬碳负极研究（{number}）"
    return Dossier.objects.create(round=review_round, subject_type="projects.proposal", subject_id=number, title=title)


def make_assignment(cast: Cast, state: str) -> Assignment:
    review_round = make_round(cast, "scoring")
    made: Assignment = Assignment.objects.create(
        round=review_round,
        dossier=make_dossier(review_round),
        expert=cast.expert,
        state=state,
        invited_at=days(-1),
        answer_by=days(3),
        statement_signed_at=timezone.now(),
        submitted_at=timezone.now(),
    )
    return made


def make_draw(cast: Cast, state: str) -> Draw:
    now = timezone.now()
    made: Draw = Draw.objects.create(
        round=make_round(cast, "drawing"),
        number=1,
        mode="best",
        state=state,
        failure="没有解",
        inputs_sha256="0" * 64,
        committed_by=cast.people["officer"],
        drawn_at=now,
        revealed_at=now,
    )
    return made


def make_meeting(cast: Cast, state: str) -> Meeting:
    made: Meeting = Meeting.objects.create(
        round=make_round(cast, "ranked"),
        title="会议评审",
        starts_at=timezone.now() + dt.timedelta(hours=1),
        organised_by=cast.people["officer"],
        state=state,
        minutes="纪要",
        minutes_sha256="0" * 64,
    )
    MeetingMember.objects.create(meeting=made, expert=cast.chair, is_chair=True)
    return made


def make_fees(cast: Cast, state: str) -> FeeSheet:
    boss, second = cast.people["officer"], cast.people["second_officer"]
    by = {"confirmed_by": second, "confirmed_at": timezone.now()} if state == "confirmed" else {}
    standard, _made = FeeStandard.objects.get_or_create(
        valid_from=dt.date(2020, 1, 1), defaults={"document": "标准", "senior_day": 2400, "other_day": 1500}
    )
    fields = {"round": make_round(cast, "closed"), "standard": standard, "made_by": boss, **by}
    made: FeeSheet = FeeSheet.objects.create(state=state, **fields)
    return made


WORLDS = (
    World(
        EXPERT,
        make_expert,
        {
            **dict.fromkeys(("apply", "decline", "leave"), EXPERT_ALONE),
            **dict.fromkeys(("admit", "send_back", "enrol", "suspend", "readmit"), OFFICERS),
        },
    ),
    World(
        ROUND,
        make_round,
        {
            "open": OFFICERS | {"system"},
            **dict.fromkeys(("send_invitations", "discuss", "rank", "close", "cancel"), OFFICERS),
        },
    ),
    World(
        ASSIGNMENT,
        make_assignment,
        {
            **dict.fromkeys(("invite", "replace"), OFFICERS),
            **dict.fromkeys(("accept", "decline", "recuse", "begin", "submit", "change"), EXPERT_ALONE),
        },
    ),
    World(DRAW, make_draw, dict.fromkeys(("start", "again", "confirm", "withdraw"), OFFICERS)),
    World(
        MEETING,
        make_meeting,
        {
            **dict.fromkeys(("open", "close"), OFFICERS | CHAIR_ALONE),
            **dict.fromkeys(("reopen", "confirm"), CHAIR_ALONE),
            "cancel": OFFICERS,
        },
    ),
)
FEE_WORLD = World(FEES, make_fees, {"confirm": {"second_officer"}, "reopen": OFFICERS})


@pytest.mark.parametrize(("world", "state"), machines.each_state(WORLDS))
def test_a_transition_is_taken_exactly_where_the_table_says(world: World, state: str) -> None:
    machines.check_state(world, Cast(), state)


@pytest.mark.parametrize("world", machines.each((*WORLDS, FEE_WORLD)))
def test_a_note_that_is_required_is_demanded(world: World) -> None:
    machines.check_notes(world, Cast())


@pytest.mark.parametrize("world", machines.each((*WORLDS, FEE_WORLD)))
def test_every_transition_leads_between_known_states_and_every_state_is_reached(world: World) -> None:
    machines.check_table(world)
