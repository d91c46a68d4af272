"""The portfolio."""

from __future__ import annotations

from django.urls import URLPattern, path

from projects.views import portfolio

urlpatterns: list[URLPattern] = [
    path("portfolio/", portfolio.portfolio, name="portfolio"),
    path("portfolio/views/", portfolio.keep, name="portfolio-keep"),
    path("portfolio/views/<int:pk>/remove/", portfolio.forget, name="portfolio-forget"),
    path("portfolio/sheets/", portfolio.export, name="portfolio-export"),
    path("portfolio/sheets/<uuid:uid>/", portfolio.sheet, name="portfolio-sheet"),
]
