"""Two at once on one organisation or person: one is taken, the other refused; on SQLite and on PostgreSQL."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from directory.actions.invitations import accept_invitation, invite_member, withdraw_invitation
from directory.actions.organisations import register_organisation
from directory.actions.people import create_person
from directory.actions.roles import end_role
from directory.enums import Role
from directory.models import Membership, Organisation, Person, RoleGrant, User
from tests.directory.actions.test_organisations import facts
from tests.factories.directory import (
    AuthorityFactory,
    OrganisationFactory,
    PersonFactory,
    RegionFactory,
    UserFactory,
    id_number,
    organisation_admin,
)
from tests.races import race

pytest_plugins = ("tests.postgres",)


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def somebody(**more: Any) -> User:
    user = PersonFactory.create(**more).user
    assert user is not None
    return user


def two_administrators_end_each_other() -> None:
    """One stays: the organisation is never without."""
    organisation = OrganisationFactory.create()
    first, second = organisation_admin(organisation), organisation_admin(organisation)

    def end(by: User, of: User) -> Callable[[], Any]:
        grant = RoleGrant.objects.get(person=of.person)
        return lambda: end_role(grant=RoleGrant.objects.get(pk=grant.pk), by=fresh(by))

    found = sorted(race([end(first, second), end(second, first)]))
    assert found in (["done", "last_administrator"], ["NotAllowed", "done"], ["done", "not_allowed"])
    assert RoleGrant.objects.in_force().filter(role=Role.ORGANISATION_ADMIN, organisation=organisation).count() == 1


def two_registrations_of_one_code() -> None:
    """Under two authorities, whose locks do not meet."""
    region = RegionFactory.create()

    def register(authority: Organisation, by: User) -> Callable[[], Any]:
        return lambda: register_organisation(facts=facts(authority, region=region), by=fresh(by))

    found = race([register(AuthorityFactory.create(), somebody()) for _one in range(2)])
    assert sorted(found) == ["done", "field:credit_code"]
    assert Organisation.objects.filter(name="向山检测有限公司").count() == 1


def two_people_with_one_number() -> None:
    number = id_number(11, dt.date(1990, 1, 2))

    def create(user: User) -> Callable[[], Any]:
        return lambda: create_person(user=fresh(user), facts={"name": "乌云", "id_number": number})

    assert sorted(race([create(UserFactory.create()) for _one in range(2)])) == ["done", "field:id_number"]
    assert Person.objects.count() == 1


def one_profile_sent_twice() -> None:
    user = UserFactory.create()

    def create() -> Any:
        return create_person(user=fresh(user), facts={"name": "乌云"})

    assert race([create, create]) == ["done", "done"]
    assert Person.objects.filter(user=user).count() == 1


def an_invitation_accepted_and_withdrawn() -> None:
    organisation = OrganisationFactory.create()
    admin, guest = organisation_admin(organisation), somebody(user__email="guest@example.org")
    row = invite_member(organisation=organisation, email="guest@example.org", by=admin)

    def accept() -> Any:
        return accept_invitation(membership=Membership.objects.get(pk=row.pk), by=fresh(guest))

    def withdraw() -> Any:
        return withdraw_invitation(membership=Membership.objects.get(pk=row.pk), by=fresh(admin))

    assert sorted(race([accept, withdraw])) == ["done", "wrong_state"]


RACES = (
    two_administrators_end_each_other,
    two_registrations_of_one_code,
    two_people_with_one_number,
    one_profile_sent_twice,
    an_invitation_accepted_and_withdrawn,
)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("run", RACES)
def test_one_is_taken_and_the_other_refused_on_sqlite(run: Callable[[], None]) -> None:
    run()


@pytest.mark.postgres
@pytest.mark.usefixtures("postgres")
@pytest.mark.parametrize("run", RACES)
def test_one_is_taken_and_the_other_refused_on_postgresql(run: Callable[[], None]) -> None:
    run()
