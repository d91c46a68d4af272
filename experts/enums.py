"""States and kinds of the expert review."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ExpertState(TextChoices):
    """Where a person stands with the expert pool.

    A candidate is known (recommended by an organisation, or from a list) and has not agreed to serve: nobody draws one.
    """

    CANDIDATE = "candidate", pgettext_lazy("expert", "candidate, has not agreed yet")
    APPLIED = "applied", pgettext_lazy("expert", "applied")
    RETURNED = "returned", pgettext_lazy("expert", "returned")
    ADMITTED = "admitted", pgettext_lazy("expert", "admitted")
    SUSPENDED = "suspended", pgettext_lazy("expert", "suspended")
    LEFT = "left", pgettext_lazy("expert", "does not take part")


class ExpertSource(TextChoices):
    """How the pool came to know a person."""

    PERSON = "person", pgettext_lazy("source of an expert", "applied in person")
    ORGANISATION = "organisation", pgettext_lazy("source of an expert", "recommended by the organisation")
    LIST = "list", pgettext_lazy("source of an expert", "from a list")


class ExpertKind(TextChoices):
    """What an expert is asked about."""

    TECHNICAL = "technical", _("technical expert")
    INDUSTRY = "industry", _("industry expert")
    FINANCE = "finance", _("financial expert")
    LAW = "law", _("legal expert")
    STRATEGY = "strategy", _("strategy expert")
    MANAGEMENT = "management", _("management expert")


class WorkKind(TextChoices):
    """What a past title is the title of."""

    PROJECT = "project", pgettext_lazy("past work", "project")
    PAPER = "paper", pgettext_lazy("past work", "paper")
    PATENT = "patent", pgettext_lazy("past work", "patent")
    AWARD = "award", pgettext_lazy("past work", "award")
    OTHER = "other", pgettext_lazy("past work", "other")


class StationKind(TextChoices):
    """What somebody did at an organisation."""

    WORK = "work", pgettext_lazy("station", "worked")
    STUDY = "study", pgettext_lazy("station", "studied")


class RoundState(TextChoices):
    """Where a review round stands (design, the machines)."""

    PLANNED = "planned", pgettext_lazy("round", "planned")
    DRAWING = "drawing", pgettext_lazy("round", "assigning experts")
    INVITING = "inviting", pgettext_lazy("round", "inviting")
    SCORING = "scoring", pgettext_lazy("round", "scoring")
    DISCUSSING = "discussing", pgettext_lazy("round", "discussing")
    RANKED = "ranked", pgettext_lazy("round", "ranked")
    CLOSED = "closed", pgettext_lazy("round", "closed")
    CANCELLED = "cancelled", pgettext_lazy("round", "cancelled")


class AssignmentState(TextChoices):
    """Where one expert stands with one dossier (design, the machines)."""

    DRAWN = "drawn", pgettext_lazy("assignment", "assigned")
    INVITED = "invited", pgettext_lazy("assignment", "invited")
    ACCEPTED = "accepted", pgettext_lazy("assignment", "accepted")
    SCORING = "scoring", pgettext_lazy("assignment", "being scored")
    SUBMITTED = "submitted", pgettext_lazy("assignment", "submitted")
    LOCKED = "locked", pgettext_lazy("assignment", "final")
    DECLINED = "declined", pgettext_lazy("assignment", "declined")
    RECUSED = "recused", pgettext_lazy("assignment", "recused")
    EXPIRED = "expired", pgettext_lazy("assignment", "expired")
    REPLACED = "replaced", pgettext_lazy("assignment", "replaced")


class NameVerdict(TextChoices):
    """What an officer says to a name found in an anonymous dossier. Open ones are struck out like those cut."""

    OPEN = "open", pgettext_lazy("name found", "not looked at")
    LEFT = "left", pgettext_lazy("name found", "leave it")
    CUT = "cut", pgettext_lazy("name found", "cut it out")


class ConflictKind(TextChoices):
    """What an expert declares (回避事由)."""

    SAME_UNIT = "same_unit", _("we work or worked in the same organisation")
    FAMILY = "family", _("we are relatives")
    TEACHER = "teacher", _("one of us taught or supervised the other")
    COOPERATION = "cooperation", _("we publish, hold patents or run projects together")
    INTEREST = "interest", _("I have a financial interest")
    OTHER = "other", _("something else that could make me partial")


class TieKind(TextChoices):
    """What ties an expert to an organisation or a person (domain 3.1 and 3.3)."""

    WORKED = "worked", _("worked there")
    STUDIED = "studied", _("studied there")
    SHAREHOLDING = "shareholding", _("holds shares")
    CONSULTANT = "consultant", _("paid consultant")
    KINSHIP = "kinship", _("relative")
    ADVISOR = "advisor", _("teacher or student")
    COAUTHOR = "coauthor", _("common papers")
    COPROJECT = "coproject", _("common projects")
    COPATENT = "copatent", _("common patents")
    COAWARD = "coaward", _("common awards")
    OTHER = "other", _("another interest")


# Which party each kind needs; another interest may be with either.
TIES_WITH_UNITS = (TieKind.WORKED, TieKind.STUDIED, TieKind.SHAREHOLDING, TieKind.CONSULTANT)
TIES_WITH_PEOPLE = (
    TieKind.KINSHIP,
    TieKind.ADVISOR,
    TieKind.COAUTHOR,
    TieKind.COPROJECT,
    TieKind.COPATENT,
    TieKind.COAWARD,
)
# Ties that count while they last; all others count for some years after they ended.
LASTING_TIES = (TieKind.SHAREHOLDING, TieKind.KINSHIP, TieKind.ADVISOR, TieKind.OTHER)


class PinVerdict(TextChoices):
    """What an officer rules about one expert and one dossier."""

    KEEP_AWAY = "keep_away", _("keep away")
    ALLOW = "allow", _("allow")


class DrawMode(TextChoices):
    """How the experts of a round are chosen."""

    BEST = "best", _("best match")
    FAIR = "fair", _("fair: the worst-off dossier as good as can be")
    DRAWN = "drawn", _("by lot, with a limit to each chance")


class DrawState(TextChoices):
    """Where one draw stands."""

    COMMITTED = "committed", pgettext_lazy("draw", "committed")
    COMPUTING = "computing", pgettext_lazy("draw", "being computed")
    DRAWN = "drawn", pgettext_lazy("draw", "to be looked through")
    FAILED = "failed", pgettext_lazy("draw", "could not be computed")
    CONFIRMED = "confirmed", pgettext_lazy("draw", "confirmed")
    WITHDRAWN = "withdrawn", pgettext_lazy("draw", "withdrawn")


class DrawFailure(TextChoices):
    """Why a draw could not be computed."""

    FAULT = "fault", _("What it is drawn from contradicts itself.")
    SOLVER = "solver", _("The solver found no answer.")
    MEMORY = "memory", _("The memory of the server was not enough.")
    GIVEN_UP = "given_up", _("The work was lost several times and given up.")
    OTHER = "other", _("An unexpected fault; it is in the log of the server.")


class DepartureKind(TextChoices):
    """What was changed by hand."""

    OUT = "out", pgettext_lazy("departure", "taken out")
    RESTORED = "restored", pgettext_lazy("departure", "put back")
    IN = "in", pgettext_lazy("departure", "put in")
    BACK = "back", pgettext_lazy("departure", "taken back")


class MeetingState(TextChoices):
    """Where a panel meeting stands."""

    PLANNED = "planned", pgettext_lazy("meeting", "planned")
    OPEN = "open", pgettext_lazy("meeting", "meeting now")
    CLOSED = "closed", pgettext_lazy("meeting", "minutes to be confirmed")
    CONFIRMED = "confirmed", pgettext_lazy("meeting", "minutes confirmed")
    CANCELLED = "cancelled", pgettext_lazy("meeting", "cancelled")


class ItemState(TextChoices):
    """Where one item of a panel meeting stands. A counted one was voted on and is not decided yet."""

    WAITING = "waiting", pgettext_lazy("item of a meeting", "waiting")
    OPEN = "open", pgettext_lazy("item of a meeting", "being discussed")
    VOTING = "voting", pgettext_lazy("item of a meeting", "being voted on")
    COUNTED = "counted", pgettext_lazy("item of a meeting", "votes counted")
    DECIDED = "decided", pgettext_lazy("item of a meeting", "decided")
    SKIPPED = "skipped", pgettext_lazy("item of a meeting", "set aside")


class VoteValue(TextChoices):
    """What a member of a panel votes on one dossier."""

    YES = "yes", pgettext_lazy("vote", "fund")
    NO = "no", pgettext_lazy("vote", "do not fund")
    ABSTAIN = "abstain", pgettext_lazy("vote", "abstain")


class Outcome(TextChoices):
    """What a panel meeting decided about one dossier."""

    FUND = "fund", pgettext_lazy("decision of a panel", "recommended for funding")
    REFUSE = "refuse", pgettext_lazy("decision of a panel", "not recommended")


class FeeState(TextChoices):
    """Where the fee sheet of a round stands."""

    DRAFT = "draft", pgettext_lazy("fee sheet", "draft")
    CONFIRMED = "confirmed", pgettext_lazy("fee sheet", "confirmed")


class FeeGrade(TextChoices):
    """What an expert's day is paid by."""

    NATIONAL = "national", _("academician or nationally known")
    SENIOR = "senior", _("senior title")
    OTHER = "other", _("other")


