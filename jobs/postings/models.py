from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.employers.models import Branch, Organization
from accounts.seekers.enums import Education
from jobs.postings.enums import (
    Channel,
    EmploymentType,
    PostingState,
    Rest,
    Role,
    Screening,
    ScreeningStage,
    Shift,
)
from jobs.postings.rules.pay_example import ExampleMonth


class PostingQuerySet(models.QuerySet["Posting"]):
    def open(self, *, now: datetime | None = None) -> Self:
        """What a seeker may see and apply to: published and not past its last day.

        The job that marks postings as expired may be late; this never is.
        """
        moment = now or timezone.now()
        return self.filter(state=PostingState.PUBLISHED, valid_through__gt=moment)

    def overdue(self, *, now: datetime) -> Self:
        return self.filter(
            state__in=[PostingState.PUBLISHED, PostingState.PAUSED],
            valid_through__lte=now,
        )


class Posting(models.Model):
    """A JobPosting (names after schema.org where it has one). Money is RMB a month."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Null for a repost from a feed whose employer has no account here.
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, related_name="+"
    )
    organization_name = models.CharField(max_length=120, blank=True)
    title = models.CharField(_("job title"), max_length=120)
    occupation = models.CharField(max_length=40, blank=True)
    responsibilities = models.TextField(_("what the work is"))
    qualifications = models.TextField(_("what is needed"), blank=True)

    education = models.CharField(
        max_length=12, choices=Education, default=Education.NONE
    )
    education_reason = models.CharField(max_length=200, blank=True)
    experience_in_place_of_education = models.BooleanField(default=False)
    experience_years = models.PositiveSmallIntegerField(default=0)

    employment_type = models.CharField(
        max_length=12, choices=EmploymentType, blank=True
    )
    city_code = models.CharField(max_length=6, blank=True)
    district = models.CharField(max_length=30, blank=True)
    street = models.CharField(max_length=120, blank=True)
    # Kept when the place is closed: its postings stay where they were.
    branch = models.ForeignKey(
        Branch,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
    )
    # As it was when a person read the posting: a new name of the place changes no advert.
    branch_name = models.CharField(max_length=60, blank=True)

    shift = models.CharField(max_length=12, choices=Shift, blank=True)
    rest = models.CharField(max_length=12, choices=Rest, blank=True)
    work_hours = models.CharField(max_length=200, blank=True)
    weekly_hours = models.DecimalField(
        max_digits=4, decimal_places=1, null=True, blank=True
    )

    salary_text = models.CharField(max_length=80, blank=True)
    pay_min = models.PositiveIntegerField(null=True, blank=True)
    pay_max = models.PositiveIntegerField(null=True, blank=True)
    pay_months = models.PositiveSmallIntegerField(default=12)
    base_salary_min = models.PositiveIntegerField(null=True, blank=True)
    base_salary_max = models.PositiveIntegerField(null=True, blank=True)
    incentive_text = models.CharField(max_length=300, blank=True)
    deductions_text = models.CharField(max_length=300, blank=True)
    # One month as somebody had it; all three or none.
    example_base = models.PositiveIntegerField(null=True, blank=True)
    example_variable = models.PositiveIntegerField(null=True, blank=True)
    example_deductions = models.PositiveIntegerField(null=True, blank=True)
    pay_day = models.PositiveSmallIntegerField(null=True, blank=True)
    probation_months = models.PositiveSmallIntegerField(null=True, blank=True)
    contract_months = models.PositiveSmallIntegerField(null=True, blank=True)
    social_insurance = models.BooleanField(null=True, blank=True)
    benefits = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    headcount = models.PositiveSmallIntegerField(null=True, blank=True)

    # Conduct disclosures: what seekers of this trade need to know before applying.
    channel = models.CharField(max_length=16, choices=Channel, blank=True)
    dials_per_day = models.PositiveSmallIntegerField(null=True, blank=True)
    call_window_start = models.TimeField(null=True, blank=True)
    call_window_end = models.TimeField(null=True, blank=True)
    third_party_policy = models.CharField(max_length=200, blank=True)
    recording = models.BooleanField(null=True, blank=True)
    hangup_right = models.BooleanField(null=True, blank=True)
    debt_owner = models.CharField(max_length=120, blank=True)
    complaint_handling = models.CharField(max_length=200, blank=True)
    screening_required = models.CharField(
        max_length=16, choices=Screening, default=Screening.NONE
    )
    screening_reason = models.CharField(max_length=200, blank=True)
    screening_stage = models.CharField(
        max_length=12, choices=ScreeningStage, blank=True, default=""
    )

    # Facts read from the text by the normaliser (imports) or given by the employer.
    facts = models.JSONField(default=dict, blank=True)

    # Last screening: kept here so that lists need no join.
    role = models.CharField(max_length=16, choices=Role, blank=True)
    disguised = models.BooleanField(default=False)
    screening_decision = models.CharField(max_length=8, blank=True)
    catalogue_version = models.CharField(max_length=40, blank=True)

    state = models.CharField(
        max_length=20, choices=PostingState, default=PostingState.DRAFT
    )
    version = models.PositiveIntegerField(default=1)
    renewals = models.PositiveSmallIntegerField(default=0)
    date_posted = models.DateField(null=True, blank=True)
    valid_through = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    source_name = models.CharField(max_length=60, blank=True)
    source_id = models.CharField(max_length=120, blank=True)
    source_url = models.URLField(max_length=500, blank=True)
    source_checked_at = models.DateTimeField(null=True, blank=True)
    source_digest = models.CharField(max_length=64, blank=True)

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[models.Manager[Self]] = PostingQuerySet.as_manager()

    class Meta:
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        indexes = [
            models.Index(
                fields=["-published_at", "-id"],
                condition=Q(state="published"),
                name="posting_newest",
            ),
            models.Index(
                fields=["city_code", "-published_at", "-id"],
                condition=Q(state="published"),
                name="posting_city_newest",
            ),
            models.Index(
                fields=["valid_through"],
                condition=Q(state__in=["published", "paused"]),
                name="posting_to_expire",
            ),
            models.Index(
                fields=["organization", "state"], name="posting_of_organization"
            ),
            models.Index(
                fields=["branch", "organization"],
                condition=Q(branch__isnull=False),
                name="posting_of_branch",
            ),
            models.Index(
                fields=["submitted_at"],
                condition=Q(state="in_review"),
                name="posting_queue",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=PostingState.values), name="posting_state_known"
            ),
            models.CheckConstraint(
                condition=Q(pay_min__isnull=True)
                | Q(pay_max__isnull=True)
                | Q(pay_min__lte=F("pay_max")),
                name="posting_pay_in_order",
            ),
            models.CheckConstraint(
                condition=Q(base_salary_min__isnull=True)
                | Q(base_salary_max__isnull=True)
                | Q(base_salary_min__lte=F("base_salary_max")),
                name="posting_base_in_order",
            ),
            models.CheckConstraint(
                condition=Q(
                    example_base__isnull=True,
                    example_variable__isnull=True,
                    example_deductions__isnull=True,
                )
                | Q(
                    example_base__isnull=False,
                    example_variable__isnull=False,
                    # Not to be left to the comparison: a null would let it pass.
                    example_deductions__isnull=False,
                    example_deductions__lte=F("example_base") + F("example_variable"),
                ),
                name="posting_example_adds_up",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["published", "paused"])
                | Q(published_at__isnull=False, valid_through__isnull=False),
                name="posting_live_has_dates",
            ),
            # Whoever publishes, by whatever way: what a rule blocks stays closed.
            models.CheckConstraint(
                condition=~Q(state="published", screening_decision="block"),
                name="posting_open_is_not_blocked",
            ),
            models.CheckConstraint(
                condition=Q(headcount__isnull=True) | Q(headcount__gte=1),
                name="posting_headcount_positive",
            ),
            # Somebody stands behind every posting: an account or a named source.
            models.CheckConstraint(
                condition=Q(organization__isnull=False) | ~Q(source_name=""),
                name="posting_has_an_origin",
            ),
            models.UniqueConstraint(
                fields=["source_name", "source_id"],
                condition=~Q(source_name=""),
                name="posting_source_once",
            ),
            # Only a text that still is with its employer, or was given up, leaves it open.
            models.CheckConstraint(
                condition=Q(screening_required=Screening.NONE)
                | Q(state__in=["draft", "changes_requested", "closed"])
                | (~Q(screening_reason="") & ~Q(screening_stage="")),
                name="posting_check_says_why_and_when",
            ),
            models.CheckConstraint(
                condition=Q(screening_stage__in=["", *ScreeningStage.values]),
                name="posting_check_stage_known",
            ),
            # That it is the same organisation's, a foreign key over both columns holds.
            models.CheckConstraint(
                condition=Q(branch__isnull=True, branch_name="")
                | (
                    Q(branch__isnull=False, organization__isnull=False)
                    & ~Q(branch_name="")
                ),
                name="posting_branch_has_a_name",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def employer_name(self) -> str:
        if self.organization is not None:
            return self.organization.display_name
        return self.organization_name

    @property
    def document(self) -> str:
        """The text that screening reads and findings quote."""
        parts = [self.title, self.responsibilities, self.qualifications]
        parts += [self.incentive_text, self.deductions_text, self.work_hours]
        return "\n".join(part for part in parts if part)

    @property
    def example_month(self) -> ExampleMonth | None:
        parts = (self.example_base, self.example_variable, self.example_deductions)
        base, variable, deductions = parts
        if base is None or variable is None or deductions is None:
            return None
        return ExampleMonth(base, variable, deductions)

    def is_open(self, *, now: datetime | None = None) -> bool:
        return (
            self.state == PostingState.PUBLISHED
            and self.valid_through is not None
            and self.valid_through > (now or timezone.now())
        )


class PostingTransition(models.Model):
    """One step of a posting's life. Append-only."""

    posting = models.ForeignKey(
        Posting, on_delete=models.CASCADE, related_name="transitions"
    )
    event = models.CharField(max_length=30)
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    actor_kind = models.CharField(max_length=12)
    reason = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("posting step")
        verbose_name_plural = _("posting steps")
        indexes = [models.Index(fields=["posting", "at"], name="posting_step_in_order")]

    def __str__(self) -> str:
        return f"{self.event}: {self.from_state} > {self.to_state}"


