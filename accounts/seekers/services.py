from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from accounts.consent.enums import Purpose
from accounts.consent.services import grant_consent, withdraw_consent
from accounts.identity.enums import Kind
from accounts.identity.models import User
from accounts.identity.services.audit import record_event
from accounts.seekers.access import CONSENT_VERSION
from accounts.seekers.claims import more_claims
from accounts.seekers.enums import (
    NEEDED_STEPS,
    OPTIONAL_STEPS,
    BlockReason,
    Step,
    Visibility,
)
from accounts.seekers.models import CompanyBlock, SeekerProfile, SkillClaim
from accounts.seekers.rules import claims_from, suggested_pseudonym

# Twenty of each kind fit on the screen that asks for them.
MOST_BLOCKS = 40


class NotASeeker(Exception):  # noqa: N818 - reads as the refusal it is
    """Only an account of a job seeker has a profile."""


class StepNeeded(Exception):  # noqa: N818 - reads as the refusal it is
    """This screen cannot be skipped; `step` names it."""

    def __init__(self, step: Step) -> None:
        super().__init__(step.value)
        self.step = step


@dataclass(frozen=True, slots=True)
class HiddenFrom:
    """An employer to hide from, by name or by its 18-character code."""

    name: str = ""
    uscc: str = ""
    reason: BlockReason = BlockReason.FORMER


# What each screen may write: a posted field of another screen changes nothing.
FIELDS_OF: Mapping[Step, tuple[str, ...]] = {
    Step.PLACE: ("city_code", "district", "also_city_codes"),
    Step.PAST: ("past_roles", "years"),
    Step.DID: ("did",),
    Step.LIMITS: ("constraints",),
    Step.WANTED: ("wanted_occupations", "wish_text"),
    Step.PAY: ("min_pay", "needs_housing", "can_start"),
    Step.EDUCATION: ("education", "birth_year"),
    Step.HIDDEN: (),
    Step.CONTACT: (
        "pseudonym",
        "contact_name",
        "contact_phone",
        "calls",
        "visibility",
    ),
    Step.REVIEW: (),
}


@transaction.atomic
def begin_profile(*, user: User) -> SeekerProfile:
    """The seeker's profile, made with a suggested pseudonym when there is none yet."""
    if user.kind != Kind.SEEKER:
        raise NotASeeker
    found = SeekerProfile.objects.filter(user=user).first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            profile = SeekerProfile.objects.create(
                user=user, pseudonym=suggested_pseudonym(user.pk)
            )
    except IntegrityError:
        # Two taps at once: the other request made it.
        return SeekerProfile.objects.get(user=user)
    record_event(action="seeker.profile_begun", actor=user, on=profile, about=user)
    return profile


@transaction.atomic
def save_step(
    *,
    profile: SeekerProfile,
    actor: User,
    step: Step,
    answers: Mapping[str, Any],
    hidden_from: Iterable[HiddenFrom] | None = None,
) -> SeekerProfile:
    """Write one screen's answers; skills follow from them in the same transaction."""
    profile = SeekerProfile.objects.select_for_update().get(pk=profile.pk)
    for name in FIELDS_OF[step]:
        if name in answers:
            setattr(profile, name, answers[name])
    if step == Step.DID:
        _derive_skills(profile)
    if step == Step.CONTACT:
        _follow_visibility(profile, actor)
    if hidden_from is not None:
        _replace_blocks(profile, hidden_from)
    _mark_done(profile, step)
    _touch(profile)
    record_event(
        action="seeker.profile_saved",
        actor=actor,
        on=profile,
        about=profile.user,
        detail={"step": step.value},
    )
    return profile


@transaction.atomic
def skip_step(*, profile: SeekerProfile, actor: User, step: Step) -> SeekerProfile:
    """Leave an optional screen as it is and do not ask again."""
    if step not in OPTIONAL_STEPS:
        raise StepNeeded(step)
    profile = SeekerProfile.objects.select_for_update().get(pk=profile.pk)
    _mark_done(profile, step)
    profile.save(update_fields=["done_steps", "updated_at"])
    record_event(
        action="seeker.step_skipped",
        actor=actor,
        on=profile,
        about=profile.user,
        detail={"step": step.value},
    )
    return profile


def note_change(*, profile: SeekerProfile) -> None:
    """Something beside the answers changed: what was worked out before is stale."""
    SeekerProfile.objects.filter(pk=profile.pk).update(version=F("version") + 1)


@transaction.atomic
def finish_profile(*, profile: SeekerProfile, actor: User) -> SeekerProfile:
    """The seeker read it over; a needed screen left open is refused by name."""
    profile = SeekerProfile.objects.select_for_update().get(pk=profile.pk)
    missing = [s for s in Step if s in NEEDED_STEPS and s not in profile.done_steps]
    if missing:
        raise StepNeeded(missing[0])
    _mark_done(profile, Step.REVIEW)
    profile.completed_at = profile.completed_at or timezone.now()
    _touch(profile)
    record_event(
        action="seeker.profile_finished", actor=actor, on=profile, about=profile.user
    )
    return profile


@transaction.atomic
def refresh_skills(*, profile: SeekerProfile, actor: User) -> SeekerProfile:
    """Read all answers again, those kept by other apps as well."""
    profile = SeekerProfile.objects.select_for_update().get(pk=profile.pk)
    before = set(profile.skills.values_list("skill", "source_answer", "level"))
    _derive_skills(profile)
    if set(profile.skills.values_list("skill", "source_answer", "level")) == before:
        return profile
    _touch(profile)
    record_event(
        action="seeker.skills_refreshed", actor=actor, on=profile, about=profile.user
    )
    return profile


