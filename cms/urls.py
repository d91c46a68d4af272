"""Addresses of the public site and of its page on the workbench. `portal.urls` ends with Wagtail's."""

from __future__ import annotations

from django.urls import path

from cms.feeds import ColumnFeed, SiteFeed
from cms.views import profile, public
from cms.views.pictures import picture
from cms.views.search import search

urlpatterns = [
    path("bench/site/", profile.site_profile, name="site_profile"),
    path("bench/site/edit/", profile.site_profile_edit, name="site_profile_edit"),
    path("calls/<slug:slug>/calendar.ics", public.calendar, name="call_calendar"),
    path("calls/archive/<slug:code>/", public.archived_call, name="archived_call"),
    path("accessibility/", public.accessibility, name="accessibility"),
    path("elder/", public.elder, name="elder"),
    path("text-size/", public.text_size, name="text_size"),
    path("feed/", SiteFeed(), name="feed"),
    path("feed/<slug:slug>/", ColumnFeed(), name="column_feed"),
    path("media/images/<str:name>", picture, name="picture"),
    path("search/", search, name="search"),
    path("sitemap.xml", public.sitemap, name="sitemap"),
    path("robots.txt", public.robots, name="robots"),
]
