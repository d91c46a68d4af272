from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from directory.models import Organisation, User
from experts.models import Absence, ExpertProfile
from tests.factories.directory import OrganisationFactory, applicant, officer, organisation_admin
from tests.factories.experts import ExpertProfileFactory, expert_user, profile_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit() -> Organisation:
    return OrganisationFactory.create()


@pytest.fixture
def admin(unit: Organisation) -> User:
    return organisation_admin(unit)


def test_an_administrator_recommends_a_member_and_sees_where_it_stands(
    client: Client, unit: Organisation, admin: User
) -> None:
    member, address = applicant(unit), reverse("organisation_experts", args=[unit.uid])
    client.force_login(admin)
    assert client.get(reverse("own_experts"))["Location"] == address
    given = {"person": member.person.pk, "why": "长期从事储能研究", "truthful": "on"}
    assert client.post(address, given).status_code == 302
    assert ExpertProfile.objects.get().state == "candidate"
    page = client.get(address)
    assert [one.person.name for one in page.context["page"]] == [member.person.name]
    client.force_login(member)
    assert client.get(reverse("expert_apply")).status_code == 200


@pytest.mark.parametrize("change", [{"truthful": ""}, {"why": ""}, {"person": "0"}])
def test_what_is_missing_is_named_and_what_was_typed_stays(
    client: Client, unit: Organisation, admin: User, change: dict[str, Any]
) -> None:
    client.force_login(admin)
    given = {"person": applicant(unit).person.pk, "why": "长期从事储能研究", "truthful": "on", **change}
    page = client.post(reverse("organisation_experts", args=[unit.uid]), given)
    assert (page.status_code, list(page.context["form"].errors)) == (422, list(change))
    assert ExpertProfile.objects.count() == 0


def test_a_stranger_cannot_be_chosen_and_other_organisations_are_not_there(client: Client, admin: User) -> None:
    client.force_login(admin)
    other = OrganisationFactory.create()
    assert client.get(reverse("organisation_experts", args=[other.uid])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same(
    client: Client, unit: Organisation, admin: User, count: int, django_assert_max_num_queries: Any
) -> None:
    for _ in range(count):
        facts = {"recommended_by": unit, "recommended_at": timezone.now()}
        ExpertProfileFactory.create(person=applicant(unit).person, state="candidate", **facts)
    client.force_login(admin)
    with django_assert_max_num_queries(12):
        client.get(reverse("organisation_experts", args=[unit.uid]))


def test_an_expert_writes_down_when_away_and_takes_it_back(client: Client) -> None:
    user = expert_user()
    client.force_login(user)
    today = timezone.localdate()
    given = {"since": today, "until": today + dt.timedelta(days=9), "note": "出国"}
    assert client.post(reverse("expert_absences"), given).status_code == 302
    absence = Absence.objects.get(expert=profile_of(user))
    assert "出国" in client.get(reverse("expert_absences")).content.decode()
    client.force_login(officer())
    assert client.post(reverse("expert_absence_remove", args=[absence.pk])).status_code == 404
    client.force_login(user)
    assert client.post(reverse("expert_absence_remove", args=[absence.pk])).status_code == 302
    assert Absence.objects.count() == 0


def test_days_out_of_order_are_refused(client: Client) -> None:
    client.force_login(expert_user())
    page = client.post(reverse("expert_absences"), {"since": "2026-12-10", "until": "2026-12-01"})
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["until"])
