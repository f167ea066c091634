from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection

from accounts.consent import registry
from accounts.consent.access import active_consents_for, has_consent
from accounts.consent.enums import Purpose
from accounts.consent.models import Consent
from accounts.consent.services import (
    TERMS_VERSION,
    grant_consent,
    withdraw_consent,
)
from accounts.identity.models import AuditEvent, User
from accounts.identity.services.accounts import create_account
from tests.make import make_user

SHOW = Purpose.SHOW_PROFILE
SEND = Purpose.SEND_APPLICATION


@pytest.fixture
def person(db: None) -> User:
    return make_user()


def test_a_yes_counts_until_it_is_taken_back(person: User) -> None:
    grant_consent(user=person, purpose=SHOW, version="1")
    assert has_consent(person, SHOW)
    assert withdraw_consent(user=person, purpose=SHOW)
    assert not has_consent(person, SHOW)


def test_a_yes_for_one_case_is_no_yes_for_another(person: User) -> None:
    grant_consent(user=person, purpose=SEND, version="1", scope="application:1")
    assert has_consent(person, SEND, "application:1")
    assert not has_consent(person, SEND, "application:2")
    assert not has_consent(person, SEND)


def test_a_yes_to_everything_covers_each_case(person: User) -> None:
    grant_consent(user=person, purpose=SEND, version="1")
    assert has_consent(person, SEND, "application:2")


def test_saying_yes_twice_is_one_yes(person: User) -> None:
    first = grant_consent(user=person, purpose=SHOW, version="1")
    assert grant_consent(user=person, purpose=SHOW, version="1") == first
    assert AuditEvent.objects.filter(action="consent.granted").count() == 1


def test_new_words_need_a_new_yes(person: User) -> None:
    old = grant_consent(user=person, purpose=SHOW, version="1")
    new = grant_consent(user=person, purpose=SHOW, version="2")
    old.refresh_from_db()
    assert old.withdrawn_at is not None
    assert list(active_consents_for(person)) == [new]


def test_nothing_to_take_back_is_said(person: User) -> None:
    assert not withdraw_consent(user=person, purpose=SHOW)
    assert not AuditEvent.objects.filter(action="consent.withdrawn").exists()


def test_signing_up_records_the_terms(db: None) -> None:
    user = create_account(
        user=User(), kind="seeker", phone="+8613800000000", language="zh-hans"
    )
    consent = Consent.objects.get(user=user)
    assert (consent.purpose, consent.version) == (Purpose.TERMS, TERMS_VERSION)


@pytest.mark.django_db(transaction=True)
def test_two_taps_at_once_are_one_yes() -> None:
    person, start = make_user(), threading.Barrier(3)

    def tap() -> None:
        start.wait()
        grant_consent(user=person, purpose=SHOW, version="1")
        connection.close()

    taps = [threading.Thread(target=tap) for _ in range(3)]
    for thread in taps:
        thread.start()
    for thread in taps:
        thread.join()
    assert Consent.objects.count() == 1


@pytest.fixture
def empty_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_exporters", {})
    monkeypatch.setattr(registry, "_erasers", {})


@pytest.mark.usefixtures("empty_registry")
def test_every_holder_is_asked(person: User) -> None:
    erased: list[str] = []
    registry.register_exporter("identity", lambda user: {"email": user.email})
    registry.register_exporter("notes", lambda user: [])
    registry.register_eraser("identity", lambda user: erased.append("identity"))
    registry.register_eraser("notes", lambda user: erased.append("notes"))
    assert registry.export_person(person) == {
        "identity": {"email": "seeker@example.com"},
        "notes": [],
    }
    registry.erase_person(person)
    assert erased == ["notes", "identity"]


@pytest.mark.usefixtures("empty_registry")
def test_one_failing_holder_keeps_everything(person: User) -> None:
    def fail(_user: User) -> None:
        raise RuntimeError

    def delete(user: User) -> None:
        User.objects.filter(pk=user.pk).delete()

    registry.register_eraser("asked last", fail)
    registry.register_eraser("asked first", delete)
    with pytest.raises(RuntimeError):
        registry.erase_person(person)
    assert User.objects.filter(pk=person.pk).exists()


@pytest.mark.usefixtures("empty_registry")
def test_two_holders_under_one_name_are_refused() -> None:
    def first(_user: User) -> Any:
        return 1

    registry.register_exporter("notes", first)
    registry.register_exporter("notes", first)
    with pytest.raises(registry.AlreadyRegistered):
        registry.register_exporter("notes", lambda user: 2)
