"""Pages published before seals existed are sealed once, in the name of the approver who answers for them."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page

from cms.actions.seals import seal_page, unseal_page
from cms.models import HomePage
from cms.queries.seals import site_faults
from directory.models import User
from tests.factories import cms
from tests.factories import directory as people
from workflows.models import JournalEntry

pytestmark = pytest.mark.django_db


def told(user: User) -> str:
    out = StringIO()
    call_command("seal_site", by=user.email, stdout=out)
    return out.getvalue()


def old_page() -> Page:
    """A page that is live and of which the journal says nothing."""
    parent = Page.objects.get(slug="news", depth=3)
    return parent.add_child(instance=Page(title="旧页", slug="old", locale=parent.locale))


def test_an_old_page_is_sealed_by_name_and_only_once(home: HomePage) -> None:
    page, user = old_page(), people.approver()
    assert list(site_faults()) == [f"page {page.pk} {page.url_path}: is live but was never sealed"]
    assert told(user) == f"page {page.pk} {page.url_path}\n1 sealed\n"
    assert list(site_faults()) == []
    assert JournalEntry.objects.get(subject_id=str(page.pk)).actor == f"user:{user.pk}"
    assert told(user) == "0 sealed\n"


def test_what_differs_or_came_back_stays_a_fault(home: HomePage) -> None:
    changed, back = cms.article("改动"), cms.article("撤下又出现")
    Page.objects.filter(pk=changed.pk).update(title="别的标题")
    unseal_page(page_id=back.pk)
    assert told(people.approver()) == "0 sealed\n"
    assert len(list(site_faults())) == 2
    seal_page(page_id=back.pk)
    assert len(list(site_faults())) == 1


def test_only_an_approver_answers(home: HomePage) -> None:
    page = old_page()
    for user in (people.editor(), people.officer()):
        with pytest.raises(CommandError, match="--by"):
            told(user)
    with pytest.raises(CommandError, match="no account"):
        call_command("seal_site", by="nobody@example.org")
    assert list(site_faults()) == [f"page {page.pk} {page.url_path}: is live but was never sealed"]
