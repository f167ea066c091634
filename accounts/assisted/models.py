from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.assisted.enums import DraftState, EndedBy, Origin, ProposalState
from accounts.assisted.rules import GRANT_AT_MOST, WAITS
from accounts.consent.models import Consent
from accounts.counselors.models import CounselorProfile
from accounts.identity.enums import Kind
from accounts.lib.crypto import EncryptedTextField
from accounts.seekers.models import SeekerProfile

# What is left of a draft once it is over: no word of the person and no way to them.
NOTHING_LEFT = Q(
    label="", contact="", contact_print="", slip_code="", slip_print="", answers=""
)


class AssistedProfile(models.Model):
    """Answers that a counselor wrote down for somebody, until that person takes them over.

    Until then there is no account and no profile: nothing that anybody could find.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Who sent it in, what they are, and how the two of them spoke.
    sender = models.ForeignKey(
        CounselorProfile, on_delete=models.PROTECT, related_name="+"
    )
    sender_kind = models.CharField(max_length=12, choices=Kind, default=Kind.COUNSELOR)
    origin = models.CharField(max_length=12, choices=Origin)
    # By which the counselor recognises the row; not a name.
    label = models.CharField(max_length=20, blank=True)
    # A number or an address; where it is empty a printed slip carries a code.
    contact = EncryptedTextField(blank=True)
    contact_print = models.CharField(max_length=64, blank=True)
    slip_code = EncryptedTextField(blank=True)
    slip_print = models.CharField(max_length=64, blank=True)
    # Of the guided profile, by screen, as JSON.
    answers = EncryptedTextField(blank=True)
    state = models.CharField(
        max_length=12, choices=DraftState, default=DraftState.WAITING
    )
    ended_by = models.CharField(max_length=12, choices=EndedBy, blank=True)
    seeker = models.ForeignKey(
        SeekerProfile, on_delete=models.CASCADE, null=True, related_name="+"
    )
    receipt = models.CharField(max_length=12, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("assisted profile")
        verbose_name_plural = _("assisted profiles")
        indexes = [
            models.Index(fields=["sender", "-created_at"], name="assisted_by_sender")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=DraftState.values), name="assisted_state_known"
            ),
            models.CheckConstraint(
                condition=Q(sender_kind=Kind.COUNSELOR, origin__in=Origin.values),
                name="assisted_origin_known",
            ),
            models.CheckConstraint(
                condition=Q(state=DraftState.WAITING, ended_at__isnull=True)
                | (~Q(state=DraftState.WAITING) & Q(ended_at__isnull=False)),
                name="assisted_over_has_time",
            ),
            models.CheckConstraint(
                condition=Q(state=DraftState.WAITING) | NOTHING_LEFT,
                name="assisted_over_holds_nothing",
            ),
            models.CheckConstraint(
                condition=Q(state=DraftState.TAKEN_OVER, seeker__isnull=False)
                | (~Q(state=DraftState.TAKEN_OVER) & Q(seeker__isnull=True)),
                name="assisted_taken_over_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state=DraftState.ENDED, ended_by__in=EndedBy.values)
                | (~Q(state=DraftState.ENDED) & Q(ended_by="")),
                name="assisted_ended_for_a_reason",
            ),
            models.UniqueConstraint(
                fields=["contact_print"],
                condition=~Q(contact_print=""),
                name="assisted_contact_once",
            ),
            models.UniqueConstraint(
                fields=["slip_print"],
                condition=~Q(slip_print=""),
                name="assisted_slip_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.created_at:%Y-%m-%d}"


class AssistedStop(models.Model):
    """A keyed hash of a number or address that said "not me": never written to again."""

    contact_print = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("assisted stop")
        verbose_name_plural = _("assisted stops")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"


class ProfileGrant(models.Model):
    """A person lets one counselor read their profile, for a while."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    seeker = models.ForeignKey(
        SeekerProfile, on_delete=models.CASCADE, related_name="+"
    )
    counselor = models.ForeignKey(
        CounselorProfile, on_delete=models.PROTECT, related_name="+"
    )
    consent = models.ForeignKey(Consent, on_delete=models.RESTRICT, related_name="+")
    # A second yes, to see how the applications stand; empty without it.
    stages_consent = models.ForeignKey(
        Consent, on_delete=models.RESTRICT, null=True, related_name="+"
    )
    granted_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("profile grant")
        verbose_name_plural = _("profile grants")
        constraints = [
            models.UniqueConstraint(
                fields=["seeker", "counselor"],
                condition=Q(ended_at__isnull=True),
                name="grant_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("granted_at"))
                & Q(expires_at__lte=F("granted_at") + GRANT_AT_MOST),
                name="grant_runs_out",
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def shows_stages(self) -> bool:
        """Whether the second yes stands; of a grant that is over nobody asks."""
        yes = self.stages_consent
        return yes is not None and yes.withdrawn_at is None


class ProfileProposal(models.Model):
    """Changes to a profile that a counselor suggests: each is the person's to take."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    grant = models.ForeignKey(ProfileGrant, on_delete=models.CASCADE, related_name="+")
    # Profile fields with the values suggested, as JSON.
    answers = EncryptedTextField(blank=True)
    state = models.CharField(
        max_length=12, choices=ProposalState, default=ProposalState.WAITING
    )
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("profile proposal")
        verbose_name_plural = _("profile proposals")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ProposalState.values),
                name="proposal_state_known",
            ),
            models.CheckConstraint(
                condition=Q(state=ProposalState.WAITING, ended_at__isnull=True)
                | (
                    ~Q(state=ProposalState.WAITING)
                    & Q(ended_at__isnull=False, answers="")
                ),
                name="proposal_over_holds_nothing",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at"))
                & Q(expires_at__lte=F("created_at") + WAITS),
                name="proposal_runs_out",
            ),
            models.UniqueConstraint(
                fields=["grant"],
                condition=Q(state=ProposalState.WAITING),
                name="proposal_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.created_at:%Y-%m-%d}"
