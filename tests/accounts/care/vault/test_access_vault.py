from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.care.vault import registry
from accounts.care.vault.enums import Scope
from accounts.care.vault.models import ConsentGrant, Subject
from accounts.care.vault.registry import Part
from accounts.care.vault.services import grants
from accounts.care.vault.services.subjects import ensure_subject
from accounts.care.vault.views.leaving import _receipt_of
from tests.access import check_access
from tests.cast import Cast

pytestmark = pytest.mark.django_db
SEEKERS = {"seeker": 200, "other_seeker": 200}


@pytest.fixture
def subject(cast: Cast) -> Subject:
    return ensure_subject(user=cast.seeker.user)


def given(subject: Subject, *, ended: bool = False) -> ConsentGrant:
    grant = grants.give(subject=subject, scope=Scope.CHECKIN_STORE)
    if ended:
        grants.revoke(grant=grant)
    return grant


def test_only_seekers_have_these_pages(cast: Cast) -> None:
    check_access(cast, reverse("vault:privacy"), SEEKERS)


@pytest.mark.parametrize("name", ["vault:copy", "vault:delete"])
def test_copy_and_deletion_ask_who_it_is(cast: Cast, name: str) -> None:
    """These two want somebody who has just shown it; nobody else learns of the page."""
    check_access(cast, reverse(name), {"seeker": 302, "other_seeker": 302})


def test_everybody_takes_back_their_own_only(cast: Cast, subject: Subject) -> None:
    url = reverse("vault:revoke", args=[given(subject).pk])
    check_access(cast, url, {"seeker": 302}, method="post")


def test_everybody_allows_their_own_again_only(cast: Cast, subject: Subject) -> None:
    url = reverse("vault:renew", args=[given(subject, ended=True).pk])
    check_access(cast, url, {"seeker": 302}, method="post")


def test_what_is_kept_is_asked_of_its_owner_only(
    cast: Cast, subject: Subject, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = Part(
        code="test",
        title="",
        copy=lambda _subject: None,
        erase=lambda _subject: None,
        how_long="",
        on_revoke={Scope.CHECKIN_STORE: lambda _subject: None},
    )
    monkeypatch.setattr(registry, "_parts", {"test": part})
    url = reverse("vault:kept", args=[given(subject, ended=True).pk])
    check_access(cast, url, {"seeker": 200})
    standing = given(subject)
    check_access(cast, reverse("vault:kept", args=[standing.pk]), {})


def test_seekers_may_be_counted(cast: Cast) -> None:
    allowed = {"seeker": 302, "other_seeker": 302}
    check_access(cast, reverse("vault:be_counted"), allowed, method="post")


def test_a_receipt_opens_for_its_owner_only(cast: Cast, subject: Subject) -> None:
    token = _receipt_of(cast.seeker.user, subject)
    check_access(cast, reverse("vault:receipt", args=[token]), {"seeker": 200})
    broken = reverse("vault:receipt", args=[f"x{token}"])
    check_access(cast, broken, {})
