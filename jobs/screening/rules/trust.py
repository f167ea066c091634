"""Reports, measures against employers and objections: tables and periods (d5)."""

from __future__ import annotations

from datetime import datetime, timedelta

from accounts.lib.workflow import Workflow, transition

EMPLOYER = "employer"
MODERATOR = "moderator"
REPORTER = "reporter"
SYSTEM = "system"

# What a decision about a report comes to, by the step that takes it there.
OUTCOMES = {
    "dismiss": "dismissed",
    "warn": "warned",
    "pause": "paused",
    "remove": "removed",
    "suspend": "suspended",
    "block": "blocked",
}
MEASURES = frozenset(OUTCOMES.values()) - {"dismissed"}
# Nobody takes these alone.
NEEDS_SECOND = frozenset({"removed", "suspended", "blocked"})
_UNDECIDED = ("triaged", "evidence_requested")

REPORT = Workflow(
    name="report",
    initial="open",
    terminal=frozenset({"closed"}),
    rows=(
        transition("triage", ["open", "triaged"], "triaged", MODERATOR),
        transition(
            "request_evidence",
            ["triaged"],
            "evidence_requested",
            MODERATOR,
            needs_reason=True,
        ),
        transition("answer", ["evidence_requested"], "triaged", EMPLOYER),
        transition("time_out", ["evidence_requested"], "triaged", SYSTEM),
        transition("dismiss", _UNDECIDED, "dismissed", MODERATOR, needs_reason=True),
        transition("warn", _UNDECIDED, "warned", MODERATOR, needs_reason=True),
        transition("pause", _UNDECIDED, "paused", MODERATOR, needs_reason=True),
        transition("propose", _UNDECIDED, "proposed", MODERATOR, needs_reason=True),
        transition("remove", ["proposed"], "removed", MODERATOR),
        transition("suspend", ["proposed"], "suspended", MODERATOR),
        transition("block", ["proposed"], "blocked", MODERATOR),
        transition("drop", ["proposed"], "triaged", MODERATOR, needs_reason=True),
        transition("drop_unseen", ["proposed"], "triaged", SYSTEM),
        transition("appeal", sorted(MEASURES), "appealed", EMPLOYER),
        transition("uphold", ["appealed"], "upheld", MODERATOR),
        transition("reverse", ["appealed"], "reversed", MODERATOR),
        transition(
            "close",
            sorted({"dismissed", "upheld", "reversed"} | MEASURES),
            "closed",
            SYSTEM,
        ),
    ),
)

SANCTION = Workflow(
    name="sanction",
    initial="proposed",
    terminal=frozenset({"dropped", "lapsed", "reversed"}),
    rows=(
        transition("impose", ["proposed"], "in_force", MODERATOR, SYSTEM),
        transition("confirm", ["proposed"], "in_force", MODERATOR),
        transition("drop", ["proposed"], "dropped", MODERATOR, needs_reason=True),
        transition("drop_unseen", ["proposed"], "dropped", SYSTEM),
        transition("lapse", ["in_force"], "lapsed", SYSTEM),
        transition("lift", ["in_force"], "lapsed", MODERATOR, needs_reason=True),
        transition("reverse", ["in_force"], "reversed", MODERATOR, needs_reason=True),
    ),
)

APPEAL = Workflow(
    name="appeal",
    initial="open",
    terminal=frozenset({"upheld", "reversed"}),
    rows=(
        transition("uphold", ["open"], "upheld", MODERATOR, needs_reason=True),
        transition("reverse", ["open"], "reversed", MODERATOR, needs_reason=True),
    ),
)

TEXT_LENGTH = 2000
LIMITS = {
    "s1": timedelta(hours=4),
    "s2": timedelta(hours=24),
    "s3": timedelta(hours=72),
}
EVIDENCE_TIME = timedelta(days=5)
SECOND_LOOK_TIME = timedelta(hours=24)
# Then a proposal falls by itself.
SECOND_LOOK_LIMIT = timedelta(hours=72)
APPEAL_PERIOD = timedelta(days=15)
APPEAL_ANSWER_TIME = timedelta(days=7)

# People lose money or are frightened: those first. The rest a day, disputes three.
_URGENCY = {
    "fee": "s1",
    "training-loan": "s1",
    "harassment": "s1",
    "fake-employer": "s1",
    "hidden-collection": "s2",
    "private-data": "s2",
    "discrimination": "s2",
    "said-otherwise": "s2",
}

# The rules of the catalogue that a concern is judged by: their clauses are shown.
RULES_OF_CONCERN: dict[str, tuple[str, ...]] = {
    "hidden-collection": ("col-euphemism-cluster", "id-entity-mismatch"),
    "fee": ("fee-deposit-charges", "fee-training-fee"),
    "training-loan": ("fee-training-loan",),
    "pay": ("pay-too-good", "pay-no-base"),
    "said-otherwise": ("miss-duties-requirements",),
    "discrimination": (
        "disc-gender",
        "disc-marital-fertility",
        "disc-age",
        "disc-hukou-region",
    ),
    "private-data": ("data-applicant-overcollection", "id-private-channel-only"),
    "harassment": ("col-threat-violence",),
    "fake-employer": ("miss-employer-verification", "id-entity-mismatch"),
}


def suggested_urgency(concern: str) -> str:
    return _URGENCY.get(concern, "s3")


def due(*, urgency: str, since: datetime) -> datetime:
    return since + LIMITS[urgency]


def may_appeal(*, in_force_at: datetime | None, now: datetime) -> bool:
    return in_force_at is not None and now < in_force_at + APPEAL_PERIOD
