from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class CardState(models.TextChoices):
    """A member's part in judging one application; both are for good."""

    SENT = "sent", _("Sent")
    WAIVED = "waived", _("Looked without judging")


class CardRefusal(models.TextChoices):
    """Why a card was not taken; the sentences stand in views.cards."""

    ENDED = "ended", _("The application has ended")
    TWICE = "twice", _("Sent, or looked, already")
    CHANGED = "changed", _("The criteria were changed meanwhile")


class Forbidden(models.TextChoices):
    """What nobody writes about an applicant; the lists stand in data/words.toml."""

    HEALTH = "health", _("health")
    FAMILY = "family", _("marriage, children or family")
    CONVICTION = "conviction", _("convictions or credit records")
    DEBT = "debt", _("their own debts")
    ORIGIN = "origin", _("where somebody comes from, or their faith")
    LOOKS = "looks", _("looks, age or sex")
    SLUR = "slur", _("words that belittle")
    CONTACT = "contact", _("a number, an address or another way to reach them")


class PoolState(models.TextChoices):
    """May we keep you in mind? The steps are in rules/pool.py."""

    ASKED = "asked", _("Asked")
    AGREED = "agreed", _("Keep me in mind")
    DECLINED = "declined", _("No, thanks")
    LAPSED = "lapsed", _("Not answered")
    EXPIRED = "expired", _("Run out")
    REVOKED = "revoked", _("Taken back")


OPEN_POOL = frozenset({PoolState.ASKED, PoolState.AGREED})
ENDED_POOL = frozenset(set(PoolState) - OPEN_POOL)


class AskRefusal(models.TextChoices):
    """Why somebody was not asked; the sentences stand in views.pool."""

    NOT_CHECKED = "not_checked", _("The organisation's check or promise is missing")
    NOT_NOW = "not_now", _("Neither on hold nor ended")
    TOO_LATE = "too_late", _("Ended too long ago")
    STOPPED = "stopped", _("They want no messages")
    ASKED = "asked", _("Asked already")
