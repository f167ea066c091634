from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.identity.rules.phones import PhoneRefused, normalize_phone
from accounts.lib.forms import ChipRadio, RadioCards
from accounts.lib.guards import (
    TO_EMPLOYERS,
    DebtorDataGuard,
    GuardedBlockField,
    GuardedLineField,
)
from accounts.lib.text import clean_line
from accounts.seekers.enums import CallWish
from accounts.seekers.forms.privacy import CALL_WISHES
from jobs.applications.attachment_forms import FILES_HELP, FILES_LABEL, FilesField
from jobs.applications.enums import (
    CallOutcome,
    CheckAnswer,
    ContactChannel,
    DeclineReason,
    PassReason,
)
from jobs.applications.texts import skills_of
from jobs.postings.enums import Screening
from jobs.resumes.enums import Variant

FURTHEST_DAYS = 120


class ApplyForm(DebtorDataGuard):
    name = GuardedLineField(
        label=_("Your name"),
        max_length=40,
        help_text=_("Only this employer sees it, and only for this application."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label=_("Your phone number"),
        max_length=30,
        help_text=_("Hidden until they want to call. You see every time."),
        widget=forms.TextInput(
            attrs={"autocomplete": "tel", "inputmode": "tel", "type": "tel"}
        ),
    )
    calls = forms.TypedChoiceField(
        label=_("How may they reach you?"),
        choices=CallWish.choices,
        coerce=CallWish,
        required=False,
        widget=RadioCards(descriptions=CALL_WISHES),
    )
    message = GuardedBlockField(
        label=_("A few words to the employer"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For example, when you can start. You need not explain your past."),
    )
    resume = forms.ChoiceField(
        label=_("Your résumé lines"),
        required=False,
        widget=RadioCards(),
        help_text=_("The version that fits this job is chosen already."),
    )
    consent = forms.BooleanField(
        label=_("Yes, send what is shown here to this employer"),
        error_messages={
            "required": _("Without your yes nothing is sent. Please tick the box.")
        },
    )

    def __init__(self, *args: Any, resumes: Iterable[str] = (), **kwargs: Any) -> None:
        """`resumes` are the variants that have lines; without any nothing is asked."""
        super().__init__(*args, **kwargs)
        # Nothing chosen means what the profile says, so it is no optional answer.
        self.fields["calls"].is_unmarked = True  # type: ignore[attr-defined]
        if variants := [Variant(code) for code in resumes]:
            field = self.fields["resume"]
            field.choices = [  # type: ignore[attr-defined]
                *((variant.value, variant.label) for variant in variants),
                ("", _("Send none")),
            ]
            field.is_unmarked = True  # type: ignore[attr-defined]
        else:
            del self.fields["resume"]

    def own_phones(self) -> Iterable[str]:
        return str(self["phone"].value() or ""), str(self["phone"].initial or "")

    def clean_phone(self) -> str:
        try:
            return normalize_phone(clean_line(self.cleaned_data["phone"]))
        except PhoneRefused:
            raise forms.ValidationError(
                _("This does not look like a mobile number. Please check the digits.")
            ) from None


class StepForm(DebtorDataGuard):
    """A step's answers, and the version the page was drawn from.

    The version keeps one colleague from overwriting another.
    """

    sentence = TO_EMPLOYERS

    version = forms.IntegerField(widget=forms.HiddenInput)

    def about(self, occupation: str) -> None:
        """Called with the posting's kind of work, for forms that ask about it."""

    def typed_texts(self) -> list[tuple[str, str]]:
        """What was written, as (label, text), to show where the form is gone."""
        return [
            (str(bound.label), text)
            for bound in self.visible_fields()
            if not isinstance(bound.field, forms.ChoiceField)
            and (text := str(bound.value() or "").strip())
        ]


class ConfirmForm(StepForm):
    """A step that needs nothing but a yes."""


class ReasonForm(StepForm):
    reason = GuardedBlockField(
        label=_("Why? The applicant reads this."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DeclineForm(StepForm):
    reason = forms.TypedChoiceField(
        label=_("The reason"),
        choices=DeclineReason.choices,
        coerce=DeclineReason,
        widget=RadioCards(),
        help_text=_("A reason about the job, not about the person or their past."),
    )
    skill = forms.ChoiceField(
        label=_("Which skill, if that was the reason?"),
        required=False,
        help_text=_("They are shown how to learn it."),
    )
    message = GuardedBlockField(
        label=_("A few words to the applicant"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Say kindly what would have helped. They read it word for word."),
    )

    def about(self, occupation: str) -> None:
        field = self.fields["skill"]
        field.choices = [("", _("None in particular")), *skills_of(occupation)]  # type: ignore[attr-defined]
        field.is_unmarked = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Our own words stand beside every reason, but for "another one"."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("reason") == DeclineReason.OTHER and given.get("message") == "":
            self.add_error("message", _("Please say in a few words which one."))
        return given


STEP_FORMS: dict[str, type[StepForm]] = {
    "shortlist": ConfirmForm,
    "postpone": ReasonForm,
    "decline": DeclineForm,
    "retract": ReasonForm,
}


def step_form(
    event: str, version: int, data: Any = None, *, occupation: str = ""
) -> StepForm:
    form = STEP_FORMS[event](data, initial={"version": version}, prefix=event)
    form.about(occupation)
    return form


def step_form_again(
    event: str, version: int, data: Any, *, occupation: str = ""
) -> StepForm:
    """What was typed, ready to be sent from the state as it is now."""
    renewed = data.copy()
    renewed[f"{event}-version"] = str(version)
    return step_form(event, version, renewed, occupation=occupation)


class MessageForm(DebtorDataGuard):
    """A line in the conversation; `phones` are the writer's own numbers."""

    text = GuardedBlockField(
        label=_("Your message"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    attached = FilesField(label=FILES_LABEL, required=False, help_text=FILES_HELP)

    def __init__(
        self, *args: Any, phones: Iterable[str | None] = (), **kwargs: Any
    ) -> None:
        self.phones = [phone for phone in phones if phone]
        super().__init__(*args, **kwargs)

    def own_phones(self) -> Iterable[str]:
        return self.phones


class EmployerMessageForm(MessageForm):
    sentence = TO_EMPLOYERS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["attached"].sentence = TO_EMPLOYERS  # type: ignore[attr-defined]


class OutcomeForm(forms.Form):
    """How a call went; `attempt` is the look at the number that it belongs to."""

    attempt = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.TypedChoiceField(
        label=_("How did the call go?"),
        choices=CallOutcome.choices,
        coerce=CallOutcome,
        widget=ChipRadio,
    )


class CallsForm(forms.Form):
    calls = forms.TypedChoiceField(
        label=_("How may they reach you?"),
        choices=CallWish.choices,
        coerce=CallWish,
        widget=RadioCards(descriptions=CALL_WISHES),
    )


class StopForm(forms.Form):
    channel = forms.TypedChoiceField(
        choices=ContactChannel.choices, coerce=ContactChannel
    )


class CheckForm(forms.Form):
    kind = forms.ChoiceField(choices=Screening.choices)


class AnswerForm(CheckForm):
    answer = forms.TypedChoiceField(choices=CheckAnswer.choices, coerce=CheckAnswer)


class PassForm(forms.Form):
    """Letting an invitation pass; nobody has to say why."""

    reason = forms.TypedChoiceField(
        label=_("If you want to say why"),
        choices=PassReason.choices,
        coerce=PassReason,
        empty_value="",
        required=False,
        widget=ChipRadio,
        help_text=_("You need not. The employer never sees it."),
    )
