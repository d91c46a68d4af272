from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from functools import partial
from typing import Any

import pytest
from django.utils import timezone

from directory.models import User
from directory.queries.standing import standing
from experts.actions.pool import (
    Expertise,
    Profile,
    admit_expert,
    apply_to_pool,
    end_suspensions,
    enrol_expert,
    leave_pool,
    readmit_expert,
    send_back_expert,
    suspend_expert,
)
from experts.conflicts.blocks import Block, register_blocks, unregister_blocks
from experts.models import ExpertiseItem, ExpertProfile
from tests.factories.directory import applicant, officer
from tests.factories.experts import ExpertProfileFactory
from tests.races import race
from workflows.errors import NotAllowed, Refused
from workflows.models import Message, StateChange

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


def test_a_suspension_with_a_term_ends_by_itself_after_its_last_day() -> None:
    user, boss = applicant(), officer()
    profile = admit_expert(expert=apply_to_pool(person=user.person, profile=PROFILE, by=user), by=boss)
    today = timezone.localdate()
    suspend_expert(expert=profile, by=boss, note="逾期未评", until=today)
    assert end_suspensions() == 0
    ExpertProfile.objects.update(suspended_until=today - dt.timedelta(days=1))
    assert end_suspensions() == 1
    profile.refresh_from_db()
    assert profile.state == "admitted"


def test_a_term_that_is_over_already_is_refused() -> None:
    user, boss = applicant(), officer()
    profile = admit_expert(expert=apply_to_pool(person=user.person, profile=PROFILE, by=user), by=boss)
    with pytest.raises(Refused) as refusal:
        suspend_expert(expert=profile, by=boss, note="逾期未评", until=timezone.localdate() - dt.timedelta(days=1))
    assert refusal.value.codes == ["field:until"]


def test_what_is_returned_can_be_completed_and_applies_again() -> None:
    user, boss = applicant(), officer()
    profile = apply_to_pool(person=user.person, profile=PROFILE, by=user)
    send_back_expert(expert=profile, by=boss, note="请补充近三年的项目")
    assert Message.objects.get(to=user).body == "请补充近三年的项目"
    profile = apply_to_pool(person=user.person, profile=PROFILE, by=user)
    assert (profile.state, profile.version) == ("applied", 2)


def test_leaving_ends_the_role_and_applying_again_is_possible() -> None:
    user, boss = applicant(), officer()
    profile = admit_expert(expert=apply_to_pool(person=user.person, profile=PROFILE, by=user), by=boss)
    leave_pool(expert=profile, by=user)
    assert (profile.state, "expert" in standing(User.objects.get(pk=user.pk)).roles) == ("left", False)
    assert apply_to_pool(person=user.person, profile=PROFILE, by=user).state == "applied"


def test_a_penalty_in_force_hinders_admission_and_names_itself() -> None:
    user, boss = applicant(), officer()
    profile = apply_to_pool(person=user.person, profile=PROFILE, by=user)

    def penalty(people: Collection[int], _today: dt.date) -> list[Block]:
        return [Block(pk, "2026年内蒙科技惩3号") for pk in people]

    register_blocks(penalty)
    try:
        with pytest.raises(Refused) as refusal:
            admit_expert(expert=profile, by=boss)
    finally:
        unregister_blocks(penalty)
    assert [reason.text for reason in refusal.value.reasons] == ["2026年内蒙科技惩3号"]


def test_a_candidate_is_admitted_by_an_officer_only_with_the_consent_on_paper() -> None:
    boss = officer()
    profile = ExpertProfileFactory.create(state="candidate")
    with pytest.raises(Refused):
        admit_expert(expert=profile, by=boss)
    with pytest.raises(Refused):
        enrol_expert(expert=profile, by=boss, note="")
    enrol_expert(expert=profile, by=boss, note="同意书 2026-17")
    assert (profile.state, profile.consented_at is not None) == ("admitted", True)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("step", ["admit", "suspend"])
def test_of_two_officers_at_once_one_decides(step: str) -> None:
    user, bosses = applicant(), [officer(), officer()]
    profile = apply_to_pool(person=user.person, profile=PROFILE, by=user)
    works: dict[str, Any] = {"admit": admit_expert, "suspend": suspend_expert}
    if step == "suspend":
        admit_expert(expert=profile, by=bosses[0])
    before = StateChange.objects.count()
    found = race([partial(works[step], expert=profile, by=boss, note="依据") for boss in bosses])
    assert (sorted(found), StateChange.objects.count() - before) == (["done", "wrong_state"], 1)
