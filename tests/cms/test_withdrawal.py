"""A live page is taken down by two people: one asks with a reason, another confirms."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from wagtail.models import Page, TaskState

from cms.models import ArticlePage, ColumnPage, FocusAreaPage, HomePage
from cms.queries.seals import site_faults
from cms.queries.search import search
from cms.queries.withdrawal import hindrances
from directory.models import User
from tests.cms.test_approval import approve, both_roles, is_live, signed_in
from tests.factories import cms
from tests.factories import directory as people
from tests.factories.directory import FocusAreaFactory
from workflows.digest import digest
from workflows.models import JournalEntry
from workflows.relay import run_once

pytestmark = pytest.mark.django_db
REASON = "内容有误"


@pytest.fixture(autouse=True)
def one_factor(settings: Settings) -> None:
    settings.MFA_REQUIRED_FOR_STAFF = False


def asked(page: Any, author: User) -> TaskState:
    """The pending task of a withdrawal that `author` asked for."""
    page.withdrawal_reason = REASON
    page.save_revision(user=author)
    task: TaskState = page.get_workflow().start(page, author).current_task_state
    return task


def column(slug: str = "extra", *, under: str = "news") -> ColumnPage:
    """A live column of the editors' own, below one of the site's plan."""
    made = cms.below(ColumnPage(title="专题栏目", slug=slug), under)
    page: ColumnPage = ColumnPage.objects.get(pk=made.pk)
    return page


def area_page() -> FocusAreaPage:
    """The live page of a focus area."""
    FocusAreaFactory.create(name="草原生态")
    cms.site()
    page: FocusAreaPage = FocusAreaPage.objects.get(title="草原生态")
    return page


def live(title: str = "要撤下的文章") -> ArticlePage:
    page: ArticlePage = ArticlePage.objects.get(pk=cms.article(title, slug="down").pk)
    return page


def test_a_second_person_takes_a_page_down(home: HomePage, client: Client) -> None:
    page, author, second = live(), people.editor(), people.approver()
    assert "要撤下的文章" in client.get("/feed/").content.decode()
    task = asked(page, author)
    run_once()
    assert len(search("要撤下的文章").hits) == 1
    approve(signed_in(second), page, task)
    assert is_live(page) is False
    assert "要撤下的文章" not in client.get("/feed/").content.decode()
    run_once()
    assert search("要撤下的文章").hits == []
    assert list(site_faults()) == []
    entry = JournalEntry.objects.get(action="cms.page.withdraw")
    assert (entry.actor, entry.data["asked_by"], entry.data["reason"]) == (
        f"user:{second.pk}",
        author.pk,
        digest(REASON),
    )


def test_whoever_asked_cannot_confirm(home: HomePage) -> None:
    page, author = live(), both_roles()
    task = asked(page, author)
    approve(signed_in(author), page, task)
    assert is_live(page) is True


def test_the_button_says_what_approval_does(home: HomePage) -> None:
    page, second = live(), people.approver()
    signed_in(second).get("/admin/")
    task = asked(page, people.editor())
    labels = [str(label) for name, label, _form in task.task.specific.get_actions(page, second) if name == "approve"]
    assert labels == ["同意撤下本页", "同意撤下本页并附意见"]


def test_neither_role_takes_down_alone(home: HomePage) -> None:
    page = live()
    for user in (people.editor(), people.approver(), both_roles()):
        signed_in(user).post(reverse("wagtailadmin_pages:unpublish", args=(page.pk,)))
    assert is_live(page) is True


def test_what_is_not_live_is_not_taken_down(home: HomePage) -> None:
    page = live()
    page.unpublish()
    page.withdrawal_reason = REASON
    with pytest.raises(ValidationError) as refused:
        page.clean()
    assert list(refused.value.message_dict) == ["withdrawal_reason"]


def test_a_page_taken_down_goes_live_again_with_the_reason_cleared(home: HomePage) -> None:
    page, author = live(), people.editor()
    approve(signed_in(people.approver()), page, asked(page, author))
    again = ArticlePage.objects.get(pk=page.pk)
    again.save_revision(user=author)
    task = again.get_workflow().start(again, author).current_task_state
    approve(signed_in(people.approver()), again, task)
    assert is_live(page) is True
    assert list(site_faults()) == []


def refused(page: Any) -> list[str]:
    """What the form says when the page is asked to go."""
    page.withdrawal_reason = REASON
    with pytest.raises(ValidationError) as found:
        page.clean()
    assert list(found.value.message_dict) == ["withdrawal_reason"]
    return found.value.messages


@pytest.mark.parametrize("make", [column, area_page])
def test_columns_and_pages_of_focus_areas_are_taken_down_by_two_people(home: HomePage, make: Any) -> None:
    page, author, second = make(), people.editor(), people.approver()
    path = page.get_url()
    task = asked(page, author)
    approve(signed_in(author), page, task)
    assert is_live(page) is True
    approve(signed_in(second), page, task)
    assert (is_live(page), Client().get(path).status_code, list(site_faults())) == (False, 404, [])
    assert [Client().get(each).status_code for each in ("/", "/focus/", "/news/")] == [200, 200, 200]


def test_a_call_names_an_area_whose_page_is_down_without_leading_there(home: HomePage) -> None:
    page = area_page()
    shown = cms.call_page(published=True)
    shown.call.focus_areas.add(page.focus_area)
    path = shown.get_url()
    assert f'href="{page.get_url()}"' in Client().get(path).content.decode()
    approve(signed_in(people.approver()), page, asked(page, people.editor()))
    text = Client().get(path).content.decode()
    assert ("草原生态" in text, f'href="{page.get_url()}"' in text) == (True, False)


def test_the_home_page_and_columns_of_the_plan_are_not_taken_down(home: HomePage) -> None:
    assert [reason.code for reason in hindrances(home)] == ["home"]
    for planned in ColumnPage.objects.filter(depth=3):
        assert "固定栏目" in refused(planned)[0]
    edit = reverse("wagtailadmin_pages:edit", args=[home.pk])
    assert "首页不能撤下" in signed_in(people.editor()).get(edit).content.decode()


def test_a_column_with_live_pages_below_is_not_taken_down(home: HomePage) -> None:
    above = column()
    child = cms.below(ArticlePage(title="专题文章", slug="child"), above.slug)
    assert refused(ColumnPage.objects.get(pk=above.pk)) == ["该栏目下还有 1 个已上线的页面。 请先撤下或移动这些页面。"]
    Page.objects.get(pk=child.pk).unpublish()
    above = ColumnPage.objects.get(pk=above.pk)
    above.withdrawal_reason = REASON
    above.clean()


def test_what_came_between_asking_and_approving_is_seen(home: HomePage) -> None:
    above, second = column(), people.approver()
    task = asked(above, people.editor())
    cms.below(ArticlePage(title="后来的文章", slug="later"), above.slug)
    client = signed_in(second)
    assert (approve(client, above, task), is_live(above)) == (409, True)


def test_nothing_goes_live_below_a_column_that_is_down(home: HomePage) -> None:
    above, author = column(), people.editor()
    approve(signed_in(people.approver()), above, asked(above, author))
    draft = ArticlePage(title="孤立的文章", slug="orphan", live=False, locale=above.locale)
    ColumnPage.objects.get(pk=above.pk).add_child(instance=draft)
    draft.save_revision(user=author)
    task = draft.get_workflow().start(draft, author).current_task_state
    assert (approve(signed_in(people.approver()), draft, task), is_live(draft)) == (409, False)
