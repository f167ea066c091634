"""A variant of the résumé may go along with an application."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.seekers.models import SeekerProfile
from jobs.applications.models import Application
from jobs.applications.services.snapshots import snapshot_of
from jobs.postings.models import Posting
from jobs.resumes.services.lines import edit_line
from tests.client import StrictClient
from tests.jobs.resumes.make import line_from, make_resume
from tests.make import (
    make_member,
    make_organization,
    make_posting,
    make_seeker,
    sign_in,
)

pytestmark = pytest.mark.django_db
SENT = {"name": "林小舟", "phone": "13800000000", "consent": "on"}


@pytest.fixture
def posting() -> Posting:
    return make_posting(make_organization(), occupation="loan_servicing")


@pytest.fixture
def seeker(client: StrictClient) -> SeekerProfile:
    seeker = make_seeker()
    sign_in(client, seeker.user)
    return seeker


def apply_url(posting: Posting) -> str:
    return reverse("applications:apply", args=[posting.public_id])


def test_the_fitting_version_is_chosen_and_shown(
    client: StrictClient, seeker: SeekerProfile, posting: Posting
) -> None:
    make_resume(seeker, ["calming", "instalments"])
    answer = client.get(apply_url(posting))
    assert answer.context["form"]["resume"].value() == "servicing"
    assert "与客户协商分期或延期还款" in answer.content.decode()


def test_without_lines_nothing_is_asked(
    client: StrictClient, seeker: SeekerProfile, posting: Posting
) -> None:
    assert "resume" not in client.get(apply_url(posting)).context["form"].fields
    client.post(apply_url(posting), SENT | {"resume": "support"})
    assert "resume" not in Application.objects.get().snapshot


def test_both_sides_read_what_was_sent(
    client: StrictClient, seeker: SeekerProfile, posting: Posting
) -> None:
    make_resume(seeker, ["calming", "instalments"])
    client.post(apply_url(posting), SENT | {"resume": "servicing"})
    application = Application.objects.get()
    assert application.snapshot["resume"] == {
        "variant": "servicing",
        "language": "zh-hans",
        "lines": ["与客户协商分期或延期还款", "安抚情绪激动的客户"],
    }
    args = [application.public_id]
    own = client.get(reverse("applications:detail", args=args)).content.decode()
    assert "安抚情绪激动的客户" in own
    employer = StrictClient()
    assert posting.organization is not None
    sign_in(employer, make_member(posting.organization))
    page = employer.get(reverse("applications:received", args=args)).content.decode()
    assert "安抚情绪激动的客户" in page
    assert "来自你的回答" not in page


def test_later_changes_do_not_reach_what_was_sent(
    client: StrictClient, seeker: SeekerProfile, posting: Posting
) -> None:
    resume = make_resume(seeker, ["calming"])
    client.post(apply_url(posting), SENT | {"resume": "support"})
    line = line_from(resume, "calming")
    edit_line(line=line, actor=seeker.user, text="先安抚", version=1)
    sent = Application.objects.get().snapshot["resume"]
    assert sent["lines"] == ["安抚情绪激动的客户"]


def test_none_may_be_sent(
    client: StrictClient, seeker: SeekerProfile, posting: Posting
) -> None:
    make_resume(seeker, ["calming"])
    client.post(apply_url(posting), SENT | {"resume": ""})
    assert "resume" not in Application.objects.get().snapshot


def test_an_unknown_version_is_refused_and_nothing_is_sent(
    client: StrictClient, seeker: SeekerProfile, posting: Posting
) -> None:
    make_resume(seeker, ["calming"])
    answer = client.post(apply_url(posting), SENT | {"resume": "compliance"})
    assert answer.status_code == 422
    assert not Application.objects.exists()


def test_a_version_without_lines_sends_none(seeker: SeekerProfile) -> None:
    make_resume(seeker, ["calming"])
    sent = snapshot_of(seeker, name="", phone="", resume="compliance")
    assert "resume" not in sent
