"""The months before: jobs that were filled and the people who applied, so that records
of employers have something to say; and a town full of people who may be found."""

from __future__ import annotations

import copy
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from accounts.employers.models import Organization
from accounts.lib.dates import local_day
from jobs.applications.models import RetentionCheck
from jobs.postings.models import Posting, PostingTransition
from jobs.postings.services import end_of_day
from jobs.public.services.demo_seekers import load_person

# Applicants of each, how many days an answer took, how many were left without one.
PAST: dict[str, tuple[int, int, int]] = {
    "haitangwan": (14, 2, 1),
    "huangge": (6, 3, 0),
    "shiliuzi": (5, 5, 1),
    "chiyuan": (7, 4, 0),
    "chenghu": (9, 4, 2),
    "qinghe": (6, 1, 0),
}
HIRED = {"haitangwan": 6}
BEGAN_DAYS_AGO, FILLED_DAYS_AGO = 170, 45
MESSAGE = "我能接电话，也能打字，随时可以来。"
NO_THANKS = "这次的班次对不上。以后有合适的再联系你。"
FAMILY = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
# Whoever may be found: what each of five kinds of people will not do.
LIMITS = (
    ["no_collection"],
    ["no_collection", "weekends_off"],
    ["no_collection", "no_outbound_sales"],
    ["no_collection", "no_phone"],
    ["no_collection", "no_phone", "no_night_shift"],
)
FOUND_IN_TOWN = 40
WANTED = (
    ["inbound_hotline"],
    ["online_chat"],
    ["complaint_handling"],
    ["office_clerk"],
)
DID = ["calm_upset_people", "negotiate_instalments", "keep_records", "explain_bills"]


def load_past(organizations: dict[str, Organization], *, now: datetime) -> None:
    number = 0
    for slug, (applicants, days, silent) in PAST.items():
        posting = _filled(organizations[slug], now)
        for place in range(applicants):
            events = list(
                _events(
                    place,
                    days=days,
                    is_silent=place < silent,
                    is_hired=silent <= place < silent + HIRED.get(slug, 0),
                )
            )
            number += 1
            (application,) = load_person(
                _person(number, "past", "nobody"),
                [({"message": MESSAGE, "events": events}, posting)],
                now=now,
            )
            if events[-1]["event"] == "accept":
                _stayed(application, place, now)
    for place in range(FOUND_IN_TOWN):
        load_person(_person(place, "town", "pseudonym"), [], now=now)


def _filled(organization: Organization, now: datetime) -> Posting:
    """What its first open job was half a year ago, filled since."""
    model = Posting.objects.filter(
        organization=organization, state="published"
    ).order_by("pk")[0]
    posting = copy.copy(model)
    began = now - timedelta(days=BEGAN_DAYS_AGO)
    over = now - timedelta(days=FILLED_DAYS_AGO)
    posting.pk, posting.public_id = None, uuid.uuid4()
    posting._state.adding = True
    posting.title = f"{model.title[:54]}（第一批）"
    posting.state = "filled"
    posting.submitted_at = began - timedelta(hours=5)
    posting.published_at = posting.created_at = began
    posting.date_posted = local_day(began)
    posting.valid_through = end_of_day(local_day(over))
    posting.ended_at = over
    posting.save()
    steps = (
        ("submit", "draft", "in_review", "employer", posting.submitted_at),
        ("approve", "in_review", "published", "moderator", began),
        ("fill", "published", "filled", "employer", over),
    )
    for event, source, target, who, at in steps:
        PostingTransition.objects.create(
            posting=posting,
            event=event,
            from_state=source,
            to_state=target,
            actor=posting.created_by,
            actor_kind=who,
            at=at,
        )
    return posting


def _events(
    place: int, *, days: int, is_silent: bool, is_hired: bool
) -> Iterator[dict[str, Any]]:
    # Five at a time, so that a month has enough to say something.
    sent = BEGAN_DAYS_AGO - 3 - place // 5 * 40 - place % 5 * 2
    yield {"event": "submit", "days_ago": sent, "actor": "seeker"}
    if is_silent:
        yield {
            "event": "give_up_waiting",
            "days_ago": max(sent - 14, 61),
            "actor": "system",
        }
        return
    yield {"event": "view", "days_ago": sent - 1, "actor": "employer"}
    answered = sent - days
    if not is_hired:
        yield {
            "event": "decline",
            "days_ago": answered,
            "actor": "employer",
            "reason": "schedule",
            "text": NO_THANKS,
        }
        return
    yield {"event": "shortlist", "days_ago": answered, "actor": "employer"}
    yield {
        "event": "offer",
        "days_ago": answered - 3,
        "actor": "employer",
        "offer_pay": 5600,
        "start_in_days": 10 - answered,
        "text": "",
    }
    yield {"event": "accept", "days_ago": answered - 5, "actor": "seeker"}


def _stayed(application: Any, place: int, now: datetime) -> None:
    """Asked after 90 days where these are over: all but one are still there."""
    start = application.offer_start
    if (local_day(now) - start).days < 90:
        return
    asked = now - timedelta(days=(local_day(now) - start).days - 90)
    RetentionCheck.objects.create(
        application=application,
        day=90,
        respondent="seeker",
        asked_at=asked,
        answer="no" if place == 2 else "yes",
        answered_at=asked + timedelta(hours=4),
        promised="as_said",
        debt_contact="none",
    )


def _person(number: int, kind: str, visibility: str) -> dict[str, Any]:
    return {
        "email": f"{kind}{number}@example.com",
        "one_tap": False,
        "pseudonym": f"{FAMILY[number % len(FAMILY)]}{'海山川林'[number % 4]}",
        "contact_name": f"示例 {FAMILY[number % len(FAMILY)]}",
        "stage": "matched",
        "joined_days_ago": 175 if kind == "past" else 20 + number,
        "city": "上海",
        "education": "high_school",
        "birth_year": 1998 + number % 7,
        "past_roles": ["phone_collector"],
        "years": 1 + number % 5,
        "did": DID,
        "wanted_occupations": WANTED[number % len(WANTED)],
        "constraints": LIMITS[number % len(LIMITS)],
        "min_pay": 5000 + number % 9 * 1000,
        "visibility": visibility,
        "profile_done": [
            "place",
            "past",
            "did",
            "limits",
            "wanted",
            "pay",
            "education",
            "hidden",
            "contact",
            "review",
        ],
    }
