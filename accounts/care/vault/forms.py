from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class DeleteCareForm(forms.Form):
    sure = forms.BooleanField(
        label=_("I know that nobody can bring this back"),
        error_messages={"required": _("Tick this if you have thought it over.")},
    )
