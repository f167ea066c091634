"""The page about who sees what, as the person uses it."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.care.vault import access, registry, texts
from accounts.care.vault.enums import Reader, Scope
from accounts.care.vault.models import AccessEvent, ConsentGrant, Subject
from accounts.care.vault.registry import Part
from accounts.care.vault.services import forgetting, grants, log
from accounts.care.vault.services.subjects import ensure_subject
from accounts.care.vault.tasks import tend_grants
from accounts.identity.models import OutboxMessage
from tests.cast import Cast
from tests.client import StrictClient
from tests.make import sign_in

pytestmark = pytest.mark.django_db
PAGE = "vault:privacy"


@pytest.fixture
def subject(cast: Cast) -> Subject:
    return ensure_subject(user=cast.seeker.user)


@pytest.fixture
def person(client: StrictClient, cast: Cast) -> StrictClient:
    sign_in(client, cast.seeker.user)
    return client


def page_of(client: StrictClient, query: str = "") -> str:
    return str(client.get(reverse(PAGE) + query).content.decode())


def share(subject: Subject, cast: Cast) -> ConsentGrant:
    return grants.give(
        subject=subject, scope=Scope.SHARE_SUMMARY, counselor=cast.counselor
    )


# ---- What stands


def test_nothing_is_kept_by_looking(person: StrictClient) -> None:
    assert "目前没有" in page_of(person)
    assert not Subject.objects.exists()


def test_a_yes_shows_its_words_to_whom_and_until_when(
    person: StrictClient, cast: Cast, subject: Subject
) -> None:
    grant = share(subject, cast)
    page = page_of(person)
    assert cast.counselor.name in page
    assert texts.words_of(Scope.SHARE_SUMMARY) in page
    assert reverse("vault:revoke", args=[grant.pk]) in page
    assert reverse("vault:renew", args=[grant.pk]) not in page, "nothing to renew yet"


def test_one_tap_takes_it_back(
    person: StrictClient, cast: Cast, subject: Subject
) -> None:
    grant = share(subject, cast)
    assert person.post(reverse("vault:revoke", args=[grant.pk])).status_code == 302
    assert not access.may(subject, Scope.SHARE_SUMMARY, cast.counselor)
    page = page_of(person)
    assert reverse("vault:renew", args=[grant.pk]) in page


def test_and_one_tap_gives_it_again(
    person: StrictClient, cast: Cast, subject: Subject
) -> None:
    grant = grants.give(
        subject=subject, scope=Scope.SAFETY_CONTACT, detail={"phone": "13900000000"}
    )
    grants.revoke(grant=grant)
    person.post(reverse("vault:renew", args=[grant.pk]))
    again = access.standing_grant(subject, Scope.SAFETY_CONTACT)
    assert again is not None
    assert again.pk != grant.pk
    assert grants.detail_of(again) == {"phone": "13900000000"}


def test_a_counselor_who_is_not_checked_any_more_gets_nothing_again(
    person: StrictClient, cast: Cast, subject: Subject
) -> None:
    grant = share(subject, cast)
    grants.revoke(grant=grant)
    cast.counselor.verification_expires_at = timezone.now()
    cast.counselor.save()
    url = reverse("vault:renew", args=[grant.pk])
    assert url not in page_of(person)
    assert person.post(url).status_code == 404
    assert not access.may(subject, Scope.SHARE_SUMMARY, cast.counselor)


def test_a_hand_over_is_allowed_each_time_anew(
    person: StrictClient, cast: Cast, subject: Subject
) -> None:
    grant = grants.give(subject=subject, scope=Scope.HANDOVER, counselor=cast.counselor)
    grants.revoke(grant=grant)
    assert person.post(reverse("vault:renew", args=[grant.pk])).status_code == 404


def test_new_words_want_a_new_yes(
    person: StrictClient, cast: Cast, subject: Subject, monkeypatch: pytest.MonkeyPatch
) -> None:
    grant = share(subject, cast)
    other = grants.give(subject=subject, scope=Scope.CHECKIN_STORE)
    monkeypatch.setitem(texts.VERSIONS, Scope.SHARE_SUMMARY, "2027-01-01")
    assert not access.may(subject, Scope.SHARE_SUMMARY, cast.counselor)
    assert access.may(subject, Scope.CHECKIN_STORE), "its words are the same"
    page = page_of(person)
    assert reverse("vault:renew", args=[grant.pk]) in page
    assert reverse("vault:renew", args=[other.pk]) not in page
    person.post(reverse("vault:renew", args=[grant.pk]))
    assert access.may(subject, Scope.SHARE_SUMMARY, cast.counselor)
    # What was said to old words can be taken back as well.
    monkeypatch.setitem(texts.VERSIONS, Scope.CHECKIN_STORE, "2027-01-01")
    assert grants.revoke_scope(subject=subject, scope=Scope.CHECKIN_STORE)


@pytest.mark.parametrize(("days", "is_told"), [(15, False), (14, True), (1, True)])
def test_two_weeks_before_it_says_so(
    person: StrictClient, cast: Cast, subject: Subject, days: int, is_told: bool
) -> None:
    ends = timezone.now() + timedelta(days=days)
    grant = grants.give(
        subject=subject,
        scope=Scope.SHARE_SUMMARY,
        counselor=cast.counselor,
        expires_at=ends,
    )
    assert (reverse("vault:renew", args=[grant.pk]) in page_of(person)) is is_told


def test_being_counted_is_switched_on_and_off(person: StrictClient, cast: Cast) -> None:
    assert reverse("vault:be_counted") in page_of(person)
    person.post(reverse("vault:be_counted"))
    subject = access.subject_of(cast.seeker.user)
    assert subject is not None
    assert access.subjects_counted(now=timezone.now()) == {subject.pk}
    grant = ConsentGrant.objects.get()
    page = page_of(person)
    assert reverse("vault:be_counted") not in page
    person.post(reverse("vault:revoke", args=[grant.pk]))
    assert access.subjects_counted(now=timezone.now()) == set()


# ---- What is there already


@pytest.fixture
def forgotten(monkeypatch: pytest.MonkeyPatch) -> list[Subject]:
    found: list[Subject] = []
    part = Part(
        code="test",
        title="Test",
        copy=lambda _subject: None,
        erase=lambda _subject: None,
        how_long="",
        on_revoke={Scope.CHECKIN_STORE: found.append},
    )
    monkeypatch.setitem(registry._parts, "test", part)
    return found


@pytest.mark.parametrize(("what", "count"), [("delete", 1), ("keep", 0), ("", 0)])
def test_after_the_end_one_is_asked_about_what_is_there(
    person: StrictClient,
    subject: Subject,
    forgotten: list[Subject],
    what: str,
    count: int,
) -> None:
    grant = grants.give(subject=subject, scope=Scope.CHECKIN_STORE)
    gone = person.post(reverse("vault:revoke", args=[grant.pk]))
    kept = reverse("vault:kept", args=[grant.pk])
    assert gone["Location"] == kept
    assert not access.may(subject, Scope.CHECKIN_STORE), "it ended before the answer"
    assert forgotten == []
    assert "删" in person.get(kept).content.decode()
    person.post(kept, {"what": what})
    assert len(forgotten) == count


def test_nothing_goes_while_it_is_allowed_again(
    person: StrictClient, subject: Subject, forgotten: list[Subject]
) -> None:
    grant = grants.give(subject=subject, scope=Scope.CHECKIN_STORE)
    grants.revoke(grant=grant)
    grants.give(subject=subject, scope=Scope.CHECKIN_STORE)
    url = reverse("vault:kept", args=[grant.pk])
    assert person.post(url, {"what": "delete"}).status_code == 404
    assert forgotten == []


# ---- Who looked


def look(subject: Subject, cast: Cast, reason: str = "") -> None:
    log.note_access(
        subject=subject,
        reader=Reader.COUNSELOR,
        counselor=cast.counselor,
        action="case.read",
        reason=reason,
    )


def test_a_look_says_who_what_and_why(
    person: StrictClient, cast: Cast, subject: Subject
) -> None:
    look(subject, cast, "第一次见面前 <b>")
    page = page_of(person)
    assert f"你的辅导员 · {cast.counselor.name}" in page
    assert str(registry.words_for("case.read")) in page
    assert "第一次见面前 &lt;b&gt;" in page
    assert "第一次见面前" not in str(
        list(AccessEvent.objects.values_list("reason", flat=True))
    )


def test_looks_come_in_pages_and_none_is_lost(
    person: StrictClient, cast: Cast, subject: Subject
) -> None:
    for number in range(45):
        look(subject, cast, f"look-{number:02}")
    query, seen = "", []
    for _page in range(3):
        page = page_of(person, query)
        seen += [f"look-{n:02}" for n in range(45) if f"look-{n:02}" in page]
        _before, _sep, rest = page.partition('rel="next" href="/care/privacy/')
        query = rest.split("#")[0].split('"')[0]
    assert sorted(seen) == [f"look-{n:02}" for n in range(45)]
    assert query == ""
    assert person.get(reverse(PAGE), {"before": "9" * 30}).status_code == 200
    assert person.get(reverse(PAGE), {"before": "²"}).status_code == 200


# ---- The clock


def test_what_ran_out_ends_and_its_followers_hear_of_it(
    cast: Cast, subject: Subject, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[ConsentGrant] = []
    monkeypatch.setitem(registry._followers, Scope.SHARE_SUMMARY, [heard.append])
    grant = share(subject, cast)
    with time_machine.travel(grant.expires_at + timedelta(seconds=1)):
        assert tend_grants() == 1
        assert tend_grants() == 0
    assert heard == [grant]
    grant.refresh_from_db()
    assert grant.revoked_at == grant.expires_at


def test_two_weeks_before_one_message_that_says_nothing(
    cast: Cast, subject: Subject
) -> None:
    first = share(subject, cast)
    grants.give(subject=subject, scope=Scope.SHARE_ITEMS, counselor=cast.counselor)
    with time_machine.travel(first.expires_at - timedelta(days=13)):
        tend_grants()
        tend_grants()
    sent = OutboxMessage.objects.get()
    assert sent.subject == "你有一条新消息"
    assert "/care" not in sent.body
    assert cast.counselor.name not in sent.body
    assert str(subject.pk) not in sent.dedupe_key
    assert not ConsentGrant.objects.filter(noticed_at__isnull=True).exists()


def test_the_log_has_three_years_and_its_chain_still_holds(
    cast: Cast, subject: Subject
) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=4 * 365)):
        look(subject, cast)
        look(subject, cast)
    look(subject, cast)
    assert forgetting.count_old(now=timezone.now()) == 2
    assert forgetting.forget_looks(now=timezone.now()) == 2
    assert [event.number for event in access.looks_at(subject)] == [3]
    assert log.broken_logs() == (1, [])
