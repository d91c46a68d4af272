"""Addresses of the public site; pages themselves are answered by Wagtail's include at the end of `portal.urls`."""

from __future__ import annotations

from django.urls import path

from cms.feeds import ColumnFeed, SiteFeed
from cms.views import public
from cms.views.pictures import picture
from cms.views.search import search

urlpatterns = [
    path("calls/<slug:slug>/calendar.ics", public.calendar, name="call_calendar"),
    path("calls/archive/<slug:code>/", public.archived_call, name="archived_call"),
    path("text-size/", public.text_size, name="text_size"),
    path("feed/", SiteFeed(), name="feed"),
    path("feed/<slug:slug>/", ColumnFeed(), name="column_feed"),
    path("media/images/<str:name>", picture, name="picture"),
    path("search/", search, name="search"),
    path("sitemap.xml", public.sitemap, name="sitemap"),
    path("robots.txt", public.robots, name="robots"),
]
