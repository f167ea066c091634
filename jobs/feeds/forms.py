from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from accounts.lib.guards import TO_EMPLOYERS, DebtorDataFound, guarded_file_name
from jobs.feeds import texts
from jobs.feeds.answers import LONGEST_ID
from jobs.feeds.rules.addresses import LONGEST, AddressRefused, host_of
from jobs.feeds.rules.documents import ENDINGS, LARGEST

ACCEPTED = ",".join(f".{ending}" for ending in ENDINGS)


class FileForm(forms.Form):
    """One file of postings; cleaned to (name, data)."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ACCEPTED}),
        help_text=_("CSV, Excel (.xlsx), JSON or XML. Up to 2,000 rows and 5 MB."),
        error_messages={"required": _("Please choose a file.")},
    )

    def clean_file(self) -> tuple[str, bytes]:
        file = self.cleaned_data["file"]
        if not isinstance(file, UploadedFile):
            raise ValidationError(texts.for_file("empty"))
        if (file.size or 0) > LARGEST:
            raise ValidationError(texts.for_file("too_large"))
        name = file.name or ""
        try:
            guarded_file_name(name)
        except DebtorDataFound as found:
            raise DebtorDataFound(name, found.hits, sentence=TO_EMPLOYERS) from None
        return name, file.read()


class SourceForm(forms.Form):
    """Only the form of the address is judged here: who asks by hand learns nothing
    about what answers to it from inside."""

    url = forms.CharField(
        label=_("Address of your feed"),
        max_length=LONGEST,
        widget=forms.URLInput(
            {"placeholder": "https://", "autocomplete": "off", "spellcheck": "false"}
        ),
        help_text=_("XML or JSON with job postings. It begins with https://."),
    )

    def clean_url(self) -> str:
        url = str(self.cleaned_data["url"]).strip()
        try:
            host_of(url)
        except AddressRefused as error:
            raise ValidationError(texts.for_source(error.code)) from None
        return url


class NumberForm(forms.Form):
    """The row's own number, where it is missing or taken."""

    source_id = forms.CharField(
        label=_("Number"),
        max_length=LONGEST_ID,
        help_text=_(
            "Your own number for this posting. It stays the same in every file."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source_id"].widget.attrs["autocomplete"] = "off"
