"""Sentences of the insights pages."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# What a posting could change: the change, and what to think of before making it.
CHANGES: Mapping[str, tuple[Promise, Promise]] = {
    "pay_300": (
        _("¥300 more a month"),
        _("Raise it only if you really pay it: the offer is held against the advert."),
    ),
    "pay_500": (
        _("¥500 more a month"),
        _("Raise it only if you really pay it: the offer is held against the advert."),
    ),
    "rest": (
        _("Two days off every week"),
        _("Many who leave collection work put days off above pay."),
    ),
    "nights": (
        _("No work after 21:00"),
        _("A day group beside the others is enough: write a posting of its own."),
    ),
    "education": (
        _("No schooling asked for"),
        _("If experience can replace it, tick “experience counts as well”."),
    ),
    "text": (
        _("Chat instead of calls"),
        _("A group that only writes makes a posting of its own."),
    ),
    "selling": (
        _("No selling"),
        _("If the sales target is small, leave it out of the job altogether."),
    ),
    "credit": (
        _("No credit report"),
        _("An ordinary overdue debt says nothing about the work."),
    ),
}
STEPS: Mapping[str, tuple[Promise, str]] = {
    "organization": (_("Add your organisation"), "employers:create"),
    "papers": (_("Send in your papers for the check"), "employers:overview"),
    "promise": (_("Promise to answer everybody"), "employers:covenant"),
    "posting": (_("Write your first posting and send it in"), "editor:start"),
    "colleagues": (_("Invite colleagues"), "employers:members"),
}
