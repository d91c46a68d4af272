from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from directory.models import User
from experts.enums import TieKind
from experts.models import ConflictPin, Tie
from tests.factories.directory import OrganisationFactory, applicant, officer
from tests.factories.experts import expert_user, handed_in, profile_of, running

pytestmark = pytest.mark.django_db


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_an_expert_writes_a_tie_down_and_takes_it_back() -> None:
    user = expert_user()
    client, address = client_of(user), reverse("expert_ties")
    assert "尚未登记" in client.get(address).content.decode()

    client.post(address, {"kind": "advisor", "person_name": "那木汗", "note": "硕士导师"})

    tie = Tie.objects.get()
    assert (tie.kind, tie.person_name, tie.note) == (TieKind.ADVISOR, "那木汗", "硕士导师")
    assert "那木汗" in client.get(address).content.decode()
    client.post(reverse("expert_tie_remove", args=[tie.pk]))
    assert Tie.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"kind": "worked", "person_name": "甲"}, "organisation", "请填写单位。"),
        ({"kind": "kinship"}, "person_name", "请填写姓名。"),
        ({"kind": "other"}, "organisation", "请填写单位，或在下方填写姓名。"),
        ({"kind": "worked", "organisation": "草原"}, "organisation", "请填写全称。您要找的是否为：北方草原大学？"),
        ({"kind": "worked", "organisation": "无此单位"}, "organisation", "没有登记此名称或代码的单位，请核对全称。"),
    ],
)
def test_a_faulty_tie_names_its_field_and_keeps_what_was_typed(typed: dict[str, str], field: str, said: str) -> None:
    OrganisationFactory.create(name="北方草原大学")

    page = client_of(expert_user()).post(reverse("expert_ties"), {**typed, "note": "留着"})

    assert (page.status_code, page.context["form"].errors[field]) == (422, [said])
    assert "留着" in page.content.decode()
    assert Tie.objects.count() == 0


def test_an_organisation_is_found_by_name_and_by_code() -> None:
    host, user = OrganisationFactory.create(name="北方草原大学"), expert_user()
    client = client_of(user)
    for text in (host.name, host.credit_code):
        client.post(reverse("expert_ties"), {"kind": "shareholding", "organisation": text})

    assert [tie.organisation for tie in profile_of(user).ties.all()] == [host, host]


def test_others_find_nothing_of_it() -> None:
    mine, other = expert_user(), expert_user()
    client_of(mine).post(reverse("expert_ties"), {"kind": "kinship", "person_name": "甲"})
    remove = reverse("expert_tie_remove", args=[Tie.objects.get().pk])

    assert "甲" not in client_of(other).get(reverse("expert_ties")).content.decode()
    assert client_of(other).post(remove).status_code == 404
    assert client_of(applicant()).get(reverse("expert_ties")).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_tie_and_for_three(count: int, django_assert_max_num_queries: Any) -> None:
    user = expert_user()
    for number in range(count):
        Tie.objects.create(
            expert=profile_of(user), kind="worked", organisation=OrganisationFactory.create(name=f"{number}")
        )
    client = client_of(user)
    client.get(reverse("expert_ties"))
    with django_assert_max_num_queries(9):
        client.get(reverse("expert_ties"))


def test_an_officer_rules_from_the_page_of_the_dossier() -> None:
    boss, user = officer(), expert_user()
    dossier = handed_in(1, boss)
    running(boss, dossier)
    client, expert = client_of(boss), profile_of(user)
    address = reverse("dossier_pin", args=[dossier.uid, expert.uid])
    page = client.get(reverse("dossier_assign", args=[dossier.uid])).content.decode()
    assert f'href="{address}"' in page

    refused = client.post(address, {"verdict": "keep_away", "reason": ""})
    assert (refused.status_code, ConflictPin.objects.count()) == (422, 0)
    client.post(address, {"verdict": "keep_away", "reason": "群众反映"})

    assert ConflictPin.objects.get().reason == "群众反映"
    assert "群众反映" in client.get(reverse("dossier_assign", args=[dossier.uid])).content.decode()
    client.post(address, {"remove": "1"})
    assert ConflictPin.objects.count() == 0
    assert client_of(user).get(address).status_code == 404
