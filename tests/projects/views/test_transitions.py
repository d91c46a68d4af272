"""The common page carries out what the machine of a proposal offers."""

from __future__ import annotations

import pytest
from django.test import Client

from projects.enums import ProposalState
from tests.factories.projects import CallFactory
from tests.factories.way import Cast, proposal

pytestmark = pytest.mark.django_db


def test_the_administrator_endorses_on_the_common_page(client: Client) -> None:
    cast = Cast()
    record = proposal(cast, CallFactory.create(published=True))
    client.force_login(cast.admin)
    page = f"/bench/do/projects.proposal/{record.uid}/endorse/"
    assert client.get(page).status_code == 200
    answer = client.post(page, {"note": "同意申报"})
    record.refresh_from_db()
    assert (answer.status_code, answer["Location"]) == (302, f"/bench/proposals/{record.uid}/")
    assert record.state == ProposalState.ENDORSED


def test_returning_without_a_reason_asks_for_it_and_changes_nothing(client: Client) -> None:
    cast = Cast()
    record = proposal(cast, CallFactory.create(published=True))
    client.force_login(cast.admin)
    answer = client.post(f"/bench/do/projects.proposal/{record.uid}/return_by_organisation/", {"note": "  "})
    record.refresh_from_db()
    assert "field bad" in answer.content.decode()
    assert record.state == ProposalState.SUBMITTED


def test_to_an_administrator_elsewhere_the_page_is_not_there(client: Client) -> None:
    cast = Cast()
    record = proposal(cast, CallFactory.create(published=True))
    client.force_login(cast.other_admin)
    assert client.post(f"/bench/do/projects.proposal/{record.uid}/endorse/").status_code == 404
    record.refresh_from_db()
    assert record.state == ProposalState.SUBMITTED
