from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.lib.text import clean_block

MOST_CHARACTERS = 1000


class LineForm(forms.Form):
    """One line; `key` is made with the page, so that a second tap sends nothing twice."""

    text = forms.CharField(
        label=_("What you want to write"),
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea({"rows": 2, "autocomplete": "off"}),
        error_messages={
            "required": _("There is nothing written yet."),
            "max_length": _("A line holds 1,000 characters. Please send it in two."),
        },
    )
    key = forms.UUIDField(widget=forms.HiddenInput)
    # How far this page has read: the answer brings what came since.
    after = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid.uuid4)

    def clean_text(self) -> str:
        text = clean_block(self.cleaned_data["text"])
        if not text:
            raise forms.ValidationError(
                self.fields["text"].error_messages["required"], code="required"
            )
        return text
