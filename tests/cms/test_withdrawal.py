"""A live page is taken down by two people: one asks with a reason, another confirms."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from wagtail.models import TaskState

from cms.models import ArticlePage, HomePage
from cms.queries.seals import site_faults
from cms.queries.search import search
from directory.models import User
from tests.cms.test_approval import approve, both_roles, is_live, signed_in
from tests.factories import cms
from tests.factories import directory as people
from workflows.digest import digest
from workflows.models import JournalEntry
from workflows.relay import run_once

pytestmark = pytest.mark.django_db
REASON = "内容有误"


@pytest.fixture(autouse=True)
def one_factor(settings: Settings) -> None:
    settings.MFA_REQUIRED_FOR_STAFF = False


def asked(page: ArticlePage, author: User) -> TaskState:
    """The pending task of a withdrawal that `author` asked for."""
    page.withdrawal_reason = REASON
    page.save_revision(user=author)
    return page.get_workflow().start(page, author).current_task_state


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
