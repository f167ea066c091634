from __future__ import annotations

import re
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings, strategies as st

from accounts.cohorts import access
from accounts.cohorts.models import Cohort, CohortMember, SessionSeat
from accounts.cohorts.services import cohorts as services, sessions
from accounts.consent.models import Consent
from accounts.consent.registry import erase_person, export_person
from accounts.identity.models import AuditEvent, OutboxMessage, User
from accounts.lib.crypto import fingerprint
from accounts.lib.dates import today
from accounts.lib.short_codes import ALPHABET, read_code, spaced
from accounts.seekers.models import SeekerProfile
from tests.accounts.cohorts.make import FORMER, fill, join_new, make_cohort, set_offsets
from tests.make import make_seeker, make_user

pytestmark = pytest.mark.django_db


def next_monday() -> Any:
    return today() + timedelta(days=7)


def shown(cohort: Cohort) -> list[int]:
    return [figure.at_least for figure in access.figures_of(cohort)]


def test_joining_is_a_consent_and_leaving_takes_it_back() -> None:
    cohort, seeker = make_cohort(), make_seeker()
    member = services.join_cohort(cohort=cohort, user=seeker.user)
    assert services.join_cohort(cohort=cohort, user=seeker.user) == member
    standing = Consent.objects.filter(purpose="cohort", withdrawn_at__isnull=True)
    assert standing.count() == 1
    services.leave_cohort(member=member, user=seeker.user)
    assert not standing.exists()
    assert Consent.objects.filter(purpose="cohort").exists()
    assert not CohortMember.objects.exists()


def test_the_trail_does_not_say_which_group() -> None:
    cohort, seeker = make_cohort(), make_seeker()
    services.join_cohort(cohort=cohort, user=seeker.user)
    line = AuditEvent.objects.get(action="cohort.joined")
    assert line.object_id == ""
    assert line.detail == {}


@pytest.mark.parametrize("wanted", [True, False])
def test_city_and_company_only_with_a_yes(*, wanted: bool) -> None:
    cohort = make_cohort()
    user = make_user("seeker", email="new@example.com")
    services.join_cohort(
        cohort=cohort, user=user, use_city=wanted, hide_from_former=wanted
    )
    profile = SeekerProfile.objects.get(user=user)
    assert profile.city_code == ("3101" if wanted else "")
    assert [str(row) for row in profile.blocks.all()] == ([FORMER] if wanted else [])


def test_a_city_they_named_stays() -> None:
    cohort, seeker = make_cohort(), make_seeker(city_code="5101")
    services.join_cohort(cohort=cohort, user=seeker.user, use_city=True)
    seeker.refresh_from_db()
    assert seeker.city_code == "5101"


@pytest.mark.parametrize(
    "fields",
    [
        {"opens_at": timezone.now() + timedelta(days=1)},
        {"closes_at": timezone.now() - timedelta(hours=1)},
        {"closed_at": timezone.now()},
    ],
)
def test_only_while_it_is_open(fields: dict[str, Any]) -> None:
    cohort, seeker = make_cohort(), make_seeker()
    Cohort.objects.update(**fields)
    with pytest.raises(services.NotTaking):
        services.join_cohort(cohort=cohort, user=seeker.user)
    assert not CohortMember.objects.exists()


def test_full_is_a_few_more_than_it_says() -> None:
    cohort = make_cohort()
    Cohort.objects.update(slack=1)
    Cohort.objects.filter(pk=cohort.pk).update(size_limit=20)
    fill(cohort, range(20))
    join_new(cohort, 98)
    with pytest.raises(services.NotTaking):
        join_new(cohort, 99)


def test_figures_are_taken_once_a_week_only() -> None:
    cohort = make_cohort()
    set_offsets(cohort, 0)
    fill(cohort, range(12))
    call_command("count_cohorts")
    assert shown(cohort) == [0, 0, 0, 0]
    services.count_cohorts(today=next_monday())
    assert shown(cohort) == [10, 10, 0, 0]
    fill(cohort, range(12, 20))
    services.count_cohorts(today=next_monday())
    assert shown(cohort) == [10, 10, 0, 0]
    services.count_cohorts(today=next_monday() + timedelta(days=7))
    assert shown(cohort) == [20, 20, 0, 0]


def test_who_has_not_finished_counts_only_as_joined() -> None:
    cohort = make_cohort()
    set_offsets(cohort, 0)
    fill(cohort, range(9))
    fill(cohort, [9], finished=False)
    services.count_cohorts(today=next_monday())
    assert shown(cohort) == [10, 0, 0, 0]


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("cohort", {"size_limit": 5}),
        ("cohort", {"slack": 10}),
        ("figure", {"shown": 9}),
        ("figure", {"offset": 5}),
    ],
)
def test_the_database_holds_it_too(table: str, change: dict[str, int]) -> None:
    cohort = make_cohort()
    rows = cohort.figures.all() if table == "figure" else Cohort.objects.all()
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**change)


