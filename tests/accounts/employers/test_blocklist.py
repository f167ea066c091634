from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.employers.access import blocked_matches
from accounts.employers.models import BlockedEntity, Organization
from accounts.employers.rules.contacts import normal_name, normalize_office_phone
from accounts.employers.services import verification
from accounts.employers.services.blocklist import block_entities, lift_block
from accounts.employers.services.errors import Blocked, ReasonNeeded
from accounts.employers.services.organizations import edit_organization
from accounts.employers.views.organization import APPEAL_ABOUT, BLOCKED
from accounts.identity.models import AuditEvent, User
from accounts.identity.rules.phones import PhoneRefused
from accounts.lib.crypto import fingerprint, fingerprints
from tests.make import USCC, make_member, make_organization, make_user, sign_in
from tests.words import says

pytestmark = pytest.mark.django_db
OTHER = "91000000MA1A002002"
BASIS = "冒用银行名义招人，见处理决定。"
ANSWERS = {
    "legal_name": "青禾消费金融有限公司",
    "uscc": USCC,
    "display_name": "青禾",
    "kind": "employer",
    "city": "上海 浦东新区",
    "address": "示例路1号",
}


@pytest.fixture
def moderator() -> User:
    return make_user("moderator", email="mod@example.com")


@pytest.fixture
def offender() -> Organization:
    return make_organization(
        legal_representative="王小明", contact_phone="+8613800000001"
    )


def block(offender: Organization, moderator: User, **more: Any) -> list[BlockedEntity]:
    return block_entities(organization=offender, actor=moderator, basis=BASIS, **more)


def test_the_list_names_nobody(offender: Organization, moderator: User) -> None:
    found = block(offender, moderator, codes=["id-bank-affiliation-claim"])
    assert [row.kind for row in found] == ["uscc", "legal_representative", "phone"]
    kept = str([vars(row) for row in BlockedEntity.objects.all()])
    assert not any(x in kept for x in (USCC, "王小明", "13800000001"))
    event = AuditEvent.objects.get(action="employers.blocked")
    assert event.detail["codes"] == ["id-bank-affiliation-claim"]


def test_a_blocked_code_is_refused_with_the_way_to_appeal(
    client: Client, offender: Organization, moderator: User
) -> None:
    block(offender, moderator)
    Organization.objects.filter(pk=offender.pk).update(uscc=OTHER)
    sign_in(client, make_user("employer"))
    page = client.post(reverse("employers:create"), ANSWERS).content.decode()
    assert says(page, BLOCKED)
    assert says(page, APPEAL_ABOUT)
    assert "青禾消费金融有限公司" in page
    assert Organization.objects.count() == 1


def test_a_code_cannot_be_changed_to_a_blocked_one(
    client: Client, offender: Organization, moderator: User
) -> None:
    block(offender, moderator)
    Organization.objects.filter(pk=offender.pk).update(uscc=OTHER)
    row = make_organization(uscc="91350100M000100Y43", display_name="远帆")
    sign_in(client, make_member(row, role="admin"))
    page = client.post(reverse("employers:edit"), ANSWERS).content.decode()
    row.refresh_from_db()
    assert says(page, BLOCKED)
    assert row.uscc == "91350100M000100Y43"


def test_a_blocked_organisation_is_neither_sent_in_nor_confirmed(
    offender: Organization, moderator: User
) -> None:
    admin = make_member(offender, role="admin")
    Organization.objects.update(verification="unverified")
    block(offender, moderator)
    with pytest.raises(Blocked):
        verification.submit_for_check(organization=offender, actor=admin)
    Organization.objects.update(verification="submitted", submitted_at=timezone.now())
    with pytest.raises(Blocked):
        verification.verify_organization(
            organization=offender,
            actor=moderator,
            expires_at=timezone.now() + timedelta(days=9),
        )


@pytest.mark.parametrize(
    ("facts", "kinds"),
    [
        ({"legal_representative": "王 小明"}, ["legal_representative"]),
        ({"contact_phone": "+8613800000001"}, ["phone"]),
        ({"legal_representative": "王小红"}, []),
        ({}, []),
    ],
)
def test_a_second_try_is_shown_to_those_who_check(
    client: Client,
    offender: Organization,
    moderator: User,
    facts: dict[str, str],
    kinds: list[str],
) -> None:
    block(offender, moderator)
    row = make_organization(uscc=OTHER, display_name="新店", verified=False, **facts)
    assert [match.kind for match in blocked_matches(row)] == kinds
    sign_in(client, moderator)
    page = client.get(reverse("employers:check", args=[row.public_id])).content.decode()
    assert (BASIS in page) is bool(kinds)
    assert (offender.display_name in page) is bool(kinds)


def test_its_own_block_stays_known_when_the_facts_change(
    offender: Organization, moderator: User
) -> None:
    block(offender, moderator)
    edit_organization(
        organization=offender,
        actor=moderator,
        values={"uscc": OTHER, "legal_representative": "李四", "contact_phone": ""},
    )
    offender.refresh_from_db()
    assert [match.is_own for match in blocked_matches(offender)] == [True] * 3


