"""Sending papers in, deciding on them, and erasing them, through pages and services."""

from __future__ import annotations

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.consent.registry import erase_person, export_person
from accounts.counselors.models import CounselorProfile
from accounts.employers.models import Organization
from accounts.evidence import files, services
from accounts.evidence.enums import DocumentKind, DocumentState, SubjectType
from accounts.evidence.models import Document
from accounts.evidence.rules.files import LARGEST, FileRefused
from accounts.evidence.rules.papers import MOST_FILES
from accounts.evidence.rules.workflow import DOCUMENT
from accounts.evidence.words import REFUSALS
from accounts.identity.models import AuditEvent, User
from accounts.lib.dates import today
from accounts.lib.workflow import ReasonMissing
from tests.make import (
    PDF,
    PNG,
    make_counselor,
    make_document,
    make_member,
    make_organization,
    make_user,
    sign_in,
)
from tests.words import says

pytestmark = pytest.mark.django_db
UPLOAD = "/organization/documents/agent_authorisation/"
UNTIL = (today() + timedelta(days=90)).isoformat()


@pytest.fixture
def organization() -> Organization:
    return make_organization(verified=False)


@pytest.fixture
def admin(client: Client, organization: Organization) -> User:
    user = make_member(organization, role="admin")
    sign_in(client, user)
    return user


@pytest.fixture
def moderator() -> User:
    return make_user("moderator", email="mod@example.com")


def file(name: str = "授权书.pdf", data: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "application/x-whatever")


def upload(organization: Organization, admin: User, **more: Any) -> Document:
    values: dict[str, Any] = {
        "subject": SubjectType.ORGANIZATION,
        "subject_id": organization.public_id,
        "kind": DocumentKind.BUSINESS_LICENCE,
        "name": "a.png",
        "data": PNG,
        "actor": admin,
    }
    return services.upload_document(**(values | more))


def stored() -> set[str]:
    return set(files.stored_keys())


def test_a_paper_is_sent_in_and_seen_in_the_list(client: Client, admin: User) -> None:
    before = stored()
    page = client.post(UPLOAD, {"file": file(), "valid_until": UNTIL}, follow=True)
    row = Document.objects.get()
    assert (row.name, row.content_type) == ("授权书.pdf", "application/pdf")
    assert (row.size, row.state) == (len(PDF), "waiting")
    assert {row.storage_key} == stored() - before
    assert "授权书.pdf" in page.content.decode()
    event = AuditEvent.objects.get(action="evidence.uploaded")
    assert (event.subject_id, event.detail) == (admin.pk, {"kind": row.kind})


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.pdf", b"", "empty"),
        ("a.pdf", PDF + b" " * LARGEST, "too_large"),
        ("客户名单.xlsx", b"PK\x03\x04", "list"),
        ("a.svg", b"<svg/>", "type"),
        ("a.pdf", PNG, "ending"),
        ("a.pdf", b"junk" + PDF, "mixed"),
        ("a.pdf", PDF.replace(b"/Type/Catalog", b"/JavaScript 1 0 R"), "active"),
    ],
)
def test_a_wrong_file_gets_a_sentence_and_nothing_typed_is_lost(
    client: Client, admin: User, name: str, data: bytes, why: str
) -> None:
    before = stored()
    page = client.post(UPLOAD, {"file": file(name, data), "valid_until": UNTIL})
    text = page.content.decode()
    assert str(REFUSALS[why]) in unescape(text)
    assert f'value="{UNTIL}"' in text
    assert not Document.objects.exists()
    assert stored() == before


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("", "This field is required."),
        (
            (today() - timedelta(days=1)).isoformat(),
            "This day is over. A paper that has run out does not count.",
        ),
    ],
)
def test_a_paper_that_ends_needs_its_day(
    client: Client, admin: User, day: str, words: str
) -> None:
    page = client.post(UPLOAD, {"file": file(), "valid_until": day})
    assert says(page, words)
    assert not Document.objects.exists()


def test_without_a_file_it_asks_for_one(client: Client, admin: User) -> None:
    page = client.post(UPLOAD, {"valid_until": UNTIL})
    assert says(page, "This field is required.")


