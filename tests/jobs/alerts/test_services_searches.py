from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import IntegrityError, transaction

from accounts.consent.access import has_consent
from accounts.consent.enums import Purpose
from accounts.consent.registry import erase_person, export_person
from accounts.identity.models import AuditEvent
from jobs.alerts import access
from jobs.alerts.forms import wanted_at
from jobs.alerts.models import AlertReader, SavedSearch, SearchAnchor
from jobs.alerts.rules.anchors import needle_of
from jobs.alerts.rules.queries import fingerprint, from_json, to_json
from jobs.alerts.services import anchors
from jobs.alerts.services.searches import (
    AlreadySaved,
    AsksForNothing,
    TooMany,
    change_search,
    delete_search,
    pause_search,
    resume_search,
    save_search,
    stop_search,
)
from jobs.search.rules.query import Query
from tests.cast import Cast
from tests.jobs.alerts.make import make_search
from tests.jobs.applications.together import together


def test_a_search_is_kept_with_its_version_and_address(cast: Cast) -> None:
    search = make_search(cast.seeker.user, text="客服", address="q=客服")
    assert search.query == {"text": "客服"}
    assert search.query_version == 1
    assert search.slot == 1
    assert has_consent(cast.seeker.user, Purpose.JOB_ALERTS)
    assert AuditEvent.objects.filter(action="alerts.saved").count() == 1


def test_the_same_wishes_are_saved_once(cast: Cast) -> None:
    first = make_search(cast.seeker.user, text="客服  上海", sort="pay")
    with pytest.raises(AlreadySaved) as refusal:
        make_search(cast.seeker.user, text="上海 客服")
    assert refusal.value.search == first
    make_search(cast.other_seeker.user, text="客服 上海")


@pytest.mark.parametrize(
    "wishes", [{"sort": "pay"}, {"text": "  "}, {"without": ("电销",)}]
)
def test_a_search_has_to_ask_for_something(cast: Cast, wishes: dict[str, Any]) -> None:
    with pytest.raises(AsksForNothing):
        make_search(cast.seeker.user, **wishes)


def test_twenty_are_enough_and_a_freed_place_is_taken(cast: Cast) -> None:
    many = [make_search(cast.seeker.user, lowest_pay=3000 + n) for n in range(20)]
    with pytest.raises(TooMany):
        make_search(cast.seeker.user, lowest_pay=9000)
    delete_search(search=many[6])
    assert make_search(cast.seeker.user, lowest_pay=9000).slot == 7


def test_the_database_counts_too(cast: Cast) -> None:
    search = make_search(cast.seeker.user)
    for slot in (0, 21):
        with pytest.raises(IntegrityError), transaction.atomic():
            SavedSearch.objects.filter(pk=search.pk).update(slot=slot)


@pytest.mark.django_db(transaction=True)
def test_two_taps_at_once_save_one(cast: Cast) -> None:
    user = cast.seeker.user
    results = together([lambda: make_search(user, text="客服")] * 2)
    assert SavedSearch.objects.count() == 1
    assert sum(isinstance(result, AlreadySaved) for result in results) == 1


@pytest.mark.django_db(transaction=True)
def test_many_taps_at_once_never_pass_twenty(cast: Cast) -> None:
    user = cast.seeker.user
    for number in range(18):
        make_search(user, lowest_pay=3000 + number)
    calls = [
        lambda pay=pay: make_search(user, lowest_pay=pay) for pay in range(7000, 7004)
    ]
    results = together(calls)
    assert SavedSearch.objects.count() == 20
    assert sum(isinstance(result, TooMany) for result in results) == 2


def test_links_stop_what_they_name_until_they_are_replaced(cast: Cast) -> None:
    search = make_search(cast.seeker.user)
    token = access.stop_token(search)
    stopping = access.stopped_by(token)
    assert stopping is not None
    assert stopping.search == search
    stop_search(search=search)
    assert access.stopped_by(token) is not None
    change_search(search=search, name="客服", frequency="daily")
    assert access.stopped_by(token) is None


def test_forged_links_stop_nothing(cast: Cast) -> None:
    search = make_search(cast.seeker.user)
    token = access.stop_token(search)
    reader = AlertReader.objects.get()
    for forged in (
        token[:-1],
        "s1.x",
        "",
        "s" + access.stop_all_token(reader)[1:],
        "ü:ü",
    ):
        assert access.stopped_by(forged) is None


def test_keys_move_when_words_become_common(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        anchors, "word_shares", lambda: lambda w: {"银行": 0.5}.get(w, 0)
    )
    make_search(cast.seeker.user, words=(("银行",), ("热线",)), city_code="3101")
    assert SearchAnchor.objects.get().anchor == "3101|热线"
    monkeypatch.setattr(
        anchors, "word_shares", lambda: lambda w: {"热线": 0.5}.get(w, 0)
    )
    assert anchors.refresh_anchors() == 1
    assert SearchAnchor.objects.get().anchor == "3101|银行"
    assert anchors.refresh_anchors() == 0
    assert anchors.refresh_anchors(everything=True) == 1


def test_a_search_is_read_anew_when_words_mean_more(cast: Cast) -> None:
    """Kept as plain words by an older release; today it is a wish."""
    user = cast.seeker.user
    search = make_search(user, text="双休 客服", address=urlencode({"q": "双休 客服"}))
    assert SearchAnchor.objects.get().rest
    assert anchors.refresh_anchors() == 1
    search.refresh_from_db()
    kept = from_json(search.query, search.query_version)
    assert kept == wanted_at(search.address)
    assert kept.weekends_off
    assert search.fingerprint == fingerprint(kept)
    assert anchors.refresh_anchors() == 0


def test_a_pause_ends_with_todays_reading(cast: Cast) -> None:
    search = make_search(
        cast.seeker.user, text="双休 客服", address=urlencode({"q": "双休 客服"})
    )
    pause_search(search=search)
    resume_search(search=search)
    search.refresh_from_db()
    assert search.query["weekends_off"] is True


def test_two_searches_that_became_one_both_go_on(cast: Cast) -> None:
    user = cast.seeker.user
    old = make_search(user, text="双休 客服", address=urlencode({"q": "双休 客服"}))
    wanted = to_json(wanted_at(old.address))
    save_search(user=user, query=wanted_at(old.address), name="b", frequency="never")
    assert anchors.refresh_anchors() == 1
    old.refresh_from_db()
    assert old.query == json.loads(json.dumps(wanted))


def test_marks_alone_are_no_search(cast: Cast) -> None:
    """They find nothing on the page; a key of theirs would find everything."""
    with pytest.raises(AsksForNothing):
        make_search(cast.seeker.user, text="！！！")
    assert needle_of(Query(text="！！！"), lambda _word: 0).anchors == ()


def test_export_and_erasure_know_saved_searches(cast: Cast) -> None:
    user = cast.seeker.user
    make_search(user, name="我的")
    held = export_person(user)["jobs.alerts"]
    assert held["searches"][0]["name"] == "我的"
    erase_person(user)
    assert not SavedSearch.objects.exists()
    assert not AlertReader.objects.exists()
    assert export_person(user)["jobs.alerts"] is None
