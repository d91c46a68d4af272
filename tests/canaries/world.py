"""A department in which everything that names somebody holds a token of its own: side, then kind.

Sides: `a` and `b` apply under one anonymous call, each through an organisation of its own; `x` and `y` review. Tokens
are Latin letters or valid numbers, so that no way of writing them (HTML, JSON, URL, mail) changes them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from directory.models import Organisation, User
from experts.actions.assignment import accept, assign_expert, declare_conflict
from experts.actions.meeting import Facts, name_chair, plan_meeting, record_attendance
from experts.actions.meeting_room import declare_leave, open_meeting, step_to_item
from experts.actions.round import close_round, open_round, rank_round, send_invitations
from experts.actions.sheet import Answers, save_score_sheet, submit_score_sheet
from experts.models import Assignment, Dossier, ExpertProfile, ReviewRound
from experts.scheme import read
from projects.actions.draft import start_proposal
from projects.actions.eligibility import check_call, decide_finding, find_eligible
from projects.actions.endorsement import endorse_proposal
from projects.actions.files import attach_file
from projects.actions.recommendation import recommend_proposals
from projects.actions.review import send_call_to_review
from projects.actions.section import save_section
from projects.actions.submission import submit_proposal
from projects.definitions.form import FieldKind, FormField
from projects.models import Call, Proposal
from tests.factories import directory, way
from tests.factories.cms import site
from tests.factories.directory import credit_code, id_number
from tests.factories.experts import ExpertProfileFactory
from tests.projects.writing import fill
from tests.workflows.extract.test_extract import pdf
from workflows.relay import run_once

APPLICANTS, EXPERTS = ("a", "b"), ("x", "y")
ORCIDS = {
    "a": "0000-0001-5109-3700",
    "b": "0000-0002-1694-233X",
    "x": "0000-0002-1825-0097",
    "y": "0000-0001-7857-2795",
}
PLAN_FILE = FormField(id="plan_file", kind=FieldKind.FILES, label="技术方案", required=False, most_files=3)
OPINION = "选题符合指南方向，技术路线清楚，考核指标可以核对，经费测算依据较为充分，建议支持，注意进度安排。"
WORDS = (
    *("person", "email", "mail", "org", "short", "other", "english", "address", "contact", "admin", "member"),
    *("membermail", "memberorg", "filename", "meta", "cut", "avoid", "reason"),
)
# Tokens that are a part of what is written.
WRITTEN = {**dict.fromkeys(("email", "mail", "membermail"), "{}@example.org"), "org": "{}大学", "memberorg": "{}研究所"}


def token(side: str, kind: str) -> str:
    """The token of letters."""
    return f"zq{side}{kind}"


def numbers(side: str) -> dict[str, str]:
    """The tokens that are numbers, by kind."""
    place = "abxy".index(side)
    return {
        "mobile": f"1398880007{place}",
        "phone": f"0471-880{place}731",
        "id": id_number(700 + place, dt.date(1979, 3, 2)),
        "orcid": ORCIDS[side],
        "code": credit_code(9_000_000 + place),
    }


def tokens(side: str) -> dict[str, str]:
    """All tokens of a side by kind."""
    return {**{kind: token(side, kind) for kind in WORDS}, **numbers(side)}


def person_of(side: str) -> dict[str, Any]:
    """The fields of the side's leading person."""
    given = numbers(side)
    return {
        "name": token(side, "person"),
        "user": directory.UserFactory.create(email=f"{token(side, 'email')}@example.org"),
        "email": f"{token(side, 'mail')}@example.org",
        "mobile": given["mobile"],
        "id_number": given["id"],
        "orcid": given["orcid"],
    }


def unit_of(side: str, authority: Organisation) -> Organisation:
    """The side's organisation."""
    given = numbers(side)
    made: Organisation = directory.OrganisationFactory.create(
        name=f"{token(side, 'org')}大学",
        short_name=token(side, "short"),
        other_names=token(side, "other"),
        name_en=token(side, "english"),
        address=token(side, "address"),
        contact_name=token(side, "contact"),
        contact_phone=given["phone"],
        credit_code=given["code"],
        authority=authority,
    )
    return made


