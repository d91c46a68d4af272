from __future__ import annotations

from typing import Any

import pytest
from django.db.models import Model
from django.test import Client

from directory.models import Organisation, User
from tests.factories.directory import OrganisationFactory
from workflows import verbs
from workflows.actions.perform import perform
from workflows.actors import Actor
from workflows.models import StateChange

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("machine")]


def close(*, organisation: Organisation, by: Actor, note: str = "", expected_version: int | None = None) -> None:
    with perform(organisation, "toy_close", by=by, note=note, expected_version=expected_version):
        pass


def verify(*, organisation: Organisation, by: Actor, note: str = "") -> None:
    with perform(organisation, "toy_verify", by=by, note=note):
        pass


@pytest.fixture(autouse=True)
def seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Organisations as this test needs them: visible unless their name says otherwise, with a page."""

    def visible_to(self: Any, user: Any) -> Any:
        return self.exclude(name="hidden")

    manager = type(Organisation._default_manager)
    monkeypatch.setattr(manager, "visible_to", visible_to, raising=False)
    monkeypatch.setattr(Organisation, "get_absolute_url", lambda self: "/bench/", raising=False)
    for name, action in (("toy_close", close), ("toy_verify", verify), ("toy_lapse", verify)):
        key: tuple[type[Model], str] = (Organisation, name)
        monkeypatch.setitem(verbs.VERBS, key, verbs.Verb(action, "organisation"))


@pytest.fixture
def page(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


def address(organisation: Organisation, name: str) -> str:
    return verbs.verb_url(organisation, name)


def test_the_page_says_what_will_happen_and_does_it(page: Client) -> None:
    organisation = OrganisationFactory.create(address="呼和浩特市", contact_name="办公室")

    shown = page.get(address(organisation, "toy_close")).content.decode()
    assert "verified" in shown
    assert "closed" in shown
    answer = page.post(address(organisation, "toy_close"), {"note": "合并", "version": 0})

    assert (answer.status_code, answer.headers["Location"]) == (302, "/bench/")
    change = StateChange.objects.get()
    assert (change.transition, change.note) == ("toy_close", "合并")


def test_a_refusal_shows_every_reason_and_keeps_what_was_typed(page: Client) -> None:
    organisation = OrganisationFactory.create()

    answer = page.post(address(organisation, "toy_close"), {"note": "两所合并"})

    text = answer.content.decode()
    assert answer.status_code == 409
    assert "It has no address." in text
    assert "It has no contact." in text
    assert "两所合并" in text
    assert StateChange.objects.count() == 0


def test_a_missing_reason_is_asked_for(page: Client) -> None:
    organisation = OrganisationFactory.create(address="a", contact_name="b")

    assert page.post(address(organisation, "toy_close"), {"note": " "}).status_code in {200, 409}
    assert StateChange.objects.count() == 0


def test_a_record_that_changed_meanwhile_is_not_changed_again(page: Client) -> None:
    organisation = OrganisationFactory.create(address="a", contact_name="b", version=4)

    answer = page.post(address(organisation, "toy_close"), {"note": "合并", "version": 3})

    assert answer.status_code == 409
    assert "合并" in answer.content.decode()


@pytest.mark.parametrize("name", ["toy_lapse", "nothing", "fsm_toy_close"])
def test_what_one_may_not_do_is_not_there(page: Client, name: str) -> None:
    organisation = OrganisationFactory.create(state="registered")

    assert page.get(f"/bench/do/directory.organisation/{organisation.uid}/{name}/").status_code == 404


def test_what_one_does_not_see_is_not_there(page: Client) -> None:
    organisation = OrganisationFactory.create(name="hidden")

    for label in ("directory.organisation", "directory.user", "nothing"):
        address = f"/bench/do/{label}/{organisation.uid}/toy_close/"
        assert page.post(address, {"note": "x"}).status_code == 404
    assert StateChange.objects.count() == 0


def test_in_another_state_the_page_says_so(page: Client) -> None:
    organisation = OrganisationFactory.create(state="closed")

    answer = page.post(address(organisation, "toy_close"), {"note": "x"})

    assert answer.status_code == 409
    assert page.get(address(organisation, "toy_close")).status_code == 200
