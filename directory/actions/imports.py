"""People and organisations from lists: made in bulk, inside the unit of the import that brings them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils import timezone

from directory.enums import MembershipState, OrganisationKind, Role
from directory.models import Membership, Organisation, Person, RoleGrant
from directory.validators import gender_of
from workflows.actions.journal import OutsideUnitError
from workflows.actions.unit import pending

BATCH = 1000
KINDS = (
    (("大学", "学院", "学校"), OrganisationKind.UNIVERSITY),
    (("医院", "卫生院"), OrganisationKind.HOSPITAL),
    (("公司", "集团", "厂"), OrganisationKind.ENTERPRISE),
    (("研究院", "研究所", "科学院"), OrganisationKind.INSTITUTE),
    (("厅", "局", "委员会", "人民政府"), OrganisationKind.GOVERNMENT),
    (("协会", "学会", "促进会"), OrganisationKind.SOCIAL),
)


def import_organisations(*, names: Iterable[str]) -> dict[str, Organisation]:
    """Keep organisations that nobody registered by their name; the new ones. Raises OutsideUnitError."""
    _inside("directory.organisation.import")
    rows = [Organisation(name=name, kind=_kind_of(name), imported=True) for name in sorted(set(names))]
    return {one.name: one for one in Organisation.objects.bulk_create(rows, batch_size=BATCH)}


def import_people(*, people: Sequence[tuple[Mapping[str, Any], Organisation]]) -> list[Person]:
    """People with their facts and organisation, members from today on; in the order given. Raises OutsideUnitError."""
    _inside("directory.person.import")
    rows = [_person(facts) for facts, _organisation in people]
    made: list[Person] = Person.objects.bulk_create(rows, batch_size=BATCH)
    today = timezone.localdate()
    Membership.objects.bulk_create(
        [
            Membership(organisation=unit, person=person, state=MembershipState.ACTIVE, since=today)
            for person, (_facts, unit) in zip(made, people, strict=True)
        ],
        batch_size=BATCH,
    )
    return made


def fill_in_people(*, people: Sequence[tuple[Person, Mapping[str, Any]]]) -> None:
    """Fill in what is empty in people who are there. Raises OutsideUnitError."""
    _inside("directory.person.import")
    for person, facts in people:
        for name, value in facts.items():
            setattr(person, name, value)
    fields = ["orcid", "birth_date_text", "title", "title_name", "email", "mobile"]
    Person.objects.bulk_update([person for person, _facts in people], fields, batch_size=BATCH)


def import_roles(*, people: Sequence[int], role: Role) -> None:
    """Grant `role` to the people (primary keys) who do not hold it. Raises OutsideUnitError."""
    _inside("directory.role.import")
    held = set(RoleGrant.objects.in_force().filter(person__in=people, role=role).values_list("person_id", flat=True))
    now = timezone.now()
    rows = [RoleGrant(person_id=pk, role=role, valid_from=now, confirmed_at=now) for pk in people if pk not in held]
    RoleGrant.objects.bulk_create(rows, batch_size=BATCH)


def _inside(what: str) -> None:
    if pending() is None:
        raise OutsideUnitError(what)


def _person(facts: Mapping[str, Any]) -> Person:
    person = Person()
    for name, value in facts.items():
        setattr(person, name, value)
    if person.id_number:
        person.gender = gender_of(person.id_number)
    person.id_number_index = person.index_of_number()
    return person


def _kind_of(name: str) -> OrganisationKind:
    return next((kind for ends, kind in KINDS if any(end in name for end in ends)), OrganisationKind.PUBLIC_INSTITUTION)
