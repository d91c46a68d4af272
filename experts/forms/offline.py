"""The upload of a filled-in workbook."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from experts.actions.offline import MOST_BYTES


class WorkbookForm(forms.Form):
    """One XLSX file."""

    workbook = forms.FileField(
        label=_("Filled-in workbook (XLSX)"), max_length=200, widget=forms.FileInput(attrs={"accept": ".xlsx"})
    )

    def clean_workbook(self) -> Any:
        """Refuse what is no XLSX by its name or too large."""
        file = self.cleaned_data["workbook"]
        if not file.name.lower().endswith(".xlsx"):
            raise forms.ValidationError(gettext("Choose the XLSX file that you downloaded here."))
        if file.size > MOST_BYTES:
            raise forms.ValidationError(gettext("The file is larger than 5 MB."))
        return file
