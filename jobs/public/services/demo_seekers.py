from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from accounts.consent.enums import Purpose
from accounts.consent.models import Consent
from accounts.employers.models import Membership, Organization
from accounts.identity.enums import Kind
from accounts.identity.models import AuditEvent, User
from accounts.lib.dates import local_day
from accounts.lib.places import find_city
from accounts.seekers.enums import BlockReason, Visibility
from accounts.seekers.models import CompanyBlock, SeekerProfile, SkillClaim
from accounts.seekers.rules import claims_from
from jobs.alerts.forms import wanted_at
from jobs.alerts.services.searches import pause_search, save_search
from jobs.applications.access import APPLICATION_READ
from jobs.applications.enums import ENDED_STATES, ApplicationState
from jobs.applications.models import Application, ApplicationTransition
from jobs.applications.rules.snapshot import SNAPSHOT_VERSION
from jobs.applications.rules.workflow import APPLICATION
from jobs.applications.services.snapshots import snapshot_of
from jobs.applications.services.submissions import CONSENT_VERSION
from jobs.postings.models import Posting
from jobs.public.demo import content
from jobs.public.services.demo_accounts import make_account
from jobs.public.services.demo_contact import load_contact
from jobs.public.services.demo_interviews import (
    load_interviews,
    not_settled,
    settled_by,
    with_offers,
)
from jobs.public.services.demo_invitations import agree_to_be_found, load_invitation
from jobs.public.services.demo_offers import load_check_ins, load_offer
from jobs.resumes.services.answers import (
    Detail,
    begin_resume,
    save_details,
    save_group,
)
from jobs.resumes.services.history import add_station, save_about
from jobs.resumes.services.shares import share_resume

PLAIN = (
    "pseudonym",
    "contact_name",
    "district",
    "education",
    "birth_year",
    "past_roles",
    "years",
    "did",
    "wanted_occupations",
    "constraints",
    "min_pay",
    "wish_text",
    "needs_housing",
    "can_start",
)
VISIBILITY = {
    "pseudonym": Visibility.PSEUDONYM,
    "per_application": Visibility.PER_APPLICATION,
}
# The number that our own pages give as an example.
PHONE = "+8613800000000"
# Each thing happened this long before the hour of loading.
AGO = 40


def load_seekers(*, now: datetime, watch: Callable[[str, int], None]) -> None:
    postings = {row["slug"]: row for row in content.postings()}
    for row in [*content.seekers(), *content.applicants()]:
        profile = _profile(row, now)
        for story in row.get("applications", []):
            _application(profile, story, postings[story["posting"]], now)
        for asked in row.get("invitations", []):
            advert = postings[asked["posting"]]
            load_invitation(profile, asked, _posting(advert), now=now)
        watch("seekers", 1)


def load_person(
    row: dict[str, Any],
    stories: list[tuple[dict[str, Any], Posting]],
    *,
    now: datetime,
) -> list[Application]:
    """Somebody whose stories are about postings that are in no file."""
    profile = _profile(row, now)
    return [
        _applied(profile, story, posting, posting_owner(posting), now)
        for story, posting in stories
    ]


def posting_owner(posting: Posting) -> Organization:
    assert posting.organization is not None
    return posting.organization


def _profile(row: dict[str, Any], now: datetime) -> SeekerProfile:
    joined = now - timedelta(days=row["joined_days_ago"], hours=1)
    user = make_account(
        Kind.SEEKER,
        row["email"],
        row["pseudonym"],
        joined,
        one_tap=row.get("one_tap", True),
    )
    city = find_city(row.get("city", ""))
    finished = row["stage"] not in {"fresh", "profile_half"}
    profile = SeekerProfile(
        user=user,
        city_code=city.code if city else "",
        also_city_codes=_city_codes(row.get("also_cities", [])),
        done_steps=row["profile_done"],
        visibility=VISIBILITY.get(row.get("visibility", ""), Visibility.NOBODY),
        completed_at=joined + timedelta(minutes=10) if finished else None,
        created_at=joined,
    )
    for name in PLAIN:
        if name in row:
            setattr(profile, name, row[name])
    profile.save()
    SkillClaim.objects.bulk_create(
        SkillClaim(
            profile=profile,
            skill=claim.skill,
            source_answer=claim.source_answer,
            level=claim.level,
        )
        for claim in claims_from(profile.did)
    )
    _hide(profile, row)
    _resume(profile, row)
    _searches(profile, row)
    agree_to_be_found(profile)
    return profile


def _resume(profile: SeekerProfile, row: dict[str, Any]) -> None:
    told = row.get("resume")
    if not told:
        return
    actor = profile.user
    resume = begin_resume(profile=profile, actor=actor, language="zh-hans")
    for group, codes in told["did"].items():
        resume = save_group(resume=resume, actor=actor, group=group, codes=codes)
    details = {code: Detail(*given) for code, given in told["figures"].items()}
    save_details(resume=resume, actor=actor, details=details)
    save_about(
        resume=resume, actor=actor, summary=told["summary"], speaks=told["speaks"]
    )
    for station in told["stations"]:
        add_station(resume=resume, actor=actor, **station)
    for link in told["links"]:
        share_resume(resume=resume, actor=actor, **link)


