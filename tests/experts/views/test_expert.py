from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from directory.models import User
from experts.actions.sheet import submit_score_sheet
from experts.models import Assignment, ScoreSheet
from tests.factories.directory import OrganisationFactory, PersonFactory, officer
from tests.factories.experts import OPINION, accepted, answers, expert_user, handed_in, invited, running

pytestmark = pytest.mark.django_db


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def hidden(**more: Any) -> dict[str, Any]:
    """A dossier whose hidden names are unique tokens."""
    people = PersonFactory.create(name="PERSONTOKEN")
    unit = OrganisationFactory.create(name="ORGTOKEN")
    return {"kept_away_people": (people.pk,), "kept_away_organisations": (unit.pk,), **more}


def typed(**more: str) -> dict[str, str]:
    return {
        "version": "0",
        "score_novelty": "80",
        "score_way": "45",
        "veto_law": "pass",
        "recommendation": "B",
        "opinion": OPINION,
        **more,
    }


def dossier_round(boss: User, user: User, **fields: Any) -> Assignment:
    from experts.actions.assignment import assign_expert
    from experts.actions.round import send_invitations
    from tests.factories.experts import profile_of

    dossier = handed_in(1, boss, **hidden())
    review_round = running(boss, dossier, **fields)
    dossier.refresh_from_db()
    assign_expert(dossier=dossier, expert=profile_of(user), by=boss)
    send_invitations(review_round=review_round, by=boss)
    return Assignment.objects.get()


def test_the_way_without_script_from_the_invitation_to_the_submitted_sheet() -> None:
    user = expert_user()
    uid = invited(officer(), user).uid
    client = client_of(user)
    client.post(reverse("review_accept", args=[uid]), {"statement": "on"})
    client.post(reverse("review_save", args=[uid]), typed())
    assert client.get(reverse("review_submit", args=[uid])).status_code == 200
    client.post(reverse("review_submit", args=[uid]))
    assert (Assignment.objects.get().state, str(ScoreSheet.objects.get().total)) == ("submitted", "86.00")
    assert OPINION in client.get(reverse("review", args=[uid])).content.decode()


def test_no_page_of_a_blind_round_tells_the_expert_who_applies() -> None:
    boss, user = officer(), expert_user()
    assignment = dossier_round(boss, user)
    client, uid = client_of(user), assignment.uid
    pages = [client.get(reverse("review", args=[uid])), client.get(reverse("review_conflict", args=[uid]))]
    pages.append(client.post(reverse("review_accept", args=[uid]), {"statement": "on"}, follow=True))
    pages.append(client.post(reverse("review_save", args=[uid]), typed(), follow=True))
    pages.append(client.get(reverse("review_submit", args=[uid])))
    pages += [client.get(reverse("reviews")), client.get(reverse("home"))]
    text = "".join(page.content.decode() for page in pages)
    assert [page.status_code for page in pages] == [200] * len(pages)
    assert "TOKEN" not in text
    officers = client_of(boss).get(reverse("dossier_assign", args=[assignment.dossier.uid])).content.decode()
    assert "PERSONTOKEN" in officers
    assert "ORGTOKEN" in officers


def test_an_open_round_shows_the_names_on_the_invitation() -> None:
    user = expert_user()
    assignment = dossier_round(officer(), user, blind=False)
    assert "PERSONTOKEN" in client_of(user).get(reverse("review", args=[assignment.uid])).content.decode()


@pytest.mark.parametrize("address", ["review", "review_conflict", "review_submit"])
def test_the_review_of_another_expert_is_not_there(address: str) -> None:
    assignment = accepted(officer(), expert_user())
    assert client_of(expert_user()).get(reverse(address, args=[assignment.uid])).status_code == 404


def test_an_expert_finds_no_page_of_the_officers() -> None:
    user = expert_user()
    assignment = accepted(officer(), user)
    client = client_of(user)
    for address in (
        reverse("rounds"),
        reverse("round", args=[assignment.round.uid]),
        reverse("round_ranking", args=[assignment.round.uid]),
        reverse("dossier_assign", args=[assignment.dossier.uid]),
        reverse("experts"),
    ):
        assert client.get(address).status_code == 404


def test_a_stale_page_is_answered_with_both_texts() -> None:
    user = expert_user()
    uid = accepted(officer(), user).uid
    client = client_of(user)
    client.post(reverse("review_save", args=[uid]), typed(opinion="第一个窗口写的意见"))
    page = client.post(reverse("review_save", args=[uid]), typed(opinion="第二个窗口写的意见"))
    assert page.status_code == 409
    assert "第一个窗口写的意见" in page.content.decode()
    assert "第二个窗口写的意见" in page.content.decode()


def test_the_pages_own_saving_gets_the_total_and_the_next_version() -> None:
    user = expert_user()
    uid = accepted(officer(), user).uid
    page = client_of(user).post(reverse("review_save", args=[uid]), typed(), headers={"X-Part": "sheet"})
    assert 'name="version" value="1"' in page.content.decode()
    assert "86.00" in page.content.decode()


def test_what_is_missing_is_said_on_the_sheet() -> None:
    user = expert_user()
    uid = accepted(officer(), user).uid
    page = client_of(user).post(reverse("review_submit", args=[uid]))
    assert page.status_code == 422
    assert 'href="#score_novelty"' in page.content.decode()


def test_a_dossier_with_a_conflict_that_arose_later_is_not_read() -> None:
    from experts.models import Dossier

    user = expert_user()
    assignment = accepted(officer(), user)
    Dossier.objects.update(kept_away_people=[user.person.pk])
    page = client_of(user).get(reverse("review", args=[assignment.uid]))
    assert page.status_code == 409
    assert "面向大规模储能需求" not in page.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_review_and_for_three(count: int, django_assert_max_num_queries: Any) -> None:
    from experts.actions.assignment import assign_expert
    from experts.actions.round import send_invitations
    from experts.models import Dossier
    from tests.factories.experts import profile_of

    boss, user = officer(), expert_user()
    review_round = running(boss, *(handed_in(number, boss) for number in range(count)))
    for dossier in Dossier.objects.all():
        assign_expert(dossier=dossier, expert=profile_of(user), by=boss)
    send_invitations(review_round=review_round, by=boss)
    client = client_of(user)
    with django_assert_max_num_queries(9):
        page = client.get(reverse("reviews"))
    assert page.content.decode().count("（") >= count


def test_a_submitted_sheet_can_no_longer_be_saved() -> None:
    user = expert_user()
    assignment = accepted(officer(), user)
    submit_score_sheet(assignment=assignment, answers=answers(), by=user)
    page = client_of(user).post(reverse("review_save", args=[assignment.uid]), typed(score_way="1", version="1"))
    assert page.status_code == 409
    assert ScoreSheet.objects.get().scores["way"] == "45"
