from __future__ import annotations

import uuid

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jobs.applications.models import Application
from jobs.postings.models import Posting
from jobs.talent.enums import CardState


class CriteriaSet(models.Model):
    """What applications to a posting are judged by. Rows are only ever added: a card
    that was filled keeps the questions it answered."""

    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    # Codes of data/criteria.toml, and the organisation's own as {code, title, strong}.
    criteria = models.JSONField(encoder=DjangoJSONEncoder)
    # None where a card was filled before anybody chose: the work's usual ones.
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("criteria of a posting")
        verbose_name_plural = _("criteria of postings")
        constraints = [
            models.UniqueConstraint(
                fields=["posting", "version"], name="criteria_version_once"
            ),
            models.CheckConstraint(
                condition=Q(version__gte=1), name="criteria_count_from_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.posting_id} v{self.version}"


class Scorecard(models.Model):
    """One member's judgement of one application, or the choice to look without one.

    Colleagues read it only once they have done the same; nothing of it changes.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="+"
    )
    criteria = models.ForeignKey(
        CriteriaSet, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=8, choices=CardState)
    # What was said or done that the marks rest on.
    comment = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("scorecard")
        verbose_name_plural = _("scorecards")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "author"], name="card_once_each"
            ),
            models.CheckConstraint(
                condition=Q(state=CardState.SENT, criteria__isnull=False)
                | Q(state=CardState.WAIVED, criteria__isnull=True, comment=""),
                name="card_waived_says_nothing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.at:%Y-%m-%d}"


class CardMark(models.Model):
    """1 to 4 on one criterion; None where it did not come up."""

    card = models.ForeignKey(Scorecard, on_delete=models.CASCADE, related_name="marks")
    criterion = models.CharField(max_length=40)
    mark = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("mark")
        verbose_name_plural = _("marks")
        constraints = [
            models.UniqueConstraint(
                fields=["card", "criterion"], name="mark_once_a_criterion"
            ),
            models.CheckConstraint(
                condition=Q(mark__isnull=True) | Q(mark__range=(1, 4)),
                name="mark_from_one_to_four",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.mark or '-'}"