@pytest.mark.parametrize("how", ["lifted", "run out"])
def test_a_block_ends(offender: Organization, moderator: User, how: str) -> None:
    if how == "lifted":
        block(offender, moderator)
        lift_block(organization=offender, actor=moderator, reason="申诉成立")
    else:
        block(offender, moderator, until=timezone.now() - timedelta(minutes=1))
    assert blocked_matches(offender) == []


def test_lifting_leaves_the_block_of_another(
    offender: Organization, moderator: User
) -> None:
    second = make_organization(uscc=OTHER, contact_phone=offender.contact_phone)
    block(offender, moderator)
    block(second, moderator)
    assert lift_block(organization=offender, actor=moderator, reason="申诉成立") == 3
    assert {m.kind for m in blocked_matches(offender)} == {"phone"}


def test_blocking_again_renews_one_entry(
    offender: Organization, moderator: User
) -> None:
    block(offender, moderator, until=timezone.now() + timedelta(days=1))
    block(offender, moderator)
    assert BlockedEntity.objects.count() == 3
    assert not BlockedEntity.objects.filter(until__isnull=False).exists()


def test_a_block_needs_a_reason(offender: Organization, moderator: User) -> None:
    with pytest.raises(ReasonNeeded):
        block_entities(organization=offender, actor=moderator, basis=" ")
    with pytest.raises(ReasonNeeded):
        lift_block(organization=offender, actor=moderator, reason="")


@pytest.mark.parametrize(
    "change",
    [{"basis": ""}, {"lifted_at": timezone.now()}, {"kind": "phone", "digest": "d"}],
)
def test_the_database_holds_it_too(
    offender: Organization, moderator: User, change: dict[str, Any]
) -> None:
    def entity(**fields: Any) -> BlockedEntity:
        values = {"organization": offender, "created_by": moderator, "basis": BASIS}
        return BlockedEntity.objects.create(**(values | fields))

    entity(kind="phone", digest="d")
    with pytest.raises(IntegrityError), transaction.atomic():
        entity(**({"kind": "uscc", "digest": "e"} | change))


def test_telling_the_representative_for_the_first_time_needs_no_new_check() -> None:
    row = make_organization(legal_representative="")
    admin = make_member(row, role="admin")
    for name, again in (("王小明", False), ("李四", True)):
        values = {"legal_representative": name}
        assert again is edit_organization(organization=row, actor=admin, values=values)


def test_an_older_key_still_finds_its_entries(
    offender: Organization, moderator: User, settings: Any
) -> None:
    block(offender, moderator)
    settings.FIELD_KEYS = ["bmV3LWtleS1uZXcta2V5LW5ldy1rZXktbmV3LWtleSE=", *OLD_KEYS]
    assert len(blocked_matches(offender)) == 3
    block(offender, moderator)
    assert BlockedEntity.objects.count() == 3


OLD_KEYS = list(settings.FIELD_KEYS)


def test_fingerprints_differ_by_purpose_and_key(settings: Any) -> None:
    assert fingerprint("a", "phone") == fingerprint("a", "phone")
    assert fingerprint("a", "phone") != fingerprint("a", "uscc")
    settings.FIELD_KEYS = ["new", *OLD_KEYS]
    assert len(set(fingerprints("a", "phone"))) == 2


@pytest.mark.parametrize("text", ["王小明", " 王 小明", "王　小明", "王·小明"])
def test_equal_names_are_equal(text: str) -> None:
    assert normal_name(text) == "王小明"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("138 0000 0001", "+8613800000001"),
        ("021-58880000", "+862158880000"),
        ("(010) 6555 0000", "+861065550000"),
        ("400-820-8820", "+864008208820"),
        ("+886 2 2720 8889", "+886227208889"),
    ],
)
def test_telephones_of_offices(text: str, number: str) -> None:
    assert normalize_office_phone(text) == number


@pytest.mark.parametrize(
    "text", ["12", "call me", "+1 202 555 0100", "5888 0000 00000"]
)
def test_no_telephone(text: str) -> None:
    with pytest.raises(PhoneRefused):
        normalize_office_phone(text)


def test_a_wrong_telephone_is_explained_and_kept(client: Client) -> None:
    sign_in(client, make_user("employer"))
    answers = ANSWERS | {"contact_phone": "12-34"}
    page = client.post(reverse("employers:create"), answers).content.decode()
    assert says(
        page, "This is not a telephone number we know. Please check the digits."
    )
    assert "12-34" in page


def test_the_telephone_survives_editing(client: Client) -> None:
    row = make_organization(contact_phone="+862158880000")
    sign_in(client, make_member(row, role="admin"))
    page = client.get(reverse("employers:edit"))
    shown = page.context["form"].initial["contact_phone"]
    client.post(reverse("employers:edit"), ANSWERS | {"contact_phone": shown})
    row.refresh_from_db()
    assert row.contact_phone == "+862158880000"
