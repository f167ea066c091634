from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.consent.access import has_consent
from accounts.consent.enums import Purpose
from accounts.consent.services import grant_consent, withdraw_consent
from accounts.identity.models import User
from accounts.identity.services.audit import record_event
from jobs.alerts.enums import TOLD, Frequency
from jobs.alerts.models import (
    MOST_SEARCHES,
    AlertDigest,
    AlertMatch,
    AlertReader,
    SavedSearch,
    SearchAnchor,
    fresh_nonce,
)
from jobs.alerts.rules.queries import (
    QUERY_VERSION,
    asks_for_something,
    fingerprint,
    to_json,
)
from jobs.alerts.services.anchors import read_anew, write_anchors
from jobs.search.rules.query import Query

# The wording beside the choice of messages; raise it when the words change.
CONSENT_VERSION = "2026-11"


class SearchRefused(Exception):  # noqa: N818 - reads as the event it is
    """A search that was not saved; subclasses say why."""


class AsksForNothing(SearchRefused):
    """It would find every posting."""


class TooMany(SearchRefused):
    """The person has MOST_SEARCHES already."""


class AlreadySaved(SearchRefused):
    """The person has the same search under another name."""

    def __init__(self, search: SavedSearch) -> None:
        super().__init__(str(search.public_id))
        self.search = search


@transaction.atomic
def save_search(
    *, user: User, query: Query, name: str, frequency: str, address: str = ""
) -> SavedSearch:
    """Raises AsksForNothing, AlreadySaved or TooMany."""
    if not asks_for_something(query):
        raise AsksForNothing
    _hold(user)
    mine = SavedSearch.objects.filter(user=user)
    mark = fingerprint(query)
    if same := mine.filter(fingerprint=mark).first():
        raise AlreadySaved(same)
    search = SavedSearch(
        user=user,
        slot=_free_slot(mine.values_list("slot", flat=True)),
        name=name,
        query=to_json(query),
        query_version=QUERY_VERSION,
        fingerprint=mark,
        address=address,
        frequency=frequency,
    )
    search.full_clean(exclude=["user", "query"])
    search.save()
    write_anchors([search])
    AlertReader.objects.get_or_create(user=user)
    _keep_consent(user)
    _record("alerts.saved", search)
    return search


def _hold(user: User) -> None:
    """One change to a person's searches at a time."""
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=user.pk)


def _free_slot(taken: Iterable[int]) -> int:
    free = set(range(1, MOST_SEARCHES + 1)) - set(taken)
    if not free:
        raise TooMany
    return min(free)


@transaction.atomic
def change_search(*, search: SavedSearch, name: str, frequency: str) -> SavedSearch:
    current = _locked(search)
    begins = frequency in TOLD and current.frequency not in TOLD
    current.name = name
    current.frequency = frequency
    if begins:
        # A link in an old message must not stop what was asked for anew.
        current.nonce = fresh_nonce()
    current.full_clean(exclude=["user", "query"])
    current.save()
    if begins:
        _tell_nothing_old(current)
    _keep_consent(current.user)
    _record("alerts.changed", current)
    return current


@transaction.atomic
def pause_search(*, search: SavedSearch) -> None:
    """Nothing is compared and nothing is told; what was found stays."""
    current = _locked(search)
    current.is_paused = True
    current.save(update_fields=["is_paused"])
    SearchAnchor.objects.filter(search=current).delete()
    _tell_nothing_old(current)
    _keep_consent(current.user)
    _record("alerts.paused", current)


@transaction.atomic
def resume_search(*, search: SavedSearch) -> None:
    current = _locked(search)
    current.is_paused = False
    current.save(update_fields=["is_paused"])
    _tell_nothing_old(current)
    read_anew(current)
    write_anchors([current])
    _keep_consent(current.user)
    _record("alerts.resumed", current)


@transaction.atomic
def delete_search(*, search: SavedSearch) -> None:
    current = _locked(search)
    _record("alerts.deleted", current)
    current.delete()
    _keep_consent(current.user)


@transaction.atomic
def stop_search(*, search: SavedSearch) -> None:
    """No more messages about one search; it may be pressed twice."""
    current = _locked(search)
    if current.frequency not in TOLD:
        return
    current.frequency = Frequency.NEVER
    current.save(update_fields=["frequency"])
    _keep_consent(current.user)
    _record("alerts.stopped", current)


@transaction.atomic
def stop_everything(*, user: User) -> None:
    _hold(user)
    told = _locked_searches(user).filter(frequency__in=TOLD)
    for search in told:
        stop_search(search=search)
    withdraw_consent(user=user, purpose=Purpose.JOB_ALERTS)


@transaction.atomic
def see_search(*, search: SavedSearch) -> None:
    """What was found until now is not new any more."""
    SavedSearch.objects.filter(pk=search.pk).update(seen_at=timezone.now())


@transaction.atomic
def erase_searches(user: User) -> None:
    _hold(user)
    held = list(_locked_searches(user))
    AlertDigest.objects.filter(user=user).delete()
    SavedSearch.objects.filter(pk__in=[search.pk for search in held]).delete()
    AlertReader.objects.filter(user=user).delete()
    withdraw_consent(user=user, purpose=Purpose.JOB_ALERTS)
    if held:
        record_event(action="alerts.erased", actor=user, about=user)


def _locked(search: SavedSearch) -> SavedSearch:
    _hold(search.user)
    rows = SavedSearch.objects.select_for_update(of=("self",)).select_related("user")
    return rows.get(pk=search.pk)


def _locked_searches(user: User) -> QuerySet[SavedSearch]:
    """In the order in which the comparing task takes them: nobody waits in a circle."""
    return (
        SavedSearch.objects.filter(user=user)
        .select_for_update(of=("self",))
        .select_related("user")
        .order_by("pk")
    )


def _tell_nothing_old(search: SavedSearch) -> None:
    """Who asks to be told is told what is found from now on."""
    AlertMatch.objects.filter(search=search, waits=True).update(waits=False)


def _keep_consent(user: User) -> None:
    """A yes to messages stands while a search asks for them, and no longer."""
    told = SavedSearch.objects.watching().filter(user=user, frequency__in=TOLD)
    if told.exists():
        grant_consent(user=user, purpose=Purpose.JOB_ALERTS, version=CONSENT_VERSION)
    elif has_consent(user, Purpose.JOB_ALERTS):
        withdraw_consent(user=user, purpose=Purpose.JOB_ALERTS)


def _record(action: str, search: SavedSearch) -> None:
    record_event(action=action, actor=search.user, on=search, about=search.user)
