from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.care.reports.access import counselors_to_appoint
from accounts.care.vault.enums import Role
from accounts.counselors.models import CounselorProfile
from accounts.lib.forms import RadioCards


class CounselorChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} · {obj.get_scope_display()}"


class AppointForm(forms.Form):
    counselor = CounselorChoice(
        label=_("Who"),
        queryset=CounselorProfile.objects.none(),
        to_field_name="public_id",
        empty_label=_("Choose somebody"),
    )
    role = forms.ChoiceField(
        label=_("As what"),
        choices=Role.choices,
        widget=RadioCards(
            descriptions={
                Role.SUPERVISOR: _(
                    "Sees open flags and the report, decides when two people have to."
                ),
                Role.SCHEDULER: _("Sees times and names of counselors, never topics."),
            }
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["counselor"].queryset = counselors_to_appoint()  # type: ignore[attr-defined]
