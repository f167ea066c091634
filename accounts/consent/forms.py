from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class DeleteForm(forms.Form):
    sure = forms.BooleanField(
        label=_("I have read what happens, and I want to leave."),
        error_messages={"required": _("Please tick this first, if you are sure.")},
    )
