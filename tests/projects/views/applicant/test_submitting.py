from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from projects.actions.section import save_section
from projects.actions.submission import submit_proposal, take_back
from projects.models import Call, ProposalVersion
from tests.factories.projects import days
from tests.projects.writing import draft, filled

pytestmark = pytest.mark.django_db


def test_the_form_carries_a_key_and_sending_it_twice_gives_one_receipt(client: Client) -> None:
    proposal, user = filled()
    client.force_login(user)
    url = reverse("proposal-check", args=[proposal.uid])
    key = client.get(url).context["key"]
    answers = [client.post(url, {"key": key, "truth": "yes"}) for _again in range(2)]
    receipt = reverse("proposal-receipt", args=[proposal.uid, 1])
    assert [answer["Location"] for answer in answers] == [receipt, receipt]
    version = ProposalVersion.objects.get()
    shown = client.get(receipt).content.decode()
    assert version.entry is not None
    assert [text in shown for text in (version.receipt, version.sha256, f"#{version.entry.link.seq}")] == [True] * 3


def test_without_the_declaration_nothing_is_sent(client: Client) -> None:
    proposal, user = filled()
    client.force_login(user)
    assert client.post(reverse("proposal-check", args=[proposal.uid]), {"key": "k"}).status_code == 409
    assert ProposalVersion.objects.count() == 0


def test_a_deadline_that_passes_while_the_page_is_open_is_told_and_nothing_is_lost(client: Client) -> None:
    proposal, user = filled()
    client.force_login(user)
    url = reverse("proposal-check", args=[proposal.uid])
    key = client.get(url).context["key"]
    Call.objects.update(filing_deadline=days(-1))
    assert client.post(url, {"key": key, "truth": "yes"}).status_code == 409
    assert (ProposalVersion.objects.count(), Call.objects.get().last_number) == (0, 0)


def test_an_incomplete_proposal_lists_its_problems_without_a_button(client: Client) -> None:
    proposal, user = draft()
    client.force_login(user)
    answer = client.get(reverse("proposal-check", args=[proposal.uid]))
    assert answer.context["blocking"] > 5
    assert 'name="truth"' not in answer.content.decode()


def test_two_versions_stand_side_by_side_with_what_changed(client: Client) -> None:
    proposal, user = filled()
    submit_proposal(proposal=proposal, by=user, key="k1")
    take_back(proposal=proposal, by=user)
    save_section(proposal=proposal, section="content", data={"goals": "新的研究目标"}, expected_version=1, by=user)
    submit_proposal(proposal=proposal, by=user, key="k2")
    client.force_login(user)
    answer = client.get(reverse("proposal-versions", args=[proposal.uid]))
    changed = [pair.new for one in answer.context["sections"] for pair in one.pairs if pair.changed]
    assert changed == ["新的研究目标"]
