"""A file that readers may see is not changed behind the approval."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from PIL import Image as Picture
from pytest_django import Settings
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from cms.actions.editors import sync_editor
from cms.models import HomePage
from tests.factories import cms
from tests.factories import directory as people
from workflows.errors import Refused

pytestmark = pytest.mark.django_db

REPLACED = "文件不能替换"
SHOWN = "有页面正在使用这个文件"


@pytest.fixture
def editor(home: HomePage, settings: Settings) -> Client:
    settings.MFA_REQUIRED_FOR_STAFF = False
    user = people.editor()
    sync_editor(user=user)
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(user)
    client.user = user  # type: ignore[attr-defined]
    return client


def mine(client: Client) -> dict[str, Any]:
    return {"uploaded_by_user": client.user}  # type: ignore[attr-defined]


def send(client: Client, one: Any, **fields: Any) -> str:
    """The answer to the form of the image or document, with what stands there and `fields`."""
    name = "wagtailimages:edit" if isinstance(one, get_image_model()) else "wagtaildocs:edit"
    data = {"title": one.title, "description": getattr(one, "description", ""), "tags": "", **fields}
    return client.post(reverse(name, args=(one.pk,)), data).content.decode()


def stored(one: Any) -> tuple[str, bytes]:
    again = type(one).objects.get(pk=one.pk)
    with again.file.storage.open(again.file.name) as content:
        return again.title, content.read()


# Wagtail leaves the temporary file of a rendition to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_another_image_is_refused_and_nothing_changes(editor: Client) -> None:
    picture = cms.image(**mine(editor))
    before = stored(picture)
    assert REPLACED in send(editor, picture, title="别的标题", file=cms.png("blue"))
    assert stored(picture) == before
    for rendition in picture.renditions.all():
        with Picture.open(rendition.file.path) as shown:
            assert shown.convert("RGB").getpixel((0, 0)) == (255, 0, 0)


def test_another_document_is_refused_and_nothing_changes(editor: Client) -> None:
    paper = cms.document(**mine(editor))
    assert REPLACED in send(editor, paper, file=ContentFile(b"other", name="other.txt"))
    assert stored(paper) == ("申报指南", b"guide")


def test_the_name_of_a_file_on_a_page_stays(editor: Client, django_capture_on_commit_callbacks: Any) -> None:
    paper, picture = cms.document(**mine(editor)), cms.image(**mine(editor))
    with django_capture_on_commit_callbacks(execute=True):
        cms.with_files(images=(picture,), documents=(paper,))
    assert SHOWN in send(editor, paper, title="别的名字")
    assert SHOWN in send(editor, picture, description="别的说明")
    assert (stored(paper)[0], stored(picture)[0]) == ("申报指南", "实验室外景")


def test_the_name_of_a_file_on_no_page_changes(editor: Client) -> None:
    paper = cms.document(**mine(editor))
    send(editor, paper, title="别的名字")
    assert stored(paper)[0] == "别的名字"


def test_a_new_document_is_taken(editor: Client) -> None:
    content = ContentFile(b"new", name="new.txt")
    editor.post(reverse("wagtaildocs:add"), {"title": "新文件", "file": content, "tags": ""})
    assert get_document_model().objects.filter(title="新文件").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_file_on_a_page_is_not_removed(editor: Client) -> None:
    paper, loose = cms.document(**mine(editor)), cms.document(**mine(editor))
    cms.with_files(documents=(paper,))
    assert editor.post(reverse("wagtaildocs:delete", args=(paper.pk,))).status_code == 409
    assert editor.post(reverse("wagtaildocs:delete", args=(loose.pk,))).status_code == 302
    assert list(get_document_model().objects.values_list("pk", flat=True)) == [paper.pk]


def test_no_way_removes_a_file_on_a_page(editor: Client, django_capture_on_commit_callbacks: Any) -> None:
    picture = cms.image(**mine(editor))
    with django_capture_on_commit_callbacks(execute=True):
        cms.with_files(images=(picture,))
    with pytest.raises(Refused) as refusal, transaction.atomic():
        get_image_model().objects.all().delete()
    assert refusal.value.codes == ["on_a_page"]
    assert get_image_model().objects.count() == 1
