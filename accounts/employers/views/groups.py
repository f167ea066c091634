"""Which organisations belong together, by the word of both."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.employers import access
from accounts.employers.enums import MemberRole
from accounts.employers.forms import GroupForm
from accounts.employers.groups import link_of, links_of, organization_with_code
from accounts.employers.models import GroupLink, Organization
from accounts.employers.rules.groups import GROUP, PARTNER, PROPOSER
from accounts.employers.services import groups as services
from accounts.employers.services.errors import NotNow
from accounts.identity.http import SignedInRequest

EVENTS = frozenset(row.event for row in GROUP.rows)
DONE: dict[str, Promise] = {
    "confirm": gettext_lazy("Confirmed. Job seekers now see that you are one group."),
    "decline": gettext_lazy("Declined. Nothing has changed."),
    "withdraw": gettext_lazy("Withdrawn."),
    "end": gettext_lazy("Ended. Job seekers do not see it any more."),
}


@dataclass(frozen=True, slots=True)
class Row:
    link: GroupLink
    other: Organization
    events: list[str]


@require_http_methods(["GET", "HEAD", "POST"])
def group(request: SignedInRequest) -> HttpResponse:
    membership = access.membership_for(request.user)
    organization = membership.organization
    form = GroupForm(request.POST or None)
    if request.method == "POST":
        access.admin_organization_for(request.user)
        if form.is_valid() and _proposed(request, organization, form):
            return redirect("employers:group")
    context = {
        "organization": organization,
        "is_admin": membership.role == MemberRole.ADMIN,
        "is_checked": organization.is_verified(now=timezone.now()),
        "rows": [_row(link, organization) for link in links_of(organization)],
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, "accounts/employers/group.html", context, status=status)


def _row(link: GroupLink, organization: Organization) -> Row:
    is_mine = link.proposer_id == organization.pk
    side = PROPOSER if is_mine else PARTNER
    other = link.partner if is_mine else link.proposer
    return Row(link, other, GROUP.events(state=link.state, actor=side))


def _proposed(
    request: SignedInRequest, organization: Organization, form: GroupForm
) -> bool:
    partner = organization_with_code(form.cleaned_data["uscc"])
    if partner is None:
        text = _("No checked organisation here has this code. Ask them to sign up.")
        form.add_error("uscc", text)
        return False
    try:
        services.propose_link(
            organization=organization, partner=partner, actor=request.user
        )
    except services.SameOrganization:
        form.add_error("uscc", _("This is your own code."))
    except services.AlreadyLinked:
        form.add_error("uscc", _("This organisation is on your list already."))
    except services.TooManyLinks:
        form.add_error("uscc", _("30 organisations are the most."))
    except NotNow:
        form.add_error(None, _("First your organisation has to be checked."))
    else:
        text = _("%(name)s has been asked. It counts once they confirm.")
        messages.success(request, text % {"name": partner.display_name})
        return True
    return False


@require_POST
def step(request: SignedInRequest, public_id: UUID, event: str) -> HttpResponse:
    organization = access.admin_organization_for(request.user)
    if event not in EVENTS:
        raise Http404
    link = link_of(organization, public_id)
    try:
        services.take_link_step(
            link=link, organization=organization, actor=request.user, event=event
        )
    except NotNow:
        messages.info(request, _("This was answered meanwhile."))
    else:
        messages.success(request, str(DONE[event]))
    return redirect("employers:group")
