from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.consent.descriptions import Holding
from accounts.identity.enums import Kind
from accounts.identity.models import User
from jobs.resumes.enums import Language, Variant
from jobs.resumes.models import ResumeAnswer, ResumeLine, ResumeStation, SharedResume


def _count(user: User) -> int:
    return (
        ResumeAnswer.objects.filter(resume__profile__user=user).count()
        + ResumeLine.objects.filter(resume__profile__user=user).count()
        + ResumeStation.objects.filter(resume__profile__user=user).count()
        + SharedResume.objects.filter(resume__profile__user=user).count()
    )


RESUME = Holding(
    area="jobs.resumes",
    title=_("My résumé"),
    what=_(
        "What you ticked, figures, jobs and schools, the lines made of them, and links "
        "you gave out."
    ),
    why=_("So that you can send it along with an application."),
    basis=_("You made it for that."),
    how_long=_("Until you change it or delete the account."),
    count=_count,
    models=(
        "jobs_resumes.Resume",
        "jobs_resumes.ResumeAnswer",
        "jobs_resumes.ResumeLine",
        "jobs_resumes.ResumeStation",
        "jobs_resumes.SharedResume",
        "jobs_resumes.SharedResumeDay",
    ),
    url_name="resumes:mine",
    kinds=(Kind.SEEKER,),
    choices={"variant": dict(Variant.choices), "language": dict(Language.choices)},
)
