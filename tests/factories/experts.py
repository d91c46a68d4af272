"""Experts, rounds and dossiers for tests. Steps are taken by the actions, so everything is journaled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from directory.models import User
from experts.actions.assignment import accept, assign_expert
from experts.actions.dossier import HandIn, hand_in_dossier, put_in_round
from experts.actions.round import open_round, plan_round, send_invitations
from experts.actions.sheet import Answers, submit_score_sheet
from experts.models import Assignment, Dossier, ExpertProfile, ReviewRound
from experts.scheme import CHECKS
from tests.factories.directory import PersonFactory, expert, officer

SCHEME: dict[str, Any] = {
    "criteria": [
        {"id": "novelty", "name": "创新性", "guidance": "思路是否新颖", "weight": "40", "max": "100"},
        {"id": "way", "name": "技术可行性", "guidance": "", "weight": "60", "max": "50"},
    ],
    "veto": [{"id": "law", "name": "符合法律和伦理规定"}],
    "recommendation": True,
    "min_opinion_length": 10,
}
OPINION = "前驱体本地可得，技术路线清楚，预期指标可以考核，成本估算偏乐观。"


class ExpertProfileFactory(DjangoModelFactory[ExpertProfile]):
    """An admitted technical expert; the person holds no role unless made by `expert_user`."""

    class Meta:
        model = ExpertProfile
        skip_postgeneration_save = True

    person = factory.SubFactory(PersonFactory)
    state = "admitted"
    kinds = factory.LazyFunction(lambda: ["technical"])
    keywords = factory.LazyFunction(lambda: ["储能", "钠离子电池"])
    discipline = "能源科学"


def expert_user(**profile: Any) -> User:
    """An account of an admitted expert with the role, member of a fresh organisation."""
    user = expert()
    ExpertProfileFactory.create(person=user.person, **profile)
    return user


def profile_of(user: User) -> ExpertProfile:
    """The profile of an expert's account."""
    return ExpertProfile.objects.get(person=user.person)


def days(count: float) -> dt.datetime:
    """The instant `count` days from now."""
    return timezone.now() + dt.timedelta(days=count)


def planned(by: User | None = None, **fields: Any) -> ReviewRound:
    """A planned round with one seat a dossier, scores due in ten days."""
    values: dict[str, Any] = {
        "scheme": SCHEME,
        "experts_per_dossier": 1,
        "minimum_sheets": 1,
        "score_deadline": days(10),
        "title": "2027年第一轮评审",
    }
    return plan_round(by=by or officer(), **{**values, **fields})


def handed_in(number: int = 1, by: User | None = None, **fields: Any) -> Dossier:
    """A dossier that waits for a round."""
    values: dict[str, Any] = {
        "title": f"钠离子电池硬碳负极研究（{number}）",
        "sections": ({"title": "研究目标", "text": "面向大规模储能需求。"},),
        "keywords": ("储能",),
        "subject_type": "projects.proposal",
        "subject_id": str(number),
    }
    given = HandIn(**{**values, **fields})
    return hand_in_dossier(dossier=given, by=by or officer())


def running(by: User, *dossiers: Dossier, **fields: Any) -> ReviewRound:
    """A round in which experts are being assigned."""
    found = planned(by, **fields)
    put_in_round(review_round=found, dossiers=dossiers or [handed_in(Dossier.objects.count() + 1, by=by)], by=by)
    return open_round(review_round=found, by=by)


def invited(by: User, user: User, **fields: Any) -> Assignment:
    """The invitation of `user` to the only dossier of a fresh round."""
    review_round = running(by, **fields)
    dossier = Dossier.objects.get(round=review_round)
    assignment = assign_expert(dossier=dossier, expert=profile_of(user), by=by)
    send_invitations(review_round=review_round, by=by)
    return Assignment.objects.get(pk=assignment.pk)


def accepted(by: User, user: User, **fields: Any) -> Assignment:
    """An accepted assignment of `user`."""
    assignment = invited(by, user, **fields)
    accept(assignment=assignment, by=user, statement=True)
    return Assignment.objects.get(pk=assignment.pk)


def answers(novelty: str = "80", way: str = "45", opinion: str = OPINION, **more: Any) -> Answers:
    """A complete sheet: 80 of 100 and 45 of 50 give 86.00."""
    return Answers({"novelty": novelty, "way": way}, more.get("vetoes", {"law": True}), "B", opinion)


def scored(by: User, rows: Sequence[Mapping[User, int]], **fields: Any) -> ReviewRound:
    """A round being scored: one dossier for each row, which gives the total of each expert's sheet."""
    dossiers = [handed_in(number, by) for number, _row in enumerate(rows, Dossier.objects.count() + 1)]
    most = max(len(row) for row in rows)
    review_round = running(by, *dossiers, **{"experts_per_dossier": most, **fields})
    for dossier, row in zip(dossiers, rows, strict=True):
        for user in row:
            assign_expert(dossier=dossier, expert=profile_of(user), by=by)
    send_invitations(review_round=review_round, by=by)
    for dossier, row in zip(dossiers, rows, strict=True):
        for user, total in row.items():
            assignment = Assignment.objects.get(dossier=dossier, expert__person=user.person)
            accept(assignment=assignment, by=user, statement=True)
            typed = answers(novelty=str(total), way=str(total / 2))
            submit_score_sheet(assignment=assignment, by=user, answers=typed, meant=CHECKS)
    review_round.refresh_from_db()
    return review_round
