from __future__ import annotations

from allauth.account.models import EmailAddress
from django.db.models import QuerySet

from accounts.identity.models import AuditEvent, OutboxMessage, User

DEMO_DOMAIN = "@demo.example.com"


def trail_for(user: User) -> QuerySet[AuditEvent]:
    """What happened to or around this person, newest first."""
    return AuditEvent.objects.filter(subject_id=user.pk).order_by("-pk")


def demo_accounts() -> QuerySet[User]:
    """Only the authored people of the demo; nobody real has such an address."""
    return User.objects.filter(email__endswith=DEMO_DOMAIN, is_active=True).order_by(
        "kind", "pk"
    )


def latest_messages(limit: int) -> QuerySet[OutboxMessage]:
    """For the demo's own outbox page: nobody real receives anything there."""
    return OutboxMessage.objects.select_related("user").order_by("-pk")[:limit]


def addresses_of(user: User) -> set[str]:
    """Every mail address known as this person's."""
    known = EmailAddress.objects.filter(user=user).values_list("email", flat=True)
    return {*known, *([user.email] if user.email else [])}
