"""What the Wagtail admin refuses whoever asks, and what it shows first."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.models.records import RecordPage
from workflows.errors import NotAllowed, Reason, Refused


@hooks.register("before_edit_page")
@hooks.register("before_delete_page")
def records_are_not_edited(request: HttpRequest, page: Any) -> None:
    """The page of a record is the system's: what it says is changed on the workbench."""
    if isinstance(page.specific, RecordPage):
        raise Refused(
            Reason(
                "record_page",
                _("This page shows a record that two people put live: it is neither edited nor taken down here."),
                _("What it says is changed in the record on the workbench."),
            )
        )


@hooks.register("before_edit_page")
def deciding_saves_nothing(request: HttpRequest, page: Any) -> HttpResponse | None:
    """A step of the approval pressed in the editor is taken on the text as it was handed in.

    Wagtail would save the approver's form first, and so make the approver an author of what is approved.
    """
    state = page.current_workflow_task_state
    name = request.POST.get("workflow-action-name")
    if request.method != "POST" or not request.POST.get("action-workflow-action") or state is None:
        return None
    task = state.task.specific
    if name not in {action for action, _label, _form in task.get_actions(page, request.user)}:
        raise NotAllowed(Reason("no_such_step", gettext("This step cannot be taken now. Open the page anew.")))
    extra = json.loads(request.POST.get("workflow-action-extra-data") or "{}")
    task.on_action(state, request.user, name, **extra)
    messages.success(request, gettext("Decided on the text as it was handed in; nothing typed here was saved."))
    return redirect("wagtailadmin_home")


@hooks.register("before_publish_page")
def nobody_publishes_directly(request: HttpRequest, page: Any) -> None:
    """A page goes live by the approval of a second person and in no other way."""
    raise NotAllowed(Reason("needs_approval", _("Ask for approval: a second person puts the page live.")))


@hooks.register("insert_global_admin_js")
def admin_script() -> SafeString:
    """Our own script of the admin: what Wagtail's widgets would do by inline script, which the policy forbids."""
    return format_html('<script src="{}" type="module"></script>', static("cms/admin.js"))


@hooks.register("construct_page_action_menu")
def decide_first(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """An approver before a pending text is offered the approval at once: who saves it writes it, and cannot approve."""
    approval = [item for item in items if item.name == "approve"]
    items[:] = approval + [item for item in items if item not in approval]


@hooks.register("construct_help_menu")
def nothing_leads_outside(request: HttpRequest, items: list[Any]) -> None:
    """The editors' desk may stand where no other site can be reached: its help keeps what is here."""
    items[:] = [item for item in items if not item.url.startswith("http")]


@hooks.register("register_admin_menu_item")
def back_to_the_workbench() -> MenuItem:
    """The way back to the rest of the house."""
    return MenuItem(_("Workbench"), reverse("home"), name="workbench", icon_name="home", order=0)
