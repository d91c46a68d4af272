"""A small machine over a real model, for tests of the machinery itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from directory.enums import OrganisationState
from directory.models import Organisation
from workflows.errors import Reason
from workflows.machine import MACHINES, Machine, State, Transition


def has_no_address(organisation: Organisation) -> Reason | None:
    return None if organisation.address else Reason("no_address", "It has no address.", "Write one.")


def has_no_contact(organisation: Organisation) -> list[Reason]:
    return [] if organisation.contact_name else [Reason("no_contact", "It has no contact.")]


TOY = Machine(
    model="directory.organisation",
    title="Organisation of the tests",
    states=[State(value, value, value) for value in OrganisationState.values],
    transitions=[
        Transition("toy_verify", ("registered",), "verified", "Verify", may=lambda _o, actor: actor.pk is not None),
        Transition(
            "toy_close",
            ("verified",),
            "closed",
            "Close",
            may=lambda _o, _actor: True,
            conditions=(has_no_address, has_no_contact),
            note="required",
            grave=True,
        ),
        Transition("toy_lapse", ("registered",), "refused", "Lapse", may=lambda _o, _actor: True, automatic=True),
    ],
)


@contextmanager
def toy_machine() -> Iterator[Machine]:
    """Bind the small machine to organisations in place of the real one, and put the real one back."""
    real = MACHINES.get(Organisation)
    TOY.bind(Organisation)
    try:
        yield TOY
    finally:
        del MACHINES[Organisation]
        if real is not None:
            MACHINES[Organisation] = real
