"""Job help on the page of a case: what the person allowed, and to this counselor only."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.assisted.services import grants
from accounts.care.cases.models import Case
from accounts.care.cases.registry import panels_for
from accounts.care.vault.services.subjects import ensure_subject
from accounts.counselors.models import CounselorProfile
from tests.accounts.assisted.make import make_grant
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def shown(case: Case, counselor: CounselorProfile) -> str:
    found = {panel.code: (panel, told) for panel, told in panels_for(case, counselor)}
    if "job_help" not in found:
        return ""
    panel, told = found["job_help"]
    return render_to_string(panel.template, told)


def test_links_only_to_what_was_allowed(cast: Cast) -> None:
    subject = ensure_subject(user=cast.seeker.user)
    case = Case.objects.create(subject=subject, counselor=cast.counselor)
    # That another counselor may read is no business of this one.
    make_grant(cast.seeker, cast.other_counselor)
    assert "href" not in shown(case, cast.counselor)
    assert shown(case, cast.other_counselor) == ""
    grant = make_grant(cast.seeker, cast.counselor)
    stages = reverse("applications:stages", args=[grant.public_id])
    told = shown(case, cast.counselor)
    assert reverse("assisted:person", args=[grant.public_id]) in told
    assert stages not in told
    grants.show_stages(grant=grant, actor=cast.seeker.user)
    assert stages in shown(case, cast.counselor)
    grants.stop_reading(grant=grant, actor=cast.seeker.user)
    assert "href" not in shown(case, cast.counselor)
