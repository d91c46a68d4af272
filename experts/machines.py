"""The machines of this room, one glance each; `bind` is called when the room is ready."""

from __future__ import annotations

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from experts import conditions as when
from experts import conditions_meeting as panel
from experts import rules as who
from experts.enums import AssignmentState as A
from experts.enums import DrawState as D
from experts.enums import ExpertState as E
from experts.enums import FeeState as F
from experts.enums import MeetingState as M
from experts.enums import RoundState as R
from workflows.machine import Machine, State, Transition

EXPERT = Machine(
    model="experts.ExpertProfile",
    title=_("Expert"),
    states=(
        State(E.CANDIDATE, E.CANDIDATE.label, E.CANDIDATE.label, "warn", _("the person, or a programme officer")),
        State(E.APPLIED, E.APPLIED.label, E.APPLIED.label, "go", _("a programme officer")),
        State(E.RETURNED, E.RETURNED.label, E.RETURNED.label, "warn", _("the person")),
        State(E.ADMITTED, E.ADMITTED.label, E.ADMITTED.label, "ok"),
        State(E.SUSPENDED, E.SUSPENDED.label, E.SUSPENDED.label, "no"),
        State(E.LEFT, E.LEFT.label, E.LEFT.label, ""),
    ),
    way=(E.CANDIDATE, E.APPLIED, E.ADMITTED),
    transitions=(
        Transition(
            "apply",
            (E.CANDIDATE, E.RETURNED, E.LEFT),
            E.APPLIED,
            _("Agree and apply"),
            who.is_owner,
            (when.expertise_is_given,),
        ),
        Transition("decline", (E.CANDIDATE,), E.LEFT, _("Do not serve"), who.is_owner, note="optional"),
        Transition("nominate", (E.LEFT,), E.CANDIDATE, _("Recommend again"), who.by_system, automatic=True),
        Transition(
            "admit",
            (E.APPLIED,),
            E.ADMITTED,
            _("Admit to the pool"),
            who.is_other_officer,
            (when.expertise_is_given, when.nothing_blocks),
            told=_("You are a review expert now."),
            note="optional",
        ),
        Transition(
            "send_back",
            (E.APPLIED,),
            E.RETURNED,
            _("Return for completion"),
            who.is_other_officer,
            told=_("Your application to the expert pool was returned."),
            note="required",
        ),
        Transition(
            "enrol",
            (E.CANDIDATE,),
            E.ADMITTED,
            _("Admit with consent"),
            who.is_other_officer,
            (when.something_was_done, when.nothing_blocks),
            told=_("You are a review expert now."),
            note="required",
        ),
        Transition(
            "suspend",
            (E.ADMITTED,),
            E.SUSPENDED,
            _("Suspend"),
            who.is_other_officer,
            told=_("You are suspended from the expert pool."),
            note="required",
            grave=True,
        ),
        Transition(
            "readmit",
            (E.SUSPENDED,),
            E.ADMITTED,
            _("Lift the suspension"),
            who.is_other_officer,
            (when.nothing_blocks,),
            told=_("Your suspension from the expert pool has ended."),
            note="required",
        ),
        Transition(
            "end_suspension",
            (E.SUSPENDED,),
            E.ADMITTED,
            _("The suspension ended"),
            who.by_system,
            (when.term_is_over, when.nothing_blocks),
            told=_("Your suspension from the expert pool has ended."),
            automatic=True,
        ),
        Transition(
            "leave",
            (E.APPLIED, E.RETURNED, E.ADMITTED),
            E.LEFT,
            _("Leave the pool"),
            who.is_owner,
            (when.nothing_is_open,),
            note="optional",
            grave=True,
        ),
    ),
)

