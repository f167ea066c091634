"""Form fields that do not let other people's data through."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from accounts.lib.debtor_data import (
    BANK_CARD,
    DEBTOR,
    ID_NUMBER,
    KINDS,
    LEDGER,
    OFFER,
    PHONE,
    PHONES,
    Hit,
    find_debtor_data,
    find_in_file_name,
    masked,
)
from accounts.lib.forms import BlockField, LineField

FOUND: dict[str, Promise] = {
    ID_NUMBER: gettext_lazy("an identity card number"),
    BANK_CARD: gettext_lazy("a bank card number"),
    LEDGER: gettext_lazy("a list of people with numbers and amounts"),
    PHONES: gettext_lazy("phone numbers of several people"),
    PHONE: gettext_lazy("somebody's phone number"),
    DEBTOR: gettext_lazy("somebody's name with what they owe"),
    OFFER: gettext_lazy("lists of people that are to be brought along"),
}
CODE = "debtor_data"


TO_SEEKERS = gettext_lazy(
    "Please take this out: %(found)s. Nobody may pass on other people's data (Personal "
    "Information Protection Law, article 10; Criminal Law, article 253-1). You could be "
    "held liable, even if your old company told you to. Keep no lists of people. Did "
    "an employer ask you for them? Please report the job."
)
TO_EMPLOYERS = gettext_lazy(
    "Please take this out: %(found)s. Nobody may pass on other people's data or ask for "
    "it (Personal Information Protection Law, article 10; Criminal Law, article 253-1). "
    "That we found it is noted on your organisation's record, without the words."
)


class DebtorDataFound(ValidationError):  # noqa: N818 - reads as the event it is
    """Says what was found, why it cannot stay and what to do; `hits` is for counting."""

    def __init__(
        self, text: str, hits: Iterable[Hit], *, sentence: Promise = TO_SEEKERS
    ) -> None:
        self.hits = list(hits)
        found = _(", ").join(quoted(text, self.hits))
        super().__init__(str(sentence) % {"found": found}, code=CODE)


def quoted(text: str, hits: Iterable[Hit]) -> list[str]:
    """One passage of each kind, masked, so that only its writer knows it again."""
    first: dict[str, Hit] = {}
    for hit in hits:
        first.setdefault(hit.kind, hit)
    return [
        _("%(what)s (%(quote)s)")
        % {"what": FOUND[kind], "quote": masked(text, first[kind])}
        for kind in KINDS
        if kind in first
    ]


class GuardedField(forms.CharField):
    """Refuses what accounts.lib.debtor_data finds, but for the kinds in `let`."""

    own_phones: tuple[str, ...] = ()
    sentence: Promise = TO_SEEKERS

    def __init__(self, *args: Any, let: Iterable[str] = (), **kwargs: Any) -> None:
        self.let = frozenset(let)
        super().__init__(*args, **kwargs)

    def validate(self, value: str) -> None:
        super().validate(value)
        found = find_debtor_data(value, own_phones=self.own_phones)
        if hits := [hit for hit in found if hit.kind not in self.let]:
            raise DebtorDataFound(value, hits, sentence=self.sentence)


class GuardedLineField(GuardedField, LineField):
    """One tidy line without other people's data."""


class GuardedBlockField(GuardedField, BlockField):
    """Several tidy lines without other people's data."""


class DebtorDataGuard(forms.Form):
    """For forms with guarded fields: knows the writer's own number and what was found.

    `sentence` is TO_EMPLOYERS where members of an organisation write.
    """

    sentence: Promise = TO_SEEKERS

    def own_phones(self) -> Iterable[str]:
        """Numbers that the writer may name; the form says whose they are."""
        return ()

    def full_clean(self) -> None:
        own = tuple(self.own_phones())
        for field in self.fields.values():
            if isinstance(field, GuardedField):
                field.own_phones, field.sentence = own, self.sentence
        super().full_clean()

    def debtor_hits(self) -> list[Hit]:
        """What was refused, field by field; empty for an unbound form."""
        return [
            hit
            for errors in self.errors.as_data().values()
            for error in errors
            if isinstance(error, DebtorDataFound)
            for hit in error.hits
        ]


def guarded_file_name(name: str) -> str:
    """The name as it is; raises DebtorDataFound for 逾期客户名单.xlsx and its like."""
    if hits := find_in_file_name(name):
        raise DebtorDataFound(name, hits)
    return name
