from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.lib.forms import RadioCards
from jobs.postings.enums import PostingState
from jobs.postings.models import Posting
from jobs.screening.enums import Verdict
from jobs.screening.explain import RuleHits, rules_by_category

REMARKS = {
    Verdict.APPROVE: _("People can apply from now on."),
    Verdict.REQUEST_CHANGES: _("The employer fixes it and sends it in again."),
    Verdict.REJECT: _("It ends here."),
    Verdict.REMOVE: _("It disappears at once; applicants are told that it ended."),
}


class DecisionForm(forms.Form):
    """A verdict with its reasons; the version that was read comes along."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    verdict = forms.ChoiceField(
        label=_("Your decision"),
        choices=Verdict.choices,
        widget=RadioCards(descriptions=REMARKS),
    )
    rules = forms.MultipleChoiceField(
        label=_("Rules it is based on"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    other_rule = forms.ChoiceField(label=_("Another rule"), required=False)
    note = forms.CharField(
        label=_("Note to the employer"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Needed for everything but publishing. The employer reads it."),
    )

    def __init__(
        self, *args: Any, posting: Posting, hits: Sequence[RuleHits], **kwargs: Any
    ) -> None:
        kwargs.setdefault("initial", {"version": posting.version})
        super().__init__(*args, **kwargs)
        self.fields["note"].is_unmarked = True  # type: ignore[attr-defined]
        allowed = _verdicts(posting.state)
        self.fields["verdict"].choices = [  # type: ignore[attr-defined]
            (value, label) for value, label in Verdict.choices if value in allowed
        ]
        self.fields["rules"].choices = [  # type: ignore[attr-defined]
            (h.rule.id, h.rule.title) for h in hits if h.severity != "positive"
        ]
        self.fields["other_rule"].choices = [  # type: ignore[attr-defined]
            ("", _("None")),
            *(
                (category, [(rule.id, rule.title) for rule in rules])
                for category, rules in rules_by_category()
            ),
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        verdict = data.get("verdict")
        if verdict and verdict != Verdict.APPROVE and not data.get("note", "").strip():
            self.add_error("note", _("Please tell the employer why."))
        return data

    def reasons(self) -> list[str]:
        chosen = list(self.cleaned_data["rules"])
        other = self.cleaned_data["other_rule"]
        return [*chosen, other] if other and other not in chosen else chosen


def _verdicts(state: str) -> frozenset[str]:
    if state == PostingState.IN_REVIEW:
        return frozenset(Verdict.values)
    return frozenset({Verdict.REMOVE})
