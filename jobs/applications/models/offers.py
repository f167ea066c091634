from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import GreaterThanOrEqual
from django.utils.translation import gettext_lazy as _

from jobs.applications.models.applications import Application
from jobs.applications.rules.offers import PROBATION_SHARE
from jobs.postings.enums import EmploymentType, Rest, Shift

SHARE, OF = PROBATION_SHARE


class Offer(models.Model):
    """What an employer offers, as it stood from then on; the highest number counts.

    Append-only: a trigger lets only the two notices be noted and the free words be
    erased. Another one takes rows only for applications that reached an offer.
    Money is RMB a month before tax. Null or empty is what nobody said.
    """

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="offers"
    )
    number = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    base_pay = models.PositiveIntegerField()
    # What varies comes to this in an ordinary month.
    variable_pay = models.PositiveIntegerField(null=True, blank=True)
    variable_text = models.CharField(max_length=300, blank=True)
    pay_months = models.PositiveSmallIntegerField(default=12)
    # 0: without an end.
    contract_months = models.PositiveSmallIntegerField(null=True, blank=True)
    probation_months = models.PositiveSmallIntegerField(null=True, blank=True)
    probation_pay = models.PositiveIntegerField(null=True, blank=True)
    weekly_hours = models.DecimalField(
        max_digits=4, decimal_places=1, null=True, blank=True
    )
    shift = models.CharField(max_length=12, choices=Shift, blank=True)
    rest = models.CharField(max_length=12, choices=Rest, blank=True)
    # From the first month.
    social_insurance = models.BooleanField(null=True, blank=True)
    employment_type = models.CharField(
        max_length=12, choices=EmploymentType, blank=True
    )
    start = models.DateField()
    city_code = models.CharField(max_length=6, blank=True)
    district = models.CharField(max_length=30, blank=True)
    street = models.CharField(max_length=120, blank=True)
    other_terms = models.CharField(max_length=500, blank=True)
    answer_by = models.DateField(null=True, blank=True)
    # What the advert said when the seeker applied, and where this differs from it.
    advert = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    differs = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    worse = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    lapse_told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        indexes = [
            models.Index(
                fields=["answer_by"],
                condition=Q(lapse_told_at__isnull=True),
                name="offer_to_watch",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "number"], name="offer_number_once"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1, base_pay__gte=1), name="offer_pays_something"
            ),
            models.CheckConstraint(
                condition=Q(variable_pay__isnull=True)
                | Q(variable_pay=0)
                | ~Q(variable_text=""),
                name="offer_says_how_it_varies",
            ),
            models.CheckConstraint(
                condition=Q(pay_months__range=(12, 18)), name="offer_months_a_year"
            ),
            models.CheckConstraint(
                condition=Q(probation_months__gt=0, probation_pay__isnull=False)
                | (
                    (Q(probation_months__isnull=True) | Q(probation_months=0))
                    & Q(probation_pay__isnull=True)
                ),
                name="offer_probation_has_pay",
            ),
            # Labour Contract Law, articles 19 and 20.
            models.CheckConstraint(
                condition=Q(probation_pay__isnull=True)
                | Q(GreaterThanOrEqual(F("probation_pay") * OF, F("base_pay") * SHARE)),
                name="offer_probation_pays_enough",
            ),
            models.CheckConstraint(
                condition=Q(probation_months__isnull=True)
                | Q(contract_months__isnull=True)
                | Q(probation_months=0)
                | Q(probation_months__lte=1, contract_months__gte=3)
                | Q(probation_months__lte=2, contract_months__gte=12)
                | Q(probation_months__lte=6, contract_months__gte=36)
                | Q(probation_months__lte=6, contract_months=0),
                name="offer_probation_short_enough",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} #{self.number}"

    @property
    def has_changed(self) -> bool:
        return self.number > 1
