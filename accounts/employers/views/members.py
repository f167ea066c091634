from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_noop, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.employers import access
from accounts.employers.enums import MemberRole
from accounts.employers.forms import InviteForm, RoleForm
from accounts.employers.models import Membership
from accounts.employers.services import invitations, members
from accounts.employers.services.errors import AlreadyMember, InvitationGone, LastAdmin
from accounts.identity.http import SignedInRequest

LAST_ADMIN = gettext_noop(
    "Somebody must stay administrator. Make a colleague administrator first."
)


@require_http_methods(["GET", "HEAD", "POST"])
def members_page(request: SignedInRequest) -> HttpResponse:
    """Colleagues for everyone; inviting and changing for administrators."""
    membership = access.membership_for(request.user)
    is_admin = membership.role == MemberRole.ADMIN
    form = InviteForm(request.POST or None)
    if request.method == "POST":
        access.admin_organization_for(request.user)
        if form.is_valid() and _invite(request, membership, form):
            return redirect("employers:members")
    context = {
        "organization": membership.organization,
        "is_admin": is_admin,
        "members": list(access.members_for(request.user)),
        "invitations": list(access.open_invitations_for(request.user)),
        "form": form,
        "now": timezone.now(),
    }
    return render(request, "accounts/employers/members.html", context)


def _invite(request: SignedInRequest, own: Membership, form: InviteForm) -> bool:
    """Every address by itself: one who is here already keeps nobody else out."""
    here = []
    for email in form.cleaned_data["email"]:
        try:
            invitations.invite_member(
                organization=own.organization,
                actor=request.user,
                email=email,
                role=MemberRole(form.cleaned_data["role"]),
            )
        except AlreadyMember:
            here.append(email)
    sent = len(form.cleaned_data["email"]) - len(here)
    if not sent:
        form.add_error("email", _("This colleague is already here."))
        return False
    text = ngettext(
        "The invitation is on its way. It works for 7 days.",
        "%(count)s invitations are on their way. They work for 7 days.",
        sent,
    )
    messages.success(request, text % {"count": sent})
    if here:
        text = _("Already here: %(names)s.") % {"names": _("; ").join(here)}
        messages.info(request, text)
    return True


@require_POST
def change_role(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    access.admin_organization_for(request.user)
    member = access.member_for(request.user, public_id)
    form = RoleForm(request.POST)
    if form.is_valid():
        try:
            role = MemberRole(form.cleaned_data["role"])
            members.change_role(membership=member, actor=request.user, role=role)
        except LastAdmin:
            messages.error(request, _(LAST_ADMIN))
        else:
            messages.success(request, _("Saved."))
    return redirect("employers:members")


@require_POST
def remove(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    access.admin_organization_for(request.user)
    member = access.member_for(request.user, public_id)
    try:
        members.remove_member(membership=member, actor=request.user)
    except LastAdmin:
        messages.error(request, _(LAST_ADMIN))
    else:
        messages.success(request, _("The membership has ended."))
    return redirect("employers:members")


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: SignedInRequest) -> HttpResponse:
    membership = access.membership_for(request.user)
    if request.method == "POST":
        try:
            members.remove_member(membership=membership, actor=request.user)
        except LastAdmin:
            messages.error(request, _(LAST_ADMIN))
            return redirect("employers:members")
        messages.success(request, _("You have left the organisation."))
        return redirect("home")
    context = {"organization": membership.organization}
    return render(request, "accounts/employers/leave.html", context)


@require_POST
def resend(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    access.admin_organization_for(request.user)
    invitation = access.invitation_for(request.user, public_id)
    try:
        invitations.resend_invitation(invitation=invitation, actor=request.user)
    except InvitationGone:
        messages.info(request, _("This invitation was used or withdrawn meanwhile."))
    else:
        messages.success(
            request, _("A new link is on its way. The old one no longer works.")
        )
    return redirect("employers:members")


@require_POST
def withdraw(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    access.admin_organization_for(request.user)
    invitation = access.invitation_for(request.user, public_id)
    try:
        invitations.withdraw_invitation(invitation=invitation, actor=request.user)
    except InvitationGone:
        messages.info(request, _("This invitation was used or withdrawn meanwhile."))
    else:
        messages.success(request, _("The invitation is withdrawn."))
    return redirect("employers:members")
