from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.utils import IntegrityError, InternalError
from django.utils import timezone

from accounts.employers.services.verification import (
    end_suspension,
    expire_checks,
    suspend_organization,
)
from accounts.identity.models import User
from accounts.seekers.models import CompanyBlock
from jobs.applications.services.leaving import undo_withdrawal, withdraw_application
from jobs.applications.services.submissions import EmployerHidden
from jobs.postings.services import (
    apply_transition,
    create_draft,
    expire_postings,
    fill_posting,
    pause_posting,
    resume_posting,
)
from jobs.webhooks.models import Delivery, Endpoint, Event
from tests.cast import Cast
from tests.jobs.applications.make import make_application
from tests.jobs.webhooks.make import make_endpoint
from tests.make import make_posting

pytestmark = pytest.mark.django_db


@pytest.fixture
def endpoint(cast: Cast) -> Endpoint:
    return make_endpoint(cast.organization, cast.employer)


def told(endpoint: Endpoint) -> list[str]:
    found = Event.objects.filter(deliveries__endpoint=endpoint)
    return list(found.order_by("pk").values_list("type", flat=True))


def last_data(endpoint: Endpoint) -> dict[str, Any]:
    event = Event.objects.filter(deliveries__endpoint=endpoint).latest("pk")
    data = json.loads(event.body)["data"]
    assert isinstance(data, dict)
    return data


def test_the_life_of_a_posting(cast: Cast, endpoint: Endpoint) -> None:
    posting = make_posting(cast.organization)
    posting = pause_posting(posting=posting, actor=cast.employer)
    posting = resume_posting(posting=posting, actor=cast.employer)
    posting = fill_posting(posting=posting, actor=cast.employer)
    assert told(endpoint) == ["posting.paused", "posting.resumed", "posting.filled"]
    assert last_data(endpoint) == {
        "object": "posting",
        "id": str(posting.public_id),
        "state": "filled",
        "url": f"http://127.0.0.1:8000/api/v1/postings/{posting.public_id}",
        "version": posting.version,
    }


def test_the_checking_of_a_posting(cast: Cast, endpoint: Endpoint) -> None:
    posting = make_posting(cast.organization, state="in_review")
    by = {"actor": cast.moderator, "reason": "缺工资"}
    posting = apply_transition(posting=posting, event="request_changes", **by)  # type: ignore[arg-type]
    posting = apply_transition(posting=posting, event="resubmit", actor=cast.employer)
    posting = apply_transition(posting=posting, event="approve", actor=cast.moderator)
    apply_transition(posting=posting, event="remove", **by)  # type: ignore[arg-type]
    assert told(endpoint) == [
        "posting.changes_requested",
        "posting.submitted",
        "posting.published",
        "posting.removed",
    ]
    assert "缺工资" not in "".join(Event.objects.values_list("body", flat=True))


def test_what_the_clock_does_is_told_too(cast: Cast, endpoint: Endpoint) -> None:
    make_posting(cast.organization, valid_through=timezone.now() - timedelta(minutes=1))
    expire_postings(now=timezone.now())
    assert told(endpoint) == ["posting.expired"]


def test_a_draft_is_nobodys_business(cast: Cast, endpoint: Endpoint) -> None:
    create_draft(
        organization=cast.organization, actor=cast.employer, fields={"title": "客服"}
    )
    assert told(endpoint) == []


@pytest.mark.parametrize(
    ("state", "kinds"),
    [
        ("submitted", ["received"]),
        ("viewed", ["received", "moved"]),
        ("interview", ["received", "moved", "moved", "moved"]),
        ("hired", ["received", "moved", "moved", "ended"]),
        ("declined", ["received", "ended"]),
        ("no_response", ["received", "ended"]),
        ("retracted", ["received", "moved", "moved", "ended"]),
    ],
)
def test_the_life_of_an_application(
    cast: Cast, endpoint: Endpoint, state: str, kinds: list[str]
) -> None:
    posting = make_posting(cast.organization)
    application = make_application(cast.seeker, posting, state=state)
    assert told(endpoint) == [f"application.{kind}" for kind in kinds]
    data = last_data(endpoint)
    assert data["state"] == state
    assert data["posting"] == str(posting.public_id)
    assert data["version"] == application.version
    assert data["url"].endswith(f"/api/v1/applications/{application.public_id}")


