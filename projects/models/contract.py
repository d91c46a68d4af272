"""Contracts (任务书) and the projects that begin with them."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.enums import ContractState, ContractText, ProjectState
from projects.querysets import FollowsContract, FollowsProject, ProjectQuerySet
from workflows.models.stateful import Stateful, state_constraint, state_field


class Project(Stateful):
    """A funded project. Amounts in yuan; `grant` is fiscal money as decided.

    officer -- who is in charge of it in the department: of its call at first, then as hand-overs say.
    rules -- the versions of the rules that it keeps, by the name of the set (`projects.queries.kept_rules`).
    former -- who has left the team since: the project counts no more among what they have on hand.
    """

    state = state_field(ProjectState, ProjectState.CONTRACT)
    proposal = models.OneToOneField("projects.Proposal", on_delete=models.PROTECT, related_name="project")
    number = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=120)
    investigator = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="projects")
    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="projects")
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="projects_in_charge"
    )
    grant = models.DecimalField(max_digits=14, decimal_places=2)
    own = models.DecimalField(max_digits=14, decimal_places=2, default=Decimal(0))
    to_return = models.DecimalField(max_digits=14, decimal_places=2, default=Decimal(0))
    starts_on = models.DateField()
    ends_on = models.DateField()
    rules = models.JSONField(default=dict)
    former = models.ManyToManyField("directory.Person", related_name="+", blank=True)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        indexes = [models.Index(fields=["organisation", "state"], name="project_organisation")]
        constraints = [
            state_constraint(ProjectState, "project_state"),
            models.CheckConstraint(condition=models.Q(ends_on__gt=models.F("starts_on")), name="project_term_ordered"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The project's page."""
        return reverse("project", args=[self.uid])


class Contract(Stateful):
    """The contract of a project: frozen content, signed in order through an approval route.

    sign_by -- by when all have signed; sign_by_first -- what that was before an officer gave more time, once.
    """

    signing = "contract"
    state = state_field(ContractState, ContractState.DRAFT)
    project = models.OneToOneField(Project, on_delete=models.PROTECT, related_name="contract")
    content = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64, blank=True)
    sign_by = models.DateTimeField(null=True, blank=True)
    sign_by_first = models.DateTimeField(null=True, blank=True)
    more_time_reason = models.CharField(_("reason"), max_length=500, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)

    objects = FollowsProject.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("contract")
        verbose_name_plural = _("contracts")
        constraints = [
            state_constraint(ContractState, "contract_state"),
            models.CheckConstraint(
                condition=~models.Q(state="signed") | models.Q(signed_at__isnull=False),
                name="contract_signed_at",
            ),
            models.CheckConstraint(
                condition=models.Q(sign_by_first__isnull=True) | models.Q(sign_by__gt=models.F("sign_by_first")),
                name="contract_more_time",
            ),
        ]

    def __str__(self) -> str:
        return str(self.project)

    def get_absolute_url(self) -> str:
        """The contract's page."""
        return reverse("contract", args=[self.uid])


class ContractVersion(models.Model):
    """One version of a contract's text, frozen: as generated, as sent for signature, as a change left it.

    note -- what changes, in words, where a change made it.
    """

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=ContractText.choices)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    note = models.TextField(blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    objects = FollowsContract.as_manager()

    class Meta:
        ordering = ["contract", "number"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "number"], name="contract_version_number"),
            models.CheckConstraint(condition=models.Q(kind__in=ContractText.values), name="contract_version_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.contract} · {self.number}"

    @property
    def is_supplement(self) -> bool:
        """Whether it is the text of a supplementary contract."""
        return self.kind == ContractText.SUPPLEMENT
