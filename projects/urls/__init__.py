"""The addresses of this room, one module per author."""

from __future__ import annotations

from projects.urls import (
    acceptance,
    archive,
    budgets,
    calls,
    changes,
    channel,
    delegation,
    handover,
    payments,
    portfolio,
    reports,
    results,
    way,
    writing,
)

urlpatterns = [
    *calls.urlpatterns,
    *channel.urlpatterns,
    *writing.urlpatterns,
    *way.urlpatterns,
    *budgets.urlpatterns,
    *payments.urlpatterns,
    *portfolio.urlpatterns,
    *handover.urlpatterns,
    *delegation.urlpatterns,
    *reports.urlpatterns,
    *results.urlpatterns,
    *acceptance.urlpatterns,
    *archive.urlpatterns,
    *changes.urlpatterns,
]
