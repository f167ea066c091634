"""Scorecards: one each, independent of each other, on criteria chosen before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.identity.models import User
from accounts.identity.services.audit import record_event
from accounts.lib.workflow import TransitionRefused
from jobs.applications.enums import ENDED_STATES
from jobs.applications.models import Application
from jobs.applications.rules.workflow import EMPLOYER
from jobs.applications.services.parties import check_side, lock_application
from jobs.postings.models import Posting
from jobs.talent.access import criteria_for, criteria_of, own_card
from jobs.talent.enums import CardRefusal, CardState
from jobs.talent.models import CardMark, CriteriaSet, Scorecard
from jobs.talent.rules.criteria import (
    FEWEST,
    MOST,
    MOST_OWN,
    OwnCriterion,
    codes_of,
    default_library,
    next_own_code,
    own_of,
    rows_of,
)
from jobs.talent.services.notes import checked


class CardRefused(TransitionRefused):
    """Not kept; `reason` says why."""

    def __init__(self, reason: CardRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


class CriteriaRefused(TransitionRefused):
    """Too few, too many, or one that nobody knows."""


def current_rows(posting: Posting) -> list[str | dict[str, str]]:
    """What a new application to this posting would be judged by."""
    chosen = criteria_of(posting)
    return chosen.criteria if chosen else _usual(posting)


def rows_for(application: Application) -> list[str | dict[str, str]]:
    chosen = criteria_for(application)
    return chosen.criteria if chosen else _usual(application.posting)


def _usual(posting: Posting) -> list[str | dict[str, str]]:
    return rows_of(default_library().usual_for(posting.occupation))


@transaction.atomic
def send_card(
    *,
    application: Application,
    actor: User,
    marks: Mapping[str, int | None],
    comment: str = "",
    version: int = 0,
    now: datetime | None = None,
) -> Scorecard:
    """Sent for good. `version` is that of the criteria the form was drawn from, 0 for
    the usual ones. Raises CardRefused, WordsRefused.
    """
    locked = _lock(application, actor)
    criteria = criteria_for(locked) or _first_set(locked.posting, now)
    is_drawn_from = version in (criteria.version, 0 if criteria.made_by is None else -1)
    if not is_drawn_from or set(marks) != set(codes_of(criteria.criteria)):
        raise CardRefused(CardRefusal.CHANGED)
    card = Scorecard(
        application=locked,
        criteria=criteria,
        author=actor,
        state=CardState.SENT,
        comment=checked(comment),
        at=now or timezone.now(),
    )
    card.full_clean()
    card.save()
    CardMark.objects.bulk_create(
        CardMark(card=card, criterion=code, mark=mark) for code, mark in marks.items()
    )
    record_event(
        action="talent.card_sent", actor=actor, on=card, about=locked.seeker.user
    )
    return card


@transaction.atomic
def waive_card(
    *, application: Application, actor: User, now: datetime | None = None
) -> Scorecard:
    """Read the others' without one's own; there is no way back. Raises CardRefused."""
    locked = _lock(application, actor, needs_running=False)
    card = Scorecard.objects.create(
        application=locked,
        author=actor,
        state=CardState.WAIVED,
        at=now or timezone.now(),
    )
    record_event(action="talent.card_waived", actor=actor, on=card)
    return card


def _lock(
    application: Application, actor: User, *, needs_running: bool = True
) -> Application:
    locked = lock_application(application)
    check_side(actor, locked, EMPLOYER)
    reason = why_no_card(locked, actor)
    if reason == CardRefusal.TWICE or (reason and needs_running):
        raise CardRefused(reason)
    return locked


def why_no_card(application: Application, actor: User) -> CardRefusal | None:
    if own_card(actor, application) is not None:
        return CardRefusal.TWICE
    if application.state in ENDED_STATES:
        return CardRefusal.ENDED
    return None


def _first_set(posting: Posting, now: datetime | None) -> CriteriaSet:
    """The usual ones, written down with the first card that answers them.

    The posting is locked: two first cards make one set.
    """
    rows = _usual(posting)
    return CriteriaSet.objects.get_or_create(
        posting=posting,
        version=1,
        defaults={"criteria": rows, "made_at": now or timezone.now()},
    )[0]


@transaction.atomic
def set_criteria(
    *,
    posting: Posting,
    actor: User,
    codes: Sequence[str],
    own: Sequence[tuple[str, str]] = (),
    now: datetime | None = None,
) -> CriteriaSet:
    """From now on; cards that were filled keep theirs. `own` are (title, what a four
    looks like). The same choice again changes nothing.

    Raises CriteriaRefused, WordsRefused.
    """
    locked = Posting.objects.select_for_update(of=("self",), no_key=True).get(
        pk=posting.pk
    )
    _check_choice(codes, own)
    rows = rows_of(codes, _own_rows(locked, own))
    current = criteria_of(locked)
    if rows == current_rows(locked) and current is not None:
        return current
    chosen = CriteriaSet.objects.create(
        posting=locked,
        version=current.version + 1 if current else 1,
        criteria=rows,
        made_by=actor,
        made_at=now or timezone.now(),
    )
    record_event(
        action="talent.criteria_set",
        actor=actor,
        on=locked,
        detail={"version": chosen.version, "criteria": len(rows)},
    )
    return chosen


def _check_choice(codes: Sequence[str], own: Sequence[tuple[str, str]]) -> None:
    if not set(codes) <= set(default_library().criteria) or len(own) > MOST_OWN:
        raise CriteriaRefused("unknown")
    if not FEWEST <= len(set(codes)) + len(own) <= MOST:
        raise CriteriaRefused("number")


def _own_rows(posting: Posting, own: Sequence[tuple[str, str]]) -> list[OwnCriterion]:
    """The same words keep their code; new words get one that never stood before."""
    earlier: dict[tuple[str, str], str] = {}
    taken: set[str] = set()
    for chosen in CriteriaSet.objects.filter(posting=posting):
        for one in own_of(chosen.criteria):
            earlier[one.title, one.strong] = one.code
            taken.add(one.code)
    rows = []
    for words in own:
        title, strong = (checked(text) for text in words)
        code = earlier.get((title, strong)) or next_own_code(taken)
        taken.add(code)
        rows.append(OwnCriterion(code, title, strong))
    return rows
