from __future__ import annotations

import re
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from accounts.employers.enums import MemberRole, OrganizationKind
from accounts.employers.models import Organization
from accounts.employers.rules.contacts import normalize_office_phone
from accounts.employers.rules.uscc import UsccRefused, normalize_uscc
from accounts.evidence.forms import GoodUntilForm
from accounts.identity.fields import PasswordInput, half_width
from accounts.identity.forms.agreement import agreement
from accounts.identity.rules.phones import PhoneRefused, shown_phone
from accounts.lib.forms import BlockField, LineField, RadioCards
from accounts.lib.guards import (
    TO_EMPLOYERS,
    DebtorDataGuard,
    GuardedBlockField,
    GuardedLineField,
)
from accounts.lib.places import city_by_code, find_place

USCC_ERRORS = {
    "length": _("The code has 18 characters. Please copy it from the licence."),
    "letters": _(
        "The letters I, O, S, V and Z never occur. Perhaps it is 1, 0, 5 or 2?"
    ),
    "shape": _("Characters 3 to 8 are digits. Please compare with the licence."),
    "check": _("One character is mistyped: the last one does not fit the others."),
}
PHONE_ERRORS = {
    "invalid": _("This is not a telephone number we know. Please check the digits."),
    "region": _("Please give a number of mainland China, Hong Kong, Macau or Taiwan."),
    "ambiguous": _("Please add the area code in front: +852 or +853."),
}
KIND_NOTES = {
    OrganizationKind.EMPLOYER: _("The people work for you, under your contract."),
    OrganizationKind.AGENCY: _("You need a human resources service licence."),
    OrganizationKind.DISPATCH: _("You need a labour dispatch licence."),
    OrganizationKind.PUBLIC: _("Free service of a public office."),
}
SIZES = [
    ("", _("not said")),
    ("1-49", _("up to 49 people")),
    ("50-199", _("50 to 199 people")),
    ("200-999", _("200 to 999 people")),
    ("1000+", _("1000 people and more")),
]


class OrganizationForm(DebtorDataGuard):
    sentence = TO_EMPLOYERS

    legal_name = LineField(label=_("Name as on the business licence"), max_length=120)
    uscc = forms.CharField(
        label=_("Unified social credit code"),
        max_length=30,
        help_text=_("18 characters, on the licence at the top."),
        widget=forms.TextInput({"autocapitalize": "characters", "spellcheck": "false"}),
    )
    legal_representative = LineField(
        label=_("Legal representative"),
        max_length=60,
        required=False,
        help_text=_("As on the licence. Only those who check you see the name."),
    )
    display_name = LineField(
        label=_("Short name for postings"),
        max_length=60,
        help_text=_(
            "The name people know you by. It must belong to the name on the licence."
        ),
    )
    kind = forms.ChoiceField(
        label=_("What kind of organisation?"),
        choices=OrganizationKind,
        initial=OrganizationKind.EMPLOYER,
        widget=RadioCards(descriptions=KIND_NOTES),
    )
    hr_licence_no = LineField(
        label=_("Number of the human resources service licence"),
        max_length=40,
        required=False,
        help_text=_("Only for recruitment agencies."),
    )
    dispatch_licence_no = LineField(
        label=_("Number of the labour dispatch licence"),
        max_length=40,
        required=False,
        help_text=_("Only for dispatch companies."),
    )
    city = LineField(
        label=_("City"), max_length=40, help_text=_("For example: Shanghai, Pudong")
    )
    address = LineField(
        label=_("Address"),
        max_length=160,
        help_text=_("Every posting has to name it, so we ask for it at once."),
    )
    contact_phone = forms.CharField(
        label=_("Telephone of the organisation"),
        max_length=30,
        required=False,
        help_text=_(
            "A mobile number or a fixed line with its area code. Only those who check "
            "you see it."
        ),
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}),
    )
    size = forms.ChoiceField(
        label=_("How many people work there?"), choices=SIZES, required=False
    )
    industry = GuardedLineField(
        label=_("What does it do?"),
        max_length=60,
        required=False,
        help_text=_("For example: consumer finance, customer service outsourcing"),
    )
    about = GuardedBlockField(
        label=_("A few sentences for people who look for work"),
        max_length=1000,
        required=False,
        widget=forms.Textarea,
    )

    def clean_uscc(self) -> str:
        try:
            return normalize_uscc(self.cleaned_data["uscc"])
        except UsccRefused as refused:
            text = USCC_ERRORS[refused.code]
            raise ValidationError(text, code=refused.code) from None

    def clean_contact_phone(self) -> str:
        text = half_width(self.cleaned_data["contact_phone"]).strip()
        try:
            return normalize_office_phone(text) if text else ""
        except PhoneRefused as refused:
            raise ValidationError(PHONE_ERRORS[refused.code]) from None

    def clean_city(self) -> str:
        place = find_place(self.cleaned_data["city"])
        if place.city is None:
            raise ValidationError(_("We do not know this city. Please write its name."))
        self.cleaned_data["city_code"] = place.city.code
        self.cleaned_data["district"] = place.district.zh_hans if place.district else ""
        return str(self.cleaned_data["city"])


