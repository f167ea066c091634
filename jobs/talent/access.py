"""What a hiring team may read about an application it received."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.employers.access import members_for, membership_for
from accounts.employers.enums import MemberRole
from accounts.identity.models import User
from jobs.applications.access import inbox_of, received_application
from jobs.applications.models import Application
from jobs.postings.access import employer_only, posting_of
from jobs.postings.models import Posting
from jobs.talent.enums import CardState
from jobs.talent.models import CriteriaSet, Note, Scorecard
from jobs.talent.rules.mentions import Colleague
from jobs.talent.rules.notes import may_delete


def team_application(user: User, public_id: UUID) -> Application:
    """404 outside the organisation, and once the applicant took back what they sent."""
    application = received_application(user, public_id)
    if not application.is_shared:
        raise Http404
    return application


def is_admin(user: User) -> bool:
    return membership_for(user).role == MemberRole.ADMIN


# ---- Notes


def notes_of(application: Application) -> QuerySet[Note]:
    """The oldest first; whose page it is has been asked before."""
    rows = Note.objects.filter(application=application).select_related("author")
    return rows.prefetch_related("mentions").order_by("written_at", "pk")


def note_of(user: User, public_id: UUID) -> Note:
    """Of the user's organisation, on an application that it may still read; or 404."""
    received = inbox_of(user).order_by().values("pk")
    note = get_object_or_404(
        Note.objects.filter(application__in=received).select_related("author"),
        public_id=public_id,
    )
    note.application = team_application(user, note.application.public_id)
    return note


def own_note(user: User, public_id: UUID) -> Note:
    """To change: colleagues get 403, everybody else 404."""
    note = note_of(user, public_id)
    if note.author_id != user.pk:
        raise PermissionDenied
    return note


def deletable_note(user: User, public_id: UUID) -> Note:
    """One's own, or any to an administrator; colleagues get 403, everybody else 404."""
    note = note_of(user, public_id)
    if not may_delete(is_own=note.author_id == user.pk, is_admin=is_admin(user)):
        raise PermissionDenied
    return note


def colleagues_of(user: User) -> list[Colleague]:
    """Whom somebody can mention: active members, themselves not among them."""
    rows = members_for(user).exclude(user=user).filter(user__is_active=True)
    return [
        Colleague(row.user_id, row.user.display_name, row.user.email or "")
        for row in rows
    ]


# ---- Cards


def own_card(user: User, application: Application) -> Scorecard | None:
    rows = Scorecard.objects.filter(application=application, author=user)
    return rows.prefetch_related("marks").first()


def cards_for(user: User, application: Application) -> list[Scorecard]:
    """Nobody's before one's own is sent, or given up: what others think sways."""
    if own_card(user, application) is None:
        return []
    rows = Scorecard.objects.filter(application=application, state=CardState.SENT)
    rows = rows.select_related("author", "criteria").prefetch_related("marks")
    return list(rows.order_by("at", "pk"))


def count_cards(application: Application) -> int:
    """How many were sent: that, and nothing of them, everybody on the team may know."""
    sent = Scorecard.objects.filter(application=application, state=CardState.SENT)
    return sent.count()


def criteria_of(posting: Posting) -> CriteriaSet | None:
    """The latest; None while the work's usual ones hold."""
    return CriteriaSet.objects.filter(posting=posting).order_by("-version").first()


def criteria_for(application: Application) -> CriteriaSet | None:
    """What the first card of this application answered, so that all answer the same."""
    first = Scorecard.objects.filter(application=application, state=CardState.SENT)
    card = first.select_related("criteria").order_by("at", "pk").first()
    return card.criteria if card else criteria_of(application.posting)


def posting_to_judge(user: User, public_id: UUID) -> Posting:
    """The organisation's own posting, for every member; or 404."""
    employer_only(user)
    return posting_of(user, public_id)


def posting_to_set_criteria(user: User, public_id: UUID) -> Posting:
    """Only administrators say what is asked; colleagues get 403."""
    posting = posting_to_judge(user, public_id)
    if not is_admin(user):
        raise PermissionDenied
    return posting
