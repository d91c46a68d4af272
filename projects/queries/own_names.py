"""The names that tell who applies: people, organisations, addresses and numbers of the applicant's side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from workflows.naming.finding import Name, contact, organisation, person

if TYPE_CHECKING:
    from directory.models import Organisation, Person
    from projects.models import Participant, Proposal


def own_names(proposal: Proposal, participants: Iterable[Participant]) -> list[Name]:
    """What to look for of applicant, team, host and partners, each once.

    No query when participants come with person and account, the proposal with its host.
    """
    team = list(participants)
    found = [name for one in team for name in _of_member(one)]
    if proposal.applicant_id not in {one.person_id for one in team}:
        found += _of_person(proposal.applicant)
    return list(dict.fromkeys([*found, *_of_unit(proposal.organisation)]))


def _of_member(one: Participant) -> Iterator[Name]:
    yield from person(one.name)
    yield from contact(one.email)
    yield from organisation(one.organisation_name)
    if one.person:
        yield from _of_person(one.person)
    if one.organisation:
        yield from _of_unit(one.organisation)


def _of_person(one: Person) -> Iterator[Name]:
    yield from person(one.name)
    for text in (one.email, one.mobile, one.orcid, one.id_number, one.user.email if one.user else ""):
        yield from contact(text)


def _of_unit(one: Organisation) -> Iterator[Name]:
    yield from organisation(one.name, one.all_short_names)
    for text in (one.name_en, one.parent.name if one.parent else ""):
        yield from organisation(text)
    yield from person(one.contact_name)
    for text in (one.contact_phone, one.credit_code, one.address):
        yield from contact(text)
