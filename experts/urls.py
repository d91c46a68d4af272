"""Addresses of this room, under the workbench."""

from __future__ import annotations

from django.urls import path

from experts.views import draw, expert, naming, officer, pool, ranking, ties

urlpatterns = [
    path("reviews/", expert.reviews, name="reviews"),
    path("reviews/<uuid:uid>/", expert.review, name="review"),
    path("reviews/<uuid:uid>/accept/", expert.review_accept, name="review_accept"),
    path("reviews/<uuid:uid>/decline/", expert.review_decline, name="review_decline"),
    path("reviews/<uuid:uid>/conflict/", expert.review_conflict, name="review_conflict"),
    path("reviews/<uuid:uid>/save/", expert.review_save, name="review_save"),
    path("reviews/<uuid:uid>/submit/", expert.review_submit, name="review_submit"),
    path("expertise/", pool.pool_apply, name="expert_apply"),
    path("expertise/ties/", ties.own_ties, name="expert_ties"),
    path("expertise/ties/<int:pk>/remove/", ties.tie_remove, name="expert_tie_remove"),
    path("experts/", pool.experts, name="experts"),
    path("experts/<uuid:uid>/", pool.expert, name="expert"),
    path("experts/<uuid:uid>/<slug:name>/", pool.expert_step, name="expert_step"),
    path("rounds/", officer.rounds, name="rounds"),
    path("rounds/<uuid:uid>/", officer.review_round, name="round"),
    path("rounds/<uuid:uid>/plan/", draw.round_plan, name="round_plan"),
    path("rounds/<uuid:uid>/rules/", draw.round_rules, name="round_rules"),
    path("rounds/<uuid:uid>/deadline/", officer.round_deadline, name="round_deadline"),
    path("rounds/<uuid:uid>/names/", naming.round_names, name="round_names"),
    path("names/<int:pk>/", naming.name_rule, name="name_rule"),
    path("rounds/<uuid:uid>/ranking/", ranking.round_ranking, name="round_ranking"),
    path("rounds/<uuid:uid>/ranking/compute/", ranking.round_compute, name="round_compute"),
    path("rounds/<uuid:uid>/ranking/method/", ranking.round_method, name="round_method"),
    path("rounds/<uuid:uid>/ranking.xlsx", ranking.round_ranking_xlsx, name="round_ranking_xlsx"),
    path("rounds/<uuid:uid>/ranking.csv", ranking.round_ranking_csv, name="round_ranking_csv"),
    path("rounds/<uuid:uid>/do/<slug:name>/", officer.round_step, name="round_step"),
    path("draws/<uuid:uid>/", draw.draw, name="draw"),
    path("draws/<uuid:uid>/confirm/", draw.draw_confirm, name="draw_confirm"),
    path("draws/<uuid:uid>/do/<slug:name>/", draw.draw_step, name="draw_step"),
    path("draws/<uuid:uid>/seats/<int:pk>/out/", draw.draw_take_out, name="draw_take_out"),
    path("draws/<uuid:uid>/<slug:part>.json", draw.draw_part, name="draw_part"),
    path("assignments/<uuid:uid>/do/<slug:name>/", officer.assignment_step, name="assignment_step"),
    path("dossiers/<uuid:uid>/assign/", officer.dossier_assign, name="dossier_assign"),
    path("dossiers/<uuid:uid>/pins/<uuid:expert>/", ties.dossier_pin, name="dossier_pin"),
]