class PostingRevision(models.Model):
    """The posting's words as they stood at one moment. Append-only."""

    posting = models.ForeignKey(
        Posting, on_delete=models.CASCADE, related_name="revisions"
    )
    number = models.PositiveIntegerField()
    content = models.JSONField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("posting revision")
        verbose_name_plural = _("posting revisions")
        constraints = [
            models.UniqueConstraint(
                fields=["posting", "number"], name="revision_number_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.posting_id} #{self.number}"


class ImportRun(models.Model):
    """One import of one file: where it stands, so that it can be taken up again."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    source_name = models.CharField(max_length=60)
    file_name = models.CharField(max_length=200)
    file_digest = models.CharField(max_length=64)
    options = models.JSONField(default=dict, blank=True)
    rows_done = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self) -> str:
        return f"{self.file_name} {self.rows_done}"


class ImportRefusal(models.Model):
    """A row that was not taken, and why."""

    run = models.ForeignKey(
        ImportRun, on_delete=models.CASCADE, related_name="refusals"
    )
    row_number = models.PositiveIntegerField()
    source_id = models.CharField(max_length=120, blank=True)
    code = models.CharField(max_length=40)
    detail = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("refused row")
        verbose_name_plural = _("refused rows")
        constraints = [
            models.UniqueConstraint(
                fields=["run", "row_number"], name="refusal_once_a_row"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.row_number}: {self.code}"
