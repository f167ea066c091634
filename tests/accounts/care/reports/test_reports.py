from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import IntegrityError, InternalError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.care.reports import registry
from accounts.care.reports.enums import Audience
from accounts.care.reports.models import FrozenTable
from accounts.care.reports.registry import BETTER, HARDER, SAME
from accounts.care.reports.rules.quarters import Quarter
from accounts.care.reports.services import team
from accounts.care.reports.services.counting import lead_tables, operator_tables
from accounts.care.reports.services.freezing import TooEarly, freeze
from accounts.care.reports.tasks import freeze_care_figures
from accounts.care.vault.enums import Role, Scope
from accounts.care.vault.models import TeamRole
from accounts.care.vault.services import grants
from accounts.employers.models import Invitation, Membership
from tests.accounts.care.reports.make import (
    make_case,
    make_flag,
    make_subject,
    make_subjects,
    make_talk,
)
from tests.cast import Cast
from tests.client import StrictClient
from tests.make import make_user, sign_in

pytestmark = pytest.mark.django_db
QUARTER = Quarter(2026, 3)
IN_IT = datetime(2026, 8, 5, 2, tzinfo=UTC)
NOW = datetime(2026, 10, 9, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _at_that_time(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(registry, "_changes", {})
    monkeypatch.setattr(registry, "_uses", [])
    with time_machine.travel(NOW):
        yield


def cells_of(code: str, audience: Audience) -> Any:
    return FrozenTable.objects.get(code=code, audience=audience).cells


# ---- What is counted


def test_only_who_agreed_is_counted(cast: Cast) -> None:
    yes, no = make_subject(), make_subject(counted=False)
    for hour, subject in enumerate((yes, no)):
        make_talk(subject, cast.counselor, IN_IT + timedelta(hours=hour))
    found = {table.code: table for table in operator_tables(QUARTER, now=NOW)}
    assert found["talks"].counts == [[1, 0, 0]]


def test_who_takes_it_back_before_the_freeze_is_not_counted(cast: Cast) -> None:
    subject = make_subject()
    make_talk(subject, cast.counselor, IN_IT)
    assert grants.revoke_scope(subject=subject, scope=Scope.AGGREGATE)
    later = NOW + timedelta(seconds=1)
    found = {table.code: table for table in operator_tables(QUARTER, now=later)}
    assert found["talks"].counts == [[0, 0, 0]]


def test_who_said_yes_after_the_freeze_is_not_counted(cast: Cast) -> None:
    make_talk(make_subject(), cast.counselor, IN_IT)
    before = NOW - timedelta(days=101)
    found = {table.code: table for table in operator_tables(QUARTER, now=before)}
    assert found["talks"].counts == [[0, 0, 0]]


def test_what_people_used(cast: Cast) -> None:
    both, one, none = make_subjects(3)
    stranger = make_subject(counted=False)
    make_talk(both, cast.counselor, IN_IT)
    registry.set_use_source(lambda _quarter: {both.pk, one.pk, stranger.pk})
    found = {table.code: table for table in operator_tables(QUARTER, now=NOW)}
    assert found["use"].counts == [[1, 1], [0, 1]]
    assert none.pk != one.pk


def test_change_comes_from_above_and_only_of_who_agreed() -> None:
    people = make_subjects(3)
    stranger = make_subject(counted=False)
    told = dict(zip([p.pk for p in people], [BETTER, SAME, HARDER], strict=True))
    registry.set_change_source(lambda _q: told | {stranger.pk: BETTER}, code="cbi")
    for tables in (operator_tables, lead_tables):
        found = {table.code: table for table in tables(QUARTER, now=NOW)}
        assert found["change.cbi"].counts == [[1, 1, 1]]


def test_how_long_people_wait(cast: Cast) -> None:
    """Wednesday the 5th: a talk on Monday is after three working days."""
    days = {"soon": 5, "in_time": 14, "long": 15}
    for place, after in enumerate(days.values()):
        subject = make_subject(counted=False)
        make_case(subject, IN_IT)
        starts = IN_IT + timedelta(days=after, hours=place)
        make_talk(subject, cast.counselor, starts)
    waiting = make_subject()
    make_case(waiting, IN_IT)
    make_talk(waiting, cast.counselor, IN_IT - timedelta(days=3))
    make_talk(waiting, cast.counselor, IN_IT + timedelta(days=1), "no_show")
    found = {table.code: table for table in lead_tables(QUARTER, now=NOW)}
    assert found["waiting"].counts == [[0] * 4, [1, 1, 1, 1], [0] * 4]


def test_what_became_of_appointments(cast: Cast) -> None:
    subject = make_subject(counted=False)
    for hour, state in enumerate(["attended", "attended", "no_show", "rescheduled"]):
        make_talk(subject, cast.counselor, IN_IT + timedelta(hours=hour), state)
    make_talk(subject, cast.counselor, QUARTER.ends_at)
    found = {table.code: table for table in lead_tables(QUARTER, now=NOW)}
    assert found["attendance"].counts == [[0] * 4, [2, 1, 0, 0], [0] * 4]
    assert found["attendance"].people == [[0] * 4, [1, 1, 0, 0], [0] * 4]


def test_in_time_or_too_late() -> None:
    on_time, late, never = make_subjects(3)
    make_flag(on_time, IN_IT, tried_after=timedelta(0), level="red")
    make_flag(late, IN_IT, tried_after=timedelta(seconds=1), level="red")
    make_flag(never, IN_IT, tried_after=None, level="amber")
    make_flag(never, QUARTER.ends_at, tried_after=None, level="yellow")
    found = {table.code: table for table in lead_tables(QUARTER, now=NOW)}
    assert found["levels"].counts == [[1, 1], [0, 1], [0, 0]]


# ---- Frozen


def test_nineteen_people_are_not_shown_and_twenty_are(cast: Cast) -> None:
    people = make_subjects(39)
    bands = [BETTER] * 19 + [SAME] * 20
    told = dict(zip([p.pk for p in people], bands, strict=True))
    registry.set_change_source(lambda _q: told)
    freeze(quarter=QUARTER, now=NOW)
    assert cells_of("change.cbi", Audience.OPERATOR)[0][:3] == [None, None, None]
    # The lead counselor may see groups of ten; nobody was in the third band.
    assert cells_of("change.cbi", Audience.LEAD)[0] == [None, 20, None, 39]


def test_enough_people_are_shown_as_rounded_shares() -> None:
    people = make_subjects(66)
    bands = [BETTER] * 21 + [SAME] * 22 + [HARDER] * 23
    told = dict(zip([p.pk for p in people], bands, strict=True))
    registry.set_change_source(lambda _q: told)
    freeze(quarter=QUARTER, now=NOW)
    assert cells_of("change.cbi", Audience.OPERATOR) == [
        [30, 35, 35, 100],
        [30, 35, 35, 65],
    ]
    assert cells_of("change.cbi", Audience.LEAD)[0] == [21, 22, 23, 66]


def test_two_tables_beside_each_other_do_not_tell_who_is_missing() -> None:
    """45 by one questionnaire and 44 by another: one person would stand out."""
    people = make_subjects(45)
    all_of_them = {p.pk: (BETTER if n < 22 else SAME) for n, p in enumerate(people)}
    but_one = dict(list(all_of_them.items())[1:])
    registry.set_change_source(lambda _q: all_of_them, code="cbi")
    registry.set_change_source(lambda _q: but_one, code="phq")
    freeze(quarter=QUARTER, now=NOW)
    for audience in Audience:
        cells = cells_of("change.phq", audience)
        assert {cell for row in cells for cell in row} == {None}


def test_a_quarter_is_frozen_once(cast: Cast) -> None:
    assert freeze(quarter=QUARTER, now=NOW)
    registry.set_change_source(lambda _quarter: {})
    assert freeze(quarter=QUARTER, now=NOW) == []
    assert not FrozenTable.objects.filter(code="change.cbi").exists()


def test_not_before_its_week_is_over() -> None:
    with pytest.raises(TooEarly):
        freeze(quarter=QUARTER, now=QUARTER.ends_at + timedelta(days=6))


@pytest.mark.parametrize("act", ["UPDATE", "DELETE"])
def test_what_is_frozen_stays(act: str) -> None:
    freeze(quarter=QUARTER, now=NOW)
    table = FrozenTable._meta.db_table
    sql = f"DELETE FROM care.{table}"
    if act == "UPDATE":
        sql = f"UPDATE care.{table} SET code = 'x'"
    with (
        pytest.raises((IntegrityError, InternalError), match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_the_clock_freezes_the_last_quarter() -> None:
    made = freeze_care_figures()
    assert made == FrozenTable.objects.count() > 0
    assert freeze_care_figures() == 0
    with time_machine.travel(QUARTER.ends_at + timedelta(days=1)):
        FrozenTable.objects.all()
        assert freeze_care_figures() == 0


def test_the_command_only_looks_unless_told(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("freeze_care_figures", quarter="2026Q3")
    assert "2026Q3: 4 tables ready" in capsys.readouterr().out
    assert not FrozenTable.objects.exists()
    call_command("freeze_care_figures", quarter="2026Q3", apply=True)
    assert FrozenTable.objects.count() == 4


# ---- The pages


def lead(client: StrictClient, cast: Cast) -> None:
    team.appoint(counselor=cast.counselor, role=Role.SUPERVISOR)
    sign_in(client, cast.counselor.user)


def test_the_operator_reads_shares(client: StrictClient, cast: Cast) -> None:
    people = make_subjects(66)
    bands = [BETTER] * 21 + [SAME] * 22 + [HARDER] * 23
    told = dict(zip([p.pk for p in people], bands, strict=True))
    registry.set_change_source(lambda _q: told, title="CBI-W")
    sign_in(client, cast.operator)
    url = reverse("care_reports:figures")
    empty = client.get(url).content.decode()
    assert "2026Q3" not in empty
    assert "2027年1月8日" in empty
    freeze(quarter=QUARTER, now=NOW)
    page = client.get(url).content.decode()
    assert "30 %" in page
    assert "CBI-W" in page
    assert "21" not in page.replace("2021", ""), "counts stay where they are"
    assert client.get(url, {"quarter": "2026Q2"}).status_code == 404
    assert client.get(url, {"quarter": "'"}).status_code == 404


def test_there_is_no_filter(client: StrictClient, cast: Cast) -> None:
    freeze(quarter=QUARTER, now=NOW)
    sign_in(client, cast.operator)
    url = reverse("care_reports:figures")
    asked: list[dict[str, str]] = [{}, {"city": "3101", "counselor": "1", "k": "1"}]
    pages = [client.get(url, data).content.decode() for data in asked]
    plain, more = (page.split("<main")[1].split("</main>")[0] for page in pages)
    assert plain == more


def test_the_lead_counselor_takes_it_along(client: StrictClient, cast: Cast) -> None:
    for hour, subject in enumerate(make_subjects(12, counted=False)):
        make_talk(subject, cast.counselor, IN_IT + timedelta(hours=hour))
    loner = make_subject(counted=False)
    make_talk(loner, cast.counselor, IN_IT + timedelta(hours=40), "no_show")
    freeze(quarter=QUARTER, now=NOW)
    lead(client, cast)
    assert "2026Q3" in client.get(reverse("care_reports:service")).content.decode()
    response = client.get(reverse("care_reports:service_csv", args=["2026Q3"]))
    assert "attachment" in response["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    told = {(r["table"], r["row"], r["column"]): r["value"] for r in rows}
    assert told["attendance", "2026-08", "no_show"] == ""
    assert told["attendance", "2026-08", "attended"] == "", "12 of 13 tells of the one"
    assert told["attendance", "total", "total"] == "13"
    nowhere = reverse("care_reports:service_csv", args=["2026Q1"])
    assert client.get(nowhere).status_code == 404


# ---- The team


def post_role(client: StrictClient, cast: Cast, **data: str) -> Any:
    told = {"counselor": str(cast.counselor.public_id), "role": Role.SUPERVISOR}
    return client.post(reverse("care_reports:team"), told | data)


def test_the_operator_gives_and_ends_a_role(client: StrictClient, cast: Cast) -> None:
    sign_in(client, cast.operator)
    assert post_role(client, cast).status_code == 302
    assert post_role(client, cast).status_code == 302
    role = TeamRole.objects.get()
    page = client.get(reverse("care_reports:team")).content.decode()
    assert f"{cast.counselor.name}</h3>" in page
    assert cast.seeker.pseudonym not in page
    client.post(reverse("care_reports:withdraw", args=[role.pk]))
    role.refresh_from_db()
    assert role.ended_at is not None
    again = client.post(reverse("care_reports:withdraw", args=[role.pk]))
    assert again.status_code == 404


def linked_by_membership(cast: Cast) -> None:
    Membership.objects.create(
        organization=cast.organization, user=cast.counselor.user, role="recruiter"
    )


def linked_by_invitation(cast: Cast) -> None:
    Invitation.objects.create(
        organization=cast.organization,
        email=str(cast.counselor.user.email),
        token_hash="x" * 64,
        invited_by=cast.employer,
        expires_at=timezone.now() + timedelta(days=3),
    )


@pytest.mark.parametrize("link", [linked_by_membership, linked_by_invitation])
def test_nobody_linked_to_an_employer(
    client: StrictClient, cast: Cast, link: Any
) -> None:
    link(cast)
    sign_in(client, cast.operator)
    refused = post_role(client, cast)
    assert refused.status_code == 422
    assert "招聘方" in refused.content.decode().split("<main")[1]
    assert not TeamRole.objects.exists()


def test_nobody_whose_check_ran_out_meanwhile(cast: Cast) -> None:
    cast.counselor.verification_expires_at = timezone.now()
    cast.counselor.save()
    with pytest.raises(team.NotForThisPerson):
        team.appoint(counselor=cast.counselor, role=Role.SCHEDULER)


def test_only_counselors_can_be_chosen(client: StrictClient, cast: Cast) -> None:
    sign_in(client, cast.operator)
    someone = make_user("seeker", email="someone@example.com")
    refused = post_role(client, cast, counselor=str(someone.public_id))
    assert refused.status_code == 422
    assert post_role(client, cast, role="boss").status_code == 422
