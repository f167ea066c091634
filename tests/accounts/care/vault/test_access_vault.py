from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.care.vault.enums import Scope
from accounts.care.vault.services import grants
from accounts.care.vault.services.subjects import ensure_subject
from tests.access import check_access
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_only_seekers_have_these_pages(cast: Cast) -> None:
    check_access(cast, reverse("vault:privacy"), {"seeker": 200, "other_seeker": 200})


def test_everybody_takes_back_their_own_only(cast: Cast) -> None:
    subject = ensure_subject(user=cast.seeker.user)
    grant = grants.give(subject=subject, scope=Scope.CHECKIN_STORE)
    url = reverse("vault:revoke", args=[grant.pk])
    check_access(cast, url, {"seeker": 302}, method="post")
