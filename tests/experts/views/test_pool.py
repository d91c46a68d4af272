"""Candidates of the pool: found when asked for, in no draw, admitted with consent."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from directory.models import User
from experts.models import ExpertiseItem, ExpertProfile
from experts.plan import candidates
from tests.factories.directory import PersonFactory, applicant, officer
from tests.factories.experts import expert_user, handed_in, profile_of, running

pytestmark = pytest.mark.django_db


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def candidate(user: User | None = None) -> ExpertProfile:
    person = user.person if user else PersonFactory.create()
    facts = {"state": "candidate", "kinds": ["technical"], "keywords": ["储能"]}
    found: ExpertProfile = ExpertProfile.objects.create(person=person, **facts)
    ExpertiseItem.objects.create(expert=found, title="硬碳负极研究")
    return found


def test_the_pool_lists_candidates_when_they_are_asked_for() -> None:
    known, expert, client = candidate(), profile_of(expert_user()), client_of(officer())
    pages = [client.get(f"{reverse('experts')}{query}").content.decode() for query in ("", "?state=candidate")]
    shown = [[f"{one.person.name}</a>" in page for one in (known, expert)] for page in pages]
    assert shown == [[False, True], [True, False]]


def test_no_seat_is_offered_to_a_candidate() -> None:
    boss, known, expert = officer(), candidate(), profile_of(expert_user())
    dossier = handed_in(1, boss)
    found = [one.expert for one in candidates(running(boss, dossier), dossier)]
    assert (expert in found, known in found) == (True, False)


def test_an_officer_writes_down_who_agreed() -> None:
    boss, known = officer(), candidate()
    client, step = client_of(boss), reverse("expert_step", args=[known.uid, "enrol"])
    assert step in client.get(reverse("expert", args=[known.uid])).content.decode()
    client.post(step, {"note": ""})
    assert ExpertProfile.objects.get().state == "candidate"
    client.post(step, {"note": "本人11月20日电话同意"})
    assert ExpertProfile.objects.get().state == "admitted"


def test_a_candidate_with_an_account_applies_from_the_own_page() -> None:
    user = applicant()
    known = candidate(user)
    page = reverse("expert_apply")
    assert ">申请入库</button>" in client_of(user).get(page).content.decode()
    typed = {"kinds": ["technical"], "discipline": "能源科学", "keywords": "储能、硬碳", "max_load": "5"}
    typed |= {"discipline_code_0": "480"}
    client_of(user).post(page, {**typed, "expertise": "硬碳负极研究, 2024"})
    known.refresh_from_db()
    assert (known.state, known.keywords) == ("applied", ["储能", "硬碳"])
