"""Who is let through the door of which address, and with which methods: written down here, not read from the code.

A new address fails the test until it has a row. What a person may do behind the door is the object's own rule.
"""

from __future__ import annotations

ANYBODY = "anonymous"
NEWCOMER = "newcomer"  # signed in, without a person
APPLICANT, ADMINISTRATOR, RECOMMENDER, OFFICER = "surina", "gaowa", "huhe", "wulan"
EXPERT, DECIDER, INTEGRITY, EDITOR, APPROVER = "fangzhiyuan", "bateer", "aodeng", "saren", "siqin"
AUDITOR, SYSTEM = "tuya", "agula"
PEOPLE = frozenset(
    {
        *(APPLICANT, ADMINISTRATOR, RECOMMENDER, OFFICER, EXPERT, DECIDER),
        *(INTEGRITY, EDITOR, APPROVER, AUDITOR, SYSTEM),
    }
)
SIGNED = PEOPLE | {NEWCOMER}
ALL = SIGNED | {ANYBODY}
READERS = frozenset({OFFICER, DECIDER, AUDITOR})
OFFICERS = frozenset({OFFICER})
EXPERTS = frozenset({EXPERT})
SYSTEMS = frozenset({SYSTEM})
GET, POST, BOTH = {"GET"}, {"POST"}, {"GET", "POST"}