class RankingMethod(TextChoices):
    """What the rank of a dossier follows; one of them binds each round in advance."""

    MEAN = "mean", pgettext_lazy("ranking", "mean")
    TRIMMED = "trimmed", pgettext_lazy("ranking", "trimmed mean")
    T_SCORE = "t_score", pgettext_lazy("ranking", "T-score")
    RIDGE = "ridge", pgettext_lazy("ranking", "ridge")
    EFFECT = "effect", pgettext_lazy("ranking", "random effects")


# Methods that set experts' severity off against each other: they need every dossier linked through common experts.
CALIBRATED_METHODS = (RankingMethod.T_SCORE, RankingMethod.RIDGE, RankingMethod.EFFECT)


class Recommendation(TextChoices):
    """The expert's advice on funding."""

    A = "A", _("A fund with priority")
    B = "B", _("B can be funded")
    C = "C", _("C with reservations")
    D = "D", _("D do not fund")


class Audience(TextChoices):
    """For whom a switch of a phase is."""

    EXPERT = "expert", pgettext_lazy("audience", "experts")
    CHAIR = "chair", pgettext_lazy("audience", "chair")
    OFFICER = "officer", pgettext_lazy("audience", "department")


class Switch(TextChoices):
    """What a phase of a round may open. Everything but the names is about the other experts of the same dossier."""

    NAMES = "names", _("who applies")
    SCORES = "scores", _("the others' scores")
    OPINIONS = "opinions", _("the others' opinions")
    WHO = "who", _("who the others are")
    DISCUSSION = "discussion", _("the discussion")
    CHANGE = "change", _("change the own score")


