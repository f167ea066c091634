from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.assisted.enums import Origin
from accounts.identity.fields import ContactField
from accounts.identity.forms.agreement import agreement
from accounts.lib.forms import RadioCards
from accounts.lib.guards import DebtorDataGuard, GuardedLineField
from accounts.lib.short_codes import read_code
from accounts.seekers.enums import Step
from accounts.seekers.forms.past import DidForm, EducationForm, PastForm
from accounts.seekers.forms.place import PlaceForm
from accounts.seekers.forms.screens import StepForm
from accounts.seekers.forms.wishes import LimitsForm, PayForm, WantedForm
from accounts.seekers.models import SeekerProfile

# Name, number and who must not see them stay with the person.
SCREENS: tuple[type[StepForm], ...] = (
    PlaceForm,
    PastForm,
    DidForm,
    LimitsForm,
    WantedForm,
    PayForm,
    EducationForm,
)


class StartForm(DebtorDataGuard):
    label = GuardedLineField(
        label=_("A word by which you know this row again"),
        max_length=20,
        help_text=_("Such as “Tuesday 10:00”. Only you see it. No full name, please."),
    )
    origin = forms.ChoiceField(
        label=_("How did you speak?"), choices=Origin.choices, widget=RadioCards
    )
    contact = ContactField(
        label=_("Their mobile number or e-mail"),
        required=False,
        help_text=_(
            "We ask there. Leave it empty to print a slip with a code instead."
        ),
    )
    contact_again = ContactField(
        label=_("The same once more"),
        required=False,
        help_text=_("So that nobody else gets the message."),
    )
    is_here = forms.BooleanField(
        label=_("The person is with me or on the line and wants this."),
        error_messages={
            "required": _("Only with the person, and only if they want it.")
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("contact", "contact_again"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if {"contact", "contact_again"} & set(self.errors):
            return data
        if data.get("contact") != data.get("contact_again"):
            self.add_error("contact_again", _("The two are not the same."))
        return data


class AnswerForms:
    """The screens of the guided profile on one page; one left empty asks nothing."""

    def __init__(
        self, data: QueryDict | None, profile: SeekerProfile | None = None
    ) -> None:
        somebody = profile or SeekerProfile()
        self.forms = [
            screen(somebody, data if data and _is_filled(screen, data) else None)
            for screen in SCREENS
        ]

    def __iter__(self) -> Iterator[tuple[str, StepForm]]:
        return ((str(form.step.label), form) for form in self.forms)

    def is_valid(self) -> bool:
        """Every screen is asked, so that all mistakes are shown at once."""
        errors = [form.errors for form in self.forms if form.is_bound]
        return not any(errors)

    def answers(self) -> dict[Step, dict[str, Any]]:
        return {form.step: form.answers() for form in self.forms if form.is_bound}

    def flat(self) -> dict[str, Any]:
        """Values by profile field, of all screens."""
        screens = self.answers().values()
        return {name: value for told in screens for name, value in told.items()}


def _is_filled(screen: type[StepForm], data: QueryDict) -> bool:
    names = screen(SeekerProfile()).fields
    return any(value.strip() for name in names for value in data.getlist(name))


class SlipForm(forms.Form):
    code = forms.CharField(
        label=_("The code on your slip"),
        max_length=40,
        help_text=_("Twelve letters and figures."),
        widget=forms.TextInput(
            {
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )

    def clean_code(self) -> str:
        code = read_code(self.cleaned_data["code"])
        if not code:
            raise ValidationError(
                _("This is no code of ours. Please look at it again.")
            )
        return code


class TakeOverForm(forms.Form):
    """With `is_new` an account is made, so the terms are asked for."""

    agreed = forms.BooleanField(label=agreement())
    lets_read = forms.BooleanField(required=False)

    def __init__(self, *args: Any, counselor: str, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_new:
            del self.fields["agreed"]
        reads = self.fields["lets_read"]
        reads.label = _("%(name)s may read my profile for 30 days") % {
            "name": counselor
        }
        reads.help_text = _("Not your name and number. You can end it at any time.")
        reads.is_unmarked = True  # type: ignore[attr-defined]


class AskForm(forms.Form):
    """Two yeses, each by itself; the first is what is asked for at all."""

    lets_read = forms.BooleanField(
        help_text=_("Not your name and number. You can end it at any time."),
        error_messages={
            "required": _("Without this they cannot help you with your profile.")
        },
    )
    shows_stages = forms.BooleanField(
        required=False,
        label=_("And how my applications stand"),
        help_text=_(
            "Which job, which company, which step, and when. Not what you or the company "
            "wrote."
        ),
    )

    def __init__(self, *args: Any, counselor: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lets_read"].label = _(
            "%(name)s may read my profile for 30 days"
        ) % {"name": counselor}
        self.fields["shows_stages"].is_unmarked = True  # type: ignore[attr-defined]


class ProposalForm(forms.Form):
    """Which of the suggested changes are taken; "leave all" is an answer too."""

    accept = forms.MultipleChoiceField(required=False)
    leave = forms.BooleanField(required=False)

    def __init__(self, *args: Any, names: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["accept"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(name, name) for name in names]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("leave"):
            data["accept"] = []
        elif not data.get("accept") and not self.errors:
            self.add_error(
                "accept", _("Tick what you want to take, or leave all as it is.")
            )
        return data
