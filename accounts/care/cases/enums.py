from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class CaseState(models.TextChoices):
    NEW = "new", pgettext_lazy("state of a case", "New")
    TRIAGED = "triaged", pgettext_lazy("state of a case", "Taken on")
    WAITING = "waiting", pgettext_lazy("state of a case", "Waits for the first talk")
    ACTIVE = "active", pgettext_lazy("state of a case", "Under way")
    ON_HOLD = "on_hold", pgettext_lazy("state of a case", "Resting")
    CLOSING = "closing", pgettext_lazy("state of a case", "Coming to an end")
    CLOSED = "closed", pgettext_lazy("state of a case", "Ended")
    # Open, with somebody who has not talked with the person yet.
    HANDED_OVER = "handed_over", pgettext_lazy("state of a case", "Handed on")
    REFERRED_OUT = "referred_out", pgettext_lazy("state of a case", "Sent on")


# A new case may begin once the one before is in one of these.
ENDED = frozenset({CaseState.CLOSED, CaseState.REFERRED_OUT})
# Only these may lie with nobody; a case of somebody who left ends so too.
UNASSIGNED = frozenset({CaseState.NEW, CaseState.HANDED_OVER})


class ClosedReason(models.TextChoices):
    GOAL_REACHED = "goal_reached", _("What was wanted is reached")
    FOUND_WORK = "found_work", _("Has other work")
    ENDED_BY_PERSON = "ended_by_person", _("The person ended it")
    NOT_REACHED = "not_reached", _("Not reached any more")
    REFERRED = "referred", _("Others help better")
    LEFT_SITE = "left_site", _("Left the site")


class Actor(models.TextChoices):
    """As what somebody takes a step."""

    SEEKER = "seeker", pgettext_lazy("who took a step", "The person")
    COUNSELOR = "counselor", pgettext_lazy("who took a step", "Counselor")
    SUPERVISOR = "supervisor", pgettext_lazy("who took a step", "Lead counselor")
    SYSTEM = "system", pgettext_lazy("who took a step", "The site")


class TaskKind(models.TextChoices):
    WRITE = "write", pgettext_lazy("kind of task", "Write to them")
    CALL = "call", pgettext_lazy("kind of task", "Call them")
    FIND_OUT = "find_out", pgettext_lazy("kind of task", "Find something out")
    PAPERS = "papers", pgettext_lazy("kind of task", "Papers")
    FOLLOW_UP = "follow_up", pgettext_lazy("kind of task", "Ask how it went")
    OTHER = "other", pgettext_lazy("kind of task", "Something else")


class Service(models.TextChoices):
    """Where others help better; the numbers are those of the help page."""

    LEGAL_AID = "legal_aid", _("Legal aid, 12348")
    LABOUR = "labour", _("Labour and social security, 12333")
    MIND = "mind", _("Somebody to talk to at any hour, 12356")
    HOSPITAL = "hospital", _("A hospital")
    COMMUNITY = "community", _("The community office where they live")
    UNION = "union", _("The trade union")


class ReferralState(models.TextChoices):
    SUGGESTED = "suggested", pgettext_lazy("state of a referral", "Suggested")
    AGREED = "agreed", pgettext_lazy("state of a referral", "Wants to go")
    WENT = "went", pgettext_lazy("state of a referral", "Was there")
    DONE = "done", pgettext_lazy("state of a referral", "Settled")
    DECLINED = "declined", pgettext_lazy("state of a referral", "Rather not")
    EXPIRED = "expired", pgettext_lazy("state of a referral", "No longer open")


REFERRAL_ENDED = frozenset(
    {ReferralState.DONE, ReferralState.DECLINED, ReferralState.EXPIRED}
)


class HandoverState(models.TextChoices):
    ASKED = "asked", pgettext_lazy("state of a handover", "The person is asked")
    AGREED = "agreed", pgettext_lazy("state of a handover", "The person said yes")
    ACCEPTED = "accepted", pgettext_lazy("state of a handover", "Taken over")
    REFUSED = "refused", pgettext_lazy("state of a handover", "The person said no")
    DECLINED = "declined", pgettext_lazy("state of a handover", "Not taken over")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of a handover", "Taken back")
    EXPIRED = "expired", pgettext_lazy("state of a handover", "Ran out")


HANDOVER_OPEN = frozenset({HandoverState.ASKED, HandoverState.AGREED})
