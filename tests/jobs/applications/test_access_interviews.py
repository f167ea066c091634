from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jobs.applications.models import Application, Attachment, Interview
from jobs.applications.services.messages import send_message
from tests.access import check_access
from tests.cast import Cast
from tests.jobs.applications.clock import shanghai
from tests.jobs.applications.make import make_application, take
from tests.jobs.applications.make_interviews import settle
from tests.make import PNG, make_posting

pytestmark = pytest.mark.usefixtures("noon")
MEMBERS = {"employer": 200, "colleague": 200}
GONE_ON = {"employer": 302, "colleague": 302}
EMPTY = {"employer": 422, "colleague": 422}


@pytest.fixture
def interview(cast: Cast) -> Interview:
    application = make_application(
        cast.seeker, make_posting(cast.organization), state="viewed"
    )
    return settle(application)


PAGES: list[tuple[str, Mapping[str, int]]] = [
    ("applications:propose", MEMBERS),
    ("applications:call_off_received", MEMBERS),
    ("applications:other_times", {"seeker": 200}),
    ("applications:call_off", {"seeker": 200}),
]


@pytest.mark.parametrize(("name", "expected"), PAGES)
def test_who_sees_the_pages(
    cast: Cast, interview: Interview, name: str, expected: Mapping[str, int]
) -> None:
    url = reverse(name, args=[interview.application.public_id])
    check_access(cast, url, expected)


POSTS: list[tuple[str, Mapping[str, int], Mapping[str, str]]] = [
    ("applications:propose", EMPTY, {"t1": ""}),
    ("applications:call_off_received", EMPTY, {"reason": ""}),
    ("applications:say_received", EMPTY, {}),
    ("applications:pick", {"seeker": 302}, {}),
    ("applications:other_times", {"seeker": 422}, {"wanted_by": "pigeon"}),
    ("applications:say", {"seeker": 302}, {}),
    ("applications:call_off", {"seeker": 302}, {}),
]


@pytest.mark.parametrize(("name", "expected", "data"), POSTS)
def test_who_may_answer(
    cast: Cast,
    interview: Interview,
    name: str,
    expected: Mapping[str, int],
    data: Mapping[str, str],
) -> None:
    url = reverse(name, args=[interview.application.public_id])
    check_access(cast, url, expected, method="post", data=data)


@pytest.mark.parametrize(
    "name", ["applications:pick", "applications:say", "applications:say_received"]
)
def test_nothing_happens_by_a_link(
    cast: Cast, client: Any, interview: Interview, name: str
) -> None:
    url = reverse(name, args=[interview.application.public_id])
    for person in (cast.seeker.user, cast.employer):
        client.force_login(person)
        assert client.get(url).status_code == 405


def test_whose_appointments(cast: Cast) -> None:
    url = reverse("applications:appointments")
    check_access(cast, url, {"seeker": 200, "other_seeker": 200})


def test_who_gets_the_calendar(cast: Cast, interview: Interview) -> None:
    url = reverse("applications:calendar", args=[interview.public_id])
    check_access(cast, url, MEMBERS | {"seeker": 200})
    take(interview.application, "withdraw", cast.seeker.user)
    check_access(cast, url, {"seeker": 200})


def sent(cast: Cast, application: Application, clock: str = "12:00") -> Attachment:
    message = send_message(
        application=application,
        actor=cast.employer,
        text="路线图",
        files=[("路线.png", PNG)],
        now=shanghai(clock),
    )
    return message.attachments.get()


def test_who_opens_a_file(cast: Cast, interview: Interview) -> None:
    attachment = sent(cast, interview.application)
    url = reverse("applications:file", args=[attachment.public_id])
    check_access(cast, url, MEMBERS | {"seeker": 200})


def test_a_file_of_the_night_arrives_with_its_message(
    cast: Cast, interview: Interview
) -> None:
    attachment = sent(cast, interview.application, "23:00")
    url = reverse("applications:file", args=[attachment.public_id])
    check_access(cast, url, MEMBERS)


def test_who_takes_a_file_back(cast: Cast, interview: Interview) -> None:
    attachment = sent(cast, interview.application)
    url = reverse("applications:take_file_back", args=[attachment.public_id])
    check_access(cast, url, GONE_ON | {"seeker": 302, "colleague": 404}, method="post")
    attachment.refresh_from_db()
    assert attachment.storage_key is None


def test_a_withdrawn_applicants_files_are_closed_to_the_employer(
    cast: Cast, interview: Interview
) -> None:
    message = send_message(
        application=interview.application,
        actor=cast.seeker.user,
        text="证书",
        files=[("证书.png", PNG)],
    )
    url = reverse("applications:file", args=[message.attachments.get().public_id])
    check_access(cast, url, MEMBERS | {"seeker": 200})
    take(interview.application, "withdraw", cast.seeker.user)
    check_access(cast, url, {"seeker": 200})


def test_uploads_go_only_where_messages_go(
    cast: Cast, client: Any, interview: Interview
) -> None:
    url = reverse("applications:reply", args=[interview.application.public_id])
    client.force_login(cast.other_seeker.user)
    file = SimpleUploadedFile("a.png", PNG)
    assert client.post(url, {"text": "你好", "attached": file}).status_code == 404
    assert not Attachment.objects.exists()
