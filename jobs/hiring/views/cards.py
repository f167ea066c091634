"""Turns applications into the cards of the board and the rows of the list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict
from django.urls import reverse

from jobs.applications.enums import WAITING_STATES, InterviewState
from jobs.applications.interview_access import open_interviews
from jobs.applications.models import Application, Interview
from jobs.hiring.rules.board import COLUMN_OF, Clock, Move, clock_of, possible_moves
from jobs.hiring.texts import COLUMN_NAMES
from jobs.postings.enums import PostingState

# What stands in the desk's own address; everything else is dropped on the way back.
KEPT = (
    "view",
    "column",
    "q",
    "posting",
    "city",
    "stage",
    "waited",
    "talk",
    "source",
    "unanswered",
    "mine",
    "sort",
)
# A step with a page of its own, by the name of its address.
PAGES = {
    "propose": "applications:propose",
    "call_off": "applications:call_off_received",
    "offer": "applications:write_offer",
}


@dataclass(frozen=True, slots=True)
class Card:
    """`talk` is the state of an open round; `clock` runs while they wait for us."""

    application: Application
    clock: Clock | None
    moves: list[Move]
    talk: str
    unread: int
    is_invited: bool

    @property
    def value(self) -> str:
        """As a tick box sends it: whom, and how it stood on the page."""
        return f"{self.application.public_id}.{self.application.version}"

    @property
    def ways(self) -> str:
        """For the page's script: column:event:how, one after the other."""
        return " ".join(f"{m.column}:{m.event}:{m.how}" for m in self.moves)

    @property
    def column_name(self) -> str:
        return str(COLUMN_NAMES[COLUMN_OF[self.application.state]])


def cards_of(found: Iterable[Application], *, now: datetime) -> list[Card]:
    """Needs what `access.with_marks` adds; one query for all of them."""
    applications = list(found)
    rounds = open_interviews(applications) if applications else {}
    return [_card(row, rounds.get(row.pk), now) for row in applications]


def _card(application: Application, interview: Interview | None, now: datetime) -> Card:
    waits = application.state in WAITING_STATES
    return Card(
        application=application,
        clock=clock_of(application.submitted_at, now=now) if waits else None,
        moves=moves_of(application),
        talk=interview.state if interview and _is_open(interview) else "",
        unread=getattr(application, "unread", 0),
        is_invited=getattr(application, "is_invited", False),
    )


def _is_open(interview: Interview) -> bool:
    """Nothing is settled yet: what is settled stands on the card as a time."""
    return interview.state in {InterviewState.PROPOSED, InterviewState.ASKED}


def moves_of(application: Application) -> list[Move]:
    removed = application.posting.state == PostingState.REMOVED
    return possible_moves(state=application.state, is_removed=removed)


def desk_query(asked: QueryDict) -> str:
    """The filters that are set, as they stand in an address."""
    query = QueryDict(mutable=True)
    for name in KEPT:
        if value := asked.get(name, ""):
            query[name] = value
    return query.urlencode()


def desk_address(query: str) -> str:
    """The desk with these filters; whatever is none of them is dropped."""
    kept = desk_query(QueryDict(query))
    return reverse("hiring:desk") + (f"?{kept}" if kept else "")
