from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy as _

from accounts.lib.dates import today
from accounts.lib.forms import ChipRadio, Chips, MoneyInput, RadioCards
from accounts.lib.occupations import occupation_choices, occupations
from accounts.lib.places import City, cities, city_by_code, find_district, find_place
from accounts.lib.text import clean_block, clean_line
from accounts.seekers.enums import (
    BlockReason,
    CanStart,
    Constraint,
    Did,
    DidGroup,
    Education,
    PastRole,
    Step,
    Visibility,
)
from accounts.seekers.models import SeekerProfile
from accounts.seekers.rules import GROUPS
from accounts.seekers.services import HiddenFrom

MOST_HIDDEN = 20
_SEPARATORS = re.compile(r"[,，、;；\s/]+")
_USCC = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}")
_PHONE = re.compile(r"1[3-9]\d{9}|\+?\d{8,15}")


class CheckCards(forms.CheckboxSelectMultiple):
    """Ticks as cards; `descriptions` maps a value to a line under its label."""

    def __init__(
        self, *args: Any, descriptions: Mapping[Any, Any] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.descriptions = {str(k): text for k, text in (descriptions or {}).items()}

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(*args, **kwargs)
        option["description"] = self.descriptions.get(str(option["value"]), "")
        return option


class CheckGroups(CheckCards):
    """Ticks in groups that fold away; those with a tick stand open."""

    template_name = "accounts/seekers/widgets/groups.html"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        groups = context["widget"]["optgroups"]
        ticked = [
            group
            for group, options, _i in groups
            if any(o["selected"] for o in options)
        ]
        context["widget"]["open_groups"] = ticked or [groups[0][0]]
        return context


class CityInput(forms.TextInput):
    """A plain text field that offers the names of all cities."""

    template_name = "accounts/seekers/widgets/city.html"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        language = get_language() or ""
        context["widget"]["names"] = [city.name(language) for city in cities()]
        return context


class StepForm(forms.Form):
    """One screen: made from a profile, giving the answers to save."""

    step: Step

    def __init__(self, profile: SeekerProfile, data: Any = None) -> None:
        self.profile = profile
        super().__init__(data, initial=self.answers_of(profile))

    def answers_of(self, profile: SeekerProfile) -> dict[str, Any]:
        return {name: getattr(profile, name, None) for name in self.base_fields}

    def answers(self) -> dict[str, Any]:
        """Values by profile field."""
        return dict(self.cleaned_data)

    def hidden_from(self) -> list[HiddenFrom] | None:
        return None


class PlaceForm(StepForm):
    step = Step.PLACE

    city = forms.CharField(
        label=_("Which city are you in?"),
        help_text=_("Type its name, such as 成都."),
        max_length=40,
        widget=CityInput({"list": "city-names", "autocomplete": "off"}),
    )
    district = forms.CharField(
        label=_("Which district?"),
        help_text=_("Then we can put nearer jobs first."),
        max_length=30,
        required=False,
    )
    also = forms.CharField(
        label=_("Other cities that are fine too"),
        help_text=_("Several are fine: 苏州、杭州"),
        max_length=120,
        required=False,
    )

    def answers_of(self, profile: SeekerProfile) -> dict[str, Any]:
        language = get_language() or ""
        city = city_by_code(profile.city_code)
        found = (city_by_code(code) for code in profile.also_city_codes)
        return {
            "city": city.name(language) if city else "",
            "district": profile.district,
            "also": "、".join(other.name(language) for other in found if other),
        }

    def clean_city(self) -> str:
        return self._city(self.cleaned_data["city"]).code

    def clean_also(self) -> list[str]:
        names = [n for n in _SEPARATORS.split(self.cleaned_data["also"]) if n]
        return list(dict.fromkeys(self._city(name).code for name in names[:10]))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        city = city_by_code(data.get("city", ""))
        written = clean_line(data.get("district", ""))
        if city is None:
            return data
        if not written:
            # 上海浦东 in the city field names the district as well.
            place = find_place(self.data.get("city", ""))
            data["district"] = place.district.zh_hans if place.district else ""
            return data
        district = find_district(city, written)
        if district is None:
            names = "、".join(d.name(get_language() or "") for d in city.districts)
            message = _("We do not know this district. There are: %(names)s")
            self.add_error(
                "district", ValidationError(message, params={"names": names})
            )
            return data
        data["district"] = district.zh_hans
        return data

    def answers(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "city_code": data["city"],
            "district": data["district"],
            "also_city_codes": [c for c in data["also"] if c != data["city"]],
        }

    def _city(self, text: str) -> City:
        place = find_place(clean_line(text))
        if place.city is None:
            message = _("We do not know “%(name)s”. Try the city's name, such as 成都.")
            raise ValidationError(message, params={"name": text})
        return place.city


PAST_DESCRIPTIONS = {
    PastRole.M1_REMINDER: _("Reminding people before or just after a payment was due"),
    PastRole.PHONE_COLLECTOR: _("Calling people who had been late for longer"),
    PastRole.FIELD_COLLECTOR: _("Going to people's homes or work"),
    PastRole.LEGAL_TRACK: _("Letters, papers for court, mediation"),
    PastRole.WRITTEN_OFF: _("Old debts that a bank had sold or written off"),
    PastRole.HARDSHIP_DESK: _("Finding instalments with people who could not pay"),
    PastRole.OTHER: _("A shop, a factory, delivery, or anything else"),
}


class PastForm(StepForm):
    step = Step.PAST

    past_roles = forms.MultipleChoiceField(
        label=_("Which jobs have you had?"),
        choices=PastRole.choices,
        widget=CheckCards(descriptions=PAST_DESCRIPTIONS),
        required=False,
    )
    years = forms.DecimalField(
        label=_("For how many years in all?"),
        help_text=_("Half a year is 0.5."),
        min_value=Decimal(0),
        max_value=Decimal(50),
        max_digits=3,
        decimal_places=1,
        required=False,
        widget=forms.NumberInput({"inputmode": "decimal", "step": "0.5"}),
    )


class DidForm(StepForm):
    step = Step.DID

    people = forms.MultipleChoiceField(label=DidGroup.PEOPLE.label)
    agreements = forms.MultipleChoiceField(label=DidGroup.AGREEMENTS.label)
    records = forms.MultipleChoiceField(label=DidGroup.RECORDS.label)
    team = forms.MultipleChoiceField(label=DidGroup.TEAM.label)
    other = forms.MultipleChoiceField(label=DidGroup.OTHER.label)

    def __init__(self, profile: SeekerProfile, data: Any = None) -> None:
        super().__init__(profile, data)
        for group, answers in GROUPS.items():
            field = self.fields[group.value]
            assert isinstance(field, forms.MultipleChoiceField)
            field.required = False
            field.is_unmarked = True  # type: ignore[attr-defined]
            field.widget = Chips()
            field.choices = [(did.value, did.label) for did in answers]

    def answers_of(self, profile: SeekerProfile) -> dict[str, Any]:
        return {
            group.value: [did.value for did in answers if did in profile.did]
            for group, answers in GROUPS.items()
        }

    def answers(self) -> dict[str, Any]:
        ticked = {code for codes in self.cleaned_data.values() for code in codes}
        return {"did": [did.value for did in Did if did in ticked]}


LIMIT_DESCRIPTIONS = {
    Constraint.NO_COLLECTION: _(
        "Also no “asset management” that turns out to be calls"
    ),
    Constraint.NO_OUTBOUND_SALES: _(
        "Such as calling strangers to sell card instalments"
    ),
    Constraint.NO_PHONE: _("Chat, papers or a shop are fine, calls all day are not"),
    Constraint.NO_NIGHT_SHIFT: _("Such as a shift from 14:00 to 22:30"),
    Constraint.NO_FIELD_VISITS: _("Such as going to customers' homes"),
    Constraint.NO_FEES: _("Such as a deposit, or paying for training or clothes"),
    Constraint.NO_CREDIT_CHECK: _("Jobs that ask to see your credit report"),
    Constraint.WEEKENDS_OFF: _("Leaves out one day off a week and days by roster"),
    Constraint.NO_DISPATCH: _("Your contract would be with an agency"),
}


class LimitsForm(StepForm):
    step = Step.LIMITS

    constraints = forms.MultipleChoiceField(
        label=_("What do you never want again?"),
        choices=Constraint.choices,
        widget=CheckCards(descriptions=LIMIT_DESCRIPTIONS),
        required=False,
    )


class WantedForm(StepForm):
    step = Step.WANTED

    wish_text = forms.CharField(
        label=_("In your own words: what would you like?"),
        help_text=_("For example: 想接电话,不想打电话。最好双休,底薪稳一点。"),
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    wanted_occupations = forms.MultipleChoiceField(
        label=_("Or tick what sounds all right"),
        choices=occupation_choices,
        required=False,
    )

    def __init__(self, profile: SeekerProfile, data: Any = None) -> None:
        super().__init__(profile, data)
        for either in self.fields.values():
            either.is_unmarked = True  # type: ignore[attr-defined]
        field = self.fields["wanted_occupations"]
        field.widget = CheckGroups(
            descriptions={o.code: o.description for o in occupations()}
        )
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = occupation_choices

    def clean_wish_text(self) -> str:
        return clean_block(self.cleaned_data["wish_text"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("wish_text") and not data.get("wanted_occupations"):
            if not self.errors:
                raise ValidationError(
                    _("Tick at least one kind of work, or write a sentence.")
                )
        return data


class PayForm(StepForm):
    step = Step.PAY

    min_pay = forms.IntegerField(
        label=_("How much do you need a month, in yuan?"),
        help_text=_("Before tax. We leave out jobs far below it (more than 15 %)."),
        min_value=1000,
        max_value=50_000,
        required=False,
        widget=MoneyInput,
    )
    needs_housing = forms.BooleanField(
        label=_("I need a job with a place to live"), required=False
    )
    can_start = forms.ChoiceField(
        label=_("When could you start?"),
        choices=CanStart.choices,
        widget=ChipRadio,
        required=False,
    )


class EducationForm(StepForm):
    step = Step.EDUCATION

    education = forms.ChoiceField(
        label=_("Which school did you finish?"),
        choices=[c for c in Education.choices if c[0] != Education.NONE],
        widget=RadioCards,
        required=False,
    )
    age = forms.IntegerField(
        label=_("How old are you?"),
        help_text=_(
            "Only to warn you of adverts that name an age. Employers never see it."
        ),
        min_value=16,
        max_value=75,
        required=False,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )

    def answers_of(self, profile: SeekerProfile) -> dict[str, Any]:
        born = profile.birth_year
        return {
            "education": profile.education,
            "age": today().year - born if born else None,
        }

    def answers(self) -> dict[str, Any]:
        age = self.cleaned_data["age"]
        return {
            "education": self.cleaned_data["education"],
            "birth_year": today().year - age if age else None,
        }


class HiddenForm(StepForm):
    step = Step.HIDDEN

    former = forms.CharField(
        label=_("Where did you work?"),
        help_text=_("One company a line: its name, or the 18-character code."),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    chosen = forms.CharField(
        label=_("Anyone else?"),
        help_text=_("Companies that must not see you, for whatever reason."),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )

    def answers_of(self, profile: SeekerProfile) -> dict[str, Any]:
        rows = list(profile.blocks.order_by("pk"))
        return {
            reason.value: "\n".join(str(row) for row in rows if row.reason == reason)
            for reason in BlockReason
        }

    def clean_former(self) -> list[HiddenFrom]:
        return _hidden(self.cleaned_data["former"], BlockReason.FORMER)

    def clean_chosen(self) -> list[HiddenFrom]:
        return _hidden(self.cleaned_data["chosen"], BlockReason.CHOSEN)

    def answers(self) -> dict[str, Any]:
        return {}

    def hidden_from(self) -> list[HiddenFrom]:
        return [*self.cleaned_data["former"], *self.cleaned_data["chosen"]]


def _hidden(text: str, reason: BlockReason) -> list[HiddenFrom]:
    lines = [clean_line(line) for line in clean_block(text).split("\n")]
    lines = [line for line in dict.fromkeys(lines) if line]
    if len(lines) > MOST_HIDDEN:
        raise ValidationError(_("At most 20 companies, please."))
    return [_hidden_line(line, reason) for line in lines]


def _hidden_line(line: str, reason: BlockReason) -> HiddenFrom:
    code = line.upper().replace(" ", "")
    if _USCC.fullmatch(code):
        return HiddenFrom(uscc=code, reason=reason)
    if not 2 <= len(line) <= 80:
        message = _("“%(line)s”: a name has 2 to 80 characters.")
        raise ValidationError(message, params={"line": line[:20]})
    return HiddenFrom(name=line, reason=reason)


class ContactForm(StepForm):
    step = Step.CONTACT

    pseudonym = forms.CharField(
        label=_("What shall we call you here?"),
        help_text=_("Not your real name. You can keep the one we made up."),
        min_length=2,
        max_length=12,
    )
    contact_name = forms.CharField(
        label=_("Your real name"),
        help_text=_(
            "Kept locked. An employer sees it only with an application you send."
        ),
        max_length=30,
        required=False,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    contact_phone = forms.CharField(
        label=_("Phone number"),
        help_text=_("The same: only with an application you send."),
        max_length=20,
        required=False,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "tel"}),
    )
    visibility = forms.TypedChoiceField(
        label=_("Who may see your profile?"),
        choices=Visibility.choices,
        coerce=int,
        widget=RadioCards,
    )

    def clean_pseudonym(self) -> str:
        return clean_line(self.cleaned_data["pseudonym"])

    def clean_contact_name(self) -> str:
        return clean_line(self.cleaned_data["contact_name"])

    def clean_contact_phone(self) -> str:
        phone = re.sub(r"[\s\-()]", "", clean_line(self.cleaned_data["contact_phone"]))
        if phone and not _PHONE.fullmatch(phone):
            raise ValidationError(
                _("This does not look like a phone number, such as 13800000000.")
            )
        return phone
