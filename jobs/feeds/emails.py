"""Words stay neutral: somebody else may see the screen."""

from __future__ import annotations

from django.conf import settings

from accounts.employers.emails import tell_admins
from accounts.identity.emails import page
from jobs.feeds.models import FeedSource


def tell_paused(source: FeedSource) -> None:
    """Once for each time it is paused."""
    tried = source.tried_at.isoformat() if source.tried_at else ""
    tell_admins(
        source.organization,
        "feeds/paused",
        key=f"{source.pk}:{tried}",
        site_name=settings.SITE_NAME,
        link=page("feeds:source", public_id=source.public_id),
    )
