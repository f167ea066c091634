"""What one part of care does because of another."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.care.cases.services.following import follow
from accounts.care.reports.registry import BETTER, HARDER, SAME
from accounts.care.scheduling.models import Reminder
from accounts.care.scheduling.registry import MISSED
from accounts.care.scheduling.services import groups
from accounts.care.vault.access import subject_of
from accounts.care.vault.registry import news_for
from accounts.care.vault.wall import behind_the_wall
from accounts.wellbeing.checkins.figures import band_of
from tests.accounts.care.cases.make import make_case
from tests.accounts.care.scheduling.make_talk import make_talk
from tests.accounts.care.scheduling.talk_make import group_of, open_up
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("first", "last", "band"),
    [(60, 44, SAME), (60, 43, BETTER), (40, 57, HARDER), (40, 40, SAME)],
)
def test_within_the_band_nothing_changed(first: int, last: int, band: str) -> None:
    assert band_of(first, last, 17) == band


@pytest.mark.parametrize(
    ("before", "state"), [("attended", "active"), ("no_show", "on_hold")]
)
def test_two_misses_in_a_row_rest_a_case(cast: Cast, before: str, state: str) -> None:
    now = timezone.now()
    with behind_the_wall():
        case = make_case(cast.seeker, cast.counselor)
        earlier, latest = (now - timedelta(days=days) for days in (9, 2))
        make_talk(cast.seeker, cast.counselor, starts_at=earlier, state=before)
        talk = make_talk(cast.seeker, cast.counselor, starts_at=latest, state="no_show")
        follow(talk, MISSED)
        case.refresh_from_db()
    assert case.state == state


def test_who_has_a_chair_is_reminded_and_who_gives_it_back_is_not(cast: Cast) -> None:
    group = group_of(open_up(cast.counselor), 12)
    with behind_the_wall():
        groups.take_seat(user=cast.seeker.user, group_id=group.pk, nickname="小船")
        waiting = Reminder.objects.filter(state="waiting")
        planned = waiting.count()
        groups.give_back(user=cast.seeker.user, group_id=group.pk)
        assert waiting.count() == 0
    assert planned == Reminder.objects.count() > 0


def test_without_anything_there_is_no_news(cast: Cast) -> None:
    with behind_the_wall():
        make_case(cast.seeker, cast.counselor)
        subject = subject_of(cast.seeker.user)
        assert subject
        assert news_for(subject) == []
