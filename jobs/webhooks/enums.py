from __future__ import annotations

from django.db import models
from django.utils.translation import gettext, gettext_lazy as _


class EventType(models.TextChoices):
    """What another system can be told; the values are part of the public format."""

    POSTING_SUBMITTED = "posting.submitted", _("Sent to be checked")
    POSTING_PUBLISHED = "posting.published", _("Published")
    POSTING_CHANGES_REQUESTED = "posting.changes_requested", _("Sent back for changes")
    POSTING_REJECTED = "posting.rejected", _("Not accepted")
    POSTING_PAUSED = "posting.paused", _("Paused")
    POSTING_RESUMED = "posting.resumed", _("Hiring again")
    POSTING_FILLED = "posting.filled", _("Filled")
    POSTING_CLOSED = "posting.closed", _("Closed")
    POSTING_EXPIRED = "posting.expired", _("Ran out")
    POSTING_REMOVED = "posting.removed", _("Taken down")
    APPLICATION_RECEIVED = "application.received", _("New application")
    APPLICATION_MOVED = "application.moved", _("Moved to another step")
    APPLICATION_WITHDRAWN = "application.withdrawn", _("Withdrawn by the applicant")
    APPLICATION_ENDED = "application.ended", _("Came to an end")
    VERIFICATION_CHANGED = "verification.changed", _("Check of your organisation")
    TEST = "test", _("Test notice")

    @property
    def full_name(self) -> str:
        """With what it is about, where it stands alone."""
        group = GROUPS.get(self.value.partition(".")[0])
        if group is None:
            return str(self.label)
        return gettext("%(group)s: %(what)s") % {"group": group, "what": self.label}


GROUPS = {
    "posting": _("Postings"),
    "application": _("Applications"),
    "verification": _("Organisation"),
}
# Everybody can be sent a test; it is not for choosing.
CHOSEN = tuple(kind for kind in EventType if kind != EventType.TEST)


class ObjectKind(models.TextChoices):
    """What an event is about; events about one thing keep their order."""

    POSTING = "posting", _("posting")
    APPLICATION = "application", _("application")
    ORGANIZATION = "organization", _("organisation")
    TEST = "test", _("test")


class EndpointState(models.TextChoices):
    ACTIVE = "active", _("Receiving")
    PAUSED = "paused", _("Paused")
    OFF = "off", _("Turned off")


class OffReason(models.TextChoices):
    """Why the site itself stopped sending to an address."""

    GONE = "gone", _("The receiver said it is gone for good")
    FAILING = "failing", _("It did not answer for three days")


class DeliveryState(models.TextChoices):
    PENDING = "pending", _("Waiting")
    SENDING = "sending", _("On its way")
    DELIVERED = "delivered", _("Arrived")
    DEAD = "dead", _("Given up")


# What still stands before the later events of the same thing.
UNSETTLED = frozenset({DeliveryState.PENDING, DeliveryState.SENDING})


class Problem(models.TextChoices):
    """Why an attempt did not arrive."""

    STATUS = "status", _("The receiver answered with an error")
    REDIRECT = "redirect", _("The receiver sent us elsewhere; we do not follow")
    GONE = "gone", _("The receiver said it is gone for good")
    TIMEOUT = "timeout", _("No answer within 10 seconds")
    CONNECTION = "connection", _("No connection")
    CERTIFICATE = "certificate", _("The certificate is not valid")
    UNKNOWN_HOST = "unknown_host", _("This name has no address on the internet")
    NOT_PUBLIC = "not_public", _("The name leads to an address that is not public")
    PROTOCOL = "protocol", _("The answer could not be read")
