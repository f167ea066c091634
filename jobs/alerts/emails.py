"""Words stay neutral: somebody else may see the screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from accounts.identity.services.outbox import queue_message
from jobs.alerts.access import stop_all_token, stop_token
from jobs.alerts.models import AlertDigest, AlertReader, SavedSearch
from jobs.alerts.texts import name_in_message, title_in_message
from jobs.postings.cards import pay_of, place_of
from jobs.postings.models import Posting

# A message is read on a phone; the rest is one tap away.
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Line:
    title: str
    pay: str
    place: str
    link: str


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    lines: Sequence[Line]
    stop: str


def send_digest(
    reader: AlertReader,
    digest: AlertDigest,
    found: Mapping[SavedSearch, Sequence[Posting]],
    *,
    key: str,
) -> None:
    with translation.override(reader.user.language):
        groups = _groups(found)
    shown = sum(len(group.lines) for group in groups)
    context = {
        "site_name": settings.SITE_NAME,
        "count": digest.postings,
        "more": digest.postings - shown,
        "groups": groups,
        "link": f"{settings.SITE_URL}{reverse('alerts:list')}",
        "stop_all": stop_link(stop_all_token(reader)),
    }
    queue_message(
        user=reader.user,
        template="alerts/digest",
        context=context,
        dedupe_key=key,
        wakes=False,
    )


def stop_link(token: str) -> str:
    return f"{settings.SITE_URL}{reverse('alerts:stop', args=[token])}"


def in_message(found: Mapping[int, Sequence[int]]) -> dict[int, Sequence[int]]:
    """What of it a message names: every search has its turn before one fills it."""
    each = max(1, SHOWN // max(len(found), 1))
    named: dict[int, Sequence[int]] = {}
    left = SHOWN
    for search, postings in found.items():
        if left:
            named[search] = postings[: min(each, left)]
            left -= len(named[search])
    return named


def _groups(found: Mapping[SavedSearch, Sequence[Posting]]) -> list[Group]:
    return [
        Group(
            name_in_message(search.name),
            [_line(posting) for posting in postings],
            stop_link(stop_token(search)),
        )
        for search, postings in found.items()
    ]


def _line(posting: Posting) -> Line:
    path = reverse("public:job", args=[posting.public_id])
    return Line(
        title=title_in_message(posting.title),
        pay=pay_of(posting),
        place=place_of(posting),
        link=f"{settings.SITE_URL}{path}",
    )
