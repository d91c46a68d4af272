from __future__ import annotations

import pytest

from directory.models import User
from directory.queries.standing import standing
from experts.actions.pool import Expertise, Profile, admit_expert, apply_to_pool, readmit_expert, suspend_expert
from experts.models import ExpertProfile
from tests.factories.directory import applicant, officer
from workflows.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db

PROFILE = Profile(["technical"], "能源科学", ["储能"], expertise=[Expertise("硬碳负极研究", 2024, "NSFC")])


def test_applying_and_being_admitted_gives_the_role() -> None:
    user, boss = applicant(), officer()
    profile = apply_to_pool(person=user.person, profile=PROFILE, by=user)
    admit_expert(expert=profile, by=boss)
    user = User.objects.get(pk=user.pk)
    assert profile.state == "admitted"
    assert "expert" in standing(user).roles
    assert [item.title for item in profile.expertise.all()] == ["硬碳负极研究"]


def test_applying_again_changes_the_one_profile() -> None:
    user = applicant()
    apply_to_pool(person=user.person, profile=PROFILE, by=user)
    apply_to_pool(person=user.person, profile=Profile(["law"], "法学", ["知识产权"]), by=user)
    assert list(ExpertProfile.objects.values_list("discipline", flat=True)) == ["法学"]


def test_nobody_applies_for_another_and_no_officer_admits_themself() -> None:
    user, boss = applicant(), officer()
    with pytest.raises(NotAllowed):
        apply_to_pool(person=user.person, profile=PROFILE, by=boss)
    own = apply_to_pool(person=boss.person, profile=PROFILE, by=boss)
    with pytest.raises(NotAllowed):
        admit_expert(expert=own, by=boss)


def test_suspending_and_lifting_it_need_a_reason() -> None:
    user, boss = applicant(), officer()
    profile = admit_expert(expert=apply_to_pool(person=user.person, profile=PROFILE, by=user), by=boss)
    with pytest.raises(Refused):
        suspend_expert(expert=profile, by=boss, note="")
    suspend_expert(expert=profile, by=boss, note="逾期未评")
    readmit_expert(expert=profile, by=boss, note="已说明")
    assert profile.state == "admitted"
