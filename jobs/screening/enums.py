from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Severity(models.TextChoices):
    BLOCK = "block", _("Must be changed")
    REVIEW = "review", _("A person will check")
    WARN = "warn", _("Advice")
    POSITIVE = "positive", _("Good sign")


class Decision(models.TextChoices):
    """What the machine concludes from the findings."""

    BLOCK = "block", _("Cannot be published")
    REVIEW = "review", _("Needs a person's decision")
    OK = "ok", _("Nothing found")


class Verdict(models.TextChoices):
    """What a moderator decides."""

    APPROVE = "approve", _("Publish")
    REQUEST_CHANGES = "request_changes", _("Ask for changes")
    REJECT = "reject", _("Refuse")
    REMOVE = "remove", _("Take down")


class Category(models.TextChoices):
    """The catalogue's chapters, by the name of their file."""

    COLLECTION = (
        "unlawful-collection-practice",
        _("Unlawful ways of collecting debts"),
    )
    IDENTITY = "identity-fraud", _("False names and false authority")
    LENDING = "lending-fraud", _("Fraud around loans")
    DATA = "data-misuse", _("Misuse of personal data")
    DISCRIMINATION = "unlawful-advert-discrimination", _("Unfair exclusion")
    FEES = "fee-deposit-training-loan-scam", _("Fees, deposits and training loans")
    PAY = "pay-misrepresentation", _("Pay that is not as stated")
    LABOUR = "labour-standards", _("Working hours, contract and insurance")
    MISSING = "missing-mandatory-info", _("Facts that must be stated")
    POSITIVE = "positive-compliance-signals", _("Good signs")