def test_no_notice_holds_a_persons_words(cast: Cast, endpoint: Endpoint) -> None:
    """Whatever an application went through: ids, states and moments, nothing else."""
    posting = make_posting(cast.organization)
    for state in ("hired", "declined", "on_hold", "interview", "withdrawn"):
        cast.seeker.refresh_from_db()
        application = make_application(cast.seeker, posting, state=state)
        type(application).objects.filter(pk=application.pk).update(
            state="declined", decline_reason="other", processed_at=timezone.now()
        )
    allowed = {"object", "id", "state", "url", "version", "posting"}
    private = (
        cast.seeker.pseudonym,
        cast.seeker.contact_name,
        cast.seeker.contact_phone,
        str(cast.seeker.public_id),
        str(cast.seeker.user.public_id),
        cast.seeker.user.email or "none",
    )
    for event in Event.objects.all():
        assert set(json.loads(event.body)["data"]) == allowed
        assert not any(word in event.body for word in private)


def test_leaving_is_told_once_it_cannot_be_undone(
    cast: Cast, endpoint: Endpoint
) -> None:
    application = make_application(cast.seeker, make_posting(cast.organization))
    withdraw_application(application=application, actor=cast.seeker.user)
    assert told(endpoint)[-1] == "application.withdrawn"
    way = Delivery.objects.latest("pk")
    assert way.due_at == way.event.at + timedelta(minutes=10)


def test_leaving_that_was_undone_never_happened(cast: Cast, endpoint: Endpoint) -> None:
    application = make_application(cast.seeker, make_posting(cast.organization))
    withdraw_application(application=application, actor=cast.seeker.user)
    undo_withdrawal(application=application, actor=cast.seeker.user)
    assert told(endpoint) == ["application.received"]


def test_undoing_what_was_told_is_told(cast: Cast, endpoint: Endpoint) -> None:
    application = make_application(cast.seeker, make_posting(cast.organization))
    withdraw_application(application=application, actor=cast.seeker.user)
    Delivery.objects.filter(event__type="application.withdrawn").update(attempts=1)
    undo_withdrawal(application=application, actor=cast.seeker.user)
    assert told(endpoint)[-2:] == ["application.withdrawn", "application.moved"]
    assert last_data(endpoint)["state"] == "submitted"


def test_whoever_hides_is_never_told_of(cast: Cast, endpoint: Endpoint) -> None:
    CompanyBlock.objects.create(
        profile=cast.seeker, uscc=cast.organization.uscc, reason="former"
    )
    with pytest.raises(EmployerHidden):
        make_application(cast.seeker, make_posting(cast.organization))
    assert told(endpoint) == []


def test_the_check_of_an_organisation(cast: Cast, endpoint: Endpoint) -> None:
    row = cast.organization
    suspend_organization(organization=row, actor=cast.moderator, reason="投诉")
    end_suspension(organization=row, actor=cast.moderator)
    row.refresh_from_db()
    row.verification_expires_at = timezone.now()
    row.save()
    expire_checks(now=timezone.now())
    assert told(endpoint) == ["verification.changed"] * 3
    data = last_data(endpoint)
    assert (data["state"], data["is_being_checked"]) == ("expired", False)
    assert data["verified_until"].endswith("Z")
    assert "投诉" not in "".join(Event.objects.values_list("body", flat=True))


def test_only_what_was_ticked_and_only_ones_own(cast: Cast) -> None:
    picky = make_endpoint(cast.organization, events=["posting.filled"])
    other = make_endpoint(cast.other_organization)
    everything = make_endpoint(cast.organization)
    posting = pause_posting(posting=make_posting(cast.organization), actor=None)
    fill_posting(posting=posting, actor=cast.employer)
    assert told(picky) == ["posting.filled"]
    assert told(everything) == ["posting.paused", "posting.filled"]
    assert told(other) == []
    assert Event.objects.count() == 2


def test_nothing_is_written_where_nobody_listens(cast: Cast) -> None:
    pause_posting(posting=make_posting(cast.organization), actor=None)
    assert not Event.objects.exists()


@pytest.mark.parametrize("state", ["paused", "off"])
def test_what_happens_while_an_address_rests_is_kept(cast: Cast, state: str) -> None:
    reason = "gone" if state == "off" else ""
    endpoint = make_endpoint(cast.organization, state=state, off_reason=reason)
    pause_posting(posting=make_posting(cast.organization), actor=None)
    assert told(endpoint) == ["posting.paused"]


def test_what_is_rolled_back_was_never_told(cast: Cast, endpoint: Endpoint) -> None:
    posting = make_posting(cast.organization)

    def broken(actor: User) -> None:
        with transaction.atomic():
            pause_posting(posting=posting, actor=actor)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken(cast.employer)
    assert told(endpoint) == []


def test_an_event_is_written_once(cast: Cast, endpoint: Endpoint) -> None:
    pause_posting(posting=make_posting(cast.organization), actor=None)
    event = Event.objects.get()
    with pytest.raises((InternalError, IntegrityError)), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(body="{}")
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.create(
            endpoint=endpoint, event=event, object_id=event.object_id
        )
