"""Who stands on which side, and the locks that both sides' services share."""

from __future__ import annotations

from accounts.employers.models import Membership
from accounts.identity.models import User
from accounts.lib.workflow import TransitionRefused
from accounts.seekers.models import SeekerProfile
from jobs.applications.models import Application
from jobs.applications.rules.workflow import EMPLOYER, SEEKER, SYSTEM


class NotInvolved(TransitionRefused):
    """Neither the applicant nor an active member of the organisation."""


def side_of(actor: User | None, application: Application) -> str:
    if actor is None:
        return SYSTEM
    if actor.pk == application.seeker.user_id:
        return SEEKER
    members = Membership.objects.filter(organization=application.organization_id)
    if members.filter(user=actor, is_active=True).exists():
        return EMPLOYER
    raise NotInvolved(f"account {actor.pk}")


def lock_application(application: Application) -> Application:
    """The posting too, so that it is not taken down in the middle of a step."""
    return (
        Application.objects.select_for_update(of=("self", "posting"), no_key=True)
        .select_related("posting", "organization", "seeker__user")
        .get(pk=application.pk)
    )


def lock_pair(application: Application) -> Application:
    """The same, and the seeker's row: whatever is counted across one organisation's
    applications, by whichever colleague, is done one after the other."""
    locked = lock_application(application)
    SeekerProfile.objects.select_for_update(no_key=True).get(pk=locked.seeker_id)
    return locked


def check_side(actor: User, application: Application, wanted: str) -> None:
    if side_of(actor, application) != wanted:
        raise NotInvolved(f"account {actor.pk} is not the {wanted}")
