"""The machines of this room: every state × transition × role."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from directory.enums import MembershipState
from directory.machines import MEMBERSHIP, ORGANISATION
from directory.models import Membership, Organisation, User
from tests import machines
from tests.factories import directory
from tests.factories.projects import days
from tests.machines import World

# Bare transitions, without the actions that keep the records beside each other in step.
pytestmark = [pytest.mark.django_db, pytest.mark.tampers]


INVITED = (MembershipState.INVITED, MembershipState.EXPIRED, MembershipState.WITHDRAWN)


@dataclass
class Cast:
    """One organisation under one authority, with a person in each role, and a stranger in each."""

    authority: Organisation = field(default_factory=directory.AuthorityFactory.create)
    organisation: Organisation = field(init=False)
    people: dict[str, User] = field(init=False)

    def __post_init__(self) -> None:
        """The people who need the organisations."""
        self.organisation = directory.OrganisationFactory.create(authority=self.authority)
        elsewhere = directory.AuthorityFactory.create()
        self.people = {
            "member": directory.applicant(self.organisation),
            "admin": directory.organisation_admin(self.organisation),
            "guest": directory.applicant(),
            "recommender": directory.recommending_officer(self.authority),
            "other_admin": directory.organisation_admin(directory.OrganisationFactory.create()),
            "other_recommender": directory.recommending_officer(elsewhere),
            "officer": directory.officer(),
            "decision_maker": directory.decision_maker(),
            "integrity": directory.integrity_officer(),
            "auditor": directory.auditor(),
            "editor": directory.editor(),
            "expert": directory.expert(),
            "system_admin": directory.system_admin(),
        }

    def everybody(self) -> dict[str, User]:
        """All of them by their part."""
        return self.people


def make_organisation(cast: Cast, state: str) -> Organisation:
    made: Organisation = directory.OrganisationFactory.create(authority=cast.authority, state=state)
    return made


def make_membership(cast: Cast, state: str) -> Any:
    """One of the cast's member who is not an administrator; before that, an invitation that the guest is about to
    accept (the action puts in the person).
    """
    guest, member = cast.people["guest"], cast.people["member"]
    Membership.objects.filter(organisation=cast.organisation, person__in=(guest.person, member.person)).delete()
    if state not in INVITED:
        return Membership.objects.create(organisation=cast.organisation, state=state, person=member.person)
    return Membership.objects.create(
        organisation=cast.organisation,
        state=state,
        person=guest.person,
        invited_email=guest.email,
        open_until=days(-1 if state == MembershipState.EXPIRED else 5),
    )


VERIFIERS = {"recommender", "system_admin"}
WORLDS = (
    World(ORGANISATION, make_organisation, {"verify": VERIFIERS, "refuse": VERIFIERS, "close": {"system_admin"}}),
    World(
        MEMBERSHIP,
        make_membership,
        {
            "accept": {"guest"},
            "decline": {"guest"},
            "renew": {"admin"},
            "withdraw": {"admin"},
            "confirm": {"admin"},
            "turn_down": {"admin"},
            "end": {"admin", "member"},
        },
        unmade=frozenset({"requested"}),
    ),
)


def of_state(world: World, state: str) -> World:
    """The world of a record in `state`: an invitation is the guest's, a membership the member's."""
    if world.machine is not MEMBERSHIP:
        return world
    own, gone = ("guest", "member") if state in INVITED else ("member", "guest")
    may = {name: parts - {gone} for name, parts in world.may.items()}
    return World(world.machine, world.make, {**may, "end": {"admin", own}})


@pytest.mark.parametrize(("world", "state"), machines.each_state(WORLDS))
def test_a_transition_is_taken_exactly_where_the_table_says(world: World, state: str) -> None:
    machines.check_state(of_state(world, state), Cast(), state)


@pytest.mark.parametrize("world", machines.each(WORLDS))
def test_a_note_that_is_required_is_demanded(world: World) -> None:
    machines.check_notes(world, Cast())


@pytest.mark.parametrize("world", machines.each(WORLDS))
def test_every_transition_leads_between_known_states_and_every_state_is_reached(world: World) -> None:
    machines.check_table(world)
