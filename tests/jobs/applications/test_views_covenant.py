from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.identity.models import User
from jobs.applications.models import Application
from tests.cast import Cast
from tests.jobs.applications.make import send, take
from tests.jobs.applications.make_covenant import (
    breach,
    leave_unanswered,
    pauses,
    state_of,
)
from tests.make import make_posting, sign_in
from tests.words import says

BUTTON = "We are answering again"


@pytest.fixture
def employer(cast: Cast, client: Client) -> User:
    sign_in(client, cast.employer)
    return cast.employer


def test_the_way_out_from_the_inbox_to_an_open_posting(
    cast: Cast, client: Client, employer: User
) -> None:
    posting = make_posting(cast.organization)
    waiting = send(cast.seeker, posting)
    leave_unanswered(posting)
    # The first one had been sent later: it still waits when the other has ended.
    Application.objects.filter(pk=waiting.pk).update(
        state="submitted", processed_at=None, submitted_at=timezone.now(), version=1
    )
    (measure,) = pauses(cast.organization)
    url = reverse("applications:paused", args=[measure.public_id])
    assert url in client.get(reverse("applications:inbox")).content.decode()
    page = client.get(url)
    answer = reverse("applications:received", args=[waiting.public_id])
    assert answer in page.content.decode()
    assert not says(page, BUTTON)
    client.post(url)
    assert state_of(posting) == "paused"
    waiting.refresh_from_db()
    take(waiting, "decline", employer)
    assert says(client.get(url), BUTTON)
    assert client.post(url)["Location"] == reverse("postings:mine")
    assert state_of(posting) == "published"
    assert not says(client.get(url), BUTTON)
    assert url not in client.get(reverse("applications:inbox")).content.decode()


def test_the_decision_says_how_it_opens_and_can_be_objected_to(
    cast: Cast, client: Client, employer: User
) -> None:
    breach(cast)
    (measure,) = pauses(cast.organization)
    page = client.get(reverse("measures:measure", args=[measure.public_id]))
    text = page.content.decode()
    assert reverse("applications:paused", args=[measure.public_id]) in text
    assert reverse("measures:appeal", args=[measure.public_id]) in text


def test_a_colleague_reads_who_can_open_everything(cast: Cast, client: Client) -> None:
    breach(cast, 3)
    sign_in(client, cast.colleague)
    url = reverse("applications:paused", args=[pauses(cast.organization)[-1].public_id])
    page = client.get(url)
    assert says(page, "An administrator of your organisation can say this.")
    assert not says(page, BUTTON)


def test_one_posting_waits_for_the_whole(
    cast: Cast, client: Client, employer: User
) -> None:
    breach(cast, 3)
    url = reverse("applications:paused", args=[pauses(cast.organization)[0].public_id])
    sentence = "All your postings are paused. That pause has to end first."
    assert says(client.get(url), sentence)
    client.post(url)
    assert says(client.get(url), sentence)


def test_seekers_see_a_paused_posting_as_closed_for_now(
    cast: Cast, client: Client
) -> None:
    (posting,) = breach(cast)
    page = client.get(f"/jobs/{posting.public_id}/")
    assert says(page, "The employer is taking no applications right now.")
