from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.consent.registry import exporters
from accounts.employers.models import Membership
from jobs.applications.services.leaving import withdraw_application
from jobs.webhooks.holdings import ON_THEIR_WAY, export_webhooks, forget_webhooks
from jobs.webhooks.models import Attempt, Delivery, Endpoint, Event
from jobs.webhooks.services.deliveries import deliver_due
from tests.cast import Cast
from tests.jobs.applications.make import make_application
from tests.jobs.webhooks.make import FakeReceiver, happen, make_endpoint
from tests.make import make_posting

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def told(command: str, *options: str) -> str:
    out = StringIO()
    call_command(command, *options, stdout=out)
    return out.getvalue()


def test_the_log_goes_after_a_month_and_only_when_asked_to(cast: Cast) -> None:
    make_endpoint(cast.organization)
    now = timezone.now()
    for days in (31, 31, 29):
        happen(cast.organization, at=now - days * DAY)
    deliver_due(now=timezone.now, sender=FakeReceiver())
    assert "2 notices" in told("forget_webhooks")
    assert Event.objects.count() == 3
    assert "2 notices" in told("forget_webhooks", "--apply")
    assert Event.objects.count() == Delivery.objects.count() == 1
    assert Attempt.objects.count() == 1
    assert "0 notices" in told("forget_webhooks", "--apply")


def test_sending_by_hand(cast: Cast) -> None:
    assert "0 notices arrived" in told("deliver_webhooks")


def test_seekers_take_along_what_was_told_of_them(cast: Cast) -> None:
    make_endpoint(cast.organization, cast.employer)
    application = make_application(cast.seeker, make_posting(cast.organization))
    assert "jobs.webhooks" in exporters()
    (line,) = export_webhooks(cast.seeker.user)
    assert line["application"] == str(application.public_id)
    assert line["told"] == "application.received"
    assert export_webhooks(cast.other_seeker.user) == []
    (mine,) = export_webhooks(cast.employer)
    assert mine["address"] == Endpoint.objects.get().url


def test_whoever_leaves_is_forgotten_once_the_employer_knows(cast: Cast) -> None:
    make_endpoint(cast.organization)
    person = cast.seeker.user
    application = make_application(cast.seeker, make_posting(cast.organization))
    deliver_due(now=timezone.now, sender=FakeReceiver())
    withdraw_application(application=application, actor=person)
    forget_webhooks(person)
    assert [e.type for e in Event.objects.all()] == ["application.withdrawn"]
    assert ON_THEIR_WAY.count(person) == 1
    later = timezone.now() + timedelta(minutes=11)
    assert deliver_due(now=lambda: later, sender=FakeReceiver()) == 1
    forget_webhooks(person)
    assert not Event.objects.exists()


def test_who_added_an_address_is_forgotten_the_address_stays(cast: Cast) -> None:
    endpoint = make_endpoint(cast.organization, cast.employer)
    forget_webhooks(cast.employer)
    endpoint.refresh_from_db()
    assert endpoint.created_by is None


def test_with_the_last_person_the_addresses_go(cast: Cast) -> None:
    make_endpoint(cast.organization, cast.employer)
    others = Membership.objects.filter(organization=cast.organization)
    others.exclude(user=cast.employer).delete()
    forget_webhooks(cast.employer)
    assert not Endpoint.objects.exists()
