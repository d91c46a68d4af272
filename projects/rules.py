"""Who may: predicates over a record and an actor, read as sentences by the machines."""

from __future__ import annotations

from typing import Any

from directory.enums import Role
from directory.queries.standing import standing
from projects.enums import AcceptanceOutcome, Organiser


def by_system(_record: Any, actor: Any) -> bool:
    """The system itself: deadlines and consequences."""
    return bool(actor.is_system)


def is_officer(_record: Any, actor: Any) -> bool:
    """A programme officer."""
    return standing(actor).has(Role.PROGRAMME_OFFICER)


def is_decision_maker(_record: Any, actor: Any) -> bool:
    """A decision maker of the department."""
    return standing(actor).has(Role.DECISION_MAKER)


def is_department(_record: Any, actor: Any) -> bool:
    """A programme officer or decision maker."""
    return standing(actor).has(Role.PROGRAMME_OFFICER, Role.DECISION_MAKER)


def is_integrity_officer(_record: Any, actor: Any) -> bool:
    """An integrity officer."""
    return standing(actor).has(Role.INTEGRITY_OFFICER)


def is_applicant(proposal: Any, actor: Any) -> bool:
    """The applicant of the proposal."""
    person = standing(actor).person_id
    return person is not None and proposal.applicant_id == person


def may_write(proposal: Any, actor: Any) -> bool:
    """The applicant, or a confirmed co-applicant who was given the pen."""
    if is_applicant(proposal, actor):
        return True
    person = standing(actor).person_id
    return (
        person is not None and proposal.participants.filter(person_id=person, may_edit=True, state="confirmed").exists()
    )


def is_host_admin(proposal: Any, actor: Any) -> bool:
    """An administrator of the host organisation, who is not the applicant (nobody endorses their own)."""
    return proposal.organisation_id in standing(actor).admin_of and not is_applicant(proposal, actor)


def is_recommender(proposal: Any, actor: Any) -> bool:
    """A recommending officer of the authority over the host organisation, who is not the applicant."""
    return proposal.organisation.authority_id in standing(actor).recommends_for and not is_applicant(proposal, actor)


def is_second_officer(call: Any, actor: Any) -> bool:
    """A programme officer or decision maker other than the one who drafts the call."""
    return is_department(call, actor) and call.officer_id != actor.pk


def is_second_to_extension(extension: Any, actor: Any) -> bool:
    """A programme officer or decision maker other than the one who proposed the extension."""
    return is_department(extension, actor) and extension.proposed_by_id != actor.pk


def is_second_to_rules(version: Any, actor: Any) -> bool:
    """A decision maker other than the one who drafted the version."""
    return is_decision_maker(version, actor) and version.drafted_by_id != actor.pk


def proposes_standing(_record: Any, actor: Any) -> bool:
    """A programme officer or an integrity officer."""
    return standing(actor).has(Role.PROGRAMME_OFFICER, Role.INTEGRITY_OFFICER)


def gives_standing(_record: Any, actor: Any) -> bool:
    """A decision maker or an integrity officer."""
    return standing(actor).has(Role.DECISION_MAKER, Role.INTEGRITY_OFFICER)


def is_second_to_standing(given: Any, actor: Any) -> bool:
    """A decision maker or an integrity officer other than the one who proposed it."""
    return gives_standing(given, actor) and given.proposed_by_id != actor.pk


def proposed_standing(given: Any, actor: Any) -> bool:
    """Who proposed it."""
    return proposes_standing(given, actor) and given.proposed_by_id == actor.pk


def proposed_extension(extension: Any, actor: Any) -> bool:
    """The programme officer who proposed the extension."""
    return is_officer(extension, actor) and extension.proposed_by_id == actor.pk


def is_second_decision_maker(funding_list: Any, actor: Any) -> bool:
    """A decision maker other than the one who drafted the list."""
    return is_decision_maker(funding_list, actor) and funding_list.drafted_by_id != actor.pk


def may_hand_over(giver: Any, actor: Any) -> bool:
    """A programme officer the own projects, a decision maker those of any officer."""
    return is_decision_maker(giver, actor) or (is_officer(giver, actor) and giver.pk == actor.pk)


