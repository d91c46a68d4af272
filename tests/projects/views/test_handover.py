"""The pages of hand-overs, and the portfolio of whom is in charge."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from projects.models import Handover, Project
from tests.factories import way
from tests.factories.directory import officer
from tests.projects.budgets import running_project
from tests.projects.views.test_channel_rules import _queries, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_factor(settings: Any) -> None:
    settings.MFA_REQUIRED_FOR_STAFF = False


@pytest.fixture
def cast() -> way.Cast:
    return way.Cast()


def test_all_projects_of_an_officer_are_handed_over_by_a_form(cast: way.Cast) -> None:
    project, receiver = running_project(cast), officer()
    Project.objects.update(officer=cast.officer)
    client, url = signed_in(cast.officer), reverse("handover-new", args=[cast.officer.pk])
    sent = {"receiver": receiver.pk, "starts_on": timezone.localdate().isoformat(), "ends_on": "", "reason": "轮岗"}
    refused = client.post(url, sent)
    assert (refused.status_code, [one.code for one in refused.context["reasons"]]) == (409, ["no_projects"])
    assert "轮岗" in refused.content.decode()
    made = client.post(url, sent | {"whole": "on"})
    handover = Handover.objects.get()
    assert made["Location"] == handover.get_absolute_url()
    assert client.get(handover.get_absolute_url()).status_code == 200
    mine = [
        [one.project for one in signed_in(user).get(f"{reverse('portfolio')}?charge=me").context["lines"]]
        for user in (cast.officer, receiver)
    ]
    assert mine == [[], [project]]
    assert signed_in(receiver).get(url).status_code == 404
    assert signed_in(cast.decision_maker).get(url).status_code == 200
    assert signed_in(cast.admin).get(handover.get_absolute_url()).status_code == 404


def test_the_list_asks_as_often_for_three_as_for_one(cast: way.Cast) -> None:
    client, found = signed_in(cast.auditor), []
    for number in range(3):
        made = Handover.objects.create(
            giver=cast.officer,
            receiver=officer(),
            starts_on=timezone.localdate(),
            reason="轮岗",
            made_by=cast.officer,
        )
        if number != 1:
            found.append([_queries(client, url) for url in (reverse("handovers"), made.get_absolute_url())])
    assert found[0] == found[1]
