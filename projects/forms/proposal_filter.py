"""The filters of the lists of proposals: they live in the address, so that a list can be kept as a link."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from directory.enums import RegionLevel
from directory.models import Region
from projects.enums import FindingLevel, FindingVerdict
from projects.models import Call, CallDirection, Finding, Proposal
from projects.queries.lists import OPEN, UNSEEN, public_groups, public_state_choices, state_choices
from projects.querysets import FILED

SORTS: dict[str, tuple[str, ...]] = {
    "filed": ("-submitted_at", "-pk"),
    "number": ("number", "pk"),
    "requested": ("-requested", "pk"),
    "organisation": ("organisation__name", "pk"),
    "score": ("-score", "pk"),
}
SORT_CHOICES = [
    ("filed", _("last filed first")),
    ("number", _("by number")),
    ("requested", _("by amount")),
    ("organisation", _("by organisation")),
    ("score", _("by score")),
]
FINDING_CHOICES = [
    ("", _("any findings")),
    ("open", _("findings to decide")),
    ("failed", _("a finding confirmed")),
    ("none", _("not checked yet")),
]


class ProposalFilter(forms.Form):
    """Filters that every list has: call, state, words of title, number, applicant or organisation; and the order."""

    q = forms.CharField(label=_("Words"), required=False, max_length=60)
    call = forms.ModelChoiceField(
        Call.objects.public(), label=_("Call"), required=False, to_field_name="code", empty_label=_("all calls")
    )
    state = forms.ChoiceField(label=_("State"), required=False)
    sort = forms.ChoiceField(label=_("Order"), required=False, choices=SORT_CHOICES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [("", _("all states")), *self.states()]  # type: ignore[attr-defined]
        self.fields["call"].choices = [("", _("all calls")), *_calls()]  # type: ignore[attr-defined]

    def states(self) -> list[tuple[str, Any]]:
        """The states to choose from: outside of the department by their public names."""
        return public_state_choices()

    def states_of(self, chosen: str) -> list[str]:
        """The states that a choice stands for."""
        return [one.value for one in public_groups()[chosen]]

    def apply(self, proposals: QuerySet[Proposal], *, with_state: bool = True) -> QuerySet[Proposal]:
        """`proposals` as filtered and ordered; what cannot be read filters nothing."""
        self.is_valid()
        wanted = self.cleaned_data
        if wanted.get("call"):
            proposals = proposals.filter(call=wanted["call"])
        if with_state and wanted.get("state"):
            proposals = proposals.filter(state__in=self.states_of(wanted["state"]))
        for word in (wanted.get("q") or "").split():
            proposals = proposals.filter(_mentions(word))
        return proposals.order_by(*SORTS[wanted.get("sort") or "filed"]).defer(*UNSEEN)


class OfficerFilter(ProposalFilter):
    """The officer's list: further by direction, region and findings."""

    direction = forms.ChoiceField(label=_("Direction"), required=False)
    region = forms.ModelChoiceField(
        Region.objects.filter(level=RegionLevel.LEAGUE),
        label=_("Region"),
        required=False,
        to_field_name="code",
        empty_label=_("all regions"),
    )
    findings = forms.ChoiceField(label=_("Findings"), required=False, choices=FINDING_CHOICES)
    field_order = ["q", "call", "direction", "state", "region", "findings", "sort"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = CallDirection.objects.filter(call__code=self.data.get("call", "")).values_list("code", "title")
        shown = [(code, f"{code} {title}") for code, title in rows]
        self.fields["direction"].choices = [("", _("all directions")), *shown]  # type: ignore[attr-defined]

    def states(self) -> list[tuple[str, Any]]:
        """All states, as staff name them."""
        return state_choices()

    def states_of(self, chosen: str) -> list[str]:
        """The state chosen."""
        return [chosen]

    def apply(self, proposals: QuerySet[Proposal], *, with_state: bool = True) -> QuerySet[Proposal]:
        """As above, by the further filters too."""
        proposals = super().apply(proposals, with_state=with_state)
        wanted = self.cleaned_data
        if wanted.get("direction"):
            proposals = proposals.filter(direction__code=wanted["direction"])
        if wanted.get("region"):
            region = wanted["region"]
            proposals = proposals.filter(Q(organisation__region=region) | Q(organisation__region__parent=region))
        return proposals.filter(FOUND[wanted["findings"]]()) if wanted.get("findings") else proposals


def _calls() -> Iterator[tuple[str, str]]:
    """The calls that a list can be narrowed to: those under which something was filed, by code and title."""
    filed = Proposal.objects.filter(state__in=FILED)
    return Call.objects.public().filter(pk__in=filed.values("call")).values_list("code", "title").iterator()


def _has(*conditions: Q, **more: Any) -> Q:
    return Q(Exists(Finding.objects.filter(*conditions, proposal=OuterRef("pk"), **more)))


FOUND: dict[str, Callable[[], Q]] = {
    "open": lambda: _has(OPEN),
    "failed": lambda: _has(level=FindingLevel.FAILED, verdict=FindingVerdict.CONFIRMED),
    "none": lambda: ~_has(),
}


def _mentions(word: str) -> Q:
    return (
        Q(title__icontains=word)
        | Q(number__icontains=word)
        | Q(applicant__name__icontains=word)
        | Q(organisation__name__icontains=word)
    )
