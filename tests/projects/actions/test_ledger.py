"""A budget spread over sub-projects and organisations: in the contract, the ledger, and what it means for a change."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from directory.models import Organisation
from projects.actions.contract import sign_contract, start_signing
from projects.actions.ledger import move_ledger
from projects.invariants.budgets import opening
from projects.models import Contract, Project
from projects.queries.contract_draft import draft_content
from projects.queries.ledger import decision_on, ledger
from tests.factories import directory, way
from tests.projects.contracts import drafted
from workflows.actions.unit import unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> way.Cast:
    return way.Cast()


@pytest.fixture
def partner() -> Organisation:
    made: Organisation = directory.OrganisationFactory.create(name="草业合作研究所")
    return made


def share(organisation: str, category: str, fiscal: str, topic: str = "") -> dict[str, Any]:
    return {"topic": topic, "organisation": organisation, "category": category, "fiscal": fiscal, "own": None}


def spread(cast: way.Cast, partner: Organisation) -> Contract:
    """A contract in draft whose grant is cut to the half of what its lists were made for."""
    contract = drafted(cast)
    version = contract.project.proposal.current_version
    assert version is not None
    host = contract.project.organisation.name
    version.content["answers"]["budget"] = {
        "years": [
            {"year": 2028, "fiscal": "500000.00", "own": None},
            {"year": 2027, "fiscal": "300000.00", "own": "1"},
        ],
        "shares": [
            share(host, "购置设备费", "200000.00"),
            share(host, "材料费", "400000.00"),
            share(partner.name, "材料费", "100000.00", "课题二"),
            share("早已更名的单位", "材料费", "100000.00"),
        ],
    }
    version.save(update_fields=["content"])
    contract.content = draft_content(contract.project)
    contract.save(update_fields=["content"])
    return contract


def begun(cast: way.Cast, contract: Contract) -> Project:
    with time_machine.travel(timezone.now() + dt.timedelta(days=20)):
        start_signing(contract=contract, by=cast.applicant)
        for user in (cast.applicant, cast.admin, cast.recommender, cast.decision_maker):
            sign_contract(contract=contract, by=user, sha256=contract.sha256)
    found: Project = Project.objects.select_related("organisation").get(pk=contract.project_id)
    return found


def test_parts_of_the_contract_are_cut_with_it_and_open_the_ledger(
    client: Client, cast: way.Cast, partner: Organisation
) -> None:
    contract = spread(cast, partner)
    assert [(one["year"], one["fiscal"]) for one in contract.content["years"]] == [
        (2027, "150000.00"),
        (2028, "250000.00"),
    ]
    project = begun(cast, contract)
    lines = list(ledger(project))
    host = project.organisation.name
    held = [(one.category, one.place, one.opening) for one in lines if one.opening]
    assert held == [
        ("equipment.purchase", host, Decimal(100_000)),
        ("operating.materials", host, Decimal(200_000)),
        ("operating.materials", f"课题二 · {partner.name}", Decimal(50_000)),
        ("operating.materials", f"早已更名的单位 · {host}", Decimal(50_000)),
    ]
    assert list(opening()) == []
    client.force_login(cast.applicant)
    for address in (contract.get_absolute_url(), project.get_absolute_url(), f"/bench/projects/{project.uid}/adjust/"):
        assert partner.name in client.get(address).content.decode()
    by_place = {one.place: one.pk for one in lines if one.category == "operating.materials"}
    moved = {by_place[host]: Decimal(-1000), by_place[f"课题二 · {partner.name}"]: Decimal(1000)}
    decision = decision_on(project, lines, moved)
    assert (decision.route, decision.rules[:2]) == ("department", ("between_topics", "between_organisations"))


def test_a_host_that_gives_way_to_a_partner_keeps_its_lines_apart(cast: way.Cast, partner: Organisation) -> None:
    contract = spread(cast, partner)
    for one in contract.content["shares"]:
        one["topic"] = ""
    contract.save(update_fields=["content"])
    project = begun(cast, contract)
    with unit():
        move_ledger(project=project, to=partner)
    places = dict.fromkeys(one.place for one in ledger(project))
    host = project.organisation.name
    assert list(places) == [f"{host} · {partner.name}", partner.name, f"早已更名的单位 · {partner.name}"]
