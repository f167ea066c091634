from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.assisted.models import ProfileGrant
from accounts.lib.forms import RadioCards
from accounts.lib.guards import TO_EMPLOYERS, DebtorDataGuard, GuardedBlockField


class PrepareForm(DebtorDataGuard):
    sentence = TO_EMPLOYERS

    person = forms.ChoiceField(label=_("For whom?"), widget=RadioCards)
    message = GuardedBlockField(
        label=_("A few words to the employer, in their name"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("The person reads and changes it before anything is sent."),
    )

    def __init__(
        self, *args: Any, grants: Sequence[ProfileGrant], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        field.choices = [  # type: ignore[attr-defined]
            (str(grant.public_id), grant.seeker.pseudonym) for grant in grants
        ]
