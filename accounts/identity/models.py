from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.identity.enums import Channel, Kind, MessageState, SwitchState
from accounts.lib.crypto import EncryptedTextField


class UserManager(BaseUserManager["User"]):
    def create_user(
        self, email: str | None = None, password: str | None = None, **fields: Any
    ) -> User:
        """An account without a password can still sign in by one-time code."""
        email = self.normalize_email(email).lower() if email else None
        user = self.model(email=email, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str, **fields: Any) -> User:
        fields |= {"kind": Kind.OPERATOR, "is_staff": True, "is_superuser": True}
        return self.create_user(email, password, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.SEEKER)
    email = models.EmailField(_("e-mail"), null=True, blank=True, unique=True)
    phone = models.CharField(
        _("phone"), max_length=20, null=True, blank=True, unique=True
    )
    phone_verified = models.BooleanField(default=False)
    display_name = models.CharField(_("name"), max_length=60, blank=True)
    language = models.CharField(max_length=10, default="zh-hans")
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)
    # Asked to be erased on that day; until then every page only asks: stay, or go?
    leaving_at = models.DateTimeField(null=True, blank=True)
    # From then on an empty number that holds together what the law lets us keep.
    erased_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [
            # Somebody nobody can reach can never sign in again.
            models.CheckConstraint(
                condition=Q(email__isnull=False)
                | Q(phone__isnull=False)
                | Q(erased_at__isnull=False),
                name="user_has_a_way_to_sign_in",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True)
                | Q(
                    email__isnull=True,
                    phone__isnull=True,
                    display_name="",
                    is_active=False,
                ),
                name="user_erased_is_empty",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values), name="user_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.display_name or str(self.public_id)[:8]


class AuditEvent(models.Model):
    """Who did what to whom. Append-only: a trigger refuses changes and deletions.

    People are referred to by number, not by foreign key: the trail outlives them.
    """

    at = models.DateTimeField(default=timezone.now, db_index=True)
    actor_id = models.BigIntegerField(null=True)
    actor_kind = models.CharField(max_length=12, blank=True)
    action = models.CharField(max_length=80)
    object_type = models.CharField(max_length=60, blank=True)
    object_id = models.CharField(max_length=40, blank=True)
    subject_id = models.BigIntegerField(null=True)
    detail = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("audit event")
        verbose_name_plural = _("audit events")
        indexes = [
            models.Index(fields=["subject_id", "-at"], name="audit_by_subject"),
            models.Index(fields=["object_type", "object_id"], name="audit_by_object"),
            models.Index(fields=["actor_id", "-at"], name="audit_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.object_type} {self.object_id}"


class OutboxMessage(models.Model):
    """A message to a person, written down before anything is sent."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        User, on_delete=models.CASCADE, null=True, related_name="+"
    )
    channel = models.CharField(max_length=8, choices=Channel)
    address = EncryptedTextField()
    template = models.CharField(max_length=80)
    language = models.CharField(max_length=10)
    subject = models.CharField(max_length=200, blank=True)
    body = EncryptedTextField()
    # The same event never makes two messages.
    dedupe_key = models.CharField(max_length=160, unique=True)
    state = models.CharField(
        max_length=10, choices=MessageState, default=MessageState.PENDING
    )
    # Higher goes first: a code is waited for, a notice is not.
    priority = models.PositiveSmallIntegerField(default=5)
    due_at = models.DateTimeField(default=timezone.now)
    # A code that has run out is not worth sending.
    expires_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("outgoing message")
        verbose_name_plural = _("outgoing messages")
        indexes = [
            models.Index(
                fields=["-priority", "due_at"],
                condition=Q(state=MessageState.PENDING),
                name="outbox_waiting",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=MessageState.values), name="outbox_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=MessageState.SENT) | Q(sent_at__isnull=False),
                name="outbox_sent_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.state}"


class OutboxStep(models.Model):
    """What an operator did with a message, and why; it goes when the message goes."""

    RETRIED, DISCARDED = "retried", "discarded"

    message = models.ForeignKey(
        OutboxMessage, on_delete=models.CASCADE, related_name="steps"
    )
    step = models.CharField(max_length=10)
    reason = models.CharField(max_length=200)
    actor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("step with an outgoing message")
        verbose_name_plural = _("steps with outgoing messages")
        constraints = [
            models.CheckConstraint(
                condition=Q(step__in=["retried", "discarded"]) & ~Q(reason=""),
                name="outbox_step_known_and_explained",
            )
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.message_id}"


class Heartbeat(models.Model):
    """When a background process last said that it is alive."""

    name = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("heartbeat")
        verbose_name_plural = _("heartbeats")

    def __str__(self) -> str:
        return f"{self.name} {self.at:%H:%M:%S}"


class SwitchValue(models.Model):
    """What a switch is set to, now or before."""

    state = models.CharField(max_length=14, choices=SwitchState)
    percentage = models.PositiveSmallIntegerField(default=0)
    # Organisations live in a higher package: known here by their public ids.
    organizations = ArrayField(models.UUIDField(), default=list, blank=True)
    note = models.CharField(max_length=200)

    class Meta:
        abstract = True


class FeatureSwitch(SwitchValue):
    """How a switch stands. Without a row it stands as the code declares it."""

    name = models.CharField(max_length=40, unique=True)
    # Tells the slower of two operators that the other was first.
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+"
    )
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("switch")
        verbose_name_plural = _("switches")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=SwitchState.values), name="switch_state_known"
            ),
            models.CheckConstraint(
                condition=Q(percentage__lte=100), name="switch_share_is_a_share"
            ),
            models.CheckConstraint(
                condition=Q(state=SwitchState.PERCENTAGE, percentage__range=(1, 99))
                | ~Q(state=SwitchState.PERCENTAGE) & Q(percentage=0),
                name="switch_share_where_it_counts",
            ),
            models.CheckConstraint(
                condition=Q(state=SwitchState.ORGANIZATIONS) & ~Q(organizations=[])
                | ~Q(state=SwitchState.ORGANIZATIONS) & Q(organizations=[]),
                name="switch_organizations_where_they_count",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.state}"


class SwitchChange(SwitchValue):
    """One change of a switch. Append-only: a trigger refuses changes and deletions."""

    name = models.CharField(max_length=40)
    from_state = models.CharField(max_length=14, choices=SwitchState)
    changed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("change of a switch")
        verbose_name_plural = _("changes of switches")
        indexes = [models.Index(fields=["name", "-at"], name="switch_changes")]

    def __str__(self) -> str:
        return f"{self.name} {self.from_state} {self.state}"


class Announcement(models.Model):
    """A sentence on every page for some time. The newest counts, the others are its
    history: a trigger refuses changes and deletions."""

    zh_hans = models.CharField(max_length=120)
    zh_hant = models.CharField(max_length=120)
    en = models.CharField(max_length=240)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    written_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=models.F("starts_at")),
                name="announcement_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return self.zh_hans
