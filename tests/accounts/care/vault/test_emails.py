"""One message for everything in care, the same whoever caused it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from accounts.care.vault.emails import tell_counselors_of_news, tell_of_news
from accounts.identity import transport
from accounts.identity.enums import MessageState
from accounts.identity.models import OutboxMessage
from accounts.identity.services import outbox
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_it_says_who_writes_by_mail_and_by_text_message(cast: Cast) -> None:
    by_text = cast.other_seeker.user
    by_text.email, by_text.phone = None, "13800000000"
    by_text.save()
    assert tell_of_news(user=cast.seeker.user)
    assert tell_of_news(user=by_text)
    for row in OutboxMessage.objects.all():
        assert settings.SITE_NAME in row.body
        assert row.template == "notices/news"


def test_each_event_is_a_message_of_its_own(cast: Cast) -> None:
    counselors = [cast.counselor, cast.counselor]
    told = tell_counselors_of_news(counselors=counselors, priority=outbox.URGENT)
    rows = OutboxMessage.objects.filter(priority=outbox.URGENT)
    assert (told, rows.count()) == (2, 2)


def test_an_account_that_is_gone_is_not_told() -> None:
    assert not tell_of_news(user=None)


@pytest.mark.parametrize("name", ["new", "new_message", "something_new", "fresh"])
def test_what_was_queued_under_an_older_name_still_leaves(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Rows hold their words since they were queued: no template is opened again."""
    tell_of_news(user=cast.seeker.user)
    now = timezone.now() + timedelta(seconds=1)
    OutboxMessage.objects.update(template=f"notices/{name}")
    monkeypatch.setattr(transport, "deliver", lambda message: None)
    (row,) = outbox.claim_due_messages(now=now)
    assert outbox.send_message(message=row, now=now)
    row.refresh_from_db()
    assert row.state == MessageState.SENT
