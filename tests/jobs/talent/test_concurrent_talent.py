"""Two colleagues, or two taps, in the same moment."""

from __future__ import annotations

import pytest

from jobs.talent.models import CriteriaSet, PoolEntry, Scorecard
from jobs.talent.services.cards import CardRefused
from jobs.talent.services.pool import AnswerOver, AskRefused, agree, decline
from tests.cast import Cast
from tests.jobs.applications.make import make_application
from tests.jobs.applications.together import together
from tests.jobs.talent.make import asked, judged, received

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_card_each_however_often_it_is_sent(cast: Cast) -> None:
    application = received(cast)
    taps = [lambda: judged(application, cast.employer)] * 3
    refused = [one for one in together(taps) if isinstance(one, CardRefused)]
    assert len(refused) == 2
    assert Scorecard.objects.count() == 1


def test_two_first_cards_make_one_set_of_criteria(cast: Cast) -> None:
    application = received(cast)
    other = make_application(cast.other_seeker, application.posting, state="viewed")
    together(
        [
            lambda: judged(application, cast.employer),
            lambda: judged(other, cast.colleague),
        ]
    )
    assert Scorecard.objects.count() == 2
    assert CriteriaSet.objects.count() == 1


def test_colleagues_who_ask_at_once_ask_once(cast: Cast) -> None:
    application = received(cast, state="declined")
    results = together(
        [
            lambda: asked(application, cast.employer),
            lambda: asked(application, cast.colleague),
        ]
    )
    assert sum(isinstance(one, AskRefused) for one in results) == 1
    assert PoolEntry.objects.count() == 1


def test_yes_and_no_at_once_is_one_of_them(cast: Cast, noon: object) -> None:
    entry = asked(received(cast, state="declined"), cast.employer)
    user = cast.seeker.user
    results = together(
        [
            lambda: agree(entry=entry, actor=user),
            lambda: decline(entry=entry, actor=user),
        ]
    )
    assert sum(isinstance(one, AnswerOver) for one in results) == 1
    entry.refresh_from_db()
    assert (entry.consent is not None) == (entry.state == "agreed")
