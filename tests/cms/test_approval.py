"""Nothing goes live by one person: page by page, by POST and by the admin's own API."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from wagtail.models import Page, TaskState

from cms.actions.editors import sync_editor
from cms.models import ArticlePage, ColumnPage, HomePage
from directory.models import RoleGrant, User
from tests.factories import cms
from tests.factories import directory as people
from workflows.errors import NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def one_factor(settings: Settings) -> None:
    settings.MFA_REQUIRED_FOR_STAFF = False


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def both_roles() -> User:
    user = people.editor()
    people.RoleGrantFactory.create(person=user.person, role="approver")
    return user


def pending(author: User) -> tuple[ArticlePage, TaskState]:
    """A draft of `author` that waits for approval."""
    column = Page.objects.get(pk=ColumnPage.objects.get(slug="news").pk)
    page = ArticlePage(title="待审文章", slug="pending", live=False, locale=column.locale)
    column.add_child(instance=page)
    page.save_revision(user=author)
    state = page.get_workflow().start(page, author)
    return page, state.current_task_state


def approve(client: Client, page: Page, task: TaskState) -> int:
    return client.post(reverse("wagtailadmin_pages:workflow_action", args=(page.pk, "approve", task.pk))).status_code


def is_live(page: Page) -> bool:
    return bool(Page.objects.get(pk=page.pk).live)


def test_a_second_person_puts_a_page_live(home: HomePage) -> None:
    page, task = pending(people.editor())
    approve(signed_in(people.approver()), page, task)
    assert is_live(page) is True


def press(client: Client, page: Page, step: str) -> int:
    """The button of the editor, with a form in which nothing else was sent."""
    pressed = {"action-workflow-action": "true", "workflow-action-name": step, "workflow-action-extra-data": "{}"}
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), pressed).status_code


def test_approving_in_the_editor_saves_nothing_and_puts_the_page_live(home: HomePage) -> None:
    page, _task = pending(people.editor())
    assert press(signed_in(people.approver()), page, "approve") == 302
    assert (is_live(page), page.revisions.count()) == (True, 1)


def test_after_deciding_the_approver_stands_before_what_else_waits(home: HomePage) -> None:
    page, _task = pending(people.editor())
    client = signed_in(people.approver())
    pressed = {"action-workflow-action": "true", "workflow-action-name": "approve", "workflow-action-extra-data": "{}"}
    answer = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), pressed, follow=True)
    assert (answer.redirect_chain, answer.status_code) == ([(reverse("wagtailadmin_home"), 302)], 200)
    assert "你没有权限访问" not in answer.content.decode()


def test_the_first_button_of_an_approver_is_to_approve(home: HomePage) -> None:
    page, _task = pending(people.editor())
    shown = signed_in(people.approver()).get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert shown.context["action_menu"].default_item.name == "approve"
    assert "data-w-autosave-interval-value" not in shown.content.decode()


def test_the_editors_desk_leads_to_the_workbench_and_to_no_other_site(home: HomePage) -> None:
    shown = signed_in(people.editor()).get(reverse("wagtailadmin_home")).content.decode()
    assert f'"{reverse("home")}"' in shown
    assert [site for site in ("guide.wagtail.org", "docs.wagtail.org") if site in shown] == []


def test_a_step_that_is_not_offered_cannot_be_pressed_in_the_editor(home: HomePage) -> None:
    author = both_roles()
    page, _task = pending(author)
    assert [press(signed_in(author), page, step) for step in ("approve", "publish")] == [404, 404]
    assert is_live(page) is False


def test_an_author_who_is_approver_too_is_not_offered_the_approval(home: HomePage) -> None:
    author = both_roles()
    page, task = pending(author)
    sync_editor(user=author)
    assert [name for name, _label, _form in task.task.specific.get_actions(page, author)] == ["reject"]


def test_an_author_cannot_approve_by_posting(home: HomePage) -> None:
    author = both_roles()
    page, task = pending(author)
    assert approve(signed_in(author), page, task) in (302, 403, 404)
    assert is_live(page) is False


def test_an_author_cannot_approve_by_calling_the_task(home: HomePage) -> None:
    author = both_roles()
    page, task = pending(author)
    with pytest.raises(NotAllowed):
        task.task.specific.on_action(task, author, "approve")
    assert is_live(page) is False


def test_one_who_changed_a_pending_text_is_its_author_too(home: HomePage) -> None:
    helper = people.approver()
    page, task = pending(people.editor())
    page.save_revision(user=helper)
    approve(signed_in(helper), page, task)
    assert is_live(page) is False


def test_nobody_publishes_by_the_api(home: HomePage) -> None:
    author = both_roles()
    page, _task = pending(author)
    url = reverse("wagtailadmin_api:pages:action", args=(page.pk, "publish"))
    for user in (author, people.editor(), people.approver()):
        assert signed_in(user).post(url).status_code in (403, 404)
    assert is_live(page) is False


def test_nobody_publishes_by_the_editor(home: HomePage) -> None:
    author = both_roles()
    page, _task = pending(author)
    page.current_workflow_state.cancel(user=author)
    data = {"title": "直接发布", "slug": "pending", "body-count": "0", "source": "本站", "action-publish": "1"}
    signed_in(author).post(reverse("wagtailadmin_pages:edit", args=(page.pk,)), data)
    assert is_live(page) is False


def test_only_editors_and_approvers_reach_the_admin(home: HomePage) -> None:
    for user in (people.editor(), people.approver()):
        assert signed_in(user).get("/admin/").status_code == 200
    chief = people.applicant()
    User.objects.filter(pk=chief.pk).update(is_superuser=True, is_staff=True)
    for user in (
        chief,
        people.applicant(),
        people.officer(),
        people.expert(),
        people.decision_maker(),
        people.auditor(),
    ):
        assert signed_in(user).get("/admin/").status_code == 404
        assert signed_in(user).get("/admin/pages/").status_code == 404
    assert Client().get("/admin/").status_code == 302


def test_one_whose_role_has_ended_is_out_at_once(home: HomePage) -> None:
    user = people.editor()
    client = signed_in(user)
    assert client.get("/admin/").status_code == 200
    RoleGrant.objects.filter(person=user.person).delete()
    assert client.get("/admin/").status_code == 404
    sync_editor(user=User.objects.get(pk=user.pk))
    assert list(user.groups.all()) == []


def test_the_page_of_a_record_is_edited_by_nobody(home: HomePage) -> None:
    page = cms.call_page()
    url = reverse("wagtailadmin_pages:edit", args=(page.pk,))
    answer = signed_in(people.editor()).get(url)
    assert (answer.status_code, "不能在这里编辑或撤下" in answer.content.decode()) == (409, True)
