"""Who an organisation is stays as it was while a measure is open or in force."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.employers import registry
from accounts.employers.forms import initial_of
from accounts.employers.models import Organization
from accounts.employers.services import verification
from accounts.employers.services.errors import FactsFixed
from accounts.employers.services.organizations import (
    IDENTITY_FIELDS,
    edit_organization,
)
from accounts.employers.views.organization import FIXED
from accounts.identity.models import AuditEvent, User
from tests.make import make_member, make_organization, make_user, sign_in
from tests.words import says

pytestmark = pytest.mark.django_db
EDIT = "/organization/edit/"
OTHER = "91000000MA1A002002"
# As somebody types them, and as they are kept.
IDENTITY = {
    "kind": ("agency", "agency"),
    "uscc": (OTHER, OTHER),
    "legal_name": ("另一家有限公司", "另一家有限公司"),
    "legal_representative": ("李四", "李四"),
    "contact_phone": ("13800000009", "+8613800000009"),
    "hr_licence_no": ("（示例）1", "（示例）1"),
    "dispatch_licence_no": ("（示例）2", "（示例）2"),
}
Refusal = Callable[[Organization], None]


def suspended(row: Organization) -> None:
    actor = make_user("moderator", email="mod@example.com")
    verification.suspend_organization(organization=row, actor=actor, reason="收取押金")


def guarded(_row: Organization) -> None:
    registry.guard_identity(lambda _asked: False)


@pytest.fixture(autouse=True)
def _own_guards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_guards", [])


@pytest.fixture
def organization() -> Organization:
    return make_organization()


@pytest.fixture
def admin(organization: Organization) -> User:
    return make_member(organization, role="admin")


def typed(row: Organization, **changes: str) -> dict[str, Any]:
    return initial_of(row) | changes


def stored(row: Organization) -> dict[str, Any]:
    return dict(Organization.objects.filter(pk=row.pk).values().get())


def test_the_table_names_all_of_it() -> None:
    assert set(IDENTITY) == IDENTITY_FIELDS


@pytest.mark.parametrize("measure", [suspended, guarded])
@pytest.mark.parametrize("name", sorted(IDENTITY))
def test_who_it_is_cannot_be_changed(
    client: Client, organization: Organization, admin: User, name: str, measure: Refusal
) -> None:
    measure(organization)
    before = stored(organization)
    sign_in(client, admin)
    value = IDENTITY[name][0]
    answers = typed(organization, **{name: value, "about": "新的介绍"})
    response = client.post(EDIT, answers)
    assert response.status_code == 200
    page = response.content.decode()
    assert says(page, FIXED)
    assert f'href="{reverse("measures:mine")}"' in page
    # Nothing typed is lost.
    assert value in page
    assert "新的介绍" in page
    assert stored(organization) == before
    assert not AuditEvent.objects.filter(
        action="employers.organization_edited"
    ).exists()


@pytest.mark.parametrize("measure", [suspended, guarded])
def test_the_service_refuses_whoever_calls(
    organization: Organization, admin: User, measure: Refusal
) -> None:
    measure(organization)
    before = stored(organization)
    for name, (_typed, value) in IDENTITY.items():
        with pytest.raises(FactsFixed) as refused:
            edit_organization(
                organization=organization,
                actor=admin,
                values={name: value, "about": "新的介绍"},
            )
        assert refused.value.fields == [name]
    assert stored(organization) == before


@pytest.mark.parametrize("measure", [suspended, guarded])
def test_everything_else_may_change(
    client: Client, organization: Organization, admin: User, measure: Refusal
) -> None:
    measure(organization)
    sign_in(client, admin)
    answers = typed(organization, about="新的介绍", size="50-199", city="杭州")
    assert client.post(EDIT, answers).status_code == 302
    organization.refresh_from_db()
    assert (organization.about, organization.size) == ("新的介绍", "50-199")
    assert organization.city_code != "3101"


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_the_page_says_it_before_anything_is_typed(
    client: Client, organization: Organization, admin: User, language: str
) -> None:
    words = {"zh-hans": "都不能改", "zh-hant": "單位類型", "en": "stay as they are"}
    User.objects.filter(pk=admin.pk).update(language=language)
    sign_in(client, admin)
    client.cookies["django_language"] = language
    headers = {"accept-language": language}
    assert words[language] not in client.get(EDIT, headers=headers).content.decode()
    suspended(organization)
    assert words[language] in client.get(EDIT, headers=headers).content.decode()


def test_a_lifted_suspension_finds_the_organisation_it_was_for(
    organization: Organization, admin: User
) -> None:
    suspended(organization)
    with pytest.raises(FactsFixed):
        edit_organization(
            organization=organization, actor=admin, values={"uscc": OTHER}
        )
    row = verification.end_suspension(organization=organization, actor=None)
    assert (row.verification, row.uscc) == ("verified", organization.uscc)


def test_afterwards_a_change_asks_for_a_check_again(
    organization: Organization, admin: User
) -> None:
    suspended(organization)
    verification.end_suspension(organization=organization, actor=None)
    assert edit_organization(
        organization=organization, actor=admin, values={"uscc": OTHER}
    )


def test_a_guard_is_asked_about_this_organisation_once_registered(
    organization: Organization, admin: User
) -> None:
    asked: list[int] = []

    def guard(row: Organization) -> bool:
        asked.append(row.pk)
        return True

    registry.guard_identity(guard)
    registry.guard_identity(guard)
    edit_organization(organization=organization, actor=admin, values={"about": "x"})
    assert asked == []
    assert edit_organization(
        organization=organization, actor=admin, values={"uscc": OTHER}
    )
    assert asked == [organization.pk]
