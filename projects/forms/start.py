"""Choosing organisation and direction for a new proposal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from directory.models import Organisation
from projects.models import Call, CallDirection


class StartForm(forms.Form):
    """Organisation (one of the person's own, verified) and direction (of the call, when it has any)."""

    organisation = forms.ModelChoiceField(queryset=Organisation.objects.none(), label=_("Host organisation"))
    direction = forms.ModelChoiceField(queryset=CallDirection.objects.none(), label=_("Direction"), required=False)

    def __init__(
        self, *args: Any, call: Call, hosts: QuerySet[Organisation], chosen: str | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.hosts = list(hosts)
        self._choice("organisation").queryset = hosts
        self._choice("direction").queryset = call.directions.all()
        if not call.directions.all():
            del self.fields["direction"]
        self.host = self._chosen(chosen or self.data.get("organisation"))
        self.initial["organisation"] = self.host

    def _choice(self, name: str) -> Any:
        return self.fields[name]

    def _chosen(self, pk: str | None) -> Organisation | None:
        """The organisation whose eligibility is shown: the one named, else the first."""
        named = [one for one in self.hosts if str(one.pk) == pk]
        return next(iter(named or self.hosts), None)
