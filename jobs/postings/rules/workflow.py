from __future__ import annotations

from accounts.lib.workflow import Workflow, transition
from jobs.postings.enums import ENDED_STATES, PostingState as S

EMPLOYER = "employer"
MODERATOR = "moderator"
SYSTEM = "system"

# Reference: the posting state machine (d1). `screening` guards submit, resubmit and edit.
POSTING = Workflow(
    name="posting",
    initial=S.DRAFT,
    terminal=ENDED_STATES - {S.EXPIRED, S.REMOVED},
    rows=(
        transition("submit", [S.DRAFT], S.IN_REVIEW, EMPLOYER, SYSTEM),
        transition("resubmit", [S.CHANGES_REQUESTED], S.IN_REVIEW, EMPLOYER),
        transition("approve", [S.IN_REVIEW], S.PUBLISHED, MODERATOR, SYSTEM),
        transition(
            "request_changes",
            [S.IN_REVIEW],
            S.CHANGES_REQUESTED,
            MODERATOR,
            needs_reason=True,
        ),
        transition(
            "reject", [S.IN_REVIEW], S.REJECTED, MODERATOR, SYSTEM, needs_reason=True
        ),
        transition("edit", [S.PUBLISHED, S.PAUSED], S.IN_REVIEW, EMPLOYER),
        transition("pause", [S.PUBLISHED], S.PAUSED, EMPLOYER, SYSTEM),
        transition("resume", [S.PAUSED], S.PUBLISHED, EMPLOYER, MODERATOR, SYSTEM),
        transition("fill", [S.PUBLISHED, S.PAUSED], S.FILLED, EMPLOYER),
        transition("close", [S.PUBLISHED, S.PAUSED], S.CLOSED, EMPLOYER),
        transition(
            "close", [S.DRAFT, S.CHANGES_REQUESTED, S.IN_REVIEW], S.CLOSED, EMPLOYER
        ),
        transition("expire", [S.PUBLISHED, S.PAUSED], S.EXPIRED, SYSTEM),
        transition("renew", [S.EXPIRED], S.PUBLISHED, EMPLOYER),
        transition("renew_with_review", [S.EXPIRED], S.IN_REVIEW, EMPLOYER),
        transition(
            "remove",
            [S.PUBLISHED, S.PAUSED, S.IN_REVIEW],
            S.REMOVED,
            MODERATOR,
            SYSTEM,
            needs_reason=True,
        ),
        # An objection was right: back to where it can be opened, or read, again.
        transition(
            "reinstate", [S.REMOVED], S.PAUSED, MODERATOR, SYSTEM, needs_reason=True
        ),
        transition(
            "reinstate_to_review",
            [S.REMOVED],
            S.IN_REVIEW,
            MODERATOR,
            SYSTEM,
            needs_reason=True,
        ),
    ),
)

MAX_DAYS_OPEN = 60
DEFAULT_DAYS_OPEN = 30
RENEWALS_WITHOUT_REVIEW = 2

# The employer may change the words in these states.
EDITABLE_STATES = frozenset({S.DRAFT, S.CHANGES_REQUESTED, S.PUBLISHED, S.PAUSED})
