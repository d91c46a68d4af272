"""The pages of the rule editor: list, draft, rows, preview."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from projects.actions.adjustment import ask_adjustment
from projects.channel.rules import channel_rules
from projects.models import ChannelVersion, PreviewedCase
from tests.factories import way
from tests.projects.actions.test_channel_rules import TESTING, drafted, in_force
from tests.projects.budgets import running_project, wish

pytestmark = pytest.mark.django_db
NAME = channel_rules().name


@pytest.fixture(autouse=True)
def _one_factor(settings: Any) -> None:
    settings.MFA_REQUIRED_FOR_STAFF = False


@pytest.fixture
def cast() -> way.Cast:
    return way.Cast()


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def typed(client: Client, url: str, **changes: str) -> dict[str, str]:
    """The form of a draft as the browser sends it back, with `changes` by name ("__" for the dash)."""
    forms = client.get(url).context["forms"]
    sent: dict[str, str] = {"version": str(client.get(url).context["shown"])}
    for each in (forms.rules, forms.standings, forms.clocks, forms.tiers):
        for form in (each.management_form, *each.forms):
            sent |= {bound.html_name: "" if bound.value() is None else str(bound.value()) for bound in form}
    sent |= {bound.html_name: str(bound.value() or "") for bound in forms.version}
    shown = {name: value for name, value in sent.items() if value != "False"}
    return shown | {name.replace("__", "-"): value for name, value in changes.items()}


def test_an_officer_drafts_edits_and_previews(cast: way.Cast) -> None:
    client = signed_in(cast.officer)
    assert client.post(reverse("channel-draft", args=["2001-01-01"])).status_code == 404
    answer = client.post(reverse("channel-draft", args=[NAME]))
    version = ChannelVersion.objects.get()
    assert answer["Location"] == version.get_absolute_url()
    url = reverse("channel-edit", args=[version.uid])
    day = (timezone.localdate() + dt.timedelta(days=30)).isoformat()
    place = [row["code"] for row in version.content["rules"]].index("equipment_grows")
    sent = typed(client, url, valid_from=day, document="内科发〔2027〕1号", reason="扩大自主权")
    wrong = client.post(url, sent | {f"rule-{place}-over": "zwölf", "clock-0-warn_after": "9"})
    assert (wrong.status_code, "zwölf" in wrong.content.decode()) == (200, True)
    refused = client.post(url, sent | {f"rule-{place}-documents": "", "clock-0-warn_after": "9"})
    assert (refused.status_code, [one.code for one in refused.context["reasons"]]) == (
        409,
        ["no_document", "clock_order"],
    )
    saved = client.post(url, sent | {f"rule-{place}-over": "5", f"rule-{place}-route": "department"})
    assert saved["Location"] == version.get_absolute_url()
    version.refresh_from_db()
    delivered = channel_rules().model_dump(mode="json")
    assert [version.content[name] for name in ("tiers", "standings")] == [delivered["tiers"], delivered["standings"]]
    assert version.content["rules"][place] | {"documents": []} == {
        "code": "equipment_grows",
        "route": "department",
        "documents": [],
        "confirmed": False,
        "over": "50000",
    }
    stale = client.post(url, sent)
    assert (stale.status_code, [one.code for one in stale.context["reasons"]]) == (409, ["stale"])
    asked = client.post(reverse("channel-preview-ask", args=[version.uid]))
    assert client.get(asked["Location"]).status_code == 200
    page = client.get(version.get_absolute_url())
    assert (page.context["gaps"], len(page.context["differences"])) == ([], 2)
    assert client.get(reverse("channel-delivered", args=[NAME])).status_code == 200
    assert client.get(reverse("channel-delivered", args=["2001-01-01"])).status_code == 404


def test_others_read_or_see_nothing(cast: way.Cast) -> None:
    version = in_force(cast)
    address = version.get_absolute_url()
    assert signed_in(cast.auditor).get(address).status_code == 200
    assert signed_in(cast.decision_maker).post(reverse("channel-draft", args=[NAME])).status_code == 404
    for user in (cast.applicant, cast.admin):
        client = signed_in(user)
        assert [client.get(url).status_code for url in (address, reverse("channel-rules"))] == [404, 404]
    assert signed_in(cast.officer).post(reverse("channel-preview-ask", args=[version.uid])).status_code == 404


def test_lists_ask_as_often_for_three_as_for_one(cast: way.Cast) -> None:
    project = running_project(cast)
    for _one in range(3):
        ask_adjustment(project=project, wish=wish(project, **TESTING), by=cast.applicant)
    client, version = signed_in(cast.officer), drafted(cast.officer)
    preview = client.post(reverse("channel-preview-ask", args=[version.uid]))["Location"]
    made = version.previews.get()
    found = []
    for number, one in enumerate(project.adjustments.order_by("pk"), start=1):
        PreviewedCase.objects.create(preview=made, adjustment=one, then="recorded", now="department", because="x")
        if number != 2:
            found.append((_queries(client, reverse("channel-rules")), _queries(client, preview)))
        drafted(cast.officer)
    assert found[0] == found[1]


def _queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)
