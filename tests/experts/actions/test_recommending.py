from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from directory.models import Organisation, User
from experts.actions.pool import Profile, admit_expert, apply_to_pool, decline_pool
from experts.actions.recommending import recommend_expert
from experts.models import ExpertProfile
from tests.factories.directory import OrganisationFactory, PersonFactory, applicant, officer, organisation_admin
from tests.races import race
from workflows.errors import NotAllowed, Refused
from workflows.models import Message

pytestmark = pytest.mark.django_db
PROFILE = Profile(["technical"], "能源科学", ["储能"])


def ground() -> tuple[User, Organisation, User]:
    """An administrator, the organisation, and a member of it."""
    organisation = OrganisationFactory.create()
    return organisation_admin(organisation), organisation, applicant(organisation)


def recommended(admin: User, organisation: Organisation, member: User, **fields: Any) -> ExpertProfile:
    facts = {"why": "长期从事储能研究", "truthful": True, **fields}
    return recommend_expert(organisation=organisation, person=member.person, by=admin, **facts)


def test_who_is_recommended_is_a_candidate_until_the_person_agrees() -> None:
    admin, organisation, member = ground()
    profile = recommended(admin, organisation, member)
    assert (profile.state, profile.source, profile.recommended_by) == ("candidate", "organisation", organisation)
    assert Message.objects.filter(to=member).count() == 1
    with pytest.raises(Refused):
        admit_expert(expert=profile, by=officer())
    profile = apply_to_pool(person=member.person, profile=PROFILE, by=member)
    assert (profile.state, profile.source, profile.consented_at is not None) == ("applied", "organisation", True)


def test_who_does_not_want_to_serve_is_left_alone_until_recommended_again() -> None:
    admin, organisation, member = ground()
    profile = decline_pool(expert=recommended(admin, organisation, member), by=member)
    assert profile.state == "left"
    assert recommended(admin, organisation, member).state == "candidate"


def test_an_application_that_waits_keeps_its_state_and_gets_the_recommendation() -> None:
    admin, organisation, member = ground()
    apply_to_pool(person=member.person, profile=PROFILE, by=member)
    profile = recommended(admin, organisation, member)
    assert (profile.state, profile.source, profile.recommendation) == ("applied", "person", "长期从事储能研究")


@pytest.mark.parametrize(("fields", "code"), [({"why": " "}, "field:why"), ({"truthful": False}, "field:truthful")])
def test_the_organisation_says_why_and_answers_for_it(fields: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refusal:
        recommended(*ground(), **fields)
    assert refusal.value.codes == [code]
    assert ExpertProfile.objects.count() == 0


def test_strangers_are_refused_on_both_sides() -> None:
    admin, organisation, member = ground()
    with pytest.raises(NotAllowed):
        recommended(member, organisation, member)
    with pytest.raises(Refused) as refusal:
        recommend_expert(
            organisation=organisation, person=PersonFactory.create(), why="熟悉领域", truthful=True, by=admin
        )
    assert refusal.value.codes == ["field:person"]


def test_who_is_in_the_pool_is_not_recommended() -> None:
    admin, organisation, member = ground()
    admit_expert(expert=apply_to_pool(person=member.person, profile=PROFILE, by=member), by=officer())
    with pytest.raises(Refused) as refusal:
        recommended(admin, organisation, member)
    assert refusal.value.codes == ["in_the_pool"]


@pytest.mark.django_db(transaction=True)
def test_applying_and_being_recommended_at_once_ends_in_one_application() -> None:
    admin, organisation, member = ground()
    works = [
        partial(apply_to_pool, person=member.person, profile=PROFILE, by=member),
        partial(recommended, admin, organisation, member),
    ]
    assert race(works) == ["done", "done"]
    found = ExpertProfile.objects.get()
    assert (found.state, found.recommended_by_id) == ("applied", organisation.pk)
