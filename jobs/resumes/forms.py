from __future__ import annotations

from base64 import b64decode
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext, gettext_lazy as _

from accounts.lib.dates import today
from accounts.lib.forms import (
    ChipRadio,
    Chips,
    LineField,
    MoneyRangeField,
    RadioCards,
)
from accounts.seekers.forms.widgets import CheckCards
from jobs.resumes.enums import Identity, Speech, StationKind, Variant
from jobs.resumes.models import (
    LINE_LENGTH,
    STATION_LENGTH,
    SUMMARY_LENGTH,
    Resume,
    ResumeAnswer,
)
from jobs.resumes.rules.answers import Answer, catalogue
from jobs.resumes.rules.json_resume import MOST_BYTES
from jobs.resumes.rules.lint import lint
from jobs.resumes.rules.periods import month_of, month_on
from jobs.resumes.rules.translate import NAME_LENGTH
from jobs.resumes.services.answers import Detail
from jobs.resumes.services.shares import DAYS, LIMITS
from jobs.resumes.texts import refusal


class CleanLineField(LineField):
    """One tidy line; an unlawful practice or somebody's data is refused, kindly."""

    def validate(self, value: str) -> None:
        super().validate(value)
        if remarks := [remark for remark in lint(value) if remark.is_refused]:
            raise forms.ValidationError(refusal(value, remarks), code="refused")


