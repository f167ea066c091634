"""What a team noted goes with its time, and with the person it is about."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext

from accounts.identity.models import User
from jobs.applications.enums import ENDED_STATES, ApplicationState
from jobs.applications.models import Application
from jobs.talent.criteria import mark_text, title_of
from jobs.talent.enums import ENDED_POOL, CardState
from jobs.talent.models import (
    CardMark,
    CriteriaSet,
    Note,
    NoteMention,
    PoolEntry,
    Scorecard,
)
from jobs.talent.rules.mentions import without_names
from jobs.talent.rules.notes import LONGEST
from jobs.talent.rules.pool import ASK_AGAIN_AFTER
from jobs.talent.rules.retention import KEPT_FOR, KEPT_WITHDRAWN

BATCH = 500


def due_applications(*, now: datetime) -> QuerySet[Application]:
    """Ended long enough ago, with something noted about them."""
    noted = Exists(Note.objects.filter(application=OuterRef("pk")))
    judged = Exists(Scorecard.objects.filter(application=OuterRef("pk")))
    withdrawn = Q(state=ApplicationState.WITHDRAWN)
    others = ~withdrawn & Q(state__in=ENDED_STATES)
    rows = Application.objects.filter(noted | judged)
    return rows.filter(
        (withdrawn & Q(processed_at__lte=now - KEPT_WITHDRAWN))
        | (others & Q(processed_at__lte=now - KEPT_FOR))
    )


def due_entries(*, now: datetime) -> QuerySet[PoolEntry]:
    """Over, and old enough that asking again is allowed anyway."""
    rows = PoolEntry.objects.filter(state__in=ENDED_POOL)
    return rows.filter(asked_at__lte=now - ASK_AGAIN_AFTER)


def erase_old_team_records(*, now: datetime) -> dict[str, int]:
    """Safe to run twice and side by side."""
    erased = {"notes": 0, "cards": 0, "pool": 0}
    for pk in list(due_applications(now=now).values_list("pk", flat=True)[:BATCH]):
        notes, cards = _erase(pk, now)
        erased["notes"] += notes
        erased["cards"] += cards
    old = list(due_entries(now=now).values_list("pk", flat=True)[:BATCH])
    erased["pool"] = PoolEntry.objects.filter(pk__in=old).delete()[0]
    return erased


@transaction.atomic
def _erase(pk: int, now: datetime) -> tuple[int, int]:
    """Under the application's lock: nobody writes a note in the same moment."""
    Application.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    if not due_applications(now=now).filter(pk=pk).exists():
        return 0, 0
    return _erase_about(Application.objects.filter(pk=pk))


def _erase_about(applications: QuerySet[Application]) -> tuple[int, int]:
    notes = Note.objects.filter(application__in=applications)
    cards = Scorecard.objects.filter(application__in=applications)
    counts = notes.count(), cards.count()
    notes.delete()
    cards.delete()
    return counts


# ---- Whoever it is about


def count_about(user: User) -> int:
    """Notes, and cards that were filled."""
    notes = Note.objects.filter(application__seeker__user=user).count()
    cards = Scorecard.objects.filter(
        application__seeker__user=user, state=CardState.SENT
    )
    return notes + cards.count()


def export_about(user: User) -> dict[str, Any]:
    """What was written and judged, word for word; not by whom of the company, whose
    name is no information about this person."""
    notes = Note.objects.filter(application__seeker__user=user).order_by("pk")
    cards = Scorecard.objects.filter(
        application__seeker__user=user, state=CardState.SENT
    ).order_by("pk")
    found = {
        "notes": [
            _exported_note(row)
            for row in notes.select_related(
                "application__posting__organization"
            ).prefetch_related("mentions")
        ],
        "cards": [
            _exported_card(row)
            for row in cards.select_related(
                "application__posting__organization", "criteria"
            ).prefetch_related("marks")
        ],
    }
    return {name: rows for name, rows in found.items() if rows}


def _exported_note(note: Note) -> dict[str, Any]:
    labels = _labels(note)
    body = without_names(
        note.body, labels, set(labels.values()), gettext("a colleague")
    )
    return {**_where(note.application), "at": note.written_at.isoformat(), "text": body}


def _exported_card(card: Scorecard) -> dict[str, Any]:
    return {
        **_where(card.application),
        "at": card.at.isoformat(),
        "marks": [_exported_mark(card.criteria, row) for row in card.marks.all()],
        "text": card.comment,
    }


def _exported_mark(criteria: CriteriaSet | None, mark: CardMark) -> str:
    rows = criteria.criteria if criteria else []
    title = title_of(rows, mark.criterion)
    return f"{title}: {mark_text(rows, mark.criterion, mark.mark)}"


def _where(application: Application) -> dict[str, str]:
    return {
        "organization": application.organization.display_name,
        "posting": application.posting.title,
    }


@transaction.atomic
def forget_about(user: User) -> None:
    """Of a seeker everything goes. What somebody who hires wrote belongs to the people
    it is about and stays its time; their own name in it goes."""
    _erase_about(Application.objects.filter(seeker__user=user))
    mentioned = Note.objects.filter(mentions__person=user).prefetch_related("mentions")
    for note in mentioned:
        instead = gettext("a former colleague")
        body = without_names(note.body, _labels(note), {user.pk}, instead)
        note.body = body[:LONGEST]
        note.save(update_fields=["body"])
    NoteMention.objects.filter(person=user).delete()


def _labels(note: Note) -> dict[str, int]:
    """Reads the mentions, which the caller has fetched."""
    return {row.label: row.person_id for row in note.mentions.all()}


def count_written(user: User) -> int:
    """What somebody who hires did here, as the receipt counts it."""
    return sum(
        rows.count()
        for rows in (
            Note.objects.filter(author=user),
            Scorecard.objects.filter(author=user),
            CriteriaSet.objects.filter(made_by=user),
            PoolEntry.objects.filter(asked_by=user),
        )
    )
