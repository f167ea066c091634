from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.employers import registry
from accounts.employers.enums import VerificationState
from accounts.employers.models import Organization
from accounts.employers.rules.verification import VERIFICATION, is_allowed_end
from accounts.employers.services import verification
from accounts.employers.services.blocklist import block_entities, lift_block
from accounts.employers.services.errors import NotNow
from accounts.employers.services.organizations import edit_organization
from accounts.identity.models import AuditEvent, OutboxMessage, User
from accounts.lib.dates import today
from tests.accounts.identity.codes import latest
from tests.make import (
    make_member,
    make_organization,
    make_papers,
    make_user,
    sign_in,
)
from tests.words import says

pytestmark = pytest.mark.django_db
WAITING = "/organization/verifications/"
REGISTER = dict.fromkeys(("same_name", "in_business", "nothing_listed"), "on")


@pytest.fixture
def organization() -> Organization:
    row = make_organization(verified=False)
    make_papers(row)
    return row


@pytest.fixture
def admin(organization: Organization) -> User:
    return make_member(organization, role="admin")


@pytest.fixture
def moderator() -> User:
    return make_user("moderator", email="mod@example.com")


def submit(organization: Organization, admin: User) -> Organization:
    return verification.submit_for_check(organization=organization, actor=admin)


def test_the_states_of_the_table_are_those_of_the_model() -> None:
    assert {str(state) for state in VerificationState} == VERIFICATION.states


def test_from_sending_in_to_checked(
    client: Client, organization: Organization, admin: User, moderator: User
) -> None:
    sign_in(client, admin)
    client.post(reverse("employers:submit"))
    sign_in(client, moderator)
    assert organization.display_name in client.get(WAITING).content.decode()
    until = today() + timedelta(days=100)
    where = reverse("employers:verify", args=[organization.public_id])
    client.post(where, REGISTER | {"until": until.isoformat(), "note": "看过执照"})
    organization.refresh_from_db()
    assert organization.is_verified(now=timezone.now())
    assert not organization.is_verified(now=timezone.now() + timedelta(days=102))
    assert latest("hr@example.com").template == "employers/verified"
    assert organization.display_name not in client.get(WAITING).content.decode()


def test_sent_back_with_a_reason_and_in_again(
    client: Client, organization: Organization, admin: User, moderator: User
) -> None:
    submit(organization, admin)
    sign_in(client, moderator)
    where = reverse("employers:send_back", args=[organization.public_id])
    client.post(where, {"reason": "执照上的名称不一样"})
    sign_in(client, admin)
    assert "执照上的名称不一样" in client.get("/organization/").content.decode()
    assert "执照上的名称不一样" in latest("hr@example.com").body
    assert submit(organization, admin).verification == "submitted"


def test_without_a_reason_nothing_is_sent_back(
    client: Client, organization: Organization, admin: User, moderator: User
) -> None:
    submit(organization, admin)
    sign_in(client, moderator)
    where = reverse("employers:send_back", args=[organization.public_id])
    assert client.post(where, {"reason": "  "}).status_code == 200
    organization.refresh_from_db()
    assert organization.verification == "submitted"


@pytest.mark.parametrize("days", [-1, 0, 181, 4000])
def test_a_check_holds_at_most_180_days(
    client: Client, organization: Organization, admin: User, moderator: User, days: int
) -> None:
    submit(organization, admin)
    sign_in(client, moderator)
    until = today() + timedelta(days=days)
    where = reverse("employers:verify", args=[organization.public_id])
    client.post(where, REGISTER | {"until": until.isoformat()})
    organization.refresh_from_db()
    assert organization.verification == "submitted"


def test_the_longest_check_is_never_more_than_180_days(
    client: Client, organization: Organization, admin: User, moderator: User
) -> None:
    submit(organization, admin)
    sign_in(client, moderator)
    until = today() + timedelta(days=180)
    where = reverse("employers:verify", args=[organization.public_id])
    client.post(where, REGISTER | {"until": until.isoformat()})
    organization.refresh_from_db()
    ends = organization.verification_expires_at
    assert ends is not None
    assert ends <= timezone.now() + timedelta(days=180)


def test_the_service_itself_refuses_a_long_check(
    organization: Organization, admin: User, moderator: User
) -> None:
    submit(organization, admin)
    with pytest.raises(NotNow):
        verification.verify_organization(
            organization=organization,
            actor=moderator,
            expires_at=timezone.now() + timedelta(days=181),
        )


def test_two_moderators_one_decision(
    client: Client, organization: Organization, admin: User, moderator: User
) -> None:
    submit(organization, admin)
    ends = timezone.now() + timedelta(days=10)
    verification.verify_organization(
        organization=organization, actor=moderator, expires_at=ends
    )
    sign_in(client, make_user("moderator", email="second@example.com"))
    where = reverse("employers:send_back", args=[organization.public_id])
    page = client.post(where, {"reason": "不一样"}, follow=True).content.decode()
    assert says(page, "Somebody else has decided this meanwhile.")
    organization.refresh_from_db()
    assert organization.verification == "verified"


