from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from projects.actions.section import save_section
from projects.actions.team import (
    add_participant,
    change_participant,
    confirm_participation,
    decline_participation,
    invite_participant,
    let_write,
    order_participants,
    remove_participant,
)
from projects.models import Participant, Proposal
from projects.queries.problems import problems
from tests.projects.writing import draft, filled, host, user_of
from workflows.errors import NotAllowed, Refused
from workflows.relay import run_once

pytestmark = pytest.mark.django_db
VALUES = {"name": "韩磊", "organisation_name": "内蒙古大学", "role": "key_member", "months_per_year": 6, "task": "采样"}


def named(proposal: Proposal, user: object, **more: object) -> Participant:
    return add_participant(proposal=proposal, values={**VALUES, **more}, by=user)


def test_an_invited_person_gets_the_link_confirms_and_may_write_when_allowed() -> None:
    proposal, user = filled()
    row = invite_participant(participant=named(proposal, user), email="han@example.org", by=user)
    run_once()
    assert row.token in mail.outbox[-1].body
    assert [one.code for one in problems(Proposal.objects.get())] == ["unanswered"]
    colleague = user_of("韩磊", host())
    with pytest.raises(NotAllowed):
        save_section(proposal=proposal, section="route", data={"novelty": "新"}, expected_version=1, by=colleague)
    row = confirm_participation(participant=row, by=colleague)
    let_write(participant=row, may_edit=True, by=user)
    save_section(proposal=proposal, section="route", data={"novelty": "新" * 10}, expected_version=1, by=colleague)
    assert (row.person, row.state, row.token) == (colleague.person, "confirmed", "")


def test_a_second_invitation_makes_the_first_link_useless(client: Client) -> None:
    proposal, user = draft()
    first = invite_participant(participant=named(proposal, user), email="a@example.org", by=user)
    second = invite_participant(participant=first, email="b@example.org", by=user)
    assert client.get(reverse("team-invitation", args=[first.token])).status_code == 404
    assert client.get(reverse("team-invitation", args=[second.token])).status_code == 200
    with pytest.raises(Refused):
        confirm_participation(participant=first, by=user_of("韩磊", host()))


def test_who_declines_blocks_submitting_until_removed() -> None:
    proposal, user = filled()
    row = invite_participant(participant=named(proposal, user), email="a@example.org", by=user)
    row = decline_participation(participant=row, by=user_of("韩磊", host()))
    assert [one.code for one in problems(Proposal.objects.get()) if one.blocking] == ["declined"]
    remove_participant(participant=row, by=user)
    assert problems(Proposal.objects.get()) == []


def test_the_applicant_stays_the_investigator() -> None:
    proposal, user = draft()
    lead = proposal.participants.get()
    with pytest.raises(Refused):
        remove_participant(participant=lead, by=user)
    with pytest.raises(Refused):
        change_participant(participant=lead, values={"role": "member"}, by=user)
    with pytest.raises(Refused):
        named(proposal, user, role="investigator")


def test_members_are_put_in_order() -> None:
    proposal, user = draft()
    ids = [named(proposal, user, name=name).pk for name in ("甲", "乙", "丙")]
    lead = proposal.participants.get(role="investigator").pk
    order_participants(proposal=proposal, ids=[lead, ids[2], ids[0]], by=user)
    assert [one.name for one in proposal.participants.all()] == ["苏日娜", "丙", "甲", "乙"]


def test_a_member_is_added_invited_and_removed_on_the_pages(client: Client) -> None:
    proposal, user = draft()
    client.force_login(user)
    sent = {**VALUES, "email": "han@example.org", "invite": "on"}
    assert client.post(reverse("proposal-member-add", args=[proposal.uid]), sent).status_code == 302
    row = proposal.participants.get(name="韩磊")
    assert (row.state, row.may_edit) == ("invited", False)
    answer = client.post(reverse("proposal-member", args=[proposal.uid, row.pk]), {"do": "remove"})
    assert (answer.status_code, proposal.participants.count()) == (302, 1)


def test_a_stranger_changes_no_team(client: Client) -> None:
    proposal, user = draft()
    row = named(proposal, user)
    client.force_login(user_of("外人", host()))
    assert client.post(reverse("proposal-member", args=[proposal.uid, row.pk]), {"do": "remove"}).status_code == 404
    assert proposal.participants.count() == 2


def test_the_invited_answer_on_the_page(client: Client) -> None:
    proposal, user = draft()
    row = invite_participant(participant=named(proposal, user), email="a@example.org", by=user)
    url = reverse("team-invitation", args=[row.token])
    assert client.post(url, {"answer": "confirm"}).status_code == 200
    colleague = user_of("韩磊", host())
    client.force_login(colleague)
    assert client.post(url, {"answer": "confirm"}).status_code == 302
    assert Participant.objects.get(pk=row.pk).person == colleague.person