def test_one_person_once() -> None:
    member = join_new(make_cohort(), 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        CohortMember.objects.create(
            cohort=member.cohort, seeker=member.seeker, consent=member.consent
        )


def test_a_code_cannot_be_read_in_the_database_and_is_found_however_typed() -> None:
    cohort = make_cohort()
    with connection.cursor() as cursor:
        cursor.execute("SELECT code, code_print FROM accounts_cohorts_cohort")
        assert all(cohort.code not in column for column in cursor.fetchone())
    for typed in (cohort.code.lower(), spaced(cohort.code), f" {cohort.code} "):
        assert access.cohort_by_code(typed) == cohort
    assert access.cohort_by_code("OOOO-1111") is None


@given(st.text(max_size=30))
def test_whatever_is_typed_becomes_a_code_or_nothing(typed: str) -> None:
    assert set(read_code(typed)) <= set(ALPHABET)
    assert read_code(spaced(read_code(typed))) == read_code(typed)


def test_a_person_takes_it_along_and_leaves_nothing() -> None:
    member = join_new(make_cohort(), 1)
    user = member.seeker.user
    assert export_person(user)["accounts.cohorts"] == [{"group": "一起找新工作"}]
    erase_person(user)
    assert not CohortMember.objects.exists()
    assert export_person(user)["accounts.cohorts"] == []


# --- talks ---
def make_talk(cohort: Cohort, *, seats: int = 2, **fields: Any) -> Any:
    values: dict[str, Any] = {
        "title": "找新工作怎么问",
        "starts_at": timezone.now() + timedelta(days=3),
        "place": "街道二楼",
    }
    return sessions.publish_session(
        cohort=cohort, actor=cohort.created_by, seats=seats, **(values | fields)
    )


def test_seats_run_out_and_come_back() -> None:
    cohort = make_cohort()
    talk = make_talk(cohort)
    one, two, three = (join_new(cohort, number) for number in range(3))
    first = sessions.take_seat(session=talk, member=one)
    assert sessions.take_seat(session=talk, member=one) == first
    sessions.take_seat(session=talk, member=two)
    with pytest.raises(sessions.NoSeat):
        sessions.take_seat(session=talk, member=three)
    sessions.give_seat_back(session=talk, member=one)
    assert sessions.take_seat(session=talk, member=three).number == first.number


def test_whoever_leaves_gives_the_seat_back() -> None:
    cohort = make_cohort()
    talk = make_talk(cohort, seats=1)
    one, two = join_new(cohort, 1), join_new(cohort, 2)
    sessions.take_seat(session=talk, member=one)
    services.leave_cohort(member=one, user=one.seeker.user)
    sessions.take_seat(session=talk, member=two)


@pytest.mark.parametrize("number", [0, 3])
def test_the_database_knows_no_seat_too_many(number: int) -> None:
    talk = make_talk(make_cohort())
    with pytest.raises(IntegrityError), transaction.atomic():
        SessionSeat.objects.create(session=talk, number=number)
    with pytest.raises(IntegrityError), transaction.atomic():
        type(talk).objects.update(seats=9)


def test_members_of_another_cohort_get_no_seat() -> None:
    cohort = make_cohort()
    talk = make_talk(cohort)
    stranger = join_new(make_cohort(actor=cohort.created_by), 1)
    with pytest.raises(sessions.NoSeat):
        sessions.take_seat(session=talk, member=stranger)


def test_called_off_tells_those_with_a_seat_and_forgets_them() -> None:
    cohort = make_cohort()
    talk, member = make_talk(cohort), join_new(cohort, 1)
    join_new(cohort, 2)
    sessions.take_seat(session=talk, member=member)
    for _ in range(2):
        sessions.cancel_session(session=talk, actor=cohort.created_by)
    told = OutboxMessage.objects.filter(template="cohorts/called_off")
    assert [message.user for message in told] == [member.seeker.user]
    assert not SessionSeat.objects.filter(member__isnull=False).exists()
    talk.refresh_from_db()
    with pytest.raises(sessions.NoSeat):
        sessions.take_seat(session=talk, member=member)


def test_who_came_is_forgotten_when_it_is_over() -> None:
    cohort = make_cohort()
    talk, member = make_talk(cohort), join_new(cohort, 1)
    sessions.take_seat(session=talk, member=member)
    assert sessions.clear_past_seats(now=timezone.now()) == 0
    assert sessions.clear_past_seats(now=timezone.now() + timedelta(days=4)) == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_once_for_the_last_seat() -> None:
    cohort = make_cohort()
    talk = make_talk(cohort, seats=1)
    members = [join_new(cohort, number) for number in range(2)]
    start = Barrier(2)
    got: list[SessionSeat | None] = []

    def take(member: CohortMember) -> None:
        start.wait()
        try:
            got.append(sessions.take_seat(session=talk, member=member))
        except sessions.NoSeat:
            got.append(None)
        finally:
            connection.close()

    threads = [Thread(target=take, args=(member,)) for member in members]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len([seat for seat in got if seat is not None]) == 1
    assert SessionSeat.objects.filter(member__isnull=False).count() == 1


# --- the giver ---
CSRF = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"|"X-CSRFToken": "[^"]*"')


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(members=st.integers(0, 8), offset=st.integers(0, 4))
def test_worlds_that_differ_in_one_member_look_the_same(
    members: int, offset: int, client: Any
) -> None:
    """Every page that the giver can open, with one member more and without."""
    pages = [_giver_sees(client, count, offset) for count in (members, members + 1)]
    assert pages[0] == pages[1]


def _giver_sees(client: Any, count: int, offset: int) -> list[bytes]:
    cohort = make_cohort()
    Cohort.objects.filter(pk=cohort.pk).update(
        public_id="6f8cbe07-8d2c-4c35-8d5c-6d5b5a5a0001",
        code_print=fingerprint("ABCDEFGH", access.CODE_PURPOSE),
        slack=0,
    )
    cohort.refresh_from_db()
    set_offsets(cohort, offset)
    fill(cohort, range(count))
    services.count_cohorts(today=next_monday())
    token = access.counts_token(cohort)
    answers = [client.get(f"/cohorts/counts/{token}/"), client.get("/join/ABCDEFGH/")]
    CohortMember.objects.all().delete()
    User.objects.filter(email__startswith="f").delete()
    creator = cohort.created_by
    cohort.delete()
    creator.delete()
    assert [answer.status_code for answer in answers] == [200, 200]
    return [CSRF.sub(b"", answer.content) for answer in answers]
