from __future__ import annotations

import json

import pytest

from directory.enums import MembershipState
from directory.models import Membership
from experts.conflicts import ground, standing_conflicts
from experts.models import Dossier
from projects.actions.review import send_call_to_review
from projects.models import Proposal
from projects.queries.avoidance import Avoided, asked_to_avoid
from projects.queries.dossier import dossier_content
from tests.factories import directory, way
from tests.factories.experts import ExpertProfileFactory

pytestmark = pytest.mark.django_db


def wishing(*rows: dict[str, str]) -> tuple[way.Cast, Proposal]:
    """An eligible proposal whose applicant asks to keep these away."""
    cast = way.Cast()
    row = way.proposal(cast, way.call(), state="eligible")
    version = row.current_version
    assert version is not None
    version.content["answers"]["avoidance"] = {"avoid": [{"person": "", "organisation": "", **one} for one in rows]}
    version.save()
    return cast, row


def test_a_request_becomes_keys_of_the_directory_and_says_what_is_unknown_there() -> None:
    there, other = directory.PersonFactory.create(name="温都苏"), directory.PersonFactory.create(name="温都苏")
    unit = directory.OrganisationFactory.create(name="内蒙古大学")
    Membership.objects.create(person=there, organisation=unit, state=MembershipState.ACTIVE)
    _cast, row = wishing(
        {"person": "温都苏", "organisation": "內蒙古大學", "reason": "学术争议"},
        {"person": "温 都 苏", "reason": "学术争议"},
        {"organisation": "内蒙古大学", "reason": "正在诉讼"},
        {"person": "无此人", "reason": "不记得了"},
    )
    both = tuple(sorted([there.pk, other.pk]))

    assert asked_to_avoid(row) == [
        Avoided("温都苏，內蒙古大學", "学术争议", people=(there.pk,)),
        Avoided("温 都 苏", "学术争议", people=both),
        Avoided("内蒙古大学", "正在诉讼", organisations=(unit.pk,)),
        Avoided("无此人", "不记得了"),
    ]


def test_review_keeps_them_away_and_shows_the_request_to_no_expert() -> None:
    expert = ExpertProfileFactory.create(state="admitted")
    unit = directory.OrganisationFactory.create(name="包头稀土研究院")
    colleague = ExpertProfileFactory.create(state="admitted")
    Membership.objects.create(person=colleague.person, organisation=unit, state=MembershipState.ACTIVE)
    wishes = ({"person": expert.person.name, "reason": "旧怨甲"}, {"organisation": unit.name, "reason": "旧怨乙"})
    cast, row = wishing(*wishes)

    send_call_to_review(call=row.call, by=cast.officer)

    dossier = Dossier.objects.get(subject_id=str(row.pk))
    known = ground(dossier.round, [expert, colleague])
    found = [[one.code for one in standing_conflicts(known, who, dossier)] for who in (expert, colleague)]
    assert found == [["APPLICANT_REQUEST"], ["APPLICANT_REQUEST"]]
    assert [one["reason"] for one in dossier.requests] == ["旧怨甲", "旧怨乙"]
    shown = json.dumps([dossier.content, dossier_content(row)], ensure_ascii=False)
    assert [word for word in ("旧怨", expert.person.name, unit.name) if word in shown] == []
