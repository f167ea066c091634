"""Applications with a team around them, notes, cards and yeses."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from accounts.identity.models import User
from accounts.seekers.models import SeekerProfile
from jobs.applications.models import Application
from jobs.postings.models import Posting
from jobs.talent.criteria import questions
from jobs.talent.models import Note, PoolEntry, Scorecard
from jobs.talent.services import cards, notes, pool
from tests.cast import Cast
from tests.jobs.applications.make import make_application
from tests.make import make_posting

SECRET = "听录音时讲得很清楚，语速合适"


def received(
    cast: Cast, *, state: str = "viewed", seeker: SeekerProfile | None = None
) -> Application:
    posting: Posting = make_posting(cast.organization)
    return make_application(seeker or cast.seeker, posting, state=state)


def name_colleague(cast: Cast, name: str = "邵一鸣") -> None:
    cast.colleague.display_name = name
    cast.colleague.save()


def noted(application: Application, actor: User, text: str = SECRET) -> Note:
    return notes.write_note(application=application, actor=actor, text=text)[0]


def codes(application: Application) -> list[str]:
    return [q.code for q in questions(cards.rows_for(application))]


def judged(
    application: Application, actor: User, *, mark: int = 3, comment: str = ""
) -> Scorecard:
    from jobs.talent.access import criteria_for

    chosen = criteria_for(application)
    return cards.send_card(
        application=application,
        actor=actor,
        marks=dict.fromkeys(codes(application), mark),
        comment=comment,
        version=chosen.version if chosen else 0,
    )


def asked(
    application: Application, actor: User, *, now: datetime | None = None
) -> PoolEntry:
    return pool.ask_to_keep(application=application, actor=actor, now=now)


def kept(
    cast: Cast, *, with_name: bool = False, now: datetime | None = None
) -> PoolEntry:
    """Somebody who was declined, asked, and said yes."""
    application = received(cast, state="declined")
    entry = asked(application, cast.employer, now=now)
    return pool.agree(
        entry=entry,
        actor=cast.seeker.user,
        with_name=with_name,
        now=now or timezone.now(),
    )
