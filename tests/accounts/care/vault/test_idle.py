"""After ten idle minutes: asked again, back on the same page, nothing typed in clear."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from accounts.care.vault import access
from accounts.care.vault.enums import Scope
from accounts.care.vault.models import Subject
from accounts.care.vault.rules.idle import must_show_again
from accounts.care.vault.services import grants
from accounts.care.vault.services.subjects import ensure_subject
from accounts.identity.models import User
from tests.cast import Cast
from tests.client import StrictClient
from tests.make import PASSWORD, sign_in

pytestmark = pytest.mark.django_db
CANARY = "我其实一直没睡"


@pytest.fixture
def subject(cast: Cast) -> Subject:
    return ensure_subject(user=cast.seeker.user)


@pytest.fixture
def away(client: StrictClient, cast: Cast, subject: Subject) -> Iterator[None]:
    """The person was here, and eleven minutes passed."""
    sign_in(client, cast.seeker.user)
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        yield


def without_password(user: User) -> None:
    user.set_unusable_password()
    user.save()


def asked(response: object) -> tuple[str, str]:
    """Where somebody was sent, and where that leads back to."""
    parts = urlsplit(response["Location"])  # type: ignore[index]
    return parts.path, parse_qs(parts.query)["next"][0]


def test_a_page_asks_and_leads_back(client: StrictClient, away: None) -> None:
    url = f"{reverse('vault:privacy')}?before=3"
    place, back = asked(client.get(url))
    assert (place, back) == (reverse("account_reauthenticate"), url)
    done = client.post(f"{place}?next={back}", {"password": PASSWORD, "next": back})
    assert done["Location"] == url
    assert client.get(url).status_code == 200


def test_a_wrong_password_leads_nowhere(client: StrictClient, away: None) -> None:
    url = reverse("vault:privacy")
    client.post(reverse("account_reauthenticate"), {"password": "nonsense"})
    assert client.get(url).status_code == 302


def test_what_was_sent_is_done_afterwards(
    client: StrictClient, cast: Cast, subject: Subject, away: None
) -> None:
    grant = grants.give(
        subject=subject, scope=Scope.SHARE_SUMMARY, counselor=cast.counselor
    )
    url = reverse("vault:revoke", args=[grant.pk])
    place, back = asked(client.post(url, {"note": CANARY}))
    assert place == reverse("account_reauthenticate")
    assert access.may(subject, Scope.SHARE_SUMMARY, cast.counselor), "not yet"
    kept = str([row.get_decoded() for row in Session.objects.all()])
    assert "sealed" in kept
    assert CANARY not in kept
    assert "%E6%88%91" not in kept, "nor as it is sent"
    done = client.post(place, {"password": PASSWORD, "next": back})
    assert done["Location"] == reverse("vault:privacy")
    assert not access.may(subject, Scope.SHARE_SUMMARY, cast.counselor)


def test_a_form_waits_a_quarter_of_an_hour(
    client: StrictClient, cast: Cast, subject: Subject, away: None
) -> None:
    grant = grants.give(subject=subject, scope=Scope.AGGREGATE)
    place, back = asked(client.post(reverse("vault:revoke", args=[grant.pk])))
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        client.post(place, {"password": PASSWORD, "next": back})
    assert access.may(subject, Scope.AGGREGATE)


def test_a_form_of_somebody_else_is_not_done(
    client: StrictClient, cast: Cast, subject: Subject, away: None
) -> None:
    grant = grants.give(subject=subject, scope=Scope.AGGREGATE)
    client.post(reverse("vault:revoke", args=[grant.pk]))
    session = client.session
    session["account_reauthentication_state"]["state"]["person"] = "somebody"
    session.save()
    place = reverse("account_reauthenticate")
    assert client.post(place, {"password": PASSWORD, "next": "/"}).status_code == 404
    assert access.may(subject, Scope.AGGREGATE)


def test_who_signs_in_with_codes_comes_back_too(
    client: StrictClient, cast: Cast, subject: Subject
) -> None:
    without_password(cast.seeker.user)
    sign_in(client, cast.seeker.user)
    url = reverse("vault:privacy")
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        place, back = asked(client.get(url))
        assert (place, back) == (reverse("identity:afresh"), url)
        page = client.get(f"{place}?next={back}").content.decode()
        assert f"next={url.replace('/', '%2F')}" in page
        # A form leads back to the page on which it stood, not to an error.
        sent = client.post(
            reverse("vault:revoke", args=[subject.pk]),
            headers={"Referer": f"http://testserver{url}"},
        )
        assert asked(sent) == (reverse("identity:afresh"), url)
        foreign = client.post(
            reverse("vault:revoke", args=[subject.pk]),
            headers={"Referer": "https://elsewhere.example/care/privacy/"},
        )
        assert asked(foreign) == (reverse("identity:afresh"), reverse("home"))


def test_a_part_of_a_page_makes_the_whole_page_ask(
    client: StrictClient, away: None
) -> None:
    here = f"http://testserver{reverse('vault:privacy')}"
    part = client.get(
        reverse("vault:privacy"),
        headers={"HX-Request": "true", "HX-Current-URL": here},
    )
    assert part["HX-Redirect"] == reverse("vault:privacy")


def test_ten_minutes_are_counted_from_the_last_page(
    client: StrictClient, cast: Cast, subject: Subject
) -> None:
    sign_in(client, cast.seeker.user)
    url = reverse("vault:privacy")
    start = timezone.now()
    for minutes in (9, 18, 27):
        with time_machine.travel(start + timedelta(minutes=minutes)):
            assert client.get(url).status_code == 200
    with time_machine.travel(start + timedelta(minutes=38)):
        assert client.get(url).status_code == 302


def test_the_rule() -> None:
    now = timezone.now()
    before, just = now - timedelta(minutes=10), now - timedelta(minutes=9, seconds=59)
    assert must_show_again(seen=None, signed_in=None, now=now)
    assert must_show_again(seen=before, signed_in=None, now=now)
    assert not must_show_again(seen=before, signed_in=just, now=now)
    assert not must_show_again(seen=just, signed_in=before, now=now)
