"""What people type and tap to settle a time to talk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext

from accounts.lib.dates import appointment_text
from accounts.lib.debtor_data import PHONE
from accounts.lib.forms import ChipRadio, Chips
from accounts.lib.guards import GuardedLineField
from jobs.applications.enums import InterviewBy, InterviewOutcome
from jobs.applications.forms import StepForm
from jobs.applications.interview_words import SLOT_SENTENCES
from jobs.applications.models import InterviewSlot
from jobs.applications.rules.interviews import (
    LENGTHS,
    MOST_SEATS,
    MOST_TIMES,
    MOST_WISHES,
    Wish,
    modes_for,
    time_refusal,
    times_refusal,
    wishes_to_offer,
)

TIMES = [f"t{n}" for n in range(1, MOST_TIMES + 1)]
# As many stand open; the others are one tap away.
FIRST_TIMES = 3
NEEDS_PLACE = frozenset({InterviewBy.IN_PERSON, InterviewBy.VIDEO})


def _time_field(n: int) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=_("Time %(n)s") % {"n": n},
        required=False,
        widget=forms.DateTimeInput(
            attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
        ),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
    )


class ProposeForm(StepForm):
    """Up to ten times and what they have in common."""

    by = forms.TypedChoiceField(
        label=gettext_lazy("How you talk"),
        choices=InterviewBy.choices,
        coerce=InterviewBy,
        initial=InterviewBy.IN_PERSON,
        widget=ChipRadio,
    )
    minutes = forms.TypedChoiceField(
        label=gettext_lazy("How long, minutes"),
        choices=[(n, str(n)) for n in LENGTHS],
        coerce=int,
        initial=30,
        widget=ChipRadio,
    )
    again = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Times you offered before and that are still free"),
        coerce=int,
        required=False,
        widget=Chips,
        help_text=gettext_lazy("Whoever picks first has it; nobody is booked twice."),
    )
    # Whom to ask for at the door, with their number, is what people need to know.
    place = GuardedLineField(
        label=gettext_lazy("Where, or how by video"),
        max_length=200,
        required=False,
        let={PHONE},
        help_text=gettext_lazy("The full address, or the link of the video talk."),
    )
    meets = GuardedLineField(
        label=gettext_lazy("Whom they meet"), max_length=80, required=False
    )
    bring = GuardedLineField(
        label=gettext_lazy("What to bring"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Nothing they have to pay for or leave with you."),
    )
    travel_paid = forms.BooleanField(
        label=gettext_lazy("We pay for the way there"), required=False
    )
    capacity = forms.IntegerField(
        label=gettext_lazy("How many people may take the same time"),
        min_value=1,
        max_value=MOST_SEATS,
        initial=1,
    )
    reason = GuardedLineField(
        label=gettext_lazy("Why another time? The applicant reads this."),
        max_length=200,
    )

    def __init__(
        self,
        *args: Any,
        takes_calls: bool = True,
        is_move: bool = False,
        free: Sequence[InterviewSlot] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for n, name in enumerate(TIMES, start=1):
            self.fields[name] = _time_field(n)
            self.fields[name].is_unmarked = True  # type: ignore[attr-defined]
        # Needed face to face and by video, and not otherwise.
        self.fields["place"].is_unmarked = True  # type: ignore[attr-defined]
        modes = modes_for(takes_calls=takes_calls)
        by = self.fields["by"]
        by.choices = [(mode.value, mode.label) for mode in modes]  # type: ignore[attr-defined]
        if not takes_calls:
            by.help_text = _("This applicant takes no calls.")
        if free:
            self.fields["again"].choices = [  # type: ignore[attr-defined]
                (slot.pk, slot_text(slot)) for slot in free
            ]
        else:
            del self.fields["again"]
        if not is_move:
            del self.fields["reason"]

    def first_times(self) -> list[forms.BoundField]:
        return [self[name] for name in TIMES[:FIRST_TIMES]]

    def more_times(self) -> list[forms.BoundField]:
        return [self[name] for name in TIMES[FIRST_TIMES:]]

    @property
    def opens_more(self) -> bool:
        """Whether something stands, or is wrong, among the times that are folded."""
        return any(f.value() or f.errors for f in self.more_times())

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        starts = self.starts()
        if not self.cleaned_data.get("again") or starts:
            self._check_place()
            self._check_times(starts)
        return found

    def starts(self) -> list[datetime]:
        return [at for name in TIMES if (at := self.cleaned_data.get(name))]

    def _check_place(self) -> None:
        by, place = self.cleaned_data.get("by"), self.cleaned_data.get("place")
        if by in NEEDS_PLACE and not place and "place" not in self.errors:
            self.add_error("place", _("Please say where, or how by video."))

    def _check_times(self, starts: list[datetime]) -> None:
        minutes = self.cleaned_data.get("minutes")
        if minutes is None or any(name in self.errors for name in TIMES):
            return
        now = timezone.now()
        for name in TIMES:
            at = self.cleaned_data.get(name)
            if at and (refusal := time_refusal(at, minutes, now=now)):
                self.add_error(name, str(SLOT_SENTENCES[refusal]))
        if not any(name in self.errors for name in TIMES) and (
            refusal := times_refusal(starts, minutes, now=now)
        ):
            self.add_error(TIMES[0], str(SLOT_SENTENCES[refusal]))


def slot_text(slot: InterviewSlot) -> str:
    """A time that others were offered, with all that tells it from another."""
    parts = [
        appointment_text(slot.starts_at),
        ngettext("%(n)s minute", "%(n)s minutes", slot.minutes) % {"n": slot.minutes},
        str(InterviewBy(slot.by).label),
        slot.place,
    ]
    return " · ".join(part for part in parts if part)


class CallOffForm(StepForm):
    """The employer's no to a talk; the seeker's needs no reason."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = GuardedLineField(
        label=gettext_lazy("Why? The applicant reads this."), max_length=200
    )


