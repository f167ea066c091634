from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.care.cases.enums import ClosedReason, Service, TaskKind
from accounts.care.cases.registry import unfit_words
from accounts.counselors.models import CounselorProfile
from accounts.lib.dates import today
from accounts.lib.forms import BlockField, ChipRadio, DateInput, LineField

# Those that a counselor may say; the rest come by themselves.
SAID_BY_COUNSELOR = (
    ClosedReason.GOAL_REACHED,
    ClosedReason.FOUND_WORK,
    ClosedReason.NOT_REACHED,
    ClosedReason.LEFT_SITE,
)
FURTHEST = timedelta(days=365)


def fit_for_the_person(text: str, *, with_others: bool = False) -> str:
    """The person reads it: no name of an illness, nothing that only a doctor says."""
    unfit = [one for one in unfit_words(text) if not (with_others and one.is_of_others)]
    if unfit:
        sentence = _("“%(words)s”: %(instead)s")
        raise ValidationError(
            [
                ValidationError(
                    sentence, params={"words": one.words, "instead": one.instead}
                )
                for one in unfit
            ]
        )
    return text


class StepForm(forms.Form):
    event = forms.CharField(max_length=12)
    version = forms.IntegerField(min_value=1)


class CloseForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("How did it end?"),
        choices=[(one.value, one.label) for one in SAID_BY_COUNSELOR],
        widget=ChipRadio,
    )


class TaskForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What kind of thing is it?"), choices=TaskKind, widget=ChipRadio
    )
    text = LineField(label=_("What do you want to do?"), max_length=200)
    due = forms.DateField(label=_("By when?"), widget=DateInput)

    def clean_due(self) -> date:
        due: date = self.cleaned_data["due"]
        if due < today():
            raise ValidationError(_("That day is over. Please choose a later one."))
        if due > today() + FURTHEST:
            raise ValidationError(_("Please choose a day within a year."))
        return due


class ReferralForm(forms.Form):
    service = forms.ChoiceField(
        label=_("Who helps better with this?"), choices=Service, widget=ChipRadio
    )
    note = BlockField(
        label=_("What for, and what to take along"),
        max_length=300,
        required=False,
        help_text=_("The person reads this. It is sent to nobody else."),
        widget=forms.Textarea({"rows": 3}),
    )

    def clean_note(self) -> str:
        return fit_for_the_person(self.cleaned_data["note"], with_others=True)


class CounselorChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} · {obj.get_scope_display()}"


class HandoverForm(forms.Form):
    to = CounselorChoice(
        label=_("To whom?"),
        queryset=CounselorProfile.objects.none(),
        to_field_name="public_id",
        empty_label=None,
        widget=forms.RadioSelect,
    )
    summary = BlockField(
        label=_("Short summary for the next counselor"),
        max_length=1500,
        help_text=_(
            "What was talked about, what helps, what comes next. The person reads it "
            "first and decides whether it is passed on."
        ),
        widget=forms.Textarea({"rows": 8}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, others: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = others  # type: ignore[attr-defined]

    def clean_summary(self) -> str:
        return fit_for_the_person(self.cleaned_data["summary"])


class CoverForm(forms.Form):
    """Empty means: to whoever takes it."""

    to = CounselorChoice(
        label=_("Who takes over?"),
        queryset=CounselorProfile.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=_("Whoever has room first"),
    )

    def __init__(self, *args: Any, others: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["to"]
        chosen.queryset = others  # type: ignore[attr-defined]
        # Nothing chosen is an answer too: the first of the list.
        chosen.is_unmarked = True  # type: ignore[attr-defined]


class ChangeForm(CoverForm):
    """The person's own choice; a reason is not asked for."""

    to = CounselorChoice(
        label=_("With whom do you want to go on?"),
        queryset=CounselorProfile.objects.none(),
        to_field_name="public_id",
        required=False,
        blank=True,
        initial="",
        empty_label=_("Whoever has room first"),
        widget=forms.RadioSelect,
    )


class TieForm(forms.Form):
    left_on = forms.DateField(
        label=_("Last day there"),
        required=False,
        widget=DateInput,
        help_text=_("Leave it empty if you still work there."),
    )

    def clean_left_on(self) -> date | None:
        left_on: date | None = self.cleaned_data["left_on"]
        if left_on is not None and left_on > today():
            raise ValidationError(
                _("That day is still to come. Leave it empty until then.")
            )
        return left_on
