"""A step from the board: the same services and the same table as everywhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from accounts.identity.models import User
from accounts.lib.workflow import TransitionRefused
from jobs.applications.models import Application
from jobs.applications.services import steps
from jobs.hiring.access import last_step

# Steps that end here; the others have a page of their own. A form's answers are the
# service's arguments, name by name.
VERBS: Mapping[str, Callable[..., Application]] = {
    "shortlist": steps.shortlist_application,
    "postpone": steps.postpone_application,
    "decline": steps.decline_application,
    "retract": steps.retract_offer,
}


def move_application(
    *,
    application: Application,
    actor: User,
    event: str,
    version: int,
    answers: Mapping[str, Any],
) -> Application:
    """Take the step, if it stands as it did when `version` was seen.

    Raises AlreadyMoved, PostingTakenDown or TransitionRefused.
    """
    if event not in VERBS:
        raise TransitionRefused(event)
    return VERBS[event](
        application=application,
        actor=actor,
        version=_version_behind_a_look(application, version),
        **answers,
    )


def _version_behind_a_look(application: Application, seen: int) -> int:
    """Somebody opened it since: that is no reason to ask anybody to choose again.

    Only the very next version counts; the step checks it once more under its lock.
    """
    if application.version != seen + 1:
        return seen
    last = last_step(application)
    is_look = last is not None and last.event == "view"
    return application.version if is_look else seen
