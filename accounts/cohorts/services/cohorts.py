from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from accounts.cohorts import access
from accounts.cohorts.enums import GiverKind, Stage
from accounts.cohorts.models import Cohort, CohortFigure, CohortMember
from accounts.cohorts.registry import counter_of
from accounts.cohorts.rules import MOST_SLACK, STEP, monday_of, shown_figure
from accounts.cohorts.services.sessions import clear_past_seats
from accounts.consent.enums import Purpose
from accounts.consent.services import grant_consent, withdraw_consent
from accounts.identity.models import User
from accounts.identity.services.audit import record_event
from accounts.lib.crypto import fingerprint
from accounts.lib.dates import local_day
from accounts.lib.short_codes import new_code
from accounts.seekers.enums import BlockReason, Step
from accounts.seekers.models import SeekerProfile
from accounts.seekers.services import (
    HiddenFrom,
    begin_profile,
    hide_from,
    save_step,
)

CODE_LENGTH = 8
# The words on the page that asks; raise it when they change.
CONSENT_VERSION = "2026-11-26"


class NotTaking(Exception):  # noqa: N818 - reads as the refusal it is
    """Not open, over, closed or full: which of them is nobody's business."""


def scope_of(cohort: Cohort) -> str:
    return f"cohort:{cohort.public_id}"


@transaction.atomic
def create_cohort(
    *,
    actor: User,
    label: str,
    giver_kind: GiverKind,
    opens_at: datetime,
    closes_at: datetime,
    size_limit: int,
    city_code: str = "",
    former_employer: str = "",
) -> Cohort:
    code = new_code(CODE_LENGTH)
    cohort = Cohort.objects.create(
        label=label,
        giver_kind=giver_kind,
        city_code=city_code,
        former_employer=former_employer,
        code=code,
        code_print=fingerprint(code, access.CODE_PURPOSE),
        opens_at=opens_at,
        closes_at=closes_at,
        size_limit=size_limit,
        slack=secrets.randbelow(MOST_SLACK + 1),
        created_by=actor,
    )
    CohortFigure.objects.bulk_create(
        CohortFigure(
            cohort=cohort,
            stage=stage,
            offset=secrets.randbelow(STEP),
            counted_on=monday_of(local_day(timezone.now())),
        )
        for stage in Stage
    )
    record_event(action="cohort.created", actor=actor, on=cohort)
    return cohort


@transaction.atomic
def close_cohort(*, cohort: Cohort, actor: User) -> None:
    """The code takes nobody from now on; whoever joined stays until they leave."""
    row = _hold(cohort)
    if row.closed_at is None:
        row.closed_at = timezone.now()
        row.save(update_fields=["closed_at"])
        record_event(action="cohort.closed", actor=actor, on=row)


@transaction.atomic
def renew_link(*, cohort: Cohort, actor: User) -> Cohort:
    """A new private page for the giver; the old link stops working."""
    row = _hold(cohort)
    row.link_version += 1
    row.save(update_fields=["link_version"])
    record_event(action="cohort.link_renewed", actor=actor, on=row)
    return row


@transaction.atomic
def join_cohort(
    *,
    cohort: Cohort,
    user: User,
    use_city: bool = False,
    hide_from_former: bool = False,
) -> CohortMember:
    """By the person's own yes; joining again changes nothing. May raise NotTaking.

    City and former employer are the giver's suggestion, taken over where asked to.
    """
    row = _hold(cohort)
    profile = begin_profile(user=user)
    found = row.members.filter(seeker=profile).first()
    if found is not None:
        return found
    is_full = row.members.count() >= row.size_limit + row.slack
    if is_full or not row.is_taking(now=timezone.now()):
        raise NotTaking
    consent = grant_consent(
        user=user,
        purpose=Purpose.COHORT,
        version=CONSENT_VERSION,
        scope=scope_of(row),
    )
    member = CohortMember.objects.create(cohort=row, seeker=profile, consent=consent)
    # Without naming the cohort: the trail is for ever, a membership is not.
    record_event(action="cohort.joined", actor=user, about=user)
    _take_over(row, profile, user, use_city=use_city, is_hidden=hide_from_former)
    return member


def _take_over(
    cohort: Cohort,
    profile: SeekerProfile,
    user: User,
    *,
    use_city: bool,
    is_hidden: bool,
) -> None:
    if use_city and cohort.city_code and not profile.city_code:
        city = {"city_code": cohort.city_code}
        save_step(profile=profile, actor=user, step=Step.PLACE, answers=city)
    if is_hidden and cohort.former_employer:
        former = HiddenFrom(name=cohort.former_employer, reason=BlockReason.FORMER)
        hide_from(profile=profile, actor=user, employer=former)


@transaction.atomic
def leave_cohort(*, member: CohortMember, user: User) -> None:
    withdraw_consent(user=user, purpose=Purpose.COHORT, scope=scope_of(member.cohort))
    member.delete()
    record_event(action="cohort.left", actor=user, about=user)


@transaction.atomic
def forget_memberships(user: User) -> None:
    """Everything that says somebody belonged to a cohort."""
    CohortMember.objects.filter(seeker__user=user).delete()


def count_cohorts(*, today: date) -> int:
    """Take this week's figures where they are not taken yet; returns how many."""
    monday = monday_of(today)
    stale = CohortFigure.objects.filter(counted_on__lt=monday)
    clear_past_seats(now=timezone.now())
    done = 0
    for cohort in Cohort.objects.filter(pk__in=stale.values("cohort")).order_by("pk"):
        done += _count(cohort, monday)
    return done


@transaction.atomic
def _count(cohort: Cohort, monday: date) -> int:
    """Held, so that two workers take one week's figures once."""
    _hold(cohort)
    profiles = dict(access.member_profiles(cohort).values_list("pk", "completed_at"))
    finished = sum(moment is not None for moment in profiles.values())
    changed = 0
    for figure in cohort.figures.filter(counted_on__lt=monday):
        count = _stage(Stage(figure.stage), profiles.keys(), finished)
        figure.shown = shown_figure(count, offset=figure.offset, before=figure.shown)
        figure.counted_on = monday
        figure.save(update_fields=["shown", "counted_on"])
        changed += 1
    return changed


def _stage(stage: Stage, profiles: Collection[int], finished: int) -> int:
    if stage == Stage.REGISTERED:
        return len(profiles)
    if stage == Stage.FINISHED:
        return finished
    counter = counter_of(stage)
    return counter(profiles) if counter else 0


def _hold(cohort: Cohort) -> Cohort:
    return Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)
