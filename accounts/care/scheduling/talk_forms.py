from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from accounts.care.scheduling.enums import (
    GROUP_MODES,
    Mode,
    PartOfDay,
    Theme,
)
from accounts.care.scheduling.talk_topics import unwrap
from accounts.identity.fields import CallField
from accounts.lib.forms import Chips, LineField, RadioCards


class MomentField(forms.Field):
    """A moment as our own pages write it: with its distance from UTC."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> datetime | None:
        try:
            found = parse_datetime(str(value)) if value else None
        except ValueError:
            found = None
        if found is None:
            return None
        if found.tzinfo is None:
            raise ValidationError(_("Please choose a time."))
        return found


class TopicField(forms.CharField):
    """The sealed token, opened."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> str:
        return unwrap(super().to_python(value) or "")


class WishForm(forms.Form):
    """What the page of times is asked for; nonsense counts as not said."""

    topic = TopicField(required=False)
    mode = forms.ChoiceField(choices=Mode.choices, required=False)
    counselor = forms.UUIDField(required=False)
    after = MomentField(required=False)

    def wish(self) -> dict[str, Any]:
        self.is_valid()
        names = ("topic", "mode", "counselor", "after")
        return {name: self.cleaned_data.get(name) or None for name in names}


class TimeForm(forms.Form):
    """One time of one counselor."""

    topic = TopicField(required=False)
    mode = forms.ChoiceField(choices=Mode.choices)
    counselor = forms.UUIDField()
    starts_at = MomentField()


class MoveForm(forms.Form):
    counselor = forms.UUIDField()
    starts_at = MomentField()


class BookForm(forms.Form):
    """The last step; only a talk by phone asks for something."""

    phone = CallField(
        label=_("The number we call"),
        help_text=_("Only this counselor sees it, and only for this talk."),
    )

    def __init__(self, mode: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if mode != Mode.PHONE:
            del self.fields["phone"]


class WaitForm(forms.Form):
    modes = forms.MultipleChoiceField(
        label=_("How may we talk?"),
        choices=Mode.choices,
        widget=Chips,
        help_text=_("The more you choose, the sooner it goes."),
        error_messages={"required": _("Please choose at least one way.")},
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On which days?"),
        choices=WEEKDAYS.items(),
        coerce=int,
        required=False,
        widget=Chips,
        help_text=_("Choose none if any day is fine."),
    )
    parts = forms.MultipleChoiceField(
        label=_("At what time?"),
        choices=PartOfDay.choices,
        required=False,
        widget=Chips,
        help_text=_("Choose none if any time is fine."),
    )
    topic = TopicField(required=False)


class SeatForm(forms.Form):
    nickname = LineField(
        label=_("What shall the others call you?"),
        max_length=20,
        help_text=_("A nickname. Please not your real name."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )


class GroupForm(forms.Form):
    theme = forms.ChoiceField(
        label=_("What is it about?"), choices=Theme.choices, widget=RadioCards
    )
    mode = forms.ChoiceField(
        label=_("How do you meet?"), choices=(), widget=forms.RadioSelect
    )
    seats = forms.IntegerField(
        label=_("How many seats?"),
        min_value=3,
        max_value=12,
        initial=8,
        help_text=_("Three to twelve. It cannot be changed later."),
    )
    starts_at = forms.ChoiceField(
        label=_("When?"),
        choices=(),
        help_text=_("Your free times that can still be booked."),
    )

    def __init__(
        self,
        *args: Any,
        times: Sequence[tuple[str, str]],
        modes: Sequence[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_at"].choices = times  # type: ignore[attr-defined]
        self.fields["mode"].choices = [  # type: ignore[attr-defined]
            (mode, mode.label) for mode in GROUP_MODES if mode in modes
        ]