def initial_of(organization: Organization) -> dict[str, Any]:
    city = city_by_code(organization.city_code)
    names = [city.zh_hans if city else "", organization.district]
    plain = ("legal_name", "uscc", "display_name", "kind", "address", "size")
    licence = ("legal_representative", "hr_licence_no", "dispatch_licence_no")
    values = {
        name: getattr(organization, name)
        for name in (*plain, *licence, "industry", "about")
    }
    values["contact_phone"] = shown_phone(organization.contact_phone)
    return values | {"city": " ".join(name for name in names if name)}


class CovenantForm(forms.Form):
    promise = forms.BooleanField(
        label=_("We answer every application within 14 days, with a reason."),
        error_messages={"required": _("Please tick the box if you promise it.")},
    )


MOST_INVITED = 20
_BETWEEN = re.compile(r"[\s,;，；、]+")


class InviteForm(forms.Form):
    email = forms.CharField(
        label=_("E-mail addresses of your colleagues"),
        max_length=2000,
        help_text=_("One or several, each on its own line."),
        widget=forms.Textarea(
            {"rows": 3, "autocomplete": "off", "inputmode": "email", "dir": "ltr"}
        ),
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=MemberRole,
        initial=MemberRole.RECRUITER,
        widget=RadioCards(
            descriptions={
                MemberRole.ADMIN: _("Also invites colleagues and changes these pages."),
                MemberRole.RECRUITER: _("Writes postings and answers applications."),
            }
        ),
    )

    def clean_email(self) -> list[str]:
        """Each address once, in the order in which they were typed."""
        text = half_width(self.cleaned_data["email"])
        typed = dict.fromkeys(part.lower() for part in _BETWEEN.split(text) if part)
        if wrong := [part for part in typed if not _is_address(part)]:
            raise ValidationError(
                _("This is no e-mail address: %(names)s. Please check it.")
                % {"names": _("; ").join(wrong[:3])}
            )
        if not typed:
            raise ValidationError(_("Please write at least one e-mail address."))
        if len(typed) > MOST_INVITED:
            raise ValidationError(_("At most 20 at a time, please."))
        return list(typed)


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


class BranchForm(DebtorDataGuard):
    """Its words stand on postings, so the same is kept out of them."""

    sentence = TO_EMPLOYERS

    name = GuardedLineField(
        label=_("Name of the place"),
        max_length=60,
        help_text=_("As your people call it, for example: Chengdu service centre."),
    )
    city = LineField(
        label=_("City"), max_length=40, help_text=_("For example: Shanghai, Pudong")
    )
    address = GuardedLineField(
        label=_("Street and number"),
        max_length=120,
        required=False,
        help_text=_("Job seekers see it, to know how long the way is."),
    )

    def clean_city(self) -> str:
        place = find_place(self.cleaned_data["city"])
        if place.city is None:
            raise ValidationError(_("We do not know this city. Please write its name."))
        self.cleaned_data["city_code"] = place.city.code
        self.cleaned_data["district"] = place.district.zh_hans if place.district else ""
        return str(self.cleaned_data["city"])


class GroupForm(forms.Form):
    uscc = forms.CharField(
        label=_("Unified social credit code of the other organisation"),
        max_length=30,
        help_text=_(
            "18 characters, on its licence. It has to be checked here already."
        ),
        widget=forms.TextInput({"autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_uscc(self) -> str:
        try:
            return normalize_uscc(self.cleaned_data["uscc"])
        except UsccRefused as refused:
            text = USCC_ERRORS[refused.code]
            raise ValidationError(text, code=refused.code) from None


class RoleForm(forms.Form):
    role = forms.ChoiceField(choices=MemberRole)


class JoinForm(forms.Form):
    name = LineField(
        label=_("Your name"),
        max_length=60,
        help_text=_("Your colleagues see it, and people you invite to talk."),
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    password = PasswordInput(
        purpose="new-password",
        required=False,
        help_text=_("At least 8 characters. Leave it empty to sign in with codes."),
    )
    agreed = forms.BooleanField(label=agreement())

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"] or "")
        if password:
            validate_password(password)
        return password


class VerifyForm(GoodUntilForm):
    same_name = forms.BooleanField(
        label=_("Name and code are the same on the licence and in the public register.")
    )
    in_business = forms.BooleanField(
        label=_("The register says that it is in business (存续 or 开业).")
    )
    nothing_listed = forms.BooleanField(
        label=_(
            "The register lists it neither for abnormal operation (经营异常) nor for "
            "serious offences."
        )
    )
    note = BlockField(
        label=_("What you checked"),
        max_length=500,
        required=False,
        help_text=_("The organisation reads this."),
        widget=forms.Textarea({"rows": 3}),
    )


class ReasonForm(forms.Form):
    reason = BlockField(
        label=_("What is missing?"),
        max_length=500,
        help_text=_("Say what they can do about it. They will read this."),
        widget=forms.Textarea({"rows": 3}),
    )
