from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jobs.applications.models import Application


class Note(models.Model):
    """A line of a hiring team to itself. Whoever it is about may read it in the copy of
    their data, and it goes with the application's time."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # PROTECT: erasure goes by the registry, never by a row that drags others along.
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="+"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    body = models.TextField(max_length=1000)
    written_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("team note")
        verbose_name_plural = _("team notes")
        indexes = [
            models.Index(fields=["application", "written_at"], name="note_order"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(body=""), name="note_says_something"),
            models.CheckConstraint(
                condition=Q(edited_at__isnull=True) | Q(edited_at__gte=F("written_at")),
                name="note_edited_after_it_was_written",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.written_at:%Y-%m-%d %H:%M}"


class NoteMention(models.Model):
    """A colleague named in a note, by the words that stand in it after "@"."""

    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="mentions")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    label = models.CharField(max_length=60)

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        constraints = [
            models.UniqueConstraint(fields=["note", "person"], name="mentioned_once"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
