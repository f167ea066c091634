"""What a counselor sees of somebody's applications: stages, and not one word more."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from accounts.assisted.services import grants
from accounts.identity.models import AuditEvent
from jobs.applications.models import Application
from tests.accounts.assisted.make import make_grant
from tests.cast import Cast
from tests.client import StrictClient
from tests.jobs.applications.make import make_application, send
from tests.make import make_posting, sign_in
from tests.words import says

pytestmark = pytest.mark.django_db
CANARY = "只给公司看的话"


@pytest.fixture
def client(cast: Cast) -> Client:
    client = StrictClient()
    sign_in(client, cast.counselor.user)
    return client


def test_title_company_step_and_days_only(cast: Cast, client: Client) -> None:
    posting = make_posting(cast.organization)
    application = send(cast.seeker, posting, message=CANARY)
    Application.objects.filter(pk=application.pk).update(
        state="declined",
        decline_reason="other",
        message_to_seeker=CANARY,
        processed_at=timezone.now(),
    )
    grant = make_grant(cast.seeker, cast.counselor)
    grants.show_stages(grant=grant, actor=cast.seeker.user)
    answer = client.get(f"/applications/of/{grant.public_id}/")
    page = answer.content.decode()
    assert posting.title in page
    assert posting.employer_name in page
    told = (CANARY, cast.seeker.contact_name, cast.seeker.contact_phone)
    assert not [word for word in told if word in page]
    assert not says(answer, "Another reason")
    assert str(application.public_id) not in page


def test_each_look_stands_in_the_trail(cast: Cast, client: Client) -> None:
    grant = make_grant(cast.seeker, cast.counselor)
    grants.show_stages(grant=grant, actor=cast.seeker.user)
    for _ in range(2):
        client.get(f"/applications/of/{grant.public_id}/")
    looks = AuditEvent.objects.filter(action="assisted.read_stages")
    assert [row.subject_id for row in looks] == [cast.seeker.user.pk] * 2


def test_nobody_elses_applications(cast: Cast, client: Client) -> None:
    posting = make_posting(cast.organization)
    make_application(cast.other_seeker, posting)
    grant = make_grant(cast.seeker, cast.counselor)
    grants.show_stages(grant=grant, actor=cast.seeker.user)
    page = client.get(f"/applications/of/{grant.public_id}/").content.decode()
    assert posting.title not in page
