from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core import signing
from django.db.models import Count, F, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.identity.enums import Kind
from accounts.identity.models import User
from accounts.seekers.models import CompanyBlock
from jobs.alerts.enums import Stop
from jobs.alerts.models import AlertDigest, AlertMatch, AlertReader, SavedSearch
from jobs.alerts.rules.employers import Hidden, is_hidden
from jobs.alerts.rules.queries import fingerprint
from jobs.postings.models import Posting
from jobs.search.models import WordFrequency
from jobs.search.rules.lexemes import EVERY
from jobs.search.rules.query import Query

SHARES_FOR_SECONDS = 600
# A rarer word is as good a key as any.
RARE = 1 / 2000
_shares: dict[str, tuple[float, dict[str, float]]] = {}


def seeker_only(user: User) -> None:
    """404 for everyone who does not look for work here."""
    if user.kind != Kind.SEEKER:
        raise Http404


def searches_of(user: User) -> QuerySet[SavedSearch]:
    """The person's own saved searches, latest first."""
    seeker_only(user)
    return SavedSearch.objects.filter(user=user).order_by("-created_at", "-pk")


def search_of(user: User, public_id: UUID) -> SavedSearch:
    return get_object_or_404(searches_of(user), public_id=public_id)


def same_search(user: User, query: Query) -> SavedSearch | None:
    """The person's search for the same, under whatever name."""
    return searches_of(user).filter(fingerprint=fingerprint(query)).first()


def matches_of(search: SavedSearch) -> QuerySet[AlertMatch]:
    """What a search found and can still be applied to, newest first."""
    hidden = hidden_from([search.user_id])[search.user_id]
    rows = _shown(AlertMatch.objects.filter(search=search), hidden)
    return rows.select_related("posting__organization").order_by("-found_at", "-pk")


def new_matches_of(user: User) -> QuerySet[AlertMatch]:
    """What the person's searches found since they last looked, newest first."""
    seeker_only(user)
    rows = AlertMatch.objects.filter(
        search__user=user, search__is_paused=False, found_at__gt=F("search__seen_at")
    )
    shown = _shown(rows, hidden_from([user.pk])[user.pk])
    return shown.select_related("posting__organization", "search").order_by(
        "-found_at", "-pk"
    )


def new_counts(user: User) -> dict[int, int]:
    """How many new postings each saved search has, by its key."""
    counted = new_matches_of(user).order_by().values("search")
    return dict(counted.annotate(total=Count("pk")).values_list("search", "total"))


def _shown(rows: QuerySet[AlertMatch], hidden: Hidden) -> QuerySet[AlertMatch]:
    open_now = rows.filter(posting__in=Posting.objects.open())
    if not (hidden.uscc or hidden.names):
        return open_now
    found = open_now.values_list(
        "posting__organization__uscc",
        "posting__organization__display_name",
        "posting__organization__legal_name",
        "posting__organization_name",
    )
    employers = set(found.order_by().distinct())
    for uscc, *names in employers:
        if is_hidden(hidden, uscc, names):
            open_now = open_now.exclude(_employer(uscc, names[-1]))
    return open_now


def _employer(uscc: str | None, name: str) -> Q:
    if uscc:
        return Q(posting__organization__uscc=uscc)
    return Q(posting__organization__isnull=True, posting__organization_name=name)


def hidden_from(users: Iterable[int]) -> Mapping[int, Hidden]:
    """Which employers each of these people wants nothing to do with. One query."""
    blocks = CompanyBlock.objects.filter(profile__user__in=list(users))
    codes: dict[int, set[str]] = defaultdict(set)
    names: dict[int, set[str]] = defaultdict(set)
    for user, uscc, name in blocks.values_list("profile__user", "uscc", "name"):
        codes[user] |= {uscc} - {""}
        names[user] |= {name} - {""}
    return defaultdict(
        Hidden,
        {u: Hidden(frozenset(codes[u]), frozenset(names[u])) for u in {*codes, *names}},
    )


# --- links that stop messages ---------------------------------------------


@dataclass(frozen=True, slots=True)
class Stopping:
    """What a link stops: one search, or all of a person's messages."""

    kind: Stop
    user: User
    search: SavedSearch | None = None


_signer = signing.Signer(salt="alerts.stop")


def stop_token(search: SavedSearch) -> str:
    return _token("s", search.pk, search.nonce)


def stop_all_token(reader: AlertReader) -> str:
    return _token("u", reader.pk, reader.nonce)


def _token(kind: str, pk: int, nonce: str) -> str:
    return _signer.sign(f"{kind}{signing.b62_encode(pk)}.{nonce}")


def stopped_by(token: str) -> Stopping | None:
    """None for a link that was forged, replaced, or whose search is gone."""
    try:
        plain = _signer.unsign(token)
        encoded, _, nonce = plain[1:].partition(".")
        pk = signing.b62_decode(encoded)
    except (signing.BadSignature, ValueError, KeyError):
        return None
    if plain[:1] == "u":
        reader = AlertReader.objects.select_related("user").filter(pk=pk, nonce=nonce)
        found = reader.first()
        return Stopping(Stop.ALL, found.user) if found else None
    rows = SavedSearch.objects.select_related("user").filter(pk=pk, nonce=nonce)
    search = rows.first()
    return Stopping(Stop.ONE, search.user, search) if search else None


# --- how common words are -------------------------------------------------


def word_shares() -> Callable[[str], float]:
    """The share of postings with a lexeme, as the search last counted it.

    A word that was not counted is rare. A fact is not: only words are.
    """
    table = WordFrequency._meta.db_table
    kept = _shares.get(table)
    if kept is None or time.monotonic() - kept[0] > SHARES_FOR_SECONDS:
        kept = _shares[table] = time.monotonic(), _common_words()
    known = kept[1]
    return lambda word: known.get(word, 0.1 if word.startswith("@") else 0.0)


def _common_words() -> dict[str, float]:
    counted = WordFrequency.objects.filter(lexeme=EVERY)
    every = counted.values_list("entries", flat=True).first() or 0
    if every <= 0:
        return {}
    common = WordFrequency.objects.filter(entries__gt=every * RARE)
    rows = common.values_list("lexeme", "entries")
    return {lexeme: entries / every for lexeme, entries in rows}


def forget_word_shares() -> None:
    _shares.clear()


# --- a person's data ------------------------------------------------------


def export_searches(user: User) -> dict[str, Any] | None:
    """Everything held about somebody here, as values that JSON can hold."""
    searches = SavedSearch.objects.filter(user=user).order_by("slot")
    digests = AlertDigest.objects.filter(user=user).order_by("at")
    found = [
        {
            "name": search.name,
            "query": search.query,
            "address": search.address,
            "frequency": search.frequency,
            "is_paused": search.is_paused,
            "saved_at": search.created_at.isoformat(),
            "last_looked_at": search.seen_at.isoformat(),
            "found": [
                {"posting": str(posting), "at": at.isoformat()}
                for posting, at in search.matches.order_by("pk").values_list(
                    "posting__public_id", "found_at"
                )
            ],
        }
        for search in searches
    ]
    sent = [{"at": row.at.isoformat(), "postings": row.postings} for row in digests]
    return {"searches": found, "messages": sent} if found or sent else None
