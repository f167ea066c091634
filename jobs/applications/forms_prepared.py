from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.assisted.models import ProfileGrant
from accounts.lib.forms import RadioCards
from accounts.lib.guards import TO_EMPLOYERS, DebtorDataGuard, GuardedBlockField
from jobs.applications.models.pledges import MOST_PLEDGED


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


class PledgeForm(forms.Form):
    cohort = forms.ChoiceField(label=_("To which group?"), widget=RadioCards)
    posting = forms.ChoiceField(label=_("For which job?"), widget=RadioCards)
    seats = forms.IntegerField(
        label=_("How many places?"),
        min_value=1,
        max_value=MOST_PLEDGED,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )

    def __init__(
        self,
        *args: Any,
        cohorts: Sequence[tuple[str, str]],
        postings: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cohort"].choices = cohorts  # type: ignore[attr-defined]
        self.fields["posting"].choices = postings  # type: ignore[attr-defined]
