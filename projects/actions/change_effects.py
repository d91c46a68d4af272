"""What a change does to its project once it is in force: project, text, team, state, supplementary contract, as one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import F, Max
from django.utils import translation

from directory.models import Organisation, Person
from projects.actions.acceptance import move_acceptance
from projects.actions.change_ending import end_project
from projects.actions.contract_version import keep_version
from projects.actions.ledger import move_ledger
from projects.actions.reports import add_reports
from projects.actions.supplement import make_supplement
from projects.enums import ChangeKind, ContractText, MilestoneState, ParticipantRole
from projects.models import Contract, Milestone, Project, ProjectChange
from projects.queries.change_offers import not_ahead
from projects.queries.change_words import in_words
from projects.queries.contract_versions import present_content
from workflows.actions import journal
from workflows.actions.perform import perform
from workflows.actors import SYSTEM
from workflows.errors import Refused

Content = dict[str, Any]
Payload = Mapping[str, Any]
STEPS = {
    ChangeKind.SUSPENSION: "suspend",
    ChangeKind.RESUMPTION: "resume",
    ChangeKind.TERMINATION: "terminate",
    ChangeKind.REVOCATION: "revoke",
}


def put_in_force(change: ProjectChange) -> None:
    """Do what the change says. Inside the unit that decided it; the caller holds the lock of the project."""
    project = Project.objects.select_related("organisation", "investigator").get(pk=change.project_id)
    kind = ChangeKind(change.kind)
    if kind in STEPS:
        _step(project, change, STEPS[kind])
    else:
        _rewrite(project, change, EFFECTS[kind])


def _step(project: Project, change: ProjectChange, name: str) -> None:
    with perform(project, name, by=SYSTEM, note=change.reason, data={"change": change.pk}) as row:
        row.to_return = Decimal(change.payload.get("returned", 0))
    if change.kind in (ChangeKind.TERMINATION, ChangeKind.REVOCATION):
        end_project(project=project, why=str(change), change=change)


def _rewrite(project: Project, change: ProjectChange, effect: Callable[[Project, Content, Payload], None]) -> None:
    contract = Contract.objects.select_for_update(of=("self",)).get(project=project)
    content = present_content(contract)
    effect(project, content, change.payload)
    project.version += 1
    project.save()
    data = {"change": change.pk, "kind": change.kind, "rows": change.rows, "version": project.version}
    journal.append(action="projects.project.change", subject=project, by=SYSTEM, data=data)
    kind = ContractText.SUPPLEMENT if change.supplement_follows else ContractText.NOTICE
    with translation.override(settings.LANGUAGE_CODE):
        note = in_words(change.rows)
    version = keep_version(contract=contract, kind=kind, content=content, note=note)
    if change.supplement_follows:
        make_supplement(change=change, project=project, text=version)


def _title(project: Project, content: Content, payload: Payload) -> None:
    project.title = content["title"] = payload["title"]


def _goals(project: Project, content: Content, payload: Payload) -> None:
    """The milestones ahead follow; the days and the instalments that wait for them stay."""
    content["goals"], content["targets"] = payload["goals"], payload["targets"]
    stones = sorted(content.get("milestones", []), key=lambda row: int(row["year"]))
    for number, text in payload.get("milestones", {}).items():
        rows = Milestone.objects.filter(project=project, number=number, state=MilestoneState.AHEAD)
        if not rows.update(text=text, version=F("version") + 1):
            raise Refused(not_ahead(int(number)))
        stones[int(number) - 1]["text"] = text
    content["milestones"] = stones


def _method(_project: Project, content: Content, payload: Payload) -> None:
    content["method"] = payload["method"]


def _extension(project: Project, content: Content, payload: Payload) -> None:
    """The work of the added time is a milestone of its own, due on the new last day; added years have their reports."""
    project.ends_on = dt.date.fromisoformat(payload["ends_on"])
    content["ends_on"] = payload["ends_on"]
    content["milestones"] = [
        *content.get("milestones", []),
        {"year": project.ends_on.year, "text": payload["work"]},
    ]
    last = Milestone.objects.filter(project=project).aggregate(last=Max("number"))["last"] or 0
    Milestone.objects.create(project=project, number=last + 1, due_on=project.ends_on, text=payload["work"])
    add_reports(project=project)
    move_acceptance(project=project)


def _investigator(project: Project, content: Content, payload: Payload) -> None:
    """The new one leads the team; the one before stays in it as a key member, or leaves."""
    old, new = project.investigator, Person.objects.get(pk=payload["person"])
    rest = [one for one in content.get("team", []) if one["name"] not in (old.name, new.name)]
    if payload["stays"]:
        rest.append(_member(old, project, ParticipantRole.KEY_MEMBER))
    else:
        project.former.add(old)
    project.former.remove(new)
    content["team"] = [_member(new, project, ParticipantRole.INVESTIGATOR), *rest]
    project.investigator, content["investigator"] = new, new.name


def _member(person: Person, project: Project, role: ParticipantRole) -> dict[str, str]:
    return {
        "name": person.name,
        "person": str(person.uid),
        "organisation": project.organisation.name,
        "role": role.value,
        "months_per_year": "",
        "task": "",
    }


def _organisation(project: Project, content: Content, payload: Payload) -> None:
    """The budget of the host goes with the project."""
    new = Organisation.objects.get(pk=payload["organisation"])
    move_ledger(project=project, to=new)
    project.organisation, content["organisation"] = new, new.name


def _participants(project: Project, content: Content, payload: Payload) -> None:
    team, leaving = content.get("team", []), set(payload["leave"])
    gone = [one["person"] for one in team if one["name"] in leaving and one.get("person")]
    project.former.add(*Person.objects.filter(uid__in=gone))
    content["team"] = [*(one for one in team if one["name"] not in leaving), *payload["join"]]


EFFECTS: dict[ChangeKind, Callable[[Project, Content, Payload], None]] = {
    ChangeKind.TITLE: _title,
    ChangeKind.GOALS: _goals,
    ChangeKind.METHOD: _method,
    ChangeKind.EXTENSION: _extension,
    ChangeKind.INVESTIGATOR: _investigator,
    ChangeKind.ORGANISATION: _organisation,
    ChangeKind.PARTICIPANTS: _participants,
}