@dataclass
class World:
    """The department, its sides, and one call under review."""

    cast: way.Cast = field(default_factory=way.Cast)
    units: dict[str, Organisation] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    admins: dict[str, User] = field(default_factory=dict)
    call: Call = field(init=False)
    proposals: dict[str, Proposal] = field(default_factory=dict)
    round: ReviewRound = field(init=False)

    def dossier(self, side: str) -> Dossier:
        """The dossier of a side."""
        found: Dossier = self.round.dossiers.get(subject_id=str(self.proposals[side].pk))
        return found

    def seat(self, expert: str, side: str) -> Assignment:
        """The seat of an expert at the dossier of a side."""
        rows = Assignment.objects.select_related("round", "dossier", "expert__person")
        found: Assignment = rows.get(dossier=self.dossier(side), expert__person=self.users[expert].person)
        return found


def build() -> World:
    """The world with a round that is being scored; everything by the actions that people use."""
    site()
    world = World()
    for side in (*APPLICANTS, *EXPERTS):
        world.units[side] = unit_of(side, world.cast.authority)
        maker = directory.applicant if side in APPLICANTS else directory.expert
        world.users[side] = maker(world.units[side], **person_of(side))
        world.admins[side] = directory.organisation_admin(world.units[side], name=token(side, "admin"))
    for side in EXPERTS:
        ExpertProfileFactory.create(person=world.users[side].person)
    world.call = _call()
    for side in APPLICANTS:
        world.proposals[side] = _filed(world, side)
    _to_review(world)
    _score(world)
    _meet(world)
    relay()
    return world


def relay() -> None:
    """Deliver all that waits."""
    while run_once():
        pass


def _call() -> Call:
    made = way.with_plan(way.call(), experts_per_proposal=2)
    made.form["sections"][0]["fields"].append(PLAN_FILE.model_dump(mode="json"))
    made.save()
    return made


def _filed(world: World, side: str) -> Proposal:
    """A submitted proposal that names its side wherever one can write, in texts and files that experts get too."""
    by, said = world.users[side], tokens(side)
    row = start_proposal(
        call=world.call, by=by, organisation=world.units[side], direction=world.call.directions.first()
    )
    row.participants.create(
        name=said["member"], email=f"{said['membermail']}@example.org", organisation_name=f"{said['memberorg']}研究所"
    )
    fill(row, by)
    unlooked = {"filename", "meta", "cut", "avoid", "reason", "admin"}
    names = "、".join(WRITTEN.get(kind, "{}").format(value) for kind, value in said.items() if kind not in unlooked)
    texts = {"contents": f"本项目由{said['person']}提出，联系：{names}。" * 2 + "开展研究" * 40}
    avoid = [{"person": said["avoid"], "organisation": "", "reason": said["reason"]}]
    for section, data in (
        ("content", texts),
        ("foundation", {"record": said["cut"] + "开展研究" * 40}),
        ("avoidance", {"avoid": avoid}),
    ):
        save_section(proposal=row, section=section, data=data, expected_version=1, by=by)
    # The file of `a` names nobody and is copied; that of `b` names its side and is held back.
    text = (
        "本方案先做小试，再做中试，最后示范推广。"
        if side == "a"
        else f"由{said['person']}在{said['org']}大学提出。" * 2
    )
    papers = pdf(text, link="x", bookmark="正文", author=said["meta"])
    attach_file(proposal=row, field=PLAN_FILE, upload=SimpleUploadedFile(f"{said['filename']}.pdf", papers), by=by)
    submit_proposal(proposal=row, by=by, key=f"key-{side}")
    return row


def _to_review(world: World) -> None:
    cast = world.cast
    rows = [endorse_proposal(proposal=row, by=world.admins[side]) for side, row in world.proposals.items()]
    recommend_proposals(
        call=world.call, authority=cast.authority, proposals=rows, number="包科函1号", by=cast.recommender
    )
    check_call(call=world.call, by=cast.officer)
    for row in Proposal.objects.filter(call=world.call):
        for finding in row.findings.exclude(level="passed"):
            decide_finding(finding=finding, verdict="overruled", by=cast.officer, reason="已核对原件")
        find_eligible(proposal=row, by=cast.officer)
    send_call_to_review(call=world.call, by=cast.officer)
    relay()
    world.round = ReviewRound.objects.get(reference=f"projects.call:{world.call.pk}")
    open_round(review_round=world.round, by=cast.officer)
    for side in APPLICANTS:
        for expert in EXPERTS:
            profile = ExpertProfile.objects.get(person=world.users[expert].person)
            assign_expert(dossier=world.dossier(side), expert=profile, by=cast.officer)
    send_invitations(review_round=world.round, by=cast.officer)