ROUND = Machine(
    model="experts.ReviewRound",
    title=_("Review round"),
    states=(
        State(R.PLANNED, R.PLANNED.label, R.PLANNED.label, "", _("the programme officer")),
        State(R.DRAWING, R.DRAWING.label, R.SCORING.label, "go", _("the programme officer")),
        State(R.INVITING, R.INVITING.label, R.SCORING.label, "go", _("the experts")),
        State(R.SCORING, R.SCORING.label, R.SCORING.label, "go", _("the experts")),
        State(R.DISCUSSING, R.DISCUSSING.label, R.SCORING.label, "go", _("the programme officer")),
        State(R.RANKED, R.RANKED.label, R.RANKED.label, "ok", _("the programme officer")),
        State(R.CLOSED, R.CLOSED.label, R.CLOSED.label, "ok", final=True),
        State(R.CANCELLED, R.CANCELLED.label, R.CANCELLED.label, "no", final=True),
    ),
    way=(R.PLANNED, R.DRAWING, R.INVITING, R.SCORING, R.RANKED, R.CLOSED),
    transitions=(
        Transition(
            "open",
            (R.PLANNED,),
            R.DRAWING,
            _("Open the round"),
            who.is_officer_or_system,
            (when.round_has_dossiers, when.scheme_is_usable, when.deadline_is_ahead),
        ),
        Transition(
            "send_invitations",
            (R.DRAWING,),
            R.INVITING,
            _("Send the invitations"),
            who.is_officer,
            (when.somebody_is_assigned, when.deadline_is_ahead),
        ),
        Transition("begin_scoring", (R.INVITING,), R.SCORING, _("Scoring began"), who.by_system, automatic=True),
        Transition("discuss", (R.SCORING,), R.DISCUSSING, _("Begin the discussion"), who.is_officer),
        Transition(
            "rank",
            (R.SCORING, R.DISCUSSING),
            R.RANKED,
            _("Rank"),
            who.is_officer,
            (when.every_dossier_has_its_sheets, when.scores_can_be_compared),
            grave=True,
        ),
        Transition("close", (R.RANKED,), R.CLOSED, _("Close the round"), who.is_officer, note="optional"),
        Transition(
            "cancel",
            (R.PLANNED, R.DRAWING, R.INVITING, R.SCORING, R.DISCUSSING),
            R.CANCELLED,
            _("Cancel the round"),
            who.is_officer,
            note="required",
            grave=True,
        ),
    ),
)

ASSIGNMENT = Machine(
    model="experts.Assignment",
    title=_("Review"),
    states=(
        State(A.DRAWN, A.DRAWN.label, "", "", _("the programme officer")),
        State(A.INVITED, A.INVITED.label, A.INVITED.label, "warn", _("the expert")),
        State(A.ACCEPTED, A.ACCEPTED.label, A.ACCEPTED.label, "go", _("the expert")),
        State(A.SCORING, A.SCORING.label, A.SCORING.label, "go", _("the expert")),
        State(A.SUBMITTED, A.SUBMITTED.label, A.SUBMITTED.label, "ok"),
        State(A.LOCKED, A.LOCKED.label, A.LOCKED.label, "ok", final=True),
        State(A.DECLINED, A.DECLINED.label, A.DECLINED.label, "no", final=True),
        State(A.RECUSED, A.RECUSED.label, A.RECUSED.label, "no", final=True),
        State(A.EXPIRED, A.EXPIRED.label, A.EXPIRED.label, "no", final=True),
        State(A.REPLACED, A.REPLACED.label, A.REPLACED.label, "", final=True),
    ),
    way=(A.DRAWN, A.INVITED, A.ACCEPTED, A.SCORING, A.SUBMITTED, A.LOCKED),
    transitions=(
        Transition(
            "invite",
            (A.DRAWN,),
            A.INVITED,
            _("Invite"),
            who.is_officer,
            (when.round_is_running, when.officer_sees_no_conflict),
        ),
        Transition(
            "accept",
            (A.INVITED,),
            A.ACCEPTED,
            _("Accept"),
            who.is_the_expert,
            (when.statement_is_signed, when.answered_in_time, when.before_the_deadline, when.expert_has_no_conflict),
        ),
        Transition("decline", (A.INVITED,), A.DECLINED, _("Decline"), who.is_the_expert, note="required"),
        Transition(
            "recuse",
            (A.INVITED, A.ACCEPTED, A.SCORING),
            A.RECUSED,
            _("Declare a conflict"),
            who.is_the_expert,
            (when.conflict_is_declared,),
        ),
        Transition(
            "begin", (A.ACCEPTED,), A.SCORING, _("Begin the sheet"), who.is_the_expert, (when.before_the_deadline,)
        ),
        Transition(
            "submit",
            (A.ACCEPTED, A.SCORING),
            A.SUBMITTED,
            _("Submit the sheet"),
            who.is_the_expert,
            (when.before_the_deadline, when.expert_has_no_conflict, when.sheet_is_complete),
        ),
        Transition(
            "change",
            (A.SUBMITTED,),
            A.SUBMITTED,
            _("Change the submitted sheet"),
            who.is_the_expert,
            (when.phase_lets_change, when.expert_has_no_conflict, when.sheet_is_complete),
        ),
        Transition("lock", (A.SUBMITTED,), A.LOCKED, _("Locked with the ranking"), who.by_system, automatic=True),
        Transition(
            "expire",
            (A.DRAWN, A.INVITED, A.ACCEPTED, A.SCORING),
            A.EXPIRED,
            _("Expired"),
            who.by_system,
            automatic=True,
        ),
        Transition(
            "replace",
            (A.DRAWN, A.INVITED, A.ACCEPTED, A.SCORING),
            A.REPLACED,
            _("Take the seat back"),
            who.is_officer,
            note="required",
            grave=True,
        ),
    ),
)

