"""The editors' desk in a real browser, in Chinese, under the content policy: what goes live, when, and what it was."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from cms.models import ArticlePage, ColumnPage
from cms.tasks import keep_the_schedule
from tests.browser.conftest import PHONE, Desk, scrolls_sideways
from tests.factories import cms
from tests.factories import directory as people
from workflows.invariants import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE, LATER = "草原生态监测取得进展", "草原生态监测取得新进展"
PICTURE, TEXT = "草原样地", "植被盖度三年提高十二个百分点。"
STREAM = "[data-streamfield-stream-container]"


@pytest.fixture(autouse=True)
def the_site(desk: Desk) -> None:
    """The columns of the site, before anybody comes."""
    cms.site()


def news(name: str) -> str:
    """An address of the admin that concerns the column of news."""
    return reverse(name, args=["cms", "articlepage", ColumnPage.objects.get(slug="news").pk])


def upload(page: Page) -> None:
    """A picture with its title."""
    page.goto(reverse("wagtailimages:add"))
    page.locator("#id_title").fill(PICTURE)
    picture: Any = {"name": "steppe.png", "mimeType": "image/png", "buffer": cms.png().read()}
    page.locator("#id_file").set_input_files(picture)
    page.get_by_role("button", name="上传").click()
    expect(page.locator(".messages")).to_contain_text("已添加")


def write(page: Page) -> None:
    """An article with the picture and a text."""
    page.goto(news("wagtailadmin_pages:add"))
    page.locator("#id_title").fill(TITLE)
    page.locator("#id_summary").fill("三年监测显示植被恢复。")
    block(page, "图片")
    page.locator(STREAM).get_by_role("button", name="选择一个图片").click()
    page.locator(".modal").get_by_text(PICTURE).first.click()
    expect(page.locator(f"{STREAM} img")).to_be_visible()
    page.get_by_label("替代文本").fill(PICTURE)
    block(page, "文字")
    page.locator(".public-DraftEditor-content").click()
    page.keyboard.press("Space")  # the editor follows keys; the words come as an input method gives them
    page.keyboard.insert_text(TEXT)
    expect(page.locator("[name=body-1-value]")).to_have_value(re.compile(TEXT))


def block(page: Page, name: str) -> None:
    """Add a block after the last."""
    page.locator(f"{STREAM} .c-sf-add-button").last.click()
    page.get_by_role("option", name=name).click()


def menu(page: Page) -> Locator:
    """The other actions of the editor, opened."""
    page.get_by_role("button", name="更多动作").click()
    return page.locator("footer")


def hand_in(page: Page) -> None:
    """Ask for the approval of a second person."""
    menu(page).get_by_role("button", name="提交给发布审批").click()
    expect(page.locator(".messages")).to_contain_text("审核")


def approve(page: Page, title: str) -> None:
    """The approver finds it on the first page; approving is the first button; nothing is left to do."""
    page.goto(reverse("wagtailadmin_home"))
    page.get_by_role("main").get_by_role("link", name=title).click()
    page.locator("footer").get_by_role("button", name="批准", exact=True).click()
    expect(page.locator(".messages")).to_contain_text("已按提交审批时的内容办理")
    expect(page.locator(".messages")).not_to_contain_text("权限")
    expect(page.get_by_role("main").get_by_role("link", name=title)).to_have_count(0)


def test_an_article_with_a_picture_is_written_by_one_and_put_live_by_another(desk: Desk) -> None:
    editor, approver, public = desk.page(people.editor()), desk.page(people.approver()), desk.page()
    upload(editor)
    write(editor)
    hand_in(editor)
    public.goto("/news/")
    expect(public.get_by_role("main")).not_to_contain_text(TITLE)
    approve(approver, TITLE)
    public.goto("/news/")
    public.get_by_role("main").get_by_role("link", name=TITLE).click()
    expect(public.get_by_role("main")).to_contain_text(TEXT)
    picture = public.get_by_role("img", name=PICTURE)
    expect(picture).to_have_js_property("complete", value=True)
    expect(picture).not_to_have_js_property("naturalWidth", 0)
    assert TITLE in public.request.get("/feed/news/").text()
    assert list(violations()) == []


def schedule(page: Page, days: int) -> None:
    """Choose by the calendar's field when the text goes live."""
    page.locator("[data-side-panel-toggle=status]").first.click()
    page.get_by_role("button", name="设置计划").click()
    dialog = page.locator("#schedule-publishing-dialog")
    expect(dialog).to_contain_text("经另一人审批后生效")
    page.locator("#id_go_live_at").fill(f"{timezone.localtime() + dt.timedelta(days=days):%Y-%m-%d %H:%M}")
    expect(page.locator(".xdsoft_datetimepicker:visible")).to_have_count(1)
    dialog.get_by_role("heading", name="设置发布计划").click()
    expect(page.locator(".xdsoft_datetimepicker:visible")).to_have_count(0)
    dialog.get_by_role("button", name="保存计划").click()
    expect(page.locator("[data-side-panel=status]")).to_contain_text("上线：")


