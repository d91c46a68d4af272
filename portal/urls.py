"""All addresses. Each room brings its own; the public site answers what is left."""

from __future__ import annotations

from django.urls import include, path

from portal.views.home import home
from portal.views.language import language
from portal.views.styleguide import styleguide

urlpatterns = [
    path("bench/", home, name="home"),
    path("language/", language, name="language"),
    path("styleguide/", styleguide, name="styleguide"),
    path("accounts/", include("allauth.urls")),
    path("", include("workflows.urls")),
    path("bench/", include("directory.urls")),
    path("bench/", include("projects.urls")),
    path("bench/", include("experts.urls")),
    path("", include("projects.urls.public")),
]
