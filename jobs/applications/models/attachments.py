from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobs.applications.models.applications import Message


class Attachment(models.Model):
    """A picture or PDF that went along with a message. The file is elsewhere and
    encrypted; when it is erased the row stays and says that there was one."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    message = models.ForeignKey(
        Message, on_delete=models.CASCADE, related_name="attachments"
    )
    # As the sender called it, without its path; blank once the file is erased.
    name = models.CharField(max_length=80, blank=True)
    content_type = models.CharField(max_length=20)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    storage_key = models.CharField(max_length=80, unique=True, null=True)  # noqa: DJ001 - empty is not unique, none is
    sent_at = models.DateTimeField(default=timezone.now)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("file of a message")
        verbose_name_plural = _("files of messages")
        constraints = [
            models.CheckConstraint(
                condition=Q(storage_key__isnull=False, erased_at__isnull=True)
                | Q(storage_key__isnull=True, erased_at__isnull=False, name=""),
                name="attachment_is_stored_or_erased",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.content_type} {self.size}"