# The same words about every dossier: the experts are asked, and mean it.
MEANT = ("pasted",)


def _answers(world: World) -> Answers:
    scheme = read(world.round.scheme)
    points = {one.id: f"{80 - place}" for place, one in enumerate(scheme.criteria)}
    passed = {one.id: True for one in scheme.vetoes}
    return Answers(scores=points, vetoes=passed, recommendation="B", opinion=OPINION * 3)


def _score(world: World) -> None:
    """One seat in each state: submitted, being scored, invited, accepted."""
    for expert, side in (("x", "a"), ("x", "b"), ("y", "b")):
        accept(assignment=world.seat(expert, side), by=world.users[expert], statement=True)
    submit_score_sheet(assignment=world.seat("x", "a"), by=world.users["x"], answers=_answers(world), meant=MEANT)
    save_score_sheet(assignment=world.seat("x", "b"), answers=_answers(world), expected_version=0, by=world.users["x"])


def _meet(world: World) -> None:
    """A panel of both experts and a third is meeting about the dossier of `a`, which `y` left; that of `b` waits."""
    by, third = world.cast.officer, directory.expert(name="专家丙")
    people = [world.users["x"].person, world.users["y"].person, third.person]
    ExpertProfileFactory.create(person=third.person)
    meeting = plan_meeting(
        review_round=world.round,
        facts=Facts(title="会议评审", starts_at=timezone.now() + dt.timedelta(days=1), places=1),
        experts=[ExpertProfile.objects.get(person=person) for person in people],
        dossiers=[world.dossier(side) for side in APPLICANTS],
        by=by,
    )
    for member in meeting.members.all():
        record_attendance(member=member, attends=True, by=by)
    name_chair(member=meeting.members.get(expert__person=third.person), by=by)
    open_meeting(meeting=meeting, by=by)
    first = meeting.items.get(dossier=world.dossier("a"))
    declare_leave(item=first, kind="family", by=world.users["y"])
    step_to_item(item=first, by=by)


def finish(world: World) -> None:
    """All sheets come in, one expert declares a conflict, the round is ranked and closed."""
    extra = directory.expert(name="候补专家")
    ExpertProfileFactory.create(person=extra.person)
    declare_conflict(assignment=world.seat("y", "a"), kind="family", by=world.users["y"], note="近亲属")
    assign_expert(
        dossier=world.dossier("a"), expert=ExpertProfile.objects.get(person=extra.person), by=world.cast.officer
    )
    seat = Assignment.objects.select_related("round", "dossier").get(expert__person=extra.person)
    accept(assignment=seat, by=extra, statement=True)
    for one, by in ((seat, extra), (world.seat("x", "b"), world.users["x"]), (world.seat("y", "b"), world.users["y"])):
        submit_score_sheet(assignment=one, by=by, answers=_answers(world), meant=MEANT)
    world.round.refresh_from_db()
    rank_round(review_round=world.round, by=world.cast.officer)
    close_round(review_round=world.round, by=world.cast.officer)
    relay()


def close_titles(world: World) -> dict[str, tuple[str, str]]:
    """Close the title of every seat, whatever its state, as before the names of the batch were looked through.

    Titles and keywords get tokens of their own, which are given back.
    """
    found: dict[str, tuple[str, str]] = {}
    for side in APPLICANTS:
        made = {token(side, kind): (side, kind) for kind in ("title", "keyword")}
        title, keyword = made
        Dossier.objects.filter(pk=world.dossier(side).pk).update(title=f"{title}研究", keywords=[keyword])
        found |= made
    Assignment.objects.filter(round=world.round).update(title_open=False)
    return found
