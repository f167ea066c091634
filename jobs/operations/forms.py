from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.employers.enums import VerificationState
from accounts.employers.models import Organization
from accounts.identity.enums import Kind, MessageState, SwitchState
from accounts.identity.models import FeatureSwitch, User
from accounts.identity.switches import Switch
from accounts.lib.dates import SHANGHAI
from accounts.lib.forms import BlockField, DateInput, LineField, RadioCards

LONGEST_ANNOUNCED = timedelta(days=60)
MOST_ORGANIZATIONS = 200
ANY = ("", _("All"))
# More than a box for an answer: a switch is read again in a year.
REASON = 200


def reason_field(**kwargs: Any) -> LineField:
    return LineField(label=_("Why?"), max_length=REASON, **kwargs)


class ReasonForm(forms.Form):
    reason = reason_field(help_text=_("Colleagues read it. Name nobody."))


class RunForm(forms.Form):
    reason = reason_field(required=False)


class EraseForm(ReasonForm):
    """For tasks that forget something."""

    sure = forms.BooleanField(
        label=_("I know that this cannot be undone"),
        error_messages={"required": _("Please tick the box if you want to go on.")},
    )


class Search(forms.Form):
    """Every field may be left empty: none of them says so."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.is_unmarked = True  # type: ignore[attr-defined]


class OrganizationSearch(Search):
    q = LineField(label=_("Name or code"), max_length=60, required=False)
    state = forms.ChoiceField(
        label=_("Check"), choices=[ANY, *VerificationState.choices], required=False
    )


class OutboxSearch(Search):
    NEEDS_A_LOOK = "look"

    state = forms.ChoiceField(
        label=_("State"),
        choices=[(NEEDS_A_LOOK, _("Needs a look")), *MessageState.choices, ANY],
        required=False,
    )
    template = forms.ChoiceField(label=_("Kind"), required=False)

    def __init__(self, *args: Any, templates: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["template"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [ANY, *((name, name) for name in templates)]


class TrailSearch(Search):
    """Who did what to which object."""

    who = forms.ChoiceField(label=_("Person in an office"), required=False)
    number = forms.IntegerField(
        label=_("Account number"),
        min_value=1,
        required=False,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )
    kind = forms.ChoiceField(
        label=_("Kind of account"),
        choices=[ANY, *Kind.choices, ("system", _("The site itself"))],
        required=False,
    )
    action = LineField(
        label=_("Action begins with"),
        max_length=80,
        required=False,
        widget=forms.TextInput({"autocapitalize": "none", "spellcheck": "false"}),
    )
    object = LineField(
        label=_("Number of the object"),
        max_length=40,
        required=False,
        widget=forms.TextInput({"autocapitalize": "none", "spellcheck": "false"}),
    )
    since = forms.DateField(label=_("From"), required=False, widget=DateInput)
    until = forms.DateField(label=_("Until"), required=False, widget=DateInput)

    def __init__(self, *args: Any, staff: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["who"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [ANY, *((str(one.pk), str(one)) for one in staff)]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("since"), data.get("until")
        if first and last and last < first:
            self.add_error("until", _("The last day is before the first."))
        return data


class SwitchForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    state = forms.ChoiceField(label=_("How should it stand?"), widget=RadioCards)
    percentage = forms.IntegerField(
        label=_("Share in percent"),
        min_value=1,
        max_value=99,
        required=False,
        help_text=_("The same organisations each time, drawn by lot."),
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )
    organizations = BlockField(
        label=_("Social credit codes, one a line"),
        max_length=5000,
        required=False,
        widget=forms.Textarea({"rows": 3, "spellcheck": "false"}),
    )
    note = reason_field(help_text=_("Colleagues read it. Name nobody."))

    def __init__(self, *args: Any, switch: Switch, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["state"]
        assert isinstance(field, forms.ChoiceField)
        if switch.by_organization:
            field.choices = SwitchState.choices
            return
        field.choices = [
            (SwitchState.ON.value, SwitchState.ON.label),
            (SwitchState.OFF.value, SwitchState.OFF.label),
        ]
        del self.fields["percentage"], self.fields["organizations"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        state = data.get("state")
        if state == SwitchState.PERCENTAGE and not data.get("percentage"):
            if "percentage" not in self.errors:
                self.add_error("percentage", _("Please say which share, 1 to 99."))
        if state == SwitchState.ORGANIZATIONS and "organizations" in data:
            data["chosen"] = self._chosen(data["organizations"])
        return data

    def _chosen(self, written: str) -> list[UUID]:
        codes = list(dict.fromkeys(written.upper().split()))
        found = dict(
            Organization.objects.filter(uscc__in=codes).values_list("uscc", "public_id")
        )
        unknown = [code for code in codes if code not in found]
        if not codes:
            self.add_error("organizations", _("Please name one organisation at least."))
        elif len(codes) > MOST_ORGANIZATIONS:
            self.add_error(
                "organizations", _("That is too many. Take a share instead.")
            )
        elif unknown:
            message = _("No organisation here has this code: %(code)s")
            error = ValidationError(message, params={"code": unknown[0][:40]})
            self.add_error("organizations", error)
        return list(found.values())


def switch_initial(row: FeatureSwitch | None, switch: Switch) -> dict[str, Any]:
    if row is None:
        return {"state": switch.default, "version": 0}
    codes = Organization.objects.filter(public_id__in=row.organizations)
    return {
        "state": row.state,
        "version": row.version,
        "percentage": row.percentage or None,
        "organizations": "\n".join(codes.values_list("uscc", flat=True)),
    }


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class AnnouncementForm(forms.Form):
    zh_hans = LineField(
        label="简体中文",
        max_length=120,
        help_text=_("Do not name the site: some use it under a plain name."),
    )
    zh_hant = LineField(label="繁體中文", max_length=120)
    en = LineField(label="English", max_length=240)
    starts_at = forms.DateTimeField(label=_("From"), widget=MomentInput)
    ends_at = forms.DateTimeField(label=_("Until"), widget=MomentInput)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("starts_at"), data.get("ends_at")
        if last and last <= timezone.now():
            self.add_error("ends_at", _("This is over already."))
        elif first and last and last <= first:
            self.add_error("ends_at", _("It ends before it begins."))
        elif first and last and last - first > LONGEST_ANNOUNCED:
            self.add_error("ends_at", _("Two months at most."))
        return data

    def texts(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("zh_hans", "zh_hant", "en")}


def day_begins(day: Any) -> datetime:
    return datetime.combine(day, datetime.min.time(), tzinfo=SHANGHAI)
