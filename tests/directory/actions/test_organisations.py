"""An organisation registers, is verified or refused, and its first administrator follows."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from directory.actions.organisations import close_organisation, refuse_organisation, register_organisation
from directory.actions.organisations import verify_organisation as verify
from directory.enums import MembershipState, OrganisationState, Role
from directory.models import Organisation, User
from directory.queries.standing import standing
from tests.factories.directory import (
    AuthorityFactory,
    PersonFactory,
    RegionFactory,
    applicant,
    credit_code,
    organisation_admin,
    recommending_officer,
    system_admin,
)
from workflows.errors import NotAllowed, Refused
from workflows.models import JournalEntry, Message

pytestmark = pytest.mark.django_db


def facts(authority: Organisation, **changes: Any) -> dict[str, Any]:
    return {
        "name": "向山检测有限公司",
        "kind": "enterprise",
        "credit_code": credit_code(9_000_001),
        "region": RegionFactory.create(),
        "authority": authority,
        "founded_on": dt.date(2024, 1, 9),
        **changes,
    }


def somebody() -> User:
    user = PersonFactory.create().user
    assert user is not None
    return user


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_verifying_makes_the_registering_person_its_administrator() -> None:
    authority = AuthorityFactory.create()
    founder, verifier = somebody(), recommending_officer(authority)
    organisation = register_organisation(facts=facts(authority), by=founder)
    assert organisation.state == OrganisationState.REGISTERED
    assert standing(fresh(founder)).admin_of == set()
    verify(organisation=organisation, by=verifier)
    assert organisation.state == OrganisationState.VERIFIED
    assert standing(fresh(founder)).admin_of == {organisation.pk}
    assert standing(fresh(founder)).member_of == {organisation.pk}
    assert Message.objects.filter(to=founder).count() == 1


def test_the_authority_is_told_of_a_registration() -> None:
    authority = AuthorityFactory.create()
    verifier, elsewhere = recommending_officer(authority), recommending_officer(AuthorityFactory.create())
    register_organisation(facts=facts(authority), by=somebody())
    assert list(Message.objects.values_list("to", flat=True)) == [verifier.pk]
    assert Message.objects.filter(to=elsewhere).count() == 0


@pytest.mark.parametrize("who", ["other_authority", "founder", "member_of_authority"])
def test_nobody_but_its_authority_verifies(who: str) -> None:
    authority = AuthorityFactory.create()
    founder = somebody()
    organisation = register_organisation(facts=facts(authority), by=founder)
    actors = {
        "other_authority": recommending_officer(AuthorityFactory.create()),
        "founder": founder,
        "member_of_authority": applicant(authority),
    }
    with pytest.raises(NotAllowed):
        verify(organisation=organisation, by=actors[who])
    organisation.refresh_from_db()
    assert organisation.state == OrganisationState.REGISTERED


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("credit_code", credit_code(9_000_001)[:-1] + "?", "field:credit_code"),
        ("name", "", "field:name"),
        ("kind", "castle", "field:kind"),
    ],
)
def test_a_field_that_is_not_valid_is_named_and_nothing_is_kept(field: str, value: str, code: str) -> None:
    authority = AuthorityFactory.create()
    with pytest.raises(Refused) as refusal:
        register_organisation(facts=facts(authority, **{field: value}), by=somebody())
    assert refusal.value.codes == [code]
    assert Organisation.objects.exclude(pk=authority.pk).count() == 0
    assert JournalEntry.objects.count() == 0


def test_a_credit_code_registers_once_but_again_after_a_refusal() -> None:
    authority = AuthorityFactory.create()
    first = register_organisation(facts=facts(authority), by=somebody())
    with pytest.raises(Refused) as refusal:
        register_organisation(facts=facts(authority), by=somebody())
    assert refusal.value.codes == ["field:credit_code"]
    refuse_organisation(organisation=first, by=recommending_officer(authority), note="执照照片不清")
    assert register_organisation(facts=facts(authority), by=somebody()).state == OrganisationState.REGISTERED


def test_a_refusal_needs_its_reason() -> None:
    authority = AuthorityFactory.create()
    organisation = register_organisation(facts=facts(authority), by=somebody())
    with pytest.raises(Refused) as refusal:
        refuse_organisation(organisation=organisation, by=recommending_officer(authority), note="  ")
    assert refusal.value.codes == ["note_required"]


def test_roles_within_a_closed_organisation_mean_nothing() -> None:
    organisation: Organisation = AuthorityFactory.create()
    admin = organisation_admin(organisation)
    assert standing(fresh(admin)).admin_of == {organisation.pk}
    close_organisation(organisation=organisation, by=system_admin(), note="并入其他单位")
    assert standing(fresh(admin)).roles & {Role.ORGANISATION_ADMIN} == set()
    assert organisation.memberships.get(person=admin.person).state == MembershipState.ACTIVE
