from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy as _

from accounts.lib.forms import LineField, MoneyRangeField
from accounts.seekers.forms.widgets import CheckCards
from jobs.resumes.models import LINE_LENGTH, Resume, ResumeAnswer
from jobs.resumes.rules.answers import Answer, catalogue
from jobs.resumes.rules.lint import lint
from jobs.resumes.rules.translate import NAME_LENGTH
from jobs.resumes.services.answers import Detail
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
