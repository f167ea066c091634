"""The employer's side: ask somebody, look who said yes, invite."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.employers.access import membership_or_none
from accounts.identity.http import SignedInRequest
from accounts.lib.dates import moment_text
from accounts.lib.occupations import occupation_name
from jobs.applications.enums import InviteRefusal
from jobs.applications.models import Application, Invitation
from jobs.applications.rules.contact import delivery_at, in_hours
from jobs.applications.rules.invitations import WAITING, as_employer_sees
from jobs.applications.services.invitations import InviteRefused
from jobs.applications.services.showing import note_read
from jobs.applications.views.people import REFUSALS as INVITE_REFUSALS
from jobs.matching.candidates import ShownFacts, code_of, facts_of
from jobs.postings.access import employer_only
from jobs.postings.models import Posting
from jobs.talent import access, access_pool
from jobs.talent.enums import AskRefusal
from jobs.talent.forms import PoolFilter
from jobs.talent.models import PoolEntry
from jobs.talent.services import pool as services
from jobs.talent.views.notes import back

MOST_SHOWN = 50
REFUSALS: dict[AskRefusal, Promise] = {
    AskRefusal.NOT_CHECKED: gettext_lazy(
        "Your organisation's check or promise is missing. After it you can ask."
    ),
    AskRefusal.NOT_NOW: gettext_lazy(
        "You can ask once the application is on hold or you have said no."
    ),
    AskRefusal.TOO_LATE: gettext_lazy(
        "It ended more than 30 days ago. That is too long to ask now."
    ),
    AskRefusal.STOPPED: gettext_lazy("They want no messages from you."),
    AskRefusal.ASKED: gettext_lazy(
        "You have asked already. One question in seven months is enough."
    ),
}


@dataclass(frozen=True, slots=True)
class Fit:
    """A posting of ours that suits somebody; `waits` as on the list of people."""

    posting: Posting
    invited_at: datetime | None = None
    waits: bool | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """`name` only with the person's second yes, and while they share what they sent."""

    entry: PoolEntry
    label: str
    name: str
    facts: ShownFacts
    fits: tuple[Fit, ...]


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """GET shows what the person reads, POST asks."""
    application = access.team_application(request.user, public_id)
    now = timezone.now()
    if request.method != "POST":
        if reason := access_pool.refusal_to_ask(application, now=now):
            return _refused(request, application, reason)
        note_read(application=application, actor=request.user)
        later = "" if in_hours(now) else moment_text(delivery_at(now))
        context = {"application": application, "later": later}
        return render(request, "jobs/talent/ask.html", context)
    try:
        services.ask_to_keep(application=application, actor=request.user)
    except services.AskRefused as refused:
        return _refused(request, application, refused.reason)
    messages.success(
        request, _("Asked. If they say yes, you find them in your talent pool.")
    )
    return back(application)


def _refused(
    request: SignedInRequest, application: Application, reason: AskRefusal
) -> HttpResponse:
    messages.error(request, str(REFUSALS[reason]))
    return back(application)


@require_safe
def pool(request: SignedInRequest) -> HttpResponse:
    """Who may be kept in mind; everybody shown can read that they were."""
    employer_only(request.user)
    membership = membership_or_none(request.user)
    if membership is None:
        return redirect("employers:overview")
    now = timezone.now()
    entries = access_pool.pool_of(request.user, now=now)
    postings = access_pool.open_postings_of(request.user, now=now)
    form = PoolFilter(
        request.GET, postings=postings, wanted=_wanted(entries), cities=_cities(entries)
    )
    rows = _rows(_filtered(entries, form), postings, form.chosen("posting"), now)
    if request.method == "GET":
        services.note_pool_shown(
            organization=membership.organization,
            entries=[row.entry for row in rows],
            actor=request.user,
        )
    context = {
        "may_keep": access_pool.may_keep(membership.organization, now=now),
        "is_checked": membership.organization.is_verified(now=now),
        "total": len(entries),
        "form": form,
        "rows": rows,
    }
    return render(request, "jobs/talent/pool.html", context)


