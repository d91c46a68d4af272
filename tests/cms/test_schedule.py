"""What was approved for a later time goes live by the clock; what has an end goes down by it."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.utils import timezone
from pytest_django import Settings
from wagtail.models import Page

from cms.models import ArticlePage, ColumnPage, HomePage
from cms.queries.seals import site_faults
from cms.tasks import keep_the_schedule
from tests.cms.test_approval import approve, is_live, signed_in
from tests.factories import cms
from tests.factories import directory as people
from tests.factories.projects import days
from workflows.models import JournalEntry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def one_factor(settings: Settings) -> None:
    settings.MFA_REQUIRED_FOR_STAFF = False


def later(days_on: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + dt.timedelta(days=days_on))


def deeds(page: Page) -> list[str]:
    """What the journal says was done to the page, in order, but for its seals."""
    kept = JournalEntry.objects.filter(action__startswith="cms.page", subject_id=page.pk).exclude(
        action__in=["cms.page.seal", "cms.page.unseal"]
    )
    return list(kept.order_by("at").values_list("action", flat=True))


def planned(*, days_on: int) -> ArticlePage:
    """A draft that is to go live then and waits for approval."""
    column = Page.objects.get(pk=ColumnPage.objects.get(slug="news").pk)
    page = ArticlePage(title="定时文章", slug="planned", live=False, locale=column.locale, go_live_at=days(days_on))
    column.add_child(instance=page)
    page.save_revision(user=people.editor())
    return page


def approved(page: ArticlePage) -> ArticlePage:
    task = page.get_workflow().start(page, people.editor()).current_task_state
    approve(signed_in(people.approver()), page, task)
    return page


def test_an_approved_page_goes_live_at_its_time_and_not_before(home: HomePage) -> None:
    page = approved(planned(days_on=3))
    keep_the_schedule()
    assert is_live(page) is False
    with later(3.1):
        keep_the_schedule()
        keep_the_schedule()
    assert is_live(page) is True
    assert deeds(page) == ["cms.page.approve", "cms.page.go_live"]
    assert list(site_faults()) == []


def test_without_approval_the_time_does_nothing(home: HomePage) -> None:
    page = planned(days_on=3)
    with later(4):
        keep_the_schedule()
    assert is_live(page) is False


def test_a_live_page_goes_down_at_its_end(home: HomePage) -> None:
    page = cms.article("限时文章", slug="ends", expire_at=days(2))
    keep_the_schedule()
    assert is_live(page) is True
    with later(2.1):
        keep_the_schedule()
        keep_the_schedule()
    assert is_live(page) is False
    assert deeds(page) == ["cms.page.expire"]
    assert list(site_faults()) == []


def test_what_was_taken_down_meanwhile_stays_down(home: HomePage) -> None:
    page = ArticlePage.objects.get(pk=cms.article("要改的文章", slug="changed").pk)
    page.go_live_at = days(3)
    page.save_revision(user=people.editor())
    approved(page)
    page = ArticlePage.objects.get()
    page.go_live_at, page.withdrawal_reason = None, "内容有误"
    page.save_revision(user=people.editor())
    approved(page)
    with later(4):
        keep_the_schedule()
    assert is_live(page) is False
