"""A check-in while it is answered: which question comes, what was said so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Any

Answers = Mapping[str, Mapping[str, int]]
# Asked after everything else: what is said there is answered at once.
LAST = "phq-9"
# The same form without its ninth question.
WITHOUT_LAST = "phq-8"
NINTH = "9"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a form asks; `is_mixed`: its makers want the questions mixed with others."""

    form: str
    items: tuple[str, ...]
    is_mixed: bool = False


@dataclass(frozen=True, slots=True)
class Asking:
    sitting: str
    forms: tuple[str, ...]
    screens: tuple[tuple[str, str], ...]
    seed: int
    answers: Answers
    at: int = 0
    # The longer forms of a sitting that has its short ones already.
    is_further: bool = False
    # The round of a new job that this answers, 0 for none.
    job_round: int = 0

    @property
    def current(self) -> tuple[str, str]:
        return self.screens[self.at]

    @property
    def is_over(self) -> bool:
        return self.at >= len(self.screens)

    @property
    def given(self) -> int | None:
        """What was answered here before, for those who go back."""
        form, item = self.current
        return self.answers[form].get(item)

    def answered(self, place: int) -> Asking:
        form, item = self.current
        mine = {**self.answers[form], item: place}
        return replace(self, answers={**self.answers, form: mine}, at=self.at + 1)

    def skipped(self) -> Asking:
        form, item = self.current
        mine = {key: value for key, value in self.answers[form].items() if key != item}
        return replace(self, answers={**self.answers, form: mine}, at=self.at + 1)

    def back(self) -> Asking:
        return replace(self, at=max(0, self.at - 1))

    def as_json(self) -> dict[str, Any]:
        return {
            "sitting": self.sitting,
            "forms": list(self.forms),
            "screens": [list(one) for one in self.screens],
            "seed": self.seed,
            "answers": {form: dict(given) for form, given in self.answers.items()},
            "at": self.at,
            "is_further": self.is_further,
            "job_round": self.job_round,
        }


def from_json(told: Mapping[str, Any]) -> Asking:
    return Asking(
        sitting=told["sitting"],
        forms=tuple(told["forms"]),
        screens=tuple((form, item) for form, item in told["screens"]),
        seed=told["seed"],
        answers=told["answers"],
        at=told["at"],
        is_further=told["is_further"],
        # A draft of the day before this was asked has none.
        job_round=told.get("job_round", 0),
    )


def begin(
    sheets: Iterable[Sheet],
    *,
    sitting: str,
    seed: int,
    known: Answers | None = None,
    is_further: bool = False,
    job_round: int = 0,
) -> Asking:
    """All questions of some forms; those that `known` answers are not asked again."""
    known = known or {}
    found = sorted(sheets, key=lambda sheet: sheet.form == LAST)
    mixed = [(one.form, item) for one in found if one.is_mixed for item in one.items]
    Random(seed).shuffle(mixed)  # noqa: S311 - an order, no secret
    plain = [
        (one.form, item) for one in found if not one.is_mixed for item in one.items
    ]
    return Asking(
        sitting=sitting,
        forms=tuple(one.form for one in found),
        screens=tuple(
            (form, item)
            for form, item in (*mixed, *plain)
            if item not in known.get(form, {})
        ),
        seed=seed,
        answers={one.form: dict(known.get(one.form, {})) for one in found},
        is_further=is_further,
        job_round=job_round,
    )


def without_ninth(asking: Asking) -> Asking:
    """The same with PHQ-8 in place of PHQ-9; what was said in the other eight stays."""

    def named(form: str) -> str:
        return WITHOUT_LAST if form == LAST else form

    screens = [one for one in asking.screens if one != (LAST, NINTH)]
    answers = {
        named(form): {
            item: place
            for item, place in given.items()
            if (form, item) != (LAST, NINTH)
        }
        for form, given in asking.answers.items()
    }
    return replace(
        asking,
        forms=tuple(named(form) for form in asking.forms),
        screens=tuple((named(form), item) for form, item in screens),
        answers=answers,
        at=min(asking.at, len(screens)),
    )
