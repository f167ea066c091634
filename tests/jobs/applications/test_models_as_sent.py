from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from jobs.applications.models import Application, ApplicationTransition
from tests.cast import Cast
from tests.jobs.applications.make import make_application, send
from tests.make import make_posting


@pytest.fixture
def application(cast: Cast) -> Application:
    return make_application(cast.seeker, make_posting(cast.organization))


@pytest.mark.parametrize(
    "change", [{"snapshot": {"name": "别人"}}, {"message": "改过的话"}]
)
def test_what_was_sent_is_never_changed(
    application: Application, change: dict[str, Any]
) -> None:
    with pytest.raises(IntegrityError, match="never changed"):
        Application.objects.update(**change)


def test_saving_the_row_again_is_no_change(application: Application) -> None:
    application.refresh_from_db()
    application.save()
    assert Application.objects.get().snapshot == application.snapshot


def test_the_snapshot_does_not_follow_the_profile(
    cast: Cast, application: Application
) -> None:
    cast.seeker.education = "bachelor"
    cast.seeker.save()
    application.refresh_from_db()
    assert application.snapshot["education"] == "junior_high"


def test_history_is_not_changed(application: Application) -> None:
    with pytest.raises(IntegrityError, match="only ever added"):
        ApplicationTransition.objects.update(reason="anders")


def test_history_is_not_deleted(application: Application) -> None:
    with pytest.raises(IntegrityError, match="only ever added"):
        ApplicationTransition.objects.all().delete()


BROKEN = [
    ({"state": "nowhere"}, "application_state_known"),
    ({"state": "hired"}, "application_processed_when_ended"),
    ({"processed_at": "2026-11-23T00:00Z"}, "application_processed_when_ended"),
    (
        {"state": "declined", "processed_at": "2026-11-23T00:00Z"},
        "application_declined_has_reason",
    ),
    ({"offer_pay": 6000}, "application_offer_only_when_offered"),
    ({"state": "interview"}, "application_interview_has_time"),
]


@pytest.mark.parametrize(("change", "constraint"), BROKEN)
def test_the_database_refuses_what_makes_no_sense(
    application: Application, change: dict[str, Any], constraint: str
) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        Application.objects.update(**change)


def test_the_database_refuses_a_second_active_one(
    cast: Cast, application: Application
) -> None:
    twin = send(cast.seeker, make_posting(cast.organization))
    copy = Application(
        posting=application.posting,
        organization=application.organization,
        seeker=application.seeker,
        consent=twin.consent,
        snapshot={},
    )
    with (
        pytest.raises(IntegrityError, match="application_one_active"),
        transaction.atomic(),
    ):
        copy.save()
