from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.lib.forms import RadioCards
from jobs.postings.rules.contact import find_contacts
from jobs.screening.enums import SampleResult
from jobs.screening.rules.samples import QUESTIONS as CODES


class RunReasonForm(forms.Form):
    """Why; with the button that says what."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Kept with the reading. Moderators and operators can see it."),
    )


QUESTIONS = {
    "title": _("The title names the work that is described."),
    "pay": _("The pay is stated and could be true."),
    "duties": _("Nobody is pressed, threatened or deceived in this work."),
    "exclusion": _("Nobody is shut out for sex, age, place or health."),
    "money": _("Nobody has to pay, borrow or leave papers."),
    "contact": _("People apply here, not by a private account."),
    "called": _("I called back somebody who took the job."),
}


class SampleForm(forms.Form):
    """How a sample is, after going through the questions."""

    checked = forms.MultipleChoiceField(
        label=_("What holds"),
        choices=[(code, QUESTIONS[code]) for code in CODES],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    callback_note = forms.CharField(
        label=_("Was the job as advertised?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_(
            "What somebody who took the job says. Ask only those who agreed to be "
            "called. No names, no phone numbers."
        ),
    )
    result = forms.ChoiceField(
        label=_("All in all"), choices=SampleResult.choices, widget=RadioCards()
    )
    note = forms.CharField(
        label=_("What is wrong"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Needed if something is wrong."),
    )

    def clean_callback_note(self) -> str:
        text = str(self.cleaned_data["callback_note"])
        if find_contacts(text):
            raise forms.ValidationError(
                _("Please leave out phone numbers and other contacts.")
            )
        return text

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        is_problem = data.get("result") == SampleResult.PROBLEM
        if is_problem and not data.get("note", "").strip():
            self.add_error("note", _("Please say what is wrong."))
        return data
