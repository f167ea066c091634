from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.lib.forms import LineField, RadioCards
from accounts.lib.guards import GuardedLineField
from accounts.lib.text import clean_block, clean_line
from accounts.seekers.enums import BlockReason, CallWish, Step, Visibility
from accounts.seekers.forms.screens import StepForm
from accounts.seekers.models import SeekerProfile
from accounts.seekers.services import HiddenFrom

MOST_HIDDEN = 20
_USCC = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}")
_PHONE = re.compile(r"1[3-9]\d{9}|\+?\d{8,15}")

# A line under each answer; the apply page shows the same.
CALL_WISHES = {
    CallWish.ANY: _(
        "8:00 to 22:00, at most three times a day. You can end it any time."
    ),
    CallWish.AGREED: _("Your number stays hidden until the talk you were invited to."),
    CallWish.WRITE: _("Nobody sees your number. You write to each other here."),
}


# What is agreed to: raise seekers.access.CONSENT_VERSION when these words change.
VISIBILITIES = {
    Visibility.PSEUDONYM: _(
        "For each of their postings you are a code. They see your city, what you can do, how long you worked, what you want, when "
        "you can start, and limits that touch their job. Not your name here or your "
        "real one, age, old companies, pay or own words. They may invite you to apply. "
        "You see who looked, and can hide again at any time."
    ),
}


class HiddenForm(StepForm):
    step = Step.HIDDEN

    former = forms.CharField(
        label=_("Where did you work?"),
        help_text=_("One company a line: its name, or the 18-character code."),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    chosen = forms.CharField(
        label=_("Anyone else?"),
        help_text=_("Companies that must not see you, for whatever reason."),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )

    def answers_of(self, profile: SeekerProfile) -> dict[str, Any]:
        rows = list(profile.blocks.order_by("pk"))
        return {
            reason.value: "\n".join(str(row) for row in rows if row.reason == reason)
            for reason in BlockReason
        }

    def clean_former(self) -> list[HiddenFrom]:
        return _hidden(self.cleaned_data["former"], BlockReason.FORMER)

    def clean_chosen(self) -> list[HiddenFrom]:
        return _hidden(self.cleaned_data["chosen"], BlockReason.CHOSEN)

    def answers(self) -> dict[str, Any]:
        return {}

    def hidden_from(self) -> list[HiddenFrom]:
        return [*self.cleaned_data["former"], *self.cleaned_data["chosen"]]


def _hidden(text: str, reason: BlockReason) -> list[HiddenFrom]:
    lines = [clean_line(line) for line in clean_block(text).split("\n")]
    lines = [line for line in dict.fromkeys(lines) if line]
    if len(lines) > MOST_HIDDEN:
        raise ValidationError(_("At most 20 companies, please."))
    return [_hidden_line(line, reason) for line in lines]


def _hidden_line(line: str, reason: BlockReason) -> HiddenFrom:
    code = line.upper().replace(" ", "")
    if _USCC.fullmatch(code):
        return HiddenFrom(uscc=code, reason=reason)
    if not 2 <= len(line) <= 80:
        message = _("“%(line)s”: a name has 2 to 80 characters.")
        raise ValidationError(message, params={"line": line[:20]})
    return HiddenFrom(name=line, reason=reason)


class BlockForm(forms.Form):
    """One company more, by name or code."""

    company = forms.CharField(
        label=_("Company name or 18-character code"), max_length=80
    )
    former = forms.BooleanField(label=_("I worked there"), required=False)

    def employer(self) -> HiddenFrom:
        reason = (
            BlockReason.FORMER if self.cleaned_data["former"] else BlockReason.CHOSEN
        )
        line = self.cleaned_data["company"]
        named = replace(_hidden_line(line, reason), reason=reason)
        code = self.data.get("uscc", "").strip().upper()
        return replace(named, uscc=code) if _USCC.fullmatch(code) else named

    def clean_company(self) -> str:
        line = clean_line(self.cleaned_data["company"])
        _hidden_line(line, BlockReason.CHOSEN)
        return line


class ContactForm(StepForm):
    step = Step.CONTACT

    pseudonym = GuardedLineField(
        label=_("What shall we call you here?"),
        help_text=_("Not your real name. You can keep the one we made up."),
        min_length=2,
        max_length=12,
    )
    contact_name = LineField(
        label=_("Your real name"),
        help_text=_(
            "Kept locked. An employer sees it only with an application you send."
        ),
        max_length=30,
        required=False,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    contact_phone = forms.CharField(
        label=_("Phone number"),
        help_text=_("The same: only with an application you send."),
        max_length=20,
        required=False,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "tel"}),
    )
    calls = forms.TypedChoiceField(
        label=_("How may an employer reach you?"),
        choices=CallWish.choices,
        coerce=CallWish,
        required=False,
        widget=RadioCards(descriptions=CALL_WISHES),
    )
    visibility = forms.TypedChoiceField(
        label=_("Who may see your profile?"),
        choices=Visibility.choices,
        coerce=int,
        widget=RadioCards(descriptions=VISIBILITIES),
    )

    def __init__(self, profile: SeekerProfile, data: Any = None) -> None:
        super().__init__(profile, data)
        # One of the answers is always chosen, so it is not marked as optional.
        self.fields["calls"].is_unmarked = True  # type: ignore[attr-defined]

    def clean_calls(self) -> str:
        """What was said before, where a page from before the question is sent."""
        return self.cleaned_data["calls"] or self.initial.get("calls") or CallWish.ANY

    def clean_contact_phone(self) -> str:
        phone = re.sub(r"[\s\-()]", "", clean_line(self.cleaned_data["contact_phone"]))
        if phone and not _PHONE.fullmatch(phone):
            raise ValidationError(
                _("This does not look like a phone number, such as 13800000000.")
            )
        return phone
