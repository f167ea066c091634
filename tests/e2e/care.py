"""The pages of care that the demo's people meet."""

from __future__ import annotations

from collections.abc import Iterator

from accounts.care.cases.models import Case
from accounts.care.notes.models import Reflection, SessionNote
from accounts.care.safety.models import SafetyFlag
from accounts.care.scheduling.models import Appointment, Group
from accounts.care.vault.access import subject_of
from accounts.care.vault.wall import behind_the_wall
from accounts.identity.models import User

SEEKER = (
    "/care/",
    "/care/check-ins/",
    "/care/check-ins/history/",
    "/care/check-ins/new-job/",
    "/care/talks/",
    "/care/talks/mine/",
    "/care/talks/groups/",
    "/care/talks/waiting/",
    "/care/calendar/about/",
    "/care/calendar/address/",
    "/care/calendar/zone/",
    "/care/cases/mine/",
    "/care/cases/mine/change/",
    "/care/cases/mine/end/",
    "/care/privacy/",
    "/care/privacy/copy/",
    "/care/privacy/delete/",
    "/care/notes/mine/",
    "/care/safety/contact/",
    "/care/safety/mine/",
    "/care/safety/plan/",
    "/visits/reminders/",
    "/help/danger/",
)
COUNSELOR = (
    "/care/cases/",
    "/care/cases/all/",
    "/care/cases/waiting/",
    "/care/cases/ties/",
    "/care/calendar/",
    "/care/calendar/hours/",
    "/care/calendar/hours/add/",
    "/care/calendar/days/",
    "/care/calendar/leave/",
    "/care/calendar/settings/",
    "/care/talks/led/",
    "/care/talks/led/open/",
    "/care/safety/",
    "/care/safety/duty/",
    "/care/notes/",
    "/care/notes/reflections/",
    "/visits/open/",
)
OPERATOR = ("/care/reports/", "/care/reports/team/")


@behind_the_wall()
def pages_of_seeker(email: str) -> list[str]:
    subject = subject_of(User.objects.get(email=email))
    talks = Appointment.objects.filter(subject=subject).exclude(state="rescheduled")
    found = [f"/care/talks/mine/{talk.pk}/" for talk in talks]
    booked = talks.filter(state="booked").first()
    if booked is not None:
        found += [f"/care/talks/mine/{booked.pk}/{way}/" for way in ("move", "cancel")]
        found.append(f"/care/rooms/{booked.pk}/")
    found += [f"/care/talks/groups/{group.pk}/" for group in Group.objects.all()]
    return [*SEEKER, *found]


@behind_the_wall()
def pages_of_counselor(email: str) -> list[str]:
    cases = Case.objects.filter(counselor__user__email=email).order_by("opened_at")
    found = [f"/care/cases/{case.pk}/" for case in cases]
    shown = cases.filter(state="active").last()
    if shown is not None:
        found.append(f"/care/cases/{shown.pk}/hand-over/")
        found.append(f"/care/safety/people/{shown.subject_id}/raise/")
    return [*COUNSELOR, *found, *_written(email)]


def _written(email: str) -> Iterator[str]:
    for note in SessionNote.objects.filter(author__user__email=email):
        ends = ("write/",) if note.state == "draft" else ("", "versions/")
        yield from (f"/care/notes/{note.pk}/{end}" for end in ends)
    for row in Reflection.objects.filter(author__user__email=email):
        yield f"/care/notes/reflections/{row.pk}/"
    for flag in SafetyFlag.objects.exclude(state="closed"):
        yield f"/care/safety/flags/{flag.pk}/"
