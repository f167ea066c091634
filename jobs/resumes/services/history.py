"""Jobs, schools, languages and two sentences about oneself."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from accounts.identity.models import User
from accounts.identity.services.audit import record_event
from jobs.resumes.enums import Speech, StationKind
from jobs.resumes.models import Resume, ResumeStation
from jobs.resumes.rules.lint import lint
from jobs.resumes.services.errors import LineRefused, TooManyStations

# Of each kind.
MOST_STATIONS = 12


@transaction.atomic
def save_about(
    *, resume: Resume, actor: User, summary: str, speaks: Iterable[str]
) -> Resume:
    """Raises LineRefused."""
    resume = Resume.objects.select_for_update().get(pk=resume.pk)
    _check(summary)
    resume.summary = summary
    wanted = set(speaks)
    resume.speaks = [code for code in Speech.values if code in wanted]
    resume.full_clean(exclude=["profile"])
    resume.save(update_fields=["summary", "speaks", "updated_at"])
    _note("resume.about_saved", resume, actor)
    return resume


@transaction.atomic
def add_station(
    *,
    resume: Resume,
    actor: User,
    kind: str,
    place: str,
    title: str,
    begins: str,
    ends: str = "",
) -> ResumeStation:
    """Raises LineRefused, TooManyStations."""
    Resume.objects.select_for_update().get(pk=resume.pk)
    if resume.stations.filter(kind=kind).count() >= MOST_STATIONS:
        raise TooManyStations(kind)
    row = ResumeStation(resume=resume, kind=StationKind(kind))
    _fill(row, place=place, title=title, begins=begins, ends=ends)
    _note("resume.station_saved", resume, actor, kind=kind)
    return row


@transaction.atomic
def change_station(
    *,
    station: ResumeStation,
    actor: User,
    place: str,
    title: str,
    begins: str,
    ends: str = "",
) -> ResumeStation:
    """Raises LineRefused."""
    _fill(station, place=place, title=title, begins=begins, ends=ends)
    _note("resume.station_saved", station.resume, actor, kind=station.kind)
    return station


@transaction.atomic
def remove_station(*, station: ResumeStation, actor: User) -> None:
    _note("resume.station_removed", station.resume, actor, kind=station.kind)
    station.delete()


def _fill(
    row: ResumeStation, *, place: str, title: str, begins: str, ends: str
) -> None:
    _check(place)
    _check(title)
    row.place, row.title, row.begins, row.ends = place, title, begins, ends
    row.full_clean(exclude=["resume"])
    row.save()


def _check(text: str) -> None:
    if remarks := [remark for remark in lint(text) if remark.is_refused]:
        raise LineRefused(remarks)


def _note(action: str, resume: Resume, actor: User, **detail: object) -> None:
    about = resume.profile.user
    record_event(action=action, actor=actor, on=resume, about=about, detail=detail)