class WishForm(forms.Form):
    """A few taps: when it would suit, and how one would rather talk."""

    wishes = forms.MultipleChoiceField(
        label=gettext_lazy("When would it suit you?"),
        required=False,
        widget=Chips,
        help_text=gettext_lazy(
            "Tap as many as you like, up to ten. Morning is 8 to 12, afternoon 12 to "
            "18, evening 18 to 22."
        ),
    )
    wanted_by = forms.ChoiceField(
        label=gettext_lazy("How would you rather talk?"),
        required=False,
        widget=ChipRadio,
        help_text=gettext_lazy(
            "Writing is fine too. Nobody has to talk on the phone to be heard."
        ),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wishes"].choices = [  # type: ignore[attr-defined]
            (str(wish), wish_text(wish)) for wish in wishes_to_offer(today=today)
        ]
        self.fields["wanted_by"].choices = [  # type: ignore[attr-defined]
            ("", _("As it is")),
            *InterviewBy.choices,
        ]
        for field in self.fields.values():
            field.is_unmarked = True  # type: ignore[attr-defined]

    def days(self) -> list[tuple[str, list[tuple[str, str, bool]]]]:
        """Each day with its parts as (value, label, whether it is chosen)."""
        chosen = set(self["wishes"].value() or ())
        wishes = [Wish.read(value) for value, _label in self.fields["wishes"].choices]  # type: ignore[attr-defined]
        return [
            (
                day_words(day),
                [(str(w), str(w.part.label), str(w) in chosen) for w in parts],
            )
            for day, parts in groupby(wishes, key=lambda wish: wish.day)
        ]

    def clean_wishes(self) -> list[str]:
        wishes: list[str] = self.cleaned_data["wishes"]
        if len(wishes) > MOST_WISHES:
            raise forms.ValidationError(_("Please choose ten at most."))
        return wishes

    def clean(self) -> dict[str, Any]:
        found = self.cleaned_data
        if not self.errors and not found["wishes"] and not found["wanted_by"]:
            self.add_error(
                "wishes", _("Please tap at least one time, or another way to talk.")
            )
        return found


def wish_text(wish: Wish) -> str:
    """11月27日（星期四）上午."""
    return _("%(day)s, %(part)s") % {
        "day": day_words(wish.day),
        "part": wish.part.label,
    }


def day_words(day: date) -> str:
    """11月27日（星期四）."""
    return _("%(day)s (%(weekday)s)") % {
        "day": format_date(day, pgettext("date format", "j F")),
        "weekday": format_date(day, "l"),
    }


def wish_texts(wishes: Iterable[str]) -> list[str]:
    return [wish_text(wish) for wish in sorted(Wish.read(text) for text in wishes)]


class PickForm(forms.Form):
    slot = forms.IntegerField()
    # Yes, although something else is at that time.
    anyway = forms.BooleanField(required=False)


class SayForm(forms.Form):
    outcome = forms.TypedChoiceField(
        choices=InterviewOutcome.choices, coerce=InterviewOutcome
    )
