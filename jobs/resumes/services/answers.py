from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from accounts.identity.models import User
from accounts.identity.services.audit import record_event
from accounts.seekers.models import SeekerProfile
from accounts.seekers.services import refresh_skills
from jobs.resumes.models import Resume, ResumeAnswer
from jobs.resumes.rules.answers import catalogue, known_language
from jobs.resumes.rules.lint import lint
from jobs.resumes.services.errors import LineRefused
from jobs.resumes.services.rebuilding import rebuild_lines


@dataclass(frozen=True, slots=True)
class Detail:
    """What the person adds to a tick; `high` only beside `low`."""

    low: int | None = None
    high: int | None = None
    name: str = ""


@transaction.atomic
def begin_resume(*, profile: SeekerProfile, actor: User, language: str) -> Resume:
    """The seeker's résumé, made in the language they read when there is none yet."""
    found = Resume.objects.filter(profile=profile).first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            resume = Resume.objects.create(
                profile=profile, language=known_language(language)
            )
    except IntegrityError:
        # Two taps at once: the other request made it.
        return Resume.objects.get(profile=profile)
    _note("resume.begun", resume, actor)
    return resume


@transaction.atomic
def save_group(
    *, resume: Resume, actor: User, group: str, codes: Iterable[str]
) -> Resume:
    """What was ticked on one screen; lines and skills follow in the same transaction."""
    resume = _locked(resume)
    asked = {answer.code for answer in catalogue().in_group(group)}
    ticked = asked & set(codes)
    there = set(resume.answers.values_list("code", flat=True))
    resume.answers.filter(code__in=asked - ticked).delete()
    ResumeAnswer.objects.bulk_create(
        ResumeAnswer(resume=resume, code=code) for code in sorted(ticked - there)
    )
    if group not in resume.done_groups:
        resume.done_groups = [*resume.done_groups, group]
    _follow(resume, actor)
    _note("resume.answered", resume, actor, group=group)
    return resume


@transaction.atomic
def save_details(
    *, resume: Resume, actor: User, details: Mapping[str, Detail]
) -> Resume:
    """Figures and names for what is ticked. Raises LineRefused for a name that cannot stand."""
    resume = _locked(resume)
    rows = [row for row in resume.answers.all() if row.code in details]
    for row in rows:
        given = details[row.code]
        if remarks := [r for r in lint(given.name) if r.is_refused]:
            raise LineRefused(remarks)
        row.low, row.high, row.name = given.low, given.high, given.name
        row.full_clean(exclude=["resume"])
    ResumeAnswer.objects.bulk_update(rows, ["low", "high", "name"])
    _follow(resume, actor)
    _note("resume.figures_saved", resume, actor, answers=len(rows))
    return resume


@transaction.atomic
def write_in(*, resume: Resume, actor: User, language: str) -> Resume:
    """Write the lines in another language; edited ones are offered the new wording."""
    resume = _locked(resume)
    resume.language = known_language(language)
    _follow(resume, actor)
    _note("resume.language_changed", resume, actor, language=resume.language)
    return resume


@transaction.atomic
def erase_resume(user: User) -> None:
    """Answers and lines; what was sent with an application is kept by that."""
    resume = Resume.objects.filter(profile__user=user).first()
    if resume is None:
        return
    _note("resume.erased", resume, user)
    resume.delete()


def _locked(resume: Resume) -> Resume:
    return Resume.objects.select_for_update().get(pk=resume.pk)


def _follow(resume: Resume, actor: User) -> None:
    resume.full_clean(exclude=["profile"])
    resume.save()
    rebuild_lines(resume)
    refresh_skills(profile=resume.profile, actor=actor)


def _note(action: str, resume: Resume, actor: User, **detail: object) -> None:
    about = resume.profile.user
    record_event(action=action, actor=actor, on=resume, about=about, detail=detail)
