"""All addresses. Each room brings its own; the public site answers what is left."""

from __future__ import annotations

from django.urls import include, path, re_path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.urls import serve_pattern
from wagtail.views import serve

from portal.views.demo import demo_sign_in, demo_start
from portal.views.health import healthz, readyz
from portal.views.home import home
from portal.views.inbox import inbox
from portal.views.language import language
from portal.views.styleguide import styleguide

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("bench/", home, name="home"),
    path("bench/inbox/", inbox, name="inbox"),
    path("language/", language, name="language"),
    path("demo/", demo_start, name="demo"),
    path("demo/sign-in/", demo_sign_in, name="demo-sign-in"),
    path("styleguide/", styleguide, name="styleguide"),
    path("accounts/", include("allauth.urls")),
    path("", include("workflows.urls")),
    path("bench/", include("directory.urls")),
    path("bench/", include("projects.urls")),
    path("bench/", include("experts.urls")),
    path("", include("projects.urls.public")),
    path("", include("cms.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    # The public pages answer whatever is left: this stays the last.
    re_path(serve_pattern, serve, name="wagtail_serve"),
]
