from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ObjectDoesNotExist

from directory.models import Organisation, User
from workflows.actions.perform import perform
from workflows.actors import SYSTEM
from workflows.digest import digest
from workflows.errors import NotAllowed, Refused, Stale
from workflows.machine import Machine
from workflows.models import JournalEntry, JournalLink, StateChange
from workflows.queries.choices import choices

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("machine")]


@pytest.fixture
def organisation(db: None) -> Organisation:
    return Organisation.objects.create(name="内蒙古大学", kind="university")


def verified(user: User, **fields: str) -> Organisation:
    organisation = Organisation.objects.create(name="内蒙古大学", kind="university", **fields)
    with perform(organisation, "toy_verify", by=user):
        pass
    return organisation


def test_a_transition_changes_state_version_history_journal_and_the_callers_object(
    organisation: Organisation, user: User
) -> None:
    with perform(organisation, "toy_verify", by=user, note="材料齐全", data={"files": 2}) as row:
        row.short_name = "内大"

    assert (organisation.state, organisation.version, organisation.short_name) == ("verified", 1, "内大")
    change = StateChange.objects.get()
    assert (change.source, change.target, change.by, change.note) == ("registered", "verified", user, "材料齐全")
    assert change.entry.action == "directory.organisation.toy_verify"
    assert change.entry.actor == f"user:{user.pk}"
    assert change.entry.data == {
        "from": "registered",
        "to": "verified",
        "version": 1,
        "note": digest("材料齐全"),
        "files": 2,
    }
    assert change.entry.link.seq == 1


def test_who_has_no_right_is_not_allowed_and_nothing_is_written(organisation: Organisation) -> None:
    with pytest.raises(NotAllowed), perform(organisation, "toy_verify", by=SYSTEM):
        pytest.fail("the body must not run")

    assert JournalEntry.objects.count() == 0


@pytest.mark.parametrize("nobody", [AnonymousUser()])
def test_automatic_transitions_belong_to_the_system(
    organisation: Organisation, user: User, nobody: AnonymousUser
) -> None:
    for actor in (user, nobody):
        with pytest.raises(NotAllowed), perform(organisation, "toy_lapse", by=actor):  # type: ignore[arg-type]
            pytest.fail("the body must not run")
    with perform(organisation, "toy_lapse", by=SYSTEM):
        pass

    assert organisation.state == "refused"
    assert JournalEntry.objects.get().actor == "system"


def test_the_right_is_asked_before_the_state(user: User) -> None:
    organisation = verified(user)

    with pytest.raises(NotAllowed), perform(organisation, "toy_verify", by=SYSTEM):
        pass
    with pytest.raises(Refused) as refusal, perform(organisation, "toy_verify", by=user):
        pass
    assert refusal.value.codes == ["wrong_state"]


def test_a_refusal_names_all_reasons_at_once(user: User) -> None:
    organisation = verified(user)

    with pytest.raises(Refused) as refusal, perform(organisation, "toy_close", by=user, note="  "):
        pass

    assert refusal.value.codes == ["note_required", "no_address", "no_contact"]
    assert Organisation.objects.get().state == "verified"


def test_conditions_see_what_the_body_wrote(user: User) -> None:
    organisation = verified(user)

    with perform(organisation, "toy_close", by=user, note="合并") as row:
        row.address = "呼和浩特市大学西街235号"
        row.contact_name = "办公室"

    assert organisation.state == "closed"


def test_an_old_version_is_stale(organisation: Organisation, user: User) -> None:
    with pytest.raises(Stale), perform(organisation, "toy_verify", by=user, expected_version=7):
        pytest.fail("the body must not run")
    with perform(organisation, "toy_verify", by=user, expected_version=0):
        pass

    assert organisation.version == 1


def test_an_exception_in_the_body_undoes_everything(organisation: Organisation, user: User) -> None:
    with pytest.raises(ZeroDivisionError), perform(organisation, "toy_verify", by=user) as row:
        row.short_name = "内大"
        row.save()
        raise ZeroDivisionError

    organisation.refresh_from_db()
    assert (organisation.state, organisation.version, organisation.short_name) == ("registered", 0, "")
    assert (JournalEntry.objects.count(), JournalLink.objects.count(), StateChange.objects.count()) == (0, 0, 0)


def test_what_was_deleted_meanwhile_is_not_there(organisation: Organisation, user: User) -> None:
    Organisation.objects.all().delete()

    with pytest.raises(ObjectDoesNotExist), perform(organisation, "toy_verify", by=user):
        pass


def test_choices_are_the_transitions_one_may_take_with_what_hinders_them(user: User) -> None:
    organisation = verified(user)

    offered = [(c.transition.name, [r.code for r in c.refusals]) for c in choices(organisation, user)]

    assert offered == [("toy_close", ["no_address", "no_contact"])]


def test_a_table_that_disagrees_with_its_model_is_refused(machine: Machine) -> None:
    odd = Machine(model="directory.organisation", states=machine.states[:2], transitions=())

    with pytest.raises(ValueError, match="closed"):
        odd.bind(Organisation)
