from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from accounts.care.safety.enums import Level, Outcome, Source, Verdict, Way, Whom
from accounts.care.safety.services.glass import SHORTEST
from accounts.counselors.models import CounselorProfile
from accounts.identity.fields import CallField, PhoneField
from accounts.lib.dates import SHANGHAI
from accounts.lib.forms import BlockField, ChipRadio, DateInput, LineField, RadioCards

REMARK = 500
HOURS = (
    ("any", pgettext_lazy("when to contact", "Any time")),
    ("day", pgettext_lazy("when to contact", "By day, 9 to 18")),
    ("evening", pgettext_lazy("when to contact", "In the evening, 18 to 22")),
)
WAYS = (
    (Way.PHONE, pgettext_lazy("how to contact", "Ring me")),
    (Way.SMS, pgettext_lazy("how to contact", "Write me a text message")),
)


class ContactForm(forms.Form):
    """How somebody wants to be contacted if they are in danger."""

    phone = PhoneField(
        label=_("At which number?"),
        error_messages={
            "region": _(
                "We can only reach mobile numbers of mainland China, Hong Kong, Macau "
                "and Taiwan."
            )
        },
    )
    way = forms.ChoiceField(
        label=_("How may we contact you?"), choices=WAYS, widget=ChipRadio
    )
    hours = forms.ChoiceField(
        label=_("When may we contact you?"), choices=HOURS, widget=ChipRadio
    )
    code_word = LineField(
        label=_("A code word"),
        max_length=30,
        required=False,
        help_text=_(
            "We say it first, so that you know it is us. If somebody else answers, we "
            "say nothing about this site."
        ),
    )


class PersonForm(forms.Form):
    """Whom to call when somebody is in serious danger and cannot be reached."""

    name = LineField(label=_("What do you call them?"), max_length=40)
    relation = LineField(
        label=_("Who are they to you?"),
        max_length=40,
        help_text=_("Such as sister, friend, neighbour. Never a boss or a colleague."),
    )
    person_phone = CallField(label=_("Their number"))


class RemarkForm(forms.Form):
    remark = BlockField(
        label=_("What should the next person know?"),
        max_length=REMARK,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Facts, in few words. The person gets this with their copy."),
    )


class NeededRemarkForm(RemarkForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["remark"].required = True


class TryForm(RemarkForm):
    way = forms.ChoiceField(label=_("How did you try?"), choices=Way, widget=ChipRadio)
    outcome = forms.ChoiceField(
        label=_("What came of it?"), choices=Outcome, widget=ChipRadio
    )
    field_order = ("way", "outcome", "remark")


class DecideForm(NeededRemarkForm):
    whom = forms.ChoiceField(label=_("Whom do you call?"), widget=RadioCards)
    field_order = ("whom", "remark")

    def __init__(self, *args: Any, has_person: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["whom"]
        field.choices = [
            choice
            for choice in Whom.choices
            if has_person or choice[0] != Whom.EMERGENCY_PERSON
        ]
        self.fields["remark"].label = _("Why now, and what do you say there?")


class GlassForm(forms.Form):
    reason = BlockField(
        label=_("Why must you see more than the person allowed?"),
        max_length=REMARK,
        min_length=SHORTEST,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("At least 20 characters. The person reads this."),
    )


class JudgeForm(RemarkForm):
    verdict = forms.ChoiceField(
        label=_("Your judgement"), choices=Verdict, widget=RadioCards
    )
    field_order = ("verdict", "remark")


class RaiseForm(forms.Form):
    level = forms.ChoiceField(
        label=_("How soon?"),
        choices=Level,
        widget=RadioCards(
            descriptions={
                Level.RED: _("Somebody on duty tries within 15 minutes."),
                Level.AMBER: _("Today, within four hours that are staffed."),
                Level.YELLOW: _("A talk within three working days."),
            }
        ),
    )
    source = forms.ChoiceField(
        label=_("How do you know?"),
        choices=[
            (value, label)
            for value, label in Source.choices
            if value in (Source.COUNSELOR, Source.PEER)
        ],
        widget=ChipRadio,
    )
    reason = BlockField(
        label=_("What was said?"),
        max_length=REMARK,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("In their words if you can. Nobody outside care reads it."),
    )


class PlanForm(forms.Form):
    """One field for each question of the plan; the texts come from the caller."""

    def __init__(self, *args: Any, parts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in parts:
            self.fields[part.code] = BlockField(
                label=part.title,
                help_text=part.hint,
                max_length=1000,
                required=False,
                widget=forms.Textarea({"rows": 3, "autocomplete": "off"}),
            )


class ShiftForm(forms.Form):
    counselor = forms.ModelChoiceField(
        CounselorProfile.objects.none(),
        label=_("Who is on duty?"),
        to_field_name="public_id",
    )
    day = forms.DateField(label=_("Which day?"), widget=DateInput)
    begins = forms.TimeField(
        label=pgettext_lazy("hours on duty", "From"),
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
    )
    ends = forms.TimeField(
        label=pgettext_lazy("hours on duty", "Until"),
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        help_text=_("Earlier than the beginning means the next morning."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["counselor"]
        found = CounselorProfile.objects.verified(now=timezone.now())
        field.queryset = found.filter(user__is_active=True).order_by("name", "pk")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not {"day", "begins", "ends"} <= set(data):
            return data
        if data["begins"] == data["ends"]:
            # Taken for a whole day, it would be printed as hours when somebody is there.
            self.add_error("ends", _("These hours end when they begin."))
            return data
        start = datetime.combine(data["day"], data["begins"], tzinfo=SHANGHAI)
        end = datetime.combine(data["day"], data["ends"], tzinfo=SHANGHAI)
        if end <= start:
            end += timedelta(days=1)
        if end <= timezone.now():
            raise ValidationError(_("These hours are over already."))
        return data | {"starts_at": start, "ends_at": end}