def takes_part_in_handover(handover: Any, actor: Any) -> bool:
    """Who gives or receives the projects, or a decision maker."""
    own = is_officer(handover, actor) and actor.pk in (handover.giver_id, handover.receiver_id)
    return own or is_decision_maker(handover, actor)


def is_investigator(record: Any, actor: Any) -> bool:
    """The principal investigator of the project that the record (a contract, a change of the budget) is about."""
    return leads(record.project, actor)


def hosts(project: Any, actor: Any) -> bool:
    """An administrator of the project's host, who does not lead it."""
    return project.organisation_id in standing(actor).admin_of and not leads(project, actor)


def asked_for_it(change: Any, actor: Any) -> bool:
    """Who asked for the change."""
    return bool(change.asked_by_id == actor.pk)


def administers(record: Any, actor: Any) -> bool:
    """An administrator of the host of the record's project, who does not lead it."""
    return record.project.organisation_id in standing(actor).admin_of and not is_investigator(record, actor)


def organises(acceptance: Any, actor: Any) -> bool:
    """Who calls the experts of an acceptance together: host, authority or department, by the size of the grant."""
    if acceptance.organiser == Organiser.ORGANISATION:
        return administers(acceptance, actor)
    if acceptance.organiser == Organiser.AUTHORITY:
        authority = acceptance.project.organisation.authority_id
        return authority in standing(actor).recommends_for and not is_investigator(acceptance, actor)
    return is_officer(acceptance, actor)


def sends_acceptance_to_experts(acceptance: Any, actor: Any) -> bool:
    """A programme officer, where the department organises the acceptance."""
    return bool(acceptance.organiser == Organiser.DEPARTMENT and is_officer(acceptance, actor))


def ends_acceptance(acceptance: Any, actor: Any) -> bool:
    """A decision maker other than the one who proposed the outcome, where it is an end."""
    return _is_second(acceptance, actor) and acceptance.outcome != AcceptanceOutcome.RECTIFY


def asks_rectification(acceptance: Any, actor: Any) -> bool:
    """A decision maker other than the one who proposed it, where rectification is proposed."""
    return _is_second(acceptance, actor) and acceptance.outcome == AcceptanceOutcome.RECTIFY


def may_appeal(acceptance: Any, actor: Any) -> bool:
    """The investigator, and administrators of the host who do not lead the project."""
    return is_investigator(acceptance, actor) or administers(acceptance, actor)


def answers_appeal(appeal: Any, actor: Any) -> bool:
    """An integrity officer who had no hand in the outcome."""
    hands = (appeal.acceptance.proposed_by_id, appeal.acceptance.decided_by_id, appeal.made_by_id)
    return is_integrity_officer(appeal, actor) and actor.pk not in hands


def _is_second(acceptance: Any, actor: Any) -> bool:
    return is_decision_maker(acceptance, actor) and acceptance.proposed_by_id != actor.pk


def keeps_accounts(project: Any, actor: Any) -> bool:
    """Who writes down what a project receives and spends: its investigator, the host's administrators, a delegate."""
    own = leads(project, actor) or project.organisation_id in standing(actor).admin_of
    return own or acts_for(project, actor, "accounts")


def returns_money(project: Any, actor: Any) -> bool:
    """Administrators of the host, who keep its account."""
    return project.organisation_id in standing(actor).admin_of


def writes_report(report: Any, actor: Any) -> bool:
    """The investigator of the report's project, or a delegate; neither submits for the other."""
    return is_investigator(report, actor) or acts_for(report.project, actor, "reports")


def prepares_adjustments(project: Any, actor: Any) -> bool:
    """A delegate of the investigator for changes of the budget."""
    return acts_for(project, actor, "adjustments")


def acts_for(project: Any, actor: Any, act: str) -> bool:
    """Whether the investigator lets the person do `act` today (a column of a delegation)."""
    person = standing(actor).person_id
    if person is None or person == project.investigator_id:
        return False
    return bool(project.delegations.in_force().filter(person_id=person, **{act: True}).exists())


def leads(project: Any, actor: Any) -> bool:
    """The principal investigator of the project."""
    person = standing(actor).person_id
    return person is not None and project.investigator_id == person
