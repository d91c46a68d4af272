"""People: their own data, and every look at what is encrypted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from directory.enums import Gender
from directory.faults import refusal
from directory.models import Person, User
from directory.queries.standing import standing
from directory.rules import is_system_admin, may_look
from directory.validators import birth_date_of, gender_of
from workflows.actions import journal
from workflows.actions.unit import unit
from workflows.actors import SYSTEM
from workflows.errors import NotAllowed, Reason, Refused

EDITABLE = (
    "name",
    "gender",
    "id_number",
    "mobile",
    "birth_date",
    "email",
    "title",
    "title_name",
    "degree",
    "orcid",
    "discipline",
)
SENSITIVE = ("id_number", "mobile", "birth_date")


def create_person(*, user: User, facts: Mapping[str, Any]) -> Person:
    """The person of an account (fields of EDITABLE); one that is there already is edited: a form is sent twice easily.

    Raises Refused with one reason per field.
    """
    with unit():
        User.objects.select_for_update(of=("self",)).get(pk=user.pk)
        there = Person.objects.filter(user_id=user.pk).first()
        if there is not None:
            return edit_person(person=there, facts=facts, by=user)
        listed = _listed(user, facts)
        if listed is not None:
            listed.user = user
            listed.save(update_fields=["user"])
            journal.append(action="directory.person.claim", subject=listed, by=user)
            return edit_person(person=listed, facts=facts, by=user)
        # By its key: a person that is refused must not stay behind with the account in memory.
        person = Person(user_id=user.pk, email=user.email)
        _fill(person, facts)
        _save(person)
        person.user = user
        journal.append(action="directory.person.create", subject=person, by=user, data={"fields": sorted(facts)})
    return person


def _listed(user: User, facts: Mapping[str, Any]) -> Person | None:
    """Who a list named before there was an account: the same name, and an address that the account has verified.

    None where the list knows another identity number: nobody takes over a person by an address never confirmed.
    """
    verified = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    same = Q(pk__in=[])
    for address in filter(None, verified):
        same |= Q(email__iexact=address)
    rows = Person.objects.select_for_update(of=("self",)).filter(same, user=None, name=facts.get("name", ""))
    found: list[Person] = list(rows[:2])
    if len(found) != 1 or found[0].id_number not in {"", facts.get("id_number", "")}:
        return None
    return found[0]


def create_account(*, email: str, facts: Mapping[str, Any], password: str | None = None) -> User:
    """An account with its person that is there from the start (demo, set-up): made by the system."""
    with unit():
        user = User.objects.create_user(email, password)
        person = Person(user=user, email=user.email)
        _fill(person, facts)
        person.save()
        journal.append(action="directory.person.create", subject=person, by=SYSTEM, data={"user": user.pk})
    return user


def edit_person(*, person: Person, facts: Mapping[str, Any], by: User) -> Person:
    """Change the person's data; by the person, or by a system administrator."""
    if person.user_id != by.pk and not is_system_admin(person, by):
        raise NotAllowed(Reason("not_allowed", _("You may not change this person's data.")))
    with unit():
        row: Person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
        _fill(row, facts)
        _save(row)
        journal.append(action="directory.person.edit", subject=row, by=by, data={"fields": sorted(facts)})
    person.refresh_from_db()
    return person


def look_at_sensitive(*, person: Person, field: str, by: User) -> str:
    """The plain value of a sensitive field (one of SENSITIVE); every look is journaled.

    Raises NotAllowed unless `directory.rules.may_look` says that the asker may.
    """
    if field not in SENSITIVE or not may_look(person, by):
        raise NotAllowed(Reason("not_allowed", _("You may not look at this.")))
    with unit():
        own = standing(by).person_id == person.pk
        journal.append(action="directory.person.look", subject=person, by=by, data={"field": field, "own": own})
    value = getattr(person, field)
    return value.isoformat() if field == "birth_date" and value else str(value or "")


def _save(person: Person) -> None:
    """Save; what another person took at the same instant is refused as it would be a moment later."""
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError:
        _fill(person, {})
        raise


def _fill(person: Person, facts: Mapping[str, Any]) -> None:
    for name in EDITABLE:
        if name in facts:
            setattr(person, name, facts[name])
    _agree_with_number(person, facts)
    try:
        person.id_number_index = person.index_of_number()
        person.full_clean()
    except ValidationError as fault:
        raise refusal(fault) from None


def _agree_with_number(person: Person, facts: Mapping[str, Any]) -> None:
    """An identity number decides birth date and gender; what contradicts it is refused."""
    if not person.id_number:
        return
    try:
        born, gender = birth_date_of(person.id_number), gender_of(person.id_number)
    except ValueError:
        return  # full_clean names the fault of the number
    stated = facts.get("birth_date")
    if stated and stated != born:
        raise Refused(
            Reason(
                "field:birth_date",
                _("The birth date contradicts the identity number."),
                _("Correct one of the two."),
            )
        )
    stated_gender = facts.get("gender")
    if stated_gender not in (None, Gender.UNKNOWN, gender):
        raise Refused(
            Reason("field:gender", _("The gender contradicts the identity number."), _("Correct one of the two."))
        )
    person.birth_date, person.gender = born, gender