def test_facts_that_changed_while_they_were_read_are_not_confirmed(
    client: Client, moderator: User, admin: User, organization: Organization
) -> None:
    submit(organization, admin)
    sign_in(client, moderator)
    page = client.get(reverse("employers:check", args=[organization.public_id]))
    asked = re.findall(r'name="asked" value="([^"]+)"', page.content.decode())[0]
    edit_organization(
        organization=organization, actor=admin, values={"legal_name": "另一家公司"}
    )
    submit(organization, admin)
    until = (today() + timedelta(days=90)).isoformat()
    verify = reverse("employers:verify", args=[organization.public_id])
    client.post(verify, REGISTER | {"until": until, "asked": asked})
    organization.refresh_from_db()
    assert organization.verification == "submitted"


def test_every_step_is_in_the_trail(
    organization: Organization, admin: User, moderator: User
) -> None:
    submit(organization, admin)
    verification.send_back_organization(
        organization=organization, actor=moderator, reason="缺执照"
    )
    found = AuditEvent.objects.filter(object_id=str(organization.public_id))
    steps = list(found.order_by("pk").values_list("action", "actor_kind"))
    assert steps == [
        ("employers.check_requested", "employer"),
        ("employers.sent_back", "moderator"),
    ]


def checked(days_left: int) -> Organization:
    """An organisation whose check runs out in so many days."""
    row = make_organization(
        verification_expires_at=timezone.now() + timedelta(days_left)
    )
    make_papers(row)
    make_member(row, role="admin")
    return row


def test_a_check_that_ran_out_ends() -> None:
    row = checked(days_left=-1)
    call_command("expire_verifications")
    row.refresh_from_db()
    assert row.verification == "expired"
    assert latest("hr@example.com").template == "employers/check_ended"


def test_a_month_before_the_end_one_reminder_is_written() -> None:
    checked(days_left=29)
    for _ in range(2):
        call_command("expire_verifications")
    assert [m.template for m in OutboxMessage.objects.all()] == [
        "employers/check_ends_soon"
    ]


@pytest.mark.parametrize(("days_left", "allowed"), [(29, True), (31, False)])
def test_the_next_check_can_be_asked_for_in_the_last_month(
    days_left: int, allowed: bool
) -> None:
    row = checked(days_left=days_left)
    admin = User.objects.get()
    if not allowed:
        with pytest.raises(NotNow):
            submit(row, admin)
        return
    again = submit(row, admin)
    assert again.verification == "verified"
    assert again.waits_for_check


def test_asking_again_in_time_keeps_the_place_in_the_list(moderator: User) -> None:
    row = checked(days_left=10)
    submit(row, User.objects.get(kind="employer"))
    with time_machine.travel(timezone.now() + timedelta(days=11), tick=False):
        call_command("expire_verifications")
    row.refresh_from_db()
    assert row.verification == "submitted"


def test_suspending_hides_and_reopening_asks_for_a_check(moderator: User) -> None:
    row = checked(days_left=100)
    verification.suspend_organization(
        organization=row, actor=moderator, reason="收取押金"
    )
    row.refresh_from_db()
    assert row.verification == "suspended"
    verification.reinstate_organization(organization=row, actor=moderator)
    row.refresh_from_db()
    assert row.verification == "unverified"


def test_a_suspended_organisation_cannot_send_itself_in(
    client: Client, admin: User, organization: Organization
) -> None:
    Organization.objects.update(verification="suspended")
    sign_in(client, admin)
    client.post(reverse("employers:submit"))
    organization.refresh_from_db()
    assert organization.verification == "suspended"


@pytest.mark.parametrize(
    ("hours", "fine"), [(0, False), (1, True), (180 * 24, True), (180 * 24 + 1, False)]
)
def test_allowed_ends(now: datetime, hours: int, fine: bool) -> None:
    assert is_allowed_end(end=now + timedelta(hours=hours), now=now) is fine


def test_followers_hear_of_every_change_in_its_transaction(
    monkeypatch: pytest.MonkeyPatch,
    organization: Organization,
    admin: User,
    moderator: User,
) -> None:
    heard: list[str] = []
    monkeypatch.setattr(registry, "_followers", [])
    registry.follow_checks(lambda row: heard.append(row.verification))
    submit(organization, admin)
    ends = timezone.now() + timedelta(days=10)
    verification.verify_organization(
        organization=organization, actor=moderator, expires_at=ends
    )
    verification.expire_checks(now=ends)
    verification.suspend_organization(
        organization=organization, actor=moderator, reason="收取押金"
    )
    assert heard == ["submitted", "verified", "expired", "suspended"]


def test_the_lock_of_a_step_lets_foreign_keys_be_checked(
    organization: Organization, admin: User, moderator: User
) -> None:
    """A full lock waits for every row being written that points at it, and back."""
    with CaptureQueriesContext(connection) as asked:
        submit(organization, admin)
        verification.suspend_organization(
            organization=organization, actor=moderator, reason="收取押金"
        )
        block_entities(organization=organization, actor=moderator, basis="见决定。")
        lift_block(organization=organization, actor=moderator, reason="弄错了。")
    table = Organization._meta.db_table
    locks = [
        query["sql"]
        for query in asked
        if f'FROM "{table}"' in query["sql"] and "UPDATE OF" in query["sql"]
    ]
    assert len(locks) == 4
    assert all(sql.endswith(f'FOR NO KEY UPDATE OF "{table}"') for sql in locks)
