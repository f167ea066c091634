from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _, ngettext_lazy

from accounts.lib.forms import LineField, RadioCards
from jobs.api.enums import Scope
from jobs.api.rules.keys import LIFETIMES

ABOUT_SCOPES = {
    Scope.POSTINGS_READ: _("Their words, their state, and what the rules say."),
    Scope.POSTINGS_WRITE: _(
        "Drafts, changes, sending in, pausing and closing. A person still reads "
        "everything before it opens."
    ),
    Scope.APPLICATIONS_READ: _(
        "Who applied and what they agreed to send. No phone numbers. They see every look."
    ),
    Scope.APPLICATIONS_WRITE: _("With a reason that the applicant reads."),
    Scope.VERIFICATION_READ: _("Whether it is good, and until when."),
}


def _days(count: int) -> Any:
    return ngettext_lazy("%(count)d day", "%(count)d days", count) % {"count": count}


class ScopeCards(forms.CheckboxSelectMultiple):
    """Tick boxes, each with a line about what it opens."""

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(*args, **kwargs)
        option["description"] = ABOUT_SCOPES[Scope(str(option["value"]))]
        return option


class KeyForm(forms.Form):
    name = LineField(
        label=_("What is it for?"),
        max_length=40,
        help_text=_("Name the program, for example: our hiring system."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may it do?"),
        choices=Scope.choices,
        widget=ScopeCards,
        help_text=_("Tick as little as the program needs."),
        error_messages={"required": _("Tick at least one.")},
    )
    lifetime = forms.TypedChoiceField(
        label=_("How long does it work?"),
        choices=[(str(days), _days(days)) for days in LIFETIMES],
        coerce=lambda days: timedelta(days=int(days)),
        initial="180",
        help_text=_("We tell you a fortnight before it ends."),
    )


class RotateForm(forms.Form):
    old = forms.ChoiceField(
        label=_("What becomes of the old key?"),
        choices=[
            ("day", _("It works for 24 more hours")),
            ("now", _("It ends at once")),
        ],
        initial="day",
        widget=RadioCards(
            descriptions={
                "day": _("Time to put the new one in place."),
                "now": _("If somebody else may have seen it."),
            }
        ),
    )
