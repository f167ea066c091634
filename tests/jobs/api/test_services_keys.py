from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.employers.models import Membership
from accounts.identity.models import AuditEvent, OutboxMessage
from jobs.api.access import find_key, key_state, keys_of
from jobs.api.enums import Scope
from jobs.api.models import ApiKey
from jobs.api.rules.keys import LONGEST, MOST_KEYS, hash_secret, read_token
from jobs.api.services import keys
from tests.cast import Cast
from tests.jobs.api.make import new_key

pytestmark = pytest.mark.django_db


def state(cast: Cast, key: ApiKey) -> str:
    return key_state(keys_of(cast.organization).get(pk=key.pk), now=timezone.now())


def test_only_the_hash_is_kept(cast: Cast) -> None:
    made = new_key(cast.employer)
    parts = read_token(made.token)
    assert parts is not None
    prefix, secret = parts
    assert len(secret) == 43
    assert (made.key.prefix, made.key.secret_hash) == (prefix, hash_secret(secret))
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(k)::text FROM jobs_api_apikey k")
        (row,) = cursor.fetchone()
    assert secret not in row
    assert find_key(made.token) == made.key
    assert find_key(made.token[:-1] + "!") is None


def test_two_keys_share_nothing(cast: Cast) -> None:
    one, two = new_key(cast.employer, name="甲"), new_key(cast.employer, name="乙")
    mixed = f"ashore_{one.key.prefix}_{two.token[-43:]}"
    assert find_key(mixed) is None


def test_administrators_are_told_and_the_trail_knows(cast: Cast) -> None:
    Membership.objects.filter(user=cast.colleague).update(role="admin")
    made = new_key(cast.employer)
    told = OutboxMessage.objects.filter(template="api/key_made")
    assert {row.user for row in told} == {cast.employer, cast.colleague}
    assert all("招聘系统" in row.body for row in told)
    assert not any(made.token in row.body for row in told)
    line = AuditEvent.objects.get(action="api.key_made")
    assert line.actor_id == cast.employer.pk
    assert made.token not in str(line.detail)


def test_colleagues_make_none(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        new_key(cast.colleague)


def test_ten_and_no_more(cast: Cast) -> None:
    made = [new_key(cast.employer, name=f"程序{n}") for n in range(MOST_KEYS)]
    with pytest.raises(keys.TooManyKeys):
        new_key(cast.employer, name="第十一个")
    # Replacing needs no place of its own.
    keys.rotate_key(key=made[0].key, actor=cast.employer, at_once=False)
    with pytest.raises(keys.TooManyKeys):
        new_key(cast.employer, name="第十一个")
    keys.revoke_key(key=made[1].key, actor=cast.employer)
    assert new_key(cast.employer, name="第十一个").key.slot == made[1].key.slot
    assert new_key(cast.other_employer).key.slot == 1


def test_what_ran_out_holds_no_place(cast: Cast) -> None:
    for n in range(MOST_KEYS):
        new_key(cast.employer, name=f"程序{n}")
    now = timezone.now()
    ApiKey.objects.filter(slot=4).update(
        created_at=now - timedelta(days=40), expires_at=now - timedelta(days=10)
    )
    assert new_key(cast.employer, name="新的").key.slot == 4


def test_the_database_refuses_an_eleventh(cast: Cast) -> None:
    made = new_key(cast.employer).key
    wrong: list[dict[str, Any]] = [
        {"slot": 11},
        {"scopes": ["everything"]},
        {"scopes": []},
    ]
    for change in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            ApiKey.objects.filter(pk=made.pk).update(**change)
    late = made.created_at + LONGEST + timedelta(seconds=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        ApiKey.objects.filter(pk=made.pk).update(expires_at=late)
    with pytest.raises(IntegrityError), transaction.atomic():
        ApiKey.objects.filter(pk=made.pk).update(secret_hash="the key itself")


def test_one_name_once(cast: Cast) -> None:
    first = new_key(cast.employer)
    with pytest.raises(keys.NameTaken):
        new_key(cast.employer)
    keys.revoke_key(key=first.key, actor=cast.employer)
    assert new_key(cast.employer).key.name == first.key.name


def test_replacing_gives_a_day(cast: Cast) -> None:
    old = new_key(cast.employer, Scope.POSTINGS_READ)
    new = keys.rotate_key(key=old.key, actor=cast.employer, at_once=False)
    assert find_key(old.token) == old.key
    assert find_key(new.token) == new.key
    assert (new.key.name, new.key.scopes) == (old.key.name, ["postings:read"])
    assert state(cast, old.key) == "ending"
    stops = ApiKey.objects.get(pk=old.key.pk).stops_at
    assert stops is not None
    assert abs(stops - timezone.now() - timedelta(hours=24)) < timedelta(minutes=1)
    ApiKey.objects.filter(pk=old.key.pk).update(stops_at=timezone.now())
    assert find_key(old.token) is None
    with pytest.raises(keys.KeyEnded):
        keys.rotate_key(key=old.key, actor=cast.employer, at_once=False)


def test_replacing_twice_ends_the_first(cast: Cast) -> None:
    first = new_key(cast.employer)
    second = keys.rotate_key(key=first.key, actor=cast.employer, at_once=False)
    third = keys.rotate_key(key=second.key, actor=cast.employer, at_once=False)
    found = [find_key(one.token) is not None for one in (first, second, third)]
    assert found == [False, True, True]


def test_ending_the_old_one_at_once(cast: Cast) -> None:
    old = new_key(cast.employer)
    keys.rotate_key(key=old.key, actor=cast.employer, at_once=True)
    assert find_key(old.token) is None
    assert state(cast, old.key) == "ended"


def test_whoever_replaces_a_resting_key_takes_it_over(cast: Cast) -> None:
    Membership.objects.filter(user=cast.colleague).update(role="admin")
    old = new_key(cast.colleague)
    Membership.objects.filter(user=cast.colleague).update(role="recruiter")
    assert state(cast, old.key) == "orphaned"
    new = keys.rotate_key(key=old.key, actor=cast.employer, at_once=False)
    assert find_key(old.token) is None
    found = find_key(new.token)
    assert found is not None
    assert found.created_by == cast.employer


def test_a_warning_comes_once(cast: Cast) -> None:
    made = new_key(cast.employer).key
    short = new_key(cast.employer, name="短的", lifetime=timedelta(days=20)).key
    now = timezone.now()
    assert keys.warn_expiring(now=now) == 0
    later = made.expires_at - timedelta(days=13)
    assert keys.warn_expiring(now=short.expires_at - timedelta(days=1)) == 0
    assert keys.warn_expiring(now=later) == 1
    assert keys.warn_expiring(now=later + timedelta(days=1)) == 0
    message = OutboxMessage.objects.get(template="api/key_expires")
    assert made.expires_at.strftime("%Y-%m-%d")[:7] in message.body
    call_command("warn_expiring_keys")


def test_a_leaver_takes_their_keys_along(cast: Cast) -> None:
    made = new_key(cast.employer)
    keys.forget_keys(cast.employer)
    keys.forget_keys(cast.employer)
    assert find_key(made.token) is None
    assert not ApiKey.objects.exists()
