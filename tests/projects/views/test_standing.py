"""The pages of pilots and credit grades."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from projects.models import ChannelStanding
from tests.factories import way
from tests.projects.actions.test_standing import given, wanted
from tests.projects.views.test_channel_rules import _queries, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_factor(settings: Any) -> None:
    settings.MFA_REQUIRED_FOR_STAFF = False


@pytest.fixture
def cast() -> way.Cast:
    return way.Cast()


def test_it_is_proposed_shown_and_filtered(cast: way.Cast) -> None:
    client: Client = signed_in(cast.integrity)
    url = reverse("channel-standing-new")
    sent = {**vars(wanted("A")), "organisation": cast.host.pk, "valid_to": ""}
    wrong = client.post(url, sent | {"kind": "pilot"})
    assert (wrong.status_code, [one.code for one in wrong.context["reasons"]]) == (409, ["grade_of_pilot"])
    assert client.post(url, sent | {"organisation": ""}).status_code == 200
    made = client.post(url, sent)
    standing = ChannelStanding.objects.get()
    assert made["Location"] == standing.get_absolute_url()
    listed = reverse("channel-standings")
    found = [
        len(client.get(f"{listed}{query}").context["page"]) for query in ("", "?state=held", "?kind=pilot", "?q=x")
    ]
    assert found == [1, 0, 0, 0]
    assert signed_in(cast.officer).get(standing.get_absolute_url()).status_code == 200


def test_an_organisation_sees_its_own_on_its_page_and_nothing_of_what_is_proposed(cast: way.Cast) -> None:
    given(cast, "A")
    page = signed_in(cast.admin).get(reverse("adjustments"))
    assert [one.grade for one in page.context["standings"]] == ["A"]
    assert signed_in(cast.other_admin).get(reverse("adjustments")).context["standings"] == []
    assert signed_in(cast.admin).get(reverse("channel-standings")).status_code == 404


def test_the_list_asks_as_often_for_three_as_for_one(cast: way.Cast) -> None:
    client, found = signed_in(cast.auditor), []
    for number in range(3):
        held = given(cast, "A")
        if number != 1:
            found.append(_queries(client, reverse("channel-standings")))
            found.append(_queries(client, held.get_absolute_url()))
    assert found[:2] == found[2:]
