"""What stands at the head of a posting's page, for seekers and in the preview of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from jobs.postings.cards import pay_of, place_of, posted_on
from jobs.postings.models import Posting
from jobs.screening.access import positive_rules_of
from jobs.screening.enums import Severity
from jobs.screening.explain import shown_rule
from jobs.screening.services.submission import Examination


def shown_of(posting: Posting, *, signs: Iterable[str] | None = None) -> dict[str, Any]:
    """For templates/jobs/postings/_headline.html; `signs` as found just now, if so."""
    organization = posting.organization
    return {
        "shown": posting,
        "pay_text": pay_of(posting),
        "place_text": place_of(posting),
        "posted": posted_on(posting.date_posted),
        "is_checked": organization is not None
        and organization.is_verified(now=timezone.now()),
        "good_signs": good_signs(
            positive_rules_of(posting) if signs is None else signs
        ),
    }


def good_signs(rules: Iterable[str]) -> list[str]:
    found = (shown_rule(rule) for rule in rules)
    return [rule.title for rule in found if rule is not None]


def signs_in(examination: Examination) -> list[str]:
    """The good signs that would be told, each once."""
    found = (f.rule for f in examination.findings if f.severity == Severity.POSITIVE)
    return sorted(set(found))
