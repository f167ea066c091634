from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganizationKind(models.TextChoices):
    """The three account classes of the 2026 notice, plus the lender's outsourcer."""

    EMPLOYER = "employer", _("Hires for itself")
    AGENCY = "agency", _("Recruitment agency")
    DISPATCH = "dispatch", _("Labour dispatch company")
    PUBLIC = "public", _("Public employment service")


class MemberRole(models.TextChoices):
    ADMIN = "admin", _("Administrator")
    RECRUITER = "recruiter", _("Recruiter")


class VerificationState(models.TextChoices):
    UNVERIFIED = "unverified", _("Not checked yet")
    SUBMITTED = "submitted", _("Sent in, waiting for a check")
    VERIFIED = "verified", _("Checked")
    REJECTED = "rejected", _("Sent back")
    EXPIRED = "expired", _("Check has run out")
    SUSPENDED = "suspended", _("Suspended")


class BlockedKind(models.TextChoices):
    USCC = "uscc", _("Social credit code")
    LEGAL_REPRESENTATIVE = "legal_representative", _("Legal representative")
    PHONE = "phone", _("Telephone number")


class GroupState(models.TextChoices):
    """Two organisations that say they belong together."""

    PROPOSED = "proposed", _("Waiting for the other side")
    CONFIRMED = "confirmed", _("Confirmed by both sides")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    ENDED = "ended", _("Ended")


OPEN_GROUP_STATES = frozenset({GroupState.PROPOSED, GroupState.CONFIRMED})
