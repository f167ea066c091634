from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from accounts.consent.enums import DeletionState
from accounts.consent.models import AccountDeletion
from accounts.consent.registry import erase_person
from accounts.consent.services import deletions
from accounts.identity.models import AuditEvent, OutboxMessage, User
from tests.client import StrictClient
from tests.make import PASSWORD, make_seeker, make_user, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> User:
    return make_seeker().user


def show_again(client: StrictClient) -> None:
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def test_the_whole_way_and_back(client: StrictClient, person: User) -> None:
    sign_in(client, person)
    url = reverse("consent:delete")
    assert client.get(url)["Location"].startswith(reverse("account_reauthenticate"))
    show_again(client)
    page = client.get(url).content.decode()
    assert "7 天之内可以回来" in page
    assert "空的账号编号" in page
    unticked = client.post(url, {})
    assert unticked.status_code == 422
    assert "如果想好了" in unticked.content.decode()
    assert not AccountDeletion.objects.exists()

    gone = client.post(url, {"sure": "on"})
    row = AccountDeletion.objects.get()
    assert gone["Location"] == reverse("consent:receipt", args=[row.public_id])
    assert client.get(reverse("home")).wsgi_request.user.is_anonymous
    receipt = client.get(gone["Location"]).content.decode()
    assert str(row.public_id)[:8].upper() in receipt
    assert "海风" not in receipt

    sign_in(client, person)
    for name in ("home", "search:list", "identity:account", "consent:export"):
        assert client.get(reverse(name))["Location"] == reverse("consent:leaving")
    assert client.get(reverse("help")).status_code == 200
    assert "要留下来吗" in client.get(reverse("consent:leaving")).content.decode()
    assert client.post(reverse("consent:stay"))["Location"] == reverse("home")
    assert client.get(reverse("home")).status_code == 200
    row.refresh_from_db()
    assert row.state == DeletionState.CANCELLED
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert deletions.erase_due(now=timezone.now()) == 0


def test_every_browser_is_signed_out(client: StrictClient, person: User) -> None:
    other = StrictClient()
    other.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    assert other.get(reverse("consent:centre")).status_code == 200
    deletions.request_deletion(user=person)
    assert other.get(reverse("consent:centre"))["Location"].startswith("/account/login")
    assert not Session.objects.exists()


def test_a_second_tap_finds_the_first(person: User) -> None:
    assert deletions.request_deletion(user=person) == deletions.request_deletion(
        user=person
    )
    assert OutboxMessage.objects.filter(template="privacy/deletion_asked").count() == 1


def test_not_before_the_week_is_over(person: User) -> None:
    row = deletions.request_deletion(user=person)
    assert row.due_at - row.requested_at == timedelta(days=7)
    assert deletions.erase_due(now=row.due_at - timedelta(seconds=1)) == 0
    assert deletions.erase_due(now=row.due_at) == 1


def test_who_stayed_can_leave_again(person: User) -> None:
    deletions.request_deletion(user=person)
    assert deletions.stay(user=person)
    assert not deletions.stay(user=person)
    assert deletions.request_deletion(user=person).state == DeletionState.WAITING


@pytest.mark.parametrize("kind", ["moderator", "operator"])
def test_who_works_on_the_site_asks_the_operator(
    kind: str, client: StrictClient
) -> None:
    user = make_user(kind, email="staff@example.com")
    with pytest.raises(deletions.CannotLeave):
        deletions.request_deletion(user=user)


def test_one_that_fails_keeps_nobody_waiting(
    person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = make_user(email="second@example.com")
    for user in (person, other):
        deletions.request_deletion(user=user)
    real = erase_person

    def fails_for_one(user: User) -> list[str]:
        if user.pk == person.pk:
            raise RuntimeError("broken")
        return real(user)

    monkeypatch.setattr(deletions, "erase_person", fails_for_one)
    later = timezone.now() + timedelta(days=8)
    assert deletions.erase_due(now=later) == 1
    person.refresh_from_db()
    other.refresh_from_db()
    assert person.erased_at is None
    assert other.erased_at is not None


def test_an_erased_account_cannot_come_back(client: StrictClient, person: User) -> None:
    sign_in(client, person)
    deletions.request_deletion(user=person)
    deletions.erase_due(now=timezone.now() + timedelta(days=8))
    person.refresh_from_db()
    assert not person.has_usable_password()
    assert not person.is_active
    assert client.get(reverse("consent:centre")).status_code == 302


def test_the_receipt_as_a_file(client: StrictClient, person: User) -> None:
    row = deletions.request_deletion(user=person)
    deletions.erase_due(now=timezone.now() + timedelta(days=8))
    file = client.get(reverse("consent:receipt_file", args=[row.public_id]))
    text = file.content.decode()
    assert file["Content-Disposition"].startswith("attachment")
    assert "这份回执" in text
    assert "seeker@example.com" not in text
    page = client.get(reverse("consent:receipt", args=[row.public_id]))
    assert "账号已经清除" in page.content.decode()


def test_the_trail_says_it_and_names_nobody(person: User) -> None:
    deletions.request_deletion(user=person)
    deletions.erase_due(now=timezone.now() + timedelta(days=8))
    actions = set(
        AuditEvent.objects.filter(subject_id=person.pk).values_list("action", flat=True)
    )
    assert {"privacy.deletion_asked", "identity.erased"} <= actions


def test_by_hand_it_only_counts_until_told(person: User) -> None:
    deletions.request_deletion(user=person)
    AccountDeletion.objects.update(due_at=timezone.now())
    assert "1 accounts" in said("erase_due_accounts")
    person.refresh_from_db()
    assert person.erased_at is None
    assert "1 erased" in said("erase_due_accounts", "--apply")


def test_old_messages_lose_words_and_address(person: User) -> None:
    deletions.request_deletion(user=person)
    deletions.stay(user=person)
    OutboxMessage.objects.update(state="sent", sent_at=timezone.now())
    said("blank_old_messages", "--apply")
    assert OutboxMessage.objects.exclude(address="").exists()
    with time_machine.travel(timezone.now() + timedelta(days=30, minutes=1)):
        assert "1 messages" in said("blank_old_messages")
        said("blank_old_messages", "--apply")
    assert not OutboxMessage.objects.exclude(address="", body="").exists()


def said(*command: str) -> str:
    out = StringIO()
    call_command(*command, stdout=out)
    return out.getvalue()
