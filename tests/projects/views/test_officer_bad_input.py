"""What officers should not send to the editors of a call: named beside its field, kept, nothing half done."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from projects.callform import form_of
from projects.models import Call
from tests.factories.directory import officer
from tests.factories.projects import CallFactory
from tests.projects.views.test_officer_calls import form_data
from tests.workflows.gate.corpus import BAD
from workflows.models import StoredFile

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"
PARTS = ("facts", "directions", "contacts", "rules", "scoring")
MEGABYTE = "字" * 350_000


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.MFA_REQUIRED_FOR_STAFF = False


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(officer())
    return client


def edit(call: Call, part: str) -> str:
    return reverse("call_edit", args=[call.uid, part])


def texts(response: Any) -> dict[str, int]:
    """The text fields of the page's first form or row that can hold a script, with their longest length."""
    found: dict[str, int] = {}
    for name in ("form", "rows", "vetoes"):
        shown = response.context.get(name)
        for form in getattr(shown, "forms", None) or ([shown] if shown is not None else []):
            for bound in form.visible_fields():
                field = bound.field
                if type(field) is forms.CharField and bound.name not in ("code", "value") and bound.value():
                    found[bound.html_name] = field.max_length or 0
    return found


def test_a_script_in_every_text_is_shown_as_text_on_every_page(desk: Client) -> None:
    call = CallFactory.create()
    for part in PARTS:
        opened = desk.get(edit(call, part))
        filled = {name: f"{SCRIPT}{part}"[:most] for name, most in texts(opened).items()}
        assert filled, part
        assert desk.post(edit(call, part), form_data(opened) | filled).status_code == 302, part
    pages = [edit(call, part) for part in PARTS]
    pages += [f"{reverse('officer_call', args=[call.uid])}?part={part}" for part in (*PARTS, "form", "plan")]
    pages += [reverse(name, args=[call.uid]) for name in ("call_preview", "call_form", "call_clone")]
    pages.append(reverse("officer_calls"))
    shown = [desk.get(page).content.decode() for page in pages]
    assert [SCRIPT in text for text in shown] == [False] * len(pages)
    assert ["&lt;script&gt;alert(1)" in text for text in shown[:5]] == [True] * 5
    Call.objects.filter(pk=call.pk).update(state="published", published_at=call.created_at)
    start = desk.get(reverse("proposal-start", args=[call.code])).content.decode()
    assert (SCRIPT in start, "&lt;script&gt;alert(1)" in start) == (False, True)


def test_a_script_in_the_form_is_shown_as_text(desk: Client) -> None:
    call = CallFactory.create()
    section = call.form["sections"][0]
    url = reverse("call_field", args=[call.uid, section["id"], section["fields"][0]["id"]])
    sent = form_data(desk.get(url)) | {"label": SCRIPT, "hint": SCRIPT}
    assert desk.post(url, sent).status_code == 302
    call.refresh_from_db()
    assert form_of(call).sections[0].fields[0].label == SCRIPT
    pages = [reverse(name, args=[call.uid]) for name in ("call_form", "call_preview")]
    assert [SCRIPT in desk.get(page).content.decode() for page in (*pages, url)] == [False] * 3


@pytest.mark.parametrize("part", PARTS)
def test_a_megabyte_in_any_field_is_named_and_changes_nothing(desk: Client, part: str) -> None:
    call = CallFactory.create()
    opened = desk.get(edit(call, part))
    for name in texts(opened):
        answer = desk.post(edit(call, part), form_data(opened) | {name: MEGABYTE})
        assert (answer.status_code, f'href="#id_{name}"' in answer.content.decode()) == (200, True), name
    call.refresh_from_db()
    assert call.version == 0


def test_a_megabyte_as_the_reason_of_an_extension_is_named(desk: Client) -> None:
    call = CallFactory.create(published=True)
    answer = desk.post(
        reverse("call_extend", args=[call.uid]), {"filing_deadline": "2099-01-01T10:00", "reason": MEGABYTE}
    )
    assert (list(answer.context["form"].errors), call.extensions.count()) == (["reason"], 0)


@pytest.mark.parametrize("case", BAD)
def test_a_bad_document_is_named_and_nothing_is_kept(desk: Client, case: str) -> None:
    call = CallFactory.create()
    name, content, _code = BAD[case]
    upload = SimpleUploadedFile(name, content)
    answer = desk.post(reverse("call_documents", args=[call.uid]), {"kind": "guide", "upload": upload})
    assert (answer.status_code, list(answer.context["form"].errors)) == (409, ["upload"])
    assert StoredFile.objects.count() == 0
