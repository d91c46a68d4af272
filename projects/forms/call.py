"""Forms for the parts of a call: facts and dates, directions, contacts, plan, the first draft."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from directory.models import FocusArea
from experts.enums import RankingMethod
from projects.actions.call_edit import FACTS, ContactRow, DirectionRow
from projects.definitions.plan import Plan
from projects.enums import BudgetMode, CallKind, ContactKind, DocumentKind, FeedbackAfter
from projects.forms.rows import WIDE, WanField, rows_of
from projects.forms.slips import AsksAboutUnit, Limits
from projects.models import Call

ZONES = (("Asia/Shanghai", _("Beijing time")), ("Asia/Urumqi", _("Urumqi time")), ("UTC", "UTC"))
MOMENT = {"help_text": _("In the time zone below, to the minute."), "required": False}
CODE = RegexValidator(r"^[0-9A-Za-z][0-9A-Za-z._-]*$", _("Digits, letters and hyphens only, for example 2027-XT."))


class NewCallForm(forms.Form):
    """What a draft begins with."""

    code = forms.CharField(label=_("Code"), max_length=24, validators=[CODE], help_text=_("For example 2027-XT."))
    title = forms.CharField(label=_("Title"), max_length=200)
    kind = forms.ChoiceField(label=_("What it gives"), choices=CallKind.choices)
    programme = forms.CharField(label=_("Programme"), max_length=80)
    budget_mode = forms.ChoiceField(label=_("Budget"), choices=BudgetMode.choices)


class CloneForm(forms.Form):
    """The code of the clone; the rest is copied."""

    code = forms.CharField(label=_("Code of the new call"), max_length=24, validators=[CODE])


class FactsForm(forms.ModelForm[Call]):
    """Facts and dates. Deadlines are read and shown in the zone that the form itself names."""

    code = forms.CharField(label=_("Code"), max_length=24, validators=[CODE])
    opens_at = forms.DateTimeField(label=_("Open from"), widget=forms.DateTimeInput(), **MOMENT)  # type: ignore[arg-type]  # one dict for three fields
    filing_deadline = forms.DateTimeField(label=_("Filing deadline"), widget=forms.DateTimeInput(), **MOMENT)  # type: ignore[arg-type]  # as above
    recommendation_deadline = forms.DateTimeField(
        label=_("Recommendation deadline"),
        widget=forms.DateTimeInput(),
        **MOMENT,  # type: ignore[arg-type]  # as above
    )
    zone = forms.ChoiceField(label=_("Time zone of the deadlines"), choices=ZONES)
    focus_areas = forms.ModelMultipleChoiceField(
        label=_("Focus areas"), queryset=FocusArea.objects.all(), required=False
    )

    summary = forms.CharField(
        label=_("Summary"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    body = forms.CharField(
        label=_("Requirements"),
        required=False,
        max_length=30_000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("shown on the call page"),
    )

    class Meta:
        model = Call
        fields = [
            "title",
            "code",
            "programme",
            "document_number",
            "index_number",
            "focus_areas",
            "budget_mode",
            "opens_at",
            "filing_deadline",
            "recommendation_deadline",
            "zone",
            "grace_seconds",
            "summary",
            "body",
        ]

    def clean(self) -> dict[str, Any]:
        """The two deadlines in their order, each fault at its field."""
        data = super().clean() or {}
        filing, recommendation = data.get("filing_deadline"), data.get("recommendation_deadline")
        if filing and recommendation and recommendation < filing:
            self.add_error("recommendation_deadline", _("Recommendation comes after filing: set it later."))
        if filing and data.get("opens_at") and data["opens_at"] >= filing:
            self.add_error("opens_at", _("Put the opening before the filing deadline."))
        return data

    def parts(self) -> dict[str, Any]:
        """The parts for `edit_call`."""
        facts = {name: value for name, value in self.cleaned_data.items() if name in FACTS}
        return {"facts": facts, "focus_areas": [area.pk for area in self.cleaned_data["focus_areas"]]}


class ExtensionForm(forms.Form):
    """Later deadlines of a published call, typed in the zone of the call.

    `less_time` is asked for only when the officer's deadlines leave less time after filing.
    """

    filing_deadline = forms.DateTimeField(label=_("New filing deadline"), widget=forms.DateTimeInput())
    recommendation_deadline = forms.DateTimeField(
        label=_("New recommendation deadline"),
        widget=forms.DateTimeInput(),
        required=False,
        help_text=_(
            "Left empty it moves by as much as filing: organisations, whose own limit follows it, and authorities keep"
            " their time."
        ),
    )
    less_time = forms.BooleanField(
        label=_("It is meant that organisations and authorities have less time after filing than now"),
        required=False,
        widget=forms.HiddenInput(),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stands on the public page and in the message to applicants, organisations and authorities."),
    )

    def __init__(self, data: Any, *, call: Call) -> None:
        """Begin with the present filing deadline; a call without recommendation is not asked about it."""
        super().__init__(data, initial={"filing_deadline": call.filing_deadline})
        if call.recommendation_deadline is None:
            del self.fields["recommendation_deadline"]

    def ask_less_time(self) -> None:
        """Show the tick that says it is meant."""
        self.fields["less_time"].widget = forms.CheckboxInput()

    def facts(self) -> dict[str, Any]:
        """What `propose_extension` takes."""
        return {"recommendation_deadline": None, **self.cleaned_data}


class DirectionForm(AsksAboutUnit, forms.Form):
    """One direction."""

    code = forms.CharField(label=_("Guide code"), max_length=24)
    title = forms.CharField(label=_("Direction"), max_length=160, widget=forms.TextInput(attrs=WIDE))
    focus_area = forms.ModelChoiceField(label=_("Focus area"), queryset=FocusArea.objects.all(), required=False)
    places = forms.IntegerField(label=_("Projects planned"), min_value=1, max_value=2000, required=False)
    most_amount = WanField(label=_("At most, 万元"), required=False, max_value=99_999_999)
    own_ratio = forms.DecimalField(
        label=_("Own money per yuan of the grant"), min_value=0, max_value=99, decimal_places=2, initial=0
    )
    text = forms.CharField(
        label=_("What is supported"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def limits(self) -> Limits:
        """More than any grant is: no narrower limit is known before the call has its directions."""
        return {"most_amount": None}

    def row(self) -> DirectionRow:
        """The direction as the action takes it."""
        data = dict(self.cleaned_data)
        area = data.pop("focus_area")
        for name in ("DELETE", "ORDER"):
            data.pop(name, None)
        return DirectionRow(**data, focus_area_id=area.pk if area else None)


class DirectionFormSet(rows_of(DirectionForm, extra=2)):  # type: ignore[misc]  # a class made by formset_factory
    """The directions; a guide code occurs once."""

    def clean(self) -> None:
        """Name the row whose code stands above already."""
        seen: set[str] = set()
        for form in self.live():
            code = form.cleaned_data.get("code")
            if code and code in seen:
                form.add_error("code", _("This guide code stands above already."))
            seen.add(code)


class ContactForm(forms.Form):
    """One contact."""

    kind = forms.ChoiceField(label=_("For questions about"), choices=ContactKind.choices, initial=ContactKind.GUIDE)
    name = forms.CharField(label=_("Name or division"), max_length=60, widget=forms.TextInput(attrs=WIDE))
    phone = forms.CharField(label=_("Telephone"), max_length=60, widget=forms.TextInput(attrs=WIDE))

    def row(self) -> ContactRow:
        """The contact as the action takes it."""
        return ContactRow(**{name: self.cleaned_data[name] for name in ("kind", "name", "phone")})


class DocumentForm(forms.Form):
    """One document to be put to a call."""

    kind = forms.ChoiceField(label=_("What it is for"), choices=DocumentKind.choices, initial=DocumentKind.GUIDE)
    upload = forms.FileField(label=_("File to upload"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = settings.UPLOAD_EXTENSIONS
        self.fields["upload"].widget.attrs["accept"] = ",".join(f".{one}" for one in kinds)
        self.fields["upload"].help_text = _("Kinds: %(kinds)s; at most %(size)s.") % {
            "kinds": ", ".join(kinds),
            "size": filesizeformat(settings.UPLOAD_MAX_BYTES),
        }


ContactFormSet = rows_of(ContactForm, extra=2)


class PlanForm(forms.Form):
    """The review plan; the limits are those of the definition."""

    programme_year = forms.IntegerField(label=_("Programme year"), min_value=2000, max_value=2100)
    places = forms.IntegerField(label=_("Projects planned in all"), min_value=0, max_value=2000)
    recommendation = forms.BooleanField(label=_("A recommending authority passes proposals on"), required=False)
    blind = forms.BooleanField(
        label=_("Experts do not see who applies (double blind)"),
        required=False,
        help_text=_("Without it experts see the names (single blind). Applicants never learn who reviewed."),
    )
    names_first = forms.BooleanField(
        label=_("Experts declare conflicts on the mixed names of all proposals first"),
        required=False,
        help_text=_("Double blind only: before any title they look through everybody who takes part, mixed."),
    )
    names_block = forms.BooleanField(
        label=_("Names found in an anonymous proposal block submitting"),
        required=False,
        help_text=_("Otherwise the applicant is warned, and you find them beside the round."),
    )
    experts_per_proposal = forms.IntegerField(label=_("Experts per proposal"), min_value=1, max_value=15)
    feedback_after = forms.ChoiceField(
        label=_("Applicants read the opinions"), choices=FeedbackAfter.choices, initial=FeedbackAfter.DECISION
    )
    answer_days = forms.IntegerField(label=_("Days to answer an invitation"), min_value=1, max_value=60)
    divergence = forms.IntegerField(
        label=_("Scores diverge from a spread of, points"),
        min_value=1,
        max_value=100,
        help_text=_("Highest less lowest score of a proposal. It is flagged before the ranking."),
    )
    extra_expert = forms.BooleanField(label=_("One more expert is proposed where opinions diverge"), required=False)
    ranking_method = forms.ChoiceField(
        label=_("Ranks follow"),
        choices=RankingMethod.choices,
        initial=RankingMethod.MEAN,
        help_text=_("Frozen with the first score. All but the means set severe and generous experts off."),
    )
    review_days = forms.IntegerField(label=_("Days for reviewing"), min_value=1, max_value=180)
    notice_working_days = forms.IntegerField(label=_("Public notice, working days"), min_value=1, max_value=60)
    contract_working_days = forms.IntegerField(label=_("Working days to sign the contract"), min_value=1, max_value=120)

    def parts(self) -> dict[str, Any]:
        """The parts for `edit_call`."""
        return {"plan": Plan(**self.cleaned_data)}
