from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from accounts.lib.forms import RadioCards
from accounts.lib.guards import (
    TO_EMPLOYERS,
    DebtorDataGuard,
    GuardedBlockField,
    GuardedLineField,
)
from jobs.postings.models import Posting
from jobs.talent.criteria import Question, general_marks
from jobs.talent.rules.criteria import FEWEST, MARKS, MOST, MOST_OWN, OwnCriterion
from jobs.talent.rules.notes import LONGEST
from jobs.talent.rules.wording import Found

NOT_SEEN = "-"
PREFIX = "mark-"


def refused_sentence(found: Iterable[Found]) -> str:
    """What has to go, by kind and as it was read; why; and what to write instead."""
    told = [
        _("%(what)s (%(quote)s)")
        % {"what": one.kind.label, "quote": _("“%(words)s”") % {"words": one.words}}
        for one in found
    ]
    return _(
        "Please take this out: %(found)s. It must not decide who gets the work. "
        "Write what you heard or saw that the work needs."
    ) % {"found": _(", ").join(told)}


class TeamForm(DebtorDataGuard):
    sentence = TO_EMPLOYERS

    def refuse(self, name: str, found: Iterable[Found]) -> None:
        """On that field, or without a name above all of them."""
        self.add_error(name or None, refused_sentence(found))


class NoteForm(TeamForm):
    text = GuardedBlockField(
        label=gettext_lazy("A note for the team"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Whoever this is about may ask to read it. Write what matters for the work."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # The page has another form with a "text": the messages to the applicant.
        super().__init__(*args, **({"auto_id": "note-%s"} | kwargs))


class CardForm(TeamForm):
    """One question a criterion; `version` is that of the criteria shown."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, asked: Sequence[Question], version: int, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        self.fields["version"].initial = version
        for question in asked:
            choices = [
                *((str(n), f"{n} · {question.marks[n - 1]}") for n in MARKS),
                (NOT_SEEN, _("It did not come up")),
            ]
            self.fields[PREFIX + question.code] = forms.ChoiceField(
                label=question.title,
                choices=choices,
                widget=RadioCards(),
                error_messages={"required": _("Please choose one.")},
            )
        self.fields["comment"] = GuardedBlockField(
            label=_("What do your marks rest on?"),
            max_length=500,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_(
                "A sentence somebody said, something they did. "
                "Whoever this is about may ask to read it."
            ),
        )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        given = [v for name, v in answers.items() if name.startswith(PREFIX)]
        if len(given) == len(self.asked) and set(given) <= {NOT_SEEN}:
            self.add_error(
                None, _("Please mark at least one. Or read the others without marks.")
            )
        return answers

    def marks(self) -> dict[str, int | None]:
        return {
            question.code: None if value == NOT_SEEN else int(value)
            for question in self.asked
            for value in [self.cleaned_data[PREFIX + question.code]]
        }


class CriteriaForm(TeamForm):
    codes = forms.MultipleChoiceField(
        label=gettext_lazy("What counts for this work?"),
        required=False,
        widget=forms.CheckboxSelectMultiple(),
        help_text=gettext_lazy("Three to eight in all, your own ones included."),
    )

    def __init__(
        self,
        *args: Any,
        library: Sequence[Question],
        own: Sequence[OwnCriterion] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["codes"].choices = [  # type: ignore[attr-defined]
            (question.code, question.title) for question in library
        ]
        # None at all is refused together with too few.
        self.fields["codes"].is_unmarked = True  # type: ignore[attr-defined]
        for number in range(MOST_OWN):
            old = own[number] if number < len(own) else None
            self.fields[f"title-{number}"] = GuardedLineField(
                label=_("A criterion of your own"),
                max_length=40,
                required=False,
                initial=old.title if old else "",
            )
            self.fields[f"strong-{number}"] = GuardedLineField(
                label=_("What does “%(mark)s” look like?")
                % {"mark": general_marks()[-1]},
                max_length=120,
                required=False,
                initial=old.strong if old else "",
                help_text=_("Something one can hear or see."),
            )

    def pairs(self) -> list[tuple[Any, Any]]:
        return [
            (self[f"title-{number}"], self[f"strong-{number}"])
            for number in range(MOST_OWN)
        ]

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        for number in range(MOST_OWN):
            pair = [answers.get(f"{name}-{number}", "") for name in ("title", "strong")]
            if any(pair) and not all(pair):
                missing = "title" if pair[1] else "strong"
                name = f"{missing}-{number}"
                if name not in self.errors:
                    self.add_error(name, _("Please fill in both, or leave both empty."))
        many = len(answers.get("codes", [])) + len(self.own())
        if not self.errors and not FEWEST <= many <= MOST:
            self.add_error(
                "codes",
                _("Please choose three to eight. It is %(many)s now.") % {"many": many},
            )
        return answers

    def own(self) -> list[tuple[str, str]]:
        found = []
        for number in range(MOST_OWN):
            title = self.cleaned_data.get(f"title-{number}", "")
            strong = self.cleaned_data.get(f"strong-{number}", "")
            if title and strong:
                found.append((title, strong))
        return found


class PoolFilter(forms.Form):
    """What is not known is no filter: a link of yesterday still shows the page."""

    posting = forms.ChoiceField(
        label=gettext_lazy("Who suits this posting?"), required=False
    )
    wanted = forms.ChoiceField(label=gettext_lazy("Looks for"), required=False)
    city = forms.ChoiceField(label=gettext_lazy("Lives in"), required=False)

    def __init__(
        self,
        *args: Any,
        postings: Sequence[Posting],
        wanted: Sequence[tuple[str, str]],
        cities: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["posting"].choices = [  # type: ignore[attr-defined]
            ("", _("Everybody")),
            *((str(row.public_id), row.title) for row in postings),
        ]
        self.fields["wanted"].choices = [  # type: ignore[attr-defined]
            ("", _("Any work")),
            *wanted,
        ]
        self.fields["city"].choices = [  # type: ignore[attr-defined]
            ("", _("Any city")),
            *cities,
        ]
        for field in self.fields.values():
            field.is_unmarked = True  # type: ignore[attr-defined]

    def chosen(self, name: str) -> str:
        self.is_valid()
        return str(self.cleaned_data.get(name, ""))


class AnswerForm(forms.Form):
    with_name = forms.BooleanField(
        label=gettext_lazy("They may also see my name there"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A second yes is no answer left out.
        self.fields["with_name"].is_unmarked = True  # type: ignore[attr-defined]
