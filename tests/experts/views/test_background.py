"""The pages of the own profile: lists with one more below, papers through the gate, everything typed stays."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from directory.models import User
from experts.models import ExpertiseItem, ExpertProfile, Station
from tests.factories.directory import applicant, officer
from tests.factories.experts import ExpertProfileFactory, expert_user, profile_of
from tests.workflows.gate import corpus
from workflows.models import StoredFile

pytestmark = pytest.mark.django_db
TYPED: dict[str, Any] = {
    "kinds": ["technical"],
    "discipline": "储能",
    "discipline_code_0": "480",
    "keywords": "储能、硬碳",
    "max_load": "5",
    "max_in_year": "12",
}


@pytest.fixture
def user() -> User:
    return expert_user()


@pytest.fixture
def own(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


def test_titles_are_typed_one_a_line_and_taken_back(own: Client, user: User) -> None:
    address = reverse("expert_works")
    given = {"kind": "paper", "titles": "硬碳负极研究, 2024\n草原固碳", "source": "某刊"}
    assert own.post(address, given).status_code == 302
    assert sorted(ExpertiseItem.objects.values_list("title", "year", "kind", "source")) == [
        ("硬碳负极研究", 2024, "paper", "某刊"),
        ("草原固碳", None, "paper", "某刊"),
    ]
    item = ExpertiseItem.objects.filter(year=2024).get()
    assert item.title in own.get(address).content.decode()
    own.post(reverse("expert_work_remove", args=[item.pk]))
    assert ExpertiseItem.objects.count() == 1


def test_a_line_that_is_too_long_is_named_and_stays(own: Client) -> None:
    typed = f"硬碳负极研究\n{'长' * 301}"
    page = own.post(reverse("expert_works"), {"kind": "paper", "titles": typed})
    assert (page.status_code, page.context["form"]["titles"].value()) == (422, typed)
    assert page.context["form"].errors["titles"] == ["第 2 行超过 300 个字符，请缩短。"]
    assert ExpertiseItem.objects.count() == 0


def test_a_station_is_written_down_and_only_the_own_is_taken_back(own: Client, user: User) -> None:
    given = {"kind": "work", "name": "北方草原大学", "role": "讲师", "since": "2015-09-01", "until": "2020-06-30"}
    assert own.post(reverse("expert_stations"), given).status_code == 302
    station = Station.objects.get()
    assert station.role in own.get(reverse("expert_stations")).content.decode()
    stranger = Client()
    stranger.force_login(expert_user())
    assert stranger.post(reverse("expert_station_remove", args=[station.pk])).status_code == 404
    assert own.post(reverse("expert_station_remove", args=[station.pk])).status_code == 302
    assert Station.objects.count() == 0


def test_days_out_of_order_are_said_beside_the_day(own: Client) -> None:
    given = {"kind": "work", "name": "北方草原大学", "since": "2020-09-01", "until": "2015-06-30"}
    page = own.post(reverse("expert_stations"), given)
    assert (page.status_code, list(page.context["form"].errors), Station.objects.count()) == (422, ["until"], 0)
    assert page.context["form"]["name"].value() == "北方草原大学"


def test_a_paper_goes_through_the_gate_and_is_read_by_the_department_and_its_owner(own: Client, user: User) -> None:
    assert (
        own.post(reverse("expert_documents"), {"file": SimpleUploadedFile("证书.pdf", corpus.pdf())}).status_code == 302
    )
    file = StoredFile.objects.get()
    assert file.name in own.get(reverse("expert_documents")).content.decode()
    found = {}
    for name, reader in (("own", user), ("officer", officer()), ("expert", expert_user()), ("person", applicant())):
        client = Client()
        client.force_login(reader)
        response: Any = client.get(reverse("file", args=[file.uid]))
        found[name] = response.status_code
        assert response.status_code == 404 or b"".join(response.streaming_content).startswith(b"%PDF")
    assert found == {"own": 200, "officer": 200, "expert": 404, "person": 404}
    refused = own.post(reverse("expert_documents"), {"file": SimpleUploadedFile("a.pdf", b"MZ no paper")})
    assert (refused.status_code, StoredFile.objects.count()) == (422, 1)
    assert own.post(reverse("expert_document_remove", args=[file.uid])).status_code == 302
    assert file.name not in own.get(reverse("expert_documents")).content.decode()


def test_without_a_profile_these_pages_are_not_there(client: Client) -> None:
    client.force_login(applicant())
    names = ("expert_works", "expert_stations", "expert_documents")
    assert [client.get(reverse(name)).status_code for name in names] == [404] * 3


def test_disciplines_are_chosen_and_deeper_codes_of_a_list_stay(own: Client, user: User) -> None:
    ExpertProfile.objects.update(discipline_codes=["48010", "530", "520", "430"])
    form = own.get(reverse("expert_apply")).context["form"]
    assert [form[name].value() for name in form.code_names] == ["48010", "530", "520", "430"]
    codes = {"discipline_code_0": "48010", "discipline_code_1": "", "discipline_code_2": "530"}
    assert own.post(reverse("expert_apply"), {**TYPED, **codes}).status_code == 302
    profile = profile_of(user)
    assert (profile.discipline_codes, profile.max_load, profile.max_in_year) == (["48010", "530"], 5, 12)


def test_what_lacks_is_named_and_what_was_typed_stays(own: Client, user: User) -> None:
    page = own.post(reverse("expert_apply"), {**TYPED, "keywords": "", "discipline_code_0": "999", "max_load": "0"})
    form = page.context["form"]
    assert (page.status_code, sorted(form.errors)) == (422, ["discipline_code_0", "keywords", "max_load"])
    assert form["discipline"].value() == "储能"
    assert profile_of(user).max_load == 10


def test_an_officer_confirms_an_added_kind_on_the_record(own: Client, user: User) -> None:
    page = own.post(reverse("expert_apply"), {**TYPED, "kinds": ["technical", "finance"]}, follow=True)
    assert "待项目管理人员确认：财务专家" in page.content.decode()
    boss, expert = Client(), profile_of(user)
    boss.force_login(officer())
    address = reverse("expert_kinds", args=[expert.uid])
    assert address in boss.get(reverse("expert", args=[expert.uid])).content.decode()
    refused = boss.post(address, {"seen": "finance", "note": "", "refuse": "1"})
    assert (refused.status_code, profile_of(user).kinds_asked) == (422, ["finance"])
    assert boss.post(address, {"seen": "finance", "confirm": "1"}).status_code == 302
    assert profile_of(user).kinds == ["technical", "finance"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_cost_the_same(own: Client, user: User, count: int, django_assert_max_num_queries: Any) -> None:
    expert = profile_of(user)
    for number in range(count):
        Station.objects.create(expert=expert, kind="work", name=f"单位{number}", since="2015-09-01")
        ExpertiseItem.objects.create(expert=expert, title=f"题目{number}")
        ExpertProfileFactory.create()
    for name in ("expert_works", "expert_stations", "expert_documents", "expert_apply"):
        with django_assert_max_num_queries(12):
            own.get(reverse(name))
