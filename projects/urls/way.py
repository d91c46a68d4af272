"""The way from endorsement to project."""

from __future__ import annotations

from django.urls import URLPattern, path

from projects.views import authority, contract, contract_versions, decision, objection, officer, organisation, record

urlpatterns: list[URLPattern] = [
    path("proposals/<uuid:uid>/", record.proposal, name="proposal"),
    path("proposals/<uuid:uid>/examination/", officer.check, name="proposal-examination"),
    path("proposals/<uuid:uid>/return/", officer.send_back, name="proposal-return"),
    path("letters/<uuid:uid>/", record.letter, name="letter"),
    path("endorsements/", organisation.endorsements, name="endorsements"),
    path("recommendations/", authority.recommendations, name="recommendations"),
    path("recommendations/<uuid:uid>/", authority.recommendation_letter, name="recommendation-letter"),
    path("recommendations/<uuid:uid>/list.xlsx", authority.recommendation_list, name="recommendation-list"),
    path("received/", officer.proposals, name="officer-proposals"),
    path("received/<slug:code>/check/", officer.check_all, name="call-check"),
    path("received/<slug:code>/review/", officer.to_review, name="call-review"),
    path("received/<slug:code>/funding/", decision.make, name="call-funding"),
    path("findings/<int:pk>/", officer.decide, name="finding"),
    path("funding/", decision.funding_lists, name="funding-lists"),
    path("funding/<uuid:uid>/", decision.funding_list, name="funding-list"),
    path("funding/<uuid:uid>/panel/", decision.refill, name="funding-refill"),
    path("funding/<uuid:uid>/items/<int:pk>/", decision.item, name="funding-item"),
    path("objections/", objection.objections, name="objections"),
    path("objections/<uuid:uid>/", objection.objection, name="objection"),
    path("objections/<uuid:uid>/objector/", objection.objector, name="objection-objector"),
    path("projects/", contract.projects, name="projects"),
    path("projects/<uuid:uid>/", contract.project, name="project"),
    path("contracts/<uuid:uid>/", contract.contract, name="contract"),
    path("contracts/<uuid:uid>/text/", contract.edit, name="contract-edit"),
    path("contracts/<uuid:uid>/signature/", contract.sign, name="contract-sign"),
    path("contracts/<uuid:uid>/versions/", contract_versions.versions, name="contract-versions"),
    path("contracts/<uuid:uid>/versions/<int:number>.pdf", contract_versions.pdf, name="contract-pdf"),
    path("contracts/<uuid:uid>/time/", contract.more_time, name="contract-more-time"),
]
