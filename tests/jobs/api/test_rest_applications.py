from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.consent.access import looks_at
from accounts.consent.models import Consent
from accounts.identity.models import AuditEvent, OutboxMessage
from jobs.applications.models import Application
from tests.cast import Cast
from tests.jobs.api.make import Api, problem_of
from tests.jobs.applications.make import make_application, take
from tests.make import make_posting

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(cast: Cast) -> Application:
    return make_application(cast.seeker, make_posting(cast.organization))


def path_of(application: Application, step: str = "") -> str:
    return f"/applications/{application.public_id}{step}"


def test_the_list_names_people_and_leaves_a_line(
    api: Api, cast: Cast, application: Application
) -> None:
    (row,) = api.get("/applications").json()["data"]
    assert row["name"] == "林小舟"
    assert row["state"] == "submitted"
    assert row["answer_due"]
    (line,) = looks_at(cast.seeker.user)
    assert line.who == cast.organization.display_name
    application.refresh_from_db()
    assert application.state == "submitted", "a list opens nothing"


def test_reading_is_opening_and_the_person_sees_it(
    api: Api, cast: Cast, application: Application
) -> None:
    body = api.get(path_of(application)).json()
    assert body["state"] == "viewed"
    assert body["sent"]["name"] == "林小舟"
    assert body["sent"]["message"] == "下周就能上班。"
    assert body["sent"]["past_roles"] == ["phone_collector"]
    assert body["steps"] == ["shortlist", "decline"]
    assert "application.read" in set(
        AuditEvent.objects.filter(subject_id=cast.seeker.user.pk).values_list(
            "action", flat=True
        )
    )
    application.refresh_from_db()
    assert application.viewed_at is not None


def test_nothing_but_what_was_agreed_is_told(
    api: Api, cast: Cast, application: Application
) -> None:
    text = api.get(path_of(application)).content.decode()
    text += api.get("/applications").content.decode()
    secrets = ["13800000000", "+86138", "seeker@example.com", "海风", "2002", "4500"]
    assert [word for word in secrets if word in text] == []


def test_what_was_taken_back_is_not_told(
    api: Api, cast: Cast, application: Application
) -> None:
    Consent.objects.filter(pk=application.consent_id).update(
        withdrawn_at=timezone.now()
    )
    for text in (
        api.get("/applications").content.decode(),
        api.get(path_of(application)).content.decode(),
    ):
        assert "林小舟" not in text
        assert "下周" not in text
    body = api.get(path_of(application)).json()
    assert (body["is_shared"], body["name"], body["sent"]) == (False, None, None)
    assert looks_at(cast.seeker.user) == []


def test_a_withdrawn_application_says_only_that(
    api: Api, cast: Cast, application: Application
) -> None:
    take(application, "withdraw", cast.seeker.user)
    body = api.get(path_of(application)).json()
    assert body["state"] == "withdrawn"
    assert body["sent"] is None


def test_filters(api: Api, cast: Cast, application: Application) -> None:
    other = make_application(
        cast.other_seeker, make_posting(cast.organization), state="shortlisted"
    )

    def ids(**query: object) -> list[str]:
        return [row["id"] for row in api.get("/applications", query).json()["data"]]

    one, two = str(application.public_id), str(other.public_id)
    assert ids() == [one, two]
    assert ids(state="shortlisted") == [two]
    assert ids(posting=application.posting.public_id) == [one]
    assert ids(posting=uuid4()) == []
    assert ids(updated_since=other.updated_at.isoformat()) == [two]
    later = timezone.now() + timedelta(hours=1)
    assert ids(updated_since=later.isoformat()) == []


def test_shortlisting(api: Api, cast: Cast, application: Application) -> None:
    response = api.post(path_of(application, "/shortlist"), {"version": 1})
    assert response.json()["state"] == "shortlisted"
    step = application.transitions.get(event="shortlist")
    assert step.actor == cast.employer
    told = OutboxMessage.objects.filter(user=cast.seeker.user)
    assert told.filter(template__contains="shortlisted").exists()


def test_declining_with_a_reason(
    api: Api, cast: Cast, application: Application
) -> None:
    move = {"version": 1, "reason": "schedule", "message": "这班要上夜班。"}
    response = api.post(path_of(application, "/decline"), move)
    assert response.json()["state"] == "declined"
    assert set(response.json()) == {"id", "version", "state", "updated_at"}
    application.refresh_from_db()
    assert application.message_to_seeker == "这班要上夜班。"
    again = api.post(path_of(application, "/decline"), move | {"version": 2})
    assert problem_of(again) == "step-refused"
    assert again.json()["current"]["state"] == "declined"


def test_a_no_without_a_checked_organisation_is_still_an_answer(
    api: Api, cast: Cast, application: Application
) -> None:
    cast.organization.verification = "suspended"
    cast.organization.save()
    shortlist = api.post(path_of(application, "/shortlist"), {"version": 1})
    assert problem_of(shortlist) == "organisation-not-checked"
    move = {"version": 1, "reason": "position_filled"}
    assert api.post(path_of(application, "/decline"), move).status_code == 200


def test_whoever_is_slower_is_told(
    api: Api, cast: Cast, application: Application
) -> None:
    take(application, "shortlist", cast.colleague)
    move = {"version": 1, "reason": "schedule", "message": "不合适。"}
    response = api.post(path_of(application, "/decline"), move)
    assert response.status_code == 409
    assert problem_of(response) == "stale-version"
    assert response.json()["current"] == {"version": 2, "state": "shortlisted"}


@pytest.mark.parametrize(
    ("move", "pointer"),
    [
        ({"reason": "age"}, "#/reason"),
        ({}, "#/reason"),
        ({"reason": "other"}, "#/message"),
        ({"reason": "skill", "skill": "no_such_skill"}, "#/skill"),
        ({"reason": "schedule", "message": "字" * 501}, "#/message"),
        ({"reason": "schedule", "message": "先发征信报告给我们看看。"}, "#/message"),
        ({"reason": "schedule", "message": "身份证11010519491231002X"}, "#/message"),
        ({"reason": "schedule", "note": "x"}, "#/note"),
    ],
)
def test_a_no_is_checked_as_on_the_page(
    api: Api, application: Application, move: dict[str, str], pointer: str
) -> None:
    response = api.post(path_of(application, "/decline"), {"version": 1} | move)
    assert problem_of(response) == "invalid-input"
    assert [error["pointer"] for error in response.json()["errors"]] == [pointer]
    application.refresh_from_db()
    assert application.state == "submitted"