def _searches(profile: SeekerProfile, row: dict[str, Any]) -> None:
    for told in row.get("searches", []):
        address = urlencode({"q": told["q"]})
        search = save_search(
            user=profile.user,
            query=wanted_at(address),
            name=told["name"],
            frequency=told["frequency"],
            address=address,
        )
        if told.get("is_paused"):
            pause_search(search=search)


def _city_codes(names: list[str]) -> list[str]:
    found = (find_city(name) for name in names)
    return [city.code for city in found if city]


def _hide(profile: SeekerProfile, row: dict[str, Any]) -> None:
    reasons = {
        "former_employers": BlockReason.FORMER,
        "also_hidden_from": BlockReason.CHOSEN,
    }
    names = {employer["slug"]: employer for employer in content.employers()}
    for key, reason in reasons.items():
        for slug in row.get(key, []):
            employer = names[slug]
            CompanyBlock.objects.create(
                profile=profile,
                uscc=employer["uscc"],
                name=employer["display_name"],
                reason=reason,
            )


def _application(
    profile: SeekerProfile,
    story: dict[str, Any],
    advert: dict[str, Any],
    now: datetime,
) -> None:
    _applied(profile, story, _posting(advert), _organization(advert), now)


def _applied(
    profile: SeekerProfile,
    story: dict[str, Any],
    posting: Posting,
    organization: Organization,
    now: datetime,
) -> Application:
    sent = now - timedelta(days=story["events"][0]["days_ago"], minutes=AGO)
    application = Application(
        posting=posting,
        organization=organization,
        seeker=profile,
        snapshot=snapshot_of(profile, name=profile.contact_name, phone=PHONE)
        | {"version": SNAPSHOT_VERSION},
        message=story["message"],
        calls=story.get("calls", profile.calls),
        declared_check=posting.screening_required,
        declared_stage=posting.screening_stage,
        declared_reason=posting.screening_reason,
        submitted_at=sent,
    )
    application.consent = _consent(application, profile)
    member = Membership.objects.filter(organization=organization).select_related("user")
    actors = {"seeker": profile.user, "employer": member.order_by("pk")[0].user}
    events = with_offers(story["events"])
    steps = [_step(application, event, now) for event in events]
    taken = [step for step in steps if step is not None]
    application.version = len(taken)
    application.save()
    if not application.is_shared:
        application.consent.withdrawn_at = application.processed_at
        application.consent.save()
    for step in taken:
        actor = actors.get(step.actor_kind)
        step.application, step.actor = application, actor
        step.save()
        if step.event == "view" and actor is not None:
            _note_reading(application, actor, step.at)
    ago = timedelta(minutes=AGO)
    load_interviews(application, events, actors, now=now, ago=ago)
    load_offer(application, story, actors["employer"], now=now)
    load_check_ins(application, story, now=now)
    load_contact(application, story, actors, now=now)
    return application


def _note_reading(application: Application, reader: User, at: datetime) -> None:
    """What the page writes when an employer opens it: the seeker sees who looked."""
    AuditEvent.objects.create(
        at=at,
        actor_id=reader.pk,
        actor_kind=reader.kind,
        action=APPLICATION_READ,
        object_type=application._meta.label,
        object_id=str(application.public_id),
        subject_id=application.seeker.user_id,
    )


def _consent(application: Application, profile: SeekerProfile) -> Consent:
    return Consent.objects.create(
        user=profile.user,
        purpose=Purpose.SEND_APPLICATION,
        version=CONSENT_VERSION,
        scope=application.consent_scope,
        granted_at=application.submitted_at,
    )


def _organization(advert: dict[str, Any]) -> Organization:
    names = {row["slug"]: row["uscc"] for row in content.employers()}
    return Organization.objects.get(uscc=names[advert["employer"]])


def _posting(advert: dict[str, Any]) -> Posting:
    found = Posting.objects.select_related("organization")
    return found.get(organization=_organization(advert), title=advert["title"])


def _step(
    application: Application, event: dict[str, Any], now: datetime
) -> ApplicationTransition | None:
    """Move the application on in memory by the real table; None for a reminder."""
    at = now - timedelta(days=event["days_ago"], minutes=AGO)
    step = ApplicationTransition(
        event=event["event"],
        actor_kind=event["actor"],
        reason=event.get("reason") or event.get("text", ""),
        to_state=ApplicationState.SUBMITTED,
        at=at,
    )
    if step.event == "warn":
        application.employer_warned_at = at
        return None
    if step.event == "submit":
        return step
    step.from_state = application.state
    row = APPLICATION.step(
        state=application.state,
        event=step.event,
        actor=step.actor_kind,
        reason=step.reason,
    )
    step.to_state = application.state = ApplicationState(row.target)
    step.detail = _changes(event, at, local_day(now))
    for name, value in step.detail.items():
        setattr(application, name, value)
    if application.state in ENDED_STATES:
        application.processed_at = at
    return step


def _changes(event: dict[str, Any], at: datetime, today: date) -> dict[str, Any]:
    """The fields that the step sets, as the services would."""
    match event["event"]:
        case "view":
            return {"viewed_at": at}
        case "propose":
            return not_settled()
        case "pick":
            return settled_by(event, at + timedelta(days=event["days_ago"]))
        case "offer":
            start = today + timedelta(days=event["start_in_days"])
            return {"offer_pay": event["offer_pay"], "offer_start": start}
        case "decline":
            return {
                "decline_reason": event["reason"],
                "decline_skill": event.get("skill", ""),
                "message_to_seeker": event["text"],
            }
    return {}
