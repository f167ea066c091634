"""Who looks at what: every page of the site with the demo loaded, role by role."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from accounts.assisted.access import person_token
from accounts.assisted.models import AssistedProfile, ProfileGrant
from accounts.cohorts.access import counts_token
from accounts.cohorts.models import Cohort
from accounts.counselors.models import CounselorProfile
from accounts.employers.models import Organization
from accounts.evidence.models import Document
from accounts.identity.models import OutboxMessage, User
from accounts.seekers.enums import Step
from jobs.alerts.access import stop_token
from jobs.alerts.models import SavedSearch
from jobs.applications.access import not_to_show
from jobs.applications.interview_access import open_interview
from jobs.applications.models import Application, Invitation, PreparedApplication
from jobs.editor.rules.steps import STEPS
from jobs.feeds.models import BulkRun, FeedSource
from jobs.matching.access.candidates import candidates_for
from jobs.postings.enums import PostingState
from jobs.postings.models import Posting
from jobs.public.demo.guide import sign_in_addresses
from jobs.resumes.models import SharedResume
from jobs.resumes.services.shares import token_of
from jobs.screening.access import samples_for
from jobs.talent.models import PoolEntry, Scorecard
from jobs.webhooks.models import Delivery, Endpoint
from tests.e2e import care


@dataclass(frozen=True, slots=True)
class Visit:
    """One person's walk; nobody is signed in when `user` is empty.

    `refused` are pages that rightly say no (404 or 410).
    """

    user: str
    paths: tuple[str, ...]
    refused: tuple[str, ...] = ()


# Those whose home page has something to decide or to be glad about.
DECISIONS = {"interview", "offered", "hired"}
ACCOUNT = (
    "/account/",
    "/account/trail/",
    "/account/privacy/",
    "/account/privacy/looks/",
    "/account/privacy/agreements/",
    "/account/privacy/copy/",
    "/account/privacy/delete/",
    "/account/email/",
    "/account/phone/change/",
    "/account/password/set/",
    "/account/2fa/",
    "/account/sessions/",
    "/account/logout/",
    "/account/discreet/",
    "/account/discreet/pin/",
)
PUBLIC = (
    "/",
    "/jobs/",
    "/paths/",
    "/jobs/?city=3101&weekends=on&no_phone=on",
    "/jobs/?q=zxqv&shift=day",
    "/jobs/?q=不打电话 双休 客服 五千以上",
    "/jobs/?q=浦东&sort=nearest",
    "/jobs/?q=客付 两万以上 南山",
    "/help/?region=mainland",
    "/help/?region=hongkong",
    "/help/?region=taiwan",
    "/help/plan/",
    "/offline/",
    "/account/login/",
    "/account/signup/",
    "/account/signup/?kind=employer",
    "/account/login/code/",
    "/account/password/reset/",
    "/counselors/",
    "/review/rules/",
    "/transparency/",
    "/traps/",
    "/paths/?from=qa&from=trainer&only=no_phone&tier=first",
    "/paths/?from=phone_collector&only=no_phone&only=no_debtors&only=day&only=no_college",
    "/paths/online_chat/?from=phone_collector",
    "/paths/legal_assistant/",
    "/paths/skills/typing/",
    "/paths/method/",
    "/rights/",
    "/rights/severance/",
    "/rights/unemployment/",
    "/rights/wages/",
    "/rights/wages/?paper=1",
    "/rights/claim/",
    "/rights/noncompete/",
    "/rights/exposure/",
    "/rights/exposure/?paper=1",
    "/about/",
    "/terms/",
    "/privacy/",
    "/style/",
    "/demo/sign-in/",
    "/demo/outbox/",
)


def visits() -> dict[str, list[Visit]]:
    return {
        "anonymous": [_visitor()],
        "seeker": [_matched(), *_applicants()],
        "newcomer": [_newcomer()],
        "employer": [*_employers()],
        "counselor": [_counselor()],
        "moderator": [_moderator()],
        "operator": [_operator()],
    }


def _counselor() -> Visit:
    paper = "/counselors/mine/documents/counselor_credential/"
    slip = AssistedProfile.objects.exclude(slip_print="").get()
    grant, prepared = ProfileGrant.objects.get(), PreparedApplication.objects.get()
    return _person(
        "career",
        "/counselors/mine/",
        "/counselors/mine/edit/",
        paper,
        "/assisted/",
        "/assisted/start/",
        f"/assisted/slips/{slip.public_id}/",
        f"/assisted/people/{grant.public_id}/",
        f"/jobs/{prepared.posting.public_id}/",
        f"/applications/prepare/{prepared.posting.public_id}/",
        *care.pages_of_counselor(sign_in_addresses()["career"]),
    )


def _operator() -> Visit:
    group = f"/cohorts/{Cohort.objects.get().public_id}/"
    return _person(
        "operator",
        "/insights/onboarding/",
        "/cohorts/",
        "/cohorts/new/",
        group,
        f"{group}poster/",
        f"{group}talks/",
        *care.OPERATOR,
        *_console(),
    )


def _console() -> Iterator[str]:
    """Not the admin: its markup is a library's."""
    yield "/operations/"
    for page in ("tasks", "outbox", "switches", "organizations", "retention"):
        yield f"/operations/{page}/"
    yield "/operations/tasks/jobs.applications.chase_unanswered/"
    yield "/operations/tasks/accounts.consent.erase_due_accounts/"
    failed = OutboxMessage.objects.get(dedupe_key="demo:operations:failed")
    yield f"/operations/outbox/{failed.public_id}/"
    yield "/operations/switches/announcement/"
    yield "/operations/switches/api_writes/"
    yield "/operations/switches/announcement/text/"
    first = Organization.objects.order_by("pk")[:1].get()
    yield f"/operations/organizations/{first.public_id}/"
    yield "/operations/trail/"
    yield "/operations/figures/"


