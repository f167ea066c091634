"""One message per function. Words stay neutral: somebody else may see the screen."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from accounts.employers.models import Membership
from accounts.identity.models import User
from accounts.identity.services.outbox import queue_message
from jobs.postings.models import Posting


def people_to_tell(posting: Posting) -> list[User]:
    """Who wrote the posting while they are a member, otherwise the administrators."""
    members = Membership.objects.filter(
        organization=posting.organization_id, is_active=True
    ).select_related("user")
    author = [m.user for m in members if m.user_id == posting.created_by_id]
    return author or [m.user for m in members if m.role == "admin"]


def tell_employer(posting: Posting, template: str) -> None:
    """Send one message about the posting as it stands now to those who look after it."""
    path = reverse("postings:posting", args=[posting.public_id])
    context = {
        "link": f"{settings.SITE_URL}{path}",
        "site_name": settings.SITE_NAME,
    }
    for user in people_to_tell(posting):
        queue_message(
            user=user,
            template=template,
            context=context,
            dedupe_key=f"{template}:{posting.pk}:{posting.version}:{user.pk}",
        )


def tell_expired(posting: Posting) -> None:
    tell_employer(posting, "postings/expired")


def tell_paused(posting: Posting) -> None:
    tell_employer(posting, "postings/paused")
