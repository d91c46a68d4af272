"""Whatever the common page offers, it can find, show and return to."""

from __future__ import annotations

from workflows.machine import MACHINES
from workflows.verbs import VERBS


def test_models_of_the_common_page_have_a_record_page_and_a_rule_of_sight() -> None:
    models = {model for (model, _name), verb in VERBS.items() if verb.action is not None}
    lacking = [
        model._meta.label
        for model in models
        if not (hasattr(model, "get_absolute_url") and hasattr(model._default_manager, "visible_to"))
    ]
    assert lacking == []


def test_every_transition_that_people_take_has_its_verb() -> None:
    offered = {
        (model, row.name) for model, machine in MACHINES.items() for row in machine.transitions if not row.automatic
    }
    assert {f"{model.__name__}.{name}" for model, name in offered - set(VERBS)} == set()