def _helped() -> Iterator[str]:
    """What somebody meets who has a code, a slip or a link."""
    cohort = Cohort.objects.get()
    yield "/join/"
    yield f"/join/{cohort.code}/"
    yield f"/cohorts/counts/{counts_token(cohort)}/"
    yield "/assisted/code/"
    for draft in AssistedProfile.objects.order_by("pk"):
        yield f"/assisted/for-you/{person_token(draft)}/"


def _person(slug: str, *paths: str) -> Visit:
    email = sign_in_addresses()[slug]
    return Visit(str(User.objects.get(email=email).public_id), paths)


def _posting(**wanted: Any) -> Posting:
    return Posting.objects.filter(**wanted).order_by("pk")[:1].get()


def _visitor() -> Visit:
    states = (PostingState.PUBLISHED, PostingState.EXPIRED, PostingState.FILLED)
    details = tuple(f"/jobs/{_posting(state=state).public_id}/" for state in states)
    link = f"/resume/s/{token_of(SharedResume.objects.order_by('pk')[:1].get())}/"
    paths = (
        *PUBLIC,
        *details,
        "/review/rules/data-illegal-lookup/",
        link,
        *_helped(),
    )
    return Visit("", paths, refused=("/nothing-is-here/", "/resume/s/guess/"))


def _matched() -> Visit:
    posting = _posting(state=PostingState.PUBLISHED, city_code="3101").public_id
    expired = _posting(state=PostingState.EXPIRED).public_id
    walk = _person(
        "matched",
        "/",
        "/matches/",
        "/matches/left-out/",
        "/paths/",
        "/matches/how/",
        "/matches/said/",
        f"/matches/{posting}/no/",
        f"/matches/{posting}/why/",
        f"/jobs/{posting}/",
        f"/applications/to/{posting}/",
        "/applications/",
        "/applications/saved/",
        *_to_pick("matched"),
        "/applications/offers/",
        "/applications/offers/?pin=hourly&pin=commute",
        *_invitations("matched"),
        *_asked("matched"),
        "/profile/",
        "/profile/contact/",
        "/profile/seen/",
        "/profile/seen/?q=客服",
        "/profile/review/",
        "/resume/",
        "/resume/did/rules/",
        "/resume/figures/",
        "/resume/print/support/",
        "/resume/print/support/?as=pseudonym",
        "/resume/history/",
        "/resume/history/add/job/",
        "/resume/links/",
        "/resume/import/",
        *_searches("matched"),
        "/cohorts/mine/",
        *care.pages_of_seeker(sign_in_addresses()["matched"]),
        "/assisted/helpers/",
        f"/applications/prepared/{PreparedApplication.objects.get().public_id}/",
        *ACCOUNT,
    )
    gone = (f"/applications/to/{expired}/", "/alerts/stop/s1.x:forged/")
    return replace(walk, refused=gone)


def _searches(slug: str) -> Iterator[str]:
    yield "/alerts/"
    yield "/alerts/new/"
    yield "/alerts/new/?q=夜班 仓库&city=4403"
    user = User.objects.get(email=sign_in_addresses()[slug])
    for search in SavedSearch.objects.filter(user=user).order_by("slot"):
        yield f"/alerts/{search.public_id}/"
    for page in ("change", "delete"):
        yield f"/alerts/{search.public_id}/{page}/"
    yield f"/alerts/stop/{stop_token(search)}/"


