"""The pages that show a record. They hold no fact of their own: what they say is computed from the record."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page, PageManager

from cms.models.pages import Withdrawable
from projects.querysets import PUBLIC_CALL_STATES, PUBLIC_NOTICE_STATES


class RecordPage(Page):
    """A page made by the system when two people approved its record; nobody makes or edits it by hand."""

    is_creatable = False
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        abstract = True

    def is_public(self) -> bool:
        """Whether the record may be read by anybody now."""
        raise NotImplementedError

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> TemplateResponse:
        """The page while its record is public; 404 else, should the page have outlived it."""
        if not self.is_public():
            raise Http404
        response: TemplateResponse = super().serve(request, *args, **kwargs)
        return response


class CallPage(RecordPage):
    """The public page of a call."""

    call = models.OneToOneField("projects.Call", on_delete=models.PROTECT, related_name="page")
    parent_page_types: ClassVar[list[str]] = ["cms.ColumnPage"]
    template = "cms/call_page.html"

    class Meta:
        verbose_name = _("call page")
        verbose_name_plural = _("call pages")

    def is_public(self) -> bool:
        """Whether the call is published or concluded."""
        return self.call.state in PUBLIC_CALL_STATES

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The facts of the call."""
        from cms.queries.calls import call_context

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | call_context(self.call)


class NoticePage(RecordPage):
    """The public page of a public notice (公示)."""

    notice = models.OneToOneField("projects.PublicNotice", on_delete=models.PROTECT, related_name="page")
    parent_page_types: ClassVar[list[str]] = ["cms.ColumnPage"]
    template = "cms/notice_page.html"

    class Meta:
        verbose_name = _("notice page")
        verbose_name_plural = _("notice pages")

    def is_public(self) -> bool:
        """Whether the notice is published or closed."""
        return self.notice.state in PUBLIC_NOTICE_STATES

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The list on notice and the time left."""
        from cms.queries.notices import notice_context

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | notice_context(self.notice)


class FocusAreaPage(Withdrawable, Page):
    """The page of a focus area: its calls and articles; editors write its introduction."""

    objects: ClassVar[Any] = PageManager()
    is_creatable = False
    focus_area = models.OneToOneField("directory.FocusArea", on_delete=models.PROTECT, related_name="page")
    summary = models.TextField(_("introduction"), blank=True)
    parent_page_types: ClassVar[list[str]] = ["cms.ColumnPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("withdrawal_reason")]
    template = "cms/focus_area_page.html"

    class Meta:
        verbose_name = _("focus area page")
        verbose_name_plural = _("focus area pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The calls and articles of the area and of those below it."""
        from cms.queries.focus_areas import focus_area_context

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | focus_area_context(self)
