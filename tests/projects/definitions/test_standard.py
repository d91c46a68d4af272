import pytest

from projects.definitions.form import FieldKind
from projects.definitions.standard import FORMS, RULE_SETS, SCORINGS
from tests.factories.projects import CallFactory


@pytest.mark.parametrize("name", FORMS)
def test_every_standard_form_asks_for_a_title_and_a_team(name: str) -> None:
    kinds = {field.kind for field in FORMS[name].all_fields()}
    assert {FieldKind.TITLE, FieldKind.TEAM} <= kinds


@pytest.mark.parametrize("name", SCORINGS)
def test_the_weights_of_every_standard_scheme_add_to_100(name: str) -> None:
    assert SCORINGS[name].total_weight == 100


@pytest.mark.parametrize("name", RULE_SETS)
def test_every_standard_rule_explains_itself_and_cites_a_document(name: str) -> None:
    assert [rule.id for rule in RULE_SETS[name] if not (rule.explanation and rule.document)] == []


@pytest.mark.django_db
def test_a_factory_call_has_a_direction_and_a_contact() -> None:
    call = CallFactory.create(published=True)
    assert (call.directions.count(), call.contacts.count(), call.is_open()) == (1, 1, True)
