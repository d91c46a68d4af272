"""Building the public site: root, site record, columns, focus-area pages, approval."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Collection, Locale, Page, Site

from cms.actions.approval import build_approval
from cms.actions.seals import seal_profile
from cms.enums import ColumnType
from cms.models import ColumnPage, FocusAreaPage, HomePage, SiteProfile
from cms.site_plan import COLUMNS, FOCUS, HOME_KEYWORDS, HOME_SUMMARY, HOME_TITLE, PlannedColumn
from directory.models import FocusArea
from workflows.actions import journal
from workflows.actions.unit import unit
from workflows.actors import Actor


def build_site(*, by: Actor) -> HomePage:
    """Make whatever of the site is missing; what stands is left as it is. The home page."""
    with unit():
        locale, _fresh = Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
        if not Collection.objects.exists():
            Collection.add_root(name="Root")
        home = HomePage.objects.first() or _build_home(locale)
        _build_site_record(home, by)
        for column in COLUMNS:
            _build_column(home, column)
        _build_focus_areas()
        build_approval(home=home)
        journal.append(action="cms.site.build", subject=home, by=by)
    return home


def _build_home(locale: Locale) -> HomePage:
    root = Page.objects.filter(depth=1).first()
    if root is None:
        page_type = ContentType.objects.get_for_model(Page)
        root = Page.add_root(title="Root", slug="root", locale=locale, content_type=page_type)
    home = HomePage(
        title=HOME_TITLE,
        slug="site",
        locale=locale,
        column_type=ColumnType.HOME,
        keywords=HOME_KEYWORDS,
        summary=HOME_SUMMARY,
    )
    root.add_child(instance=home)
    _go_live(home)
    return home


def _build_site_record(home: HomePage, by: Actor) -> None:
    address = urlsplit(settings.SITE_ADDRESS)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    if site.root_page_id == home.pk:
        return
    site.hostname = address.hostname or "localhost"
    site.port = address.port or (443 if address.scheme == "https" else 80)
    site.site_name = settings.WAGTAIL_SITE_NAME
    old, site.root_page = site.root_page if site.root_page_id else None, home
    site.save()
    profile, fresh = SiteProfile.objects.get_or_create(site=site)
    if fresh:
        seal_profile(profile_id=profile.pk, by=by)
    if old is not None and old.content_type.model_class() is Page:
        old.delete()


def _build_column(home: HomePage, plan: PlannedColumn) -> None:
    if home.get_children().filter(slug=plan.slug).exists():
        return
    page = ColumnPage(
        title=plan.title,
        slug=plan.slug,
        locale=home.locale,
        column_type=plan.column_type,
        keywords=plan.keywords,
        summary=plan.summary,
        show_in_menus=plan.in_menu,
    )
    _add(home, page)


def _build_focus_areas() -> None:
    column = ColumnPage.objects.get(slug=FOCUS)
    for area in FocusArea.objects.filter(page=None):
        page = FocusAreaPage(
            title=area.name,
            slug=area.code.lower().replace(".", "-").replace("_", "-"),
            locale=column.locale,
            focus_area=area,
            summary=area.summary,
        )
        _add(column, page)


def _add(parent: Any, page: Any) -> None:
    Page.objects.get(pk=parent.pk).add_child(instance=page)
    _go_live(page)


def _go_live(page: Any) -> None:
    page.save_revision().publish()
