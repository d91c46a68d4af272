"""The rail: which line is marked, and what it counts. All rooms are registered here."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from directory.enums import Role
from directory.models import RoleGrant, User
from directory.queries.standing import standing
from directory.rules import needs_scope
from tests.factories import way
from tests.factories.directory import OrganisationFactory, PersonFactory, applicant, expert, officer
from tests.factories.experts import expert_user, invited
from tests.projects.writing import draft
from workflows.inbox import waiting_for

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def without_second_factor(settings: Settings) -> None:
    settings.MFA_REQUIRED_FOR_STAFF = False


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def marked(client: Client, url: str) -> str:
    """The marked address of the rail; empty when none is."""
    found = re.findall(r'href="([^"]+)" aria-current="page"', client.get(url).content.decode())
    return next(iter(found), "")


def with_role(role: Role) -> User:
    person = PersonFactory.create()
    scope = OrganisationFactory.create() if needs_scope(role) else None
    RoleGrant.objects.create(person=person, role=role, organisation=scope)
    user: User | None = person.user
    assert user is not None
    return user


def test_the_same_record_belongs_to_another_list_for_an_officer() -> None:
    from experts.models import Dossier
    from tests.factories.experts import running

    boss = officer()
    running(boss)
    dossier = Dossier.objects.get()
    url = reverse("dossier_assign", args=[dossier.uid])
    assert marked(client_of(boss), url) == reverse("rounds")


def test_a_proposal_is_mine_for_its_writer_and_received_for_an_officer() -> None:
    from workflows.navigation import ENTRIES

    by_name = {entry.url_name: entry for entry in ENTRIES}
    proposal, user = draft()
    assert marked(client_of(user), reverse("proposal-write", args=[proposal.uid])) == reverse("proposals-mine")
    assert "proposal" in by_name["officer-proposals"].stands_for
    assert "proposal" not in by_name["proposals-mine"].stands_for


def test_home_is_marked_on_home_alone() -> None:
    client = client_of(applicant())
    assert (marked(client, "/bench/"), marked(client, "/bench/inbox/")) == ("/bench/", "/bench/inbox/")


@pytest.mark.parametrize("count", [1, 3])
def test_the_inbox_lists_what_waits_and_the_rail_counts_it(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    user, boss = expert_user(), officer()
    for _number in range(count):
        invited(boss, user)
    client = client_of(user)
    with django_assert_num_queries(7):
        text = client.get("/bench/inbox/").content.decode()
    assert (text.count('class="due"'), f'<span class="n hot">{count}</span>' in text) == (count, True)
    assert f'<span class="n hot">{count}</span>' in client.get("/bench/").content.decode()


def test_the_inbox_of_another_shows_nothing_of_it() -> None:
    invited(officer(), expert_user())
    assert 'class="due"' not in client_of(expert()).get("/bench/inbox/").content.decode()


@pytest.mark.parametrize("role", list(Role))
def test_home_keeps_to_its_budget_of_queries_for_every_role(
    role: Role, django_assert_max_num_queries: Callable[[int], DjangoAssertNumQueries]
) -> None:
    client = client_of(with_role(role))
    with django_assert_max_num_queries(15):  # type: ignore[attr-defined]
        assert client.get("/bench/").status_code == 200


def test_a_person_in_every_role_reads_everything_in_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    cast = way.Cast()
    for role in Role:
        scope = {Role.ORGANISATION_ADMIN: cast.host, Role.RECOMMENDING_OFFICER: cast.authority}.get(role)
        if scope or not needs_scope(role):
            RoleGrant.objects.create(person=cast.stranger.person, role=role, organisation=scope)
    submitted, others = way.proposal(cast, way.call()), ("endorsed", "recommended", "eligible", "reviewed")
    calls = [way.proposal(cast, way.call(), state=state).call for state in others]
    own = way.proposal(cast, way.call(), state="returned", applicant=cast.stranger.person)
    assert standing(cast.stranger).admin_of == {cast.host.pk}
    with django_assert_num_queries(1):
        found = waiting_for(cast.stranger)
    assert {one.title for one in found} == {submitted.title, own.title, *(call.title for call in calls)}
