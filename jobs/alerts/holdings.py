from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext, gettext_lazy as _

from accounts.consent.descriptions import Grant, Holding, Leaver, Recipient
from accounts.consent.models import Consent
from accounts.identity.enums import Kind
from accounts.identity.models import User
from jobs.alerts.enums import Frequency
from jobs.alerts.models import AlertDigest, SavedSearch
from jobs.alerts.services.searches import CONSENT_VERSION, stop_everything


def _count(user: User) -> int:
    searches = SavedSearch.objects.filter(user=user).count()
    return searches + AlertDigest.objects.filter(user=user).count()


SEARCHES = Holding(
    area="jobs.alerts",
    title=_("Saved searches"),
    what=_("What you look for, how often you want to be told, what was found."),
    why=_("So that you hear of new jobs without looking every day."),
    basis=_("You agreed to messages; each one has a link that stops them."),
    how_long=_("Until you delete the search or the account."),
    count=_count,
    models=(
        "jobs_alerts.SavedSearch",
        "jobs_alerts.SearchAnchor",
        "jobs_alerts.AlertReader",
        "jobs_alerts.AlertDigest",
        "jobs_alerts.AlertMatch",
    ),
    url_name="alerts:list",
    kinds=(Kind.SEEKER,),
    choices={"frequency": dict(Frequency.choices)},
)


def _to_me(consents: Sequence[Consent]) -> dict[int, Recipient]:
    return {row.pk: Recipient(gettext("Only you")) for row in consents}


JOB_ALERTS = Grant(
    words=_("We send you messages about new jobs."),
    version=CONSENT_VERSION,
    recipients=_to_me,
    revoke=lambda user, _scope: stop_everything(user=user),
)
LEAVER = Leaver(hide=lambda user: stop_everything(user=user))