def test_a_new_one_replaces_the_old(organization: Organization, admin: User) -> None:
    """One nobody has decided on is erased at once; an accepted one rests for a while."""
    first = upload(organization, admin)
    first_key = first.storage_key
    second = upload(organization, admin)
    first.refresh_from_db()
    assert first.storage_key is None
    assert first.name == ""
    Document.objects.filter(pk=second.pk).update(
        state="accepted", reviewed_at=timezone.now()
    )
    upload(organization, admin)
    second.refresh_from_db()
    assert second.storage_key is not None
    assert second.replaced_at is not None
    assert first_key != second.storage_key
    assert Document.objects.current().count() == 1


def test_erased_files_are_gone_once_the_transaction_is(
    organization: Organization,
    admin: User,
    django_capture_on_commit_callbacks: Any,
) -> None:
    row = upload(organization, admin)
    with django_capture_on_commit_callbacks(execute=True):
        services.withdraw_document(document=row, actor=admin)
    assert row.storage_key not in stored()


def test_a_row_that_cannot_be_written_leaves_no_file(
    organization: Organization, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError

    before = stored()
    monkeypatch.setattr(services, "record_event", fail)
    with pytest.raises(RuntimeError):
        upload(organization, admin)
    assert stored() == before
    assert not Document.objects.exists()


def test_two_at_once_are_one(
    organization: Organization, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The slower of two colleagues is told; the database keeps one current paper."""
    upload(organization, admin)
    before = stored()
    monkeypatch.setattr(services, "_replace", lambda _row: None)
    with pytest.raises(services.NotNow):
        upload(organization, admin)
    assert stored() == before


def test_there_is_a_most_of_files(organization: Organization, admin: User) -> None:
    for _ in range(MOST_FILES):
        make_document(organization, state="accepted", replaced_at=timezone.now())
    with pytest.raises(FileRefused, match="too_many"):
        upload(organization, admin)
    assert Document.objects.count() == MOST_FILES


def test_it_is_taken_back_before_anybody_decided(
    client: Client, organization: Organization, admin: User
) -> None:
    row = make_document(organization)
    where = reverse("employers:withdraw_document", args=["business_licence"])
    client.post(where)
    row.refresh_from_db()
    assert (row.storage_key, row.name) == (None, "")
    page = client.post(where, follow=True)
    assert says(page, "This paper cannot be taken back any more.")


def test_opening_is_sealed_and_written_down(
    client: Client, organization: Organization, admin: User, moderator: User
) -> None:
    row = upload(organization, admin)
    sign_in(client, moderator)
    response = client.get(reverse("evidence:open", args=[row.public_id]))
    assert response.content == PNG
    assert response["Content-Type"] == "image/png"
    assert response["Content-Disposition"] == 'inline; filename="a.png"'
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    event = AuditEvent.objects.get(action="evidence.opened")
    assert (event.actor_id, event.subject_id) == (moderator.pk, admin.pk)


def test_a_pdf_is_saved_not_shown(
    client: Client, organization: Organization, moderator: User
) -> None:
    row = make_document(
        organization, data=PDF, name="a.pdf", content_type="application/pdf"
    )
    sign_in(client, moderator)
    response = client.get(reverse("evidence:open", args=[row.public_id]))
    assert response["Content-Disposition"].startswith("attachment")


def test_asking_for_the_head_is_no_reading(
    client: Client, organization: Organization, moderator: User
) -> None:
    row = make_document(organization)
    sign_in(client, moderator)
    response = client.head(reverse("evidence:open", args=[row.public_id]))
    assert response["Content-Type"] == "image/png"
    assert not AuditEvent.objects.filter(action="evidence.opened").exists()


def test_a_file_that_is_lost_is_404(
    client: Client, organization: Organization, moderator: User
) -> None:
    row = make_document(organization)
    files.remove(str(row.storage_key))
    sign_in(client, moderator)
    where = reverse("evidence:open", args=[row.public_id])
    assert client.get(where).status_code == 404


def test_accepted_with_its_last_day(
    client: Client, organization: Organization, moderator: User
) -> None:
    row = make_document(organization, "agent_authorisation")
    sign_in(client, moderator)
    response = client.post(
        reverse("evidence:accept", args=[row.public_id]), {"valid_until": UNTIL}
    )
    row.refresh_from_db()
    assert (row.state, row.reviewer) == ("accepted", moderator)
    assert row.valid_until is not None
    assert row.valid_until.isoformat() == UNTIL
    check = reverse("employers:check", args=[organization.public_id])
    assert response["Location"] == check


def test_refused_only_with_a_reason(
    client: Client, organization: Organization, admin: User, moderator: User
) -> None:
    row = make_document(organization)
    sign_in(client, moderator)
    where = reverse("evidence:refuse", args=[row.public_id])
    assert client.post(where, {"reason": " "}).status_code == 200
    client.post(where, {"reason": "印章看不清"})
    row.refresh_from_db()
    assert row.state == "refused"
    sign_in(client, admin)
    assert "印章看不清" in client.get("/organization/").content.decode()


def test_the_states_of_the_table_are_those_of_the_model() -> None:
    assert {str(state) for state in DocumentState} == DOCUMENT.states


def test_the_service_wants_a_reason_too(
    organization: Organization, moderator: User
) -> None:
    row = make_document(organization)
    with pytest.raises(ReasonMissing):
        services.refuse_document(document=row, actor=moderator, reason=" ")


def test_a_paper_that_turns_out_false_is_refused_later(
    organization: Organization, moderator: User
) -> None:
    row = make_document(organization, state="accepted")
    services.refuse_document(document=row, actor=moderator, reason="查无此证")
    with pytest.raises(services.NotNow):
        services.refuse_document(document=row, actor=moderator, reason="再来一次")
    row.refresh_from_db()
    assert row.reason == "查无此证"


def test_decided_once(
    client: Client, organization: Organization, moderator: User
) -> None:
    row = make_document(organization, state="accepted")
    sign_in(client, moderator)
    where = reverse("evidence:accept", args=[row.public_id])
    page = client.post(where, {}, follow=True)
    assert says(page, "Somebody else has decided this meanwhile.")


@pytest.mark.parametrize("decision", ["accept", "refuse"])
def test_an_identity_card_is_erased_once_seen(
    organization: Organization, admin: User, moderator: User, decision: str
) -> None:
    row = upload(organization, admin, kind=DocumentKind.AGENT_ID)
    if decision == "accept":
        services.accept_document(document=row, actor=moderator, valid_until=None)
    else:
        services.refuse_document(document=row, actor=moderator, reason="看不清")
    row.refresh_from_db()
    assert row.storage_key is None
    assert len(row.sha256) == 64


def test_files_of_somebody_who_is_gone_are_erased(organization: Organization) -> None:
    row = make_document(organization, state="accepted")
    assert services.due_documents(now=timezone.now()) == []
    organization.delete()
    assert services.due_documents(now=timezone.now()) == [row]
    assert services.erase_due(now=timezone.now()) == 1
    assert services.erase_due(now=timezone.now()) == 0
    assert AuditEvent.objects.get(action="evidence.erased").actor_kind == "system"


def test_who_leaves_takes_their_own_papers_along(
    organization: Organization, admin: User
) -> None:
    licence = upload(organization, admin)
    card = upload(organization, admin, kind=DocumentKind.AGENT_ID)
    assert len(export_person(admin)["accounts.evidence"]) == 2
    erase_person(admin)
    licence.refresh_from_db()
    card.refresh_from_db()
    assert (licence.uploaded_by, card.uploaded_by) == (None, None)
    assert licence.storage_key is not None
    assert card.storage_key is None


def test_a_counselor_who_leaves_is_blank() -> None:
    profile = make_counselor()
    paper = make_document(profile, "counselor_credential", state="accepted")
    for _ in range(2):
        erase_person(profile.user)
    paper.refresh_from_db()
    row = CounselorProfile.objects.get()
    assert paper.storage_key is None
    assert (row.name, row.is_listed, row.verification) == ("", False, "unverified")


@pytest.mark.parametrize(
    "change",
    [
        {"state": "lost"},
        {"state": "accepted", "reviewed_at": None},
        {"reviewed_at": timezone.now()},
        {"state": "refused", "reviewed_at": timezone.now(), "reason": ""},
        {"storage_key": None},
        {"erased_at": timezone.now()},
    ],
)
def test_the_database_holds_it_too(
    organization: Organization, change: dict[str, Any]
) -> None:
    row = make_document(organization)
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=row.pk).update(**change)


def test_one_current_paper_of_a_kind(organization: Organization) -> None:
    make_document(organization)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_document(organization)
