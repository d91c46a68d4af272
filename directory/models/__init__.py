from directory.models.calendar import CalendarDay, CalendarYear
from directory.models.membership import Membership, RoleGrant
from directory.models.organisation import Organisation
from directory.models.person import Person
from directory.models.region import FocusArea, Region
from directory.models.user import User

__all__ = [
    "CalendarDay",
    "CalendarYear",
    "FocusArea",
    "Membership",
    "Organisation",
    "Person",
    "Region",
    "RoleGrant",
    "User",
]
