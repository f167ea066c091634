from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.identity.models import User
from accounts.lib.occupations import occupation_by_code
from accounts.seekers.access import profile_for
from accounts.seekers.claims import MoreClaim
from accounts.seekers.enums import Skill
from accounts.seekers.models import SeekerProfile
from jobs.resumes.enums import Variant
from jobs.resumes.models import Resume, ResumeLine, ResumeStation, SharedResume
from jobs.resumes.rules.skills import core_claims, finer_skills
from jobs.resumes.rules.translate import MOST_SHOWN
from jobs.resumes.rules.variants import variant_for, which_stand

# Before the code of an answer, as the source of a skill.
CLAIM = "resume:"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One variant: `standing` is what is printed and sent, `waiting` is kept aside.

    `orphans` are edited lines whose answer was taken back: they never stand.
    """

    variant: Variant
    standing: tuple[ResumeLine, ...]
    waiting: tuple[ResumeLine, ...]
    orphans: tuple[ResumeLine, ...]


def resume_or_none(user: User) -> Resume | None:
    """The seeker's own; None before the first answer, 404 for every other kind."""
    return Resume.objects.filter(profile=profile_for(user)).first()


def line_of(user: User, public_id: UUID) -> ResumeLine:
    """404 for everyone but the seeker who has it."""
    lines = ResumeLine.objects.select_related("resume__profile__user")
    return get_object_or_404(
        lines, public_id=public_id, resume__profile=profile_for(user)
    )


def variant_or_404(code: str) -> Variant:
    if code not in Variant:
        raise Http404
    return Variant(code)


def sheets_of(resume: Resume) -> list[Sheet]:
    """All variants in order. Two queries."""
    answered = set(resume.answers.values_list("code", flat=True))
    lines = list(resume.lines.all())
    return [
        _sheet(v, [line for line in lines if line.variant == v], answered)
        for v in Variant
    ]


def sheet_of(resume: Resume, variant: Variant) -> Sheet:
    """One variant. Two queries."""
    return next(sheet for sheet in sheets_of(resume) if sheet.variant == variant)


def resume_or_404(user: User) -> Resume:
    """The seeker's own, once there is one."""
    return get_object_or_404(Resume, profile=profile_for(user))


def station_of(user: User, public_id: UUID) -> ResumeStation:
    """404 for everyone but the seeker who has it."""
    return get_object_or_404(
        ResumeStation, public_id=public_id, resume__profile=profile_for(user)
    )


def share_of(user: User, public_id: UUID) -> SharedResume:
    """404 for everyone but the seeker who made it."""
    return get_object_or_404(
        SharedResume, public_id=public_id, resume__profile=profile_for(user)
    )


def shares_of(resume: Resume) -> list[SharedResume]:
    """Newest first, with their days."""
    return list(resume.shares.prefetch_related("days"))


def _sheet(variant: Variant, lines: list[ResumeLine], answered: set[str]) -> Sheet:
    with_source = [row for row in lines if row.is_own or row.source_answer in answered]
    stand = which_stand([row.is_wanted for row in with_source], MOST_SHOWN)
    pairs = list(zip(with_source, stand, strict=True))
    return Sheet(
        variant=variant,
        standing=tuple(row for row, stands in pairs if stands),
        waiting=tuple(row for row, stands in pairs if not stands),
        orphans=tuple(row for row in lines if row not in with_source),
    )


def sendable_sheets(profile: SeekerProfile) -> dict[str, list[str]]:
    """The lines of each variant that would go along with an application; {} without any."""
    resume = Resume.objects.filter(profile=profile).first()
    if resume is None:
        return {}
    return {
        sheet.variant.value: [line.text for line in sheet.standing]
        for sheet in sheets_of(resume)
        if sheet.standing
    }


def resume_to_send(profile: SeekerProfile, variant: str) -> dict[str, Any] | None:
    """One variant as an application keeps it; None where no line stands."""
    resume = Resume.objects.filter(profile=profile).first()
    lines = sendable_sheets(profile).get(variant, [])
    if resume is None or not lines:
        return None
    return {"variant": variant, "language": resume.language, "lines": lines}


def fitting_variant(occupation: str) -> str:
    """The variant that suits postings of this occupation."""
    found = occupation_by_code(occupation)
    return variant_for(occupation, found.group.code if found else "")


def claims_of(profile: SeekerProfile) -> Iterable[MoreClaim]:
    """Skills that the résumé's answers show, for the profile."""
    claims = core_claims(_codes_of(profile))
    return [
        MoreClaim(Skill(skill), CLAIM + code, min(count, 3))
        for skill, (code, count) in claims.items()
    ]


def skills_of(profile: SeekerProfile) -> list[str]:
    """Codes of the fine vocabulary that the answers show; lines never add one."""
    return finer_skills(_codes_of(profile))


def _codes_of(profile: SeekerProfile) -> list[str]:
    resumes = Resume.objects.filter(profile=profile)
    return [code for code in resumes.values_list("answers__code", flat=True) if code]


def export_resume(user: User) -> dict[str, Any] | None:
    """Everything held here about a seeker, as values that JSON can hold."""
    resume = Resume.objects.filter(profile__user=user).first()
    if resume is None:
        return None
    return {
        "language": resume.language,
        "summary": resume.summary,
        "speaks": resume.speaks,
        "stations": [
            {
                "kind": row.kind,
                "place": row.place,
                "title": row.title,
                "begins": row.begins,
                "ends": row.ends,
            }
            for row in resume.stations.all()
        ],
        "shares": [_exported(share) for share in shares_of(resume)],
        "answers": list(resume.answers.values("code", "low", "high", "name")),
        "lines": list(
            resume.lines.values(
                "variant", "text", "original", "offered", "source_answer", "is_wanted"
            )
        ),
    }


def _exported(share: SharedResume) -> dict[str, Any]:
    """Without the link itself: whoever finds the export must not be able to open it."""
    return {
        "variant": share.variant,
        "identity": share.identity,
        "created_at": share.created_at.isoformat(),
        "expires_at": share.expires_at.isoformat(),
        "revoked_at": share.revoked_at.isoformat() if share.revoked_at else None,
        "views": {str(row.day): row.views for row in share.days.all()},
    }
