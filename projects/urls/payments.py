"""Payments, own money, milestones."""

from __future__ import annotations

from django.urls import URLPattern, path

from projects.views import milestone, money

urlpatterns: list[URLPattern] = [
    path("projects/<uuid:uid>/money/", money.money, name="money"),
    path("projects/<uuid:uid>/money/plan/", money.plan, name="payment-plan"),
    path("projects/<uuid:uid>/money/own/", money.own, name="own-funds"),
    path("own-funds/<uuid:uid>/strike/", money.own_strike, name="own-funds-strike"),
    path("instalments/<uuid:uid>/payment/", money.pay, name="instalment-pay"),
    path("instalments/<uuid:uid>/arrival/", money.arrive, name="instalment-arrival"),
    path("milestones/<uuid:uid>/", milestone.milestone, name="milestone"),
]
