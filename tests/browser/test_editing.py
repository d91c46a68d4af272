"""The editors' desk in a real browser, under the content policy."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from pytest_django import Settings

from cms.actions.editors import sync_editor
from cms.models import ColumnPage
from tests.browser.conftest import Desk
from tests.factories import cms
from tests.factories import directory as people

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE = "草原生态监测取得进展"


def test_an_editor_previews_a_new_article_and_picks_a_date(desk: Desk, settings: Settings) -> None:
    settings.MFA_REQUIRED_FOR_STAFF = False
    cms.site()
    editor = people.editor()
    sync_editor(user=editor)
    page = desk.page(editor)
    for address in ("/admin/", "/admin/pages/", "/admin/reports/workflow/", "/admin/images/", "/admin/documents/"):
        page.goto(address, wait_until="networkidle")
    page.goto(f"/admin/pages/add/cms/articlepage/{ColumnPage.objects.get(slug='news').pk}/", wait_until="networkidle")
    page.locator("#id_title").fill(TITLE)
    page.locator("[data-side-panel-toggle=preview]").first.click()
    expect(page.frame_locator("#w-preview-iframe").locator("h1.title")).to_have_text(TITLE)
    page.locator("#id_published_at").click()
    expect(page.locator(".xdsoft_datetimepicker:visible")).to_have_count(1)
    assert desk.faults == []
