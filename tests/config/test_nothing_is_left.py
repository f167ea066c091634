"""Export, delete, export again: nothing of the person remains but what the receipt names."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from accounts.consent.descriptions import remainders
from accounts.consent.enums import DeletionState
from accounts.consent.models import AccountDeletion
from accounts.consent.receipt import receipt_of
from accounts.consent.registry import export_person
from accounts.consent.services import deletions
from accounts.consent.services.exports import request_export, work_on
from accounts.identity.models import AuditEvent, OutboxMessage, User
from accounts.identity.services.leaving import blank_old_messages
from accounts.seekers.models import CompanyBlock, SeekerProfile
from accounts.seekers.services import refresh_skills
from jobs.applications.enums import ApplicationState
from jobs.applications.models import Application
from jobs.applications.services import steps
from jobs.applications.services.messages import send_message
from jobs.applications.services.saved import save_posting
from jobs.applications.services.submissions import submit_application
from jobs.matching.enums import FeedbackReason
from jobs.matching.services.feedback import give_feedback
from jobs.matching.services.nightly import store_matches
from tests.cast import Cast
from tests.jobs.alerts.make import make_search
from tests.jobs.applications.make import take
from tests.jobs.applications.make_interviews import settle
from tests.jobs.applications.make_people import agree
from tests.jobs.resumes.make import make_resume
from tests.jobs.screening.make_reports import make_report
from tests.make import make_member, make_organization, make_posting, make_user

pytestmark = pytest.mark.django_db
# Each stands in one field and nowhere else; none may be left anywhere.
SECRETS = {
    "email": "zhuanshu.dizhi@mail-test.cn",
    "phone": "+8613911119999",
    "display_name": "独此一名",
    "pseudonym": "独帆",
    "contact_name": "魏独行",
    "contact_phone": "13922228888",
    "district": "独山区",
    "wish_text": "只想种独木",
    "block": "独资旧东家",
    "letter": "我的信里有独白",
    "line": "独一无二的消息",
    "answer": "给独行的答复",
    "search": "独立搜索",
}


@pytest.fixture
def person(cast: Cast) -> SeekerProfile:
    """Somebody with a row in every table that a seeker can have."""
    user = make_user("seeker", email=SECRETS["email"], phone=SECRETS["phone"])
    user.display_name = SECRETS["display_name"]
    user.save()
    profile = SeekerProfile.objects.create(
        user=user,
        pseudonym=SECRETS["pseudonym"],
        contact_name=SECRETS["contact_name"],
        contact_phone=SECRETS["contact_phone"],
        district=SECRETS["district"],
        wish_text=SECRETS["wish_text"],
        city_code="3101",
        education="junior_high",
        birth_year=2001,
        past_roles=["phone_collector"],
        did=["calm_upset_people"],
        wanted_occupations=["inbound_hotline"],
        constraints=["no_collection"],
        done_steps=["place"],
        completed_at=timezone.now(),
    )
    CompanyBlock.objects.create(profile=profile, name=SECRETS["block"], reason="former")
    refresh_skills(profile=profile, actor=user)
    agree(profile)
    make_resume(profile)
    _work(cast, profile)
    return profile


def _work(cast: Cast, profile: SeekerProfile) -> None:
    user = profile.user
    first = make_posting(cast.organization)
    give_feedback(profile=profile, actor=user, posting=first, reason=FeedbackReason.PAY)
    save_posting(user=user, posting=first)
    make_search(user, name=SECRETS["search"])
    make_report(first, reporter=user, text="押金五百元")
    store_matches(profile=profile)
    ended = _apply(profile, first)
    take(ended, "view", cast.employer)
    ended.refresh_from_db()
    settle(ended)
    send_message(application=ended, actor=user, text=SECRETS["line"])
    send_message(application=ended, actor=cast.employer, text=SECRETS["answer"])
    ended.refresh_from_db()
    steps.decline_application(
        application=ended,
        actor=cast.employer,
        version=ended.version,
        reason="schedule",  # type: ignore[arg-type]
        message=SECRETS["answer"],
    )
    _apply(profile, make_posting(cast.organization, title="还在等的职位"))


def _apply(profile: SeekerProfile, posting: Any) -> Application:
    snapshot = {
        "name": SECRETS["contact_name"],
        "phone": SECRETS["contact_phone"],
        "city_code": "3101",
        "district": SECRETS["district"],
        "education": "junior_high",
        "years": 1.0,
        "past_roles": [],
        "did": [],
        "skills": [],
        "can_start": "",
    }
    return submit_application(
        seeker=profile, posting=posting, snapshot=snapshot, message=SECRETS["letter"]
    )[0]


def everything() -> str:
    """Every row of every table, decrypted; and what tables without a model hold."""
    rows = [
        json.dumps(list(model._base_manager.values()), default=str, ensure_ascii=False)
        for model in apps.get_models()
    ]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT row_to_json(t)::text FROM "{table}" t')
            rows += [text for (text,) in cursor.fetchall()]
    return "\n".join(rows)


def leave(user: User) -> AccountDeletion:
    row = deletions.request_deletion(user=user)
    AccountDeletion.objects.filter(pk=row.pk).update(due_at=timezone.now())
    assert deletions.erase_due(now=timezone.now()) == 1
    # The receipt's own message has left the house by now.
    OutboxMessage.objects.update(state="sent", sent_at=timezone.now())
    blank_old_messages(now=timezone.now())
    row.refresh_from_db()
    return row


def test_nothing_is_left_but_what_the_receipt_names(person: SeekerProfile) -> None:
    user = person.user
    before = json.dumps(export_person(user), ensure_ascii=False, default=str)
    missing = {name for name, words in SECRETS.items() if words not in before}
    assert missing == set(), "a copy that leaves something out proves nothing"
    export = request_export(user=user)[0]
    assert work_on(export_id=export.pk)
    old_id = str(user.public_id)

    deletion = leave(user)

    found = everything()
    left = {name for name, words in SECRETS.items() if words in found}
    assert left == set()
    user.refresh_from_db()
    assert user.erased_at is not None
    assert str(user.public_id) != old_id
    after = {area: value for area, value in export_person(user).items() if value}
    named = {str(code) for code, _number in deletion.kept}
    assert set(after) <= {
        "accounts.identity",  # an empty number
        "accounts.identity.trail",
        "accounts.consent",
        "accounts.seekers",  # an empty row
        "jobs.applications",  # bare records
        "jobs.applications.interviews",  # bare times
    }
    assert {
        "account",
        "trail",
        "consents",
        "receipt",
        "profile",
        "applications",
    } <= named
    assert "reports" in named, "cut off, but said"
    shown = receipt_of(deletion)
    assert {line.title for line in shown.kept} == {
        str(one.title) for one in remainders() if one.code in named
    }


def test_bare_records_say_only_that_when_and_how_it_ended(
    person: SeekerProfile,
) -> None:
    leave(person.user)
    rows = Application.objects.filter(seeker=person)
    assert {row.state for row in rows} == {
        ApplicationState.DECLINED,
        ApplicationState.WITHDRAWN,
    }
    for row in rows:
        assert (row.snapshot, row.message, row.message_to_seeker) == ({}, "", "")
        assert not row.is_shared
        assert {step.reason for step in row.transitions.all()} == {""}
        assert {message.body for message in row.messages.all()} <= {"—"}


def test_the_receipt_is_sent_before_the_address_is_forgotten(
    person: SeekerProfile,
) -> None:
    row = deletions.request_deletion(user=person.user)
    AccountDeletion.objects.filter(pk=row.pk).update(due_at=timezone.now())
    deletions.erase_due(now=timezone.now())
    (last,) = OutboxMessage.objects.exclude(address="").filter(
        template="privacy/erased"
    )
    assert last.address == SECRETS["email"]
    assert str(row.public_id) in last.body
    assert "空的账号编号" in last.body
    others = OutboxMessage.objects.exclude(template="privacy/erased")
    assert not [one for one in others if one.address == SECRETS["email"]]


def test_the_contacts_are_free_again(person: SeekerProfile) -> None:
    leave(person.user)
    again = make_user("seeker", email=SECRETS["email"], phone=SECRETS["phone"])
    assert again.pk != person.user.pk


def test_a_worker_that_dies_leaves_everything_whole(
    person: SeekerProfile, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = deletions.request_deletion(user=person.user)
    AccountDeletion.objects.filter(pk=row.pk).update(due_at=timezone.now())

    def die(*_args: Any) -> None:
        raise RuntimeError("killed")

    monkeypatch.setattr("accounts.consent.emails.tell_erased", die)
    assert deletions.erase_due(now=timezone.now()) == 0
    person.refresh_from_db()
    assert person.contact_name == SECRETS["contact_name"]
    monkeypatch.undo()
    assert deletions.erase_due(now=timezone.now()) == 1
    assert deletions.erase_due(now=timezone.now()) == 0
    row.refresh_from_db()
    assert row.state == DeletionState.ERASED


def test_an_employer_alone_leaves_and_its_postings_close(db: None) -> None:
    organization = make_organization()
    boss = make_member(organization, email="boss@alone-test.cn", role="admin")
    posting = make_posting(organization)
    deletions.request_deletion(user=boss)
    posting.refresh_from_db()
    assert posting.state == "paused"
    AccountDeletion.objects.update(due_at=timezone.now())
    deletions.erase_due(now=timezone.now())
    posting.refresh_from_db()
    assert posting.state == "closed"
    assert "boss@alone-test.cn" not in json.dumps(
        list(User.objects.values("email")), default=str
    )


def test_the_last_administrator_with_colleagues_is_guided(cast: Cast) -> None:
    with pytest.raises(deletions.CannotLeave) as refused:
        deletions.request_deletion(user=cast.employer)
    assert refused.value.obstacle.url == "/organization/members/"
    assert not AccountDeletion.objects.exists()


def test_a_colleague_takes_over_when_the_other_administrator_left_meanwhile(
    cast: Cast,
) -> None:
    """Both may go, each thinking that the other stays."""
    second = make_member(cast.organization, email="second@example.com", role="admin")
    deletions.request_deletion(user=cast.employer)
    deletions.request_deletion(user=second)
    AccountDeletion.objects.update(due_at=timezone.now())
    assert deletions.erase_due(now=timezone.now()) == 2
    active = cast.organization.memberships.filter(is_active=True)
    assert [(row.user, row.role) for row in active] == [(cast.colleague, "admin")]


def test_every_line_about_the_person_names_nobody(person: SeekerProfile) -> None:
    leave(person.user)
    lines = AuditEvent.objects.filter(subject_id=person.user.pk)
    assert lines.exists()
    text = json.dumps(list(lines.values()), default=str, ensure_ascii=False)
    assert not [words for words in SECRETS.values() if words in text]
