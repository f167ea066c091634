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


class Concern(models.TextChoices):
    """What is wrong, in the words of people who report; also why a measure is taken."""

    HIDDEN_COLLECTION = "hidden-collection", _("Really debt collection")
    FEE = "fee", _("Asks for a fee or a deposit")
    TRAINING_LOAN = "training-loan", _("Training that has to be paid by a loan")
    PAY = "pay", _("Pay is not as advertised")
    SAID_OTHERWISE = "said-otherwise", _("They said something else than the advert")
    DISCRIMINATION = "discrimination", _("Shuts people out unfairly")
    PRIVATE_DATA = "private-data", _("Asks for private data or a private contact")
    HARASSMENT = "harassment", _("Threatens or harasses")
    FAKE_EMPLOYER = "fake-employer", _("The employer is not who they say")
    OTHER = "other", _("Something else")


class Reason(models.TextChoices):
    """Why a measure is taken where no person reported it."""

    RESPONSE_COVENANT = "response-covenant", _("Applications were left unanswered")


class Urgency(models.TextChoices):
    """How soon a report is decided."""

    S1 = "s1", _("Urgent, within 4 hours")
    S2 = "s2", _("Within 24 hours")
    S3 = "s3", _("Within 72 hours")


class ReportState(models.TextChoices):
    """What the reporter reads on the receipt's page."""

    OPEN = "open", _("Received")
    TRIAGED = "triaged", _("Being looked at")
    EVIDENCE_REQUESTED = "evidence_requested", _("The employer was asked")
    PROPOSED = "proposed", _("A second person looks at it")
    DISMISSED = "dismissed", _("Nothing against the rules was found")
    WARNED = "warned", _("The employer was warned")
    PAUSED = "paused", _("The posting was paused")
    REMOVED = "removed", _("The posting was taken down")
    SUSPENDED = "suspended", _("The employer was suspended")
    BLOCKED = "blocked", _("The employer was shut out")
    APPEALED = "appealed", _("The employer objected")
    UPHELD = "upheld", _("The objection was turned down")
    REVERSED = "reversed", _("The decision was taken back")
    CLOSED = "closed", _("Closed")


class SanctionKind(models.TextChoices):
    WARNED = "warned", _("Warning")
    PAUSED = "paused", _("Postings paused")
    REMOVED = "removed", _("Posting taken down")
    SUSPENDED = "suspended", _("Organisation suspended")
    BLOCKED = "blocked", _("Organisation shut out")


class SanctionState(models.TextChoices):
    PROPOSED = "proposed", _("Waits for a second person")
    IN_FORCE = "in_force", _("In force")
    DROPPED = "dropped", _("Dropped")
    LAPSED = "lapsed", _("Ended")
    REVERSED = "reversed", _("Taken back")


class AppealState(models.TextChoices):
    OPEN = "open", _("Waits for an answer")
    UPHELD = "upheld", _("The decision stays")
    REVERSED = "reversed", _("The decision was taken back")
