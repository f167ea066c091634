from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.consent.models import Consent
from accounts.employers.models import Membership, Organization
from accounts.identity.models import User
from accounts.seekers.models import CompanyBlock
from jobs.applications.models import Application
from tests.access import check_access
from tests.cast import Cast
from tests.client import StrictClient
from tests.jobs.applications.clock import SetClock
from tests.jobs.applications.make import take
from tests.jobs.talent.make import asked, judged, kept, noted, received
from tests.make import make_posting, sign_in

TEAM = {"employer": 200, "colleague": 200}
DONE = {"employer": 302, "colleague": 302}


@pytest.fixture
def application(cast: Cast) -> Application:
    return received(cast)


@pytest.mark.parametrize("name", ["talent:team", "talent:card", "talent:waive"])
def test_only_the_team_reads(cast: Cast, application: Application, name: str) -> None:
    check_access(cast, reverse(name, args=[application.public_id]), TEAM)


@pytest.mark.parametrize("name", ["talent:write_note", "talent:card", "talent:waive"])
def test_only_the_team_writes(cast: Cast, application: Application, name: str) -> None:
    url = reverse(name, args=[application.public_id])
    answer = 302 if name == "talent:waive" else 422
    expected = {"employer": answer, "colleague": answer}
    check_access(cast, url, expected, method="post")


@pytest.mark.parametrize("name", ["talent:team", "talent:card", "talent:ask"])
def test_nobody_once_the_applicant_took_it_back(
    cast: Cast, application: Application, name: str
) -> None:
    take(application, "withdraw", cast.seeker.user)
    check_access(cast, reverse(name, args=[application.public_id]), {})


def test_a_note_is_changed_by_whoever_wrote_it(
    cast: Cast, application: Application
) -> None:
    note = noted(application, cast.colleague)
    url = reverse("talent:edit_note", args=[note.public_id])
    check_access(cast, url, {"colleague": 200, "employer": 403})
    check_access(cast, url, {"colleague": 422, "employer": 403}, method="post")


def test_an_administrator_deletes_any_note(
    cast: Cast, application: Application
) -> None:
    note = noted(application, cast.colleague)
    url = reverse("talent:delete_note", args=[note.public_id])
    # The first who may does; after that it is gone for everybody.
    check_access(cast, url, {"employer": 302}, method="post")
    assert not type(note).objects.filter(pk=note.pk).exists()


def test_a_recruiter_deletes_no_note_of_others(
    cast: Cast, application: Application
) -> None:
    note = noted(application, cast.employer)
    url = reverse("talent:delete_note", args=[note.public_id])
    assert _post_as(cast.colleague, url) == 403
    assert type(note).objects.filter(pk=note.pk).exists()


def _post_as(user: User, url: str) -> int:
    client = StrictClient()
    sign_in(client, user)
    return int(client.post(url).status_code)


def test_who_left_the_organisation_reads_nothing(
    cast: Cast, application: Application
) -> None:
    noted(application, cast.employer)
    Membership.objects.filter(user=cast.colleague).update(is_active=False)
    url = reverse("talent:team", args=[application.public_id])
    check_access(cast, url, {"employer": 200})


def test_administrators_choose_criteria_and_colleagues_read_them(
    cast: Cast, application: Application
) -> None:
    url = reverse("talent:criteria", args=[application.posting.public_id])
    check_access(cast, url, TEAM)
    check_access(cast, url, {"employer": 422, "colleague": 403}, method="post")


def test_who_asks_to_keep_somebody_in_mind(cast: Cast) -> None:
    application = received(cast, state="declined")
    url = reverse("talent:ask", args=[application.public_id])
    check_access(cast, url, TEAM)
    check_access(cast, url, DONE, method="post")


def test_who_reads_the_question(cast: Cast, noon: object) -> None:
    entry = asked(received(cast, state="declined"), cast.employer)
    url = reverse("talent:asked", args=[entry.public_id])
    check_access(cast, url, {"seeker": 200})
    check_access(cast, url, {"seeker": 302}, method="post")


def test_who_ends_a_yes(cast: Cast, noon: object) -> None:
    entry = kept(cast)
    url = reverse("talent:end", args=[entry.public_id])
    check_access(cast, url, {"seeker": 302}, method="post")


def test_a_question_of_the_night_is_not_there_before_eight(
    cast: Cast, set_clock: SetClock
) -> None:
    now = set_clock("23:30")
    entry = asked(received(cast, state="declined"), cast.employer, now=now)
    url = reverse("talent:asked", args=[entry.public_id])
    check_access(cast, url, {})
    set_clock("08:00", days=1)
    check_access(cast, url, {"seeker": 200})


def test_who_sees_the_pool(cast: Cast) -> None:
    expected = TEAM | {"other_employer": 200}
    check_access(cast, reverse("talent:pool"), expected)


def test_who_invites_from_the_pool(cast: Cast, noon: object) -> None:
    entry = kept(cast)
    posting = make_posting(cast.organization, title="另一个热线职位")
    url = reverse("talent:invite", args=[entry.public_id, posting.public_id])
    check_access(cast, url, TEAM)
    check_access(cast, url, DONE, method="post")


def test_nobody_is_invited_to_the_posting_of_somebody_else(
    cast: Cast, noon: object
) -> None:
    entry = kept(cast)
    theirs = make_posting(cast.other_organization)
    url = reverse("talent:invite", args=[entry.public_id, theirs.public_id])
    check_access(cast, url, {})
    check_access(cast, url, {}, method="post")


def _block(cast: Cast) -> None:
    name = cast.organization.display_name
    CompanyBlock.objects.create(profile=cast.seeker, name=name, reason="former")


def _take_back(cast: Cast) -> None:
    Consent.objects.filter(user=cast.seeker.user, purpose="talent_pool").update(
        withdrawn_at=timezone.now()
    )


def _leave(cast: Cast) -> None:
    User.objects.filter(pk=cast.seeker.user_id).update(leaving_at=timezone.now())


def _check_runs_out(cast: Cast) -> None:
    Organization.objects.filter(pk=cast.organization.pk).update(verification="expired")


@pytest.mark.parametrize("gone", [_block, _take_back, _leave, _check_runs_out])
def test_whoever_goes_is_gone_from_the_pool_at_once(
    cast: Cast, noon: object, gone: object
) -> None:
    entry = kept(cast)
    posting = make_posting(cast.organization, title="另一个热线职位")
    url = reverse("talent:invite", args=[entry.public_id, posting.public_id])
    gone(cast)  # type: ignore[operator]
    # Whoever leaves is asked on every page whether they stay.
    expected = {"seeker": 302} if gone is _leave else {}
    check_access(cast, url, expected)
    check_access(cast, url, expected, method="post")


def test_a_card_is_nobodys_business_outside(
    cast: Cast, application: Application
) -> None:
    judged(application, cast.employer)
    url = reverse("talent:card", args=[application.public_id])
    # Whoever sent theirs is led back: it stays as it is.
    check_access(cast, url, {"employer": 302, "colleague": 200})
