"""An acceptance on its way, for tests."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from projects.actions.acceptance import (
    Filing,
    Opinion,
    approve_acceptance,
    check_acceptance,
    confirm_acceptance,
    enter_opinion,
    file_acceptance,
    propose_outcome,
    save_acceptance,
)
from projects.models import Acceptance, Project
from projects.queries.acceptance import attainments
from tests.factories import way

PARTS = ("project__contract", "project__organisation__authority", "project__investigator")
EXPERTS = "\n".join(f"专家{number}，第{number}大学，教授" for number in range(1, 6))
MEETING = Opinion(dt.date(2028, 11, 20), EXPERTS, "reached", True, "passed", "完成任务书全部考核指标，同意通过验收。")


def of(project: Project) -> Acceptance:
    found: Acceptance = Acceptance.objects.select_related(*PARTS).get(project=project)
    return found


def written(acceptance: Acceptance, by: Any, summary: str = "完成全部任务。") -> Acceptance:
    """Everything said, each target reached."""
    targets = [{**one, "attainment": "reached", "evidence": "检测报告"} for one in attainments(acceptance)]
    filing = Filing(summary, "", targets)
    return save_acceptance(acceptance=acceptance, filing=filing, expected_version=acceptance.version, by=by)


def checked(cast: way.Cast, project: Project) -> Acceptance:
    """Filed, confirmed and checked: the organiser's turn."""
    one = written(of(project), cast.applicant)
    file_acceptance(acceptance=one, by=cast.applicant)
    confirm_acceptance(acceptance=one, by=cast.admin)
    return check_acceptance(acceptance=one, by=cast.officer)


def decided(cast: way.Cast, project: Project, outcome: str = "passed") -> Acceptance:
    """The whole way to an end that the experts suggest."""
    one = checked(cast, project)
    task = "reached" if outcome == "passed" else "missed"
    enter_opinion(acceptance=one, opinion=replace(MEETING, task=task, suggested=outcome), by=cast.admin)
    propose_outcome(acceptance=one, outcome=outcome, reason="", by=cast.officer)
    return approve_acceptance(acceptance=one, by=cast.decision_maker)
