from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test import override_settings
from django.utils import timezone

from accounts.consent.registry import erase_person, export_person
from accounts.identity.models import AuditEvent
from jobs.resumes.models import Resume, SharedResume, SharedResumeDay
from jobs.resumes.services import shares
from jobs.resumes.services.errors import TooManyShares
from jobs.resumes.tasks import forget_shares
from tests.jobs.resumes.make import make_resume
from tests.make import make_seeker

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 10, 4, tzinfo=UTC)


@pytest.fixture
def resume() -> Resume:
    return make_resume(make_seeker())


def share(
    resume: Resume, *, days: int = 7, most_views: int | None = None
) -> SharedResume:
    return shares.share_resume(
        resume=resume,
        actor=resume.profile.user,
        variant="support",
        identity="pseudonym",
        days=days,
        most_views=most_views,
    )


def opens(token: str) -> bool:
    found = shares.find_share(token=token)
    return found is not None and shares.count_view(share=found)


def test_the_token_opens_it_and_is_kept_nowhere(resume: Resume) -> None:
    made = share(resume)
    token = shares.token_of(made)
    assert opens(token)
    assert len(token) == 32
    assert not opens(token[:-1])
    with connection.cursor() as cursor:
        for table in (SharedResume._meta.db_table, AuditEvent._meta.db_table):
            cursor.execute(f"SELECT t::text FROM {table} t")
            assert token not in str(cursor.fetchall())


def test_no_two_links_are_alike(resume: Resume) -> None:
    tokens = {shares.token_of(share(resume)) for _n in range(5)}
    assert len(tokens) == 5


def test_a_new_key_shows_old_links_while_the_old_key_is_there(resume: Resume) -> None:
    made = share(resume)
    token = shares.token_of(made)
    new = "rYdmC1GPsXcEqh0jCbX5fFfvJH5tUV0yFQ9PpTSGzS8="
    with override_settings(FIELD_KEYS=[new, *settings.FIELD_KEYS]):
        assert shares.token_of(made) == token
    with override_settings(FIELD_KEYS=[new]):
        assert shares.token_of(made) == ""


def test_it_runs_out(resume: Resume) -> None:
    with time_machine.travel(START, tick=False) as clock:
        token = shares.token_of(share(resume, days=7))
        clock.move_to(START + timedelta(days=7, seconds=-1))
        assert opens(token)
        clock.move_to(START + timedelta(days=7))
        assert not opens(token)


def test_it_is_switched_off_once_and_for_good(resume: Resume) -> None:
    made = share(resume)
    actor = resume.profile.user
    for _again in range(2):
        shares.revoke_share(share=made, actor=actor)
    assert not opens(shares.token_of(made))
    events = AuditEvent.objects.filter(action="resume.share_revoked")
    assert events.count() == 1


def test_a_limit_is_kept(resume: Resume) -> None:
    token = shares.token_of(share(resume, most_views=5))
    assert [opens(token) for _n in range(7)] == [True] * 5 + [False] * 2


def test_a_limit_is_kept_by_two_at_once(resume: Resume) -> None:
    """Both found it open; the count of the second is refused."""
    made = share(resume, most_views=5)
    SharedResume.objects.filter(pk=made.pk).update(views=4)
    first = shares.find_share(token=shares.token_of(made))
    second = shares.find_share(token=shares.token_of(made))
    assert first is not None
    assert second is not None
    assert shares.count_view(share=first)
    assert not shares.count_view(share=second)


def test_views_are_counted_by_day_in_shanghai(resume: Resume) -> None:
    with time_machine.travel(
        datetime(2026, 3, 10, 15, 59, tzinfo=UTC), tick=False
    ) as c:
        made = share(resume)
        token = shares.token_of(made)
        assert opens(token)
        assert opens(token)
        c.move_to(datetime(2026, 3, 10, 16, 1, tzinfo=UTC))
        assert opens(token)
    days = SharedResumeDay.objects.order_by("day").values_list("day", "views")
    assert [(str(day), views) for day, views in days] == [
        ("2026-03-10", 2),
        ("2026-03-11", 1),
    ]
    made.refresh_from_db()
    assert made.views == 3


def test_ten_are_enough_and_ended_ones_do_not_count(resume: Resume) -> None:
    made = [share(resume) for _n in range(shares.MOST_OPEN)]
    with pytest.raises(TooManyShares):
        share(resume)
    shares.revoke_share(share=made[0], actor=resume.profile.user)
    share(resume)


def test_the_database_refuses_endless_links(resume: Resume) -> None:
    made = share(resume)
    late = made.created_at + timedelta(days=100)
    with pytest.raises(IntegrityError), transaction.atomic():
        SharedResume.objects.filter(pk=made.pk).update(expires_at=late)


def test_a_closed_account_shows_nothing(resume: Resume) -> None:
    token = shares.token_of(share(resume))
    user = resume.profile.user
    user.is_active = False
    user.save()
    assert not opens(token)


def test_ended_links_are_forgotten_after_a_month(resume: Resume) -> None:
    with time_machine.travel(START, tick=False) as clock:
        off = share(resume, days=90)
        shares.revoke_share(share=off, actor=resume.profile.user)
        out, on = share(resume, days=7), share(resume, days=90)
        assert opens(shares.token_of(on))
        clock.move_to(START + timedelta(days=30, hours=1))
        assert forget_shares() == 1
        clock.move_to(START + timedelta(days=37, hours=1))
        assert forget_shares() == 1
        assert forget_shares() == 0
    assert list(SharedResume.objects.all()) == [on]
    assert off != out


def test_leaving_takes_links_along(resume: Resume) -> None:
    made = share(resume)
    token, user = shares.token_of(made), resume.profile.user
    assert opens(token)
    told = export_person(user)["jobs.resumes"]
    assert token not in str(told)
    assert told["shares"][0]["views"] == {str(timezone.localdate()): 1}
    erase_person(user)
    assert not opens(token)
    assert not SharedResumeDay.objects.exists()
