"""A place on the waiting list: its steps, and offers that nobody answered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from accounts.care.scheduling.enums import ON_THE_LIST, Actor, OfferState, WaitState
from accounts.care.scheduling.models import Appointment, Offer, WaitingEntry
from accounts.care.scheduling.rules.limits import MOST_UNANSWERED
from accounts.care.scheduling.rules.workflow import WAITING_LIST
from accounts.care.vault.emails import tell_person_of_news
from accounts.care.vault.models import Subject


def place_of(subject: Subject) -> WaitingEntry | None:
    """Waiting or paused; the caller holds the person."""
    rows = WaitingEntry.objects.select_for_update(of=("self",))
    return rows.filter(subject=subject, state__in=ON_THE_LIST).first()


def move_on(
    entry: WaitingEntry, event: str, *, now: datetime, actor: Actor = Actor.SEEKER
) -> None:
    """Every step but a pause; the count of offers without an answer begins anew."""
    row = WAITING_LIST.step(state=entry.state, event=event, actor=actor)
    entry.state, entry.unanswered = WaitState(row.target), 0
    entry.ended_at = None if row.target in ON_THE_LIST else now
    entry.save(update_fields=["state", "unanswered", "ended_at"])


def note_answer(entry: WaitingEntry) -> None:
    """Somebody is there after all: the count begins anew."""
    WaitingEntry.objects.filter(pk=entry.pk, state=WaitState.WAITING).update(
        unanswered=0
    )


def close_offers(
    rows: Iterable[Appointment], state: OfferState, *, now: datetime
) -> None:
    open_ones = Offer.objects.filter(
        appointment__in=[row.pk for row in rows if row.is_offer], state=OfferState.OPEN
    )
    entries = list(open_ones.values_list("entry", flat=True))
    open_ones.update(state=state, closed_at=now)
    if state == OfferState.EXPIRED:
        _count_unanswered(entries)


def _count_unanswered(entry_ids: Iterable[object]) -> None:
    rows = WaitingEntry.objects.select_for_update(of=("self",)).filter(
        pk__in=list(entry_ids), state=WaitState.WAITING
    )
    for entry in rows.select_related("subject").order_by("pk"):
        entry.unanswered += 1
        if entry.unanswered >= MOST_UNANSWERED:
            row = WAITING_LIST.step(
                state=entry.state, event="pause", actor=Actor.SYSTEM
            )
            entry.state = WaitState(row.target)
            tell_person_of_news(subject=entry.subject)
        entry.save(update_fields=["state", "unanswered"])
