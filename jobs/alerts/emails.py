"""Words stay neutral: somebody else may see the screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from accounts.identity.services.outbox import Draft
from jobs.alerts.access import stop_all_token, stop_token
from jobs.alerts.models import AlertDigest, AlertReader, SavedSearch
from jobs.alerts.rules.neutral import is_neutral
from jobs.alerts.texts import name_in_message, title_in_message
from jobs.postings.cards import pay_of, place_of
from jobs.postings.models import Posting

# A message is read on a phone; the rest is one tap away.
SHOWN = 10
# Of the keys that make a message one of its kind.
PREFIX = "alert:"
# Of a posting: what a line says.
COLUMNS = (
    "public_id",
    "title",
    "pay_min",
    "pay_max",
    "salary_text",
    "city_code",
    "district",
)
# Stands where the one thing of its kind goes: a path is looked up once for all.
_SOME_UUID = UUID(int=0)
_SOME_TOKEN = "0"  # noqa: S105 - no secret


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    # What each posting says, as it stands in the message.
    postings: Sequence[str]
    stop: str


class Writer:
    """Writes the messages of many people; what two of them hold is put in words once."""

    def __init__(
        self, searches: Mapping[int, SavedSearch], postings: Mapping[int, Posting]
    ) -> None:
        self._searches = searches
        self._postings = postings
        self._lines: dict[tuple[str, int], str] = {}

    def draft(
        self,
        reader: AlertReader,
        digest: AlertDigest,
        found: Mapping[int, Sequence[int]],
    ) -> Draft:
        """`found` are postings by search, by their keys."""
        language = reader.user.language
        with translation.override(language):
            groups = [
                self._group(language, search, postings)
                for search, postings in found.items()
            ]
        named = sum(len(postings) for postings in found.values())
        return Draft(
            user=reader.user,
            template="alerts/digest",
            context={
                "site_name": settings.SITE_NAME,
                "count": digest.postings,
                "more": digest.postings - named,
                "groups": groups,
                "link": f"{settings.SITE_URL}{reverse('alerts:list')}",
                "stop_all": stop_link(stop_all_token(reader)),
            },
            dedupe_key=f"{PREFIX}{digest.public_id}",
        )

    def _group(self, language: str, search: int, postings: Sequence[int]) -> Group:
        kept = self._searches[search]
        return Group(
            name_in_message(kept.name),
            [self._line(language, posting) for posting in postings],
            stop_link(stop_token(kept)),
        )

    def _line(self, language: str, posting: int) -> str:
        key = (language, posting)
        if key not in self._lines:
            self._lines[key] = _line(self._postings[posting])
        return self._lines[key]


def stop_link(token: str) -> str:
    return _stop_links().replace(f"/{_SOME_TOKEN}/", f"/{token}/")


@cache
def _stop_links() -> str:
    return f"{settings.SITE_URL}{reverse('alerts:stop', args=[_SOME_TOKEN])}"


@cache
def _job_links() -> str:
    # Messages have no address of their own: the link says where it stood.
    return f"{settings.SITE_URL}{reverse('public:job', args=[_SOME_UUID])}?from=alert"


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


def _line(posting: Posting) -> str:
    title = title_in_message(posting.title)
    link = _job_links().replace(str(_SOME_UUID), str(posting.public_id))
    # Both may be in the source's own words.
    about = " · ".join(filter(is_neutral, (pay_of(posting), place_of(posting))))
    return "\n".join(filter(None, (title, about, link)))