def compare(page: Page, article: ArticlePage) -> None:
    """The history leads to what was changed."""
    page.goto(reverse("wagtailadmin_pages:history", args=[article.pk]))
    saved = page.get_by_role("main").get_by_role("row", name="已保存草稿")
    saved.nth(1).get_by_role("button", name="操作").click()
    page.get_by_role("link", name="与上一个版本进行比较").click()
    expect(page.locator(".deletion").first).to_have_text(TITLE)
    expect(page.locator(".addition").first).to_have_text(LATER)


def test_a_change_goes_live_at_the_time_that_was_approved_and_the_history_shows_it(desk: Desk) -> None:
    article = cms.article(TITLE, slug="steppe")
    editor, approver, public = desk.page(people.editor()), desk.page(people.approver()), desk.page()
    editor.goto(reverse("wagtailadmin_pages:edit", args=[article.pk]))
    editor.locator("#id_summary").fill("三年监测。")
    editor.get_by_role("button", name="保存草稿").click()
    expect(editor.locator(".messages")).to_contain_text(TITLE)
    editor.locator("#id_title").fill(LATER)
    schedule(editor, 3)
    hand_in(editor)
    compare(editor, article)
    approve(approver, LATER)
    public.goto("/news/")
    expect(public.get_by_role("main").get_by_role("link", name=TITLE)).to_be_visible()
    with time_machine.travel(timezone.now() + dt.timedelta(days=3, hours=1)):
        keep_the_schedule()
        public.reload()
    expect(public.get_by_role("main").get_by_role("link", name=LATER)).to_be_visible()


def test_an_editor_previews_a_new_article_and_picks_a_date(desk: Desk) -> None:
    page = desk.page(people.editor())
    for address in ("/admin/", "/admin/pages/", "/admin/reports/workflow/", "/admin/images/", "/admin/documents/"):
        page.goto(address, wait_until="networkidle")
    page.goto(news("wagtailadmin_pages:add"), wait_until="networkidle")
    page.locator("#id_title").fill(TITLE)
    page.locator("[data-side-panel-toggle=preview]").first.click()
    expect(page.frame_locator("#w-preview-iframe").locator("h1.title")).to_have_text(TITLE)
    page.locator("#id_published_at").click()
    expect(page.locator(".xdsoft_datetimepicker:visible")).to_have_count(1)


def test_the_desk_fits_a_phone(desk: Desk) -> None:
    article = cms.article(TITLE, slug="steppe")
    page = desk.page(people.editor(), size=PHONE)
    names = ("wagtailadmin_home", "wagtailimages:index", "wagtailimages:add", "wagtaildocs:index")
    own = [reverse(f"wagtailadmin_pages:{name}", args=[article.pk]) for name in ("edit", "history")]
    found = {}
    for url in [*(reverse(name) for name in names), *own, news("wagtailadmin_pages:add")]:
        page.goto(url)
        expect(page.get_by_role("main")).to_be_visible()
        found[url] = scrolls_sideways(page)
    assert [url for url, wide in found.items() if wide] == []
    page.locator("#id_title").fill(LATER)
    page.locator("#id_title").press("Tab")
    expect(page.locator("#id_slug")).to_have_value(LATER)
    page.get_by_role("button", name="保存草稿").click()
    expect(page.locator(".messages")).to_contain_text(LATER)
