"""Template tags of the public site: meta tags, breadcrumbs, the site's profile, text size."""

from __future__ import annotations

from typing import Any

from django import template
from django.http import HttpRequest
from wagtail.models import Page, Site

from cms.meta import article_tags, column_tags, site_tags
from cms.models import ColumnPage, HomePage, SiteProfile
from cms.queries.archive import ArchivedCall
from cms.queries.paths import path_of
from cms.text_size import size_of

register = template.Library()

register.filter("path", path_of)


@register.simple_tag(takes_context=True)
def site_profile(context: template.Context) -> SiteProfile:
    """The names and numbers of the site; read once per request."""
    profile: SiteProfile = SiteProfile.for_request(context["request"])
    return profile


@register.simple_tag(takes_context=True)
def ancestors(context: template.Context) -> list[Page]:
    """The pages above the present one, home first; read once per page."""
    page = context.get("page")
    if not isinstance(page, Page | ArchivedCall):
        return []
    found: list[Page] | None = getattr(page, "ancestors_read", None)
    if found is None:
        found = _above(page, context["request"])
        page.ancestors_read = found  # type: ignore[union-attr]
    return found


def _above(page: Page | ArchivedCall, request: HttpRequest) -> list[Page]:
    if isinstance(page, ArchivedCall):
        return [*_above(page.column, request), page.column]
    home = Site.find_for_request(request).root_page
    if page.pk == home.pk:
        return []
    return [home, *ColumnPage.objects.ancestor_of(page).order_by("depth")]


@register.inclusion_tag("cms/parts/meta.html", takes_context=True)
def meta_tags(context: template.Context) -> dict[str, Any]:
    """The meta tags of the present page: site, column, article."""
    profile = site_profile(context)
    page = context.get("page")
    chain = [*ancestors(context), page]
    column = next((each for each in reversed(chain) if isinstance(each, ColumnPage | HomePage)), None)
    return {"tags": site_tags(profile) + (column_tags(column) if column else []) + article_tags(page, profile)}


@register.simple_tag(takes_context=True)
def text_size(context: template.Context) -> str:
    """The text size that the reader chose: small, middle or large."""
    return size_of(context["request"])