def _to_pick(slug: str) -> Iterator[str]:
    user = User.objects.get(email=sign_in_addresses()[slug])
    for application in Application.objects.filter(seeker__user=user):
        yield f"/applications/{application.public_id}/"
        yield from _settling(application)


def _asked(slug: str) -> Iterator[str]:
    user = User.objects.get(email=sign_in_addresses()[slug])
    for entry in PoolEntry.objects.filter(seeker__user=user):
        yield f"/talent/asked/{entry.public_id}/"


def _invitations(slug: str) -> Iterator[str]:
    user = User.objects.get(email=sign_in_addresses()[slug])
    for row in Invitation.objects.filter(seeker__user=user):
        yield f"/applications/invited/{row.public_id}/"


def _applicants() -> list[Visit]:
    """One application in each state the demo has, seen by who sent it."""
    found = Application.objects.select_related("seeker__user").order_by("state", "pk")
    visits = []
    for application in found.distinct("state"):
        user = application.seeker.user
        page = f"/applications/{application.public_id}/"
        settling = _settling(application)
        home = ("/",) if application.state in DECISIONS else ()
        more = ("check-in/", "others/") if application.state == "hired" else ("sent/",)
        own = (*home, page, *(page + name for name in more), *settling)
        visits.append(Visit(str(user.public_id), own))
    waiting = _first_of("submitted")
    withdraw = f"/applications/{waiting.public_id}/withdraw/"
    return [*visits, Visit(str(waiting.seeker.user.public_id), (withdraw,))]


def _settling(application: Application) -> Iterator[str]:
    """The pages on which a talk is moved or called off."""
    if open_interview(application):
        yield "/applications/appointments/"
        yield f"/applications/{application.public_id}/other-times/"
        yield f"/applications/{application.public_id}/off/"


def _first_of(state: str) -> Application:
    found = Application.objects.filter(state=state).select_related("seeker__user")
    return found.order_by("pk")[:1].get()


def _newcomer() -> Visit:
    screens = (f"/profile/{step.value}/" for step in Step if step != Step.REVIEW)
    code = f"/join/{Cohort.objects.get().code}/"
    return _person(
        "fresh", "/", *screens, "/matches/", "/applications/", "/resume/", code
    )


def _team(organization: Organization) -> Iterator[str]:
    """What a team notes and judges, and whom it may keep in mind."""
    judged = Scorecard.objects.filter(application__organization=organization)
    for card in judged.order_by("pk")[:2]:
        yield f"/talent/applications/{card.application.public_id}/"
        yield f"/talent/criteria/{card.application.posting.public_id}/"
    running = judged.filter(application__state="interview").order_by("pk")[:1].get()
    yield f"/talent/applications/{running.application.public_id}/card/"
    yield f"/talent/applications/{running.application.public_id}/card/look/"
    yield "/talent/pool/"
    yield "/talent/pool/?posting=nonsense"


def _employers() -> list[Visit]:
    answering = Organization.objects.get(
        memberships__user__email=sign_in_addresses()["haitangwan"]
    )
    mine = Posting.objects.filter(organization=answering).order_by("pk")
    received = Application.objects.filter(organization=answering).order_by("pk")
    own = (
        f"/postings/{posting.public_id}/{page}"
        for posting in mine[:1]
        for page in ("", "edit/", "renew/", "close/")
    )
    cards = (f"/applications/inbox/{row.public_id}/" for row in received[:4])
    offers = (
        f"/applications/inbox/{row.public_id}/offer/"
        for row in received.filter(state__in=["shortlisted", "offered"])[:2]
    )
    return [
        _person(
            "haitangwan",
            "/",
            "/postings/",
            "/postings/new/",
            "/postings/?group=open",
            *own,
            *_written(answering),
            *cards,
            *_talks(answering),
            *offers,
            *_people(answering),
            *_team(answering),
            *_files(answering),
            "/applications/inbox/",
            "/hiring/",
            "/hiring/?view=list",
            "/hiring/?view=list&stage=hired&q=zxqv",
            f"/hiring/{received[0].public_id}/move/?to=ended",
            "/hiring/file/",
            "/hiring/files/",
            f"/applications/record/{answering.public_id}/",
            "/organization/",
            "/organization/edit/",
            "/organization/documents/agent_id/",
            "/organization/covenant/",
            "/organization/members/",
            "/organization/places/",
            "/organization/group/",
            "/organization/leave/",
            "/insights/",
            "/insights/record/",
            "/insights/start/",
            *(f"/insights/{posting.public_id}/" for posting in mine[:1]),
            "/applications/pledges/",
            *_webhooks(answering),
            "/account/",
        ),
        _refused_employer(),
    ]