def _wanted(entries: list[PoolEntry]) -> list[tuple[str, str]]:
    codes = {code for row in entries for code in row.seeker.wanted_occupations}
    return sorted(((code, occupation_name(code)) for code in codes), key=lambda x: x[1])


def _cities(entries: list[PoolEntry]) -> list[tuple[str, str]]:
    """Where those on the page live, as each card says it: nobody else's city."""
    places = {row.seeker.city_code: facts_of(row.seeker).place for row in entries}
    named = ((code, name) for code, name in places.items() if name)
    return sorted(named, key=lambda x: x[1])


def _filtered(entries: list[PoolEntry], form: PoolFilter) -> list[PoolEntry]:
    wanted = form.chosen("wanted")
    if wanted:
        entries = [row for row in entries if wanted in row.seeker.wanted_occupations]
    city = form.chosen("city")
    if city:
        entries = [row for row in entries if row.seeker.city_code == city]
    return entries[:MOST_SHOWN]


def _rows(
    entries: list[PoolEntry], postings: list[Posting], only: str, now: datetime
) -> list[Row]:
    """With `only`, those whom that posting suits, and that posting alone."""
    beside = [row for row in postings if only in ("", str(row.public_id))]
    invited = access_pool.invited_from_pool(beside, entries)
    suited = {
        posting.pk: access_pool.suited_in_pool(posting, entries, now=now)
        for posting in beside
    }
    rows = []
    for entry in entries:
        person = entry.seeker_id
        fits = tuple(
            _fit(posting, invited.get((posting.pk, person)), now)
            for posting in beside
            if person in suited[posting.pk] or (posting.pk, person) in invited
        )
        if fits or not only:
            rows.append(_row(entry, fits))
    return rows


def _fit(posting: Posting, invitation: Invitation | None, now: datetime) -> Fit:
    """A no, a reading and a silence look the same here too."""
    if invitation is None:
        return Fit(posting)
    seen = as_employer_sees(invitation.state, invitation.expires_at, now=now)
    return Fit(posting, invitation.sent_at, seen == WAITING)


def _row(entry: PoolEntry, fits: tuple[Fit, ...] = ()) -> Row:
    is_named = entry.with_name and entry.application.is_shared
    return Row(
        entry=entry,
        label=_("Job seeker %(code)s") % {"code": code_of(entry.public_id)},
        name=entry.application.applicant_name if is_named else "",
        facts=facts_of(entry.seeker),
        fits=fits,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: SignedInRequest, public_id: UUID, reference: UUID) -> HttpResponse:
    """GET asks once more, POST invites, by the same numbers as everybody.

    `reference` is the posting.
    """
    now = timezone.now()
    entry = access_pool.entry_in_pool(request.user, public_id, now=now)
    job = access_pool.posting_to_invite_to(request.user, reference, now=now)
    if request.method != "POST":
        return _invite_page(request, entry, job, now)
    try:
        _invitation, created = services.invite_from_pool(
            entry=entry, posting=job, actor=request.user
        )
    except InviteRefused as refused:
        if refused.reason == InviteRefusal.GONE:
            raise Http404 from refused
        messages.error(request, str(INVITE_REFUSALS[refused.reason]))
    else:
        if created:
            messages.success(
                request, _("Invited. They have 14 days to think about it.")
            )
        else:
            messages.info(request, _("This person was invited already."))
    return redirect("talent:pool")


def _invite_page(
    request: SignedInRequest, entry: PoolEntry, job: Posting, now: datetime
) -> HttpResponse:
    """Nobody whom the posting does not suit; who was invited is back on the list."""
    if access_pool.invited_from_pool([job], [entry]):
        return redirect("talent:pool")
    if entry.seeker_id not in access_pool.suited_in_pool(job, [entry], now=now):
        raise Http404
    if request.method == "GET":
        services.note_pool_shown(
            organization=entry.organization, entries=[entry], actor=request.user
        )
    later = "" if in_hours(now) else moment_text(delivery_at(now))
    context = {"row": _row(entry), "posting": job, "later": later}
    return render(request, "jobs/talent/invite.html", context)
