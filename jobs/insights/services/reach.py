from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from accounts.lib.dates import local_day
from jobs.applications.access import not_to_show
from jobs.insights.models import PostingReach
from jobs.insights.rules.widening import shown_count, variants, worth_telling
from jobs.matching.access.candidates import may_look, pool_for
from jobs.matching.rules.facts import JobFacts, Seeker
from jobs.matching.rules.knowledge import default_knowledge
from jobs.matching.rules.shortlist import suited_for
from jobs.matching.services.features import facts_for
from jobs.postings.models import Posting


def reach_of(posting: Posting, *, now: datetime | None = None) -> PostingReach | None:
    """How many people it suits and what would bring more; counted once a day.

    None while the employer may not look at people at all. Once a day, so that nobody
    learns about one person by changing a word and looking again.
    """
    now = now or timezone.now()
    if not may_look(posting, now=now):
        return None
    day = local_day(now)
    kept = PostingReach.objects.filter(posting=posting).first()
    if kept is not None and kept.day == day:
        return kept
    suited, more = _counted(posting, now)
    row, _created = PostingReach.objects.update_or_create(
        posting=posting, defaults={"day": day, "suited": suited, "more": more}
    )
    return row


def _counted(posting: Posting, now: datetime) -> tuple[int, dict[str, int]]:
    people = pool_for(posting, without=not_to_show(posting), now=now)
    job = facts_for(posting)
    today = _how_many(job, people, now)
    after = {code: _how_many(one, people, now) for code, one in variants(job).items()}
    return shown_count(today), worth_telling(today, after)


def _how_many(job: JobFacts, people: list[Seeker], now: datetime) -> int:
    found = suited_for(job, people, today=local_day(now), knowledge=default_knowledge())
    return len(found)
