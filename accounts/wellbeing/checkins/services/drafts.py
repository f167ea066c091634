"""A check-in from its first question to its last."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from accounts.care.vault import keys
from accounts.care.vault.models import Subject
from accounts.care.vault.wall import behind_the_wall
from accounts.wellbeing.checkins import access
from accounts.wellbeing.checkins.content import (
    asked_forms,
    longer_forms,
    sheet_of,
    taken_forms,
)
from accounts.wellbeing.checkins.models import Draft, Sitting
from accounts.wellbeing.checkins.rules.asking import (
    LAST,
    Answers,
    Asking,
    begin,
    without_ninth,
)
from accounts.wellbeing.checkins.rules.rhythm import DRAFT_KEPT
from accounts.wellbeing.checkins.rules.triggers import (
    STEP_FROM,
    family_of,
    leads_further,
)


class TooEarly(Exception):  # noqa: N818 - reads as the event it is
    """Its window is not over; `free_from` says when."""

    def __init__(self, free_from: datetime) -> None:
        super().__init__("too early")
        self.free_from = free_from


class NothingToAsk(Exception):  # noqa: N818 - reads as the event it is
    """No such form in this language, or it has been asked already."""


class DraftGone(Exception):  # noqa: N818 - reads as the event it is
    """It was sent, stopped or a day old."""


class OtherQuestion(Exception):  # noqa: N818 - reads as the event it is
    """The answer belongs to a question that is not the current one: a second tap."""


@behind_the_wall()
def begin_check_in(
    *, subject: Subject, forms: Iterable[str], job_round: int = 0
) -> Draft:
    """A new draft of these forms; one that was begun before is dropped."""
    now = timezone.now()
    lock(subject)
    known = asked_forms(now=now)
    chosen = [known[name] for name in forms if name in known]
    if not chosen:
        raise NothingToAsk
    free = access.free_of(subject)
    windows = [free[f] for form in chosen if (f := family_of(form.id)) in free]
    if any(until > now for until in windows):
        raise TooEarly(max(windows))
    sheets = [sheet_of(form) for form in chosen]
    asking = begin(
        sheets,
        sitting=str(uuid.uuid4()),
        seed=secrets.randbelow(2**31),
        job_round=job_round,
    )
    return _keep(subject, asking, now)


@behind_the_wall()
def begin_further(*, sitting: Sitting, is_wish: bool = False) -> Draft:
    """The longer forms, with the answers that were given already.

    They are offered where the short ones say a lot; `is_wish`: the person asks for them.
    """
    now = timezone.now()
    lock(sitting.subject)
    shorts = further_of(sitting, now=now, is_wish=is_wish)
    if not shorts:
        raise NothingToAsk
    known: Answers = {
        longer: access.answers_of(row)
        for row in sitting.check_ins.select_related("subject")
        if (longer := shorts.get(row.form))
    }
    forms = asked_forms(now=now)
    asking = begin(
        [sheet_of(forms[longer]) for longer in shorts.values()],
        sitting=str(sitting.pk),
        seed=secrets.randbelow(2**31),
        known=known,
        is_further=True,
    )
    return _keep(sitting.subject, asking, now)


def further_of(
    sitting: Sitting, *, now: datetime, is_wish: bool = False
) -> dict[str, str]:
    """Longer forms that this sitting leads to and has not got; on its own day only."""
    if now - sitting.taken_at > DRAFT_KEPT:
        return {}
    rows = list(sitting.check_ins.select_related("subject"))
    have = {row.family for row in rows if row.is_further}
    shorts = [
        row.form
        for row in rows
        if row.family not in have
        and row.answers
        and (
            row.form in STEP_FROM
            if is_wish
            else leads_further(row.form, access.score_of(row))
        )
    ]
    return longer_forms(shorts, now=now)


@behind_the_wall()
def fit(*, subject: Subject) -> Asking | None:
    """The draft as it may be asked now; one that cannot be any more is dropped.

    Nobody on duty any more: its ninth question goes. Another language, without these
    questions: all of it goes, and None is left.
    """
    now = timezone.now()
    lock(subject)
    draft = access.draft_of(subject, now=now)
    if draft is None:
        return None
    asking = access.asking_of(draft)
    asked = asked_forms(now=now)
    if LAST in asking.forms and LAST not in asked:
        asking = _write(draft, without_ninth(asking))
    if any(form not in asked for form in asking.forms):
        draft.delete()
        return None
    return asking


@behind_the_wall()
def answer(*, subject: Subject, at: int, place: int) -> Asking:
    """Raises DraftGone, OtherQuestion, and ValueError for an answer that there is not."""
    draft, asking = _current(subject, at)
    form, item = asking.current
    forms = taken_forms(now=timezone.now())
    if form not in forms:
        raise DraftGone
    questions = {one.id: one for one in forms[form].questions}
    if not 0 <= place < len(questions[item].answers):
        raise ValueError("no such answer")
    return _write(draft, asking.answered(place))


@behind_the_wall()
def skip(*, subject: Subject, at: int) -> Asking:
    draft, asking = _current(subject, at)
    return _write(draft, asking.skipped())


@behind_the_wall()
def go_back(*, subject: Subject, at: int) -> Asking:
    draft, asking = _current(subject, at)
    return _write(draft, asking.back())


@behind_the_wall()
def stop(*, subject: Subject) -> None:
    """Nothing of it is kept."""
    Draft.objects.filter(subject=subject).delete()


def lock(subject: Subject) -> None:
    """What one person does in two tabs comes one after the other."""
    Subject.objects.select_for_update(of=("self",), no_key=True).get(pk=subject.pk)


def _current(subject: Subject, at: int) -> tuple[Draft, Asking]:
    rows = Draft.objects.select_for_update(of=("self",)).select_related("subject")
    draft = rows.filter(
        subject=subject, begun_at__gt=timezone.now() - DRAFT_KEPT
    ).first()
    if draft is None:
        raise DraftGone
    asking = access.asking_of(draft)
    if asking.at != at or asking.is_over:
        raise OtherQuestion
    return draft, asking


def _write(draft: Draft, asking: Asking) -> Asking:
    draft.content = keys.seal(draft.subject, access.CONTENT, asking.as_json())
    draft.save(update_fields=["content"])
    return asking


def _keep(subject: Subject, asking: Asking, now: datetime) -> Draft:
    Draft.objects.filter(subject=subject).delete()
    sealed = keys.seal(subject, access.CONTENT, asking.as_json())
    return Draft.objects.create(subject=subject, content=sealed, begun_at=now)
