from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from accounts.care.notes.enums import ChangeReason, NoteState, Outcome
from accounts.care.notes.models import SessionNote
from accounts.care.notes.rules import formats
from accounts.care.notes.rules.lint import standing
from accounts.care.notes.words import CONTACT_FIELD, FIELDS
from accounts.care.scheduling.models import Appointment
from accounts.lib.dates import appointment_text, local_day
from accounts.lib.forms import BlockField, DateInput, LineField, RadioCards

LONG = formats.LONGEST


def _area(rows: int, reads: str = "") -> forms.Textarea:
    """`reads` is the field whose words are read along while somebody types."""
    attrs = {"rows": rows, "autocomplete": "off"}
    if reads:
        attrs |= {
            "hx-post": reverse_lazy("notes:hints"),
            "hx-trigger": "input changed delay:700ms",
            "hx-sync": "this:replace",
            "hx-target": "next .note-hints",
            "hx-swap": "innerHTML",
            "hx-params": f"field,{reads}",
            "hx-vals": json.dumps({"field": reads}),
        }
    return forms.Textarea(attrs)


class NoteForm(forms.Form):
    """The texts of one note. Nothing is required here: a draft may be empty."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    window = forms.CharField(max_length=36, widget=forms.HiddenInput)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        note: SessionNote,
        texts: dict[str, str],
        talks: list[Appointment],
    ) -> None:
        self.note, self.talks = note, talks
        first: dict[str, Any] = {
            "revision": note.revision,
            "window": uuid4().hex,
            "happened_on": note.happened_on,
            "appointment": note.appointment_id or "",
        }
        super().__init__(data, initial=first | texts)
        if note.state == NoteState.DRAFT:
            self._ask_when()
        self.text_names = formats.FIELDS[note.format]
        for name in self.text_names:
            is_contact = note.format == formats.CONTACT
            label, help_text = CONTACT_FIELD if is_contact else FIELDS[name]
            self.fields[name] = BlockField(
                label=label,
                help_text=help_text,
                required=False,
                max_length=LONG,
                widget=_area(7 if name in {"data", "told"} else 4, reads=name),
            )
            # A draft may leave it out, a signature may not.
            self.fields[name].is_unmarked = True  # type: ignore[attr-defined]
        if note.state == NoteState.AMENDING:
            self.fields["reason"] = forms.ChoiceField(
                label=_("Why does the note change?"),
                choices=ChangeReason.choices,
                widget=RadioCards,
                required=False,
            )
            self.fields["reason"].is_unmarked = True  # type: ignore[attr-defined]

    def _ask_when(self) -> None:
        self.fields["happened_on"] = forms.DateField(
            label=_("Day of the talk"), widget=DateInput
        )
        if self.talks:
            choices = [
                (str(one.pk), appointment_text(one.starts_at)) for one in self.talks
            ]
            self.fields["appointment"] = forms.ChoiceField(
                label=_("Which appointment was it?"),
                choices=[("", _("None, or another one")), *choices],
                required=False,
            )

    def clean_happened_on(self) -> Any:
        day = self.cleaned_data["happened_on"]
        if day > local_day(timezone.now()):
            raise ValidationError(_("This day is still to come."))
        return day

    def texts(self) -> dict[str, str]:
        """Also where something else was wrong: as typed."""
        cleaned = getattr(self, "cleaned_data", {})
        return {
            name: cleaned[name] if name in cleaned else self.data.get(name, "")
            for name in self.text_names
        }

    def talk(self) -> Appointment | None:
        chosen = self.cleaned_data.get("appointment", "")
        return next((one for one in self.talks if str(one.pk) == chosen), None)


class ReflectionForm(forms.Form):
    text = BlockField(
        label=_("Your thoughts"),
        help_text=_("What did the talk do with you? What do you want to ask yourself?"),
        max_length=LONG,
        widget=_area(10),
    )


class QuestionForm(forms.Form):
    question = BlockField(
        label=_("What would you like to talk over?"),
        help_text=_("No names. The lead counselor reads the note and this."),
        max_length=600,
        required=False,
        widget=_area(4),
    )


class LookForm(forms.Form):
    reason = LineField(
        label=_("Why do you open it?"),
        help_text=_("The person sees that you looked, and may read your reason."),
        min_length=6,
        max_length=200,
    )


class OutcomeForm(forms.Form):
    outcome = forms.ChoiceField(
        label=pgettext_lazy("supervision", "What do you say to the counselor?"),
        choices=Outcome.choices,
        widget=RadioCards,
    )
    remark = BlockField(
        label=_("A few words to the counselor"),
        help_text=_("What was good, what could be different next time."),
        max_length=1000,
        required=False,
        widget=_area(5),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        needs_words = data.get("outcome") not in (None, Outcome.FINE)
        if needs_words and not data.get("remark") and "remark" not in self.errors:
            self.add_error("remark", _("Please say in a few words what you mean."))
        return data


class SummaryForm(forms.Form):
    text = BlockField(
        label=_("The summary, in plain words"),
        help_text=_(
            "Speak to the person: what you talked about, what they did, what is agreed. "
            "No judgement, nobody else's data."
        ),
        max_length=LONG,
        widget=_area(12, reads="text"),
    )

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"])
        if standing(text):
            raise ValidationError(
                _("Some words have to be said differently. See below the text.")
            )
        return text
