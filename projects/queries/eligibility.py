"""Eligibility by the rules of a call: before starting, on a filed proposal, over the whole batch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from projects.checks.context import Context, Hold, Holds, Member
from projects.checks.engine import run
from projects.checks.result import Result
from projects.checks.subjects import SUBJECTS
from projects.definitions.rules import Subject
from projects.enums import FindingLevel, ParticipantState
from projects.models import Call, Participant, Proposal
from projects.queries.holds import COUNTED_PROPOSALS, COUNTED_ROLES, Late, holds_of, late_of, of_sides

if TYPE_CHECKING:
    from directory.models import Organisation, Person

__all__ = ["Result", "check_batch", "check_proposal", "eligibility"]


def eligibility(call: Call, person: Person, organisation: Organisation | None) -> list[Result]:
    """What the rules say before anything is written: the person and the organisation only."""
    host = organisation.pk if organisation else None
    late = of_sides(late_of([person.pk], [host] if host else []), person.pk, host)
    case = Context(call=call, person=person, organisation=organisation, holds=holds_of([person.pk]), late=late)
    return run(case)


def check_proposal(proposal: Proposal) -> list[Result]:
    """All rules of the call over one proposal, limits counted over everything filed and running now."""
    team = team_of(proposal.participants.all())
    late = late_of([proposal.applicant_id], [proposal.organisation_id])
    return run(_case(proposal, team, holds_of(_people(proposal, team), leave_out=proposal.pk), late))


def check_batch(call: Call) -> dict[int, list[Result]]:
    """All rules over all proposals of the call that are filed and not ended, by the proposal's primary key.

    Whoever is over a limit fails in every proposal of the call they lead or are key member of (domain 2.2).
    The number of queries does not depend on the number of proposals.
    """
    rows = list(
        Proposal.objects.filter(call=call, state__in=COUNTED_PROPOSALS)
        .select_related("call", "applicant", "organisation__region", "direction")
        .prefetch_related("participants")
        .order_by("pk")
    )
    teams = {row.pk: team_of(row.participants.all()) for row in rows}
    people = {person for row in rows for person in _people(row, teams[row.pk])}
    all_holds = holds_of(people)
    late = late_of({row.applicant_id for row in rows}, {row.organisation_id for row in rows})
    found = {
        row.pk: run(_case(row, teams[row.pk], _without(all_holds, _people(row, teams[row.pk]), row.pk), late))
        for row in rows
    }
    return _spread(rows, teams, found)


def team_of(participants: Iterable[Participant]) -> tuple[Member, ...]:
    """The team as the checks see it: those who declined are left out; equal names are told apart."""
    members: list[Member] = []
    for row in participants:
        if row.state == ParticipantState.DECLINED:
            continue
        name = row.name if row.name not in {one.name for one in members} else f"{row.name}（{row.organisation_name}）"
        members.append(Member(row.person_id, name[:120], row.role in COUNTED_ROLES))
    return tuple(members)


def _case(proposal: Proposal, team: tuple[Member, ...], holds: Holds, late: list[Late]) -> Context:
    return Context(
        call=proposal.call,
        person=proposal.applicant,
        organisation=proposal.organisation,
        proposal=proposal,
        team=team,
        holds=holds,
        late=of_sides(late, proposal.applicant_id, proposal.organisation_id),
    )


def _people(proposal: Proposal, team: tuple[Member, ...]) -> set[int]:
    return {proposal.applicant_id} | {one.person_id for one in team if one.key and one.person_id is not None}


def _without(holds: Holds, people: set[int], proposal_id: int) -> dict[int, tuple[Hold, ...]]:
    return {
        person: tuple(hold for hold in holds.get(person, ()) if hold.proposal_id != proposal_id) for person in people
    }


def _spread(
    rows: list[Proposal], teams: dict[int, tuple[Member, ...]], found: dict[int, list[Result]]
) -> dict[int, list[Result]]:
    """Carry the failed limits of a person to those of their proposals that have none for them yet."""
    over = _over_limit(rows, teams, found)
    for row in rows:
        failing = {result.subject for result in found[row.pk] if _fails(result)}
        for person, name in _named(row, teams[row.pk]):
            if person in over and not failing & {name, "" if person == row.applicant_id else name}:
                carried = [
                    replace(one, subject=name, params={**one.params, "who": name}) for one in over[person].values()
                ]
                found[row.pk] = [*_others(found[row.pk], carried), *carried]
    return found


def _over_limit(
    rows: list[Proposal], teams: dict[int, tuple[Member, ...]], found: dict[int, list[Result]]
) -> dict[int, dict[str, Result]]:
    over: dict[int, dict[str, Result]] = defaultdict(dict)
    for row in rows:
        by_name = {one.name: one.person_id for one in teams[row.pk]}
        for result in found[row.pk]:
            person = by_name.get(result.subject) if result.subject else row.applicant_id
            if person is not None and _fails(result):
                over[person].setdefault(result.check_code, result)
    return over


def _fails(result: Result) -> bool:
    return SUBJECTS[Subject(result.params["code"])].limits and result.level == FindingLevel.FAILED


def _named(row: Proposal, team: tuple[Member, ...]) -> list[tuple[int, str]]:
    members = [(one.person_id, one.name) for one in team if one.key and one.person_id not in (None, row.applicant_id)]
    return [(row.applicant_id, row.applicant.name), *((person, name) for person, name in members if person)]


def _carried(result: Result, name: str) -> Result:
    return replace(result, subject=name, params={**result.params, "who": name})


def _others(results: list[Result], carried: list[Result]) -> list[Result]:
    replaced = {(one.check_code, one.subject) for one in carried}
    return [one for one in results if (one.check_code, one.subject) not in replaced]
