"""The pages on which an investigator lets somebody act, and on which that person does."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from directory.models import Membership, Person
from projects.models import Delegation, PreparedAdjustment
from projects.queries.ledger import ledger
from tests.factories import way
from tests.factories.directory import applicant
from tests.projects.actions.test_delegation import member
from tests.projects.budgets import running_project
from tests.projects.views.test_channel_rules import _queries, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_factor(settings: Any) -> None:
    settings.MFA_REQUIRED_FOR_STAFF = False


@pytest.fixture
def cast() -> way.Cast:
    return way.Cast()


def test_given_used_and_ended_on_the_pages(cast: way.Cast) -> None:
    project = running_project(cast)
    helper, page = member(project, cast), project.get_absolute_url()
    client, own = signed_in(cast.applicant), signed_in(helper)
    form, adjust = reverse("delegate", args=[project.uid]), reverse("adjust", args=[project.uid])
    assert [own.get(url).status_code for url in (page, form, adjust)] == [200, 404, 404]
    sent = {"person": helper.email, "last_day": project.ends_on.isoformat(), "reason": "协助"}
    unknown = client.post(form, sent | {"person": "某某", "reports": "on"})
    assert (unknown.status_code, unknown.context["form"].errors.as_data()["person"][0].code) == (200, "nobody")
    refused = client.post(form, sent)
    assert (refused.status_code, [one.code for one in refused.context["reasons"]]) == (409, ["no_acts"])
    assert client.post(form, sent | {"adjustments": "on", "accounts": "on"})["Location"] == page
    assert own.get(page).context["may_prepare"] is True
    assert own.get(reverse("money", args=[project.uid])).context["may_account"] is True
    cells = {f"change-{line.pk}": "" for line in ledger(project)}
    lines = {line.category: f"change-{line.pk}" for line in ledger(project)}
    moved = {lines["operating.materials"]: "-2", lines["operating.travel"]: "2", "reason": "会议增加"}
    shown = own.post(adjust, cells | moved, headers={"X-Answer": "1"}).content.decode()
    assert "交负责人" in shown
    bad = own.post(adjust, cells | moved | {lines["operating.travel"]: "zwei"})
    assert (bad.status_code, "zwei" in bad.content.decode()) == (409, True)
    assert own.post(adjust, cells).status_code == 409
    assert own.post(adjust, cells | moved)["Location"] == page
    prepared = PreparedAdjustment.objects.get()
    filled = client.get(prepared.get_absolute_url())
    assert (filled.context["grid"].changes, "会议增加" in filled.content.decode()) == (
        {int(key): 20_000 if float(value) > 0 else -20_000 for key, value in prepared.changes.items()},
        True,
    )
    given = Delegation.objects.get()
    assert signed_in(cast.admin).post(reverse("delegation-end", args=[given.uid])).status_code == 404
    assert client.post(reverse("delegation-end", args=[given.uid]))["Location"] == page
    assert own.get(adjust).status_code == 404


@pytest.mark.tampers  # the state of a membership
def test_a_colleague_sees_the_project_as_long_as_it_lasts(cast: way.Cast) -> None:
    project = running_project(cast)
    colleague, page = signed_in(applicant(cast.host)), project.get_absolute_url()
    assert colleague.get(page).status_code == 404
    named = Person.objects.latest("pk")
    sent = {"person": named.name, "last_day": project.ends_on.isoformat(), "reason": "协助", "reports": "on"}
    signed_in(cast.applicant).post(reverse("delegate", args=[project.uid]), sent)
    assert (colleague.get(page).status_code, colleague.get(page).context["may_prepare"]) == (200, False)
    Membership.objects.filter(person=named).update(state="ended")
    assert colleague.get(page).status_code == 404


def test_the_page_asks_as_often_for_three_as_for_one(cast: way.Cast) -> None:
    project, found = running_project(cast), []
    client = signed_in(cast.applicant)
    for number in range(3):
        helper = member(project, cast)
        Delegation.objects.create(
            project=project,
            person=helper.person,
            reports=True,
            last_day=project.ends_on,
            reason="协助",
            given_by=cast.applicant,
        )
        if number != 1:
            found.append(_queries(client, project.get_absolute_url()))
    assert found[0] == found[1]