def _written(organization: Organization) -> Iterator[str]:
    """Every page of the editor, for what is begun, and for what is open."""
    yield "/editor/"
    yield "/editor/templates/hardship_desk/"
    for state in (PostingState.DRAFT, PostingState.PUBLISHED):
        found = Posting.objects.filter(organization=organization, state=state)
        for posting in found.order_by("pk")[:1]:
            pages = (*STEPS, "preview", "history", "conduct/?take=1")
            for page in pages:
                slash = "" if page.endswith("1") else "/"
                yield f"/editor/{posting.public_id}/{page}{slash}"


def _webhooks(organization: Organization) -> Iterator[str]:
    """The addresses, one with its log, and what was given up."""
    yield "/connections/webhooks/"
    for endpoint in Endpoint.objects.filter(organization=organization):
        yield f"/connections/webhooks/{endpoint.public_id}/"
    yield f"/connections/webhooks/{endpoint.public_id}/delete/"
    given_up = Delivery.objects.filter(
        endpoint__organization=organization, state="dead"
    )
    for delivery in given_up:
        yield f"/connections/webhooks/notices/{delivery.public_id}/"


def _talks(organization: Organization) -> Iterator[str]:
    """Offering times, and moving or calling off what is settled."""
    found = Application.objects.filter(organization=organization, state="interview")
    for application in found.order_by("pk")[:1]:
        page = f"/applications/inbox/{application.public_id}/"
        yield from (page, f"{page}times/", f"{page}off/")


def _people(organization: Organization) -> Iterator[str]:
    """A list with people, one without, somebody to invite and somebody invited."""
    for posting in Posting.objects.filter(organization=organization).order_by("pk"):
        found = candidates_for(posting, without=not_to_show(posting))
        list_ = f"/applications/people/{posting.public_id}/"
        yield list_
        for candidate in found[:2]:
            yield f"{list_}{candidate.reference}/"
        for candidate in found[:1]:
            yield f"{list_}{candidate.reference}/invite/"


def _files(organization: Organization) -> Iterator[str]:
    """A file with rows in every group, one of them to mend, and a feed address."""
    yield from ("/connections/import/", "/connections/feeds/")
    for run in BulkRun.objects.filter(organization=organization):
        page = f"/connections/import/{run.public_id}/"
        yield from (page, f"{page}?group=clean", f"{page}?group=drafts")
        for row in run.rows.filter(state="problem"):
            yield f"{page}{row.number}/"
    for source in FeedSource.objects.filter(organization=organization):
        yield f"/connections/feeds/{source.public_id}/"
        yield f"/connections/feeds/{source.public_id}/stop/"


def _refused_employer() -> Visit:
    email = sign_in_addresses()["jiuchong"]
    posting = _posting(organization__memberships__user__email=email)
    pages = (f"/postings/{posting.public_id}/", f"/review/{posting.public_id}/check/")
    return _person("jiuchong", "/", "/postings/", "/applications/inbox/", *pages)


def _moderator() -> Visit:
    waiting = _posting(state=PostingState.IN_REVIEW)
    open_ = _posting(state=PostingState.PUBLISHED)
    checks = Organization.objects.filter(verification="submitted").order_by("pk")
    counselors = CounselorProfile.objects.filter(verification="submitted")
    papers = Document.objects.filter(state="waiting").order_by("pk")
    reader = User.objects.get(email=sign_in_addresses()["mod-he"])
    samples = list(samples_for(reader))
    return _person(
        "mod-he",
        "/review/",
        "/review/rescreening/",
        "/review/rule-changes/",
        "/review/samples/",
        *(f"/review/samples/{row.public_id}/" for row in (samples[0], samples[-1])),
        "/review/?page=2",
        f"/review/{waiting.public_id}/",
        f"/review/{open_.public_id}/",
        *(f"/applications/record/{row.public_id}/" for row in checks[:1]),
        "/organization/verifications/",
        *(f"/organization/verifications/{row.public_id}/" for row in checks[:1]),
        "/counselors/verifications/",
        *(f"/counselors/verifications/{row.public_id}/" for row in counselors),
        *(f"/evidence/{row.public_id}/review/" for row in papers[:1]),
        "/account/",
        "/account/2fa/",
    )
