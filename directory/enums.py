"""Kinds and states of people and organisations."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OrganisationKind(TextChoices):
    """What an organisation is (单位性质)."""

    UNIVERSITY = "university", _("university")
    INSTITUTE = "institute", _("research institute")
    ENTERPRISE = "enterprise", _("enterprise")
    HOSPITAL = "hospital", _("hospital")
    GOVERNMENT = "government", _("government body")
    PUBLIC_INSTITUTION = "public_institution", _("public institution")
    SOCIAL = "social", _("social organisation")


class OrganisationState(TextChoices):
    """Where an organisation stands with its authority."""

    REGISTERED = "registered", _("registered")
    VERIFIED = "verified", _("verified")
    REFUSED = "refused", _("refused")
    CLOSED = "closed", _("closed")


class MembershipState(TextChoices):
    """Where a person stands with an organisation."""

    INVITED = "invited", _("invited")
    REQUESTED = "requested", _("requested")
    ACTIVE = "active", pgettext_lazy("membership", "active")
    DECLINED = "declined", _("declined")
    ENDED = "ended", _("ended")
    EXPIRED = "expired", pgettext_lazy("invitation", "expired")
    WITHDRAWN = "withdrawn", pgettext_lazy("invitation", "withdrawn")


# An invitation that nobody has accepted: the only memberships without a person.
INVITATION_STATES = (
    MembershipState.INVITED,
    MembershipState.EXPIRED,
    MembershipState.DECLINED,
    MembershipState.WITHDRAWN,
)


class RegionLevel(TextChoices):
    """Level of a region: the autonomous region itself, league or city (盟市), banner or county (旗县区)."""

    PROVINCE = "province", _("region")
    LEAGUE = "league", _("league or city")
    BANNER = "banner", _("banner or county")


class Title(TextChoices):
    """Rank of professional title (职称级别)."""

    SENIOR = "senior", _("senior")
    ASSOCIATE = "associate", _("associate senior")
    INTERMEDIATE = "intermediate", _("intermediate")
    JUNIOR = "junior", _("junior")
    NONE = "none", _("none")


class Degree(TextChoices):
    """Highest academic degree."""

    DOCTOR = "doctor", _("doctorate")
    MASTER = "master", _("master")
    BACHELOR = "bachelor", _("bachelor")
    NONE = "none", _("none")


class Gender(TextChoices):
    """Gender, as the identity number states it; age limits of some programmes depend on it."""

    FEMALE = "female", _("female")
    MALE = "male", _("male")
    UNKNOWN = "unknown", _("not stated")


class Role(TextChoices):
    """What a person may do beyond being a researcher, within an organisation or the department."""

    ORGANISATION_ADMIN = "organisation_admin", _("organisation administrator")
    RECOMMENDING_OFFICER = "recommending_officer", _("recommending officer")
    PROGRAMME_OFFICER = "programme_officer", _("programme officer")
    DECISION_MAKER = "decision_maker", _("decision maker")
    EXPERT = "expert", _("expert")
    INTEGRITY_OFFICER = "integrity_officer", _("integrity officer")
    LAB_DIRECTOR = "lab_director", _("lab director")
    EDITOR = "editor", _("editor")
    APPROVER = "approver", _("approver of public content")
    AUDITOR = "auditor", _("auditor")
    SYSTEM_ADMIN = "system_admin", _("system administrator")


# Roles whose holders must have a second factor (reliability: staff, experts excepted until they review).
STAFF_ROLES = frozenset(
    {
        Role.RECOMMENDING_OFFICER,
        Role.PROGRAMME_OFFICER,
        Role.DECISION_MAKER,
        Role.INTEGRITY_OFFICER,
        Role.EDITOR,
        Role.APPROVER,
        Role.AUDITOR,
        Role.SYSTEM_ADMIN,
    }
)
# Roles that mean nothing without an organisation.
SCOPED_ROLES = frozenset({Role.ORGANISATION_ADMIN, Role.RECOMMENDING_OFFICER})


class DayKind(TextChoices):
    """What the State Council's notice says of a day that is not what its weekday says."""

    HOLIDAY = "holiday", _("public holiday")
    MAKE_UP = "make_up", _("make-up working day")
