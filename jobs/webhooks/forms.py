from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.lib.forms import LineField, PlainSelect
from jobs.webhooks.enums import CHOSEN, DeliveryState, EventType
from jobs.webhooks.rules.addresses import AddressRefused
from jobs.webhooks.services.endpoints import check_address
from jobs.webhooks.texts import REFUSED, event_choices


class EndpointForm(forms.Form):
    url = LineField(
        label=_("Address of your system"),
        help_text=_("It begins with https:// and can be reached from the internet."),
        widget=forms.URLInput(
            {
                "autocomplete": "off",
                "autocapitalize": "off",
                "spellcheck": "false",
                "placeholder": "https://",
            }
        ),
    )
    events = forms.MultipleChoiceField(
        label=_("What should it be told?"),
        choices=event_choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"events": [kind.value for kind in CHOSEN]})
        super().__init__(*args, **kwargs)

    def clean_url(self) -> str:
        try:
            return check_address(self.cleaned_data["url"])
        except AddressRefused as error:
            raise ValidationError(str(REFUSED[error.code])) from error


class LogForm(forms.Form):
    """Both are optional; what is not known counts as nothing chosen."""

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All")), *DeliveryState.choices],
        widget=PlainSelect,
    )
    kind = forms.ChoiceField(
        label=_("Notice"),
        required=False,
        choices=lambda: [("", _("All")), *[(k.value, k.full_name) for k in EventType]],
        widget=PlainSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.is_unmarked = True  # type: ignore[attr-defined]

    def wanted(self) -> dict[str, str]:
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in ("state", "kind")}
