from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from directory.models import User
from experts.actions.assignment import accept, assign_expert
from experts.actions.batch import declare_on_names
from experts.actions.round import send_invitations
from experts.conflicts import ground, standing_conflicts
from experts.models import Assignment, NameDeclaration, ReviewRound
from tests.factories.directory import OrganisationFactory, PersonFactory, officer
from tests.factories.experts import expert_user, handed_in, profile_of, running
from workflows.errors import NotAllowed, Refused
from workflows.relay import run_once

pytestmark = pytest.mark.django_db


def batch(boss: User, user: User, size: int = 4, **fields: Any) -> ReviewRound:
    """A running round of so many dossiers, each of other parties; `user` is invited to all but the last."""
    dossiers = []
    for number in range(1, size + 1):
        unit, person = OrganisationFactory.create(name=f"单位{number}"), PersonFactory.create(name=f"人员{number}")
        kept = {"kept_away_people": (person.pk,), "kept_away_organisations": (unit.pk,)}
        dossiers.append(handed_in(number, boss, title=f"题目{number}", **kept))
    found = running(boss, *dossiers, names_first=True, **fields)
    for one in found.dossiers.order_by("pk")[: size - 1]:
        assign_expert(dossier=one, expert=profile_of(user), by=boss)
    send_invitations(review_round=found, by=boss)
    found.refresh_from_db()
    return found


def titles(user: User) -> list[tuple[str, str]]:
    return [(row.shown_title, row.state) for row in Assignment.objects.own(user).order_by("pk")]


def test_titles_open_after_the_names_and_those_of_conflicts_never() -> None:
    boss, user = officer(), expert_user()
    found = batch(boss, user)
    assert titles(user) == [("匿名材料", "invited")] * 3
    seat = Assignment.objects.own(user).select_related("round", "dossier", "expert__person").order_by("pk")[0]
    with pytest.raises(Refused) as refused:
        accept(assignment=seat, by=user, statement=True)
    assert [reason.code for reason in refused.value.reasons] == ["names_first"]

    by_name = {one.kept_away_organisations[0]: one for one in found.dossiers.all()}
    unit = seat.dossier.kept_away_organisations[0]
    people = [found.dossiers.order_by("-pk")[0].kept_away_people[0], 987654]
    made = declare_on_names(review_round=found, expert=profile_of(user), people=people, organisations=[unit], by=user)

    assert (made.people, made.organisations) == (people[:1], [unit])
    assert titles(user) == [("匿名材料", "recused"), ("题目2", "invited"), ("题目3", "invited")]
    known = ground(found, [profile_of(user)])
    kept = [bool(standing_conflicts(known, profile_of(user), one)) for one in found.dossiers.order_by("pk")]
    assert kept == [True, False, False, True]
    assert by_name[unit] == seat.dossier
    with pytest.raises(Refused):
        declare_on_names(review_round=found, expert=profile_of(user), people=[], organisations=[], by=user)


def test_a_batch_that_hides_nobody_and_a_single_blind_one_are_not_declared_on() -> None:
    boss, user = officer(), expert_user()
    assert batch(boss, user, size=2).names_first is False
    assert titles(user) == [("题目1", "invited")]
    assert running(boss, handed_in(9, boss), names_first=True, blind=False).names_first is False


def test_nobody_declares_for_somebody_else() -> None:
    boss, user = officer(), expert_user()
    found = batch(boss, user)
    with pytest.raises(NotAllowed):
        declare_on_names(review_round=found, expert=profile_of(user), people=[], organisations=[], by=expert_user())


def test_no_page_and_no_mail_tells_a_title_before_the_names() -> None:
    boss, user = officer(), expert_user()
    found = batch(boss, user)
    while run_once():
        pass
    client = Client()
    client.force_login(user)
    seat = Assignment.objects.own(user).order_by("pk")[0]
    address = reverse("review_names", args=[seat.uid])
    pages = [client.get(reverse(name)).content.decode() for name in ("reviews", "inbox", "messages", "home")]
    pages += [client.get(reverse("review_conflict", args=[seat.uid])).content.decode()]
    assert client.get(reverse("review", args=[seat.uid]))["Location"] == address
    assert [page for page in (*pages, *(f"{one.subject}{one.body}" for one in mail.outbox)) if "题目1" in page] == []

    page = client.get(address).content.decode()
    assert [name for name in ("单位4", "人员4", "单位1") if name not in page] == []
    assert "题目1" not in page
    assert client.post(address, {}).status_code == 422
    assert client.post(address, {"nobody": "on"}).status_code == 302
    assert NameDeclaration.objects.filter(round=found).count() == 1
    assert [title for title, _state in titles(user)] == ["题目1", "题目2", "题目3"]
