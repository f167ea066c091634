from __future__ import annotations

from datetime import date
from typing import Any

from accounts.employers.models import Organization
from jobs.matching.rules.facts import JobFacts, Seeker
from jobs.matching.rules.knowledge import default_knowledge
from jobs.matching.rules.normalise import facts_of_advert
from jobs.matching.rules.ranking import Match, rank
from jobs.matching.services.features import write_features
from jobs.postings.models import Posting
from tests.make import make_posting

TODAY = date(2026, 11, 23)


def make_job(**fields: Any) -> JobFacts:
    """A plain inbound hotline in Shanghai that breaks no limit."""
    values: dict[str, Any] = {
        "id": "job",
        "title": "热线客服",
        "employer": "青禾服务",
        "city": "3101",
        "occupations": (("inbound_hotline", 1.0),),
        "phone": 3,
        "is_day_shift": True,
        "works_late": False,
        "rest": "double",
        "pay_min": 5000,
        "pay_max": 6000,
        "disclosed": 0.8,
        "posted": "2026-11-20",
    }
    return JobFacts(**(values | fields))


def make_looking(**fields: Any) -> Seeker:
    """A collector in Shanghai who wants to answer calls and needs 4,500 yuan."""
    values: dict[str, Any] = {
        "id": "seeker",
        "city": "3101",
        "education": 1,
        "years": 3.0,
        "roles": ("phone_collector",),
        "skills": frozenset({"calm_upset_people", "phone_clarity"}),
        "wants": (("inbound_hotline", 1.0),),
        "min_pay": 4500,
    }
    return Seeker(**(values | fields))


def ranked(seeker: Seeker, *jobs: JobFacts) -> list[Match]:
    return rank(seeker, jobs, today=TODAY, knowledge=default_knowledge())


def points(seeker: Seeker, job: JobFacts) -> float:
    return ranked(seeker, job)[0].score.total


def read(title: str, description: str, **fields: Any) -> JobFacts:
    raw = {"id": "advert", "title": title, "description": description} | fields
    return facts_of_advert(raw, default_knowledge())


def publish(organization: Organization | None = None, **fields: Any) -> Posting:
    """An open posting that matching knows of, as the services of postings tell it."""
    posting = make_posting(organization, **fields)
    write_features([posting])
    return posting
