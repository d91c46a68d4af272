from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from directory.models import User
from experts.actions.assignment import assign_expert, declare_conflict, decline, propose_seat
from experts.actions.draw import propose
from experts.actions.ties import pin_conflict
from experts.enums import PinVerdict
from experts.models import Assignment, ReviewRound
from experts.plan import fit
from tests.factories.directory import applicant, auditor, officer
from tests.factories.experts import accepted, expert_user, handed_in, invited, planned, profile_of, running

pytestmark = pytest.mark.django_db


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_an_officer_opens_plans_and_invites() -> None:
    from experts.actions.dossier import put_in_round

    boss = officer()
    expert_user()
    review_round = planned(boss)
    put_in_round(review_round=review_round, dossiers=[handed_in(1, boss)], by=boss)
    client, uid = client_of(boss), review_round.uid
    client.post(reverse("round_step", args=[uid, "open"]))
    propose(review_round=review_round, by=boss)
    client.post(reverse("round_step", args=[uid, "send_invitations"]))
    assert (ReviewRound.objects.get().state, Assignment.objects.get().state) == ("inviting", "invited")


def test_a_step_that_is_refused_says_why_and_changes_nothing() -> None:
    boss = officer()
    review_round = planned(boss)
    page = client_of(boss).post(reverse("round_step", args=[review_round.uid, "open"]))
    assert page.status_code == 409
    assert ReviewRound.objects.get().state == "planned"


def test_seats_given_back_say_why_and_propose_somebody_who_is_invited_there() -> None:
    boss, gone, tied, next_one = officer(), expert_user(), expert_user(), expert_user()
    first = invited(boss, gone, experts_per_dossier=3)
    assign_expert(dossier=first.dossier, expert=profile_of(tied), by=boss)
    second = Assignment.objects.get(expert__person=tied.person)
    decline(assignment=first, by=gone, note="近期出国")
    declare_conflict(assignment=second, kind="teacher", by=tied, note="曾是我的学生")
    client, page = client_of(boss), reverse("round", args=[first.round.uid])
    told = client.get(page).content.decode()
    for one in ("近期出国", "有师生关系", "曾是我的学生"):
        assert one in told
    short = client.get(page).context["rows"][0][1]
    assert short.best == (profile_of(next_one),)
    seat = propose_seat(dossier=first.dossier, expert=short.best[0], found=fit(short.best[0], first.dossier), by=boss)
    invite = reverse("assignment_step", args=[seat.uid, "invite"])
    assert invite in client.get(page).content.decode()
    assert client.post(invite).status_code == 302
    seat.refresh_from_db()
    assert (seat.state, invite in client.get(page).content.decode()) == ("invited", False)


def test_a_conflict_that_arose_after_the_seat_was_given_is_told_to_officers_with_its_evidence_alone() -> None:
    boss, user = officer(), expert_user()
    seat = accepted(boss, user)
    page = reverse("round", args=[seat.round.uid])
    assert client_of(boss).get(page).context["arisen"] == []
    pin_conflict(
        dossier=seat.dossier, expert=seat.expert, verdict=PinVerdict.KEEP_AWAY, reason="与申报人合著专著", by=boss
    )
    told = client_of(boss).get(page)
    assert [(one.pk, len(against)) for _dossier, one, against in told.context["arisen"]] == [(seat.pk, 1)]
    assert "与申报人合著专著" in told.content.decode()
    read = client_of(user).get(reverse("review", args=[seat.uid]))
    assert (read.status_code, "合著" in read.content.decode(), "回避" in read.content.decode()) == (409, False, True)
    assert "合著" not in client_of(auditor()).get(page).content.decode()


def test_an_auditor_reads_and_changes_nothing() -> None:
    review_round = running(officer())
    client = client_of(auditor())
    assert client.get(reverse("round", args=[review_round.uid])).status_code == 200
    assert client.post(reverse("round_step", args=[review_round.uid, "cancel"]), {"note": "x"}).status_code == 404


def test_every_page_of_a_round_answers() -> None:
    boss = officer()
    expert_user()
    review_round = running(boss)
    client, uid = client_of(boss), review_round.uid
    addresses = [reverse(name, args=[uid]) for name in ("round", "round_plan", "round_deadline", "round_ranking")]
    addresses += [reverse("rounds"), reverse("experts"), reverse("expert_apply"), reverse("home")]
    assert [client.get(address).status_code for address in addresses] == [200] * 8


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_a_round_costs_the_same_for_one_dossier_and_three(
    count: int, django_assert_max_num_queries: Any
) -> None:
    boss = officer()
    for _one in range(count):
        expert_user()
    review_round = running(boss, *(handed_in(number, boss) for number in range(count)))
    propose(review_round=review_round, by=boss)
    client = client_of(boss)
    with django_assert_max_num_queries(34):
        assert client.get(reverse("round", args=[review_round.uid])).status_code == 200


def test_a_person_applies_and_an_officer_admits() -> None:
    user, boss = applicant(), officer()
    typed = {"kinds": ["technical"], "discipline": "能源科学", "keywords": "储能、硬碳", "max_load": "5"}
    typed |= {"discipline_code_0": "480"}
    client_of(user).post(reverse("expert_apply"), {**typed, "expertise": "硬碳负极研究, 2024"})
    profile = user.person.expert
    assert (profile.keywords, profile.expertise.get().year) == (["储能", "硬碳"], 2024)
    client_of(boss).post(reverse("expert_step", args=[profile.uid, "admit"]), {"note": ""})
    profile.refresh_from_db()
    assert profile.state == "admitted"
    assert client_of(boss).get(reverse("expert", args=[profile.uid])).status_code == 200
