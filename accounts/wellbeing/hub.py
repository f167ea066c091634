"""All that somebody may do for themselves, on one page; for those who look for work."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.care.vault.access import subject_of
from accounts.care.vault.http import care_page
from accounts.care.vault.models import Subject
from accounts.care.vault.registry import news_for
from accounts.identity.enums import Kind
from accounts.identity.http import SignedInRequest
from accounts.wellbeing.checkins import access
from accounts.wellbeing.checkins.enums import MOODS
from accounts.wellbeing.checkins.offers import offers_of
from accounts.wellbeing.checkins.sharing import sharing_of
from accounts.wellbeing.library.content import pieces
from accounts.wellbeing.rights.texts import language

PICKS = ("r04", "r09", "r11")


@require_safe
@care_page(Kind.SEEKER)
def care(request: SignedInRequest) -> HttpResponse:
    subject = subject_of(request.user)
    by_id = {piece.id: piece for piece in pieces(language()).values()}
    context: dict[str, Any] = {
        "moods": MOODS.items(),
        "picks": [by_id[one] for one in PICKS if one in by_id],
    }
    if subject is not None:
        context |= _own(subject)
    return render(request, "accounts/wellbeing/care.html", context)


def _own(subject: Subject) -> dict[str, Any]:
    now = timezone.now()
    return {
        "keeps": access.keeps(subject),
        "notice": access.waiting_notice_of(subject, now=now),
        "offers": offers_of(subject, now=now),
        "draft": access.draft_of(subject, now=now),
        "is_quiet": access.rhythm_of(subject).is_quiet(now),
        "has_results": access.last_taken(subject) is not None,
        "sharing": sharing_of(subject),
        "news": news_for(subject),
    }
