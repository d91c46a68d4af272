"""The pages that editors write: home, columns, articles, policies."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.models import Page, PageManager
from wagtail.url_routing import RouteResult

from cms.blocks import BodyBlock
from cms.enums import ColumnType, Validity
from cms.fields import StreamField
from cms.site_plan import CALLS


class Withdrawable(models.Model):
    """A page that two people take down: the reason is written in a draft, approval takes the page down."""

    # Stands in a pending draft only: the live row never carries it (`cms.actions.publication`).
    withdrawal_reason = models.CharField(
        _("take this page down because"),
        max_length=300,
        blank=True,
        help_text=_("Leave empty to publish. With a reason, approval takes the page down; other changes stay a draft."),
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Only what is live and can be spared is taken down; to put it live again, the reason is cleared."""
        from cms.queries.withdrawal import hindrances

        super().clean()
        if not self.withdrawal_reason:
            return
        if not getattr(self, "live", False):
            raise ValidationError({"withdrawal_reason": _("This page is not live: clear the reason to publish it.")})
        found = [f"{reason.text} {reason.mend}" for reason in hindrances(self)]
        if found:
            raise ValidationError({"withdrawal_reason": found})


class Column(models.Model):
    """What every column carries by the rules for government sites: its type, keywords and description."""

    column_type = models.CharField(_("column type"), max_length=12, choices=ColumnType.choices, default=ColumnType.NEWS)
    keywords = models.CharField(_("keywords"), max_length=200, blank=True, help_text=_("separated by commas"))
    summary = models.CharField(pgettext_lazy("page", "description"), max_length=300, blank=True)

    class Meta:
        abstract = True


COLUMN_PANELS = [
    MultiFieldPanel([FieldPanel("column_type"), FieldPanel("keywords"), FieldPanel("summary")], heading=_("column")),
]


class HomePage(Column, Page):  # noqa: DJ008 - Page has one
    """The home page; there is one."""

    objects: ClassVar[Any] = PageManager()
    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = ["cms.ColumnPage"]
    content_panels = [
        HelpPanel(
            _("The home page cannot be taken down: every other page stands below it. Change what it says instead."),
            heading=_("taking down"),
        ),
        *Page.content_panels,
        *COLUMN_PANELS,
    ]
    template = "cms/home_page.html"

    class Meta:
        verbose_name = _("home page")

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """The live page at a path, found at once by the whole path and not step by step; 404 when there is none."""
        if not path_components:
            return super().route(request, path_components)
        path = f"{self.url_path}{'/'.join(path_components)}/"
        return RouteResult(get_object_or_404(Page.objects.live(), url_path=path).specific)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What the home page shows of calls, notices, news, policies and focus areas."""
        from cms.queries.home import home_context

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | home_context()


class ColumnPage(Withdrawable, Column, Page):  # noqa: DJ008 - Page has one
    """A column (栏目): lists what is below it, newest first."""

    objects: ClassVar[Any] = PageManager()
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage", "cms.ColumnPage"]
    subpage_types: ClassVar[list[str]] = ["cms.ColumnPage", "cms.ArticlePage", "cms.PolicyPage"]
    content_panels = [*Page.content_panels, *COLUMN_PANELS, FieldPanel("withdrawal_reason")]
    template = "cms/column_page.html"

    class Meta:
        verbose_name = _("column")
        verbose_name_plural = _("columns")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """One page of the list."""
        from cms.queries.call_list import call_list_context
        from cms.queries.columns import column_context

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        if self.slug == CALLS:
            return context | call_list_context(self, request.GET)
        return context | column_context(self, request.GET.get("page", "1"))

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        """The column of the calls has filters."""
        usual: str = super().get_template(request, *args, **kwargs)
        return "cms/calls.html" if self.slug == CALLS else usual


class Text(Withdrawable):
    """What articles and policies share. `published_at` is the date readers see."""

    summary = models.CharField(_("summary"), max_length=300, blank=True)
    keywords = models.CharField(_("keywords"), max_length=200, blank=True, help_text=_("separated by commas"))
    source = models.CharField(_("source"), max_length=80, default="本站")
    published_at = models.DateTimeField(_("publish time"), default=timezone.now)
    body = StreamField(BodyBlock(required=False), verbose_name=_("body"), blank=True)

    class Meta:
        abstract = True


class ArticlePage(Text, Page):  # noqa: DJ008 - Page has one
    """An article: news, an explanation, a page of information."""

    objects: ClassVar[Any] = PageManager()
    focus_areas = ParentalManyToManyField(
        "directory.FocusArea", blank=True, related_name="articles", verbose_name=_("focus areas")
    )
    parent_page_types: ClassVar[list[str]] = ["cms.ColumnPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(
            [FieldPanel("source"), FieldPanel("published_at"), FieldPanel("summary"), FieldPanel("keywords")],
            heading=_("about this article"),
        ),
        FieldPanel("focus_areas"),
        FieldPanel("body"),
        FieldPanel("withdrawal_reason"),
    ]
    template = "cms/article_page.html"

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The neighbours in the column."""
        from cms.queries.columns import neighbours

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | neighbours(self)


class PolicyPage(Text, Page):  # noqa: DJ008 - Page has one
    """A policy document with the head that such documents carry (索引号, 文号, 成文日期 …)."""

    objects: ClassVar[Any] = PageManager()
    index_number = models.CharField(_("index number"), max_length=40, blank=True)
    document_number = models.CharField(_("document number"), max_length=60, blank=True)
    issued_on = models.DateField(_("date of issue"), null=True, blank=True)
    publisher = models.CharField(_("issuing body"), max_length=120, blank=True)
    topic = models.CharField(_("topic"), max_length=80, blank=True)
    validity = models.CharField(_("validity"), max_length=12, choices=Validity.choices, default=Validity.IN_FORCE)
    parent_page_types: ClassVar[list[str]] = ["cms.ColumnPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("index_number"),
                FieldPanel("document_number"),
                FieldPanel("issued_on"),
                FieldPanel("publisher"),
                FieldPanel("topic"),
                FieldPanel("validity"),
            ],
            heading=_("head of the document"),
        ),
        MultiFieldPanel(
            [FieldPanel("source"), FieldPanel("published_at"), FieldPanel("summary"), FieldPanel("keywords")],
            heading=_("about this page"),
        ),
        FieldPanel("body"),
        FieldPanel("withdrawal_reason"),
    ]
    template = "cms/policy_page.html"

    class Meta:
        verbose_name = _("policy document")
        verbose_name_plural = _("policy documents")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The neighbours in the column."""
        from cms.queries.columns import neighbours

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | neighbours(self)
