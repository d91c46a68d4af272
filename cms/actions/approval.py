"""The groups of editors and approvers, and the workflow that stands before everything going live."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from cms.editors import APPROVERS, EDITORS
from cms.models import SecondPersonTask

WORKFLOW = "发布审批"
TASK = "第二人审批"
# Editors write and ask; nobody holds "publish": pages go live by approval alone.
EDITOR_PAGE_PERMISSIONS = ("add_page", "change_page")
EDITOR_FILE_PERMISSIONS = ("add_image", "choose_image", "add_document", "choose_document")
APPROVER_FILE_PERMISSIONS = ("choose_image", "choose_document")


def build_approval(*, home: Page) -> None:
    """Make the groups, their rights and the workflow if they are missing. Runs inside the caller's unit."""
    editors, _fresh = Group.objects.get_or_create(name=EDITORS)
    approvers, _fresh = Group.objects.get_or_create(name=APPROVERS)
    for group in (editors, approvers):
        group.permissions.add(_permission("access_admin"))
    for codename in EDITOR_PAGE_PERMISSIONS:
        GroupPagePermission.objects.get_or_create(group=editors, page=home, permission=_permission(codename))
    _allow_files(editors, EDITOR_FILE_PERMISSIONS)
    _allow_files(approvers, APPROVER_FILE_PERMISSIONS)
    _build_workflow(home, approvers)


def _permission(codename: str) -> Permission:
    return Permission.objects.get(codename=codename, content_type__app_label__startswith="wagtail")


def _allow_files(group: Group, codenames: tuple[str, ...]) -> None:
    root = Collection.get_first_root_node()
    for codename in codenames:
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=_permission(codename))


def _build_workflow(home: Page, approvers: Group) -> None:
    task = SecondPersonTask.objects.filter(name=TASK).first() or SecondPersonTask.objects.create(name=TASK)
    task.groups.add(approvers)
    workflow, _fresh = Workflow.objects.get_or_create(name=WORKFLOW)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    place: dict[str, Any] = {"defaults": {"workflow": workflow}}
    WorkflowPage.objects.update_or_create(page=home, **place)
