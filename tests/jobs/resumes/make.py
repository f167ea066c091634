from __future__ import annotations

from collections.abc import Iterable

from accounts.seekers.models import SeekerProfile
from jobs.resumes.models import Resume, ResumeLine
from jobs.resumes.rules.answers import catalogue
from jobs.resumes.services.answers import begin_resume, save_group


def make_resume(
    profile: SeekerProfile,
    codes: Iterable[str] = ("calming", "inbound_calls", "train_new"),
    *,
    language: str = "zh-hans",
) -> Resume:
    """Answered through the services, group by group."""
    actor = profile.user
    resume = begin_resume(profile=profile, actor=actor, language=language)
    given = set(codes)
    answers = catalogue().answers
    for group in {answers[code].group: None for code in given}:
        resume = save_group(resume=resume, actor=actor, group=group, codes=given)
    return resume


def line_from(resume: Resume, source: str, variant: str = "support") -> ResumeLine:
    return resume.lines.get(source_answer=source, variant=variant)
