"""Versions of the rules of the green channel: drafted, previewed on past cases, approved by another, in force."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from directory.models import User
from projects.actions import channel_preview
from projects.actions.adjustment import ask_adjustment
from projects.actions.adjustment_decision import decide_adjustment
from projects.actions.channel_preview import ask_preview
from projects.actions.channel_rules import (
    Written,
    approve_rules,
    call_off_rules,
    draft_rules,
    edit_rules,
    propose_rules,
    return_rules,
    withdraw_rules,
)
from projects.channel.rules import channel_rules
from projects.models import Adjustment, ChannelPreview, ChannelVersion, PreviewedCase, Project
from projects.queries.channel_preview import Past, decided
from projects.queries.channel_versions import rules_on, rules_today
from projects.queries.kept_rules import channel_rules_of
from tests.factories import way
from tests.factories.directory import officer
from tests.projects.budgets import amounts, running_project, wish
from workflows.actions.deadlines import fire_deadlines
from workflows.enums import Verdict
from workflows.errors import NotAllowed, Refused, Stale
from workflows.inbox import waiting_for
from workflows.models import JournalEntry, Message, OutboxMessage
from workflows.relay import run_once

pytestmark = pytest.mark.django_db
ORDER = "内科发〔2027〕1号"
TESTING = {"operating__materials": -50_000, "operating__testing": 50_000}
EQUIPMENT = {"equipment__purchase": 20_000, "operating__materials": -20_000}


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.MFA_REQUIRED_FOR_STAFF = False


@pytest.fixture
def cast() -> way.Cast:
    return way.Cast()


def tomorrow() -> dt.date:
    return timezone.localdate() + dt.timedelta(days=1)


def written(version: ChannelVersion, *, route: str = "recorded", **more: Any) -> Written:
    """The rows of `version` with growing equipment decided by `route`."""
    content = dict(version.content)
    content["rules"] = [
        {**row, "route": route} if row["code"] == "equipment_grows" else row for row in content["rules"]
    ]
    whole = Written(tomorrow(), ORDER, "单位可自行调增设备费。", content)
    return replace(whole, **more)


def drafted(by: User, **more: Any) -> ChannelVersion:
    version = draft_rules(name=channel_rules().name, by=by)
    return edit_rules(version=version, written=written(version, **more), expected_version=version.version, by=by)


def in_force(cast: way.Cast, **more: Any) -> ChannelVersion:
    """A version approved for tomorrow."""
    version = drafted(cast.officer, **more)
    ask_preview(version=version, by=cast.officer)
    propose_rules(version=version, by=cast.officer)
    return approve_rules(version=version, by=cast.decision_maker)


def test_from_draft_to_in_force_and_followed(cast: way.Cast) -> None:
    version = drafted(cast.officer)
    with pytest.raises(Refused) as refused:
        propose_rules(version=version, by=cast.officer)
    assert refused.value.codes == ["no_preview"]
    ask_preview(version=version, by=cast.officer)
    propose_rules(version=version, by=cast.officer)
    for user in (cast.officer, officer(), cast.auditor, cast.applicant, cast.integrity):
        with pytest.raises(NotAllowed):
            approve_rules(version=version, by=user)
    assert [one.url for one in waiting_for(cast.decision_maker)] == [version.get_absolute_url()]
    approve_rules(version=version, by=cast.decision_maker)
    assert (version.state, Message.objects.get().to) == ("approved", cast.officer)
    assert (rules_on(timezone.localdate()), rules_on(tomorrow()).document) == (channel_rules(), ORDER)
    with time_machine.travel(timezone.now() + dt.timedelta(days=1, hours=1)):
        fire_deadlines()
        version.refresh_from_db()
        assert (version.state, rules_today().name) == ("in_force", f"{version.valid_from}")
        later = in_force(cast, route="department", valid_from=tomorrow())
    with time_machine.travel(timezone.now() + dt.timedelta(days=3)):
        fire_deadlines()
    version.refresh_from_db()
    later.refresh_from_db()
    assert (version.state, later.state) == ("retired", "in_force")
    done = list(JournalEntry.objects.filter(subject_type="projects.channelversion").values_list("action", flat=True))
    assert sorted({name.rpartition(".")[2] for name in done}) == [
        *("approve", "begin", "draft", "edit", "propose", "retire", "set"),
    ]


def test_it_is_returned_withdrawn_or_called_off_before_its_day(cast: way.Cast) -> None:
    version = in_force(cast)
    with pytest.raises(NotAllowed):
        call_off_rules(version=version, by=cast.officer, note="x")
    call_off_rules(version=version, by=cast.decision_maker, note="上位法修订")
    assert (version.state, rules_on(tomorrow())) == ("withdrawn", channel_rules())
    other = drafted(cast.officer)
    ask_preview(version=other, by=cast.officer)
    propose_rules(version=other, by=cast.officer)
    return_rules(version=other, by=cast.decision_maker, note="请补充依据")
    assert other.state == "draft"
    withdraw_rules(version=other, by=cast.officer)
    assert other.state == "withdrawn"
    begun = in_force(cast)
    with time_machine.travel(timezone.now() + dt.timedelta(days=2)), pytest.raises(Refused) as refused:
        call_off_rules(version=begun, by=cast.decision_maker, note="x")
    assert refused.value.codes == ["day_begun"]


def test_what_is_missing_is_said_at_once_and_what_cannot_stand_is_not_kept(cast: way.Cast) -> None:
    version = draft_rules(name=channel_rules().name, by=cast.officer)
    with pytest.raises(Refused) as refused:
        propose_rules(version=version, by=cast.officer)
    assert refused.value.codes == ["no_day", "no_order", "no_words", "no_change", "no_preview"]
    before = dict(version.content)
    broken = written(version, route="refused")
    broken.content["rules"] = [row for row in broken.content["rules"] if row["code"] != "line_below_zero"]
    broken.content["rules"] += broken.content["rules"][-1:]
    with pytest.raises(Refused) as refused:
        edit_rules(version=version, written=broken, expected_version=0, by=cast.officer)
    assert refused.value.codes == ["row_twice"]
    with pytest.raises(Stale):
        edit_rules(version=version, written=written(version), expected_version=7, by=cast.officer)
    with pytest.raises(NotAllowed):
        edit_rules(version=version, written=written(version), expected_version=0, by=cast.decision_maker)
    with pytest.raises(NotAllowed):
        draft_rules(name=channel_rules().name, by=cast.decision_maker)
    version.refresh_from_db()
    assert version.content == before
    edit_rules(
        version=version,
        written=written(version, valid_from=channel_rules().valid_from),
        expected_version=0,
        by=cast.officer,
    )
    with pytest.raises(Refused) as refused:
        propose_rules(version=version, by=cast.officer)
    assert refused.value.codes == ["day_begun", "day_taken", "no_preview"]


def test_past_cases_are_replayed_and_nothing_of_them_changes(cast: way.Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    project = running_project(cast)
    ask_adjustment(project=project, wish=wish(project, **TESTING), by=cast.applicant)
    second = ask_adjustment(project=project, wish=wish(project, **EQUIPMENT), by=cast.applicant)
    decide_adjustment(adjustment=second, verdict=Verdict.APPROVE, by=cast.admin)
    ask_adjustment(project=project, wish=wish(project, **EQUIPMENT), by=cast.applicant)  # open: not a past case
    held = amounts(project)
    version = drafted(cast.officer)
    preview = ask_preview(version=version, by=cast.officer)
    assert (preview.total, preview.done, preview.changed, preview.drifted) == (2, 2, 1, 0)
    assert preview.routes == {"recorded": {"recorded": 1}, "organisation": {"recorded": 1}}
    assert (preview.at_once_before, preview.at_once_after) == (50.0, 100.0)
    assert preview.rows["equipment_grows"] == [1, 1]
    case = PreviewedCase.objects.get()
    assert (case.adjustment, case.then, case.now) == (second, "organisation", "recorded")
    assert (amounts(project), Adjustment.objects.get(pk=second.pk).route) == (held, "organisation")
    edit_rules(
        version=version, written=written(version, route="department"), expected_version=version.version, by=cast.officer
    )
    with pytest.raises(Refused) as refused:
        propose_rules(version=version, by=cast.officer)
    assert refused.value.codes == ["no_preview"]
    monkeypatch.setattr(channel_preview, "AT_ONCE", 1)
    queued = ask_preview(version=version, by=cast.officer)
    assert (queued.done_at, ask_preview(version=version, by=cast.officer)) == (None, queued)
    assert OutboxMessage.objects.filter(kind="projects.channel_preview").count() == 1
    while run_once():
        pass
    assert ChannelPreview.objects.get(pk=queued.pk).routes["organisation"] == {"department": 1}
    with pytest.raises(NotAllowed):
        ask_preview(version=version, by=cast.applicant)


def test_the_budget_of_then_is_what_is_replayed(cast: way.Cast) -> None:
    project = running_project(cast)
    for _one in range(3):
        ask_adjustment(project=project, wish=wish(project, **TESTING), by=cast.applicant)
    past = Past(list(decided().select_related("project")))
    found = [past.case(one) for one in decided().select_related("project")]
    held = [{line.category: line.approved for line in case.lines}["operating.testing"] for case in found]
    assert [*held, *(case.earlier_adjustments for case in found)] == [0, 50_000, 100_000, 0, 1, 2]


def test_a_project_keeps_what_it_began_under(cast: way.Cast) -> None:
    project: Project = running_project(cast)
    in_force(cast)
    with time_machine.travel(timezone.now() + dt.timedelta(days=2)):
        fire_deadlines()
        assert channel_rules_of(project) == channel_rules()
        made = ask_adjustment(project=project, wish=wish(project, **EQUIPMENT), by=cast.applicant)
        assert (made.route, made.rules_from) == ("organisation", channel_rules().valid_from)
        Project.objects.filter(pk=project.pk).update(rules={**project.rules, "channel": rules_today().name})
        project.refresh_from_db()
        made = ask_adjustment(project=project, wish=wish(project, **EQUIPMENT), by=cast.applicant)
    assert (made.route, made.rules_from) == ("recorded", tomorrow())
