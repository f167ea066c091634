"""A group with a code and its figures, and people whom a counselor helps."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from accounts.assisted.services.drafts import begin_for
from accounts.assisted.services.grants import let_read
from accounts.cohorts.models import Cohort, CohortFigure
from accounts.cohorts.services import cohorts
from accounts.cohorts.services.sessions import publish_session
from accounts.counselors.models import CounselorProfile
from accounts.identity.enums import Kind
from accounts.identity.models import User
from accounts.lib.dates import local_day
from accounts.lib.places import find_city
from accounts.seekers.enums import Step
from accounts.seekers.models import SeekerProfile
from jobs.applications.access_pledges import postings_to_pledge
from jobs.applications.services.pledges import make_pledge
from jobs.applications.services.prepared import prepare_application
from jobs.postings.models import Posting
from jobs.public.demo import content
from jobs.public.demo.guide import sign_in_addresses
from jobs.public.services.demo_accounts import make_account

WEEK = timedelta(days=7)


def load_helping(operator: User, *, now: datetime) -> None:
    for row in content.read("helping")["groups"]:
        _load_group(row, operator, now)
    for row in content.read("helping")["drafts"]:
        _load_draft(row)
    for row in content.read("helping")["prepared"]:
        _load_prepared(row)


def _load_group(row: dict[str, Any], operator: User, now: datetime) -> None:
    opened = now - timedelta(days=row["opened_days_ago"])
    city = find_city(row["city"])
    cohort = cohorts.create_cohort(
        actor=operator,
        label=row["label"],
        giver_kind=row["giver_kind"],
        city_code=city.code if city else "",
        former_employer=row["former_employer"],
        opens_at=opened,
        closes_at=opened + timedelta(days=row["open_days"]),
        size_limit=row["size_limit"],
    )
    for number in range(row["members"]):
        _join(cohort, number, opened, is_finished=number >= row["unfinished"])
    for slug in row["joined_by"]:
        cohorts.join_cohort(cohort=cohort, user=_person(slug))
    # As if the group had been there last week: this Monday's figures are taken now.
    for figure in CohortFigure.objects.filter(cohort=cohort):
        figure.counted_on -= WEEK
        figure.save(update_fields=["counted_on"])
    cohorts.count_cohorts(today=local_day(now))
    _load_offers(row, cohort, operator, now)


def _join(cohort: Cohort, number: int, opened: datetime, *, is_finished: bool) -> None:
    """Somebody made up who is in no other story and whom no employer sees."""
    user = make_account(
        Kind.SEEKER, f"group{number}@example.com", "", opened, one_tap=False
    )
    SeekerProfile.objects.create(
        user=user,
        pseudonym=f"示例 {number + 1}",
        city_code=cohort.city_code,
        completed_at=opened if is_finished else None,
    )
    cohorts.join_cohort(cohort=cohort, user=user)


def _load_offers(
    row: dict[str, Any], cohort: Cohort, operator: User, now: datetime
) -> None:
    talk, pledge = row["talk"], row["pledge"]
    publish_session(
        cohort=cohort,
        actor=operator,
        title=talk["title"],
        starts_at=(now + timedelta(days=talk["in_days"])).replace(
            hour=10, minute=0, second=0, microsecond=0
        ),
        place=talk["place"],
        seats=talk["seats"],
    )
    member = _person(pledge["employer"])
    posting = postings_to_pledge(member).first()
    if posting is not None:
        make_pledge(actor=member, cohort=cohort, posting=posting, seats=pledge["seats"])


def _load_draft(row: dict[str, Any]) -> None:
    city = find_city(row["city"])
    begin_for(
        sender=_counselor(row["counselor"]),
        origin=row["origin"],
        label=row["label"],
        contact=row["contact"],
        answers={
            Step.PLACE: {"city_code": city.code if city else ""},
            Step.PAST: {"past_roles": row["past_roles"]},
            Step.DID: {"did": row["did"]},
        },
    )


def _load_prepared(row: dict[str, Any]) -> None:
    counselor, person = _counselor(row["counselor"]), _person(row["seeker"])
    seeker = SeekerProfile.objects.get(user=person)
    grant = let_read(seeker=seeker, counselor=counselor, actor=person)
    advert = next(p for p in content.postings() if p["slug"] == row["posting"])
    prepare_application(
        grant=grant,
        actor=counselor.user,
        posting=Posting.objects.get(title=advert["title"], state="published"),
        message=row["message"],
    )


def _person(slug: str) -> User:
    return User.objects.get(email=sign_in_addresses()[slug])


def _counselor(slug: str) -> CounselorProfile:
    return CounselorProfile.objects.get(user=_person(slug))
