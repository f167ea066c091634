"""The papers an organisation sends in for its check."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.employers import access
from accounts.employers.forms import OrganizationForm
from accounts.employers.models import Organization
from accounts.employers.rules.papers import OPTIONAL, REQUIRED, kinds_for
from accounts.employers.services.errors import PapersMissing
from accounts.evidence.access import PaperRow, paper_rows
from accounts.evidence.enums import DocumentKind, SubjectType
from accounts.evidence.views import uploads
from accounts.identity.http import SignedInRequest


def rows_of(organization: Organization, *, to_send: bool = True) -> list[PaperRow]:
    return paper_rows(
        SubjectType.ORGANIZATION,
        organization.public_id,
        required=REQUIRED[organization.kind],
        optional=OPTIONAL,
        url=_upload_url if to_send else None,
    )


def _upload_url(kind: str) -> str:
    return reverse("employers:document", args=[kind])


def fact_labels(names: Iterable[str]) -> list[str]:
    fields = OrganizationForm.base_fields
    return [str(fields[name].label) for name in names]


def missing_text(missing: PapersMissing) -> str:
    """One sentence that lists what is not there yet."""
    names = fact_labels(missing.facts)
    names += [str(DocumentKind(kind).label) for kind in missing.papers]
    return _("Before you can send it in, these are still missing: %(names)s.") % {
        "names": _("; ").join(names)
    }


@require_http_methods(["GET", "HEAD", "POST"])
def document(request: SignedInRequest, kind: str) -> HttpResponse:
    return uploads.upload_page(request, _owner(request, kind), DocumentKind(kind))


@require_POST
def withdraw(request: SignedInRequest, kind: str) -> HttpResponse:
    return uploads.withdraw(request, _owner(request, kind), DocumentKind(kind))


def _owner(request: SignedInRequest, kind: str) -> uploads.Owner:
    organization = access.admin_organization_for(request.user)
    if kind not in kinds_for(organization.kind):
        raise Http404
    return uploads.Owner(
        subject=SubjectType.ORGANIZATION,
        subject_id=organization.public_id,
        back=reverse("employers:overview"),
        back_label=organization.display_name,
    )
