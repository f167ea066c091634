"""What the privacy centre says about what a counselor filled in, and may read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.assisted.models import AssistedProfile, ProfileGrant, ProfileProposal
from accounts.assisted.services.grants import (
    CONSENT_VERSION,
    STAGES_VERSION,
    hide_stages,
    scope_of,
    stop_reading,
)
from accounts.consent.descriptions import Grant, Holding, Look, Recipient, Remainder
from accounts.consent.models import Consent
from accounts.identity.enums import Kind
from accounts.identity.models import AuditEvent, User


def _count_helped(user: User) -> int:
    return AssistedProfile.objects.filter(seeker__user=user).count()


def _count_grants(user: User) -> int:
    told = ProfileProposal.objects.filter(grant__seeker__user=user).count()
    return told + ProfileGrant.objects.filter(seeker__user=user).count()


def _count_begun(user: User) -> int:
    return AssistedProfile.objects.filter(sender__user=user).count()


HELPED = Holding(
    area="accounts.assisted",
    title=_("Filled in with help"),
    what=_("Who filled in a profile with you, and when."),
    why=_("So that you can see where the answers came from."),
    basis=_("You took over what was filled in."),
    how_long=_("Until you delete the account."),
    count=_count_helped,
    models=("accounts_assisted.AssistedProfile",),
    url_name="assisted:helpers",
    kinds=(Kind.SEEKER,),
)
GRANTS = Holding(
    area="accounts.assisted.grants",
    title=_("Who may read along"),
    what=_(
        "Which counselor may read your profile or see how your applications stand, until "
        "when, and what they suggest to change."
    ),
    why=_("So that nobody reads it without your yes."),
    basis=_("You agreed to each counselor by themselves."),
    how_long=_(
        "A yes lasts 30 days, a suggestion 14; the record until you delete the account."
    ),
    count=_count_grants,
    models=("accounts_assisted.ProfileGrant", "accounts_assisted.ProfileProposal"),
    url_name="assisted:helpers",
    kinds=(Kind.SEEKER,),
)
BEGUN = Remainder(
    code="assisted",
    title=_("That a counselor filled in profiles with others"),
    why=_("So that people can see who filled in theirs; the words are gone."),
    how_long=_("Until those people delete their accounts."),
    count=_count_begun,
    models=("accounts_assisted.AssistedProfile",),
)


def _recipients(consents: Sequence[Consent]) -> dict[int, Recipient]:
    pks = [row.pk for row in consents]
    rows = ProfileGrant.objects.filter(
        Q(consent__in=pks) | Q(stages_consent__in=pks)
    ).select_related("counselor")
    url = reverse("assisted:helpers")
    return {
        pk: Recipient(row.counselor.name, url)
        for row in rows
        for pk in (row.consent_id, row.stages_consent_id)
        if pk in pks
    }


def _revoke(user: User, scope: str) -> None:
    rows = ProfileGrant.objects.filter(seeker__user=user, ended_at__isnull=True)
    for row in rows.select_related("counselor"):
        if scope_of(row.counselor) == scope:
            stop_reading(grant=row, actor=user)


READING = Grant(
    words=_("This one counselor reads your profile, for 30 days."),
    version=CONSENT_VERSION,
    recipients=_recipients,
    revoke=_revoke,
    ask_again="assisted:helpers",
)


def _revoke_stages(user: User, scope: str) -> None:
    rows = ProfileGrant.objects.filter(seeker__user=user, ended_at__isnull=True)
    for row in rows.select_related("counselor"):
        if scope_of(row.counselor) == scope:
            hide_stages(grant=row, actor=user)


STAGES = Grant(
    words=_(
        "This one counselor also sees how my applications stand: which job, which "
        "company, which step, and when. Not what was written."
    ),
    version=STAGES_VERSION,
    recipients=_recipients,
    revoke=_revoke_stages,
    ask_again="assisted:helpers",
)


def _counselors(events: Sequence[AuditEvent]) -> Mapping[int, str]:
    rows = ProfileGrant.objects.filter(public_id__in={e.object_id for e in events})
    names = {
        str(r.public_id): r.counselor.name for r in rows.select_related("counselor")
    }
    return {event.pk: names.get(event.object_id, "") for event in events}


LOOKS = {
    "assisted.read": Look(
        _("Your profile"),
        _("You let this counselor read it."),
        lambda e: dict(_counselors(e)),
    ),
    "assisted.read_stages": Look(
        _("How your applications stand"),
        _("You let this counselor see it."),
        lambda e: dict(_counselors(e)),
    ),
}
