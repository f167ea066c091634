from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _, ngettext

from accounts.lib.dates import today
from accounts.lib.forms import BlockField, DateInput, LineField, RadioCards
from jobs.postings.enums import PostingState
from jobs.postings.models import Posting
from jobs.postings.services import end_of_day
from jobs.screening.enums import Concern, ReportState, SanctionKind, Urgency, Verdict
from jobs.screening.explain import RuleHits, rules_by_category
from jobs.screening.rules.receipts import read_receipt
from jobs.screening.rules.trust import TEXT_LENGTH

REMARKS = {
    Verdict.APPROVE: _("People can apply from now on."),
    Verdict.REQUEST_CHANGES: _("The employer fixes it and sends it in again."),
    Verdict.REJECT: _("It ends here."),
    Verdict.REMOVE: _("It is hidden at once; a second person confirms it."),
}
OUTCOME_REMARKS = {
    ReportState.DISMISSED: _("Nothing is done; whoever reported it is told."),
    ReportState.WARNED: _("The employer reads what has to change."),
    ReportState.PAUSED: _("It rests until you end the pause, or until the day below."),
    ReportState.REMOVED: _("Hidden at once; a second person confirms it."),
    ReportState.SUSPENDED: _("All postings rest at once; a second person confirms it."),
    ReportState.BLOCKED: _(
        "Suspended, and known again under another name; a second person confirms it."
    ),
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
        _offer_rules(self, hits)

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


def _words(label: Any, *, rows: int = 4, **fields: Any) -> BlockField:
    fields.setdefault("max_length", 1000)
    return BlockField(label=label, widget=forms.Textarea({"rows": rows}), **fields)


class ReportForm(forms.Form):
    """Open to everybody: one choice, some words, and a trap for machines."""

    category = forms.ChoiceField(
        label=_("What is wrong?"), choices=Concern.choices, widget=forms.RadioSelect
    )
    text = _words(
        _("What happened?"),
        rows=5,
        max_length=TEXT_LENGTH,
        required=False,
        help_text=_(
            "What was said or asked, when, and how you know. Leave out your own name "
            "and number."
        ),
    )
    # People never see this; machines that fill in everything do.
    website = forms.CharField(required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("category") == Concern.OTHER and not data.get("text"):
            self.add_error("text", _("Please say in a few words what is wrong."))
        return data

    @property
    def is_machine(self) -> bool:
        return bool(self.data.get("website"))


class ReceiptForm(forms.Form):
    receipt = LineField(
        label=_("Receipt number"),
        max_length=30,
        help_text=_("It looks like R-7K3M-9QXF."),
        widget=forms.TextInput(
            {
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )

    def clean_receipt(self) -> str:
        number = read_receipt(self.cleaned_data["receipt"])
        if not number:
            raise forms.ValidationError(
                _("This is not a receipt number. Please check the letters.")
            )
        return number


class AppealForm(forms.Form):
    text = _words(
        _("Why is the decision wrong?"),
        rows=6,
        max_length=2000,
        help_text=_("Somebody who had no part in the decision reads it."),
    )


class AnswerForm(forms.Form):
    answer = _words(_("Your answer"), rows=6, max_length=2000)


class TriageForm(forms.Form):
    urgency = forms.ChoiceField(label=_("How urgent is it?"), choices=Urgency.choices)


class QuestionForm(forms.Form):
    question = _words(
        _("Your question to the employer"),
        help_text=_(
            "They have 5 days. Do not repeat the words of the report: nothing may tell "
            "who wrote it."
        ),
    )


class ReportDecisionForm(forms.Form):
    """What comes of a report; the state that was read comes along."""

    seen = forms.CharField(max_length=20, widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label=_("Your decision"), widget=RadioCards(descriptions=OUTCOME_REMARKS)
    )
    basis = forms.MultipleChoiceField(
        label=_("Reasons"),
        required=False,
        choices=Concern.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    rules = forms.MultipleChoiceField(
        label=_("Rules it is based on"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    other_rule = forms.ChoiceField(label=_("Another rule"), required=False)
    until = forms.DateField(
        label=_("Until"),
        required=False,
        widget=DateInput(),
        help_text=_("For a pause or a suspension that ends by itself."),
    )
    note = _words(
        _("Note to the employer"),
        required=False,
        help_text=_(
            "Needed for every measure. Nothing in it may tell who reported it."
        ),
    )
    reporter_note = _words(
        _("Note to whoever reported it"),
        rows=3,
        required=False,
        max_length=500,
    )
    others = forms.BooleanField(label=_("Also decide the others"), required=False)

    def __init__(
        self,
        *args: Any,
        choices: Sequence[tuple[str, Any]],
        hits: Sequence[RuleHits] = (),
        others: int = 0,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in ("basis", "rules"):
            self.fields[name].is_unmarked = True  # type: ignore[attr-defined]
        self.fields["outcome"].choices = choices  # type: ignore[attr-defined]
        _offer_rules(self, hits)
        self.fields["note"].is_unmarked = True  # type: ignore[attr-defined]
        if others:
            self.fields["others"].label = ngettext(
                "Same decision for %(count)s other report about this",
                "Same decision for %(count)s other reports about this",
                others,
            ) % {"count": others}
        else:
            del self.fields["others"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        outcome = data.get("outcome")
        if not outcome or outcome == ReportState.DISMISSED:
            return data
        if not data.get("note"):
            self.add_error("note", _("Please tell the employer why."))
        if not self.reasons():
            self.add_error("basis", _("Please choose at least one reason."))
        return data

    def clean_until(self) -> datetime | None:
        return end_of(self.cleaned_data["until"])

    def reasons(self) -> list[str]:
        data = self.cleaned_data
        chosen = [*data.get("basis", []), *data.get("rules", [])]
        other = data.get("other_rule")
        return list(dict.fromkeys([*chosen, *([other] if other else [])]))


class MeasureForm(ReportDecisionForm):
    """A measure against an organisation that no report led to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kinds = [(k, label) for k, label in SanctionKind.choices if k != "removed"]
        super().__init__(*args, choices=kinds, **kwargs)
        for name in ("seen", "reporter_note", "rules"):
            del self.fields[name]


class SecondLookForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("Your decision"),
        choices=[("confirm", _("Confirm")), ("drop", _("Drop"))],
        widget=RadioCards(
            descriptions={
                "confirm": _("It takes effect now, and the employer is told."),
                "drop": _("Everything opens again as it was."),
            }
        ),
    )
    reason = _words(
        _("Reason"), rows=3, required=False, help_text=_("Needed for dropping it.")
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("decision") == "drop" and not data.get("reason"):
            self.add_error("reason", _("Please say why."))
        return data


class AppealDecisionForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("Your decision"),
        choices=[
            ("uphold", _("The decision stays")),
            ("reverse", _("Take the decision back")),
        ],
        widget=RadioCards(
            descriptions={
                "uphold": _("This is the last word here."),
                "reverse": _("What it closed opens again, where no rule forbids it."),
            }
        ),
    )
    reason = _words(_("Answer to the employer"), help_text=_("The employer reads it."))


class LiftForm(forms.Form):
    reason = _words(
        _("Why does it end?"), rows=3, help_text=_("The employer reads it.")
    )


def end_of(day: date | None) -> datetime | None:
    """The last moment of a day that is still to come, in Shanghai."""
    if day is None:
        return None
    if day < today():
        raise forms.ValidationError(_("Please choose a day that is still to come."))
    return end_of_day(day)


def _offer_rules(form: forms.Form, hits: Sequence[RuleHits]) -> None:
    form.fields["rules"].choices = [  # type: ignore[attr-defined]
        (h.rule.id, h.rule.title) for h in hits if h.severity != "positive"
    ]
    # What is praised is no ground for anything against the employer.
    grounds = [
        (category, [(r.id, r.title) for r in rules if r.severity != "positive"])
        for category, rules in rules_by_category()
    ]
    form.fields["other_rule"].choices = [  # type: ignore[attr-defined]
        ("", _("None")),
        *(group for group in grounds if group[1]),
    ]
