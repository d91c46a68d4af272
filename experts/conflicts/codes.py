"""The reasons why an expert may not review a dossier, by code (domain 3.3)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from experts.enums import TieKind

NOT_ADMITTED = "NOT_ADMITTED"
SAME_UNIT = "SAME_UNIT"
FORMER_UNIT = "FORMER_UNIT"
PERSON_KEPT_AWAY = "PERSON_KEPT_AWAY"
HAS_PROPOSAL_IN_BATCH = "HAS_PROPOSAL_IN_BATCH"
APPLICANT_REQUEST = "APPLICANT_REQUEST"
KINSHIP = "KINSHIP"
ADVISOR_STUDENT = "ADVISOR_STUDENT"
COAUTHOR = "COAUTHOR"
COPROJECT = "COPROJECT"
COPATENT = "COPATENT"
COAWARD = "COAWARD"
SHAREHOLDING = "SHAREHOLDING"
PAID_CONSULTANT = "PAID_CONSULTANT"
OTHER_INTEREST = "OTHER_INTEREST"
DECLARED = "DECLARED"
PINNED = "PINNED"
AGE = "AGE"
INTEGRITY_BLOCK = "INTEGRITY_BLOCK"
AWAY = "AWAY"
LOAD = "LOAD"
LOAD_IN_ROUND = "LOAD_IN_ROUND"
LOAD_IN_YEAR = "LOAD_IN_YEAR"
# The rules by the names officers know, for counts over many experts.
LABELS = {
    NOT_ADMITTED: _("not admitted or suspended"),
    SAME_UNIT: _("same organisation"),
    FORMER_UNIT: _("same organisation until lately"),
    PERSON_KEPT_AWAY: _("member of the team"),
    HAS_PROPOSAL_IN_BATCH: _("applies in the same round"),
    APPLICANT_REQUEST: _("the applicant asked to keep away"),
    KINSHIP: _("relatives"),
    ADVISOR_STUDENT: _("teacher and student"),
    COAUTHOR: _("common papers"),
    COPROJECT: _("common projects"),
    COPATENT: _("common patents"),
    COAWARD: _("common awards"),
    SHAREHOLDING: _("shares in an organisation of the dossier"),
    PAID_CONSULTANT: _("paid consultant of an organisation of the dossier"),
    OTHER_INTEREST: _("another interest"),
    DECLARED: _("declared conflict"),
    PINNED: _("kept away by an officer"),
    AGE: _("above the age limit"),
    INTEGRITY_BLOCK: _("a penalty that has not ended"),
    AWAY: _("away while the round is scored"),
    LOAD: _("full load"),
    LOAD_IN_ROUND: _("full load in this round"),
    LOAD_IN_YEAR: _("full load in this year"),
}
# The code of each tie that an expert writes down.
OF_A_TIE = {
    TieKind.WORKED: FORMER_UNIT,
    TieKind.STUDIED: FORMER_UNIT,
    TieKind.KINSHIP: KINSHIP,
    TieKind.ADVISOR: ADVISOR_STUDENT,
    TieKind.COAUTHOR: COAUTHOR,
    TieKind.COPROJECT: COPROJECT,
    TieKind.COPATENT: COPATENT,
    TieKind.COAWARD: COAWARD,
    TieKind.SHAREHOLDING: SHAREHOLDING,
    TieKind.CONSULTANT: PAID_CONSULTANT,
    TieKind.OTHER: OTHER_INTEREST,
}
# What an officer may set aside for one dossier, with a reason: all that rests on judgement and not on the law.
LIFTABLE = frozenset({FORMER_UNIT, APPLICANT_REQUEST, COAUTHOR, COPROJECT, COPATENT, COAWARD, AGE})
# What the expert knows as the own words.
SAID_BY_THE_EXPERT = frozenset({DECLARED, *OF_A_TIE.values()})
