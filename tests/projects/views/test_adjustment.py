"""The pages of a change of a budget: asked, shown before it is sent, decided, listed."""

from __future__ import annotations

import re
import uuid
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from projects.actions.adjustment import ask_adjustment
from projects.models import Adjustment, AdjustmentPolicy, Project
from projects.queries.ledger import fingerprint, ledger
from tests.factories import way
from tests.projects.budgets import REASON, amounts, running_project, wish

pytestmark = pytest.mark.django_db
EQUIPMENT = {"equipment__purchase": 20_000, "operating__materials": -20_000}


@pytest.fixture(autouse=True)
def _one_factor(settings: Any) -> None:
    settings.MFA_REQUIRED_FOR_STAFF = False


@pytest.fixture
def cast() -> way.Cast:
    return way.Cast()


@pytest.fixture
def project(cast: way.Cast) -> Project:
    return running_project(cast)


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def typed(project: Project, shown: str = "recorded", **changes: str) -> dict[str, str]:
    """The form as the browser sends it: 万元 by category."""
    lines = list(ledger(project))
    cells = {f"change-{line.pk}": changes.get(line.category.replace(".", "__"), "") for line in lines}
    rest = {"reason": REASON, "promised": "on", "seen": fingerprint(lines), "key": str(uuid.uuid4()), "shown": shown}
    return {**cells, **rest}


def test_what_was_shown_is_recorded_at_once(cast: way.Cast, project: Project) -> None:
    client, url = signed_in(cast.applicant), reverse("adjust", args=[project.uid])
    answer = client.post(url, typed(project, operating__materials="-5", operating__testing="+5"))
    made = Adjustment.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, made.get_absolute_url())
    assert (made.state, amounts(project)["operating.testing"]) == ("recorded", Decimal(50_000))


def test_the_answer_comes_as_one_types_and_changes_nothing(cast: way.Cast, project: Project) -> None:
    client, url = signed_in(cast.applicant), reverse("adjust", args=[project.uid])
    answer = client.post(
        url, typed(project, operating__materials="-5", operating__testing="5"), headers={"X-Answer": "1"}
    )
    assert 'name="shown" value="recorded"' in answer.content.decode()
    assert "国办发〔2021〕32号" in answer.content.decode()
    refused = client.post(url, typed(project, indirect__management="5"), headers={"X-Answer": "1"})
    assert re.search(r'id="press"\s+disabled', refused.content.decode())
    assert Adjustment.objects.count() == 0


def test_without_script_the_answer_is_shown_before_anything_is_sent(cast: way.Cast, project: Project) -> None:
    client, url = signed_in(cast.applicant), reverse("adjust", args=[project.uid])
    sent = typed(project, shown="", operating__materials="-5", operating__testing="5")
    looked = client.post(url, {**sent, "look": "1"})
    assert (looked.status_code, 'value="recorded"' in looked.content.decode()) == (200, True)
    assert REASON in looked.content.decode()
    pressed = client.post(url, sent)
    assert (pressed.status_code, Adjustment.objects.count()) == (409, 0)
    assert client.post(url, {**sent, "shown": "recorded"}).status_code == 302


def test_a_change_typed_in_yuan_is_answered_before_it_is_sent(cast: way.Cast, project: Project) -> None:
    client, url = signed_in(cast.applicant), reverse("adjust", args=[project.uid])
    name = next(f"change-{line.pk}" for line in ledger(project) if line.category == "operating.testing")
    sent = typed(project, shown="department", operating__materials="-5", operating__testing="50000")
    token = f"{name}=500000000.00"
    asked = client.post(url, sent, headers={"X-Answer": "1"}).content.decode()
    assert (f'name="mend" value="{name}=5.00"' in asked, f'name="right" value="{token}"' in asked) == (True, True)
    assert (client.post(url, sent).status_code, Adjustment.objects.count()) == (409, 0)
    mended = client.post(url, {**sent, "mend": f"{name}=5.00"})
    shown = mended.content.decode()
    assert (mended.status_code, 'value="5.00"' in shown, 'value="-5"' in shown, REASON in shown) == (
        200,
        True,
        True,
        True,
    )
    right = client.post(url, {**sent, "right": token})
    assert (right.status_code, f'name="as-typed" value="{token}"' in right.content.decode()) == (200, True)
    again = client.post(url, {**sent, name: "50001", "as-typed": token})
    assert (again.status_code, Adjustment.objects.count()) == (409, 0)
    assert client.post(url, {**sent, "as-typed": token}).status_code == 302


def test_another_answer_than_the_one_shown_is_shown_first(cast: way.Cast, project: Project) -> None:
    client, url = signed_in(cast.applicant), reverse("adjust", args=[project.uid])
    answer = client.post(url, typed(project, shown="recorded", equipment__purchase="1", operating__materials="-1"))
    assert (answer.status_code, Adjustment.objects.count()) == (409, 0)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"operating__materials": "<script>alert(1)</script>"}, "&lt;script&gt;"),
        ({"operating__materials": "-999999999999999999999"}, "operating"),
        ({"operating__materials": "９" * 3 + "x"}, "x"),
    ],
)
def test_an_amount_that_cannot_be_read_keeps_what_was_typed(
    cast: way.Cast, project: Project, change: dict[str, str], said: str
) -> None:
    client, url = signed_in(cast.applicant), reverse("adjust", args=[project.uid])
    answer = client.post(url, typed(project, **change))
    page = answer.content.decode()
    assert (answer.status_code, Adjustment.objects.count()) == (200, 0)
    assert (REASON in page, "<script>alert" in page, "aria-invalid" in page) == (True, False, True)
    assert said in page