@transaction.atomic
def hide_profile(*, profile: SeekerProfile, actor: User) -> SeekerProfile:
    """Nobody sees the profile from now on; applications that were sent stay sent."""
    profile = _hold(profile)
    profile.visibility = Visibility.NOBODY
    _follow_visibility(profile, actor)
    _touch(profile)
    record_event(
        action="seeker.profile_hidden", actor=actor, on=profile, about=profile.user
    )
    return profile


class NotFinished(Exception):  # noqa: N818 - reads as the refusal it is
    """There is nothing to show before the profile was read over."""


class TooManyHidden(Exception):  # noqa: N818 - reads as the refusal it is
    """As many companies as one list holds."""


@transaction.atomic
def show_profile(*, profile: SeekerProfile, actor: User) -> SeekerProfile:
    """Checked employers see the skills under a code; the words were on the page.

    Raises NotFinished.
    """
    profile = _hold(profile)
    if profile.completed_at is None:
        raise NotFinished
    profile.visibility = Visibility.PSEUDONYM
    _follow_visibility(profile, actor)
    _touch(profile)
    record_event(action="seeker.shown", actor=actor, on=profile, about=profile.user)
    return profile


@transaction.atomic
def unhide_from(*, profile: SeekerProfile, actor: User, block_id: int) -> bool:
    """Take a company off the list; False when it was not on it any more."""
    profile = _hold(profile)
    deleted, _rows = CompanyBlock.objects.filter(profile=profile, pk=block_id).delete()
    if not deleted:
        return False
    _touch(profile)
    record_event(action="seeker.unblocked", actor=actor, on=profile, about=profile.user)
    return True


@transaction.atomic
def hide_from(*, profile: SeekerProfile, actor: User, employer: HiddenFrom) -> bool:
    """Hide from one more employer beside those named before; False if it was hidden.

    Raises TooManyHidden.
    """
    profile = _hold(profile)
    if profile.blocks.count() >= MOST_BLOCKS:
        raise TooManyHidden
    block, created = CompanyBlock.objects.get_or_create(
        profile=profile,
        uscc=employer.uscc,
        name=employer.name,
        defaults={"reason": employer.reason},
    )
    if not created:
        return False
    block.full_clean(validate_unique=False, validate_constraints=False)
    _touch(profile)
    record_event(
        action="seeker.hidden_from", actor=actor, on=profile, about=profile.user
    )
    return True


@transaction.atomic
def erase_profile(user: User) -> None:
    """Blank every answer; the empty row stays for applications that point to it."""
    profile = SeekerProfile.objects.select_for_update().filter(user=user).first()
    if profile is None:
        return
    profile.skills.all().delete()
    profile.blocks.all().delete()
    empty = SeekerProfile(user=user, pseudonym=suggested_pseudonym(user.pk))
    kept = {"id", "public_id", "user", "version", "created_at", "updated_at"}
    for field in SeekerProfile._meta.concrete_fields:
        if field.name not in kept:
            setattr(profile, field.attname, getattr(empty, field.attname))
    profile.version += 1
    profile.save()
    record_event(action="seeker.profile_erased", actor=user, on=profile, about=user)


def _hold(profile: SeekerProfile) -> SeekerProfile:
    """Shuts out other writers, not rows that only point here: no wait in a circle."""
    return SeekerProfile.objects.select_for_update(no_key=True).get(pk=profile.pk)


def _follow_visibility(profile: SeekerProfile, actor: User) -> None:
    """Being seen under a pseudonym is an agreement, and is kept as one."""
    if profile.visibility == Visibility.PSEUDONYM:
        grant_consent(user=actor, purpose=Purpose.SHOW_PROFILE, version=CONSENT_VERSION)
    else:
        withdraw_consent(user=actor, purpose=Purpose.SHOW_PROFILE)


def _mark_done(profile: SeekerProfile, step: Step) -> None:
    if step not in profile.done_steps:
        profile.done_steps = [*profile.done_steps, step.value]


def _touch(profile: SeekerProfile) -> None:
    profile.version += 1
    profile.full_clean(exclude=["user"])
    profile.save()


def _derive_skills(profile: SeekerProfile) -> None:
    """From the profile's answers first, then from what other apps know of."""
    claims = {
        claim.skill: (claim.source_answer.value, claim.level)
        for claim in claims_from(profile.did)
    }
    for more in more_claims(profile):
        claims.setdefault(more.skill, (more.source_answer, more.level))
    profile.skills.all().delete()
    SkillClaim.objects.bulk_create(
        SkillClaim(profile=profile, skill=skill, source_answer=source, level=level)
        for skill, (source, level) in claims.items()
    )


def _replace_blocks(profile: SeekerProfile, hidden: Iterable[HiddenFrom]) -> None:
    # The page shows a name only: a code that was known beside it is not lost.
    codes = {row.name: row.uscc for row in profile.blocks.all() if row.name}
    profile.blocks.all().delete()
    unique = {(row.name, row.uscc): row for row in hidden}
    CompanyBlock.objects.bulk_create(
        CompanyBlock(
            profile=profile,
            name=row.name,
            uscc=row.uscc or codes.get(row.name, ""),
            reason=row.reason,
        )
        for row in unique.values()
    )
