from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.employers.models import Organization
from accounts.lib.crypto import EncryptedTextField
from jobs.webhooks.enums import (
    UNSETTLED,
    DeliveryState,
    EndpointState,
    EventType,
    ObjectKind,
    OffReason,
    Problem,
)
from jobs.webhooks.rules.addresses import LONGEST
from jobs.webhooks.rules.payloads import LONGEST_EXCERPT, message_id

MOST_ENDPOINTS = 5


class Endpoint(models.Model):
    """An address of an organisation's own system that is told what happened."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+"
    )
    # 1 to MOST_ENDPOINTS, once each: that is how the database counts to five.
    slot = models.PositiveSmallIntegerField()
    url = models.CharField(_("address"), max_length=LONGEST)
    events = ArrayField(models.CharField(max_length=32, choices=EventType))
    state = models.CharField(
        max_length=8, choices=EndpointState, default=EndpointState.ACTIVE
    )
    off_reason = models.CharField(
        max_length=8, choices=OffReason, blank=True, default=""
    )
    secret = EncryptedTextField()
    secret_version = models.PositiveIntegerField(default=1)
    # Signs beside the new one until then.
    old_secret = EncryptedTextField(blank=True, default="")
    old_secret_until = models.DateTimeField(null=True, blank=True)
    # Times in a row that nobody answered, and when nothing is tried before.
    failures = models.PositiveIntegerField(default=0)
    rests_until = models.DateTimeField(null=True, blank=True)
    # The first attempt since the last arrival that failed in whatever way.
    failing_since = models.DateTimeField(null=True, blank=True)
    arrived_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("webhook address")
        verbose_name_plural = _("webhook addresses")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "slot"], name="endpoint_slot_once"
            ),
            models.UniqueConstraint(
                fields=["organization", "url"], name="endpoint_url_once"
            ),
            models.CheckConstraint(
                condition=Q(slot__gte=1, slot__lte=MOST_ENDPOINTS),
                name="endpoint_slot_in_range",
            ),
            models.CheckConstraint(
                condition=Q(state__in=EndpointState.values),
                name="endpoint_state_known",
            ),
            models.CheckConstraint(
                condition=Q(events__len__gt=0), name="endpoint_hears_something"
            ),
            models.CheckConstraint(
                condition=(Q(state=EndpointState.OFF) & ~Q(off_reason=""))
                | (~Q(state=EndpointState.OFF) & Q(off_reason="")),
                name="endpoint_off_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(old_secret="", old_secret_until__isnull=True)
                | (~Q(old_secret="") & Q(old_secret_until__isnull=False)),
                name="endpoint_old_secret_ends",
            ),
        ]

    def __str__(self) -> str:
        return self.url

    def secrets_at(self, now: datetime) -> list[str]:
        """Those that sign now, the newest first."""
        until = self.old_secret_until
        overlaps = until is not None and now < until
        return [self.secret, self.old_secret] if overlaps else [self.secret]


class Event(models.Model):
    """Something that happened, as other systems are told. Written once."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+"
    )
    type = models.CharField(max_length=32, choices=EventType)
    object_kind = models.CharField(max_length=12, choices=ObjectKind)
    # Not a foreign key: what happened stays told when the thing itself is gone.
    object_id = models.UUIDField()
    # The very text that is signed and sent.
    body = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("webhook event")
        verbose_name_plural = _("webhook events")
        indexes = [
            models.Index(fields=["object_id", "type"], name="webhook_event_of"),
            models.Index(fields=["at"], name="webhook_event_age"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(type__in=EventType.values), name="webhook_event_type_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.object_id}"

    @property
    def title(self) -> str:
        return EventType(self.type).full_name

    @property
    def message_id(self) -> str:
        """By which the receiver knows a second copy."""
        return message_id(self.public_id)


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def due(self, *, now: datetime) -> Self:
        """May be sent now: nothing earlier about the same thing is still open."""
        earlier = Delivery.objects.filter(
            endpoint=OuterRef("endpoint"),
            object_id=OuterRef("object_id"),
            pk__lt=OuterRef("pk"),
            state__in=UNSETTLED,
        )
        return self.filter(
            ~Exists(earlier), state=DeliveryState.PENDING, due_at__lte=now
        )


class Delivery(models.Model):
    """One event on its way to one address."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    endpoint = models.ForeignKey(
        Endpoint, on_delete=models.CASCADE, related_name="deliveries"
    )
    event = models.ForeignKey(
        Event, on_delete=models.CASCADE, related_name="deliveries"
    )
    # The event's, so that the order of one thing needs no second table.
    object_id = models.UUIDField()
    state = models.CharField(
        max_length=10, choices=DeliveryState, default=DeliveryState.PENDING
    )
    due_at = models.DateTimeField(default=timezone.now)
    # Of the present round: sending again by hand begins a new one.
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True, blank=True)
    arrived_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[DeliveryQuerySet] = DeliveryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("webhook delivery")
        verbose_name_plural = _("webhook deliveries")
        indexes = [
            models.Index(
                fields=["endpoint", "due_at"],
                condition=Q(state=DeliveryState.PENDING),
                name="delivery_waiting",
            ),
            models.Index(
                fields=["endpoint", "object_id"],
                condition=Q(state__in=sorted(UNSETTLED)),
                name="delivery_order",
            ),
            models.Index(
                fields=["claimed_at"],
                condition=Q(state=DeliveryState.SENDING),
                name="delivery_held",
            ),
            models.Index(fields=["endpoint", "-created_at"], name="delivery_log"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["endpoint", "event"], name="delivery_once"),
            models.CheckConstraint(
                condition=Q(state__in=DeliveryState.values),
                name="delivery_state_known",
            ),
            models.CheckConstraint(
                condition=~Q(state=DeliveryState.DELIVERED)
                | Q(arrived_at__isnull=False),
                name="delivery_arrived_has_time",
            ),
            models.CheckConstraint(
                condition=(Q(state=DeliveryState.SENDING) & Q(claimed_at__isnull=False))
                | (~Q(state=DeliveryState.SENDING) & Q(claimed_at__isnull=True)),
                name="delivery_held_since",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} > {self.endpoint_id}: {self.state}"

    @property
    def last_answer(self) -> str:
        """Of the last try, where the log has looked it up."""
        status = getattr(self, "last_status", None)
        problem = getattr(self, "last_problem", None)
        return str(status or (Problem(problem).label if problem else ""))


class Attempt(models.Model):
    """One try: what came back. Never changed; it goes with its delivery."""

    delivery = models.ForeignKey(
        Delivery, on_delete=models.CASCADE, related_name="tries"
    )
    at = models.DateTimeField()
    took_ms = models.PositiveIntegerField(default=0)
    # None where there was no answer at all.
    status = models.PositiveSmallIntegerField(null=True)
    problem = models.CharField(max_length=16, choices=Problem, blank=True, default="")
    # The beginning of the receiver's answer, for its own administrators.
    excerpt = models.CharField(max_length=LONGEST_EXCERPT, blank=True, default="")

    class Meta:
        verbose_name = _("webhook attempt")
        verbose_name_plural = _("webhook attempts")
        indexes = [models.Index(fields=["delivery", "at"], name="attempt_in_order")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.status or self.problem}"
