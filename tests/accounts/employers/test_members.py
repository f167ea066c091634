from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.employers.enums import MemberRole
from accounts.employers.models import Membership, Organization
from accounts.employers.services import members
from accounts.employers.services.errors import LastAdmin
from accounts.employers.views.members import LAST_ADMIN
from accounts.identity.models import AuditEvent, OutboxMessage, User
from tests.make import make_member, make_organization, sign_in
from tests.words import says


def membership(user: User) -> Membership:
    return Membership.objects.get(user=user)


@pytest.fixture
def organization(db: None) -> Organization:
    return make_organization()


@pytest.fixture
def admin(organization: Organization) -> User:
    return make_member(organization, email="admin@example.com", role="admin")


@pytest.fixture
def recruiter(organization: Organization) -> User:
    return make_member(organization, email="recruiter@example.com")


def test_an_administrator_gives_roles(
    client: Client, admin: User, recruiter: User
) -> None:
    sign_in(client, admin)
    where = reverse("employers:change_role", args=[recruiter.public_id])
    client.post(where, {"role": "admin"})
    assert membership(recruiter).role == "admin"
    event = AuditEvent.objects.get(action="employers.role_changed")
    assert event.subject_id == recruiter.pk
    assert OutboxMessage.objects.get().user == recruiter


def test_an_unknown_role_changes_nothing(
    client: Client, admin: User, recruiter: User
) -> None:
    sign_in(client, admin)
    client.post(
        reverse("employers:change_role", args=[recruiter.public_id]), {"role": "boss"}
    )
    assert membership(recruiter).role == "recruiter"


def test_the_last_administrator_cannot_step_down(admin: User, recruiter: User) -> None:
    with pytest.raises(LastAdmin):
        members.change_role(
            membership=membership(admin), actor=admin, role=MemberRole.RECRUITER
        )


def test_the_last_administrator_cannot_leave(
    client: Client, admin: User, recruiter: User
) -> None:
    sign_in(client, admin)
    page = client.post(reverse("employers:leave"), follow=True).content.decode()
    assert says(page, LAST_ADMIN)
    assert membership(admin).is_active


def test_a_recruiter_leaves(client: Client, admin: User, recruiter: User) -> None:
    sign_in(client, recruiter)
    client.post(reverse("employers:leave"))
    assert not membership(recruiter).is_active
    assert client.get(reverse("employers:members")).status_code == 404


def test_a_removed_colleague_is_told(
    client: Client, admin: User, recruiter: User
) -> None:
    sign_in(client, admin)
    client.post(reverse("employers:remove_member", args=[recruiter.public_id]))
    assert not membership(recruiter).is_active
    assert OutboxMessage.objects.get().template == "employers/removed"


def test_removing_twice_is_one_event(admin: User, recruiter: User) -> None:
    for _ in range(2):
        members.remove_member(membership=membership(recruiter), actor=admin)
    assert AuditEvent.objects.filter(action="employers.member_removed").count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", ["demote", "deactivate", "delete"])
def test_the_database_keeps_an_administrator_too(how: str) -> None:
    """Even code that forgets the service cannot leave an organisation without one."""
    row = membership(make_member(make_organization(), role="admin"))
    mine = Membership.objects.filter(pk=row.pk)
    acts: dict[str, Callable[[], object]] = {
        "demote": lambda: mine.update(role="recruiter"),
        "deactivate": lambda: mine.update(is_active=False),
        "delete": mine.delete,
    }
    with pytest.raises(IntegrityError, match="without an administrator"):
        acts[how]()
    assert mine.filter(role="admin", is_active=True).exists()


@pytest.mark.django_db(transaction=True)
def test_the_database_looks_when_the_transaction_ends() -> None:
    organization = make_organization()
    old = membership(make_member(organization, role="admin"))
    new = membership(make_member(organization, email="new@example.com"))
    with transaction.atomic():
        Membership.objects.filter(pk=old.pk).update(role="recruiter")
        Membership.objects.filter(pk=new.pk).update(role="admin")
    assert membership(new.user).role == "admin"


@pytest.mark.django_db(transaction=True)
def test_a_whole_organisation_can_be_deleted() -> None:
    organization = make_organization()
    make_member(organization, role="admin")
    organization.delete()
    assert not Membership.objects.exists()


def at_once(*acts: Callable[[], object]) -> list[type[Exception] | None]:
    """Run in threads that start together; what each raised, in order."""
    start = threading.Barrier(len(acts))
    raised: list[type[Exception] | None] = [None] * len(acts)

    def run(place: int) -> None:
        start.wait()
        try:
            acts[place]()
        except Exception as error:  # noqa: BLE001 - the test looks at the class
            raised[place] = type(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("through_service", [True, False])
def test_two_administrators_stepping_down_at_once_leave_one(
    through_service: bool,
) -> None:
    organization = make_organization()
    first = membership(make_member(organization, email="a@example.com", role="admin"))
    second = membership(make_member(organization, email="b@example.com", role="admin"))

    def step_down(row: Membership) -> Callable[[], object]:
        if through_service:
            return lambda: members.change_role(
                membership=row, actor=row.user, role=MemberRole.RECRUITER
            )
        mine = Membership.objects.filter(pk=row.pk)
        return lambda: mine.update(role="recruiter")

    raised = at_once(step_down(first), step_down(second))
    refusal = LastAdmin if through_service else IntegrityError
    assert sorted(raised, key=str) == sorted([None, refusal], key=str)
    admins = Membership.objects.filter(role="admin", is_active=True)
    assert admins.count() == 1
