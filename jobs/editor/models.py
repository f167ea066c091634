from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobs.editor.rules.steps import STEPS
from jobs.postings.models import Posting


class EditorDraft(models.Model):
    """What one member typed on one page of the editor and has not handed in.

    Either it was never saved (kept every few seconds), or it changes an open posting
    and waits until all of the change is sent (`is_saved`).
    """

    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    step = models.CharField(max_length=10)
    # The fields of the form as the browser sends them: {"title": ["…"]}.
    content = models.JSONField()
    # The version of the posting that was on the screen.
    based_on = models.PositiveIntegerField()
    is_saved = models.BooleanField(default=False)
    typed_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager[EditorDraft]]

    class Meta:
        verbose_name = _("typed and not handed in")
        verbose_name_plural = _("typed and not handed in")
        indexes = [models.Index(fields=["typed_at"], name="editor_draft_to_forget")]
        constraints = [
            models.UniqueConstraint(
                fields=["posting", "user", "step"], name="editor_draft_once"
            ),
            models.CheckConstraint(
                condition=models.Q(step__in=STEPS), name="editor_draft_step_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.posting_id} {self.step}"
