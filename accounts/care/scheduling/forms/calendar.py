"""What counselors write about their own time; every mistake stands at its field."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from accounts.care.scheduling.enums import DayKind, LeaveReason, Mode
from accounts.care.scheduling.models import AvailabilityRule, CounselorSettings
from accounts.care.scheduling.models.calendar import SESSION_MINUTES
from accounts.care.scheduling.rules.times import DAY, minutes_of
from accounts.care.scheduling.zones import ZONES
from accounts.lib.forms import (
    ChipRadio,
    Chips,
    DateInput,
    LineField,
    RadioCards,
    Switch,
)

FAR = timedelta(days=730)
MINUTES = [(25, gettext_lazy("25 minutes")), (50, gettext_lazy("50 minutes"))]


def clock(label: Any, **kwargs: Any) -> forms.TimeField:
    widget = forms.TimeInput({"type": "time", "class": "input-short"}, format="%H:%M")
    return forms.TimeField(label=label, widget=widget, **kwargs)


def whole(label: Any, low: int, high: int, **kwargs: Any) -> forms.IntegerField:
    widget = forms.NumberInput({"inputmode": "numeric", "class": "input-short"})
    return forms.IntegerField(
        label=label, min_value=low, max_value=high, widget=widget, **kwargs
    )


def end_of(told: Any) -> int:
    """Midnight as an end is the end of the day."""
    return minutes_of(told) or DAY


class ModesField(forms.MultipleChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=gettext_lazy("How people can talk with you then"),
            choices=Mode.choices,
            widget=Chips,
            **kwargs,
        )

    def offer(self, modes: Iterable[str]) -> None:
        self.choices = [(code, Mode(code).label) for code in Mode if code in set(modes)]


class HoursForm(forms.Form):
    """A line of the week, on one day or on several."""

    weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("On which days?"),
        choices=list(WEEKDAYS.items()),
        coerce=int,
        widget=Chips,
    )
    starts = clock(gettext_lazy("From what time?"))
    ends = clock(
        gettext_lazy("Until what time?"),
        help_text=gettext_lazy("For midnight write 00:00."),
    )
    modes = ModesField()
    valid_from = forms.DateField(
        label=gettext_lazy("First day"), widget=DateInput, required=False
    )
    valid_until = forms.DateField(
        label=gettext_lazy("Last day"), widget=DateInput, required=False
    )

    def __init__(
        self, *args: Any, settings: CounselorSettings, is_change: bool = False, **kwargs: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.minutes = settings.session_minutes
        _modes_of(self).offer(settings.modes)
        if is_change:
            del self.fields["weekdays"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        _clean_times(self, data, self.minutes)
        first, last = data.get("valid_from"), data.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", _("The last day lies before the first."))
        return data


def hours_initial(rule: AvailabilityRule) -> dict[str, Any]:
    return {
        "starts": as_clock(rule.starts),
        "ends": as_clock(rule.ends),
        "modes": rule.modes,
        "valid_from": rule.valid_from,
        "valid_until": rule.valid_until,
    }


def as_clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"


class DayForm(forms.Form):
    """One day that is not like the others."""

    day = forms.DateField(label=gettext_lazy("On which day?"), widget=DateInput)
    kind = forms.ChoiceField(
        label=gettext_lazy("What is different?"),
        choices=DayKind.choices,
        widget=RadioCards(
            descriptions={
                DayKind.OFF: gettext_lazy("Nobody can book in this time."),
                DayKind.EXTRA: gettext_lazy("On top of your weekly hours."),
            }
        ),
    )
    starts = clock(
        pgettext_lazy("hours of one day", "From"),
        required=False,
        help_text=gettext_lazy("Leave both empty for the whole day."),
    )
    ends = clock(pgettext_lazy("hours of one day", "Until"), required=False)
    modes = ModesField(
        required=False,
        help_text=gettext_lazy("Only for more time."),
    )

    def __init__(
        self, *args: Any, settings: CounselorSettings, today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.minutes = today, settings.session_minutes
        _modes_of(self).offer(settings.modes)

    def clean_day(self) -> date:
        return _coming(self.cleaned_data["day"], self.today)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        is_extra = data.get("kind") == DayKind.EXTRA
        given = [name for name in ("starts", "ends") if data.get(name) is not None]
        if is_extra or given:
            for name in {"starts", "ends"} - set(given) - set(self.errors):
                self.add_error(name, _("Please give a time here too."))
            _clean_times(self, data, self.minutes if is_extra else 1)
        elif "starts" not in self.errors and "ends" not in self.errors:
            data["starts_at"], data["ends_at"] = 0, DAY
        if is_extra and not data.get("modes"):
            self.add_error("modes", _("Please choose at least one way."))
        return data


class LeaveForm(forms.Form):
    first_day = forms.DateField(label=gettext_lazy("First day away"), widget=DateInput)
    last_day = forms.DateField(label=gettext_lazy("Last day away"), widget=DateInput)
    reason = forms.ChoiceField(
        label=gettext_lazy("Why?"),
        choices=LeaveReason.choices,
        widget=ChipRadio,
        help_text=gettext_lazy("Only you see this."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_last_day(self) -> date:
        return _coming(self.cleaned_data["last_day"], self.today)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day lies before the first."))
        return data


class SettingsForm(forms.Form):
    zone = forms.ChoiceField(
        label=gettext_lazy("By which clock do you work?"), choices=list(ZONES.items())
    )
    session_minutes = forms.TypedChoiceField(
        label=gettext_lazy("How long is a talk?"),
        choices=[pair for pair in MINUTES if pair[0] in SESSION_MINUTES],
        coerce=int,
        widget=ChipRadio,
    )
    modes = forms.MultipleChoiceField(
        label=gettext_lazy("How can people talk with you?"),
        choices=Mode.choices,
        widget=Chips,
    )
    video_link = forms.URLField(
        label=gettext_lazy("Link for a talk by video"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=gettext_lazy("Only people who booked by video see it."),
    )
    place = LineField(
        label=gettext_lazy("Where you meet face to face"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Only people who booked a meeting there see it."),
    )
    buffer_before = whole(gettext_lazy("Break before a talk, in minutes"), 0, 60)
    buffer_after = whole(gettext_lazy("Break after a talk, in minutes"), 0, 60)
    notice_hours = whole(gettext_lazy("How many hours ahead must people book?"), 1, 168)
    horizon_days = whole(gettext_lazy("How many days ahead can they book?"), 1, 90)
    daily_cap = whole(
        gettext_lazy("Talks a day, at most"),
        1,
        6,
        help_text=gettext_lazy("Six is the most: whoever listens needs rest too."),
    )
    max_caseload = whole(gettext_lazy("People you look after, at most"), 1, 25)
    accepts_new = forms.BooleanField(
        label=gettext_lazy("I take new people"),
        required=False,
        widget=Switch,
        help_text=gettext_lazy("Switched off, only people you know already can book."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        current = self.initial.get("zone")
        if current and current not in ZONES:
            zone = self.fields["zone"]
            zone.choices = [*ZONES.items(), (current, current)]  # type: ignore[attr-defined]

    def clean_video_link(self) -> str:
        link = str(self.cleaned_data["video_link"])
        if link and not link.startswith("https://"):
            raise ValidationError(_("The link must begin with https://."))
        return link

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        modes = data.get("modes", [])
        if Mode.VIDEO in modes and not data.get("video_link"):
            if "video_link" not in self.errors:
                self.add_error("video_link", _("For talks by video we need a link."))
        if Mode.IN_PERSON in modes and not data.get("place"):
            self.add_error("place", _("Please say where you meet."))
        return data


def settings_initial(row: CounselorSettings) -> dict[str, Any]:
    return {name: getattr(row, name) for name in SettingsForm.base_fields}


class ZoneForm(forms.Form):
    zone = forms.ChoiceField(
        label=gettext_lazy("Which time zone are you in?"), choices=list(ZONES.items())
    )


def _modes_of(form: forms.Form) -> ModesField:
    field = form.fields["modes"]
    assert isinstance(field, ModesField)
    return field


def _clean_times(form: forms.Form, data: dict[str, Any], shortest: int) -> None:
    """Both as minutes under other names; the words stay as they were typed."""
    starts, ends = data.get("starts"), data.get("ends")
    if starts is None or ends is None:
        return
    data["starts_at"], data["ends_at"] = minutes_of(starts), end_of(ends)
    length = data["ends_at"] - data["starts_at"]
    if length <= 0:
        form.add_error("ends", _("The end lies before the beginning."))
    elif length < shortest:
        told = _("A talk takes %(minutes)d minutes. This is shorter.")
        form.add_error("ends", told % {"minutes": shortest})


def _coming(day: date, today: date) -> date:
    if day < today:
        raise ValidationError(_("This day is over."))
    if day > today + FAR:
        raise ValidationError(_("That is more than two years away."))
    return day
