"""What an employer sees of its own hiring. Every function starts from the reader."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Min, Q, QuerySet
from django.http import Http404

from accounts.employers.access import membership_or_none, response_record
from accounts.employers.models import Membership, Organization, ResponseRecord
from accounts.employers.rules.covenant import LEAST_WAITS
from accounts.identity.enums import Kind
from accounts.identity.models import User
from accounts.lib.dates import SHANGHAI, local_day
from jobs.applications.access import covenant_pauses_of, inbox_of
from jobs.applications.enums import WAITING_STATES
from jobs.applications.models import Application, ApplicationTransition
from jobs.applications.rules.covenant import BREACHES_THAT_PAUSE_ALL
from jobs.applications.rules.responses import ANSWERS, Wait
from jobs.applications.rules.timeline import answer_due
from jobs.applications.services.covenant import breaches_of
from jobs.insights.enums import Seen, Source
from jobs.insights.models import PostingDay
from jobs.insights.rules.funnel import funnel
from jobs.insights.rules.record import Board, Month, board_of, months_until, trend
from jobs.insights.rules.weeks import by_week, finished_weeks
from jobs.postings.access import employer_only, posting_of, postings_of
from jobs.postings.models import Posting
from jobs.screening.models.sanctions import Sanction
from jobs.screening.rules.transparency import Cell, Line, line, share


def membership_of(user: User) -> Membership | None:
    """404 for everybody who does not hire; None for an employer without organisation."""
    employer_only(user)
    return membership_or_none(user)


@dataclass(frozen=True, slots=True)
class Record:
    """How an organisation stands; what seekers see of it is `shown`."""

    organization: Organization
    shown: ResponseRecord | None
    board: Board
    months: list[Month]
    waiting: int
    late_soon: int
    breaches: int
    breaches_left: int
    pauses: list[Sanction]


# Within so many days an answer is due: worth saying how many.
SOON = timedelta(days=3)


def record_of(user: User, membership: Membership, *, now: datetime) -> Record:
    organization = membership.organization
    waiting = inbox_of(user).filter(state__in=WAITING_STATES)
    due = [answer_due(sent) for sent in waiting.values_list("submitted_at", flat=True)]
    breaches = len(breaches_of(organization, now=now))
    return Record(
        organization=organization,
        shown=response_record(organization),
        board=_board(),
        months=_months(organization, now),
        waiting=len(due),
        late_soon=sum(moment <= now + SOON for moment in due),
        breaches=breaches,
        breaches_left=max(0, BREACHES_THAT_PAUSE_ALL - breaches),
        pauses=list(covenant_pauses_of(user).standing()),
    )


def _board() -> Board:
    rows = ResponseRecord.objects.filter(waits__gte=LEAST_WAITS)
    return board_of(list(rows.values_list("waits", "answered", "median_hours")))


def _months(organization: Organization, now: datetime) -> list[Month]:
    starts = months_until(local_day(now))
    since = datetime.combine(starts[0], time(), tzinfo=SHANGHAI)
    answer = Min("transitions__at", filter=Q(transitions__event__in=ANSWERS))
    rows = Application.objects.filter(
        organization=organization, submitted_at__gte=since
    ).annotate(first_answer=answer)
    found = rows.values_list("submitted_at", "first_answer", "state")
    waits = ((local_day(sent), Wait(sent, said, state)) for sent, said, state in found)
    return trend(waits, starts)


# ---- From a list to a hire


@dataclass(frozen=True, slots=True)
class Funnel:
    """`seen` by kind of Seen; `stages` by Stage, the employer's own list counted."""

    posting: Posting
    seen: dict[str, Line]
    stages: dict[str, int]


@dataclass(frozen=True, slots=True)
class Detail:
    funnel: Funnel
    weeks: list[date]
    sources: dict[str, Cell]


def live_postings_of(user: User) -> QuerySet[Posting]:
    """The organisation's postings that are or were open, the latest first."""
    rows = postings_of(user).filter(published_at__isnull=False)
    return rows.order_by("-published_at", "-pk")


def published_posting_of(user: User, public_id: UUID) -> Posting:
    """One of them; 404 for drafts, which nobody could have seen, and for others'."""
    posting = posting_of(user, public_id)
    if posting.published_at is None:
        raise Http404
    return posting


def funnels_of(postings: Iterable[Posting], *, today: date) -> list[Funnel]:
    """Two queries for all of them; `postings` come from a function above."""
    rows = list(postings)
    weeks = finished_weeks(today)
    days = _days([posting.pk for posting in rows], weeks)
    stages = _stages([posting.pk for posting in rows], weeks[0])
    return [
        Funnel(
            posting,
            {kind: _line(days.get(posting.pk, []), kind, weeks) for kind in Seen},
            stages[posting.pk],
        )
        for posting in rows
    ]


def detail_of(posting: Posting, *, today: date) -> Detail:
    weeks = finished_weeks(today)
    days = _days([posting.pk], weeks).get(posting.pk, [])
    opened = [(source, count) for _day, kind, source, count in days if kind == "opened"]
    whole = sum(count for _source, count in opened)
    parts = {s.value: sum(c for name, c in opened if name == s) for s in Source}
    return Detail(
        funnels_of([posting], today=today)[0],
        weeks,
        {source: share(part, whole) for source, part in parts.items()},
    )


_Day = tuple[date, str, str, int]


def _days(keys: Collection[int], weeks: list[date]) -> dict[int, list[_Day]]:
    until = weeks[-1] + timedelta(days=7)
    rows = PostingDay.objects.filter(posting__in=keys, day__gte=weeks[0], day__lt=until)
    found: dict[int, list[_Day]] = defaultdict(list)
    for key, *rest in rows.values_list("posting", "day", "kind", "source", "count"):
        found[key].append(tuple(rest))  # type: ignore[arg-type]
    return found


def _line(days: list[_Day], kind: str, weeks: list[date]) -> Line:
    counts = ((day, count) for day, name, _source, count in days if name == kind)
    return line(by_week(counts, weeks))


def _stages(keys: Collection[int], since: date) -> dict[int, dict[str, int]]:
    """Of applications sent since that day, by the states each of them was in."""
    start = datetime.combine(since, time(), tzinfo=SHANGHAI)
    rows = ApplicationTransition.objects.filter(
        application__posting__in=keys, application__submitted_at__gte=start
    ).values_list("application__posting", "application", "to_state")
    found: dict[int, dict[int, set[str]]] = {key: defaultdict(set) for key in keys}
    for posting, application, state in rows:
        found[posting][application].add(state)
    return {key: funnel(states.values()) for key, states in found.items()}


def operators_only(user: User) -> None:
    if user.kind != Kind.OPERATOR:
        raise Http404
