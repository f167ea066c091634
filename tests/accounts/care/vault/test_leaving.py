"""A copy to take along, deleting all of it, and what a thief of a backup can read."""

from __future__ import annotations

import io
import json
import time
import zipfile
from typing import Any

import pytest
from cryptography.fernet import InvalidToken
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from accounts.care.vault import access, keys, registry
from accounts.care.vault.enums import Reader, Scope
from accounts.care.vault.models import AccessEvent, ConsentGrant, Subject
from accounts.care.vault.registry import EraseRefused, Part
from accounts.care.vault.services import grants, log, subjects
from accounts.consent.registry import erase_person
from accounts.identity.models import User
from tests.cast import Cast
from tests.client import StrictClient
from tests.make import PASSWORD, sign_in

pytestmark = pytest.mark.django_db
CANARY = "我其实不想活得这么累"


@pytest.fixture
def subject(cast: Cast) -> Subject:
    made = subjects.ensure_subject(user=cast.seeker.user)
    grants.give(
        subject=made, scope=Scope.SAFETY_CONTACT, detail={"word": CANARY, "phone": "1"}
    )
    log.note_access(
        subject=made,
        reader=Reader.COUNSELOR,
        counselor=cast.counselor,
        action="case.read",
        reason=CANARY,
    )
    return made


@pytest.fixture
def person(client: StrictClient, cast: Cast, subject: Subject) -> StrictClient:
    """Signed in, and just shown to be who they are."""
    sign_in(client, cast.seeker.user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def unpacked(response: Any) -> dict[str, str]:
    assert response.streaming
    data = b"".join(response.streaming_content)
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name).decode() for name in file.namelist()}


# ---- The copy


def test_it_asks_who_it_is_and_comes_back(client: StrictClient, cast: Cast) -> None:
    sign_in(client, cast.seeker.user)
    url = reverse("vault:copy")
    asked = client.get(url)
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    done = client.post(asked["Location"], {"password": PASSWORD, "next": url})
    assert done["Location"] == url
    assert client.get(url).status_code == 200


def test_a_page_for_people_and_the_same_for_programs(person: StrictClient) -> None:
    files = unpacked(person.post(reverse("vault:copy")))
    told = json.loads(files["data.json"])
    assert set(told["parts"]) == {part.code for part in registry.parts()}
    looks = told["parts"]["vault"]["looks_at_me"]
    assert CANARY in [look["reason"] for look in looks]
    assert told["parts"]["vault"]["allowed"][0]["scope"] == "safety_contact"
    page = files["index.html"]
    assert CANARY in page
    assert str(Scope.SAFETY_CONTACT.label) in page, "a code is told in words"
    assert "safety_contact" not in page
    assert 'lang="zh-Hans"' in page
    assert "src=" not in page


@pytest.mark.parametrize("language", ["zh-hant", "en"])
def test_it_speaks_the_persons_language(person: StrictClient, language: str) -> None:
    person.cookies["django_language"] = language
    person.post(reverse("set_language"), {"language": language, "next": "/"})
    page = unpacked(person.post(reverse("vault:copy")))["index.html"]
    assert f'lang="{"en" if language == "en" else "zh-Hant"}"' in page


def test_it_is_stored_nowhere_and_noted(person: StrictClient, subject: Subject) -> None:
    response = person.post(reverse("vault:copy"))
    assert "no-store" in response["Cache-Control"]
    assert response["Content-Type"] == "application/zip"
    assert "care" not in response["Content-Disposition"]
    last = AccessEvent.objects.filter(subject=subject).order_by("-number")[0]
    assert (last.action, last.reader) == ("copy.made", "self")
    assert CANARY not in everything_in_the_database()


