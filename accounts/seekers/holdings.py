"""What the privacy centre says about the guided profile."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext, gettext_lazy as _

from accounts.consent.descriptions import (
    Grant,
    Holding,
    Leaver,
    Recipient,
    Remainder,
)
from accounts.consent.models import Consent
from accounts.identity.enums import Kind
from accounts.identity.models import User
from accounts.lib.occupations import occupations
from accounts.seekers.access import CONSENT_VERSION
from accounts.seekers.enums import (
    CallWish,
    CanStart,
    Constraint,
    Did,
    Education,
    PastRole,
    Skill,
    Visibility,
)
from accounts.seekers.models import CompanyBlock, SeekerProfile
from accounts.seekers.services import hide_profile


def _count(user: User) -> int:
    """Screens that were answered, and companies hidden from."""
    profile = SeekerProfile.objects.filter(user=user).first()
    if profile is None:
        return 0
    hidden = CompanyBlock.objects.filter(profile=profile).count()
    return len(profile.done_steps) + hidden or int(bool(profile.completed_at))


def _count_rows(user: User) -> int:
    return SeekerProfile.objects.filter(user=user).count()


PROFILE = Holding(
    area="accounts.seekers",
    title=_("My profile"),
    what=_(
        "City, what you did, what you want and never want again, schooling, pay, name "
        "and number for applications, companies you hide from."
    ),
    why=_("So that we find jobs that fit, and you need not fill in every form anew."),
    basis=_("You gave it for that. Nearly every answer may be left out."),
    how_long=_("Until you change it or delete the account."),
    count=_count,
    models=(
        "accounts_seekers.SeekerProfile",
        "accounts_seekers.SkillClaim",
        "accounts_seekers.CompanyBlock",
    ),
    url_name="seekers:profile",
    kinds=(Kind.SEEKER,),
    choices={
        "calls": dict(CallWish.choices),
        "can_start": dict(CanStart.choices),
        "constraints": dict(Constraint.choices),
        "did": dict(Did.choices),
        "education": dict(Education.choices),
        "past_roles": dict(PastRole.choices),
        "skills": dict(Skill.choices),
        "visibility": dict(Visibility.choices),
        "wanted_occupations": {one.code: one.label for one in occupations()},
    },
)
EMPTY_PROFILE = Remainder(
    code="profile",
    title=_("An empty profile row"),
    why=_("Applications that were sent hang on it. Every answer in it is gone."),
    how_long=_("As long as one of the other lines is kept."),
    count=_count_rows,
    models=("accounts_seekers.SeekerProfile",),
)


def _checked_employers(consents: Sequence[Consent]) -> dict[int, Recipient]:
    name = gettext("Every checked employer, except those you hide from")
    return {row.pk: Recipient(name) for row in consents}


def _hide(user: User) -> None:
    profile = SeekerProfile.objects.filter(user=user).first()
    if profile is not None:
        hide_profile(profile=profile, actor=user)


def _tells(user: User) -> str:
    if not SeekerProfile.objects.filter(user=user).exists():
        return ""
    return gettext("No employer finds your profile any more.")


SHOW_PROFILE = Grant(
    words=_(
        "Checked employers see what you can do, under a code and without your name, and "
        "may invite you."
    ),
    version=CONSENT_VERSION,
    recipients=_checked_employers,
    revoke=lambda user, _scope: _hide(user),
    ask_again="seekers:seen",
)
LEAVER = Leaver(hide=_hide, tells=_tells)
