from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Sum

from portal.demo.growth import grow
from projects.models import Call, Instalment, LedgerLine, Project

# Written in bulk: nothing of it is journaled.
pytestmark = [pytest.mark.django_db, pytest.mark.tampers]
DAY = dt.date(2026, 7, 1)


def made(projects: int, seed: int) -> list[tuple[Any, ...]]:
    grow(projects=projects, seed=seed, today=DAY, say=lambda _line: None)
    rows = Project.objects.order_by("number").values_list("number", "title", "grant", "state", "organisation__name")
    return list(rows)


def test_it_makes_as_many_as_asked_for_and_their_money_adds_up() -> None:
    assert len(made(450, 1)) == 450
    assert Call.objects.count() == 2
    signed = Project.objects.exclude(state="contract")
    assert LedgerLine.objects.count() == 11 * signed.count()
    for model, name in ((LedgerLine, "approved"), (Instalment, "amount")):
        assert model._base_manager.aggregate(all=Sum(name))["all"] == signed.aggregate(all=Sum("grant"))["all"]


def test_the_same_seed_makes_the_same() -> None:
    first = made(40, 1)
    for model in (Instalment, LedgerLine):
        model._base_manager.all().delete()
    for project in Project.objects.all():
        project.contract.delete()
        project.delete()
        project.proposal.delete()
    Call.objects.all().delete()
    assert made(40, 1) == first


def test_it_is_refused_outside_of_the_demo(settings: Any) -> None:
    with pytest.raises(CommandError, match="demo mode is off"):
        call_command("grow", projects=1)
    settings.DEMO = True
    with pytest.raises(CommandError, match="1 or more"):
        call_command("grow", projects=0)
    call_command("grow", projects=3, verbosity=0)
    with pytest.raises(CommandError, match="has grown already"):
        call_command("grow", projects=3)
    assert Project.objects.count() == 3
