"""Several pictures or PDFs at once, told by their bytes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, ngettext_lazy

from accounts.evidence.forms import ACCEPTED, PaperField
from accounts.lib.debtor_data import find_in_file_name
from accounts.lib.guards import TO_SEEKERS, DebtorDataFound
from jobs.applications.rules.attachments import MOST_FILES


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class FilesField(PaperField):
    """Cleaned to a list of (name, data); each is judged like a paper."""

    widget = SeveralFiles
    sentence: Promise = TO_SEEKERS

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=SeveralFiles({"accept": ACCEPTED}), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[tuple[str, bytes]]:
        given = data if isinstance(data, list | tuple) else [data] if data else []
        if len(given) > MOST_FILES:
            raise forms.ValidationError(TOO_MANY % {"n": MOST_FILES}, code="too_many")
        kept = []
        for file in given:
            self._guard(file.name or "")
            kept.append(super().clean(file, initial))
        return kept

    def _guard(self, name: str) -> None:
        """As everywhere: nobody passes on 逾期客户名单."""
        if hits := find_in_file_name(name):
            raise DebtorDataFound(name, hits, sentence=self.sentence)


TOO_MANY = ngettext_lazy(
    "At most %(n)s file at a time, please.",
    "At most %(n)s files at a time, please.",
    "n",
)
FILES_LABEL = gettext_lazy("Photos or PDFs")
FILES_HELP = gettext_lazy(
    "JPEG, PNG, WebP or PDF, at most 8 MB each and five at a time. Only the two of you "
    "see them. Never send lists of other people."
)