class GroupForm(forms.Form):
    """One screen of ticks."""

    ticks = forms.MultipleChoiceField(
        label=_("What did you do?"), required=False, widget=CheckCards
    )

    def __init__(self, group: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or ""
        field = self.fields["ticks"]
        field.is_unmarked = True  # type: ignore[attr-defined]
        field.choices = [  # type: ignore[attr-defined]
            (answer.code, answer.label.text(language))
            for answer in catalogue().in_group(group)
        ]


class DetailsForm(forms.Form):
    """A figure or a name for each ticked answer that can have one; all may stay empty."""

    def __init__(self, resume: Resume, data: Any = None) -> None:
        self.rows = [
            (answer, row)
            for row in resume.answers.all()
            if (answer := catalogue().answers.get(row.code))
            and (answer.number or answer.ask_name)
        ]
        self.rows.sort(key=lambda pair: list(catalogue().answers).index(pair[1].code))
        initial = {answer.code: _known(answer, row) for answer, row in self.rows}
        super().__init__(data, initial=initial)
        for answer, _row in self.rows:
            self.fields[answer.code] = _detail_field(answer)

    def details(self) -> dict[str, Detail]:
        return {
            answer.code: _detail(answer, self.cleaned_data[answer.code])
            for answer, _row in self.rows
        }


def _known(answer: Answer, row: ResumeAnswer) -> Any:
    return [row.low, row.high] if answer.number else row.name


def _detail_field(answer: Answer) -> forms.Field:
    language = get_language() or ""
    label = answer.label.text(language)
    field: Any
    if answer.number:
        field = MoneyRangeField(
            unit="",
            ceiling=answer.number.most,
            label=label,
            help_text=answer.number.ask.text(language),
            required=False,
        )
    else:
        ask = answer.ask_name.text(language) if answer.ask_name else ""
        field = CleanLineField(
            label=label, help_text=ask, max_length=NAME_LENGTH, required=False
        )
    field.is_unmarked = True
    return field  # type: ignore[no-any-return]


def _detail(answer: Answer, value: Any) -> Detail:
    if not answer.number:
        return Detail(name=value)
    low, high = value or (None, None)
    if low is None:
        low, high = high, None
    return Detail(low=low, high=None if high == low else high)


class LineForm(forms.Form):
    text = CleanLineField(
        label=_("Your words"),
        max_length=LINE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class AboutForm(forms.Form):
    """Two or three sentences, and languages."""

    summary = CleanLineField(
        label=_("Two or three sentences about you"),
        help_text=_("For example: patient, like clear rules, want to stay long."),
        max_length=SUMMARY_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    speaks = forms.MultipleChoiceField(
        label=_("Languages you work in"),
        choices=Speech.choices,
        required=False,
        widget=Chips,
    )


class MonthField(forms.CharField):
    """A month, however it is written: 2021-03, 2021.3, 2021年3月."""

    default_error_messages = {
        "month": _("Please write year and month, for example 2021-03.")
    }

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"type": "month", "placeholder": "2021-03", "autocomplete": "off"}
        super().__init__(widget=forms.TextInput(attrs=attrs), max_length=20, **kwargs)

    def clean(self, value: Any) -> str:
        text = str(super().clean(value)).strip()
        if not text:
            return ""
        for mark in "年./":
            text = text.replace(mark, "-")
        month = month_of(text.replace("月", "").strip("- "))
        if not month or month > month_on(today()):
            raise forms.ValidationError(self.error_messages["month"], code="month")
        return month


class StationForm(forms.Form):
    """A job or a school."""

    title = CleanLineField(max_length=STATION_LENGTH, required=False)
    place = CleanLineField(max_length=STATION_LENGTH, required=False)
    begins = MonthField(label=_("From which month"))
    ends = MonthField(
        label=_("Until which month"),
        help_text=_("Empty if it goes on."),
        required=False,
    )

    def __init__(self, kind: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_job = kind == StationKind.JOB
        title, place = self.fields["title"], self.fields["place"]
        title.label = _("Job title") if is_job else _("Subject or certificate")
        place.label = _("Company") if is_job else _("School")
        place.help_text = _("Only the version with your name shows it.")
        title.is_unmarked = place.is_unmarked = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        # A field that was refused has said so itself.
        if not {"title", "place"} & set(self.errors):
            if not data.get("title") and not data.get("place"):
                self.add_error("title", _("Please write one of the two at least."))
        begins, ends = data.get("begins"), data.get("ends")
        if begins and ends and ends < begins:
            self.add_error("ends", _("The end is before the beginning."))
        return data


class ShareForm(forms.Form):
    variant = forms.ChoiceField(
        label=_("Which version"), choices=Variant.choices, widget=ChipRadio
    )
    identity = forms.ChoiceField(
        label=_("Who does it say you are"),
        choices=Identity.choices,
        initial=Identity.PSEUDONYM,
        widget=RadioCards(
            descriptions={
                Identity.PSEUDONYM: _(
                    "Your pseudonym, city and skills. No company, no school, no dates, "
                    "no number, and none of your own wording."
                ),
                Identity.NAMED: _(
                    "Everything, with name and phone. Whoever is passed the link sees it."
                ),
            }
        ),
    )
    days = forms.TypedChoiceField(
        label=_("How long it works"), coerce=int, initial=DAYS[1], widget=ChipRadio
    )
    most_views = forms.TypedChoiceField(
        label=_("How often it may be opened"),
        coerce=int,
        empty_value=None,
        required=False,
        widget=ChipRadio,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days, most = self.fields["days"], self.fields["most_views"]
        days.choices = [  # type: ignore[attr-defined]
            (count, gettext("%(days)s days") % {"days": count}) for count in DAYS
        ]
        most.choices = [  # type: ignore[attr-defined]
            ("", gettext("As often as needed")),
            *(
                (count, gettext("%(count)s times") % {"count": count})
                for count in LIMITS
            ),
        ]
        most.is_unmarked = True  # type: ignore[attr-defined]


class ImportForm(forms.Form):
    """A file, or its text; `variant` is where lines would go."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
    )
    text = forms.CharField(
        label=_("Or paste the text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    # What was read before, in base64: quotes and line breaks come back as they were.
    kept = forms.CharField(required=False, widget=forms.HiddenInput)
    variant = forms.ChoiceField(
        label=_("Lines go into this version"),
        choices=Variant.choices,
        initial=Variant.SUPPORT,
        widget=ChipRadio,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("file", "text"):
            self.fields[name].is_unmarked = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        sent = any(data.get(name) for name in ("file", "text", "kept"))
        if "file" not in self.errors and not sent:
            self.add_error("file", _("Please choose a file, or paste its text."))
        return data

    def data_sent(self) -> bytes:
        file = self.cleaned_data["file"]
        if file:
            # One byte more than may be read tells that it is too large.
            return bytes(file.read(MOST_BYTES + 1))
        if kept := self.cleaned_data["kept"]:
            return _from_base64(kept)
        return str(self.cleaned_data["text"]).encode("utf-8", "ignore")


def _from_base64(text: str) -> bytes:
    """Nothing where somebody changed it: that is told like any unreadable file."""
    try:
        return b64decode(text, validate=True)
    except ValueError:
        return b""
