from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from projects.actions.draft import start_proposal
from projects.models import Proposal
from tests.factories.projects import CallFactory
from tests.projects.writing import filled, host, user_of

pytestmark = pytest.mark.django_db


def test_eligibility_comes_first_and_starting_leads_to_the_task_list(client: Client) -> None:
    organisation = host()
    user = user_of("苏日娜", organisation)
    call = CallFactory.create(published=True)
    client.force_login(user)
    url = reverse("proposal-start", args=[call.code])
    assert client.get(url).context["results"] != []
    answer = client.post(url, {"organisation": organisation.pk, "direction": call.directions.get().pk})
    assert answer["Location"] == reverse("proposal-write", args=[Proposal.objects.get().uid])
    assert client.post(url, {"organisation": organisation.pk}).status_code == 409


def test_a_draft_call_cannot_be_started(client: Client) -> None:
    client.force_login(user_of("苏日娜", host()))
    assert client.get(reverse("proposal-start", args=[CallFactory.create().code])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_my_list_shows_only_mine_in_a_flat_number_of_queries(
    client: Client, django_assert_max_num_queries: Any, count: int
) -> None:
    filled()
    organisation = host()
    user = user_of("苏日娜", organisation)
    for _number in range(count):
        start_proposal(call=CallFactory.create(published=True), by=user, organisation=organisation)
    client.force_login(user)
    with django_assert_max_num_queries(15):
        answer = client.get(reverse("proposals-mine"))
    assert {one.applicant for one in answer.context["page"]} == {user.person}
    assert len(answer.context["page"]) == count
