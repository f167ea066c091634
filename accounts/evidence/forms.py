from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.evidence.enums import DocumentKind
from accounts.evidence.rules.files import LARGEST, TYPES, FileRefused, check_file
from accounts.evidence.rules.papers import DATED, LONGEST
from accounts.evidence.words import REFUSALS
from accounts.lib.dates import day_end, today
from accounts.lib.forms import BlockField, DateInput

ACCEPTED = ",".join(
    [kind.content_type for kind in TYPES]
    + [f".{ending}" for kind in TYPES for ending in sorted(kind.endings)]
)


class PaperField(forms.FileField):
    """One photo or PDF, told by its bytes; cleaned to (name, data)."""

    widget = forms.FileInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.FileInput({"accept": ACCEPTED}))
        super().__init__(allow_empty_file=True, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if not isinstance(file, UploadedFile):
            return file
        name = file.name or ""
        try:
            if (file.size or 0) > LARGEST:
                raise FileRefused("too_large")
            content = file.read()
            check_file(name, content)
        except FileRefused as refused:
            text = str(REFUSALS[refused.code])
            raise ValidationError(text, code=refused.code) from None
        return name, content


class UntilForm(forms.Form):
    """A paper's own last day; some kinds have none."""

    valid_until = forms.DateField(
        label=_("Last day on the paper"),
        required=False,
        widget=DateInput(),
        help_text=_("Leave it empty when it has none."),
    )

    def __init__(self, *args: Any, kind: DocumentKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        if kind in DATED:
            field = self.fields["valid_until"]
            field.required, field.help_text = True, ""

    def clean_valid_until(self) -> date | None:
        day: date | None = self.cleaned_data["valid_until"]
        if day is not None and day < today():
            raise ValidationError(
                _("This day is over. A paper that has run out does not count.")
            )
        return day


class UploadForm(UntilForm):
    file = PaperField(
        label=_("Photo or PDF"),
        # Said once, above the button; what is wrong is said in the error.
        help_text=_("JPEG, PNG, WebP or PDF, at most 8 MB."),
        max_length=255,
        error_messages={"max_length": _("Please give the file a shorter name.")},
    )
    field_order = ["file", "valid_until"]


class AcceptForm(UntilForm):
    pass


class GoodUntilForm(forms.Form):
    """How long a check is good: `last_day` is when the first of the papers ends, at
    most 180 days from now."""

    until = forms.DateField(label=_("Good until"), widget=DateInput())

    def __init__(self, *args: Any, last_day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.last_day = last_day
        field = self.fields["until"]
        field.initial = last_day
        field.help_text = _(
            "At most 180 days and never longer than the papers: until %(day)s."
        ) % {"day": last_day.isoformat()}

    def clean_until(self) -> datetime:
        """The end of that day in Shanghai, never more than 180 days from now."""
        day = self.cleaned_data["until"]
        if not today() < day <= self.last_day:
            raise ValidationError(
                _("Choose a day between tomorrow and %(day)s.")
                % {"day": self.last_day.isoformat()}
            )
        return min(day_end(day), timezone.now() + LONGEST)


class RefuseForm(forms.Form):
    reason = BlockField(
        label=_("What is wrong with it?"),
        max_length=500,
        help_text=_("Say what to do about it. Whoever sent it in reads this."),
        widget=forms.Textarea({"rows": 3}),
    )
