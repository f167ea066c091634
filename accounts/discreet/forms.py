from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.discreet.enums import Try
from accounts.discreet.rules.lock import (
    IDLE_CHOICES,
    USUAL_IDLE,
    is_easy,
    is_well_formed,
)
from accounts.discreet.services import try_pin
from accounts.identity.models import User
from accounts.lib.forms import ChipRadio, RadioCards
from accounts.lib.looks import LOOKS

FORM = _("A PIN is four to six digits.")
MINUTES = {
    1: _("1 minute"),
    5: _("5 minutes"),
    15: _("15 minutes"),
}


class PinField(forms.CharField):
    """Digits of any keyboard; browsers are asked not to keep them."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "off", "maxlength": "6"}
        widget = forms.PasswordInput(attrs=attrs)
        super().__init__(widget=widget, strip=True, **kwargs)

    def clean(self, value: Any) -> str:
        pin = unicodedata.normalize("NFKC", super().clean(value) or "")
        if pin and not is_well_formed(pin):
            raise forms.ValidationError(FORM)
        return pin


class UnlockForm(forms.Form):
    pin = PinField(label=_("PIN"), error_messages={"required": FORM})


class PinForm(forms.Form):
    current = PinField(label=_("PIN until now"), error_messages={"required": FORM})
    pin = PinField(
        label=_("New PIN"),
        help_text=_("Four to six digits that nobody near you would guess."),
        error_messages={"required": FORM},
    )
    idle_minutes = forms.TypedChoiceField(
        label=_("Ask for it after"),
        choices=[(str(minutes), MINUTES[minutes]) for minutes in IDLE_CHOICES],
        coerce=int,
        initial=str(USUAL_IDLE),
        widget=ChipRadio,
    )

    def __init__(self, *args: Any, user: User, asks_old: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.outcome = user, Try.RIGHT
        if not asks_old:
            del self.fields["current"]

    def clean_pin(self) -> str:
        pin = str(self.cleaned_data["pin"])
        if is_easy(pin):
            raise forms.ValidationError(
                _("That one is guessed at once. Please mix the digits.")
            )
        return pin

    def clean(self) -> dict[str, Any]:
        """The old one is tried last, so that a slip elsewhere costs no try."""
        data = super().clean() or {}
        if "current" in self.fields and not self.errors:
            self._try_old(data["current"])
        return data

    def _try_old(self, pin: str) -> None:
        self.outcome = try_pin(user=self.user, pin=pin)
        if self.outcome == Try.WRONG:
            self.add_error("current", _("That was not the PIN."))


class RemovePinForm(forms.Form):
    current = PinField(label=_("PIN until now"), error_messages={"required": FORM})

    def __init__(self, *args: Any, asks_old: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_old:
            del self.fields["current"]


class LookForm(forms.Form):
    look = forms.ChoiceField(
        label=_("What the tab and the home screen say"),
        choices=[(look.art, look.name) for look in LOOKS],
        widget=RadioCards,
    )