def test_a_budget_that_changed_meanwhile_is_shown_again(cast: way.Cast, project: Project) -> None:
    client, url = signed_in(cast.applicant), reverse("adjust", args=[project.uid])
    sent = typed(project, operating__materials="-5", operating__testing="5")
    ask_adjustment(project=project, wish=wish(project, operating__travel=9, operating__materials=-9), by=cast.applicant)
    answer = client.post(url, sent)
    assert (answer.status_code, Adjustment.objects.count()) == (409, 1)
    fresh = fingerprint(list(ledger(project)))
    assert fresh in answer.content.decode()
    assert client.post(url, {**sent, "seen": fresh}).status_code == 302


@pytest.mark.parametrize("missing", ["reason", "promised"])
def test_without_reason_or_promise_nothing_is_asked(cast: way.Cast, project: Project, missing: str) -> None:
    client, url = signed_in(cast.applicant), reverse("adjust", args=[project.uid])
    sent = typed(project, operating__materials="-5", operating__testing="5")
    answer = client.post(url, {**sent, missing: ""})
    assert (answer.status_code, Adjustment.objects.count()) == (200, 0)
    assert f'id="id_{missing}"' in answer.content.decode()


def test_only_the_investigator_finds_the_page(cast: way.Cast, project: Project) -> None:
    url = reverse("adjust", args=[project.uid])
    found = {name: signed_in(user).get(url).status_code for name, user in cast.everybody().items()}
    assert found == {**dict.fromkeys(found, 404), "applicant": 200}


def test_the_organisation_approves_with_one_press(cast: way.Cast, project: Project) -> None:
    made = ask_adjustment(project=project, wish=wish(project, **EQUIPMENT), by=cast.applicant)
    client = signed_in(cast.admin)
    assert made.get_absolute_url() in client.get(reverse("home")).content.decode()
    assert client.post(reverse("adjustment-decision", args=[made.uid])).status_code == 302
    made.refresh_from_db()
    assert made.state == "applied"


def test_a_rejection_without_a_reason_stays_on_the_page(cast: way.Cast, project: Project) -> None:
    made = ask_adjustment(project=project, wish=wish(project, **EQUIPMENT), by=cast.applicant)
    client, url = signed_in(cast.admin), reverse("adjustment-decision", args=[made.uid])
    assert client.post(url, {"reject": "1"}).status_code == 409
    assert client.post(url, {"reject": "1", "note": "x" * 501}).status_code == 400
    assert client.post(url, {"reject": "1", "note": "设备可共享"}).status_code == 302


def test_what_was_rejected_can_be_asked_again_from_its_amounts(cast: way.Cast, project: Project) -> None:
    made = ask_adjustment(project=project, wish=wish(project, **EQUIPMENT), by=cast.applicant)
    url = reverse("adjust", args=[project.uid])
    page = signed_in(cast.applicant).get(url, {"again": str(made.uid)}).content.decode()
    assert ('value="+2"' in page, 'value="-2"' in page) == (True, True)
    assert signed_in(cast.applicant).get(url, {"again": "'; drop"}).status_code == 200


def test_others_do_not_see_that_it_is_there(cast: way.Cast, project: Project) -> None:
    made = ask_adjustment(project=project, wish=wish(project, **EQUIPMENT), by=cast.applicant)
    found = {name: signed_in(user).get(made.get_absolute_url()).status_code for name, user in cast.everybody().items()}
    strangers = {"stranger": 404, "other_admin": 404, "other_recommender": 404}
    assert found == {**dict.fromkeys(found, 200), **strangers}
    nobody = signed_in(cast.stranger).post(reverse("adjustment-decision", args=[made.uid]))
    assert nobody.status_code == 404


def test_the_policy_is_set_by_the_administrator_alone(cast: way.Cast) -> None:
    url = reverse("adjustment-policy", args=[cast.host.uid])
    sent = {
        "equipment_decrease": "investigator",
        "signature_wan": "30",
        "max_adjustments": "",
        "freeze_before_end_days": "90",
    }
    assert signed_in(cast.other_admin).post(url, sent).status_code == 404
    assert signed_in(cast.admin).post(url, {**sent, "signature_wan": "-1"}).status_code == 200
    assert AdjustmentPolicy.objects.count() == 0
    assert signed_in(cast.admin).post(url, sent).status_code == 302
    rows = AdjustmentPolicy.objects.values_list("equipment_decrease", "second_signature_over", "max_adjustments")
    assert list(rows) == [("investigator", Decimal(300_000), None)]


def test_the_list_asks_the_same_for_one_and_for_three(cast: way.Cast, project: Project) -> None:
    found = []
    for count in (1, 2):
        for _one in range(count):
            ask_adjustment(project=project, wish=wish(project, **EQUIPMENT), by=cast.applicant)
        for url in (reverse("adjustments"), reverse("home")):
            client = signed_in(cast.admin)
            client.get(url)
            with CaptureQueriesContext(connection) as queries:
                client.get(url)
            found.append(len(queries))
    assert found[:2] == found[2:]
    assert max(found) <= 15
