"""How far a posting is: what each page still wants, and what the rules say about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jobs.editor.rules.blanks import fields_with_blanks
from jobs.editor.rules.steps import LOOK, STEPS, step_of
from jobs.postings.answers import answers_of
from jobs.postings.forms import PostingForm
from jobs.postings.labels import field_label
from jobs.postings.models import Posting
from jobs.screening.adverts import TEXT_FIELDS, PlacedFinding, PlacedRewording
from jobs.screening.enums import Severity
from jobs.screening.explain import Missing, RuleHits, lint_sentence, split_missing
from jobs.screening.services.rewording import offers_for
from jobs.screening.services.submission import Examination, examine

TITLES: dict[str, Promise] = {
    "work": _("The work"),
    "pay": _("Pay"),
    "hours": _("Hours and place"),
    "conduct": _("How people are treated"),
    "look": _("Look and send"),
}
LEADS: dict[str, Promise] = {
    "work": _("What somebody does all day, and what they need for it."),
    "pay": _("What comes for certain, what varies, and what a month looks like."),
    "hours": _("When, where, and under which contract."),
    "conduct": _("People who come from hard phone work read this first."),
    "look": _("Read it once as a seeker does. Then send it in."),
}


@dataclass(slots=True)
class StepState:
    """One page in the row of pages; `missing` and `hits` are only its own."""

    key: str
    title: Promise
    lead: Promise
    url: str
    missing: list[Missing] = field(default_factory=list)
    hits: list[RuleHits] = field(default_factory=list)
    is_current: bool = False
    has_typed: bool = False

    @property
    def stops(self) -> list[RuleHits]:
        return [hit for hit in self.hits if hit.severity == Severity.BLOCK]

    @property
    def concerns(self) -> list[RuleHits]:
        """Without the good signs: those stand at the head of the preview."""
        return [hit for hit in self.hits if hit.severity != Severity.POSITIVE]

    @property
    def to_do(self) -> int:
        return len(self.missing) + len(self.stops)

    @property
    def is_done(self) -> bool:
        """The last page is done when it is sent."""
        return not self.to_do and self.key != LOOK


@dataclass(frozen=True, slots=True)
class Progress:
    steps: list[StepState]
    examination: Examination

    @property
    def is_ready(self) -> bool:
        return not self.examination.is_blocked and not any(
            s.missing for s in self.steps
        )

    @property
    def current(self) -> StepState:
        return next(step for step in self.steps if step.is_current)


def progress_of(
    posting: Posting, *, current: str = "", typed: Iterable[str] = ()
) -> Progress:
    """Reads no rows but the posting's own; `posting` may be unsaved."""
    examination = examine(posting)
    waiting = set(typed)
    steps = []
    for key in STEPS:
        hits, missing = findings_on(key, examination, offers=())
        steps.append(
            StepState(
                key=key,
                title=TITLES[key],
                lead=LEADS[key],
                url=reverse("editor:step", args=[posting.public_id, key]),
                missing=_all_missing(key, posting, missing),
                hits=hits,
                is_current=key == current,
                has_typed=key in waiting,
            )
        )
    return Progress(steps, examination)


def findings_on(
    step: str, examination: Examination, *, offers: Sequence[PlacedRewording]
) -> tuple[list[RuleHits], list[Missing]]:
    """What was found and what is missing, of this page only."""
    found: list[PlacedFinding] = [
        finding for finding in examination.findings if step_of(finding.field) == step
    ]
    told = [name for name in examination.missing if step_of(name) == step]
    mine = [offer for offer in offers if step_of(offer.field) == step]
    return split_missing(found, told, mine)


def lint_of(posting: Posting, step: str) -> dict[str, object]:
    """For the panel beside the form, while somebody writes."""
    examination = examine(posting)
    offers = offers_for(posting, examination)
    hits, missing = findings_on(step, examination, offers=offers)
    return {
        "hits": hits,
        "missing": _all_missing(step, posting, missing),
        "summary": lint_sentence(hits),
    }


def unanswered(posting: Posting) -> list[str]:
    """Questions that have to be answered before it is sent in."""
    answers = answers_of(posting)
    return [
        name
        for name, question in PostingForm().fields.items()
        if question.required and _is_empty(answers.get(name))
    ]


def _is_empty(answer: object) -> bool:
    if isinstance(answer, tuple):
        return all(part is None for part in answer)
    return answer is None or answer == ""


def _all_missing(step: str, posting: Posting, told: list[Missing]) -> list[Missing]:
    """Each field once, whoever asks for it; blanks of a template with their words."""
    found = {one.anchor or one.label: one for one in told}
    for name in unanswered(posting):
        anchor = f"id_{name}_0" if name in {"base_salary", "pay"} else f"id_{name}"
        if step_of(name) == step:
            found.setdefault(anchor, Missing(field_label(name), anchor))
    texts = {name: getattr(posting, name) for name in TEXT_FIELDS}
    for name, words in fields_with_blanks(texts).items():
        if step_of(name) == step:
            label = f"{field_label(name)} 【{' · '.join(words)}】"
            found.setdefault(f"blank {name}", Missing(label, f"id_{name}"))
    return list(found.values())
