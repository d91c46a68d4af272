"""Payments, spending, own money, milestones."""

from __future__ import annotations

from django.urls import URLPattern, path

from projects.views import milestone, money, spending

urlpatterns: list[URLPattern] = [
    path("projects/<uuid:uid>/money/", money.money, name="money"),
    path("projects/<uuid:uid>/money/plan/", money.plan, name="payment-plan"),
    path("projects/<uuid:uid>/money/own/", money.own, name="own-funds"),
    path("projects/<uuid:uid>/money/return/", money.repay, name="repayment"),
    path("own-funds/<uuid:uid>/strike/", money.own_strike, name="own-funds-strike"),
    path("instalments/<uuid:uid>/payment/", money.pay, name="instalment-pay"),
    path("instalments/<uuid:uid>/arrival/", money.arrive, name="instalment-arrival"),
    path("projects/<uuid:uid>/spending/", spending.entries, name="spending"),
    path("projects/<uuid:uid>/spending/new/", spending.record, name="spending-record"),
    path("projects/<uuid:uid>/spending/import/", spending.hand_in, name="spending-import"),
    path("spending/<uuid:uid>/", spending.file, name="spending-file"),
    path("spending/<uuid:uid>/strike/", spending.strike, name="spending-strike"),
    path("milestones/<uuid:uid>/", milestone.milestone, name="milestone"),
]
