"""Moods, the rhythm, and what a person's own counselor sees."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from accounts.care.cases.access import open_case_of
from accounts.care.vault import keys
from accounts.care.vault.enums import Scope
from accounts.care.vault.models import ConsentGrant, Subject
from accounts.care.vault.services import grants
from accounts.care.vault.services.subjects import ensure_subject
from accounts.care.vault.wall import behind_the_wall
from accounts.identity.models import User
from accounts.wellbeing.checkins import access
from accounts.wellbeing.checkins.enums import MOODS, MOST_TAGS, MoodTag
from accounts.wellbeing.checkins.models import Draft, Mood, Rhythm
from accounts.wellbeing.checkins.rules.rhythm import PAUSE, SKIP
from accounts.wellbeing.checkins.services.drafts import lock
from accounts.wellbeing.checkins.services.new_job import FORGOTTEN


class NoCounselor(Exception):  # noqa: N818 - reads as the event it is
    """There is no counselor of their own with whom to share anything."""


@behind_the_wall()
def allow_keeping(*, user: User) -> ConsentGrant:
    return grants.give(subject=ensure_subject(user=user), scope=Scope.CHECKIN_STORE)


def keeping_ended(grant: ConsentGrant) -> None:
    """What was half answered and a new job go at once; the person is asked about the rest."""
    Draft.objects.filter(subject=grant.subject).delete()
    rows = Rhythm.objects.filter(subject=grant.subject)
    rows.update(reminds=False, **FORGOTTEN)


# ---- Moods


@behind_the_wall()
def note_mood(*, subject: Subject, mood: int) -> Mood:
    if mood not in MOODS:
        raise ValueError("no such mood")
    sealed = keys.seal(subject, access.TOLD, {"mood": mood, "tags": []})
    return Mood.objects.create(subject=subject, told=sealed)


@behind_the_wall()
def tag_mood(*, mood: Mood, tags: Iterable[str]) -> None:
    chosen = list(dict.fromkeys(tags))
    if len(chosen) > MOST_TAGS or not set(chosen) <= set(MoodTag.values):
        raise ValueError("no such tags")
    told = keys.unseal(mood.subject, access.TOLD, mood.told) | {"tags": chosen}
    mood.told = keys.seal(mood.subject, access.TOLD, told)
    mood.save(update_fields=["told"])


# ---- How often


@behind_the_wall()
def skip_round(*, subject: Subject) -> None:
    _set(subject, paused_until=timezone.now() + SKIP)


@behind_the_wall()
def pause(*, subject: Subject) -> None:
    _set(subject, paused_until=timezone.now() + PAUSE)


@behind_the_wall()
def stop(*, subject: Subject) -> None:
    """Nothing is offered and nothing reminds; what is kept stays until it is deleted."""
    Draft.objects.filter(subject=subject).delete()
    _set(subject, stopped_at=timezone.now(), reminds=False)


@behind_the_wall()
def go_on(*, subject: Subject) -> None:
    _set(subject, paused_until=None, stopped_at=None)


@behind_the_wall()
def remind(*, subject: Subject, wanted: bool) -> None:
    """One neutral message a round, if somebody wants it."""
    _set(subject, **({"reminds": wanted} | ({"stopped_at": None} if wanted else {})))


def _set(subject: Subject, **values: object) -> None:
    lock(subject)
    rhythm, _made = Rhythm.objects.get_or_create(subject=subject)
    Rhythm.objects.filter(pk=rhythm.pk).update(**values)


# ---- Sharing


@behind_the_wall()
def share(*, subject: Subject, scope: Scope) -> ConsentGrant:
    """With the counselor of the open case; single answers never without the results."""
    case = open_case_of(subject)
    if case is None or case.counselor is None:
        raise NoCounselor
    if scope == Scope.SHARE_ITEMS and not access.shares_summary(
        subject, case.counselor
    ):
        grants.give(
            subject=subject, scope=Scope.SHARE_SUMMARY, counselor=case.counselor
        )
    return grants.give(subject=subject, scope=scope, counselor=case.counselor)


@behind_the_wall()
def unshare(*, subject: Subject, scope: Scope) -> None:
    """Ends at once; with the results go the single answers."""
    case = open_case_of(subject)
    if case is None or case.counselor is None:
        raise NoCounselor
    scopes = {scope} | ({Scope.SHARE_ITEMS} if scope == Scope.SHARE_SUMMARY else set())
    for one in sorted(scopes):
        grants.revoke_scope(subject=subject, scope=one, counselor=case.counselor)
