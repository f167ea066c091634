from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import get_language, gettext_lazy as _

from accounts.lib.forms import LineField, PlainSelect, RadioCards
from accounts.lib.guards import TO_EMPLOYERS, DebtorDataGuard, GuardedLineField
from accounts.lib.places import city_by_code
from jobs.applications.forms import ConfirmForm, DeclineForm, ReasonForm, StepForm
from jobs.hiring.enums import BatchAction, ExportFormat, ExportReason
from jobs.hiring.rules.wanted import Sort, Wanted
from jobs.hiring.texts import COLUMN_NAMES

_ANY = ("", _("All"))
WAITED = [
    ("3", _("3 days or more")),
    ("7", _("7 days or more")),
    ("10", _("10 days or more")),
]
TALKS = [
    ("settled", _("A time is settled")),
    ("open", _("Times are offered")),
    ("none", _("No talk yet")),
]
SOURCES = [("invited", _("After our invitation")), ("applied", _("On their own"))]
SORTS = [
    (Sort.UNANSWERED.value, _("Unanswered first")),
    (Sort.LONGEST.value, _("Longest wait first")),
    (Sort.NEWEST.value, _("Newest first")),
]


def _pick(label: Any, choices: Sequence[tuple[str, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=[_ANY, *choices], required=False, widget=PlainSelect
    )


class DeskForm(forms.Form):
    """The filters, as they stand in the address; what makes no sense is left out."""

    q = LineField(label=_("Name or posting"), required=False, max_length=60)
    posting = _pick(_("Posting"), [])
    city = _pick(_("City"), [])
    stage = _pick(_("Stage"), list(COLUMN_NAMES.items()))
    waited = _pick(_("Waits for an answer"), WAITED)
    talk = _pick(_("Interview"), TALKS)
    source = _pick(_("How they came"), SOURCES)
    unanswered = forms.BooleanField(label=_("Only unanswered"), required=False)
    mine = forms.BooleanField(label=_("Only those I was in touch with"), required=False)
    sort = forms.ChoiceField(
        label=_("Order"), choices=SORTS, required=False, widget=PlainSelect
    )

    def __init__(
        self, data: Any, *, postings: Iterable[tuple[UUID, str, str]], is_list: bool
    ) -> None:
        super().__init__(data)
        rows = list(postings)
        self._choose("posting", [(str(pk), title) for pk, title, _city in rows])
        cities = dict.fromkeys(city for _pk, _title, city in rows if city)
        self._choose("city", [(code, _city_name(code)) for code in cities])
        if len(cities) < 2:
            del self.fields["city"]
        if not is_list:
            del self.fields["stage"]  # the board shows them all

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = [_ANY, *choices]  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """What could be read of it; errors stand beside their fields."""
        self.is_valid()
        given = {
            name: value
            for name, value in self.cleaned_data.items()
            if value and name not in self.errors
        }
        if "posting" in given:
            given["posting"] = UUID(given["posting"])
        given["waited"] = int(given.get("waited", 0))
        given["sort"] = Sort(given.get("sort", Sort.UNANSWERED))
        return Wanted(**given)

    @property
    def chosen(self) -> int:
        """How many filters are set; the order is none."""
        self.is_valid()
        return sum(
            bool(v) for n, v in self.cleaned_data.items() if n not in {"sort", "q"}
        )


def _city_name(code: str) -> str:
    city = city_by_code(code)
    return city.name(get_language() or "") if city else code


# ---- Many at once


class _ForMany(StepForm):
    """Each application brings the version that was seen: the form has none."""

    version = None  # type: ignore[assignment]


class ConfirmMany(_ForMany, ConfirmForm):
    """Nothing but a yes."""


class HoldMany(_ForMany, ReasonForm):
    """One reason; each of them reads it."""


class DeclineMany(_ForMany, DeclineForm):
    """One reason about the job, and words that each of them reads."""

    def about(self, occupation: str) -> None:
        """A skill can be named where all of them applied for the same work."""
        if occupation:
            super().about(occupation)
        else:
            del self.fields["skill"]


MANY_FORMS: dict[str, type[StepForm]] = {
    BatchAction.SHORTLIST: ConfirmMany,
    BatchAction.POSTPONE: HoldMany,
    BatchAction.DECLINE: DeclineMany,
}


def form_for_many(action: str, data: Any = None, *, occupation: str = "") -> StepForm:
    form = MANY_FORMS[action](data)
    form.about(occupation)
    return form


class PickedForm(forms.Form):
    """Whom it is about: each as id and version, as they stood on the page."""

    action = forms.ChoiceField(choices=BatchAction.choices)
    token = forms.UUIDField(required=False)

    def token_or_new(self) -> UUID:
        return self.cleaned_data.get("token") or uuid4()


def picked_in(values: Iterable[str]) -> dict[UUID, int]:
    """Ids with the version that was seen; whatever is neither is left out."""
    found: dict[UUID, int] = {}
    for value in values:
        key, _dot, version = value.partition(".")
        try:
            found[UUID(key)] = int(version)
        except ValueError:
            continue
    return found


# ---- A file


class ExportForm(DebtorDataGuard):
    sentence = TO_EMPLOYERS

    format = forms.TypedChoiceField(
        label=_("Which kind of file?"),
        choices=ExportFormat.choices,
        coerce=ExportFormat,
        initial=ExportFormat.XLSX,
        widget=RadioCards(),
    )
    reason = forms.TypedChoiceField(
        label=_("What do you need it for?"),
        choices=ExportReason.choices,
        coerce=ExportReason,
        widget=RadioCards(),
        help_text=_(
            "Your administrators see it. Everybody in the file sees that you took it."
        ),
    )
    note = GuardedLineField(
        label=_("In a few words"),
        max_length=200,
        required=False,
        help_text=_("Needed for another reason only."),
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("reason") == ExportReason.OTHER and given.get("note") == "":
            self.add_error("note", _("Please say in a few words which one."))
        return given
