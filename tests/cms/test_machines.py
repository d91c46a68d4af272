"""The machine of the room: every state × transition × role."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from cms.machines import PROFILE_CHANGE
from cms.models import ProfileChange, SiteProfile
from directory.models import User
from tests import machines
from tests.cms.test_approval import both_roles
from tests.factories import cms
from tests.factories import directory as people
from tests.machines import World

pytestmark = [pytest.mark.django_db, pytest.mark.tampers]


@dataclass
class Desk:
    """Those who work at the website, and some who do not; `both` is editor and approver and proposed the change."""

    both: User = field(default_factory=both_roles)
    editor: User = field(default_factory=people.editor)
    approver: User = field(default_factory=people.approver)
    officer: User = field(default_factory=people.officer)
    auditor: User = field(default_factory=people.auditor)
    system_admin: User = field(default_factory=people.system_admin)

    def __post_init__(self) -> None:
        """The site, once."""
        cms.site()

    def everybody(self) -> dict[str, User]:
        """All of them by their part."""
        return vars(self)


def make_change(desk: Desk, state: str) -> Any:
    ProfileChange.objects.filter(state="proposed").delete()
    return ProfileChange.objects.create(
        profile=SiteProfile.objects.get(), reason="新的备案号", proposed_by=desk.both, state=state
    )


WORLD = World(
    PROFILE_CHANGE,
    make_change,
    {"approve_profile": {"approver"}, "refuse_profile": {"approver"}, "withdraw_profile": {"both"}},
)


@pytest.mark.parametrize(("world", "state"), machines.each_state([WORLD]))
def test_a_transition_is_taken_exactly_where_the_table_says(world: World, state: str) -> None:
    machines.check_state(world, Desk(), state)


def test_a_note_that_is_required_is_demanded() -> None:
    machines.check_notes(WORLD, Desk())


def test_every_transition_leads_between_known_states_and_every_state_is_reached() -> None:
    machines.check_table(WORLD)
