from __future__ import annotations

import pytest

from directory.models import User
from directory.queries.standing import standing
from experts.actions.pool import (
    Expertise,
    Profile,
    admit_expert,
    apply_to_pool,
    enrol_expert,
    readmit_expert,
    suspend_expert,
)
from experts.models import ExpertiseItem, ExpertProfile
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


def candidate(user: User) -> ExpertProfile:
    profile: ExpertProfile = ExpertProfile.objects.create(person=user.person, state="candidate", kinds=["technical"])
    ExpertiseItem.objects.create(expert=profile, title="硬碳负极研究")
    return profile


def test_a_candidate_applies_like_anybody_and_keeps_one_profile() -> None:
    user = applicant()
    known = candidate(user)
    applied = apply_to_pool(person=user.person, profile=PROFILE, by=user)
    assert (applied.pk, applied.state, applied.discipline) == (known.pk, "applied", "能源科学")


def test_a_candidate_is_admitted_with_consent_and_by_another_officer_only() -> None:
    user, boss = applicant(), officer()
    known = candidate(user)
    with pytest.raises(Refused):
        admit_expert(expert=known, by=boss)
    with pytest.raises(Refused):
        enrol_expert(expert=known, by=boss, note=" ")
    for who in (user, applicant()):
        with pytest.raises(NotAllowed):
            enrol_expert(expert=known, by=who, note="本人11月20日电话同意")
    enrol_expert(expert=known, by=boss, note="本人11月20日电话同意")
    assert known.state == "admitted"
    assert "expert" in standing(User.objects.get(pk=user.pk)).roles


def test_of_whom_nothing_is_known_nobody_can_be_matched() -> None:
    nobody = ExpertProfile.objects.create(person=applicant().person, state="candidate")
    with pytest.raises(Refused) as refusal:
        enrol_expert(expert=nobody, by=officer(), note="本人同意")
    assert refusal.value.codes == ["no_expertise"]
