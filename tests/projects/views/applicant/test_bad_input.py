"""What applicants should not send: it is named beside its field, what else was typed is kept, nothing is half done."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from projects.actions.section import save_section
from projects.actions.submission import submit_proposal, take_back
from projects.definitions.form import FieldKind, Form, FormField
from projects.models import Proposal, ProposalVersion, SectionAnswer
from tests.projects.writing import answer, draft, filled
from tests.workflows.gate.corpus import BAD
from workflows.models import StoredFile

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"
TYPED = (FieldKind.TITLE, FieldKind.TEXT, FieldKind.LONG_TEXT)


def page(proposal: Proposal, section: str) -> str:
    return reverse("proposal-section", args=[proposal.uid, section])


@pytest.mark.parametrize("case", ["a zip bomb", "macros", "a macro document"])
def test_a_bad_document_is_named_beside_its_field_and_the_rest_is_kept(client: Client, case: str) -> None:
    proposal, user = draft()
    client.force_login(user)
    name, content, _code = BAD[case]
    upload = SimpleUploadedFile(name, content)
    shown = client.post(page(proposal, "attachments"), {"version": "0", "do": "save", "f-promise": upload})
    assert (shown.status_code, StoredFile.objects.count()) == (409, 0)
    notes = shown.content.decode().split('id="n-f-promise"')[1].split("</div>")[0]
    assert '<p class="error">' in notes


def test_a_pdf_that_is_none_is_named_beside_its_field(client: Client) -> None:
    proposal, user = draft()
    client.force_login(user)
    upload = SimpleUploadedFile("承诺书.pdf", b"MZ no document", "application/pdf")
    shown = client.post(page(proposal, "attachments"), {"version": "0", "do": "save", "f-promise": upload})
    assert (shown.status_code, StoredFile.objects.count()) == (409, 0)
    assert '<p class="error">' in shown.content.decode().split('id="n-f-promise"')[1].split("</div>")[0]


def scripted(proposal: Proposal, field: FormField) -> object:
    filling = "甲" * 200 if field.kind is FieldKind.LONG_TEXT else ""
    return f"{SCRIPT}{field.id}{filling}" if field.kind in TYPED else answer(proposal, field)


def test_a_script_in_every_text_is_shown_as_text_on_every_page(client: Client) -> None:
    proposal, user = filled()
    submit_proposal(proposal=proposal, by=user, key="k1")
    take_back(proposal=proposal, by=user)
    form = Form.model_validate(proposal.call.form)
    for section in form.sections:
        stored = SectionAnswer.objects.filter(proposal=proposal, section=section.id).first()
        data = {one.id: scripted(proposal, one) for one in section.fields}
        version = stored.version if stored else 0
        save_section(proposal=proposal, section=section.id, data=data, expected_version=version, by=user)
    client.force_login(user)
    writing = [page(proposal, section.id) for section in form.sections]
    writing.append(reverse("proposal-write", args=[proposal.uid]))
    texts = [client.get(url).content.decode() for url in writing]
    submit_proposal(proposal=proposal, by=user, key="k2")
    reading = [reverse(name, args=[proposal.uid]) for name in ("proposal", "proposal-versions")]
    texts += [
        client.get(url).content.decode() for url in (*reading, reverse("proposal-receipt", args=[proposal.uid, 2]))
    ]
    assert [text.count(SCRIPT) for text in texts] == [0] * len(texts)
    assert ["&lt;script&gt;alert(1)" in text for text in texts[-4:]] == [True] * 4


def test_a_deadline_that_passes_while_typing_lets_one_save_and_names_the_instant_of_submitting(
    client: Client,
) -> None:
    proposal, user = filled()
    client.force_login(user)
    key = client.get(reverse("proposal-check", args=[proposal.uid])).context["key"]
    limit = proposal.call.filing_deadline
    assert limit is not None
    with time_machine.travel(limit + dt.timedelta(seconds=3), tick=False):
        client.force_login(user)
        saved = client.post(page(proposal, "rationale"), {"version": "1", "f-need": "最后一句"})
        shown = client.post(reverse("proposal-check", args=[proposal.uid]), {"key": key, "truth": "yes"})
    assert (saved.status_code, shown.status_code, ProposalVersion.objects.count()) == (302, 409, 0)
    arrived = (limit + dt.timedelta(seconds=3)).astimezone(dt.timezone(dt.timedelta(hours=8)))
    assert f"{arrived:%Y-%m-%d %H:%M:%S}" in shown.content.decode()
    assert SectionAnswer.objects.get(proposal=proposal, section="rationale").data["need"] == "最后一句"


def test_two_tabs_do_not_overwrite_each_other(client: Client) -> None:
    proposal, user = draft()
    client.force_login(user)
    tabs = [client.get(page(proposal, "rationale")).context["opened"] for _tab in range(2)]
    answers = [
        client.post(
            page(proposal, "rationale"), {"version": "0", "page": opened, "turn": "1", "f-need": f"标签页{number}"}
        )
        for number, opened in enumerate(tabs)
    ]
    assert [one.status_code for one in answers] == [302, 409]
    assert ["标签页0" in answers[1].content.decode(), "标签页1" in answers[1].content.decode()] == [True, True]
    assert SectionAnswer.objects.get(section="rationale").data["need"] == "标签页0"