class Strictness(TextChoices):
    """What happens when something in a sheet looks careless."""

    REFUSE = "refuse", pgettext_lazy("check", "refuse")
    ASK = "ask", pgettext_lazy("check", "ask the expert")
    OFF = "off", pgettext_lazy("check", "let it pass")


# The purpose of the files that are the papers of a profile.
DOCUMENT = "document"
# Who was admitted and has not left.
IN_THE_POOL = (ExpertState.ADMITTED, ExpertState.SUSPENDED)
# A seat is taken by an assignment in one of these states.
LIVE_ASSIGNMENTS = (
    AssignmentState.DRAWN,
    AssignmentState.INVITED,
    AssignmentState.ACCEPTED,
    AssignmentState.SCORING,
    AssignmentState.SUBMITTED,
    AssignmentState.LOCKED,
)
# The expert still has something to do.
OPEN_ASSIGNMENTS = (AssignmentState.INVITED, AssignmentState.ACCEPTED, AssignmentState.SCORING)
WRITING_ASSIGNMENTS = (AssignmentState.ACCEPTED, AssignmentState.SCORING)
DONE_ASSIGNMENTS = (AssignmentState.SUBMITTED, AssignmentState.LOCKED)
OVER_ASSIGNMENTS = (
    AssignmentState.LOCKED,
    AssignmentState.DECLINED,
    AssignmentState.RECUSED,
    AssignmentState.EXPIRED,
    AssignmentState.REPLACED,
)
# The expert gave the seat back, or let it run out; it is free again.
GIVEN_BACK = (AssignmentState.DECLINED, AssignmentState.RECUSED, AssignmentState.EXPIRED)
# Experts may be assigned and sheets written.
RUNNING_ROUNDS = (RoundState.DRAWING, RoundState.INVITING, RoundState.SCORING, RoundState.DISCUSSING)
# A draw that is not finished; one round has one at most. A round is bound to every draw that was not withdrawn.
OPEN_DRAWS = (DrawState.COMMITTED, DrawState.COMPUTING, DrawState.FAILED, DrawState.DRAWN)
BINDING_DRAWS = (*OPEN_DRAWS, DrawState.CONFIRMED)
# Nothing more happens to an item in one of these states.
SETTLED_ITEMS = (ItemState.DECIDED, ItemState.SKIPPED)
