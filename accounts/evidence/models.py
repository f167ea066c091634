from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.evidence.enums import DocumentKind, DocumentState, SubjectType


class DocumentQuerySet(models.QuerySet["Document"]):
    def of(self, subject_type: str, subject_id: uuid.UUID) -> DocumentQuerySet:
        return self.filter(subject_type=subject_type, subject_id=subject_id)

    def current(self) -> DocumentQuerySet:
        return self.filter(replaced_at__isnull=True)

    def stored(self) -> DocumentQuerySet:
        return self.filter(storage_key__isnull=False)


class Document(models.Model):
    """One paper somebody showed us, and what became of it.

    The file is elsewhere and encrypted; when it is erased the row stays and says that
    there was one, of which kind and with which fingerprint, and who decided on it.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subject_type = models.CharField(max_length=20, choices=SubjectType)
    subject_id = models.UUIDField()
    kind = models.CharField(max_length=30, choices=DocumentKind)
    # As the uploader called it, without its path; blank once the file is erased.
    name = models.CharField(max_length=80, blank=True)
    content_type = models.CharField(max_length=20)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    storage_key = models.CharField(max_length=80, unique=True, null=True)  # noqa: DJ001 - empty is not unique, none is
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(default=timezone.now)
    valid_until = models.DateField(null=True, blank=True)
    state = models.CharField(
        max_length=10, choices=DocumentState, default=DocumentState.WAITING
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[DocumentQuerySet] = DocumentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "kind"],
                condition=Q(replaced_at__isnull=True),
                name="document_one_current",
            ),
            models.CheckConstraint(
                condition=Q(state__in=DocumentState.values),
                name="document_state_known",
            ),
            models.CheckConstraint(
                condition=Q(state=DocumentState.WAITING, reviewed_at__isnull=True)
                | ~Q(state=DocumentState.WAITING) & Q(reviewed_at__isnull=False),
                name="document_decided_has_date",
            ),
            models.CheckConstraint(
                condition=~Q(state=DocumentState.REFUSED) | ~Q(reason=""),
                name="document_refused_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(storage_key__isnull=False, erased_at__isnull=True)
                | Q(storage_key__isnull=True, erased_at__isnull=False),
                name="document_is_stored_or_erased",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def is_image(self) -> bool:
        return self.content_type.startswith("image/")
