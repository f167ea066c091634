from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.employers.models import Organization
from accounts.seekers.models import SeekerProfile
from jobs.applications.enums import (
    ENDED_INVITATIONS,
    InvitationState,
    PassReason,
)
from jobs.applications.models.applications import Application
from jobs.applications.rules.invitations import MOST_A_DAY
from jobs.postings.models import Posting

ENDED = sorted(ENDED_INVITATIONS)


class Invitation(models.Model):
    """An employer asks somebody from its list to apply. It holds no words of theirs.

    One for each posting and person, for good: asking again is not possible.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+"
    )
    seeker = models.ForeignKey(
        SeekerProfile, on_delete=models.PROTECT, related_name="+"
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(
        max_length=12, choices=InvitationState, default=InvitationState.SENT
    )
    sent_at = models.DateTimeField()
    # The Shanghai day on which it arrives, and which of the organisation's ten it is.
    day = models.DateField()
    number = models.PositiveSmallIntegerField()
    # From then on the seeker sees it: what is sent at night arrives at 8:00.
    visible_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    # For the seeker and our figures; the employer never reads it.
    pass_reason = models.CharField(max_length=16, choices=PassReason, blank=True)
    application = models.OneToOneField(
        Application,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="invitation",
    )

    class Meta:
        verbose_name = _("invitation to apply")
        verbose_name_plural = _("invitations to apply")
        indexes = [
            models.Index(fields=["seeker", "-visible_at"], name="invitation_of_seeker"),
            models.Index(
                fields=["expires_at"],
                condition=~Q(state__in=ENDED),
                name="invitation_to_expire",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["posting", "seeker"], name="application_invited_once"
            ),
            models.UniqueConstraint(
                fields=["organization", "day", "number"],
                name="application_invitation_number_once",
            ),
            models.CheckConstraint(
                condition=Q(number__range=(1, MOST_A_DAY)),
                name="application_invitations_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state__in=InvitationState.values),
                name="application_invitation_state_known",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=False, state__in=ENDED)
                | (Q(ended_at__isnull=True) & ~Q(state__in=ENDED)),
                name="application_invitation_ends_once",
            ),
            models.CheckConstraint(
                condition=Q(application__isnull=False, state=InvitationState.APPLIED)
                | (Q(application__isnull=True) & ~Q(state=InvitationState.APPLIED)),
                name="application_invitation_applied_with",
            ),
            models.CheckConstraint(
                condition=Q(pass_reason="") | Q(state=InvitationState.DECLINED),
                name="application_invitation_reason_of_a_no",
            ),
            models.CheckConstraint(
                condition=Q(
                    visible_at__gte=F("sent_at"), expires_at__gt=F("visible_at")
                ),
                name="application_invitation_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.day}"
