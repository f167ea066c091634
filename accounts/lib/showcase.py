"""Made-up content for the style page: every component gets something to show."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.lib.forms import (
    ChipRadio,
    Chips,
    DateInput,
    MoneyRangeField,
    RadioCards,
    Switch,
)

CONTACT_CHOICES = [
    ("text", _("Text chat only")),
    ("some", _("Some calls, mostly incoming")),
    ("any", _("Calls are fine")),
]
STRENGTH_CHOICES = [
    ("listen", _("Listening")),
    ("rules", _("Keeping to rules")),
    ("records", _("Careful records")),
    ("calm", _("Staying calm")),
    ("plans", _("Working out instalments")),
]
SHIFT_CHOICES = [("day", _("Day")), ("turns", _("Turns")), ("any", _("Any"))]


class SampleForm(forms.Form):
    name = forms.CharField(
        label=_("What should we call you?"),
        help_text=_("A nickname is fine. Employers see your name only when you apply."),
        max_length=30,
    )
    contact = forms.ChoiceField(
        label=_("How much phoning is all right?"),
        choices=CONTACT_CHOICES,
        widget=RadioCards(
            descriptions={
                "text": _("We leave out every job with calls."),
                "some": _("People call you; you do not chase anyone."),
            }
        ),
    )
    strengths = forms.MultipleChoiceField(
        label=_("What are you good at?"),
        choices=STRENGTH_CHOICES,
        widget=Chips,
        required=False,
    )
    shift = forms.ChoiceField(
        label=_("Shift"), choices=SHIFT_CHOICES, widget=ChipRadio, required=False
    )
    education = forms.ChoiceField(
        label=_("Highest school"),
        choices=[
            ("", _("Please choose")),
            ("jh", _("Junior high")),
            ("hs", _("High school")),
        ],
    )
    pay = MoneyRangeField(
        label=_("Pay you hope for"), unit=_("yuan a month"), required=False
    )
    start = forms.DateField(
        label=_("From when could you start?"), widget=DateInput, required=False
    )
    about = forms.CharField(
        label=_("In your own words"),
        widget=forms.Textarea,
        max_length=300,
        required=False,
    )
    paper = forms.FileField(label=_("A certificate, if you have one"), required=False)
    reminders = forms.BooleanField(
        label=_("Remind me by text message"), widget=Switch, required=False
    )
    agree = forms.BooleanField(label=_("I have read what happens with my data"))


def sample_context() -> dict[str, Any]:
    wrong = {"wrong-pay_0": "8000", "wrong-pay_1": "6000"}
    return {
        "form": SampleForm(
            initial={"contact": "some", "strengths": ["listen", "calm"], "shift": "day"}
        ),
        "wrong_form": SampleForm(wrong, prefix="wrong"),
        "cards": sample_cards(),
        "entries": sample_entries(),
        "rows": sample_rows(),
    }


def sample_cards() -> list[SimpleNamespace]:
    verified = SimpleNamespace(
        text=_("Employer checked"), kind="good", symbol="badge-check"
    )
    no_calls = SimpleNamespace(text=_("No calls"), kind="sea", symbol="phone-off")
    partly = SimpleNamespace(text=_("Some calls"), kind="caution", symbol="phone")
    return [
        SimpleNamespace(
            url="#cards",
            title=_("Online customer service, text chat, night shift optional"),
            pay=_("¥5,000–7,000 a month"),
            place=_("Chengdu, Wuhou"),
            shift=_("Day shift"),
            extras=[_("High school")],
            badges=[verified, no_calls],
            reasons=[
                _("No calls at all, as you asked."),
                _("Your instalment talks count as explaining plans to customers."),
            ],
            cautions=[],
            employer=_("Qingshan Household Services"),
            answer=_("Usually answers within 3 days"),
            posted=_("2 days ago"),
        ),
        SimpleNamespace(
            url="#cards",
            title=_(
                "Loan servicing assistant (explaining repayment plans and hardship "
                "arrangements to existing customers), training provided"
            ),
            pay=_("¥6,000–8,500 a month"),
            place=_("Chengdu, High-tech zone"),
            shift="",
            extras=[_("College, accepts experience")],
            badges=[partly],
            reasons=[_("18 minutes from your district by metro.")],
            cautions=[
                _("Customers may be upset about their debts: close to your old work.")
            ],
            employer=_("Jianghe Consumer Finance"),
            answer=_("Usually answers within 9 days"),
            posted=_("Today"),
        ),
    ]


def sample_entries() -> list[SimpleNamespace]:
    return [
        SimpleNamespace(
            state="done", what=_("You applied"), when=_("18 November, 10:20"), text=""
        ),
        SimpleNamespace(
            state="done",
            what=_("The employer has read it"),
            when=_("19 November"),
            text="",
        ),
        SimpleNamespace(
            state="now",
            what=_("You are on the short list"),
            when=_("20 November"),
            text=_("Next they will suggest a time to talk."),
        ),
        SimpleNamespace(
            state="next",
            what=_("An answer by 2 December"),
            when="",
            text=_("If nothing comes by then, we close it and tell you."),
        ),
    ]


def sample_rows() -> list[SimpleNamespace]:
    done = SimpleNamespace(text=_("Published"), kind="good")
    waiting = SimpleNamespace(text=_("Being checked"), kind="caution")
    return [
        SimpleNamespace(
            title=_("Text chat service"), city=_("Chengdu"), count=12, state=done
        ),
        SimpleNamespace(
            title=_("Complaint handling"), city=_("Wuhan"), count=3, state=waiting
        ),
    ]