def test_who_keeps_nothing_gets_an_empty_one(client: StrictClient, cast: Cast) -> None:
    sign_in(client, cast.other_seeker.user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    files = unpacked(client.post(reverse("vault:copy")))
    assert set(json.loads(files["data.json"])["parts"].values()) == {None}
    assert access.subject_of(cast.other_seeker.user) is None


def test_a_long_history_takes_less_than_five_seconds(
    person: StrictClient, cast: Cast, subject: Subject
) -> None:
    for _number in range(500):
        log.note_access(
            subject=subject,
            reader=Reader.COUNSELOR,
            counselor=cast.counselor,
            action="case.read",
            reason=CANARY * 10,
        )
    start = time.perf_counter()
    files = unpacked(person.post(reverse("vault:copy")))
    took = time.perf_counter() - start
    assert files["data.json"].count(CANARY * 10) == 500
    assert took < 5, took


# ---- Deleting all of it


def test_it_says_what_goes_and_what_stays(person: StrictClient) -> None:
    page = person.get(reverse("vault:delete")).content.decode()
    goes, stays = page.split("这些会留下")
    # A backup may hold the key that long: docs/care-vault.md.
    assert "你的密钥：最晚 15 天后" in goes
    assert str(registry.parts()[0].title) not in goes, "the log is not deleted"
    assert "三年" in stays
    unticked = person.post(reverse("vault:delete"))
    assert unticked.status_code == 422
    assert Subject.objects.filter(ring__isnull=False).exists()


def test_at_once_and_with_a_receipt(
    person: StrictClient, cast: Cast, subject: Subject
) -> None:
    gone = person.post(reverse("vault:delete"), {"sure": "on"})
    receipt = person.get(gone["Location"]).content.decode()
    assert subject.pk.hex[:8].upper() in receipt
    subject.refresh_from_db()
    assert subject.ring is None
    assert access.subject_of(cast.seeker.user) is None
    assert User.objects.filter(pk=cast.seeker.user.pk, is_active=True).exists()
    assert person.get(reverse("seekers:profile")).status_code == 200
    assert not ConsentGrant.objects.filter(revoked_at__isnull=True).exists()
    assert not ConsentGrant.objects.exclude(detail="").exists()
    # Who looked is still there, without a way to the person.
    assert AccessEvent.objects.filter(subject=subject, action="case.read").exists()
    assert "目前没有" in person.get(reverse("vault:privacy")).content.decode()
    assert person.post(reverse("vault:delete"), {"sure": "on"}).status_code == 302


def refusing(subject: Subject) -> None:
    raise EraseRefused("先把今天的预约取消。")


def part_that(**hooks: Any) -> Part:
    return Part(
        code="test",
        title="Test",
        copy=lambda _subject: None,
        erase=hooks.pop("erase", lambda _subject: None),
        how_long="",
        **hooks,
    )


def test_what_has_to_end_first_is_said_and_nothing_is_lost(
    person: StrictClient, subject: Subject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(registry._parts, "test", part_that(let_go=refusing))
    answer = person.post(reverse("vault:delete"), {"sure": "on"})
    assert answer.status_code == 422
    assert "先把今天的预约取消。" in answer.content.decode()
    subject.refresh_from_db()
    assert subject.ring is not None
    assert grants.detail_of(ConsentGrant.objects.get())["word"] == CANARY


def test_an_account_that_ends_waits_for_nothing(
    cast: Cast, subject: Subject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(registry._parts, "test", part_that(let_go=refusing))
    erase_person(cast.seeker.user)
    subject.refresh_from_db()
    assert subject.ring is None


def test_what_others_wait_for_is_called_off_before_anything_goes(
    cast: Cast, subject: Subject, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    first = part_that(
        erase=lambda _s: order.append("erase"), let_go=lambda _s: order.append("let go")
    )
    monkeypatch.setattr(registry, "_parts", {"test": first, "vault": first})
    subjects.shred(user=cast.seeker.user)
    assert order == ["let go", "let go", "erase", "erase"]


# ---- What somebody with a copy of the database can read


def everything_in_the_database() -> str:
    """Each row of each table as text, as a dump holds them."""
    told = []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT schemaname, tablename FROM pg_tables "
            "WHERE schemaname IN ('public', 'care')"
        )
        for schema, table in cursor.fetchall():
            cursor.execute(f'SELECT t::text FROM "{schema}"."{table}" t')
            told += [str(row[0]) for row in cursor.fetchall()]
    return "\n".join(told)


def test_a_dump_holds_no_word_of_anybody(cast: Cast, subject: Subject) -> None:
    told = everything_in_the_database()
    assert "case.read" in told, "it reads the tables of care as well"
    assert cast.seeker.pseudonym in told
    assert CANARY not in told
    # Nor as JSON writes it, nor as bytes are shown.
    assert CANARY.encode().hex() not in told
    assert json.dumps(CANARY).strip('"') not in told


def test_an_old_backup_opens_with_no_key_of_today(cast: Cast, subject: Subject) -> None:
    """The rows as they were are put back in; the keys of the site are still the same."""
    event = AccessEvent.objects.exclude(reason="").get()
    grant = ConsentGrant.objects.exclude(detail="").get()
    old_values = [event.reason, grant.detail]
    assert subjects.shred(user=cast.seeker.user)
    left = Subject.objects.get(pk=subject.pk)
    for value in old_values:
        with pytest.raises(keys.KeyGone):
            keys.unseal(left, log.REASON, value)
        with pytest.raises(InvalidToken):
            keys.masters().decrypt(value.encode())
    # Somebody who begins anew gets another key.
    anew = subjects.ensure_subject(user=cast.seeker.user)
    for value in old_values:
        with pytest.raises(keys.WrongSeal):
            keys.unseal(anew, log.REASON, value)


# ---- Commands


def test_keys_are_rotated_only_when_told(
    subject: Subject, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    old = bytes(subject.ring or b"")
    settings.CARE_KEYS = [keys.new_key().decode(), *settings.CARE_KEYS]
    call_command("rotate_care_keys")
    assert "1 keys can be opened" in capsys.readouterr().out
    subject.refresh_from_db()
    assert bytes(subject.ring or b"") == old
    call_command("rotate_care_keys", apply=True)
    settings.CARE_KEYS = settings.CARE_KEYS[:1]
    subject.refresh_from_db()
    assert grants.detail_of(ConsentGrant.objects.get())["word"] == CANARY


def test_without_the_old_master_key_nothing_is_changed(
    subject: Subject, settings: Any
) -> None:
    settings.CARE_KEYS = [keys.new_key().decode()]
    with pytest.raises(CommandError, match="older key"):
        call_command("rotate_care_keys", apply=True)


def test_one_person_gets_a_new_key(
    subject: Subject, capsys: pytest.CaptureFixture[str]
) -> None:
    old = bytes(subject.ring or b"")
    call_command("renew_person_key", subject=str(subject.pk))
    subject.refresh_from_db()
    assert bytes(subject.ring or b"") == old
    call_command("renew_person_key", subject=str(subject.pk), apply=True)
    assert "3 values" in capsys.readouterr().out
    subject.refresh_from_db()
    assert keys.unwrap(bytes(subject.ring or b"")) != keys.unwrap(old)
    assert log.broken_logs() == (1, []), "the chain does not cover what is sealed"
    with pytest.raises(CommandError):
        call_command("renew_person_key", subject="00000000-0000-0000-0000-000000000007")


def tamper(sql: str, subject: Subject) -> None:
    """As whoever owns the database could, past its own guards."""
    with connection.cursor() as cursor:
        table = "care.accounts_care_vault_accessevent"
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(sql.format(table=table), [subject.pk])
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@pytest.mark.parametrize(
    ("sql", "line"),
    [
        ("UPDATE {table} SET action = 'x' WHERE number = 2 AND subject_id = %s", 2),
        ("UPDATE {table} SET reader = 'self' WHERE number = 2 AND subject_id = %s", 2),
        ("DELETE FROM {table} WHERE number = 2 AND subject_id = %s", 3),
    ],
)
def test_a_changed_log_is_found(
    cast: Cast,
    subject: Subject,
    capsys: pytest.CaptureFixture[str],
    sql: str,
    line: int,
) -> None:
    log.note_access(subject=subject, reader=Reader.SELF, action="copy.made")
    call_command("check_access_log")
    assert "1 logs hold" in capsys.readouterr().out
    tamper(sql, subject)
    with pytest.raises(CommandError, match="1 of 1 logs"):
        call_command("check_access_log")
    assert f"line {line} does not follow" in capsys.readouterr().err