EXPECTED: dict[str, tuple[frozenset[str], set[str]]] = {
    # portal
    "healthz": (ALL, GET),
    "readyz": (ALL, GET),
    "home": (SIGNED, GET),
    "inbox": (SIGNED, GET),
    "language": (ALL, POST),
    "demo": (ALL, GET),
    "demo-sign-in": (ALL, POST),
    "styleguide": (ALL, GET),
    # workflows
    "checkpoint": (ALL, GET),
    "messages": (SIGNED, BOTH),
    "message_open": (SIGNED, POST),
    "dead_letters": (SYSTEMS, GET),
    "dead_letter_retry": (SYSTEMS, POST),
    "dead_letter_drop": (SYSTEMS, POST),
    "file": (ALL, GET),
    "transition": (SIGNED, BOTH),
    # directory
    "profile": (SIGNED, BOTH),
    "people": (PEOPLE, GET),
    "person": (PEOPLE, GET),
    "person-sensitive": (PEOPLE, POST),
    "person-account": (SYSTEMS, BOTH),
    "organisations": (PEOPLE, GET),
    "organisation-register": (PEOPLE, BOTH),
    "membership-request": (PEOPLE, BOTH),
    "organisation": (PEOPLE, GET),
    "organisation-edit": (PEOPLE, BOTH),
    "member-invite": (PEOPLE, BOTH),
    "member-administrator": (PEOPLE, BOTH),
    "membership-invitation": (ALL, GET),
    "session-end": (SIGNED, BOTH),
    "roles": (SYSTEMS, GET),
    "roles-export": (SYSTEMS, GET),
    "role-grant": (SYSTEMS, BOTH),
    "role-end": (SYSTEMS, BOTH),
    "role-confirm": (SYSTEMS, POST),
    "calendar-now": (SYSTEMS, BOTH),
    "calendar": (SYSTEMS, BOTH),
    "reference": (SYSTEMS, GET),
    # projects: calls
    "officer_calls": (READERS, GET),
    "call_new": (OFFICERS, BOTH),
    "officer_call": (READERS, GET),
    "call_clone": (OFFICERS, BOTH),
    "call_preview": (READERS, GET),
    "call_edit": (OFFICERS, BOTH),
    "call_extend": (OFFICERS, BOTH),
    "call_documents": (OFFICERS, BOTH),
    "call_form": (OFFICERS, BOTH),
    "call_section": (OFFICERS, BOTH),
    "call_field": (OFFICERS, BOTH),
    # projects: writing
    "proposal-start": (PEOPLE, BOTH),
    "proposals-mine": (PEOPLE, GET),
    "proposal-write": (PEOPLE, GET),
    "proposal-section": (PEOPLE, BOTH),
    "proposal-presence": (PEOPLE, POST),
    "proposal-member-add": (PEOPLE, BOTH),
    "proposal-member": (PEOPLE, BOTH),
    "proposal-check": (PEOPLE, BOTH),
    "proposal-receipt": (SIGNED, GET),
    "proposal-versions": (SIGNED, GET),
    "team-invitation": (ALL, BOTH),
    # projects: the way
    "proposal": (SIGNED, GET),
    "proposal-examination": (OFFICERS, POST),
    "proposal-return": (OFFICERS, BOTH),
    "letter": (SIGNED, GET),
    "endorsements": (frozenset({ADMINISTRATOR}), BOTH),
    "recommendations": (frozenset({RECOMMENDER}), BOTH),
    "recommendation-letter": (SIGNED, GET),
    "recommendation-list": (SIGNED, GET),
    "officer-proposals": (READERS, GET),
    "call-check": (OFFICERS, POST),
    "call-review": (OFFICERS, POST),
    "call-funding": (OFFICERS, POST),
    "finding": (OFFICERS, POST),
    "funding-lists": (READERS, GET),
    "funding-list": (READERS, GET),
    "funding-item": (OFFICERS, POST),
    "objections": (frozenset({AUDITOR, INTEGRITY}), GET),
    "objection": (frozenset({AUDITOR, INTEGRITY}), GET),
    "objection-objector": (frozenset({INTEGRITY}), POST),
    "projects": (SIGNED, GET),
    "project": (SIGNED, GET),
    "contract": (SIGNED, GET),
    "contract-edit": (SIGNED, BOTH),
    "contract-sign": (SIGNED, POST),
    # projects: budgets
    "adjust": (PEOPLE, BOTH),
    "adjustments": (SIGNED, GET),
    "adjustment": (SIGNED, GET),
    "adjustment-decision": (SIGNED, POST),
    "adjustment-policy": (frozenset({ADMINISTRATOR}), BOTH),
    # experts
    "reviews": (EXPERTS, GET),
    "invitations": (EXPERTS, BOTH),
    "sheets_xlsx": (EXPERTS, GET),
    "sheets_offline": (EXPERTS, BOTH),
    "sheets_confirm": (EXPERTS, POST),
    "review": (EXPERTS, GET),
    "review_names": (EXPERTS, BOTH),
    "review_accept": (EXPERTS, POST),
    "review_decline": (EXPERTS, POST),
    "review_conflict": (EXPERTS, BOTH),
    "review_save": (EXPERTS, POST),
    "review_change": (EXPERTS, BOTH),
    "review_say": (EXPERTS, POST),
    "review_submit": (EXPERTS, BOTH),
    "expert_apply": (PEOPLE, BOTH),
    "expert_ties": (PEOPLE, BOTH),
    "expert_tie_remove": (PEOPLE, POST),
    "experts": (READERS, GET),
    "expert": (READERS, GET),
    "expert_step": (OFFICERS, BOTH),
    "rounds": (READERS, GET),
    "round": (READERS, GET),
    "round_phases": (READERS, BOTH),
    "round_chair": (OFFICERS, POST),
    "round_plan": (OFFICERS, BOTH),
    "round_rules": (OFFICERS, BOTH),
    "round_deadline": (OFFICERS, BOTH),
    "round_ranking": (READERS, GET),
    "round_compute": (OFFICERS, POST),
    "round_method": (OFFICERS, BOTH),
    "round_ranking_xlsx": (READERS, GET),
    "round_ranking_csv": (READERS, GET),
    "round_report": (READERS, GET),
    "round_credit": (READERS, GET),
    "round_rate": (OFFICERS, BOTH),
    "fee_standards": (OFFICERS, BOTH),
    "round_fees": (READERS, GET),
    "round_fees_xlsx": (READERS, GET),
    "round_fees_make": (OFFICERS, POST),
    "fee_line": (OFFICERS, BOTH),
    "fee_step": (OFFICERS, BOTH),
    "own_credit": (EXPERTS, GET),
    "own_fees": (EXPERTS, BOTH),
    "round_names": (READERS, GET),
    "name_rule": (OFFICERS, BOTH),
    "round_step": (OFFICERS, BOTH),
    "draw": (READERS, GET),
    "draw_confirm": (OFFICERS, POST),
    "draw_step": (OFFICERS, BOTH),
    "draw_take_out": (OFFICERS, BOTH),
    "draw_part": (READERS, GET),
    "assignment_step": (OFFICERS, BOTH),
    "dossier_assign": (OFFICERS, BOTH),
    "dossier_pin": (OFFICERS, BOTH),
    # cms
    "site_profile": (frozenset({EDITOR, APPROVER, AUDITOR}), GET),
    "site_profile_edit": (frozenset({EDITOR}), BOTH),
    # the public
    "channel-statistics": (ALL, GET),
    "notice-object": (ALL, BOTH),
    "objection-query": (ALL, BOTH),
    "call_calendar": (ALL, GET),
    "archived_call": (ALL, GET),
    "text_size": (ALL, POST),
    "elder": (ALL, POST),
    "accessibility": (ALL, GET),
    "picture": (ALL, GET),
    "feed": (ALL, GET),
    "column_feed": (ALL, GET),
    "search": (ALL, GET),
    "sitemap": (ALL, GET),
    "robots": (ALL, GET),
    "wagtail_serve": (ALL, GET),
}
# Libraries' own addresses: allauth's pages keep themselves, Wagtail's desk lets editors in and nobody else.
LIBRARIES = ("accounts/", "admin/", "documents/")
# The page with which Wagtail tries its own page of a fault.
MEANT_TO_FAIL = "admin/failwhale/"