DRAW = Machine(
    model="experts.Draw",
    title=_("Draw"),
    states=(
        State(D.COMMITTED, D.COMMITTED.label, "", "", _("the programme officer")),
        State(D.COMPUTING, D.COMPUTING.label, "", "go"),
        State(D.FAILED, D.FAILED.label, "", "no", _("the programme officer")),
        State(D.DRAWN, D.DRAWN.label, "", "warn", _("the programme officer")),
        State(D.CONFIRMED, D.CONFIRMED.label, "", "ok", final=True),
        State(D.WITHDRAWN, D.WITHDRAWN.label, "", "no", final=True),
    ),
    way=(D.COMMITTED, D.COMPUTING, D.DRAWN, D.CONFIRMED),
    transitions=(
        Transition(
            "start", (D.COMMITTED,), D.COMPUTING, _("Draw now"), who.is_officer, (when.draw_is_in_a_running_round,)
        ),
        Transition("fail", (D.COMPUTING,), D.FAILED, _("The computation failed"), who.by_system, automatic=True),
        Transition(
            "again",
            (D.FAILED, D.COMPUTING),
            D.COMPUTING,
            _("Compute it again"),
            who.is_officer,
            (when.draw_is_in_a_running_round, when.nobody_computes_it),
        ),
        Transition("lay_out", (D.COMPUTING,), D.DRAWN, _("The outcome is there"), who.by_system, automatic=True),
        Transition("confirm", (D.DRAWN,), D.CONFIRMED, _("Confirm the assignments"), who.is_officer),
        Transition(
            "withdraw",
            (D.COMMITTED, D.COMPUTING, D.FAILED, D.DRAWN),
            D.WITHDRAWN,
            _("Withdraw the draw"),
            who.is_officer,
            note="required",
            grave=True,
        ),
    ),
)

FEES = Machine(
    model="experts.FeeSheet",
    title=_("Fee sheet"),
    states=(
        State(F.DRAFT, F.DRAFT.label, F.DRAFT.label, "warn", _("a second programme officer")),
        State(F.CONFIRMED, F.CONFIRMED.label, F.CONFIRMED.label, "ok"),
    ),
    way=(F.DRAFT, F.CONFIRMED),
    transitions=(
        Transition("confirm", (F.DRAFT,), F.CONFIRMED, _("Confirm the fees"), who.is_second_officer, grave=True),
        Transition("reopen", (F.CONFIRMED,), F.DRAFT, _("Reopen"), who.is_officer, note="required"),
    ),
)

MEETING = Machine(
    model="experts.Meeting",
    title=_("Panel meeting"),
    states=(
        State(M.PLANNED, M.PLANNED.label, M.PLANNED.label, "warn", _("the programme officer")),
        State(M.OPEN, M.OPEN.label, M.OPEN.label, "go", _("the panel")),
        State(M.CLOSED, M.CLOSED.label, M.CLOSED.label, "warn", _("the chair")),
        State(M.CONFIRMED, M.CONFIRMED.label, M.CONFIRMED.label, "ok", final=True),
        State(M.CANCELLED, M.CANCELLED.label, M.CANCELLED.label, "no", final=True),
    ),
    way=(M.PLANNED, M.OPEN, M.CLOSED, M.CONFIRMED),
    transitions=(
        Transition(
            "open",
            (M.PLANNED,),
            M.OPEN,
            _("Open the meeting"),
            who.is_officer_or_chair,
            (
                panel.round_can_be_judged,
                panel.there_are_items,
                panel.members_are_odd,
                panel.chair_attends,
                panel.quorum_attends,
            ),
        ),
        Transition(
            "close",
            (M.OPEN,),
            M.CLOSED,
            _("Close the meeting"),
            who.is_officer_or_chair,
            (panel.every_item_is_settled,),
            grave=True,
        ),
        Transition("reopen", (M.CLOSED,), M.OPEN, _("Open the meeting again"), who.is_chair, note="required"),
        Transition(
            "confirm",
            (M.CLOSED,),
            M.CONFIRMED,
            _("Confirm the minutes"),
            who.is_chair,
            (panel.minutes_are_kept,),
            grave=True,
        ),
        Transition(
            "cancel",
            (M.PLANNED, M.OPEN),
            M.CANCELLED,
            _("Cancel the meeting"),
            who.is_officer,
            note="required",
            grave=True,
        ),
    ),
)

ALL = (EXPERT, ROUND, ASSIGNMENT, DRAW, FEES, MEETING)


def bind() -> None:
    """Give each model its transitions."""
    for machine in ALL:
        machine.bind(apps.get_model(machine.model))
