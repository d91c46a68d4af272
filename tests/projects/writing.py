"""People and filled proposals for the tests of writing: made through the actions wherever there is one."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import storages

from directory.models import Membership, Organisation, Person, RoleGrant, User
from projects.actions.draft import start_proposal
from projects.actions.section import save_section
from projects.definitions.form import FieldKind, Form, FormField
from projects.models import Call, Proposal
from tests.factories.projects import CallFactory
from workflows.files import place_of
from workflows.models import StoredFile


def host(name: str = "锡林郭勒草原研究所", **fields: Any) -> Organisation:
    """A verified organisation."""
    fields = {"kind": "institute", "state": "verified", "name": name} | fields
    organisation: Organisation = Organisation.objects.create(**fields)
    return organisation


def user_of(name: str, organisation: Organisation | None = None, role: str = "") -> User:
    """An account with its person, a member of the organisation, with a role in it if one is given."""
    user = User.objects.create_user(f"u{User.objects.count()}@example.org", "a long password")
    person = Person.objects.create(name=name, user=user, email=user.email, title="senior", degree="doctor")
    if organisation is not None:
        Membership.objects.create(organisation=organisation, person=person, state="active")
    if role:
        RoleGrant.objects.create(person=person, role=role, organisation=organisation)
    return user


def draft(call: Call | None = None, by: User | None = None) -> tuple[Proposal, User]:
    """A fresh draft and its applicant."""
    call = call or CallFactory.create(published=True)
    organisation = host(f"研究所{Organisation.objects.count()}")
    by = by or user_of("苏日娜", organisation)
    proposal = start_proposal(call=call, by=by, organisation=organisation, direction=call.directions.first())
    return proposal, by


def filled(call: Call | None = None) -> tuple[Proposal, User]:
    """A draft without a problem that blocks."""
    proposal, by = draft(call)
    fill(proposal, by)
    return proposal, by


def fill(proposal: Proposal, by: User) -> None:
    """Answer every field of the form."""
    for section in Form.model_validate(proposal.call.form).sections:
        data = {field.id: answer(proposal, field) for field in section.fields}
        for field in section.fields:
            if field.kind is FieldKind.FILES and field.required:
                attach(proposal, field.id, by)
        save_section(proposal=proposal, section=section.id, data=data, expected_version=0, by=by)
    proposal.participants.update(months_per_year=6)
    proposal.refresh_from_db()


def attach(proposal: Proposal, field: str, by: User) -> StoredFile:
    """A file that passed the gate, with its bytes."""
    content = f"%PDF-1.7 {field}".encode()
    sha256 = hashlib.sha256(content).hexdigest()
    if not storages["private"].exists(place_of(sha256)):
        storages["private"].save(place_of(sha256), ContentFile(content))
    stored: StoredFile = StoredFile.objects.create(
        subject_type="projects.proposal",
        subject_id=proposal.pk,
        purpose=field,
        name=f"{field}.pdf",
        content_type="application/pdf",
        size=len(content),
        sha256=sha256,
        state="clean",
        by=by,
    )
    return stored


def answer(proposal: Proposal, field: FormField) -> Any:
    """A good answer to a field."""
    direction = proposal.call.directions.first()
    simple: dict[FieldKind, Any] = {
        FieldKind.TITLE: "草原退化机理与修复技术研究",
        FieldKind.DIRECTION: direction.code if direction else "",
        FieldKind.KEYWORDS: "草原；退化；修复",
        FieldKind.TERM: {"from": "2027-01-01", "until": "2029-12-31"},
        FieldKind.BUDGET: {
            "operating.materials": {"fiscal": "20", "own": "30", "basis": "牧草种子与试剂"},
            "indirect.management": {"fiscal": "6", "own": "0", "basis": ""},
        },
        FieldKind.TEXT: "按计划执行",
        FieldKind.LONG_TEXT: "围绕退化草原的土壤与植被开展长期观测，" * 12,
        FieldKind.CHOICE: field.choices[0] if field.choices else "",
        FieldKind.TABLE: [
            {column.id: "2027-06-30" if column.kind is FieldKind.DATE else "12" for column in field.columns}
        ]
        * max(field.least_rows, 1),
        FieldKind.INTEGER: "3",
        FieldKind.DECIMAL: "3.5",
        FieldKind.MONEY: "12.5",
    }
    return simple.get(field.kind, "")
