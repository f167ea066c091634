"""What a counselor prepares goes out only by the person's own yes to it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts.assisted.services.grants import stop_reading
from accounts.consent.models import Consent
from accounts.consent.registry import erase_person, export_person
from accounts.seekers.models import CompanyBlock
from jobs.applications.models import Application, PreparedApplication
from jobs.applications.services import prepared as services
from jobs.applications.services.snapshots import snapshot_of
from jobs.applications.services.submissions import PostingNotOpen, submit_application
from jobs.postings.models import Posting
from tests.accounts.assisted.make import make_grant
from tests.accounts.identity.codes import latest
from tests.cast import Cast
from tests.make import make_posting, sign_in
from tests.words import says

pytestmark = pytest.mark.django_db
YES = {
    "name": "林小舟",
    "phone": "13800000000",
    "message": "月底可以到岗",
    "consent": "on",
}


@pytest.fixture
def posting(cast: Cast) -> Posting:
    return make_posting(cast.organization)


def prepare(cast: Cast, posting: Posting, **fields: Any) -> PreparedApplication:
    grant = make_grant(cast.seeker, cast.counselor)
    values: dict[str, Any] = {
        "grant": grant,
        "actor": cast.counselor.user,
        "message": "我很有耐心",
    }
    return services.prepare_application(posting=posting, **(values | fields))


def test_from_the_counselor_to_the_employer(cast: Cast, posting: Posting) -> None:
    make_grant(cast.seeker, cast.counselor)
    counselor, person, employer = Client(), Client(), Client()
    sign_in(counselor, cast.counselor.user)
    page = counselor.get(f"/jobs/{posting.public_id}/")
    assert f"/applications/prepare/{posting.public_id}/" in page.content.decode()
    page = counselor.get(f"/applications/prepare/{posting.public_id}/")
    assert cast.seeker.pseudonym in page.content.decode()
    grant = str(make_grant(cast.seeker, cast.counselor).public_id)
    asked = {"person": grant, "message": "我很有耐心"}
    counselor.post(f"/applications/prepare/{posting.public_id}/", asked)
    assert not Application.objects.exists()
    row = PreparedApplication.objects.get()
    message = latest("seeker@example.com")
    assert message.template == "applications/prepared"
    assert posting.title not in message.body
    sign_in(person, cast.seeker.user)
    assert posting.title in person.get("/applications/").content.decode()
    link = f"/applications/prepared/{row.public_id}/"
    read = person.get(link).content.decode()
    for shown in ("我很有耐心", "周老师", cast.organization.display_name):
        assert shown in read
    person.post(link, YES)
    sent = Application.objects.get()
    assert (sent.sender_kind, sent.prepared_by) == ("counselor", cast.counselor.user)
    assert (sent.message, sent.consent.user) == ("月底可以到岗", cast.seeker.user)
    assert sent.consent.scope == f"application:{sent.public_id}"
    sign_in(employer, cast.employer)
    shown = employer.get(f"/applications/inbox/{sent.public_id}/").content.decode()
    assert "月底可以到岗" in shown
    for hidden in ("周老师", "辅导员", str(cast.counselor.public_id)):
        assert hidden not in shown


def test_without_the_tick_nothing_is_sent(cast: Cast, posting: Posting) -> None:
    row = prepare(cast, posting)
    sign_in(client := Client(), cast.seeker.user)
    answers = {key: value for key, value in YES.items() if key != "consent"}
    page = client.post(f"/applications/prepared/{row.public_id}/", answers)
    assert says(page, "Without your yes nothing is sent. Please tick the box.")
    assert "月底可以到岗" in page.content.decode()
    assert not Application.objects.exists()


def test_let_pass_tells_nobody_and_keeps_no_words(cast: Cast, posting: Posting) -> None:
    row = prepare(cast, posting)
    sign_in(client := Client(), cast.seeker.user)
    client.post(f"/applications/prepared/{row.public_id}/no/")
    row.refresh_from_db()
    assert (row.state, row.message) == ("declined", "")
    page = client.post(f"/applications/prepared/{row.public_id}/", YES, follow=True)
    assert says(page, "This is over. Nothing was sent.")
    assert not Application.objects.exists()


@pytest.mark.parametrize(
    "change",
    ["no_consent", "other_person", "other_scope", "other_purpose", "withdrawn"],
)
def test_the_database_sends_nothing_without_the_persons_yes(
    cast: Cast, posting: Posting, change: str
) -> None:
    """As the services would write it, but with a yes that is not the one."""
    seeker = cast.seeker
    application, _ = submit_application(
        seeker=seeker,
        posting=posting,
        snapshot=snapshot_of(seeker, name="林", phone="1"),
        message="",
    )
    other = make_posting(cast.organization)
    twin = Application(
        posting=other,
        organization=cast.organization,
        seeker=seeker,
        snapshot=application.snapshot,
        sender_kind="counselor",
        prepared_by=cast.counselor.user,
    )
    right = {
        "user": seeker.user,
        "purpose": "send_application",
        "scope": twin.consent_scope,
        "version": "1",
    }
    wrong: dict[str, dict[str, Any]] = {
        "no_consent": {"purpose": "terms"},
        "other_person": {"user": cast.other_seeker.user},
        "other_scope": {"scope": f"application:{application.public_id}x"},
        "other_purpose": {"purpose": "show_profile"},
        "withdrawn": {"withdrawn_at": timezone.now() + timedelta(days=1)},
    }
    twin.consent = Consent.objects.create(**(right | wrong[change]))
    with pytest.raises(IntegrityError, match="own yes"), transaction.atomic():
        twin.save()
    Consent.objects.filter(pk=twin.consent.pk).delete()
    twin.consent = Consent.objects.create(**right)
    twin.save()


@pytest.mark.parametrize(
    "change", [{"sender_kind": "counselor"}, {"sender_kind": "operator"}]
)
def test_who_wrote_it_is_coherent_and_fixed(
    cast: Cast, posting: Posting, change: dict[str, str]
) -> None:
    submit_application(
        seeker=cast.seeker,
        posting=posting,
        snapshot=snapshot_of(cast.seeker, name="林", phone="1"),
        message="",
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.update(**change)


def test_only_for_people_who_let_them_read(cast: Cast, posting: Posting) -> None:
    grant = make_grant(cast.seeker, cast.counselor)
    with pytest.raises(services.GrantOver):
        prepare(cast, posting, grant=grant, actor=cast.other_counselor.user)
    stop_reading(grant=grant, actor=cast.seeker.user)
    with pytest.raises(services.GrantOver):
        prepare(cast, posting, grant=grant)
    assert not PreparedApplication.objects.exists()


def test_the_counselor_does_not_learn_what_the_person_did(
    cast: Cast, posting: Posting
) -> None:
    """Hidden from the employer, applied already: to the counselor it is all the same."""
    CompanyBlock.objects.create(
        profile=cast.seeker, uscc=cast.organization.uscc, name="", reason="chosen"
    )
    row = prepare(cast, posting)
    sign_in(client := Client(), cast.seeker.user)
    page = client.get(f"/applications/prepared/{row.public_id}/", follow=True)
    assert says(
        page, "You asked to stay hidden from this employer, so nothing can be sent."
    )
    CompanyBlock.objects.all().delete()
    other = make_posting(cast.organization)
    sent, _ = submit_application(
        seeker=cast.seeker,
        posting=other,
        snapshot=snapshot_of(cast.seeker, name="林", phone="1"),
        message="",
    )
    row = prepare(cast, other)
    answer = client.get(f"/applications/prepared/{row.public_id}/")
    assert answer["Location"] == f"/applications/{sent.public_id}/"


def test_not_twice_not_too_many_not_when_closed(cast: Cast, posting: Posting) -> None:
    prepare(cast, posting)
    with pytest.raises(services.AlreadyThere):
        prepare(cast, posting)
    for _ in range(services.MOST_WAITING - 1):
        prepare(cast, make_posting(cast.organization))
    with pytest.raises(services.TooManyWaiting):
        prepare(cast, make_posting(cast.organization))
    PreparedApplication.objects.all().delete()
    with pytest.raises(PostingNotOpen):
        prepare(cast, make_posting(cast.organization, state="paused"))


def test_fourteen_days_then_it_is_thrown_away(cast: Cast, posting: Posting) -> None:
    row = prepare(cast, posting)
    now = timezone.now()
    call_command("expire_prepared", apply=True)
    row.refresh_from_db()
    assert row.state == "waiting"
    PreparedApplication.objects.update(
        prepared_at=now - timedelta(days=15), expires_at=now - timedelta(minutes=1)
    )
    with pytest.raises(services.PreparedOver):
        services.decline_prepared(prepared=row, actor=cast.seeker.user)
    call_command("expire_prepared")
    row.refresh_from_db()
    assert row.state == "waiting"
    call_command("expire_prepared", apply=True)
    row.refresh_from_db()
    assert (row.state, row.message) == ("expired", "")


@pytest.mark.parametrize(
    "change", [{"state": "sent"}, {"ended_at": timezone.now()}, {"state": "maybe"}]
)
def test_the_database_holds_what_is_prepared(
    cast: Cast, posting: Posting, change: dict[str, Any]
) -> None:
    prepare(cast, posting)
    with pytest.raises(IntegrityError), transaction.atomic():
        PreparedApplication.objects.update(**change)


def test_a_person_takes_it_along_and_leaves_nothing(
    cast: Cast, posting: Posting
) -> None:
    prepare(cast, posting)
    held = export_person(cast.seeker.user)["jobs.applications.prepared"]
    assert held[0]["message"] == "我很有耐心"
    erase_person(cast.seeker.user)
    assert not PreparedApplication.objects.exists()
