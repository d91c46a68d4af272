"""What is live is what was put live; whoever changes it past the approval is found."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from wagtail.documents import get_document_model
from wagtail.models import Page

from cms import invariants
from cms.models import ArticlePage, HomePage
from cms.queries.seals import sealed_pages, site_faults
from cms.sealing import digest_of
from tests.factories import cms
from tests.factories.cms import document, image

pytestmark = pytest.mark.django_db


def told() -> str:
    out = StringIO()
    call_command("verify_site", stdout=out)
    return out.getvalue()


def test_a_new_site_is_sealed_as_a_whole(home: HomePage) -> None:
    assert list(site_faults()) == []
    assert set(sealed_pages()) == set(Page.objects.live().filter(depth__gt=1).values_list("pk", flat=True))
    assert told() == f"{len(sealed_pages())} pages and the names and numbers of the site are what was put live\n"


@pytest.mark.parametrize(
    "change",
    [
        {"title": "改过的标题"},
        {"seo_title": "改过的标题"},
        {"source": "别处"},
        {"body": [("heading", "改过的正文")]},
        {"show_in_menus": True},
        {"slug": "elsewhere"},
    ],
)
def test_a_text_changed_in_the_database_is_found(home: HomePage, change: dict[str, object]) -> None:
    page = cms.article("原来的标题", slug="a", body=[("heading", "原来的正文")])
    ArticlePage.objects.filter(pk=page.pk).update(**change)
    assert list(site_faults()) == [f"page {page.pk} {page.url_path}: is not what was put live"]
    assert list(invariants.sealed()) == list(site_faults())
    with pytest.raises(CommandError, match="1 faults"):
        told()


def test_a_draft_beside_a_live_page_is_no_fault(home: HomePage) -> None:
    page = cms.article("原来的标题")
    page.title = "草稿标题"
    page.save_revision()
    assert list(site_faults()) == []


def test_another_publication_is_sealed_anew(home: HomePage) -> None:
    page = cms.article("原来的标题")
    before = sealed_pages()[page.pk]
    page.title = "新的标题"
    page.save_revision().publish()
    assert sealed_pages()[page.pk] != before
    assert list(site_faults()) == []


def test_another_address_is_found(home: HomePage) -> None:
    page = cms.article("原来的标题")
    Page.objects.filter(pk=page.pk).update(url_path="/site/news/other/")
    assert list(site_faults()) == [f"page {page.pk} /site/news/other/: stands at another address"]


def test_a_page_taken_down_or_slipped_in_past_the_site_is_found(home: HomePage) -> None:
    down, draft = cms.article("撤下"), cms.article("草稿")
    draft.unpublish()
    assert list(site_faults()) == []
    Page.objects.filter(pk=down.pk).update(live=False)
    Page.objects.filter(pk=draft.pk).update(live=True)
    assert list(site_faults()) == [
        f"page {down.pk}: was taken down or removed past the site",
        f"page {draft.pk} {draft.url_path}: is live but was never sealed",
    ]


def test_a_page_removed_by_the_site_is_no_fault(home: HomePage) -> None:
    Page.objects.get(pk=cms.article("删除").pk).delete()
    assert list(site_faults()) == []


def test_a_moved_page_is_sealed_where_it_stands_now(home: HomePage) -> None:
    page = Page.objects.get(pk=cms.article("移动").pk)
    page.move(Page.objects.get(slug="policies", depth=3), pos="last-child")
    assert list(site_faults()) == []


def test_other_bytes_and_other_names_of_a_file_on_a_page_are_found(home: HomePage) -> None:
    picture, paper = image(), document()
    page = cms.with_files(images=(picture,), documents=(paper,))
    assert list(site_faults()) == []
    get_document_model().objects.filter(pk=paper.pk).update(title="别的名字")
    assert len(list(site_faults())) == 1
    get_document_model().objects.filter(pk=paper.pk).update(title=paper.title)
    with picture.file.storage.open(picture.file.name, "wb") as content:
        content.write(b"other bytes")
    assert list(site_faults()) == [f"page {page.pk} {page.url_path}: is not what was put live"]


def test_a_lost_file_is_found(home: HomePage) -> None:
    paper = document()
    page = cms.with_files(documents=(paper,))
    paper.file.storage.delete(paper.file.name)
    assert list(site_faults()) == [f"page {page.pk} {page.url_path}: is not what was put live"]


def test_the_digest_does_not_depend_on_the_reading(home: HomePage) -> None:
    page = cms.article("原来的标题", body=[("heading", "正文"), ("quote", {"text": "引", "source": "源"})])
    parent = page.get_parent().pk
    read = [digest_of(Page.objects.get(pk=page.pk).specific, parent_id=parent) for _again in range(2)]
    assert read == [sealed_pages()[page.pk]] * 2
