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


class RunState(models.TextChoices):
    """Where a reading of everything live by a new catalogue stands."""

    RUNNING = "running", _("Reading")
    READY = "ready", _("Waits for a decision")
    APPLYING = "applying", _("Being carried out")
    APPLIED = "applied", _("Carried out")
    CANCELLED = "cancelled", _("Cancelled")


class Effect(models.TextChoices):
    """What new rules do to a posting that is already here."""

    BLOCKED = "blocked", _("Would be taken down")
    REVIEW = "review", _("Needs a look")
    CLEARED = "cleared", _("Judged milder")
    OTHER = "other", _("Other rules, same outcome")


class ChangeOutcome(models.TextChoices):
    PAUSED = "paused", _("Paused")
    KEPT = "kept", _("Stored")
    PASSED_OVER = "passed", _("Changed or closed meanwhile")


class SampleResult(models.TextChoices):
    FINE = "fine", _("As it should be")
    PROBLEM = "problem", _("Something is wrong")


class Measure(models.TextChoices):
    """What is counted for the page of open figures."""

    SCREENED = "screened", _("Read by the rules")
    PUBLISHED = "published", _("Published")
    SENT_BACK = "sent_back", _("Sent back")
    REFUSED = "refused", _("Refused")
    REMOVED = "removed", _("Taken down")
    DECIDED = "decided", _("Decided by a person")
    MINUTES = "minutes", _("Minutes to a decision, typically")
    BY_RULE = "by_rule", _("Stopped by a rule")
    SAMPLED = "sampled", _("Samples read again")
    SAMPLE_PROBLEMS = "sample_problems", _("Samples with a problem")
    REPORTS = "reports", _("Reports received")
    REPORTS_DECIDED = "reports_decided", _("Reports decided")
    APPEALS = "appeals", _("Objections decided")
    APPEALS_REVERSED = "appeals_reversed", _("Objections that were right")


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
