"""The demo: whole, in every state of the way, open to nobody outside demo mode."""

from __future__ import annotations

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.test import Client
from pytest_django import Settings

from directory.models import User
from experts.models import ReviewRound
from portal.demo.build import build_demo
from portal.demo.people import FACES
from projects.enums import CallState, ContractState, ProposalState
from projects.models import Acceptance, Call, Contract, Proposal
from workflows.invariants import violations
from workflows.models import OutboxMessage

pytestmark = pytest.mark.django_db


def signed_in(client: Client) -> str:
    """The address of who is signed in, empty for nobody."""
    pk = client.session.get(SESSION_KEY)
    return User.objects.get(pk=pk).email if pk else ""


def test_the_demo_has_calls_proposals_and_contracts_at_every_point_of_the_way() -> None:
    build_demo(lambda _line: None)
    states = set(Proposal.objects.values_list("state", flat=True))
    brief = {ProposalState.NOT_ENDORSED, ProposalState.NOT_RECOMMENDED}  # endings that no page is empty without
    assert set(ProposalState.values) - states == brief
    assert set(Call.objects.values_list("state", flat=True)) == {
        CallState.DRAFT,
        CallState.IN_APPROVAL,
        CallState.PUBLISHED,
    }
    assert set(Contract.objects.values_list("state", flat=True)) == {
        ContractState.DRAFT,
        ContractState.SIGNING,
        ContractState.SIGNED,
    }
    passed = Acceptance.objects.get(state="decided")
    assert ReviewRound.objects.filter(state="closed", reference=passed.review).count() == 1
    heard = (passed.suggested, len(passed.experts.splitlines()), "财务专家" in passed.opinion)
    assert heard == ("passed", 5, False)
    assert set(OutboxMessage.objects.values_list("state", flat=True)) == {"done"}
    assert list(violations()) == []


def test_one_click_signs_in_as_each_face(client: Client, settings: Settings) -> None:
    settings.DEMO = True
    for key, _role in FACES:
        User.objects.create_user(f"{key}@demo.tala.example")
    for key, _role in FACES:
        answer = client.post("/demo/sign-in/", {"key": key})
        assert (answer.status_code, answer["Location"]) == (302, "/bench/")
        assert signed_in(client) == f"{key}@demo.tala.example"
        assert UserSession.objects.filter(session_key=client.session.session_key).count() == 1


def test_outside_demo_mode_there_is_no_such_address(client: Client, settings: Settings) -> None:
    User.objects.create_user("wulan@demo.tala.example")
    settings.DEMO = False
    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/sign-in/", {"key": "wulan"}).status_code == 404
    assert signed_in(client) == ""


def test_an_unknown_face_signs_nobody_in(client: Client, settings: Settings) -> None:
    settings.DEMO = True
    User.objects.create_user("somebody@demo.tala.example")
    assert client.post("/demo/sign-in/", {"key": "somebody"}).status_code == 404
    assert signed_in(client) == ""
