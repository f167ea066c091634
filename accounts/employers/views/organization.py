from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_noop
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.employers import access
from accounts.employers.answering import answers_text
from accounts.employers.enums import MemberRole
from accounts.employers.forms import OrganizationForm, initial_of
from accounts.employers.places import city_name
from accounts.employers.rules.verification import may_renew
from accounts.employers.services import organizations, verification
from accounts.employers.services.errors import (
    AlreadyMember,
    Blocked,
    EmployerError,
    FactsFixed,
    NotNow,
    PapersMissing,
    UsccTaken,
)
from accounts.employers.services.guard import note_debtor_data
from accounts.employers.views import papers
from accounts.employers.views.way import way_of
from accounts.identity.enums import Kind
from accounts.identity.http import SignedInRequest
from accounts.identity.rules.phones import shown_phone

TAKEN = gettext_noop(
    "Another organisation here has this code. Ask its administrator to invite you."
)
BLOCKED = gettext_noop(
    "This code is on the list of organisations that may not use Ashore, so nothing was "
    "saved."
)
APPEAL = gettext_noop(
    "If that is a mistake, write to %(email)s with the code and your reasons; somebody "
    "who has not decided on it before looks at it again."
)
APPEAL_ABOUT = gettext_noop(
    "If that is a mistake, write to the operator with the code and your reasons; the "
    "address is on the page about us. Somebody who has not decided on it before looks "
    "at it again."
)
FIXED = gettext_noop("This cannot be changed for now; the reason is at the top.")


def blocked_text() -> str:
    """What happened and what to do about it; says nothing about why."""
    email = settings.OPERATOR_EMAIL
    appeal = _(APPEAL) % {"email": email} if email else _(APPEAL_ABOUT)
    return f"{_(BLOCKED)} {appeal}"


@require_safe
def overview(request: SignedInRequest) -> HttpResponse:
    """The organisation as its people see it; without one, the way to set it up."""
    if request.user.kind != Kind.EMPLOYER:
        raise Http404
    membership = access.membership_or_none(request.user)
    if membership is None:
        return redirect("employers:create")
    organization = membership.organization
    ends = organization.verification_expires_at
    is_admin = membership.role == MemberRole.ADMIN
    rows = papers.rows_of(organization) if is_admin else []
    readiness = access.readiness_of(organization)
    context = {
        "way": way_of(organization, readiness, rows),
        "papers_missing": bool(readiness.to_send),
        "organization": organization,
        "city_name": city_name(organization),
        "phone": shown_phone(organization.contact_phone),
        "is_admin": is_admin,
        "papers": rows,
        "missing_facts": papers.fact_labels(readiness.facts),
        "is_expiring": organization.is_expiring(now=timezone.now()),
        "may_renew": may_renew(expires_at=ends, now=timezone.now()),
        "answers_text": answers_text(access.response_record(organization)),
        "members": list(access.members_for(request.user)),
    }
    return render(request, "accounts/employers/overview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: SignedInRequest) -> HttpResponse:
    if request.user.kind != Kind.EMPLOYER:
        raise Http404
    if access.membership_or_none(request.user) is not None:
        return redirect("employers:overview")
    form = OrganizationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            organizations.create_organization(
                actor=request.user, values=form.cleaned_data
            )
        except Blocked:
            form.add_error("uscc", blocked_text())
        except UsccTaken:
            form.add_error("uscc", _(TAKEN))
        except AlreadyMember:
            return redirect("employers:overview")
        else:
            messages.success(request, _("Your organisation is set up."))
            return redirect("employers:overview")
    return render(request, "accounts/employers/create.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest) -> HttpResponse:
    organization = access.admin_organization_for(request.user)
    form = OrganizationForm(request.POST or None, initial=initial_of(organization))
    if request.method == "POST" and form.is_valid():
        try:
            again = organizations.edit_organization(
                organization=organization, actor=request.user, values=form.cleaned_data
            )
        except Blocked:
            form.add_error("uscc", blocked_text())
        except FactsFixed as fixed:
            for name in fixed.fields:
                form.add_error(name, _(FIXED))
        except EmployerError:
            form.add_error("uscc", _(TAKEN))
        else:
            messages.success(request, _("Saved."))
            if again:
                messages.warning(
                    request, _("Name or code changed, so please send it in again.")
                )
            return redirect("employers:overview")
    note_debtor_data(
        organization=organization, actor=request.user, hits=form.debtor_hits()
    )
    context = {
        "form": form,
        "organization": organization,
        "is_fixed": organizations.is_identity_fixed(organization),
    }
    return render(request, "accounts/employers/edit.html", context)


@require_POST
def submit(request: SignedInRequest) -> HttpResponse:
    organization = access.admin_organization_for(request.user)
    try:
        verification.submit_for_check(organization=organization, actor=request.user)
    except Blocked:
        messages.error(request, blocked_text())
    except PapersMissing as missing:
        messages.error(request, papers.missing_text(missing))
    except NotNow:
        messages.info(request, _("There is nothing to send in right now."))
    else:
        messages.success(request, _("Sent in. You get a message when it is checked."))
    return redirect("employers:overview")
